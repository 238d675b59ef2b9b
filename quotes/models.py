"""What is stored: one typed class a table, every constraint named.

The migrations build the schema and nothing else does; a test holds these classes against them. Offsets
(``*_start``, ``*_end``) are half-open, in Unicode code points of ``articles.text``. NULL means unknown.
"""

from sqlalchemy import CheckConstraint, ForeignKey, Index, MetaData, Text, UniqueConstraint, func, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from quotes.extraction.results import Act, Kind, Polarity, RoleStatus, SpeakerKind

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
KINDS = ("direct", "mixed", "indirect")
ACTS = ("speech", "attitude")
POLARITIES = ("affirmed", "denied", "declined")
STATUSES = ("extracted", "confirmed", "corrected", "rejected")
SPEAKER_KINDS = ("person", "organization", "group", "unnamed")
ROLE_STATUSES = ("held", "former", "incoming", "sought")
STANDINGS = ("asserted", "candidate")
DECISIONS = ("added", "confirmed", "corrected", "rejected", "undone")
VERDICTS = ("same", "different")


def one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    """Return the CHECK that a column has one of a few values."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def span_check(name: str, start: str, end: str) -> CheckConstraint:
    """Return the CHECK that two columns are a half-open span of at least one code point, or both NULL."""
    return CheckConstraint(
        f"({start} IS NULL) = ({end} IS NULL) AND ({start} IS NULL OR ({start} >= 0 AND {start} < {end}))",
        name=name,
    )


def date_check(column: str) -> CheckConstraint:
    """Return the CHECK for a date of reduced precision that exists: ``2018``, ``2018-06``, ``2018-06-29``.

    Written with ``substr`` and ``ltrim`` alone, so that SQLite and PostgreSQL both take it.
    """
    digits = "0123456789"
    year, month, day = (f"substr({column}, {at}, {n})" for at, n in ((1, 4), (6, 2), (9, 2)))
    leap = (
        f"CAST({year} AS INTEGER) % 4 = 0 AND "
        f"(CAST({year} AS INTEGER) % 100 <> 0 OR CAST({year} AS INTEGER) % 400 = 0)"
    )
    return CheckConstraint(
        f"{column} IS NULL OR (length({column}) IN (4, 7, 10)"
        f" AND ltrim({year}, '{digits}') = '' AND {year} <> '0000'"
        f" AND (length({column}) = 4 OR (substr({column}, 5, 1) = '-' AND ltrim({month}, '{digits}') = ''"
        f" AND {month} BETWEEN '01' AND '12'))"
        f" AND (length({column}) < 10 OR (substr({column}, 8, 1) = '-' AND ltrim({day}, '{digits}') = ''"
        f" AND {day} BETWEEN '01' AND '31'"
        f" AND substr({column}, 6, 5) NOT IN ('02-30', '02-31', '04-31', '06-31', '09-31', '11-31')"
        f" AND (substr({column}, 6, 5) <> '02-29' OR ({leap})))))",
        name=column,
    )


def sparse_index(column: str) -> Index:
    """Return the index on a column that is mostly NULL.

    It holds the other rows alone. A full one would lead SQLite to begin a query for the NULLs at it, and to
    walk through nearly all rows.
    """
    known = text(f"{column} IS NOT NULL")
    return Index(None, column, sqlite_where=known, postgresql_where=known)


def last_word(column: str) -> str:
    """Return the SQL of a folded name's last word: ``rtrim`` takes all that is no space off the end."""
    return f"substr({column}, length(rtrim({column}, replace({column}, ' ', ''))) + 1)"


