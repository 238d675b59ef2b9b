"""The rules that start from a cue verb: reported clauses, infinitives, and what somebody is called."""

import re

from quotes.extraction.clauses import Range, phrase_after, subject_before
from quotes.extraction.cues import Cue, find_cues, medium_of
from quotes.extraction.proposals import Proposal
from quotes.extraction.quoted import source_of
from quotes.extraction.tokens import Tokens
from quotes.extraction.words import pairs

_ADJUNCTS = re.compile(r"(?:[RZ]|I(?:[DR]*[NM#SQEGWZU]+C?)+)*")
_CLAUSE = re.compile(
    r"(?:Y[^.;]*?,)?[RC]*(?:I[DR]*[NM#SZQEGW]+,?)*[RC]*(?:P|[DR]*(?:[NM#SQEGWZ]|I[DR]*(?=[NM#Z])|C(?=[NMD])|,(?=[KD]))*[NM#QZS]\)?)[R,]*(?:K[^.;]*?)?[R]*[VXOEB]"
)
_ADDRESSEE = re.compile(r"(?:U|P|[DR]*[NM#S]+(?:I[D]*[NM#]+)?)(?:C[DR]*[NM#S]+)?")


def reported_in_sentence(tokens: Tokens, low: int, high: int, used: set[int], claimed: set[int]) -> list[Proposal]:
    """Return what the rules read of the verbs of one sentence.

    ``used`` are the verbs, ``claimed`` the passages that already belong to a quote. Of quotes within quotes
    only the outermost is returned.
    """
    if high > low and tokens.tags[high - 1] == ".":
        high -= 1
    cues = [cue for cue in find_cues(tokens, low, high) if cue.verb not in used]
    found: list[Proposal] = []
    taken: list[Range] = []  # the contents so far, as tokens
    begin = low
    according = _according(tokens, low, high, claimed)
    if according:
        proposal, content, tag = according
        found.append(proposal)
        taken += [content, tag]
    for cue in cues:
        if any(first <= cue.verb < last for first, last in taken):
            continue
        read = _read(tokens, begin, low, high, cue, cues)
        if read is None:
            continue
        proposal, ranges = read
        if any(i in claimed for first, last in ranges for i in range(first, last)):
            continue
        if any(a < d and c < b for a, b in ranges for c, d in taken):
            continue
        found.append(proposal)
        taken += ranges
    return found


def _read(
    tokens: Tokens, begin: int, low: int, high: int, cue: Cue, cues: list[Cue]
) -> tuple[Proposal, list[Range]] | None:
    """Return the first reading of a cue that holds, with the ranges of its content."""
    source = source_of(tokens, low, cue)
    tail = _tail(tokens, begin, high, cue, source)
    if tail:
        rule, ranges, source = tail
        return _make(tokens, rule, ranges, cue, source), ranges
    if cue.form == "infinitive" or (cue.form == "participle" and source is None):
        return None
    if cue.form == "passive":
        return _passive(tokens, low, high, cue)
    head = _complement(tokens, low, high, cue, source)
    if head is None:
        return None
    rule, first = head
    if cue.group > low and tokens.tags[cue.group - 1] == "K":  # "who fears that": not beyond the relative clause
        comma = tokens.tags.find(",", first, high)
        high = comma if comma > 0 else high
        if rule == "bare-clause" and not _CLAUSE.match(tokens.tags, first, high):
            return None
    last = _clause_end(tokens, first, high, cue, cues)
    if last <= first:
        return None
    ranges = [(first, last)]
    return _make(tokens, rule, ranges, cue, source), ranges


def _make(tokens: Tokens, rule: str, ranges: list[Range], cue: Cue, source: Range | None) -> Proposal:
    attitude = "attitude" in cue.classes and "say" not in cue.classes
    attitude = attitude or (rule == "infinitive" and bool(cue.classes & {"want"}))
    around = (cue.last, min(cue.last + 6, ranges[0][0])) if ranges[0][0] > cue.last else (cue.last, cue.last)
    return Proposal(
        rule,
        tuple(tokens.span(first, last) for first, last in ranges),
        tokens.span(cue.first, cue.last),
        tokens.span(*source) if source else None,
        "attitude" if attitude else "speech",
        cue.polarity,
        medium_of(tokens, (cue.first, cue.last), around),
    )


