"""A small linear scorer: how likely a reading is right, by named features whose weights were counted.

The weights are in ``words/weights.tsv``. They are the logistic regression of the rightness of readings on the
features below, fitted by :mod:`quotes.training`; a feature without a weight counts nothing.
"""

from collections.abc import Mapping
from functools import cache
from math import exp

from quotes.extraction.candidates import PLAIN_NAMING, Candidate
from quotes.extraction.cues import Cue
from quotes.extraction.names import is_title
from quotes.extraction.tokens import Tokens
from quotes.extraction.words import pairs

_PERSONAL = {"he": "he", "she": "he", "i": "i", "we": "i", "you": "you", "it": "it", "they": "they", "who": "who"}
_VERBAL = frozenset("VXOE")
_EVIDENT = ("object", "bare-clause")
"""The rules that tell nothing by themselves: the verb must have been seen to be a cue."""
_SURE = 0.6
"""The least that a reading gets by its construction alone: see :func:`_by_construction`."""

Weights = Mapping[str, float]
"""The weight of each feature, and of ``bias``, which every reading has."""


@cache
def packaged_weights() -> Weights:
    """Return the weights that the package comes with."""
    return {name: float(value) for name, value in pairs("weights").items()}


def hopeless(cue: Cue, weights: Weights) -> list[str]:
    """Return the rules by which a cue makes no reading that could stand."""
    if cue.classes & {"say", "deny"}:
        return []
    verb = f"verb={cue.lemma}"
    own = weights.get(verb, 0.0)
    return [rule for rule in _EVIDENT if own + weights.get(f"rule={rule} {verb}", 0.0) <= 0]


def score(tokens: Tokens, low: int, high: int, candidate: Candidate, weights: Weights) -> float:
    """Return the probability, from 0 to 1, that a reading is right that is not :func:`hopeless`."""
    weight = weights.get
    total = weight("bias", 0.0)
    for feature in features(tokens, low, high, candidate):
        total += weight(feature, 0.0)
    likely = 1.0 / (1.0 + exp(-max(total, -30.0)))
    return max(likely, _SURE) if _by_construction(tokens, candidate) else likely


def _by_construction(tokens: Tokens, candidate: Candidate) -> bool:
    """Say whether a construction is sure by itself, so that a verb that was never counted is no hindrance.

    Of the readings of each in the training articles, two thirds and more are right whatever the verb.
    """
    rule, cue, source, content, how = candidate
    if rule == "raising":
        return "say" in cue.classes
    if source is None:
        return False
    if rule == "according-to":
        somebody = tokens.tags[source[0]] == "P" or any(
            tokens.tags[i] == "M" or tokens.lower[i] in pairs("media") or is_title(tokens.lower[i])
            for i in range(*source)
        )
        return somebody and any(tag in "VXOE" for tag in tokens.tags[content[0][0] : content[0][1]])
    if rule == "named":
        naming = cue.lemma in PLAIN_NAMING or ("as" in cue.classes and how.startswith(("as", "passive")))
        return naming and any("Q" in tokens.tags[first:last] for first, last in content)
    clause = "tell" if how.startswith("told") else "say"  # “wrote a note that people liked” reports no clause
    return rule in ("named-relative", "light-verb") or (rule == "that-clause" and clause in cue.classes)


def features(tokens: Tokens, low: int, high: int, candidate: Candidate) -> list[str]:
    """Return the names of a reading's features."""
    rule, cue, source, content, how = candidate
    tags, lower = tokens.tags, tokens.lower
    first, last = content[-1]
    said = tags[first:last]
    if source is None:
        who = "none"
    elif source[1] - source[0] == 1 and tags[source[0]] == "P":
        who = _PERSONAL.get(lower[source[0]].split("'")[0], "other")
    elif "M" in tags[source[0] : source[1]]:
        who = "name"
    else:
        who = "noun"
    before = tags[cue.group - 1] if cue.group > low else "^"
    behind = tags[cue.last] if cue.last < high else "$"
    length = last - first
    size = "1" if length < 2 else "3" if length < 4 else "7" if length < 8 else "15" if length < 16 else "long"
    auxiliary = lower[cue.first] if cue.first < cue.verb else ""
    ending = lower[cue.verb][-3:] if cue.form == "finite" else cue.form
    found = [
        f"rule={rule}",
        f"verb={cue.lemma}",
        f"rule={rule} verb={cue.lemma}",
        f"rule={rule} how={how}",
        f"rule={rule} who={who}",
        f"verb={cue.lemma} who={who}",
        f"form={cue.form} rule={rule}",
        f"before={before} rule={rule}",
        f"behind={behind} rule={rule}",
        f"size={size} rule={rule}",
        f"aux={auxiliary}",
        f"ending={ending[-2:]}",
        f"first={lower[first] if tags[first] != 'Q' else 'Q'} rule={rule}",
        f"polarity={cue.polarity}",
        f"verbal={not _VERBAL.isdisjoint(said)} rule={rule}",
        f"named={'M' in said} rule={rule}",
    ]
    if source is not None:
        head = source[1] - 1
        if who == "noun":
            stop = source[0]
            while stop < source[1] and tags[stop] not in "I,(K":
                stop += 1
            head = max(stop - 1, source[0])
            found.append(f"source={lower[head]}")
        found.append(f"sourcetag={tags[source[0]]} rule={rule}")
    if "Q" in said:
        found.append(f"quoted rule={rule}")
    if cue.classes:
        found += [f"class={name} rule={rule}" for name in sorted(cue.classes)]
    if "?" in lower[high - 1 : high + 1]:
        found.append(f"question rule={rule}")
    return found
