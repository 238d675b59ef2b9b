"""Tells what each paragraph of an article is before its sentences are read.

Datelines and bullets are cut off; bylines, credits, links and corrections are left out, so that a name in them
is nobody's antecedent; and what is a quotation by its place on the page (a turn of an interview, a tweet, a
headline, a quotation signed in the next line) is proposed whole.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from quotes.extraction.passages import Passage, passages_within
from quotes.extraction.proposals import Proposal
from quotes.extraction.transcripts import turns
from quotes.extraction.words import pairs, terms
from quotes.text import Span

_MONTH = r"(?:(?i:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-zA-Z]{0,6}\.?)"
_DAY = rf"(?:{_MONTH} \d{{1,2}}|\d{{1,2}}(?:st|nd|rd|th)? {_MONTH})(?:,? \d{{4}})?"
_AGENCY = r"\([A-Z][\w &/.-]{1,30}\)"
_CITY = r"(?=[A-Z.'’]{3})[A-Z][A-Z.'’-]+(?:[ /][A-Z][A-Z.'’-]*){0,3}"
_TOWN = r"[A-Z][a-z'’-]+(?:[ /][A-Z][\w'’-]+){0,2}"
_REGION = r"(?:, ?[A-Z][\w.]+(?: [A-Z][\w.]+){0,2}){0,2}"
_DASH = r"(?:--?|[—–―])"
_DATELINE = re.compile(
    r"\s*date\s\d{4}-\d{2}-\d{2}\s+"
    rf"|{_CITY}{_REGION}(?:,? {_DAY})?(?: ?{_AGENCY})?,? ?{_DASH} ?(?=\S)"
    rf"|(?:{_CITY}|{_TOWN}){_REGION},? {_DAY}(?: ?{_AGENCY})?,? ?(?:{_DASH}|:) ?(?=\S)"
    rf"|(?:{_CITY}|{_TOWN}){_REGION},? {_DAY} ?{_AGENCY},? ?(?=\S)"
    rf"|(?:{_CITY}|{_TOWN}){_REGION} ?{_AGENCY},? ?(?:{_DASH}|:) ?(?=\S)"
    rf"|{_AGENCY} ?(?:{_DASH}|:) ?(?=\S)"
)
"""What an agency puts before an article's first words: ``LONDON, June 3 (Agency) —``."""
_PLACE = re.compile(rf"(?P<place>(?=[A-Z /]{{4}})[A-Z]{{3,}}(?:[ /][A-Z]{{3,}}){{0,3}}|{_TOWN}): ?(?=[A-Z“‘\"'])")
"""An Indian paper's dateline (``PUNE: The council …``), at the head of an article only."""
_HEAD = 3
"""So many paragraphs may have a headline and a byline before the article's own words."""
_BULLET = re.compile(r"(?:[•●▪◦·‣■*>]+|[–—-](?=\s)|\(?\d{1,2}[.)](?=\s))\s*(?=\S)")

