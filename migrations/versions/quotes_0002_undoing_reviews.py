"""Undoing reviews: one decision takes another back, and both stay on record.

A revision imports alembic and sqlalchemy only, and is never edited once it is published.
"""

import sqlalchemy as sa
from alembic import op
from alembic.util import CommandError

revision = "quotes_0002"
down_revision = "quotes_0001"
branch_labels = None
depends_on = None

BEFORE = ("added", "confirmed", "corrected", "rejected")


def upgrade() -> None:
    rebuild(
        sa.Column("undoes_id", sa.Integer(), nullable=True),
        sa.UniqueConstraint("undoes_id", name=op.f("uq_reviews_undoes_id")),
        sa.ForeignKeyConstraint(["undoes_id"], ["reviews.id"], name=op.f("fk_reviews_undoes_id_reviews")),
        sa.CheckConstraint("(decision = 'undone') = (undoes_id IS NOT NULL)", name=op.f("ck_reviews_undoes_id")),
        decisions=(*BEFORE, "undone"),
    )


def downgrade() -> None:
    undone = op.get_bind().exec_driver_sql("SELECT count(*) FROM reviews WHERE undoes_id IS NOT NULL").scalar_one()
    if undone:
        # Without them the record would say that decisions hold which were taken back.
        raise CommandError(f"the schema quotes_0001 cannot hold the {undone} reviews that take others back")
    rebuild(decisions=BEFORE)


def rebuild(*added: sa.schema.SchemaItem, decisions: tuple[str, ...]) -> None:
    """Give the table of reviews other columns and constraints at its end."""
    listed = ", ".join(f"'{decision}'" for decision in decisions)
    columns = [item for item in added if isinstance(item, sa.Column)]
    constraints = [item for item in added if not isinstance(item, sa.Column)]
    op.rebuild_table(  # type: ignore[attr-defined]
        "reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("quote_id", sa.Integer(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        *columns,
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("reviewed_at", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("before", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
        sa.ForeignKeyConstraint(["quote_id"], ["quotes.id"], name=op.f("fk_reviews_quote_id_quotes")),
        sa.CheckConstraint(f"decision IN ({listed})", name=op.f("ck_reviews_decision")),
        *constraints,
    )
