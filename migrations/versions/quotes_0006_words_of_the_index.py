"""``quotes_fts_words``: the words that quotes have, by which a search finds what begins with some letters.

The full-text index has the stems of words alone. This belongs to it: each word once, as far as SQLite can put it
in lower case; those of quotes that are gone may stay, and do no harm. Those with accents have their own index.

A revision imports alembic and sqlalchemy only, and is never edited once it is published.
"""

from alembic import op

revision = "quotes_0006"
down_revision = "quotes_0005"
branch_labels = None
depends_on = None

SEPARATORS = "\n\r\t\u00a0\u2013\u2014-/'’‘_.,"
"""Between words, besides the space."""
MARKS = """;:!?"“”„«»()[]{}…*&%$#<>+=|~`@"""
"""Before and after words."""
SHORTEST = 3
"""What words of fewer letters begin with, stems do, too."""


def words(text: str, source: str = "") -> str:
    """Return the query for the words of a text, or of those of a source."""
    spaced = text
    for separator in SEPARATORS:
        spaced = f"replace({spaced}, char({ord(separator)}), ' ')"
    marks = MARKS.replace("'", "''")
    return f"""SELECT lower(trim(value, '{marks}')) AS word
    FROM {source}json_each('[' || replace(json_quote({spaced}), ' ', '","') || ']')
    WHERE length(word) >= {SHORTEST} AND word NOT GLOB '*[0-9]*'"""


def upgrade() -> None:
    op.execute("CREATE TABLE quotes_fts_words (word TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID")
    op.execute("CREATE INDEX quotes_fts_words_accents ON quotes_fts_words (word) WHERE word GLOB '*[^a-z]*'")
    for name, event in (("quotes_words_ai", "INSERT"), ("quotes_words_au", "UPDATE OF text")):
        op.execute(
            f"""CREATE TRIGGER {name} AFTER {event} ON quotes BEGIN
    INSERT OR IGNORE INTO quotes_fts_words {words("new.text")};
END"""
        )
    op.execute(f"INSERT OR IGNORE INTO quotes_fts_words {words('quotes.text', 'quotes, ')}")


def downgrade() -> None:
    op.execute("DROP TRIGGER quotes_words_au")
    op.execute("DROP TRIGGER quotes_words_ai")
    op.execute("DROP TABLE quotes_fts_words")
