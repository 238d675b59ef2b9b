"""Reads a title: its office, what qualifies it, and the body that it names."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from quotes.capacities.bodies import body_form, forms, is_party, other_names, places
from quotes.extraction.words import pairs, terms
from quotes.text import fold

Office = tuple[str, ...]
"""The words of one office in their order, the head last: ``("communications", "director")``."""

_PREPOSITIONS = frozenset("of for to at in on from with under about against by near who which ,".split())
_BODY_LINKS = frozenset("of for to at with ,".split())
_ENDS = frozenset("in on from at who which under ,".split())
_SMALL = frozenset("of for the and &".split())
_ARTICLES = frozenset("the a an his her its their our my".split())
_TURNED = frozenset(
    "director professor secretary minister head chief manager dean editor commissioner coordinator officer "
    "vice_president undersecretary lecturer instructor coach correspondent".split()
)
"""Heads whose ``of`` with a common noun says what a word before them says: ``director of communications``."""
_TERRITORIAL = frozenset(
    "senator representative governor lieutenant_governor mayor president vice_president prime_minister "
    "deputy_prime_minister minister ambassador councillor assembly_member lawmaker premier chancellor king queen "
    "prince princess first_lady first_minister secretary_of_state secretary attorney_general sheriff "
    "state_senator state_representative state_lawmaker emperor envoy consul bishop archbishop democrat republican "
    "leader district_attorney member_of_parliament member_of_the_european_parliament delegate native".split()
)
"""Heads whose place belongs to the office; with all others it says where somebody lives."""
_FIXED = (
    _TERRITORIAL | frozenset("candidate nominee general admiral colonel justice chief_justice pope".split())
) - {
    *("leader", "native", "delegate", "vice_president", "secretary", "minister"),
}
"""Heads of which there is one kind, unless a known word makes another: ``hawkish candidate`` is a candidate."""
_STATES_OWN = frozenset("president vice_president first_lady ambassador envoy leader".split())
"""Heads of which every country has its own, so that ``U.S.`` tells more than the level."""
_PARTIES = {
    "gop": "republican party",
    "republican": "republican party",
    "democratic": "democratic party",
    "democrat": "democratic party",
}
_SEATED = frozenset("senator representative state_senator state_representative".split())
"""Heads with a seat: a name before one that is no place we know is none (``Recall Sen.`` begins a headline)."""
_SOUGHT = frozenset(("candidate", "nominee"))
_SEATS = {
    "president": "presidential",
    "presidency": "presidential",
    "white house": "presidential",
    "vice_president": "vice_presidential",
    "governor": "gubernatorial",
    "senator": "senate",
    "congress": "congressional",
    "representative": "congressional",
    "mayor": "mayoral",
}
_IMPLIED = {
    "senator": frozenset(("senate", "congress")),
    "representative": frozenset(("house", "house of representatives", "congress")),
    "speaker": frozenset(("house", "house of representatives")),
    "secretary_of_state": frozenset(("state department",)),
    "attorney_general": frozenset(("justice department",)),
    "justice": frozenset(("supreme court",)),
    "chief_justice": frozenset(("supreme court",)),
    "member_of_parliament": frozenset(("parliament", "house of commons", "commons")),
    "republican": frozenset(("house", "senate", "congress")),
    "democrat": frozenset(("house", "senate", "congress")),
    "pope": frozenset(("catholic church", "roman catholic church", "vatican")),
}
"""The bodies that an office is in by itself."""
_CHAMBERS = frozenset("leader speaker whip majority_leader minority_leader majority_whip minority_whip".split())
_NAMED = frozenset("white_house supreme_court state_department justice_department".split())
_BODY_NOUNS = frozenset(
    "department committee commission council bank agency ministry authority bureau institute association "
    "administration foundation federation".split()
)
_BRANCHES = frozenset("police army navy trade industry cabinet".split())
"""Bodies of which a name before them says whose they are: the Brandholm Police Chief is a police chief."""
_OF_NAMES = frozenset(("campaign", "party"))
_AGE = re.compile(r"[\d.,]+(?:st|nd|rd|th)?|.*-years?-old|\d+s")
_BEFORE = re.compile(r"(?:ex|then|former)-")


class Reading(NamedTuple):
    """What a role says: its offices, and the body's normal form (None where none is stated or it is implied)."""

    offices: tuple[Office, ...]
    body: str | None

    @property
    def title(self) -> str:
        """The offices in one line."""
        return " and ".join(sorted(" ".join(office).replace("_", " ") for office in self.offices))


class _Word(NamedTuple):
    form: str
    large: bool
    possessive: bool = False
    text: str = ""


