"""The command by which people decide on quotes: at a terminal, by options, or from a file."""

import io
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from quotes.cli.interrupts import Interrupts
from quotes.cli.options import database_option, filter_options, format_option, given, login, reviewer_option
from quotes.cli.output import INTERRUPTED, emit, say, say_error, standard_output
from quotes.errors import DatabaseError, InputError, QuotesError

if TYPE_CHECKING:
    from quotes.decisions import Decision
    from quotes.records import ReviewRecord

SPEAKER_KINDS = ("person", "organization", "group", "unnamed")
CLEARED = ("speaker", "role", "cue", "source", "medium")
_VERBS = ("confirm", "reject", "undo")
_COLUMNS = ("id", "quote", "article", "decision", "undoes_id", "reviewer", "reviewed_at", "note", "before")
_TABLE = {"id": 1, "quote": 4, "decision": 2, "reviewer": 2, "reviewed_at": 4, "note": 4}
_WITH_UIDS = {
    *(*_VERBS, "content", "words", "cue", "source", "speaker_kind", "clear", "note", "seen"),
}
# With a UID, they say what is right of the quote; without, they choose among quotes.
_CHANGES = ("kind", "act", "polarity", "medium", "speaker")


def _verb_options(command: Callable[..., object]) -> Callable[..., object]:
    for verb, helped in reversed(
        (
            ("confirm", "Say that the quotes are right."),
            ("reject", "Say that they are none."),
            ("undo", "Take the last decision on them back."),
        )
    ):
        command = click.option(f"--{verb}", is_flag=True, help=helped)(command)
    return command


@click.command(
    epilog="\b\nExamples:\n"
    "  quotes review --max-confidence 0.6\n"
    "  quotes review 32778d25a745ec1a --speaker 'Keith Harper' --role ambassador\n"
    "  quotes review --from decisions.jsonl\n"
    "  quotes review --history"
)
@click.argument("uids", nargs=-1, metavar="[UID]...")
@_verb_options
@click.option("--content", metavar="SPANS", help="What was said, as 10-20,30-40 in code points.")
@click.option("--words", metavar="TEXT", help="What was said, in the article's words; … between its pieces.")
@click.option("--cue", metavar="SPAN", help="The words that say that it was said, as 10-20.")
@click.option("--source", metavar="SPAN", help="The words that name who said it, as 10-20.")
@click.option("--speaker-kind", type=click.Choice(SPEAKER_KINDS), help="Of a speaker who is new here.")
@click.option("--clear", type=click.Choice(CLEARED), multiple=True, help="There is none; may be repeated.")
@click.option("--note", metavar="TEXT", help="Why.")
@click.option("--seen", type=click.IntRange(min=0), metavar="ID", help="The quote's last review that you know of.")
@reviewer_option
@click.option("--from", "file", metavar="FILE", help="Take decisions from a file, one a line; - for stdin.")
@click.option("--history", is_flag=True, help="Print what was decided, on quotes or on all.")
@click.option("--rule", metavar="NAME", help="Review what this rule found.")
@click.option("--max-confidence", type=click.FloatRange(0, 1), metavar="0..1", help="Review what is no surer.")
@filter_options
@database_option
@format_option("table")
@click.pass_context
def review(ctx: click.Context, /, uids: tuple[str, ...], database: str, form: str, **options: Any) -> None:
    """Review quotes: confirm, correct or reject them, and take that back.

    Without a UID, quotes that nobody has decided on are shown one by one, those of which the extraction is least
    sure first, and a key decides; the options of `quotes list` choose among them. With UIDs (see `quotes list -f
    jsonl`), the options say what is to be done, and --speaker, --role, --organization (of the role), --kind,
    --act, --polarity, --medium and those below, what is right. A surname alone means the one of it who speaks in
    the article; where several may be meant, you are told; with --speaker-kind it is somebody new.

    A line of a --from file is a JSON object: "uid", "decision" (confirm, correct, reject or undo) and, as known,
    "reviewer", "note", "content": [[10, 20]] or "words", "cue": [10, 20], "source", "kind", "act", "polarity",
    "medium", "speaker": one name or several, "speaker_kind", "role": a title or {"title", "organization"}; null
    for none. "seen" is the id of the last review that you know of, or the quote as `quotes list` printed it. Of
    many lines, only the wrong ones are left out.

    If somebody else decided on a quote, of which you do not know, you are told, and nothing is changed. What is
    decided is printed; every decision is kept at once.
    """
    chosen = {name for name in options if ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE}
    if options["history"]:
        _refuse(chosen - {"history"})
        _print_history(database, uids, form)
    elif options["file"]:
        _refuse(chosen - {"file", "reviewer"}, *uids)
        _decide(database, _read(options["file"]), login(options["reviewer"]), form)
    elif uids:
        _decide(database, _each(uids, _decision(chosen, options)), login(options["reviewer"]), form)
    else:
        _refuse(chosen & _WITH_UIDS)
        filters = {name: options[name] for name in options.keys() - _WITH_UIDS - {"file", "history", "reviewer"}}
        _ask(database, filters, login(options["reviewer"]))