def _tail(
    tokens: Tokens, begin: int, high: int, cue: Cue, source: Range | None
) -> tuple[str, list[Range], Range | None] | None:
    """Read ``CLAUSE, X said`` and ``CLAUSE, said X``, at the end of the sentence or in its middle."""
    tags = tokens.tags
    if cue.form != "finite" or not cue.classes & {"say", "tell", "ask", "attitude"}:
        return None
    first: int
    if source is not None and source[1] <= cue.group and source[0] > begin and tags[source[0] - 1] in ",-":
        rule, first, after = "clause-subject-verb", source[0], cue.last
    elif cue.group > begin and tags[cue.group - 1] in ",-" and cue.first == cue.verb and "say" in cue.classes:
        inverted = phrase_after(tokens, cue.last, high)
        if inverted is None or tags[inverted[0]] == "U":
            return None
        rule, first, after, source = "clause-verb-subject", cue.group, inverted[1], inverted
    else:
        return None
    if not any(tag in "VXOEB" for tag in tags[begin : first - 1]):
        return None
    if "tell" in cue.classes and after < high:
        addressed = _ADDRESSEE.match(tags, after, high)
        if addressed:
            after = addressed.end()
    adjuncts = _ADJUNCTS.match(tags, after, high)
    after = adjuncts.end() if adjuncts else after
    ranges = [(begin, first - 1)]
    if after < high:
        if tags[after] not in ",-":
            return None
        if after + 1 < high and tags[first - 1] == tags[after] and tags[after + 1] not in "GCYI":
            ranges.append((after + 1, high))
    return rule, ranges, source


def _complement(tokens: Tokens, low: int, high: int, cue: Cue, source: Range | None) -> tuple[str, int] | None:
    """Return the rule and the first token of the content that follows a cue."""
    tags, lower = tokens.tags, tokens.lower
    at = cue.last
    classes = cue.classes
    if at >= high or source is None:
        return None
    clausal = classes & {"say", "tell", "attitude", "ask"}
    if classes & {"promise", "want"} and tags[at] == "T":
        return "infinitive", at
    named = _named(tokens, low, at, high, cue, source)
    if named:
        return named
    light = _light(tokens, at, high, cue)
    if light is not None:
        return "light-verb", light
    if not clausal:
        return None
    for _ in range(4):
        if at >= high:
            return None
        if tags[at] == "H" or lower[at] == "that":
            return "that-clause", at
        if tags[at] == "K" and classes & {"ask", "say", "tell"} and lower[at] not in ("who", "which"):
            return "question-clause", at
        if lower[at] == "if" and "ask" in classes:
            return "question-clause", at
        if tags[at] == "T" and classes & {"promise", "want", "urge"}:
            return "infinitive", at
        if "tell" in classes:
            addressed = _ADDRESSEE.match(tags, at, high)
            if addressed and addressed.end() < high and tags[addressed.end()] in "HKTPDMNQRIZ:,":
                beyond = addressed.end()
                skipped = _ADJUNCTS.match(tags, beyond, high)
                beyond = skipped.end() if skipped else beyond
                if beyond < high and (tags[beyond] in "HKT" or lower[beyond] == "that"):
                    at = beyond
                    continue
                if _CLAUSE.match(tags, addressed.end(), high) and tags[addressed.end()] in "PDMNQ":
                    at = addressed.end()
                    return "bare-clause", at
        if tags[at] in "PDNM#QSYIRE" and _CLAUSE.match(tags, at, high):
            return "bare-clause", at
        skipped = re.compile(r"[RZ]+|I(?:[DR]*[NM#SQEGWZU]+C?)+|[,:]").match(tags, at, high)
        if not skipped or skipped.end() == at:
            return None
        at = skipped.end()
    return None


