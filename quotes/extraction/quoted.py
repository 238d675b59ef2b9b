"""The rules that start from a quoted passage: who said it, before it, after it or between its parts."""

import re
from bisect import bisect_right
from typing import NamedTuple

from quotes.extraction.clauses import Range, main_subject, phrase_after, subject_before
from quotes.extraction.cues import Cue, find_cues, medium_of, quoted_as, quoting_verb
from quotes.extraction.proposals import Proposal
from quotes.extraction.results import Act, Polarity
from quotes.extraction.tokens import Tokens, last_inside, lemma_of
from quotes.extraction.words import cue_verbs, pairs
from quotes.text import Span

_ADJUNCTS = re.compile(r"(?:[RZ,]|C(?=[RIZ])|I(?:[DR]*[NM#SQEGWZU]+C?)+)*[,:-]?")
_CLAUSE = re.compile(r"H?(?:P|[DR]*[NM#]+)R*[VXOE]")
_MEANWHILE = re.compile(r"[RZ]*[YI]P[^.;:Q]*,")
_ADDRESSED = re.compile(r"(?:[UP]|[DR]*[NM#S]+)(?:C[DR]*[NM#S]+)?")
_SUBJECT = re.compile(r"C?(?:P|[DR]*(?:[NM#S]|I[DR]*(?=[NM#]))+)")
_WORDS = re.compile(r"\w[\w'’-]*")


_LONGEST_TAG = 8
_POSSIBILITY = frozenset("might may could".split())
_GOING = frozenset("go continue begin start open".split())
_NOBODY = frozenset("nobody none".split())
_CONDITIONS = frozenset("if unless".split())
_SAYING = frozenset(("say", "tell", "ask", "attitude"))
"""The classes of verbs that take a quotation."""


class Quoted(NamedTuple):
    """A proposal with the tokens that belong to it: its passages, and the words of its cue and its source."""

    proposal: Proposal
    claims: tuple[int, ...]
    words: tuple[int, ...]


class _Tag(NamedTuple):
    rule: str
    cue: Span
    source: Range | None
    last: int
    """Where the tag ends, or, before a passage, where the passage begins."""
    verb: int | None = None
    act: Act = "speech"
    polarity: Polarity = "affirmed"
    medium: str | None = None

    def words(self, tokens: Tokens) -> tuple[int, ...]:
        """Return the tokens of the source, and of the cue's verb: no verb among them is another quote's cue.

        What follows ``who`` in a source may be one: ``“…,” said X, who added that …``.
        """
        first, last = self.source or (0, 0)
        relative = tokens.tags.find("K", first, last)
        return (*range(first, relative if relative > 0 else last), *(() if self.verb is None else (self.verb,)))


def is_complete(tokens: Tokens, at: int) -> bool:
    """Say whether a passage reads like whole sentences: a capital first, punctuation last, or long."""
    start, end = tokens.passages[at][:2]
    words = _WORDS.findall(tokens.text, start, end)
    if not words:
        return False
    return (words[0][0].isupper() and inner_ending(tokens, at) in ",.?!…—–-") or len(words) > 8


def inner_ending(tokens: Tokens, at: int) -> str:
    """Return the last character inside a passage's closing mark."""
    passage = tokens.passages[at]
    return last_inside(tokens.text[passage.start : passage.end])


