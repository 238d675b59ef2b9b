"""Finds cues: the verb groups and phrases that say that words are somebody's."""

import re
from typing import NamedTuple

from quotes.extraction.results import Polarity
from quotes.extraction.tokens import Tokens, lemma_of
from quotes.extraction.words import cue_verbs, pairs, terms

_VERB = re.compile("[VBEGW]")
_BE = frozenset("is are was were be been being am isn't aren't wasn't weren't 's 're".split())
_HAVE = frozenset("has have had having hasn't haven't hadn't 've".split())
_NEGATION = frozenset("not n't never cannot".split())
_GOING_ON = frozenset("go continue proceed begin start keep".split())
_QUOTING = frozenset("quote cite report".split())
_FARTHEST_QUOTING = 20
_WITHIN = frozenset("in on at during via through by".split())
_SITES = {"twitter": "tweet", "x": "tweet", "facebook": "post", "instagram": "post", "telegram": "post"}


class Cue(NamedTuple):
    """A cue as a range of tokens ``[first, last)``, with the verb that carries it.

    ``form`` is ``finite``, ``participle`` (``adding``), ``passive`` or ``infinitive``. ``group`` is where the
    whole verb group begins, adverbs and all: the subject ends before it, while the cue itself is contiguous.
    """

    first: int
    last: int
    verb: int
    group: int
    lemma: str
    classes: frozenset[str]
    form: str
    polarity: Polarity

    @property
    def tells_a_thought(self) -> bool:
        """Whether the verb is known, and only as one of thinking or wishing."""
        return bool(self.classes) and self.classes <= {"attitude", "want"}


def find_cues(tokens: Tokens, low: int, high: int, *, known: bool = True) -> list[Cue]:
    """Return the verb groups of a sentence whose verb is a known cue; with ``known`` False, those of any verb."""
    lexicon = cue_verbs()
    cues = []
    for verb in _VERB.finditer(tokens.tags, low, high):
        at = verb.start()
        found = lemma_of(tokens.lower[at])
        if found is None:
            continue
        lemma = _american(found[0])
        classes = lexicon.get(found[0]) or lexicon.get(lemma, frozenset())
        if _particle(tokens, at, found[0]):
            classes |= {"say"}
        if classes or not known:
            cue = _group(tokens, low, high, at, lemma, classes)
            if cue:
                cues.append(_quoted(tokens, low, high, cue))
    return cues


def _quoted(tokens: Tokens, low: int, high: int, cue: Cue) -> Cue:
    """Return a cue with all of ``was quoted as saying``, whose subject says what follows; others as they are."""
    quoting = quoting_verb(tokens, low, cue.verb)
    around = None if quoting is None else _group(tokens, low, high, quoting, cue.lemma, cue.classes)
    if around is None or around.form != "passive":
        return cue
    first = around.first if quoting == cue.verb - 2 else cue.first
    return around._replace(first=first, last=cue.verb + 1, verb=cue.verb, form="finite")


def _particle(tokens: Tokens, verb: int, lemma: str) -> bool:
    """Say whether a verb and the word behind it are one verb of saying (``shot back``)."""
    particle = tokens.lower[verb + 1 : verb + 2]
    return bool(particle) and f"{lemma} {particle[0]}" in terms("phrasal_cues")


def _american(lemma: str) -> str:
    return lemma[:-3] + "ize" if lemma.endswith("ise") and lemma[:-3] + "ize" in cue_verbs() else lemma


