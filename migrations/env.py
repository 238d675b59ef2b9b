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

from quotes.database import make_engine, owned_revision
from quotes.errors import DatabaseError, QuotesError
from quotes.models import Base
from quotes.transactions import lock


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
        # Not operations.execute, which would take a colon in somebody's trigger for a parameter.
        execute = operations.get_bind().exec_driver_sql
        dependents = execute(
            "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"
            " AND (type IN ('view', 'trigger') OR (type = 'index' AND tbl_name = ?)) ORDER BY rowid",
            (name,),
        ).all()
        columns = execute(f'SELECT name FROM pragma_table_info("{name}")').scalars()
        sources = {column: f'"{column}"' for column in columns} | (values or {})
        filled = [item.name for item in items if isinstance(item, Column) and item.name in sources]
        into = ", ".join(f'"{column}"' for column in filled)
        taken = ", ".join(sources[column] for column in filled)
        for kind, dependent, _ in dependents:
            if kind != "index":
                # A view's triggers go with the view.
                execute(f'DROP {kind} IF EXISTS "{dependent}"')
        operations.create_table(f"{name}_rebuilt", *items)
        execute(f'INSERT INTO "{name}_rebuilt" ({into}) SELECT {taken} FROM "{name}" ORDER BY rowid')
        operations.drop_table(name)
        operations.rename_table(f"{name}_rebuilt", name)
        for _, _, sql in dependents:
            execute(sql)


@Operations.register_operation("describe")
class Describe:
    """``op.describe``: notes on a table or view and its columns, for whoever reads the database.

    They are rows of the view ``schema_notes``, whose constants stand in the schema itself.
    """

    @classmethod
    def describe(
        cls, operations: Operations, name: str, notes: dict[str | None, tuple[str, str | None] | None]
    ) -> None:
        """Add notes, or put them in the place of others: by column, or None for the table or view itself.

        Each is what it means, and what NULL means there (None where it never is NULL); None takes a note away.
        """
        execute = operations.get_bind().exec_driver_sql
        there = execute("SELECT 1 FROM sqlite_master WHERE name = 'schema_notes'").first()
        found = execute("SELECT name, column_name, note, null_means FROM schema_notes").all() if there else []
        known: dict[tuple[str, str | None], tuple[str, str | None] | None]
        known = {(of, column): (note, null) for of, column, note, null in found}
        known |= {(name, column): note for column, note in notes.items()}
        if there:
            execute("DROP VIEW schema_notes")
        kinds = {row[0]: row[1] for row in execute("SELECT name, type FROM sqlite_master")}
        kinds["schema_notes"] = "view"
        names = list(dict.fromkeys(of for of, _ in known))
        # The views, which are the interface, come first; notes that come later stand with those of their table.
        order = sorted(known, key=lambda key: (kinds[key[0]] != "view", names.index(key[0])))
        rows = [(kinds[key[0]], *key, *note) for key in order if (note := known[key])]
        values = ",\n".join(f"({', '.join(map(_literal, row))})" for row in rows)
        execute(
            "CREATE VIEW schema_notes (kind, name, column_name, note, null_means) AS\n"
            "-- What every table, view and column means: a row each.\nVALUES\n" + values
        )


def _literal(value: str | None) -> str:
    """Return a text as SQL writes it."""
    return "NULL" if value is None else "'" + value.replace("'", "''") + "'"


def run(connection: Connection) -> None:
    """Run the revisions asked for, whole or not at all."""
    with without_foreign_keys(connection), connection.begin():
        lock(connection)
        owned_revision(connection)
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            include_name=is_ours,
            transactional_ddl=True,
        )
        context.run_migrations()
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        ours = [tuple(row[:3]) for row in broken if {row[0], row[2]} & set(Base.metadata.tables)]
        if ours:
            raise DatabaseError(
                f"there are rows without their parent, by table, row and parent: {ours[:5]}",
                "nothing was changed: mend or delete these rows, and upgrade again",
            )


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