def quoted_in_sentence(tokens: Tokens, low: int, high: int, following: int) -> list[Quoted]:
    """Return what the rules read of the passages of one sentence.

    ``following`` is where the next sentence ends: ``“Why?” Smith asked`` is cut in two by its question mark.
    """
    found: list[Quoted] = []
    at = low
    begin = low  # where the content before a passage may begin
    latest: Range | None = None
    while at < high:
        if at not in tokens.passages:
            at += 1
            continue
        cut = at + 1 >= high and (inner_ending(tokens, at) in "?!" or _is_tag(tokens, high, following))
        reach = following if cut else high
        asks = inner_ending(tokens, at) in "?!" and _is_marked(tokens, low, at)
        before = _before(tokens, low, begin, at) if asks else None
        hidden = before is not None or _sets_the_scene(tokens, low, at, reach)
        tag = None if hidden else _after(tokens, low, at, reach)
        if tag is None and not asks:
            before = _before(tokens, low, begin, at)
        if tag is not None:
            first = begin if tokens.tags[begin:at].strip("CR") in ("", "D") or _clause(tokens, begin, at) else at
            if at > low and tokens.tags[at - 1] == ":":
                first = at  # what X did: “A,” he said
            while first < at and tokens.tags[first] in ",-:.":
                first += 1
            content = [tokens.span(first, at + 1)]
            claims = [at]
            rest = _resumed(tokens, tag.last, max(high, tag.last))
            if rest is not None:
                content.append(tokens.span(rest[0], rest[1]))
                claims += [i for i in range(*rest) if i in tokens.passages]
                at = rest[1]
            else:
                at = max(tag.last, at + 1)
            begin = at
            latest = tag.source
            found.append(Quoted(_proposal(tokens, tag, content), tuple(claims), tag.words(tokens)))
        elif before is not None and not _is_told(tokens, low, at, high):
            if before.source is None:  # "said X, adding: …"
                before = before._replace(source=latest)
            last = _content_end(tokens, at, high)
            content = [tokens.span(before.last, last)]
            opener = before.source[0] - 1 if before.source else begin
            if opener > begin and _is_begun(tokens, begin, opener, at):
                content.insert(0, tokens.span(begin, opener))  # “The plan, X said, “is on track”
            found.append(
                Quoted(
                    _proposal(tokens, before, content),
                    tuple(i for i in range(at, last) if i in tokens.passages),
                    before.words(tokens),
                )
            )
            at = begin = last
        else:
            at += 1
    return found


def _is_marked(tokens: Tokens, low: int, at: int) -> bool:
    """Say whether a colon or a comma of its sentence introduces a passage."""
    return at > low and tokens.tags[at - 1] in ":,"


def _is_tag(tokens: Tokens, low: int, high: int) -> bool:
    """Say whether a sentence says who said what stands before it, and nothing else (``“No.” Velin said.``)."""
    cue = next(iter(find_cues(tokens, low, min(high, low + _LONGEST_TAG))), None)
    if cue is None or cue.form != "finite" or not cue.classes & {"say", "ask"}:
        return False
    source = subject_before(tokens, low, cue.group)
    end = high - (tokens.tags[high - 1] == ".")
    return source is not None and source[0] == low and bool(_ADJUNCTS.fullmatch(tokens.tags, cue.last, end))


def _sets_the_scene(tokens: Tokens, low: int, at: int, high: int) -> bool:
    """Say whether a passage belongs to words before what is said (``Asked of the “plan,” X said, “No.”``)."""
    tags = tokens.tags
    if tags[low] not in "GEIYT" or is_complete(tokens, at):
        return False
    later = next((i for i in range(at + 1, high) if i in tokens.passages), None)
    if later is not None:
        return tags[later - 1] in ",:" and is_complete(tokens, later)
    cue = next((cue for cue in find_cues(tokens, at + 1, high) if cue.form == "finite"), None)
    return cue is not None and bool(_CLAUSE.match(tags, cue.last, high))


def _proposal(tokens: Tokens, tag: _Tag, content: list[Span]) -> Proposal:
    source = tokens.span(*tag.source) if tag.source else None
    return Proposal(tag.rule, tuple(content), tag.cue, source, tag.act, tag.polarity, tag.medium)


def _is_told(tokens: Tokens, low: int, at: int, high: int) -> bool:
    """Say whether a sentence with a term in it ends with who said it all (``X is “the end” of Y, said Z``)."""
    if _is_marked(tokens, low, at) or is_complete(tokens, at):
        return False
    return any(
        tokens.tags[cue.group - 1] == ","
        and cue.first == cue.verb
        and "say" in cue.classes
        and cue.form == "finite"
        and phrase_after(tokens, cue.last, high) is not None
        for cue in find_cues(tokens, at + 1, high)
    )


def _is_begun(tokens: Tokens, first: int, comma: int, at: int) -> bool:
    """Say whether words before ``, X said, “…”`` are what the passage at ``at`` goes on from."""
    if tokens.tags[comma] != "," or is_complete(tokens, at):
        return False
    if _SUBJECT.fullmatch(tokens.tags, first, comma):
        return True
    return tokens.tags[first] in "QDNMP" and first in tokens.passages


