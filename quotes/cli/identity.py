"""The commands about who is who: one speaker, and what people decide about two."""

import click

from quotes.cli.options import database_option, format_option, login, reviewer_option
from quotes.cli.output import emit, print_text, say

_ROLES = {"role": 6, "status": 2, "quotes": 1, "articles": 1, "first_on": 2, "last_on": 2}
_JUDGEMENTS = {"number": 2, "verdict": 6, "name": 5, "other_name": 5, "judged_by": 3, "judged_at": 6, "note": 4}
JUDGEMENT_COLUMNS = (
    "number",
    "verdict",
    "name",
    "slug",
    "other_name",
    "other_slug",
    "judged_by",
    "judged_at",
    "note",
    "undoes",
    "undone_by",
)

_note_option = click.option("--note", metavar="TEXT", help="Why.")


@click.command(epilog="\b\nExample:\n  quotes speaker 'Mark Hetfield'")
@click.argument("name")
@database_option
@format_option("table")
def speaker(name: str, database: str, form: str) -> None:
    """Print a speaker: every name, and every role with the first and the last article that states it.

    NAME is any name or slug of theirs.
    """
    from quotes.database import open_database
    from quotes.export import SPEAKER_COLUMNS, speaker_object

    with open_database(database, readonly=True) as opened:
        found = opened.repository.speaker(name)
    if form == "table":
        dates = f", {found.first_on} to {found.last_on}" if found.first_on else ""
        print_text(
            f"{found.name} ({found.kind}, {found.slug})\n"
            f"  names: {'; '.join(found.names)}\n"
            f"  {found.quotes} quotes in {found.articles} articles{dates}"
        )
        rows = [{**role, "role": role["name"]} for role in speaker_object(found)["roles"]]
        dated = [column for column in ("started_on", "ended_on") if any(row[column] for row in rows)]
        emit(rows, form, (), _ROLES | dict.fromkeys(dated, 2))
    else:
        emit([speaker_object(found)], form, SPEAKER_COLUMNS, {})


@click.command(epilog="\b\nExample:\n  quotes tenure 'Mark Hetfield' 'head of HIAS' --started 2016")
@click.argument("name")
@click.argument("role")
@click.option("--started", "started_on", metavar="DATE", help="When it began: 2018, 2018-06, 2018-06-29, or none.")
@click.option("--ended", "ended_on", metavar="DATE", help="When it ended, or none.")
@database_option
def tenure(name: str, role: str, database: str, **dates: str | None) -> None:
    """Note when a role of a speaker began and ended.

    `quotes list --before-role` and `--since-role` go by that; without it, by the first article that says that
    the role is held. `none` forgets a date.
    """
    from quotes.database import open_database

    given = {column: None if day == "none" else day for column, day in dates.items() if day is not None}
    if not given:
        raise click.UsageError("give --started, --ended or both")
    with open_database(database, upgrade=True) as opened:
        found = opened.repository.note_tenure(name, role, **given)
    say(f"noted, see `quotes speaker {found.slug}`")


@click.command(epilog="\b\nExample:\n  quotes merge 'Mark Hetfield' ndiaye --note 'seen by mistake'")
@click.argument("name")
@click.argument("other")
@_note_option
@reviewer_option
@database_option
def merge(name: str, other: str, note: str | None, reviewer: str | None, database: str) -> None:
    """Say that two speakers are one, who goes on under the first one's name.

    No quote is rewritten: `quotes undo` takes it back exactly. Names and slugs of both go on being found.
    """
    from quotes.database import open_database

    with open_database(database, upgrade=True) as opened:
        found = opened.repository.merge(name, other, reviewer=login(reviewer), note=note)
        number = opened.repository.judgements()[-1].number
    say(f"judgement {number}: {name} and {other} are one, {found.name} ({found.slug}), with {found.quotes} quotes")


@click.command(epilog="\b\nExample:\n  quotes separate 'Mark Hetfield' 'Keith Harper'")
@click.argument("name")
@click.argument("other")
@_note_option
@reviewer_option
@database_option
def separate(name: str, other: str, note: str | None, reviewer: str | None, database: str) -> None:
    """Say that two speakers are not one.

    They are not proposed again, and not joined by their names. Where one speaker is two, give two names or slugs
    of theirs: `quotes speaker` has the names. Two people under one name are told apart by a review first:
    `quotes review UID --speaker 'NAME (WHO THAT IS)'` gives a quote to a name of its own.
    """
    from quotes.database import open_database

    with open_database(database, upgrade=True) as opened:
        opened.repository.separate(name, other, reviewer=login(reviewer), note=note)
        number = opened.repository.judgements()[-1].number
    say(f"judgement {number}: {name} and {other} are two")


@click.command(epilog="\b\nExample:\n  quotes judgements --format csv")
@database_option
@format_option("table")
def judgements(database: str, form: str) -> None:
    """Print what people decided on who is who, the earliest first."""
    import msgspec

    from quotes.database import open_database

    with open_database(database, readonly=True) as opened:
        found = [msgspec.to_builtins(judgement) for judgement in opened.repository.judgements()]
    if form == "table":
        for row in found:
            row["verdict"] = f"undoes {row['undoes']}" if row["undoes"] else row["verdict"]
            row["verdict"] += f", undone by {row['undone_by']}" if row["undone_by"] else ""
    emit(found, form, JUDGEMENT_COLUMNS, _JUDGEMENTS)


@click.command(epilog="\b\nExample:\n  quotes separate hetfield ndiaye\n  quotes undo 1")
@click.argument("number", type=click.IntRange(min=1))
@_note_option
@reviewer_option
@database_option
def undo(number: int, note: str | None, reviewer: str | None, database: str) -> None:
    """Take back the judgement of a number: all is as if it had not been made."""
    from quotes.database import open_database

    with open_database(database, upgrade=True) as opened:
        undoing = opened.repository.undo_judgement(number, reviewer=login(reviewer), note=note)
    say(f"judgement {undoing} takes back judgement {number}")


COMMANDS = (speaker, tenure, merge, separate, judgements, undo)
