"""The rules that start from a verb or a noun: each proposes where reported words may begin and end.

These rules are generous: any verb may be a cue here. Which reading stands is decided by
:mod:`quotes.extraction.scoring`, whose weights were counted.
"""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator
from typing import NamedTuple

from quotes.extraction.clauses import Range, phrase_after, simple_phrase, subject_before
from quotes.extraction.cues import Cue, quoted_as
from quotes.extraction.quoted import inner_ending, source_of
from quotes.extraction.tokens import Tokens, lemma_of
from quotes.extraction.words import terms

_ADJUNCTS = re.compile(r"(?:[RZ]|I(?:[DR]*[NM#SQEGWZU]+C?)+(?:,M{1,3},)?)*")
_ADJUNCT = re.compile(r"[RZ]+|I(?:[DR]*[NM#SQEGWZU]+C?)+|,(?=[RZIY])|(?<=[RZNMQ#]),(?=[HK])|-R+-")
_CLAUSE = re.compile(
    r"(?:Y[^.;]*?,?)?[RC]*(?:I[DR]*[NM#SZQEGW]+,?)*[RC]*"
    r"(?:P(?:C[DR]*[NM#]+)?|[DR]*(?:[NM#SQEGWZ]|I[DR]*(?=[NM#ZQ])|C[DR]*(?=[NM])|,(?=[KD])|\([^)]*\))*[NM#QZS]\)?)"
    r"(?:,[^,.;:VXOQ]{1,30},)?[R,]*(?:K[^.;]*?)?R*[VXOEBQ]"
)
_ADDRESSEE = re.compile(r"(?:U|P|[DR]*[NM#S]+(?:ID*[NM#]+)?)(?:C[DR]*[NM#S]+)?")


_OF_WHAT = re.compile(r"(?:(?:I[DR]*[NM#S]+)+|[HK][^.;:,Q]{1,20})(?=Q)")
_SETTING = re.compile(r"I[DNMZS#]{1,8}(?:ID?M+S?)?[NM]*\Z")
_RAISING = frozenset(("seem", "appear"))
_ASIDE = re.compile(r",(?:[RZ]|I[DR]*[NM#]+)+,")
PLAIN_NAMING = frozenset("call label brand dub term deem style nickname christen".split())
"""The verbs that say what something is called without ``as``."""


_ENDING = re.compile(r"[();,Q]")
_TAKING = re.compile(r"N(?=[HTI]|X[HQ:])")
_NEXT_CUES = 8
"""Where a clause ends is looked for at so many cues behind it."""


class Candidate(NamedTuple):
    """A reading: which rule, which cue, who says it, and the ranges of tokens that are said."""

    rule: str
    cue: Cue
    source: Range | None
    content: tuple[Range, ...]
    how: str = ""
    """How the end was chosen, and what was passed over; a feature of the score."""


def candidates(
    tokens: Tokens, low: int, high: int, cue: Cue, cues: list[Cue], hopeless: Collection[str] = ()
) -> Iterator[Candidate]:
    """Yield the readings of a cue in the sentence ``[low, high)``, but for those by ``hopeless`` rules."""
    source = _controller(tokens, low, cue) if cue.form == "infinitive" else source_of(tokens, low, cue)
    yield from _tails(tokens, low, high, cue, source)
    if cue.last >= high:
        return
    if cue.form == "passive":
        yield from _passives(tokens, low, high, cue, cues)
        return
    if cue.lemma in _RAISING and source is not None and tokens.tags[cue.last] == "T":
        for last, end in clause_ends(tokens, cue.last, high, cue, cues):
            yield Candidate("raising", cue, None, (source, (cue.last, last)), end)
    if source is None and cue.form != "finite":
        return
    if tokens.tags[low] in "EGY" and "," not in tokens.tags[low : cue.verb]:
        comma = tokens.tags.find(",", cue.last, high)  # "Asked if he feared it, X laughed": in front of its comma
        high = comma if comma > 0 else high
    for rule, first, how in _starts(tokens, low, high, cue, source):
        if rule in hopeless:
            continue
        reach = high
        if rule == "named-relative":  # up to the verb of the clause around it
            reach = next((i for i in range(first + 1, high) if tokens.tags[i] in ("," if how else "VXO,")), high)
        elif cue.group > low and tokens.tags[cue.group - 1] == "K":  # a relative clause ends at its comma
            comma = tokens.tags.find(",", first, high)
            reach = comma if comma > 0 else high
            if rule == "bare-clause" and not _CLAUSE.match(tokens.tags, first, reach):
                continue
        for last, end in clause_ends(tokens, first, reach, cue, cues):
            yield Candidate(rule, cue, source, ((first, last),), how + end)
        if rule.startswith("named"):
            name = tokens.tags.find("Q", first, reach)
            if name >= 0 and name + 1 < reach and tokens.tags[name + 1] not in "NMCI":
                yield Candidate(rule, cue, source, ((first, name + 1),), how + "|Q")