@lru_cache(maxsize=20_000)
def normal_title(title: str) -> str:
    """Return the form under which titles are compared: folded, spelled out, without what only qualifies.

    Abbreviations are written out (``Sen.``, ``Lt. Gov.``, ``CEO``), gender and number are levelled
    (``spokeswoman``, ``chairmen``), and what tells of tenure, honour, age, party, nation or place goes, as do
    the bodies that the title names: ``outspoken Republican senator from Brandholm`` is ``senator``. What makes
    another office stays: ``vice president``, ``deputy press secretary``, ``assistant coach``, ``minority leader``,
    ``state senator``. The ranks of professors are one (newspapers say ``professor`` for all), and so are
    ``acting`` and ``interim`` holders with the rest. Everybody who seeks an office is its ``candidate``, the
    front-runner too, which is a state of the race; its ``nominee`` is another, who was chosen. Two offices in
    one title come in the order of the alphabet.
    """
    return read_title(title, None).title


@lru_cache(maxsize=50_000)
def read_title(title: str, organization: str | None) -> Reading:
    """Return the offices of a title, and the body that it or the organization states."""
    words = _words(title)
    split = next((i for i in range(1, len(words)) if _parts(words, i)), len(words))
    front, tail = words[:split], words[split:]
    stated, campaign = body_form(organization) if organization else (None, False)
    owned = next((i for i in range(len(front) - 2, -1, -1) if front[i].possessive), None)
    named: list[str] = []
    if owned is not None:
        named.append(" ".join(word.text for word in front[: owned + 1]))
        front = front[owned + 1 :]
    lower = "representative" in title  # of a company, as like as not
    offices: list[Office] = []
    place: str | None = None
    for piece in _pieces(front):
        office, names, where = _office(piece)
        offices.append(office)
        named += [] if office[-1] in _SEATED and not lower else names
        place = place or where
    before, behind = _tail(tail, offices[-1][-1])
    if before:
        offices[-1] = (*before, *offices[-1])
    body = None if offices[-1][-1] in _SEATED and not lower and stated not in places() else stated
    for name in (behind, *named):
        if name and body is None:
            body, run = body_form(name)
            campaign = campaign or run
    party = next((_PARTIES[word.form] for word in front if word.large and word.form in _PARTIES), None)
    return _settled(offices, body, place, party, campaign=campaign)


def _parts(words: Sequence[_Word], at: int) -> bool:
    """Say whether a preposition stands behind a title, not inside a name: ``Office of Budget director``."""
    before = words[at - 1]
    return words[at].form in _PREPOSITIONS and (not before.large or before.form in _titles())


def _words(title: str) -> list[_Word]:
    """Return the words of a title, each phrase that has a canonical form as one."""
    raw = re.sub(r",(?= [A-Z])", " , ", title).replace("’", "'").replace("‘", "'").split()
    texts = [_BEFORE.sub("", word.strip("\"“”'(),;:")) or word for word in raw]
    folded = [fold(word) for word in texts]
    found: list[_Word] = []
    at = 0
    while at < len(folded):
        size = next((n for n in (7, 6, 5, 4, 3, 2, 1) if tuple(folded[at : at + n]) in forms()), 0)
        if size:
            text = " ".join(texts[at : at + size])
            found += (_Word(form, False, text=text) for form in forms()[tuple(folded[at : at + size])].split())
            at += size
            continue
        possessive = folded[at].endswith("'s") and at + 1 < len(folded)
        ends = at + 1 == len(folded) or folded[at + 1] in _PREPOSITIONS or folded[at + 1] == "and"
        form = _singular(folded[at]) if ends else folded[at]
        found.append(_Word(form, texts[at][:1].isupper(), possessive, texts[at]))
        at += 1
    return found


@cache
def _titles() -> frozenset[str]:
    return terms("role_nouns") | {form for form in pairs("capacity_forms").values() if " " not in form}


def _singular(word: str) -> str:
    if word in _titles() or word in terms("capacity_kinds") or len(word) < 4:
        return word
    if word.endswith("men"):
        word = word[:-3] + "man"
    elif word.endswith("ies") and word[:-3] + "y" in _titles():
        word = word[:-3] + "y"
    elif word.endswith("s") and (word[:-1] in _titles() or (word[:-1],) in forms()):
        word = word[:-1]
    return forms().get((word,), word)


def _pieces(words: Sequence[_Word]) -> list[Sequence[_Word]]:
    """Split two offices of one title: ``president and chief executive``."""
    found = []
    start = 0
    for i, word in enumerate(words):
        if word.form in ("and", "&") and start < i < len(words) - 1 and _is_somebody(words[i - 1].form):
            found.append(words[start:i])
            start = i + 1
    return [*found, words[start:]]


def _is_somebody(word: str) -> bool:
    return word in _titles() or word in terms("person_nouns")


