"""Quotes one by one at a terminal, each in its context, and a key that decides.

The dialogue goes to standard error: it is no data. No lock is held while somebody thinks.
"""

from collections import Counter
from typing import TYPE_CHECKING, Any, get_args

import click
from rich.text import Text

from quotes.cli.cells import Paper
from quotes.cli.excerpts import clean, context_of, indented
from quotes.cli.interrupts import Interrupts
from quotes.cli.keys import Keys
from quotes.cli.output import say_error, terminal_width
from quotes.decisions import corrections, find_words, parse_spans
from quotes.errors import DatabaseError, InvalidValueError, NotFoundError, QuotesError
from quotes.export import cell
from quotes.extraction.results import Kind

if TYPE_CHECKING:
    from quotes.database import Database
    from quotes.records import QuoteRecord
    from quotes.reviewing import ToReview

AROUND = 240
"""So many code points of the article are shown before and after the quote."""
NOTHING = "-"
"""What is typed for none."""

KEYS = "[c]onfirm  [e]dit  [r]eject  [s]kip  [u]ndo  [q]uit  [?]"
HELP = f"""\
  c  it is right as it stands
  e  correct it: speaker, role, kind, and what was said; an empty line leaves it, {NOTHING} is none
  r  it is no quote
  s  leave it for later
  u  take back your last decision here, and look at that quote again
  q  end; so do Ctrl-D and Ctrl-C. What is decided is kept in any case"""
DONE = {"c": "confirmed", "e": "corrected", "r": "rejected", "s": "skipped"}