def _starts(tokens: Tokens, low: int, high: int, cue: Cue, source: Range | None) -> Iterator[tuple[str, int, str]]:
    """Yield the rule and the first token of what may be said behind a cue, and what was passed over."""
    tags, lower = tokens.tags, tokens.lower
    at = cue.last
    if quoted_as(tokens, cue, high) is not None:
        return  # the words are those of who is quoted
    if source is not None and source[0] > low + 1 and source[1] <= cue.group:
        opener = source[0] - 1
        if (
            (tags[opener] in "HK" or lower[opener] == "that")
            and (
                tags[opener - 1] in "NMQ"
                or (tags[opener - 1] == "," and tags[opener] == "K")
                or lower[opener] == "what"
            )
            and tags[at] in "DNQERIXO"
        ):
            if "say" in cue.classes and tags[at] in "XOVE":  # "remarks that critics say are reckless"
                yield "named-relative", at, "gap"
            elif cue.lemma in PLAIN_NAMING or (lower[at] == "as" and "as" in cue.classes):
                yield "named-relative", at + (lower[at] == "as"), ""
            return
    passed = ""
    for step in range(4):
        if at >= high:
            return
        tag = tags[at]
        if tag == "H" or (lower[at] == "that" and tag != "K"):
            yield "that-clause", at, passed
            return
        if (tag == "K" and lower[at] not in ("who", "which")) or (lower[at] == "if" and "ask" in cue.classes):
            yield "question-clause", at, passed
            return
        if tag == "T":
            yield "infinitive", at, passed
            return
        if tag == "I" and step == 0 and at + 1 < high and tags[at + 1] != "Z":
            yield "about", at + 1, lower[at]
        if tag == "G" and step == 0:
            yield "gerund", at, ""
        timed = tag == "I" and tags[at + 1 : at + 2] == "Z"  # said on Monday she would
        if tag in "PDNM#QSYIREWG" and not timed and _CLAUSE.match(tags, at, high):
            yield "bare-clause", at, passed
            if passed:
                return
        if step == 0 and tag in "DNM#PUQEWS":
            if "tell" not in cue.classes or tag == "Q":
                yield from _objects(tokens, at, high, cue)
            if tag != "Q" and cue.classes and cue.lemma not in PLAIN_NAMING:  # no other verb addresses anybody
                addressed = _ADDRESSEE.match(tags, at, high)
                if addressed and addressed.end() < high:
                    beyond = addressed.end()
                    skipped = _ADJUNCTS.match(tags, beyond, high)
                    further = skipped.end() if skipped else beyond
                    if aside := _ASIDE.match(tags, further, high):
                        further = aside.end()  # told the Post, however, that …
                    if lower[beyond] in ("of", "for") and "blame" in cue.classes:
                        yield "about", beyond, "told"
                    if further < high and (tags[further] in "HKT" or lower[further] == "that"):
                        at, passed = further, "told"
                        continue
                    if tags[beyond] in "PDMNQY" and _CLAUSE.match(tags, beyond, high):
                        yield "bare-clause", beyond, "told"
            return
        skipped = _ADJUNCT.match(tags, at, high)
        if not skipped or skipped.end() == at:
            return
        at = skipped.end()
        passed = "adjunct"