class Base(DeclarativeBase):
    """The base of all tables, with their naming convention."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {str: Text}  # noqa: RUF012 — SQLAlchemy reads it from the class


class Article(Base):
    """One text with its metadata; the text is never altered after loading."""

    __tablename__ = "articles"
    __table_args__ = (
        CheckConstraint("length(text_sha256) = 64", name="text_sha256"),
        CheckConstraint("slug <> ''", name="slug"),
        date_check("published_on"),
        Index("ix_articles_publisher", text("lower(publisher)")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str | None]
    publisher: Mapped[str | None]
    byline: Mapped[str | None]
    url: Mapped[str | None]
    published_on: Mapped[str | None] = mapped_column(index=True)
    language: Mapped[str | None]
    text: Mapped[str]
    text_sha256: Mapped[str] = mapped_column(unique=True)
    loaded_at: Mapped[str]
    """UTC, ISO 8601, to the second, with a Z."""
    extractor: Mapped[str | None]
    """The version of the extraction that read it last; NULL for an annotation made by hand, which stays."""

    quotes: Mapped[list["Quote"]] = relationship(back_populates="article", order_by="Quote.position")


class Organization(Base):
    """A body that speaks, or that somebody speaks for."""

    __tablename__ = "organizations"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]


class Speaker(Base):
    """Whoever words are attributed to, under one name.

    Of the rows that are one somebody under several names (``Joe Biden``, ``Joseph R. Biden Jr.``, ``Biden`` as
    vice president), one stands for all: their ``canonical_id`` is its id. Rows that point to speakers
    point to the row of the name that their article uses, so that to find out who is who, or to take that back,
    rewrites none of them. The views, and the repository, show who stands for it.

    A ``group`` or an ``unnamed`` speaker is a description under which words are reported (``critics``, ``a
    senior official``), not one known individual or body.
    """

    __tablename__ = "speakers"
    __table_args__ = (
        one_of("kind", SPEAKER_KINDS),
        CheckConstraint("slug <> ''", name="slug"),
        # NULLs are distinct in a UNIQUE constraint, so an expression holds the rows without qualifier.
        Index("uq_speakers_folded_kind_qualifier", "folded", "kind", text("coalesce(qualifier, '')"), unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(index=True)
    kind: Mapped[SpeakerKind] = mapped_column(Text)
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organizations.id"), index=True)
    """The organization that this speaker is, for a speaker of kind ``organization``."""
    wikidata_id: Mapped[str | None] = mapped_column(unique=True)
    folded: Mapped[str]
    """The key of the name (:mod:`quotes.text`): with kind and qualifier it tells the row from all others."""
    qualifier: Mapped[str | None]
    """What tells this one from others of the name: ``senator`` or ``female`` with a mere surname, ``sport``."""
    family_name: Mapped[str | None] = mapped_column(index=True)
    """Of a person, folded: under which namesakes are looked for."""
    given_name: Mapped[str | None] = mapped_column(index=True)
    canonical_id: Mapped[int] = mapped_column(ForeignKey("speakers.id"), index=True)
    """The row that stands for this somebody, itself or another; it follows from the rows and the judgements."""

    organization: Mapped[Organization | None] = relationship()
    names: Mapped[list["SpeakerName"]] = relationship(back_populates="speaker", order_by="SpeakerName.name")
    roles: Mapped[list["Role"]] = relationship(back_populates="speaker", order_by="Role.id")


class SpeakerName(Base):
    """A name under which a text refers to a speaker, and its folded form, under which it is looked up."""

    __tablename__ = "speaker_names"
    __table_args__ = (UniqueConstraint("speaker_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    speaker_id: Mapped[int] = mapped_column(ForeignKey("speakers.id", ondelete="CASCADE"))
    name: Mapped[str]
    folded: Mapped[str] = mapped_column(index=True)
    """:func:`quotes.text.fold` of the name: SQL cannot fold accents and case by itself."""

    speaker: Mapped[Speaker] = relationship(back_populates="names")
    mentions: Mapped[list["NameMention"]] = relationship()


class NameMention(Base):
    """The evidence for a name: an article that refers to the speaker by it."""

    __tablename__ = "name_mentions"
    __table_args__ = (UniqueConstraint("name_id", "article_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name_id: Mapped[int] = mapped_column(ForeignKey("speaker_names.id", ondelete="CASCADE"))
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"), index=True)


NEIGHBOURHOOD = func.coalesce(Speaker.family_name, Speaker.folded)
"""The key of those who may be one with a speaker: a person's family name, another's whole name."""


class Role(Base):
    """The capacity in which somebody speaks, in the words of an article: a title, an organization, and when held.

    Of the rows that are one role of one speaker in other words (``Sen.``, ``Republican senator of Texas``), one
    stands for all: their ``canonical_id`` is its id.
    """

    __tablename__ = "roles"
    __table_args__ = (
        # NULLs are distinct in a UNIQUE constraint, so an expression holds the roles without organization.
        Index(
            "uq_roles_speaker_id_title_organization_id",
            "speaker_id",
            "title",
            text("coalesce(organization_id, 0)"),
            unique=True,
        ),
        date_check("started_on"),
        date_check("ended_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    speaker_id: Mapped[int] = mapped_column(ForeignKey("speakers.id"))
    title: Mapped[str]
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organizations.id"), index=True)
    started_on: Mapped[str | None]
    ended_on: Mapped[str | None]
    normal: Mapped[str] = mapped_column(index=True)
    """:func:`quotes.capacities.normal_title` of the title: ``senator`` for ``Sen.`` and ``U.S. senator``."""
    canonical_id: Mapped[int] = mapped_column(ForeignKey("roles.id"), index=True)
    """The row that stands for this role in all its words, itself or another; it follows from the rows."""

    speaker: Mapped[Speaker] = relationship(back_populates="roles")
    organization: Mapped[Organization | None] = relationship()
    mentions: Mapped[list["RoleMention"]] = relationship(back_populates="role")


class RoleMention(Base):
    """The evidence for a role: where an article states it, as held, former, incoming or sought."""

    __tablename__ = "role_mentions"
    __table_args__ = (
        UniqueConstraint("role_id", "article_id", "mention_start", "mention_end"),
        one_of("status", ROLE_STATUSES),
        span_check("mention", "mention_start", "mention_end"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    role_id: Mapped[int] = mapped_column(ForeignKey("roles.id", ondelete="CASCADE"))
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"), index=True)
    mention_start: Mapped[int]
    mention_end: Mapped[int]
    status: Mapped[RoleStatus] = mapped_column(Text)

    role: Mapped[Role] = relationship(back_populates="mentions")


class Quote(Base):
    """One attribution: a content with its cue and its source.

    ``quote_start`` and ``quote_end`` are the hull, from the first piece of the content to the last; they
    are in ``quote_spans``. ``text`` is the pieces joined by one space.
    """

    __tablename__ = "quotes"
    __table_args__ = (
        UniqueConstraint("article_id", "position"),
        sparse_index("medium"),
        sparse_index("parent_id"),
        sparse_index("continues_id"),
        one_of("kind", KINDS),
        one_of("act", ACTS),
        one_of("polarity", POLARITIES),
        one_of("status", STATUSES),
        span_check("quote", "quote_start", "quote_end"),
        span_check("cue", "cue_start", "cue_end"),
        span_check("source", "source_start", "source_end"),
        CheckConstraint("confidence >= 0 AND confidence <= 1", name="confidence"),
        CheckConstraint("parent_id <> id", name="parent"),
        CheckConstraint("continues_id <> id", name="continues"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"))
    position: Mapped[int]
    """The place in the article's list, from 0, in the text's order; a nested quote follows its parent."""
    kind: Mapped[Kind] = mapped_column(Text)
    text: Mapped[str]
    quote_start: Mapped[int]
    quote_end: Mapped[int]
    cue_start: Mapped[int | None]
    cue_end: Mapped[int | None]
    source_start: Mapped[int | None]
    source_end: Mapped[int | None]
    act: Mapped[Act] = mapped_column(Text)
    polarity: Mapped[Polarity] = mapped_column(Text)
    medium: Mapped[str | None]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("quotes.id"))
    continues_id: Mapped[int | None] = mapped_column(ForeignKey("quotes.id"))
    rule: Mapped[str | None]
    """The rule that found it; NULL for a quote added by hand."""
    confidence: Mapped[float | None]
    status: Mapped[str]
    extractor: Mapped[str | None]
    """The version of the extraction that found it; NULL for a quote added by hand."""

    article: Mapped[Article] = relationship(back_populates="quotes")
    spans: Mapped[list["QuoteSpan"]] = relationship(order_by="QuoteSpan.position")
    attributions: Mapped[list["Attribution"]] = relationship(
        back_populates="quote", order_by="Attribution.position"
    )
    mentions: Mapped[list["QuoteMention"]] = relationship(order_by="QuoteMention.mention_start")
    reviews: Mapped[list["Review"]] = relationship(order_by="Review.id")


class QuoteSpan(Base):
    """A piece of a quote's content, in order: a quote interrupted by ``he said`` has two."""

    __tablename__ = "quote_spans"
    __table_args__ = (UniqueConstraint("quote_id", "position"), span_check("span", "span_start", "span_end"))

    id: Mapped[int] = mapped_column(primary_key=True)
    quote_id: Mapped[int] = mapped_column(ForeignKey("quotes.id", ondelete="CASCADE"))
    position: Mapped[int]
    span_start: Mapped[int]
    span_end: Mapped[int]


