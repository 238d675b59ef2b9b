"""How alembic runs our revisions: in one transaction, with foreign keys checked at its end.

``quotes.database`` hands its connection over; on alembic's own command line the database is that of
``-x database=…``, of QUOTES_DATABASE, or of alembic.ini.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from logging.config import fileConfig

from alembic import context
from alembic.operations import Operations
from alembic.util import CommandError
from sqlalchemy import Column, Connection
from sqlalchemy.schema import SchemaItem

from quotes.database import IMMEDIATE, make_engine, owned_revision
from quotes.errors import QuotesError
from quotes.models import Base


@Operations.register_operation("rebuild_table")
class RebuildTable:
    """``op.rebuild_table``: the change of a table for which SQLite has no ALTER.

    A rebuild by alembic's ``batch_alter_table`` loses CHECKs, triggers and indexes on expressions, and a view
    on the table aborts it.
    """

    @classmethod
    def rebuild_table(
        cls, operations: Operations, name: str, *items: SchemaItem, values: dict[str, str] | None = None
    ) -> None:
        """Put a table of ``items``, as for ``op.create_table``, in the place of ``name``, with its rows.

        A column takes what the column of its name held; ``values`` gives the SQL of what one takes instead.
        Indexes, and all triggers and views, come back as they were, those of other programs too: drop those
        that have to change before, and create them anew after.
        """
        kept = operations.get_bind().exec_driver_sql(
            "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"
            " AND (type IN ('view', 'trigger') OR (type = 'index' AND tbl_name = ?)) ORDER BY rowid",
            (name,),
        )
        dependents = kept.all()
        for kind, dependent, _ in dependents:
            if kind != "index":
                operations.execute(f'DROP {kind} IF EXISTS "{dependent}"')
        columns = operations.get_bind().exec_driver_sql(f'SELECT name FROM pragma_table_info("{name}")')
        sources = {column: f'"{column}"' for column in columns.scalars()} | (values or {})
        filled = [item.name for item in items if isinstance(item, Column) and item.name in sources]
        operations.create_table(f"{name}_rebuilt", *items)
        operations.execute(
            f'INSERT INTO "{name}_rebuilt" ({", ".join(f"{column!r}" for column in filled)})'
            f' SELECT {", ".join(sources[column] for column in filled)} FROM "{name}" ORDER BY rowid'
        )
        operations.drop_table(name)
        operations.rename_table(f"{name}_rebuilt", name)
        for _, _, sql in dependents:
            operations.execute(sql)


def run(connection: Connection) -> None:
    """Run the revisions asked for, whole or not at all."""
    with without_foreign_keys(connection), connection.execution_options(**IMMEDIATE).begin():
        owned_revision(connection)
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            include_name=is_ours,
            transactional_ddl=True,
        )
        context.run_migrations()
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        ours = [row for row in broken if {row[0], row[2]} & set(Base.metadata.tables)]
        if ours:
            raise CommandError(f"rows without their parent (table, row, parent, key): {ours[:10]}")


@contextmanager
def without_foreign_keys(connection: Connection) -> Iterator[None]:
    """Turn foreign keys off: dropping a table to rebuild it would delete the rows that cascade from it.

    The pragma does nothing inside a transaction, so it goes past SQLAlchemy, which would begin one.
    """
    driver = connection.connection.driver_connection
    assert driver is not None  # only a connection that was given up has none
    driver.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys = ON")


def is_ours(name: str | None, kind: str, _: object) -> bool:
    """Leave the full-text index's tables, and other programs' tables, out of a comparison with the models."""
    return kind != "table" or name in Base.metadata.tables


def target() -> str:
    """Return the database that was asked for on alembic's command line."""
    arguments = context.get_x_argument(as_dictionary=True)
    given = arguments.get("database") or os.environ.get("QUOTES_DATABASE")
    return str(given or context.config.get_main_option("sqlalchemy.url"))


if context.is_offline_mode():
    raise CommandError("a script of SQL cannot be made: a rebuild has to read the schema it changes")
if context.config.config_file_name:
    fileConfig(context.config.config_file_name, disable_existing_loggers=False)
if handed := context.config.attributes.get("connection"):
    run(handed)
else:
    engine = make_engine(target(), mode="rwc")
    try:
        with engine.connect() as opened:
            run(opened)
    except QuotesError as error:
        raise CommandError(str(error)) from error
    finally:
        engine.dispose()