def _objects(tokens: Tokens, at: int, high: int, cue: Cue) -> Iterator[tuple[str, int, str]]:
    """Yield the readings of what follows a cue as its object: ``called Y “Q”``, ``criticised Y as Z``."""
    tags, lower = tokens.tags, tokens.lower
    if cue.lemma in PLAIN_NAMING and tags[at] == "Q" and tags[cue.verb] == "E":
        return  # "a show called “Brokers”": a name, and nobody's words
    end = simple_phrase(tags, at, high)
    if end is None and tags[at] == "Q":
        end = at + 1
    if end is None:
        return
    phrases = terms("light_verbs")
    if any(f"{cue.lemma} {lower[i]}" in phrases for i in range(at, min(end, at + 6))):
        yield "light-verb", at, ""
        return
    if cue.lemma in PLAIN_NAMING and (more := _OF_WHAT.match(tags, end, high)):
        end = more.end()
    stop = end
    while stop < high and stop - end < 12 and tags[stop] not in ".;,VXO":
        if lower[stop] == "as":
            yield "named", at, "as"
            return
        stop += 1
    double = end < high and (tags[end] in "DQ" or (tags[end] in "NER" and tags[at] in "UPM"))
    if double:
        yield "named", at, "double"
    elif any(tag == "Q" for tag in tags[at:end]):
        yield "named", at, "quoted"
    elif set(tags[at:end]) - set("MUPDS#") or (end < high and tags[end] in "IRTEG"):
        yield "object", at, "" if set(tags[at:end]) - set("MUPDS#") else "name"


def _tails(tokens: Tokens, low: int, high: int, cue: Cue, source: Range | None) -> Iterator[Candidate]:
    """Yield ``CLAUSE, X said`` and ``CLAUSE, said X``, at the end of the sentence or in its middle."""
    tags = tokens.tags
    if cue.form != "finite" or (tags[low] in "EGY" and not cue.classes):
        return
    if source is not None and source[0] == low + 1 and tokens.lower[low] == "as" and "say" in cue.classes:
        adjuncts = _ADJUNCTS.match(tags, cue.last, high)
        comma = adjuncts.end() if adjuncts else cue.last
        if comma + 1 < high and tags[comma] == ",":  # As Velin said, …
            yield Candidate("as-clause", cue, source, ((comma + 1, high),))
        return
    if source is not None and source[1] <= cue.group and source[0] > low and tags[source[0] - 1] in ",-":
        rule, first, after = "clause-subject-verb", source[0], cue.last
    elif cue.group > low and tags[cue.group - 1] in ",-" and cue.first == cue.verb and "say" in cue.classes:
        inverted = phrase_after(tokens, cue.last, high)
        if inverted is None or tags[inverted[0]] == "U":
            return
        rule, first, after, source = "clause-verb-subject", cue.group, inverted[1], inverted
    else:
        return
    if after < high and tags[after] in "DMNU":
        addressed = _ADDRESSEE.match(tags, after, high)
        if addressed:
            after = addressed.end()
    adjuncts = _ADJUNCTS.match(tags, after, high)
    after = adjuncts.end() if adjuncts else after
    if after < high and tags[after] not in ",-":
        return
    if first - 1 <= low:
        return
    ranges: tuple[Range, ...] = ((low, first - 1),)
    how = "end"
    if after + 1 < high:
        how = "middle"
        if tags[first - 1] == tags[after] and tags[after + 1] not in "GCYI":
            ranges = (*ranges, (after + 1, high))
    if len(ranges) == 2 or any(tag in "VXOEBQ" for tag in tags[low : first - 1]):
        yield Candidate(rule, cue, source, ranges, how)