def _named(tokens: Tokens, low: int, at: int, high: int, cue: Cue, source: Range) -> tuple[str, int] | None:
    """Read ``called Y “Q”``, ``criticised Y as Z``, ``comments that critics have called Z``."""
    tags, lower = tokens.tags, tokens.lower
    if not cue.classes & {"name", "as"}:
        return None
    opener = source[0] - 1
    gap = opener > low and (tags[opener] in "HK" or lower[opener] == "that") and tags[opener - 1] in "NMQ"
    if gap and source[1] <= cue.group and at < high and tags[at] in "DNQER" and "name" in cue.classes:
        if lower[at] == "as":
            return "named-relative", at + 1
        return "named-relative", at
    if gap and at < high and lower[at] == "as":
        return "named-relative", at + 1
    thing = _object(tags, at, high)
    if thing is None:
        return None
    rest = thing
    if "as" in cue.classes:
        stop = rest
        while stop < high and tags[stop] not in ".;" and stop - rest < 12:
            if lower[stop] == "as" and stop > at:
                return "named", at
            if tags[stop] in "VXO" or (tags[stop] == "," and stop > rest):
                break
            stop += 1
    plain = cue.lemma in (
        "call",
        "label",
        "brand",
        "dub",
        "term",
        "deem",
        "declare",
        "pronounce",
        "style",
        "nickname",
        "consider",
        "rate",
        "christen",
        "proclaim",
    )
    if plain and rest < high and (tags[rest] in "DQ" or (tags[rest] in "NER" and tags[at] in "UPM")):
        return "named", at
    if plain and cue.lemma != "consider" and any(tag == "Q" for tag in tags[at:rest]):
        return "named", at
    return None


_OBJECT = re.compile(r"(?:U|P|[DR]*(?:[NM#SEGW]|Q(?=[NM]))+|[DR]*Q)(?:I[DR]*[NM#SEGW]+)*")


def _object(tags: str, at: int, high: int) -> int | None:
    """Return the end of the object that begins at ``at``."""
    match = _OBJECT.match(tags, at, high)
    return match.end() if match else None


def _light(tokens: Tokens, at: int, high: int, cue: Cue) -> int | None:
    """Read ``put the blame on``: a verb that says something only together with its noun."""
    if cue.form not in ("finite", "participle"):
        return None
    phrases = pairs("light_verbs")
    stop = at
    while stop < high and tokens.tags[stop] in "DNRSEGM" and stop - at < 6:
        if f"{cue.lemma} {tokens.lower[stop]}" in phrases:
            return at
        stop += 1
    return None


def _passive(tokens: Tokens, low: int, high: int, cue: Cue) -> tuple[Proposal, list[Range]] | None:
    """Read ``was described as Z by X``: only where the text names who does it."""
    if not cue.classes & {"name", "as"}:
        return None
    tokens_by = next((i for i in range(cue.last, high) if tokens.lower[i] == "by"), None)
    subject = subject_before(tokens, low, cue.group)
    if tokens_by is None or subject is None:
        return None
    source = phrase_after(tokens, tokens_by + 1, high)
    if source is None or tokens_by == cue.last:
        return None
    ranges = [(cue.last, tokens_by)]
    return _make(tokens, "named", ranges, cue, source), ranges


def _according(tokens: Tokens, low: int, high: int, claimed: set[int]) -> tuple[Proposal, Range, Range] | None:
    """Read ``according to X``, before its clause or behind it."""
    lower = tokens.lower
    for at in range(low, high - 1):
        if lower[at] != "according" or lower[at + 1] != "to":
            continue
        source = phrase_after(tokens, at + 2, high)
        if source is None:
            return None
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
        if content[0] >= content[1] or any(i in claimed for i in range(*content)):
            return None
        proposal = Proposal(
            "according-to", (tokens.span(*content),), tokens.span(at, at + 2), tokens.span(*source)
        )
        return proposal, content, (at, source[1])
    return None


def _clause_end(tokens: Tokens, first: int, high: int, cue: Cue, cues: list[Cue]) -> int:
    """Return where a reported clause ends: with its sentence, or before what is attributed anew."""
    tags, lower = tokens.tags, tokens.lower
    end = high
    depth = 0
    for at in range(first, high):
        if tags[at] == "(":
            depth += 1
        elif tags[at] == ")":
            depth -= 1
            if depth < 0:
                end = at
                break
        elif tags[at] == ";" or (tags[at] == "," and at > first and lower[at + 1 : at + 3] == ["according", "to"]):
            end = at
            break
    for other in cues:
        if not cue.last <= other.first or not first < other.first < end:
            continue
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
    return end