class QuoteMention(Base):
    """Somebody whom a quote talks about, speaker or not: the place, and the fullest name in the article."""

    __tablename__ = "quote_mentions"
    __table_args__ = (
        UniqueConstraint("quote_id", "mention_start", "mention_end"),
        span_check("mention", "mention_start", "mention_end"),
        Index("ix_quote_mentions_last_word", text(last_word("folded"))),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    quote_id: Mapped[int] = mapped_column(ForeignKey("quotes.id", ondelete="CASCADE"))
    mention_start: Mapped[int]
    mention_end: Mapped[int]
    name: Mapped[str]
    folded: Mapped[str] = mapped_column(index=True)


class Attribution(Base):
    """Whose words a quote is: asserted, or only a candidate where it is open who is meant."""

    __tablename__ = "attributions"
    __table_args__ = (
        UniqueConstraint("quote_id", "speaker_id"),
        one_of("standing", STANDINGS),
        # With all that the question for somebody's quotes looks at, so that the rows themselves need not be.
        Index(None, "speaker_id", "standing", "quote_id"),
        Index(None, "role_id", "standing", "quote_id"),
        CheckConstraint("confidence >= 0 AND confidence <= 1", name="confidence"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    quote_id: Mapped[int] = mapped_column(ForeignKey("quotes.id", ondelete="CASCADE"))
    speaker_id: Mapped[int] = mapped_column(ForeignKey("speakers.id"))
    role_id: Mapped[int | None] = mapped_column(ForeignKey("roles.id"))
    """The role in which they spoke, where their article states one."""
    position: Mapped[int]
    standing: Mapped[str]
    confidence: Mapped[float | None]

    quote: Mapped[Quote] = relationship(back_populates="attributions")
    speaker: Mapped[Speaker] = relationship()
    role: Mapped[Role | None] = relationship()


class Review(Base):
    """A human decision on a quote, with what was there before, as JSON. Append-only."""

    __tablename__ = "reviews"
    __table_args__ = (
        one_of("decision", DECISIONS),
        CheckConstraint("(decision = 'undone') = (undoes_id IS NOT NULL)", name="undoes_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    quote_id: Mapped[int] = mapped_column(ForeignKey("quotes.id"), index=True)
    decision: Mapped[str]
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("reviews.id"), unique=True)
    """The review that this one takes back."""
    reviewer: Mapped[str]
    reviewed_at: Mapped[str]
    note: Mapped[str | None]
    before: Mapped[str | None]


class Judgement(Base):
    """A decision that two speakers are, or are not, the same; one is taken back by another. Append-only."""

    __tablename__ = "judgements"
    __table_args__ = (
        one_of("verdict", VERDICTS),
        CheckConstraint("speaker_id <> other_id", name="pair"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    speaker_id: Mapped[int] = mapped_column(ForeignKey("speakers.id"), index=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("speakers.id"), index=True)
    verdict: Mapped[str]
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("judgements.id"), unique=True)
    """The judgement that this one takes back; it then says nothing else."""
    judged_by: Mapped[str]
    judged_at: Mapped[str]
    note: Mapped[str | None]