def _passives(tokens: Tokens, low: int, high: int, cue: Cue, cues: list[Cue]) -> Iterator[Candidate]:
    """Yield ``was described as Z by X``, ``was asked if``, and ``Y is expected to``."""
    tags, lower = tokens.tags, tokens.lower
    skipped = _ADJUNCTS.match(tags, cue.last, high)
    at = skipped.end() if skipped and tags[skipped.end() : skipped.end() + 1] in ("H", "K", "Y") else cue.last
    subject = subject_before(tokens, low, cue.group)
    by = next((i for i in range(at, high) if lower[i] == "by"), None)
    source = phrase_after(tokens, by + 1, high) if by is not None else None
    if by is not None and source is not None and by > at:
        yield Candidate("named", cue, source, ((at, by),), "passive")
    if tags[at] == "T" and subject is not None:
        for last, end in clause_ends(tokens, at, high, cue, cues):
            yield Candidate("raising", cue, None, (subject, (at, last)), end)
    elif tags[at] in "HK" or lower[at] in ("if", "that"):
        for last, end in clause_ends(tokens, at, high, cue, cues):
            yield Candidate("that-clause", cue, None, ((at, last),), "passive" + end)
            yield Candidate("state-clause", cue, subject, ((at, last),), end)
    elif tags[at] == "I" and at + 1 < high and cue.lemma != "know":  # "known as": a name
        for last, end in clause_ends(tokens, at + 1, high, cue, cues):
            yield Candidate("about", cue, None, ((at + 1, last),), "passive" + end)


def clause_ends(tokens: Tokens, first: int, high: int, cue: Cue, cues: list[Cue]) -> Iterator[tuple[int, str]]:
    """Yield where a reported clause may end: with its sentence or before what is attributed anew, or sooner."""
    tags, lower = tokens.tags, tokens.lower
    end = high
    depth = 0
    soft: int | None = None
    quoted: int | None = None
    for match in _ENDING.finditer(tags, first, high):
        at, tag = match.start(), match.group()
        if tag == "(":
            depth += 1
        elif tag == ")":
            depth -= 1
            if depth < 0:
                end = at
                break
        elif tag == ";" or (tag == "," and lower[at + 1 : at + 3] == ["according", "to"]):
            end = at
            break
        elif tag == "Q" and quoted is None and at > first and at + 1 < high and tags[at + 1] not in "CI":
            quoted = at + 1 if inner_ending(tokens, at) in ",.?!" else None
        if soft is None and at > first + 1 and tag == "," and at + 1 < high and tags[at + 1] in "GCYKIEBDNMP":
            soft = at
    later = bisect_left(cues, max(cue.last, first + 1), key=lambda other: other.first)
    for other in cues[later : later + _NEXT_CUES]:
        if other.first >= end:
            break
        before = other.group - 1
        if other.form == "participle" and tags[before] in ",-" and other.classes & {"say", "name"}:
            end = before
            break
        if other.form != "finite" or not other.classes & {"say", "tell", "name"}:
            continue
        if tags[before] == "C" and other.first == other.group:
            end = before - 1 if tags[before - 1] == "," else before
            break
        subject = subject_before(tokens, first, other.group)
        if subject and subject[0] - 2 > first and tags[subject[0] - 1] in "CY" and tags[subject[0] - 2] == ",":
            end = subject[0] - 2
            break
    while end > first and tags[end - 1] in ",-:C":
        end -= 1
    if end > first:
        yield end, "|" + (tags[end] if end < high else "end")
    if soft is not None and first < soft < end:
        yield soft, "|," + tags[soft + 1]
    if quoted is not None and quoted < end and quoted != soft:
        yield quoted, "|Q"
    setting = _SETTING.search(tags, first + 2, end)
    if (
        setting
        and end == high
        and {"Z", "S"} & set(setting.group())
        and lower[setting.start()] in ("on", "in", "during", "at")
    ):
        yield setting.start(), "|set"


def _controller(tokens: Tokens, low: int, cue: Cue) -> Range | None:
    """Return the subject of the verb that an infinitive hangs on (``X sought to reassure …``)."""
    at = cue.group - 1
    while at > low and tokens.tags[at] in "RNM#D" and cue.group - at < 6:
        at -= 1
    if at <= low or tokens.tags[at] not in "VEBXGW":
        return None
    verb = lemma_of(tokens.lower[at])
    if verb is not None and verb[0] in ("decline", "refuse"):
        return None  # declined to say whether: what is declined is to say it
    group = at
    while group > low and tokens.tags[group - 1] in "XORT":
        group -= 1
    subject = subject_before(tokens, low, group)
    return None if subject and tokens.lower[subject[0]] in ("few", "no") else subject