_PERSON = r"[A-Z][\w'’-]+(?: [A-Z][\w'’.-]*){1,3}"
_ASIDE = re.compile(
    rf"(?:By|BY|Written by|Story by|Reported by) {_PERSON}(?:(?:,| and|, and| &) {_PERSON}){{0,4}}"
    r"(?:,?(?: (?:[A-Z][\w.&'’-]*|in|of|for|at|the|and|on|\|)){1,10})?(?:,? \S{1,40}@\S{1,40})?\.?"
    r"|\(?(?:Photo|Photograph|Picture|Pic|Image|Illustration|Graphic|Video|Credit|PHOTO|IMAGE|PICTURE)s?"
    r"(?: credits?)?(?::| by (?=[A-Z])| courtesy | via )[^\n]{1,120}"
    r"|(?:REUTERS|AP Photo|AFP|EPA|PTI|ANI|AAP|PA|Getty(?: Images)?)(?:/[^\n]{1,60}|\.?)"
    r"|[A-Z][^\n“”\",]{0,60}(?: via |/ ?)(?:Getty Images|Getty|AP|AFP|Reuters|REUTERS|Shutterstock|EPA|PTI|AAP)\.?"
    r"|(?:Read|READ|Also read|ALSO READ|Related|RELATED|See also|SEE ALSO|Watch|WATCH|More|MORE|Listen"
    r"|Don['’]t miss|Recommended|Must read|Further reading)"
    r"(?: (?:more|MORE|also|ALSO|next|here|on|this|stories|articles|news))?"
    r" ?[:|>»][^\n]{0,200}"
    r"|(?:Advertisement|ADVERTISEMENT|Story continues below[^\n]{0,40}|Sign up (?:for|to) [^\n]{1,120})\.?"
    r"|(?:CORRECTION|Correction|Clarification|Editor['’]s [Nn]ote|Editors['’] [Nn]ote)s?(?: appended)?"
    r"(?: \([^()\n]{1,40}\))?(?:[:.]| ?[–—-])[^\n]*"
    r"|[(\[]?(?:An earlier|A previous) version of this (?:article|story|post|report)\b[^\n]*"
    r"|This (?:article|story|post|report) (?:has been|was) (?:updated|corrected|amended|originally)\b[^\n]*"
    r"|[(—–-]*\s?(?:[Aa]dditional [Rr]eporting|Reporting|Editing|Edited|Writing|Compiled) by [A-Z][^\n]{1,200}"
    r"|[^\n“”\"]{1,160} contributed (?:to this (?:report|story|article)|reporting)\b[^\n]{0,60}"
    r"|Follow [^\n]{1,80} on (?:Twitter|Facebook|Instagram|X)\b[^\n]{0,60}"
    r"|(?:©|\(c\)|Copyright (?:©|\d))[^\n]{0,160}"
    r"|[\"“]?[\[(](?i:applause|cheers(?: and applause)?|laughter|laughs|laughing|crosstalk|inaudible|pauses?|music"
    r"|(?:begin|end) (?:audio|video)[^\n\])]{0,30}|commercial break)\.?[\])]\.?[\"”]?"
)
"""Paragraphs that are not the article's text: bylines, credits, links, corrections, stage directions."""
_CREDIT = re.compile(
    r"\s*[(\[](?:Photo|Image|Picture|Pic|Credit|File photo|Source)s?(?: by| credit)?:? [^()\[\]\n]{1,80}[)\]]\.?\Z"
)
_LONGEST_ASIDE = 600
_LONGEST_CREDIT = 120

_SIGNATURE = re.compile(r"(?P<dash>[—–―]|--?)\s*(?P<name>[A-Z@][^\n]{1,100})")
_NAME_LINE = re.compile(
    r"(?P<name>(?P<given>[A-Z][\w'’-]+)(?: [A-Z][\w'’.-]*){1,3}(?P<role>, [a-zA-Z][^\n.:“”\"]{2,60})?)"
)
_DOING = re.compile(r", [a-z]+ing\b")

_HANDLE = re.compile(r"(?:RT )?(?P<name>@\w{1,30})(?P<colon>:)\s*(?=\S)")
_STAMP = (
    rf"(?:(?:on )?(?:{_DAY}|{_MONTH} \d{{1,2}})|\d{{1,2}}[:.]\d\d ?[AaPp]\.?[Mm]\.?[^\n]{{0,30}}|\d{{1,2}}[hm])"
)
_TWEETED = re.compile(
    rf"(?P<dash>[—–―]|--?)\s*(?P<name>[^\n—–()@]{{1,50}}[^\s()@]) ?\(@\w{{1,30}}\)(?:,? ?{_STAMP})?[^\w\n<]*"
)
_TWEETER = re.compile(
    rf"(?P<name>[A-Z][^\n@():/—–]{{1,50}}[^\s@():]) ?\(?@\w{{1,30}}\)?(?: ?[·•|,—–-])? ?{_STAMP}\W*"
)
_MARKUP = re.compile(r"<[^<>\n]{1,200}>\s*(?=\S)")
_LINKS = ("pic.twitter.com/", "http://", "https://", "t.co/")
_LONGEST_TWEETER = 140

_HEADLINE = re.compile(r"(?P<name>[A-Z][\w.'’-]*(?: [A-Z][\w.'’&-]*){0,4})(?P<colon>:) (?=\S*[^\W\d_])")
_SAID_BY = re.compile(r"(?P<colon>:) (?P<name>(?:[A-Z][\w.'’&-]*|[a-z]+)(?: [A-Z][\w.'’&-]*){0,3})\.?")
_SPEAKER = re.compile(r"(?P<colon>:) (?P<name>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,3}|[a-z]+)\b")
_LONGEST_HEADLINE = 160
_SHORTEST_HEADLINE = 4