def _clause(tokens: Tokens, first: int, at: int) -> bool:
    """Say whether the words before a passage in its sentence are a part of what is said."""
    return any(tag in "VXOEBNMP" for tag in tokens.tags[first:at])


def _after(tokens: Tokens, low: int, at: int, high: int) -> _Tag | None:
    """Return the tag after a passage: ``, X said``, ``, said X`` or ``, according to X``."""
    tags, lower = tokens.tags, tokens.lower
    first = at + 1
    comma = first < high and tags[first] in ",-"
    if comma:
        first += 1
    if first >= high or not (comma or inner_ending(tokens, at) in ",?!-–—…." or at == low):
        return None
    stop = first
    while stop < high and stop not in tokens.passages:
        stop += 1
    if lower[first : first + 2] == ["according", "to"]:
        source = phrase_after(tokens, first + 2, stop)
        if source:
            return _Tag("quote-according-to", tokens.span(first, first + 2), source, source[1])
    if (
        comma
        and tags[first - 1] == "-"
        and stop == high
        and set(tags[first:stop]) <= set("M,.#DNIS")
        and tags[first] == "M"
    ):
        last = stop - 1 if tags[stop - 1] == "." else stop
        return _Tag("quote-dash-name", tokens.span(first - 1, first), (first, last), stop)
    for known in (True, False):
        for cue in find_cues(tokens, first, stop, known=known):
            comma_inside = inner_ending(tokens, at) in ",?!"
            tag = _tag_of(tokens, low, at, first, stop, cue, known=known, comma=comma or comma_inside)
            if tag:
                return tag
            if cue.form == "finite" and tokens.tags[cue.group - 1] != "K":
                break
    return None


def _tag_of(
    tokens: Tokens, low: int, at: int, first: int, stop: int, cue: Cue, *, known: bool, comma: bool
) -> _Tag | None:
    """Return the tag that a cue behind the passage at ``at`` makes from ``first`` on, or None."""
    if cue.form != "finite" or is_hypothetical(tokens, low, cue):
        return None
    if (cue.lemma == "go" and cue.last == cue.verb + 1) or (not known and inner_ending(tokens, at) in "?!"):
        return None  # “Stop!” Lee ran.
    saying = quoted_as(tokens, cue, stop)
    if saying is not None and subject_before(tokens, first, cue.group):  # “…,” the Post quoted Velin as saying
        source = phrase_after(tokens, cue.last, saying - 1)
        end = _tag_end(tokens, saying + 1, stop)
        cue = cue._replace(first=saying, last=saying + 1, verb=saying)
        return _verbal(tokens, low, "quote-subject-verb", cue, source, end, end)
    complete = known or is_complete(tokens, at)
    if cue.group <= first + 1 and tokens.tags[first : cue.group].strip("R") == "":
        if not known and not (comma and complete):
            return None
        source = phrase_after(tokens, cue.last, stop)
        # "…" said X: the verb alone stands before its subject, never with an auxiliary
        said = cue.lemma != "tell" and bool(cue.classes & {"say", "ask"})
        if source is None or (known and not said) or (not said and not comma) or tokens.tags[source[0]] == "U":
            return None
        auxiliary = any(tag in "XO" for tag in tokens.tags[cue.group : cue.verb])
        if auxiliary or tokens.tags[source[1] : source[1] + 1] in tuple("VXO"):
            return None  # "…" says she warned: the subject of what is said
        rule, last = "quote-verb-subject", source[1]
    else:
        source = subject_before(tokens, first, cue.group)
        if source is None or tokens.tags[first : source[0]].strip("RC") != "":
            return None
        if "C" in tokens.tags[first : source[0]] and not _is_end(tokens, cue.last, stop):
            return None  # “…,” but he denied that …
        if inner_ending(tokens, at) in "?!" and "H" in tokens.tags[cue.last : _tag_end(tokens, cue.last, stop)]:
            return None  # “…!” She replied that …
        if not known and (not comma or not complete or not _is_end(tokens, cue.last, stop)):
            return None
        rule, last = "quote-subject-verb", cue.last
    end = _tag_end(tokens, last, stop)
    return _verbal(tokens, low, rule, cue, source, end, end)