class Asking:
    """One sitting of one reviewer."""

    def __init__(self, database: "Database", waiting: "ToReview", reviewer: str, interrupts: Interrupts) -> None:
        self._database = database
        self._repository = database.repository
        self._waiting = waiting
        self._reviewer = reviewer
        self._interrupts = interrupts
        self._paper = Paper(stderr=True, width=terminal_width(), highlight=False)
        self._keys = Keys()
        self._decided: list[tuple[int, str]] = []
        """The reviews of this sitting that stand: their ids, and the keys."""
        self._skipped = 0
        self._numbers: dict[str, int] = {}
        """The place of each quote that was shown, by its uid."""

    @property
    def summary(self) -> str:
        """What was done, in a line."""
        done = Counter(DONE[key] for _, key in self._decided)
        done["skipped"] = self._skipped
        counts = [f"{number} {what}" for what in DONE.values() if (number := done[what])]
        left = self._waiting.total - self._waiting.taken
        return f"{', '.join(counts) or 'nothing decided'}; {left} of {self._waiting.total} not looked at"

    def ask(self) -> None:
        """Show one quote after the other until none is left, or the reviewer has enough."""
        with self._keys:
            self._ask()

    def _ask(self) -> None:
        again: list[QuoteRecord] = []
        while quote := again.pop() if again else next(self._waiting, None):
            self._show(quote)
            key = self._key()
            if key in {"q", ""}:
                return
            if key == "s":
                self._skipped += 1
            elif key == "u":
                again += [quote, *self._undo()]
            elif key not in "cer" or not self._decide(key, quote):
                if key not in "cer":
                    self._print(Text(HELP))
                again += self._as_it_is(quote.uid)

    def _as_it_is(self, uid: str) -> "list[QuoteRecord]":
        """Return a quote as it is by now, if it is there still."""
        try:
            return [self._repository.quote(uid)]
        except NotFoundError:  # the article was loaded anew
            return []

    def _decide(self, key: str, quote: "QuoteRecord") -> bool:
        """Carry a decision out; tell whether it is done, and say why if it is not."""
        given: dict[str, Any] = {"reviewer": self._reviewer, "seen": quote}
        try:
            match key:
                case "c":
                    self._repository.confirm(quote.uid, **given)
                case "r":
                    self._repository.reject(quote.uid, **given)
                case _:
                    changes = self._changes(quote)
                    if not changes:
                        return False
                    self._repository.correct(quote.uid, **given, **corrections(self._database, quote, changes))
            review = self._repository.reviews(quote.uid)[-1]
            self._database.session.commit()
        except DatabaseError:
            raise
        except QuotesError as error:
            self._database.session.rollback()
            say_error(error)
            return False
        self._decided.append((review.id, key))
        return True

    def _undo(self) -> "list[QuoteRecord]":
        """Take the last decision of this sitting back, and return its quote."""
        if not self._decided:
            self._print(Text("  there is nothing to undo yet"))
            return []
        review_id, _ = self._decided[-1]
        try:
            quote = self._repository.undo_review(review_id, reviewer=self._reviewer)
            self._database.session.commit()
        except DatabaseError:
            raise
        except QuotesError as error:
            self._database.session.rollback()
            say_error(error)
            return []
        self._decided.pop()
        return [quote]

    def _changes(self, quote: "QuoteRecord") -> dict[str, Any]:
        """Ask what is right; what is left empty stays."""
        changes: dict[str, Any] = {}
        names = "; ".join(speaker.name for speaker in quote.speakers)
        if speaker := self._line("speaker", names or "nobody named"):
            given = [name.strip() for name in speaker.split(";") if name.strip()]
            changes["speaker"] = None if speaker == NOTHING else given
        if role := self._line("role", quote.role or "none"):
            changes["role"] = None if role == NOTHING else role
        while kind := self._line(f"kind, {', '.join(get_args(Kind))}", quote.kind):
            if found := [one for one in get_args(Kind) if one.startswith(kind)]:
                changes["kind"] = found[0]
                break
        text = self._repository.article(quote.article).text
        while words := self._line("what was said, in its words or as 10-20,30-40", quote.text):
            try:
                are_spans = "-" in words and not words.strip("0123456789-,; ")
                spans = parse_spans(words) if are_spans else find_words(text, words, quote.content)
            except InvalidValueError as error:
                say_error(error)
                continue
            changes["content"] = spans
            break
        return changes

    def _show(self, quote: "QuoteRecord") -> None:
        """Print a quote with all that a decision needs."""
        article = self._repository.article(quote.article)
        number = self._numbers.setdefault(quote.uid, self._waiting.taken)
        where = (article.slug, article.published_on, article.publisher, article.title)
        self._print(Text(f"\n{number} of {self._waiting.total} · {', '.join(filter(None, where))}", "bold"))
        for line in indented(context_of(quote, article.text, self._paper, AROUND), self._paper):
            self._print(line)
        speakers = [f"{s.name}, {s.role}" if s.role else s.name for s in quote.speakers]
        candidates = [speaker.name for speaker in quote.candidates]
        said = (quote.kind, quote.act, quote.polarity, quote.medium)
        sure = "unknown" if quote.confidence is None else quote.confidence
        rows = {
            "speaker": "; ".join(speakers)
            or (" or ".join(candidates) + ", open" if candidates else "nobody named"),
            "kind": ", ".join(filter(None, said)),
            "found by": f"{quote.rule or 'hand'}, confidence {sure}",
            "place": f"{cell(quote.content)}, {quote.uid}",
        }
        if quote.status != "extracted":
            rows["status"] = quote.status
        for name, value in rows.items():
            self._print(Text(f"  {name:<9}{clean(value)}"))

    def _print(self, text: Text) -> None:
        self._paper.print(text, no_wrap=True, overflow="ignore", crop=False)

    def _key(self) -> str:
        """Ask for a key, and return it."""
        click.echo(f"{KEYS} ", nl=False, err=True)
        with self._interrupts.welcome():
            key = self._keys.key()
        click.echo(clean(key), err=True)
        return key

    def _line(self, what: str, now: str) -> str:
        """Return the line that is typed, or nothing."""
        click.echo(f"  {what} [{clean(now)}]: ", nl=False, err=True)
        with self._interrupts.welcome():
            line = self._keys.line()
        if not line.endswith("\n"):
            click.echo(err=True)
        return line.strip()