class Block(NamedTuple):
    """A paragraph from where its own words begin; ``said`` is what it is by its place on the page."""

    start: int
    end: int
    said: tuple[Proposal, ...] = ()
    whole: bool = False
    """Whether all its words belong to ``said``, here or in another paragraph."""


def layout(text: str, blocks: list[Span], passages: Sequence[Passage]) -> list[Block]:
    """Return the paragraphs that are read, in order; ``passages`` are the article's, in order."""
    asides = {n for n, (start, end) in enumerate(blocks) if _is_aside(text, start, end)}
    spoken = turns(text, blocks, asides)
    placed = _tweets(text, blocks) | _signed(text, blocks, passages)
    found = []
    for number, (start, end) in enumerate(blocks):
        if number in asides:
            continue
        if number in spoken:
            turn = spoken[number]
            found.append(Block(start, end, (turn,) if turn else (), whole=True))
        elif number in placed:
            said = placed[number]
            found.append(Block(start, end, (said,) if said else (), whole=True))
        elif not found and len(blocks) > 1 and (headline := _headline(text, start, end)):
            found.append(Block(start, end, (headline,), whole=True))
        else:
            opening = () if found or len(blocks) == 1 else _quoted_headline(text, start, end, passages)
            first = _words_begin(text, start, end, place=len(found))
            credit = _CREDIT.search(text, max(first, end - _LONGEST_CREDIT), end)
            found.append(Block(first, credit.start() if credit else end, opening))
    return [block for block in found if block.start < block.end]


def _is_aside(text: str, start: int, end: int) -> bool:
    if end - start > _LONGEST_ASIDE:
        return False
    return _ASIDE.fullmatch(" ".join(text[start:end].split("\n"))) is not None  # a line may be broken at a width


def _words_begin(text: str, start: int, end: int, *, place: int) -> int:
    """Return where a paragraph's own words begin: behind a bullet or a dateline."""
    bullet = _BULLET.match(text, start, end)
    if bullet:
        return bullet.end()
    dateline = _DATELINE.match(text, start, end)
    if dateline is None and place < _HEAD:
        dateline = _PLACE.match(text, start, end)
        if dateline and not (dateline["place"].isupper() or _is_place(dateline["place"])):
            dateline = None
        elif dateline and not text[dateline.end()].isalpha() and (place or _is_person(dateline["place"])):
            dateline = None  # NAME: “words”
    return dateline.end() if dateline else start


def _is_place(name: str) -> bool:
    return name in terms("places") or name.rsplit(maxsplit=1)[-1] in terms("places")


def _is_person(name: str) -> bool:
    """Say whether words in capitals begin with a given name, and are no place's: ``ROSA VELIN``."""
    words = name.title().split()
    return len(words) > 1 and words[0] in pairs("given_names") and not _is_place(" ".join(words))


def _tweets(text: str, blocks: list[Span]) -> dict[int, Proposal | None]:
    """Return the tweets that are pasted in, by their paragraphs' numbers."""
    found: dict[int, Proposal | None] = {}
    for number, (start, end) in enumerate(blocks):
        if text.find("@", start, end) < 0:
            continue
        if match := _HANDLE.match(text, start, end):
            found[number] = _tweet(text, match.end(), end, match.span("colon"), match.span("name"))
        elif match := _TWEETER.fullmatch(text, start, min(end, start + _LONGEST_TWEETER)):
            if match.end() == end and number + 1 < len(blocks) and text[end : blocks[number + 1][0]].isspace():
                found[number] = None
                found[number + 1] = _tweet(text, *blocks[number + 1], None, match.span("name"))
        elif number not in found and (match := _tweeted_at_end(text, start, end)):
            cue, source = match.span("dash"), match.span("name")
            if match.start() > start:
                found[number] = _tweet(text, start, match.start(), cue, source)
            elif number and number - 1 not in found:
                found[number - 1] = _tweet(text, *blocks[number - 1], cue, source)
                found[number] = None
    return found


def _tweeted_at_end(text: str, start: int, end: int) -> re.Match[str] | None:
    low = max(start, end - _LONGEST_TWEETER)
    for match in _TWEETED.finditer(text, low, end):
        if match.end() == end or text.startswith("</", match.end(), end):
            return match
    return None


