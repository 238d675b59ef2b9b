"""Indexes for searching and for pages: by publisher, by whom a quote talks about, by speaker and by role.

A revision imports alembic and sqlalchemy only, and is never edited once it is published.
"""

import sqlalchemy as sa
from alembic import op

revision = "quotes_0004"
down_revision = "quotes_0003"
branch_labels = None
depends_on = None

LAST_WORD = "substr(folded, length(rtrim(folded, replace(folded, ' ', ''))) + 1)"


def upgrade() -> None:
    op.create_index(op.f("ix_articles_publisher"), "articles", [sa.text("lower(publisher)")])
    op.create_index(op.f("ix_quote_mentions_last_word"), "quote_mentions", [sa.text(LAST_WORD)])
    for column in ("speaker_id", "role_id"):
        op.drop_index(f"ix_attributions_{column}", "attributions")
        op.create_index(
            op.f(f"ix_attributions_{column}_standing_quote_id"), "attributions", [column, "standing", "quote_id"]
        )


def downgrade() -> None:
    for column in ("speaker_id", "role_id"):
        op.drop_index(f"ix_attributions_{column}_standing_quote_id", "attributions")
        op.create_index(op.f(f"ix_attributions_{column}"), "attributions", [column])
    op.drop_index("ix_quote_mentions_last_word", "quote_mentions")
    op.drop_index("ix_articles_publisher", "articles")