def _office(words: Sequence[_Word]) -> tuple[Office, list[str], str | None]:
    """Return one office, the names before it, and the place before it."""
    if not words:
        return ("",), [], None
    head = words[-1].form
    kept: list[str] = []
    names: list[str] = []
    run: list[str] = []
    place = None
    at = 0
    while at < len(words) - 1:
        form, large, _, text = words[at]
        size = 0 if run else _body_size(words[at:-1])
        if size:
            names.append(" ".join(word.text for word in words[at : at + size]))
            at += size
            continue
        size = next((n for n in (3, 2, 1) if not run and _is_place(words[at : min(at + n, len(words) - 1)], n)), 0)
        if size:
            place = body_form(" ".join(word.form for word in words[at : at + size]))[0]
            at += size
            if words[at].form == "city" and words[at].large and at + 1 < len(words):
                at += not words[at + 1].large  # Brandholm City manager is none of a city
            continue
        if form.endswith(("-based", "-winning", "-born", "-area")):
            kept, run, place = [], [], None
        elif form in terms("capacity_qualifiers") or _AGE.fullmatch(form):
            pass
        elif large and _is_demonym(text) and form not in terms("capacity_kinds"):
            place = other_names().get(form, place) if form not in _PARTIES else place
        elif run and not large and (form in _OF_NAMES or (form in _SMALL and words[at + 1].large)):
            run.append(form)
        elif large and _names(form, run):
            run.append(text)
        elif form in _NAMED or (form in ("house", "senate") and head in _CHAMBERS):
            names.append(form.replace("_", " "))
        elif form != "and" and (head not in _FIXED or tells(form)):
            kept.append(form)
        at += 1
        if run and (at == len(words) - 1 or not (words[at].large or words[at].form in _OF_NAMES | _SMALL)):
            names.append(" ".join(run))
            run = []
    return (*kept, head), names, place


def _body_size(words: Sequence[_Word]) -> int:
    """Return how many words at the start of a title are a body's name: Fire Department, Bank of Brandholm."""
    size = 0
    while size < len(words) and (
        words[size].large
        or (size and words[size].form in _SMALL and words[size + 1 : size + 2] and words[size + 1].large)
    ):
        size += 1
    ends = [i + 1 for i in range(1, size) if words[i].form in _BODY_NOUNS]
    if size > 2 and words[0].form in _BODY_NOUNS and words[1].form == "of":
        ends.append(size)
    return max(ends, default=0)


def tells(word: str) -> bool:
    """Say whether a word before a head is one that tells its kind or makes another office of it."""
    return word in terms("capacity_kinds") or word in terms("capacity_parts") or "_" in word


def _names(word: str, run: Sequence[str]) -> bool:
    """Say whether a word written large belongs to a name, of which ``run`` are the words before it."""
    if run and run[-1] in _SMALL:
        return True
    if word in terms("capacity_kinds"):
        return bool(run) and word in terms("organization_nouns") and word not in _BRANCHES
    return bool(run) or word not in _titles()


def _is_place(words: Sequence[_Word], size: int) -> bool:
    if len(words) != size or not words[0].large:
        return False
    text = " ".join(word.form for word in words)
    return text in places() or text in ("us", "un", "eu", "uk")


def _is_demonym(text: str) -> bool:
    return text in terms("demonyms") or fold(text) in other_names()


def _tail(words: Sequence[_Word], head: str) -> tuple[Office, str | None]:
    """Return the words of a tail that belong before the head, and the body that it names."""
    if not words:
        return (), None
    link, rest = words[0].form, list(words[1:])
    stop = next((i for i, w in enumerate(rest) if i and w.form in _ENDS), None)
    rest = rest[:stop]
    if not rest:
        return (), None
    text = " ".join(word.text or word.form.replace("_", " ") for word in rest)
    bare = fold(text).removeprefix("the ").removeprefix("us ")
    if head in _SOUGHT and link == "for":
        seat = forms().get(tuple(bare.split()), bare)
        office = _SEATS.get(seat) or _SEATS.get(bare) or bare
        return (office,), None
    if link in ("in", "from", "near"):
        return (), text if head in _TERRITORIAL else None
    if link not in _BODY_LINKS:
        return (), None
    if rest[0].large or rest[0].form in _ARTICLES:
        return (), text
    if head not in _TURNED:
        return (), None
    return tuple(word.form for word in rest if word.form not in ("and", "of", "for")), None


def _settled(
    offices: list[Office], body: str | None, place: str | None, party: str | None, *, campaign: bool
) -> Reading:
    """Take from a reading what the office implies, and turn what a body says into a part of the title."""
    head = offices[-1][-1]
    if head in _SOUGHT:
        if body == "white house":
            offices[-1] = ("presidential", *offices[-1])
        return Reading(tuple(sorted(set(offices))), None)
    if body is None and head in _TERRITORIAL:
        body = place
    if party and head == "chair" and body in (None, party):
        body = party
        offices[-1] = tuple(word for word in offices[-1] if word not in ("party", "national"))
    if head in ("secretary", "minister") and body and len(offices[-1]) == 1:
        words = body.removesuffix(" department").removesuffix(" ministry").split()
        if all(word in terms("capacity_kinds") or word == "and" for word in words):
            offices[-1] = (*(word for word in words if word != "and"), head)
            body = place
    if body and (
        body in _IMPLIED.get(head, ())
        or (head in _TERRITORIAL and is_party(body))
        or (body == "united states" and head in _TERRITORIAL and head not in _STATES_OWN)
    ):
        body = place if head in _TERRITORIAL and place != "united states" else None
    if campaign and "campaign" not in offices[-1]:
        offices[-1] = ("campaign", *offices[-1])
    return Reading(tuple(sorted(set(offices))), body)