def _verbal(tokens: Tokens, low: int, rule: str, cue: Cue, source: Range | None, end: int, last: int) -> _Tag:
    """Return the tag of a cue that is a verb; its adjuncts reach to ``end``."""
    act: Act = "attitude" if cue.tells_a_thought else "speech"
    medium = medium_of(tokens, low, cue, source, end)
    return _Tag(rule, tokens.span(cue.first, cue.last), source, last, cue.verb, act, cue.polarity, medium)


def _is_end(tokens: Tokens, at: int, stop: int) -> bool:
    return at >= stop or tokens.tags[at] in ",.:" or bool(_ADJUNCTS.fullmatch(tokens.tags, at, stop))


def _tag_end(tokens: Tokens, at: int, stop: int) -> int:
    """Return where a tag ends: at the next comma, colon or stop, adjuncts included."""
    while at < stop and tokens.tags[at] not in ",.:;-":
        at += 1
    return at


def _resumed(tokens: Tokens, at: int, high: int) -> Range | None:
    """Return the passage that goes on after a tag in the same sentence, with the words around it."""
    first = at
    while first < high and tokens.tags[first] in ",:-":
        first += 1
    joined = (
        first > at and tokens.tags[first : first + 2] == "CQ" and tokens.tags[first + 2 : high].strip(".") == ""
    )
    if joined and first + 1 < high:
        return first, first + 2  # “A,” she said, and “B.”
    if first > at and first < high and first in tokens.passages:
        return first, first + 1
    if at < high and tokens.tags[at] == ",":  # "said X, speaking of Y, “and …”"
        later = next((i for i in range(at + 1, high) if i in tokens.passages), None)
        between = tokens.tags[at + 1 : later] if later else ""
        if later and between[:1] in tuple("GKIE") and between[-1] == "," and not find_cues(tokens, at, later):
            return later, later + 1
    return None


def _before(tokens: Tokens, low: int, begin: int, at: int) -> _Tag | None:
    """Return the tag before a passage: ``X said:``, ``X told the Times,`` or ``X:``.

    The cue stands behind ``begin``; its source may stand before, in the same sentence.
    """
    tags = tokens.tags
    best: _Tag | None = None
    mark = _is_marked(tokens, low, at)
    complete = is_complete(tokens, at)
    for known in (True, False):
        if not known and not (mark and complete):
            continue
        for cue in find_cues(tokens, begin, at, known=known):
            between = tags[cue.last : at]
            if "tell" in cue.classes or (not known and tags[at - 1] == ":"):
                addressed = _ADDRESSED.match(between)
                if addressed:
                    between = between[addressed.end() :]
            elif not known and between[:1] == "U":
                between = between[1:]  # chided him, “…”
            if between[-2:] in ("I,", "I:"):
                between = between[:-2] + between[-1]  # responded with, “…”
            if tags[at - 1] == ":" and between in ("D:", "DN:", "P:") and cue.classes:
                between = ":"  # tweeted this: “…”
            if complete and "say" in cue.classes and _MEANWHILE.fullmatch(between):
                between = ","  # said as he left, “…”
            if not _ADJUNCTS.fullmatch(between) or between[-1:] == "S":
                continue
            if not mark and cue.lemma in _GOING:
                continue  # has gone “soft”
            speech = cue.classes & _SAYING or not known
            if not speech or cue.form == "passive" or is_hypothetical(tokens, low, cue):
                continue
            source = source_of(tokens, low, cue)
            if source is None and cue.form != "participle":
                continue
            if not mark and source and _is_reported(tokens, low, source[0]):
                continue  # "X said the report had found “nothing”": X's words
            best = _verbal(tokens, low, "subject-verb-quote", cue, source, at, at)
        if best:
            return best
    verb = lemma_of(tokens.lower[low]) if tags[low] in "VE" else None
    first = low + bool(verb and "say" in cue_verbs().get(verb[0], ()))  # Said Rosa Velin: “…”
    if (
        at > low
        and tags[at - 1] == ":"
        and set(tags[first : at - 1]) <= set("NMDSI,#()RZ-")
        and "M" in tags[first : at - 1]
    ):
        source = phrase_after(tokens, first, at - 1)
        if source:
            said = (low, first) if first > low else (at - 1, at)
            return _Tag("name-colon-quote", tokens.span(*said), source, at)
    if best is None and complete and at > low and tags[at - 1] == ":":
        subject = main_subject(tokens, low, at - 1)  # X was more blunt: “…”
        named = subject is not None and (tags[subject[0]] == "P" or "M" in tags[slice(*subject)])
        if subject is not None and named and tags[subject[1] : at].lstrip("R,")[:1] == "X":
            return _Tag("subject-colon-quote", tokens.span(at - 1, at), subject, at)
    return best