def _tweet(text: str, start: int, end: int, cue: Span | None, source: Span) -> Proposal:
    """Return a tweet; a tag of markup before it and the links at its end are no words of it."""
    if markup := _MARKUP.match(text, start, end):
        start = markup.end()
    while True:
        while end > start and text[end - 1].isspace():
            end -= 1
        last = max(text.rfind(space, start, end) for space in " \t\n\xa0") + 1
        if last <= start or not text.startswith(_LINKS, last, end):
            break
        end = last
    return Proposal("tweet", ((start, end),), cue, source, medium="tweet")


def _signed(text: str, blocks: list[Span], passages: Sequence[Passage]) -> dict[int, Proposal | None]:
    """Return the passages that stand alone with who said them in the next line, by their paragraphs' numbers."""
    found: dict[int, Proposal | None] = {}
    for number in range(len(blocks) - 1):
        (start, end), (low, high) = blocks[number], blocks[number + 1]
        if high - low > _LONGEST_TWEETER or number in found:
            continue
        match = _SIGNATURE.fullmatch(text, low, high)
        line = None if match else _NAME_LINE.fullmatch(text, low, high)
        if not match and not line:
            continue
        bullet = _BULLET.match(text, start, end)
        start = bullet.end() if bullet else start
        inside = passages_within(passages, start, end)
        if (
            len(inside) != 1
            or inside[0].start != start
            or end - inside[0].end > 1
            or passages_within(passages, low, high)
        ):
            continue
        content = (inside[0][:2],)
        if match:
            doing = _DOING.search(text, *match.span("name"))
            last = doing.start() if doing else match.end("name")
            while text[last - 1] in ". ":
                last -= 1
            if text[last - 1] in "–—-":
                continue  # a heading between dashes
            said = Proposal("quote-dash-name", content, match.span("dash"), (match.start("name"), last))
        elif line and text[end - 2] in ",.?!…" and _is_next_line(text, end, low, line):
            said = Proposal("quote-name-line", content, None, line.span("name"))
        else:
            continue
        found[number], found[number + 1] = said, None
    return found


def _is_next_line(text: str, end: int, low: int, line: re.Match[str]) -> bool:
    """Say whether a line with a name is right under a passage, or tells that it is a person's."""
    directly = text[end:low].count("\n") < 2
    return directly or line["given"] in pairs("given_names")


def _headline(text: str, start: int, end: int) -> Proposal | None:
    """Return what an article's headline quotes: ``Velin: I will stay`` or ``Yard will stay: Velin``."""
    if end - start > _LONGEST_HEADLINE:
        return None
    match = _HEADLINE.match(text, start, end)
    if match and _speaks(text, match["name"], end):
        return Proposal("headline", ((match.end(), end),), match.span("colon"), match.span("name"))
    at = text.rfind(": ", start, end)
    match = _SAID_BY.fullmatch(text, at, end) if at > start else None
    if (
        match
        and len(text[start:at].split()) >= _SHORTEST_HEADLINE
        and _speaks(text, match["name"].rstrip("."), end)
    ):
        last = match.end("name") - text.endswith(".", at, match.end("name"))
        return Proposal("headline", ((start, at),), match.span("colon"), (match.start("name"), last))
    return None


def _quoted_headline(text: str, start: int, end: int, passages: Sequence[Passage]) -> tuple[Proposal, ...]:
    """Return the quote with which a headline begins: ``‘It’s over’: mayor shuts the yard``."""
    inside = passages_within(passages, start, end)
    match = _SPEAKER.match(text, inside[0].end, end) if inside and inside[0].start == start else None
    if match is None or end - start > _LONGEST_HEADLINE or not _speaks(text, match["name"], end):
        return ()
    return (Proposal("headline", (inside[0][:2],), match.span("colon"), match.span("name")),)


def _speaks(text: str, name: str, end: int) -> bool:
    """Say whether the article that follows a headline writes a name in it again, or it is a role's noun."""
    last = name.rsplit(maxsplit=1)[-1]
    if last.lower() in terms("labels"):
        return False
    if last.lower() in terms("role_nouns") or last.lower() in terms("group_nouns"):
        return True
    return last[:1].isupper() and re.compile(rf"(?<!\w){re.escape(last)}(?!\w)").search(text, end) is not None