def noun_candidates(tokens: Tokens, low: int, high: int, cues: list[Cue]) -> Iterator[Candidate]:
    """Yield ``X’s claim that …`` and ``is confident that``: a noun or adjective that takes a clause."""
    tags, lower = tokens.tags, tokens.lower
    for match in _TAKING.finditer(tags, low + 1, high):
        at = match.start()
        is_said = tags[at + 1] == "X"
        if is_said and lower[at] not in terms("noun_cues"):
            continue
        possessed = at - 1
        while possessed > low and tags[possessed] in "NR" and at - possessed < 4:
            possessed -= 1
        source: Range | None = None
        first = at
        form = "bare"
        if tags[possessed] == "S":
            source = subject_before(tokens, low, possessed)
            form = "possessed"
        elif lower[possessed] in ("his", "her", "its", "their", "my", "our"):
            source = (possessed, possessed + 1)
            form = "possessed"
        elif tags[possessed] == "X":
            group = possessed
            while group > low and tags[group - 1] in "XOR":
                group -= 1
            source = subject_before(tokens, low, group)
            first, form = possessed, "adjective"
        elif lower[at] not in terms("noun_cues"):
            continue
        if form != "bare" and source is None:
            continue
        if tags[at + 1] == "H" and any(
            "name" in c.classes and (subject_before(tokens, at + 1, c.group) or (0,))[0] == at + 2 for c in cues
        ):
            continue  # "comments that critics have called …": a relative clause
        if is_said:  # his answer was that …
            rule, start, last = "noun-clause", at + 2 + (tags[at + 2] == ":"), at + 2
        elif tags[at + 1] == "H":
            rule, start, last = "noun-clause", at + 1, at + 1
        elif tags[at + 1] == "T":
            rule, start, last = "noun-infinitive", at + 1, at + 1
        else:
            rule, start, last = "noun-about", at + 2, at + 2
        if start >= high:
            continue
        cue = Cue(first, last, at, first, lower[at], frozenset(), form, "affirmed")
        reach = (
            _subject_end(tags, start, high)
            if rule != "noun-about" and not is_said and _opens(tokens, low, cue, source)
            else high
        )
        for stop, end in clause_ends(tokens, start, reach, cue, cues):
            yield Candidate(rule, cue, source, ((start, stop),), form + end)


def _opens(tokens: Tokens, low: int, cue: Cue, source: Range | None) -> bool:
    """Say whether a noun cue is the subject of its sentence (``The claim that it rained was denied``)."""
    first = min(cue.first, source[0]) if source else cue.first
    return tokens.tags[low:first].strip("DCR") == ""


def _subject_end(tags: str, first: int, high: int) -> int:
    """Return where the clause of a subject ends: before the second verb, which is its sentence's."""
    finite = tags[first] != "T"
    verb = next((i for i in range(first, high) if tags[i] in ("VXOE" if finite else "B")), high)
    for at in range(verb + 1, high):
        if tags[at] in "CHK,":
            break
        if tags[at] in ("XO" if finite else "XOVE") and tags[first:at].rstrip("R")[-1:] not in ("X", "O"):
            return at
    return high


def according(tokens: Tokens, low: int, high: int) -> Iterator[Candidate]:
    """Yield ``according to X``, before its clause or behind it."""
    lower = tokens.lower
    if "according" not in lower[low:high]:
        return
    for at in range(low, high - 1):
        if lower[at] != "according" or lower[at + 1] != "to":
            continue
        source = phrase_after(tokens, at + 2, high)
        if source is None:
            return
        cue = Cue(at, at + 2, at, at, "according", frozenset(), "preposition", "affirmed")
        if at <= low + 1:
            first = source[1]
            while first < high and tokens.tags[first] in ",-":
                first += 1
            content = (first, high)
        else:
            last = at
            while last > low and tokens.tags[last - 1] in ",-":
                last -= 1
            content = (low, last)
        if content[0] < content[1]:
            yield Candidate("according-to", cue, source, (content,), "front" if at <= low + 1 else "back")