def _is_reported(tokens: Tokens, low: int, at: int) -> bool:
    """Say whether the clause that begins at ``at`` is what a verb of saying right before it reports."""
    first = at - 1 if at > low and tokens.tags[at - 1] == "H" else at
    return any(
        cue.last == first and cue.form == "finite" and cue.classes & _SAYING for cue in find_cues(tokens, low, at)
    )


def is_hypothetical(tokens: Tokens, low: int, cue: Cue) -> bool:
    """Say whether a cue tells of words that may never be said (``might say``, ``if X said``)."""
    if tokens.tags[low] in "XO" and tokens.tags[low + 1 : low + 2] in ("P", "M", "D", "N") and _asks(tokens, low):
        return True  # Did she say so?
    if any(word in _POSSIBILITY for word in tokens.lower[cue.group : cue.verb]):
        return True
    if tokens.lower[low] == "had" and tokens.tags[low + 1 : low + 2] in ("P", "M"):  # "Had he said so"
        return True
    if cue.group > low and tokens.lower[cue.group - 1] in _NOBODY:
        return True
    at = cue.group - 1
    while at > low and tokens.tags[at] in "NMDPRI#S":
        at -= 1
    return at >= low and tokens.lower[at] in _CONDITIONS


def _asks(tokens: Tokens, low: int) -> bool:
    """Say whether the sentence that begins at ``low`` is a question."""
    sentence = bisect_right(tokens.sentences, (low, len(tokens.tags))) - 1
    return tokens.word(tokens.sentences[sentence][1] - 1) == "?"


def source_of(tokens: Tokens, low: int, cue: Cue) -> Range | None:
    """Return the noun phrase that a cue's verb has as its subject, beside it or shared with a verb before."""
    if cue.form == "finite":
        source = subject_before(tokens, low, cue.group)
        before = tokens.tags[low : cue.group].rstrip("R")[-1:]
        if source is None and before and before in "C,":
            source = main_subject(tokens, low, cue.group)
        return source
    if cue.form == "participle":
        before = tokens.tags[cue.group - 1] if cue.group > low else "."
        subject = subject_before(tokens, low, cue.group) if before in "NM" else None
        artefact = subject is not None and tokens.lower[subject[1] - 1] in pairs("media")
        if subject is not None:  # "she released a statement saying …": hers
            return (artefact and main_subject(tokens, low, subject[0])) or subject
        quoting = quoting_verb(tokens, low, cue.verb)
        if quoting is not None:  # the Post quoted Velin as saying
            return phrase_after(tokens, quoting + 1, cue.verb - 1)
        if before == "I" and tokens.lower[cue.group - 1] == "as":
            subject = subject_before(tokens, low, cue.group - 1)
            if subject is not None:
                return subject
        if before in ",-CYINMRZ" or (before == "Q" and inner_ending(tokens, cue.group - 1) == ","):
            return main_subject(tokens, low, cue.group)
    if cue.form == "infinitive":
        return main_subject(tokens, low, cue.group)
    return None


def _content_end(tokens: Tokens, at: int, high: int) -> int:
    """Return where the content that begins with a passage ends: behind it, or where its sentence does."""
    tags = tokens.tags
    last = at + 1
    if last < high and is_complete(tokens, at) and tags[last] in "DP" and tokens.word(last)[0].isupper():
        return last  # “Proud of you! #win” Her post …
    while last + 1 < high and tags[last] == "C" and last + 1 in tokens.passages:  # “A” and “B”
        last += 2
    if last < high and inner_ending(tokens, at) not in ",.?!" and tags[last] not in ",.;:-)YC":
        while last < high and tags[last] not in ".;":
            if tags[last] == "," and (last + 1 >= high or tags[last + 1] in "GCYK"):
                break
            last += 1
    return last