def _refuse(names: set[str], *uids: str) -> None:
    """Refuse options that say nothing here."""
    if names or uids:
        named = [*(f"--{name.replace('_', '-')}" for name in sorted(names)), *uids[:1]]
        raise click.UsageError(f"{', '.join(named)}: not together with that, or not without it; see --help")


def _decision(chosen: set[str], options: dict[str, Any]) -> dict[str, Any]:
    """Return what the options say, as a line of a file would."""
    from quotes.decisions import parse_spans

    verbs = [verb for verb in _VERBS if options[verb]]
    said: dict[str, Any] = {name: options[name] for name in ("note", "seen") if name in chosen}
    changes: dict[str, Any] = {name: options[name] for name in _CHANGES if name in chosen}
    changes |= {name: options[name] for name in ("words", "speaker_kind") if name in chosen}
    for name in ("content", "cue", "source"):
        if name in chosen:
            changes[name] = parse_spans(options[name])
    if "role" in chosen:
        changes["role"] = options["role"]
        if "organization" in chosen:
            changes["role"] = {"title": options["role"], "organization": options["organization"]}
        chosen -= {"organization"}
    for name in options["clear"]:
        if name in changes:
            raise click.UsageError(f"--{name} and --clear {name} contradict each other")
        changes[name] = None
    _refuse(chosen - {*_VERBS, *changes, "note", "seen", "clear", "reviewer"})
    if len(verbs) + bool(changes) != 1:
        raise click.UsageError("say what is to be done: one of --confirm, --reject, --undo, or what is right")
    return said | changes | {"decision": verbs[0] if verbs else "correct"}


Decisions = Iterator[tuple[str, "Decision | InputError"]]
"""Decisions, or why there is none, each with where it stands."""


def _each(uids: Iterable[str], said: dict[str, Any]) -> Decisions:
    import msgspec

    from quotes.decisions import Decision

    for uid in uids:
        yield f"quote {uid}", msgspec.convert(said | {"uid": uid}, Decision)


def _read(path: str) -> Decisions:
    from quotes.decisions import read_decisions

    if path == "-":
        if sys.stdin is None:
            raise InputError("standard input is closed", "give the decisions a way in, or a file")
        yield from read_decisions(sys.stdin.buffer, "standard input")
    else:
        with Path(path).open("rb") as stream:
            yield from read_decisions(stream, path)


def _decide(database: str, decisions: Decisions, reviewer: str, form: str) -> None:
    """Carry decisions out, each by itself, and print those that are."""
    from quotes.database import open_database
    from quotes.decisions import decide

    standard_output()  # if that is closed, nothing is to be decided
    done: set[int] = set()
    failed = False
    with Interrupts() as interrupts, open_database(database, upgrade=True) as opened:
        try:
            for where, decision in interrupts.between(decisions):
                try:
                    if isinstance(decision, InputError):
                        raise decision
                    done.add(decide(opened, decision, reviewer).id)
                except DatabaseError:
                    raise
                except QuotesError as error:
                    failed = True
                    say_error(QuotesError(f"{where}: {error.cause}", error.remedy))
        except KeyboardInterrupt:
            say(f"interrupted; the {len(done)} decisions that are done are kept")
            raise click.exceptions.Exit(INTERRUPTED) from None
        except DatabaseError as error:
            raise type(error)(f"{error.cause} ({len(done)} decisions are done and kept)", error.remedy) from error
        told = opened.repository.history(after=min(done, default=1) - 1) if done else ()
        _print(islice((found for found in told if found.id in done), len(done)), form)
    if failed:
        raise click.exceptions.Exit(1)


def _print_history(database: str, uids: tuple[str, ...], form: str) -> None:
    from quotes.database import open_database

    with open_database(database, readonly=True) as opened:
        of_quotes = chain.from_iterable(opened.repository.reviews(uid) for uid in uids)
        _print(of_quotes if uids else opened.repository.history(), form)


def _print(reviews: "Iterable[ReviewRecord]", form: str) -> None:
    import msgspec

    def objects() -> Iterator[dict[str, Any]]:
        for found in reviews:
            fields: dict[str, Any] = msgspec.to_builtins(found)
            if form in {"json", "jsonl"} and found.before:
                fields["before"] = msgspec.Raw(found.before.encode())
            yield fields

    emit(objects(), form, _COLUMNS, _TABLE)


def _ask(database: str, filters: dict[str, Any], reviewer: str) -> None:
    """Let somebody decide at a terminal."""
    from quotes.cli.asking import Asking
    from quotes.database import open_database

    if sys.stdin is None:
        raise InputError("standard input is closed", "answer at a terminal, or give UIDs or --from")
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")  # a key that is no character is one that decides nothing
    with Interrupts() as interrupts, open_database(database, upgrade=True) as opened:
        asking = Asking(opened, opened.repository.to_review(**given(filters)), reviewer, interrupts)
        try:
            asking.ask()
        except KeyboardInterrupt:
            say(f"interrupted; what is done is kept: {asking.summary}")
            raise click.exceptions.Exit(INTERRUPTED) from None
        say(asking.summary)


COMMANDS = (review,)
