"""Chooses among the readings of a sentence's verbs: which words are reported, and as whose."""

from quotes.extraction.candidates import Candidate, according, candidates, noun_candidates
from quotes.extraction.clauses import Range
from quotes.extraction.cues import Cue, find_cues, medium_of
from quotes.extraction.proposals import Proposal
from quotes.extraction.quoted import is_hypothetical
from quotes.extraction.scoring import Weights, hopeless, score
from quotes.extraction.tokens import MARKS, Tokens
from quotes.extraction.words import terms

THRESHOLD = 0.3
"""A reading that is less likely right than this is not reported."""

QUOTED_THRESHOLD = 0.5
"""The same for a reading with a quoted passage in it: its marks may be those of a title or a term."""

_FAVOUR = 1.5
"""The odds that a chosen reading is right, as a multiple of the scorer's: what is beaten by another is left out.

Fitted on held-out thirds of the training part of PolNeAR: exp(0.4).
"""


def readings(
    tokens: Tokens, low: int, high: int, used: set[int], claimed: set[int], weights: Weights | None = None
) -> list[Candidate]:
    """Return every reading of a sentence; ``used`` verbs and ``claimed`` passages belong to a quote already.

    With ``weights``, the readings that are hopeless by them are left out.
    """
    if high > low and tokens.tags[high - 1] == ".":
        high -= 1
    every = find_cues(tokens, low, high, known=False)
    cues = [
        cue
        for cue in every
        if cue.verb not in used
        and not is_hypothetical(tokens, low, cue)
        and not (cue.verb == low and tokens.tags[low] == "E")  # "Asked if …, she shrugged"
    ]
    found = list(according(tokens, low, high))
    for cue in cues:
        found += candidates(tokens, low, high, cue, every, hopeless(cue, weights) if weights else ())
    found += noun_candidates(tokens, low, high, every)
    if not claimed:
        return found
    return [c for c in found if not any(i in claimed for a, b in c.content for i in range(a, b))]


def reported_in_sentence(
    tokens: Tokens, low: int, high: int, used: set[int], claimed: set[int], *, weights: Weights
) -> list[Proposal]:
    """Return what is reported in one sentence, the outermost of quotes within quotes."""
    scored = [
        (likely, -n, candidate)
        for n, candidate in enumerate(readings(tokens, low, high, used, claimed, weights))
        if (likely := score(tokens, low, high, candidate, weights)) >= THRESHOLD
    ]
    scored.sort(reverse=True, key=lambda row: row[:2])
    chosen: list[Proposal] = []
    taken: list[Range] = []
    verbs: set[int] = set()
    for likely, _, candidate in scored:
        if likely < QUOTED_THRESHOLD and _has_marks(tokens, candidate):
            continue
        if candidate.cue.verb in verbs:
            continue
        ranges = candidate.content
        if any(a < d and c < b for a, b in ranges for c, d in taken):
            continue
        if any(a <= candidate.cue.verb < b for a, b in taken) or any(a <= v < b for a, b in ranges for v in verbs):
            continue
        verbs.add(candidate.cue.verb)
        taken += ranges
        chosen.append(_proposal(tokens, low, candidate, likely))
    return sorted(chosen, key=lambda proposal: proposal.content)


def _has_passage(tokens: Tokens, candidate: Candidate) -> bool:
    return any("Q" in tokens.tags[first:last] for first, last in candidate.content)


def _has_marks(tokens: Tokens, candidate: Candidate) -> bool:
    """Say whether anything in a content stands in marks, the title of a work among them."""
    return any(
        tokens.text[tokens.starts[i]] in MARKS for first, last in candidate.content for i in range(first, last)
    )


def _proposal(tokens: Tokens, low: int, candidate: Candidate, likely: float) -> Proposal:
    rule, cue, source, content, _ = candidate
    last = cue.last
    if rule == "about" and content[0][0] == cue.last + 1:
        last = cue.last + 1  # the preposition belongs to the cue: "called for"
    adjuncts = min(cue.last + 6, content[0][0]) if content[0][0] > cue.last else cue.last
    return Proposal(
        rule,
        tuple(tokens.span(first, stop) for first, stop in content),
        tokens.span(cue.first, last),
        tokens.span(*source) if source else None,
        "attitude" if _is_attitude(cue, rule, quoted=_has_passage(tokens, candidate)) else "speech",
        cue.polarity,
        medium_of(tokens, low, cue, source, adjuncts),
        confidence=_FAVOUR * likely / (1 + (_FAVOUR - 1) * likely),
    )


def _is_attitude(cue: Cue, rule: str, *, quoted: bool) -> bool:
    """Say whether a cue tells of a thought, a wish or a stand and not of words."""
    if rule == "object" and not quoted and not cue.classes & {"say", "blame"}:
        return (
            "attitude" in cue.classes or "name" not in cue.classes
        )  # who rejects a plan may not have said a word
    if rule == "according-to":
        return False
    if not cue.classes:
        return cue.lemma not in terms("noun_cues") or cue.lemma in _THOUGHTS
    return cue.tells_a_thought or (rule == "infinitive" and "want" in cue.classes)


_THOUGHTS = frozenset(
    "assumption belief conviction fear fears hope hopes impression opinion suspicion suspicions view".split()
)