def _group(tokens: Tokens, low: int, high: int, at: int, lemma: str, classes: frozenset[str]) -> Cue | None:
    """Return the verb group around the verb at ``at``; None where it is no verb after all."""
    tags, lower = tokens.tags, tokens.lower
    first = group = at
    form = {"G": "participle", "B": "base", "W": "bare"}.get(tags[at], "finite")
    negated = False
    scan = at - 1
    while scan >= low:
        tag = tags[scan]
        if tag == "R":
            negated |= lower[scan] in _NEGATION
        elif tag in "XO":
            if form in ("base", "bare", "participle", "finite"):
                if lower[scan] in _BE and tags[at] in "EW":
                    form = "passive"
                elif form != "passive":
                    form = "finite"
            negated |= lower[scan].endswith("n't") or lower[scan] in _NEGATION
        elif tag == "T" and tags[at] == "B":
            form = "infinitive"
        else:
            break
        group = scan
        if first == scan + 1 and (tag in "XO" or lower[scan] in _NEGATION):
            first = scan
        scan -= 1
    while group < first and tags[group] == "R" and lower[group] not in _NEGATION:
        group += 1
        if group == at:
            break
    by = lower[at + 1 : at + 2] == ["by"] and "".join(lower[at + 2 : at + 3]) not in pairs("media")
    if form == "finite" and group == at and tags[at] == "E" and by:
        return None  # a film directed by X, but not "said by email"
    if form == "infinitive":
        before = lemma_of(lower[scan]) if scan >= low else None
        earlier = lemma_of(lower[scan - 1]) if scan - 1 >= low else None
        if before and before[0] in _GOING_ON and tags[scan] in "VEB":
            form, first, group = "finite", scan, scan
        elif earlier and earlier[0] in _GOING_ON and lower[scan] == "on":
            form, first, group = "finite", scan - 1, scan - 1
    if form == "bare" or (form == "base" and (group == low or tags[group - 1] not in "NMPK,)-QR#U")):
        return None
    if form == "base":
        form = "finite"
    last = at + 1
    if _particle(tokens, at, lemma):
        last += 1
    last = _with_medium(tokens, last, high)
    polarity: Polarity = "affirmed"
    if negated or "deny" in classes:
        polarity = "denied"
    if lemma in ("decline", "refuse") or (negated and lemma in ("respond", "reply", "answer")):
        polarity = "declined"
    return Cue(first, last, at, group, lemma, classes, form, polarity)


def quoting_verb(tokens: Tokens, low: int, saying: int) -> int | None:
    """Return the verb of ``X quoted Y as saying`` or ``Y was quoted by X as saying`` before that ``saying``."""
    if tokens.lower[saying - 1 : saying + 1] != ["as", "saying"]:
        return None
    for at in range(saying - 2, max(low, saying - _FARTHEST_QUOTING) - 1, -1):
        if tokens.tags[at] in ".;:Q":
            return None
        if tokens.tags[at] in "VEBGW" and (lemma := lemma_of(tokens.lower[at])) and lemma[0] in _QUOTING:
            return at
    return None


def quoted_as(tokens: Tokens, cue: Cue, high: int) -> int | None:
    """Return where ``saying`` stands in ``X quoted Y as saying``, of whose ``quoted`` a cue is."""
    if cue.lemma not in _QUOTING:
        return None
    near = range(cue.last + 2, min(high, cue.verb + _FARTHEST_QUOTING))
    return next((at for at in near if quoting_verb(tokens, cue.verb, at) == cue.verb), None)


def _with_medium(tokens: Tokens, at: int, high: int) -> int:
    """Return the end of the cue with ``in a statement``, ``on Twitter`` and the like, where that follows."""
    media = pairs("media")
    if at < high and tokens.lower[at] in _WITHIN:
        end = at + 1
        found = at
        while end < high and tokens.tags[end] in "DN#SGEZMWRB" and end - at < 6:
            end += 1
            if tokens.lower[end - 1] in media or tokens.lower[end - 1] in _SITES:
                found = end
        return found
    return at


def medium_of(tokens: Tokens, low: int, cue: Cue, source: tuple[int, int] | None, last: int) -> str | None:
    """Return how something was said, where the text tells.

    It is looked for in the cue and behind it up to ``last``; in the artefact that is the source (``the letter
    read``); and in an adverbial that opens the sentence at ``low`` (``In a statement, X said``).
    """
    media = pairs("media")
    places = [(cue.first, max(cue.last, last))]
    if source is not None:
        if tokens.tags[source[0]] == "D" and "M" not in tokens.tags[source[0] : source[1]]:
            places.append((source[1] - 1, source[1]))
        if tokens.tags[low] == "I" and low < source[0] <= cue.first:
            places.append((low, source[0]))
    words = [at for first, stop in places for at in range(first, stop)]
    for at in words:  # where tells more than how: "posted on Twitter"
        if tokens.lower[at] in _SITES and tokens.lower[at - 1] in _WITHIN:
            return _SITES[tokens.lower[at]]
    for at in words:
        if tokens.lower[at] in media and tokens.tags[at] != "M":
            return media[tokens.lower[at]]
    return None
