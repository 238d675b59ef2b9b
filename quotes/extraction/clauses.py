"""Reads subjects, noun phrases and clause ends off the tags of a sentence.

No parser: each function walks over a few tags from a verb, to the left or to the right, and stops where the
tags say that a phrase ends. Ranges are half-open token indexes.
"""

from quotes.extraction.tokens import Tokens
from quotes.extraction.words import pairs

_LONGEST_PHRASE = 60
"""A noun phrase is followed over so many tokens."""
_HEADS = frozenset("NM#PUQ")
_PARTS = frozenset("half double twice quarter".split())
_CLAUSAL = frozenset("after before until since as than".split())
"""The prepositions that also open a clause: a subject begins behind them."""
_SETTING = frozenset("in on at during after before".split())
_TIMES = frozenset("week month year day morning evening afternoon night weekend news conference meeting".split())
Range = tuple[int, int]


def subject_before(tokens: Tokens, low: int, verb: int) -> Range | None:
    """Return the noun phrase that is the subject of the verb group that begins at ``verb``.

    It has its title, appositions and relative clauses; of a pronoun, only the pronoun. None where no noun phrase
    stands there, as before a participle.
    """
    tags = tokens.tags
    at = verb - 1
    while at >= low and (tags[at] == "R" or (tags[at] == "Z" and tokens.lower[at - 1] == "on")):
        at -= 1 + (tags[at] == "Z")  # the minister on Wednesday said
    if at < low:
        return None
    if tags[at] == "P":
        return at, at + 1
    if tags[at] == "K":
        return (at, at + 1) if antecedent(tokens, low, at) else None
    if tags[at] in ",-)":
        return _around_parenthesis(tokens, low, at)
    if tags[at] not in _HEADS and tags[at] not in "DZS" and tags[at] not in "BEGW":
        return None
    first = _phrase_start(tokens, low, at)
    return _trimmed(tokens, _list_start(tokens, low, first, at), at + 1)


def _list_start(tokens: Tokens, low: int, first: int, at: int) -> int:
    """Return where a list of names begins that ends with ``B and C`` from ``first`` on (``A, B and C``)."""
    tags = tokens.tags
    if "C" not in tags[first:at] or set(tags[first : at + 1]) - set("MCD"):
        return first
    while first - 2 >= low and tags[first - 1] == "," and tags[first - 2] == "M":
        start = first - 2
        while start > low and tags[start - 1] == "M":
            start -= 1
        if start > low and tags[start - 1] not in ",.;:CHQ":
            break
        first = start
    return first


def main_subject(tokens: Tokens, low: int, high: int) -> Range | None:
    """Return the subject of the first finite verb in ``[low, high)`` that is in no relative clause."""
    for at in range(low, min(high, low + _LONGEST_PHRASE)):
        if tokens.tags[at] in "VXOE" and (at == low or tokens.tags[at - 1] not in "XOT"):
            group = at
            while group > low and tokens.tags[group - 1] == "R":
                group -= 1
            if group > low and tokens.tags[group - 1] in "KIT":
                continue
            subject = subject_before(tokens, low, group)
            if subject and set(tokens.tags[slice(*subject)]) <= {"Q"}:  # “…,” says X, adding …
                return phrase_after(tokens, at + 1, high)
            if subject:
                return subject
    return None


def antecedent(tokens: Tokens, low: int, relative: int) -> Range | None:
    """Return the noun phrase that ``who`` or ``which`` at ``relative`` stands for."""
    if tokens.lower[relative] not in ("who", "which", "that"):
        return None
    at = relative - 1
    if at >= low and tokens.tags[at] in ",-":
        at -= 1
    if at < low or tokens.tags[at] not in "NMPQ#)":
        return None
    first = at
    while first > low and tokens.tags[first - 1] in "NM#SEQ":
        first -= 1
    if first > low and tokens.tags[first - 1] == "D":
        first -= 1
    return _trimmed(tokens, first, at + 1)


def _around_parenthesis(tokens: Tokens, low: int, closing: int) -> Range | None:
    """Return the noun phrase whose apposition or relative clause ends before the comma at ``closing``."""
    tags = tokens.tags
    if tags[closing] == ")":
        at = closing - 1
        while at > low and tags[at] != "(":
            at -= 1
        if at <= low or tags[at - 1] not in _HEADS:
            return None
        first = _phrase_start(tokens, low, at - 1)
        return _trimmed(tokens, first, closing + 1)
    mark = tags[closing]
    openers = []
    segment_end = closing
    for at in range(closing - 1, low, -1):
        tag = tags[at]
        if tag in ";:." or (tag == "Q" and tags[at - 1] != "E" and _ends_like_sentence(tokens, at)):
            break
        if tag == mark:
            if not _parenthetical(tokens, at + 1, segment_end):
                break
            openers.append(at)
            segment_end = at
    for at in reversed(openers):  # the leftmost comma first
        if tags[at - 1] not in "NM#Q)P":
            continue
        first = _phrase_start(tokens, low, at - 1)
        subject = _trimmed(tokens, first, at)
        if subject and tags[subject[0]] in "DNMPEGQ#" and not _is_adverbial(tokens, first, at):
            return subject[0], closing
    return None


def _is_adverbial(tokens: Tokens, first: int, last: int) -> bool:
    """Say whether a stretch before a comma begins like an adverbial (``In May``, ``When asked``)."""
    return tokens.tags[first] in "IYTRZ" or (
        tokens.tags[first] in "EGW" and first + 1 < last and tokens.tags[first + 1] in "DIPT"
    )


def _parenthetical(tokens: Tokens, first: int, last: int) -> bool:
    """Say whether tokens between commas may be an apposition, an age or a relative clause."""
    if first >= last:
        return False
    tags = tokens.tags[first:last]
    if tags[0] in "C" and not any(tag in "XOV" for tag in tags):
        return True
    relative = False
    for tag in tags:
        if tag == "K":
            relative = True
        elif tag in "XOV" and not relative:
            return False
    return tags[0] in "DNMK#IEGWRCQ"


def _ends_like_sentence(tokens: Tokens, at: int) -> bool:
    passage = tokens.passages[at]
    return tokens.text[passage.start : passage.end].rstrip("\"'”’»")[-1:] in ",.?!"


def _phrase_start(tokens: Tokens, low: int, at: int) -> int:
    """Return where the clause or noun phrase that ends with token ``at`` begins, going left."""
    tags = tokens.tags
    first = at
    low = max(low, at - _LONGEST_PHRASE)
    while first > low:
        tag = tags[first - 1]
        if tag in ",;:.-(HKYPTR":
            if tag == "K" and _opens_relative(tokens, low, first - 1, at):
                first -= 1
                continue
            if tag == "R" and first - 2 >= low and tags[first - 2] in "DNI" and tags[first] in "NE":
                first -= 1
                continue
            if tag == "R" and tags[first] == "I" and first - 2 > low and tags[first - 2] == "G":
                first -= 1  # streaming out of the hall
                continue
            break
        if tag == ")":
            opening = first - 2
            while opening > low and tags[opening] != "(":
                opening -= 1
            first = opening
            continue
        if tag == "Q" and _ends_like_sentence(tokens, first - 1):
            break
        if tag in "NM" and tags[first] == "D" and tokens.lower[first - 1] not in _PARTS:
            break  # outside court | his wife
        if tag == "I" and tokens.lower[first - 1] in _CLAUSAL and first - 1 > low:
            break
        if tag in "VOX" or (tag == "B" and not _modifier(tags, first - 1)):
            relative = _relative_of(tags, low, first - 1)
            if relative is None:
                break
            first = relative
            continue
        if tag == "E" and tags[first] in "DMPUH" and first < at:
            # "told reporters Trump said": a finite verb with its object; "officials briefed on": a participle
            relative = _relative_of(tags, low, first - 1)
            if relative is None:
                break
            first = relative
            continue
        if tag == "C" and not _coordinates(tokens, low, first - 1):
            break
        first -= 1
    return first


def _modifier(tags: str, at: int) -> bool:
    return at > 0 and tags[at - 1] in "DNS"


def _opens_relative(tokens: Tokens, low: int, at: int, last: int) -> bool:
    """Say whether the K at ``at`` begins a relative clause that belongs to the phrase that ends at ``last``."""
    tags = tokens.tags
    return at > low and tags[at - 1] in "NM" and any(tag in "VEXO" for tag in tags[at + 1 : last])


def _relative_of(tags: str, low: int, verb: int) -> int | None:
    """Return the ``who``, ``which`` or ``that`` of the relative clause that the verb at ``verb`` is in, if any."""
    for at in range(verb - 1, max(low, verb - 5), -1):
        if tags[at] == "K" and at > low and tags[at - 1] in "NM":
            return at
        if tags[at] not in "XORE":
            return None
    return None


def _coordinates(tokens: Tokens, low: int, conjunction: int) -> bool:
    """Say whether ``and`` joins two noun phrases, and not two clauses."""
    if tokens.lower[conjunction] not in ("and", "or", "&", "nor") or conjunction - 1 < low:
        return False
    if tokens.tags[conjunction - 1] not in "NM#)":
        return False
    for at in range(conjunction - 1, low - 1, -1):
        tag = tokens.tags[at]
        if tag in ",;:.-KHYQ":
            return True
        if tag in "VXOB":
            return False
        if tag == "E" and tokens.tags[at + 1] in "DMIPT":
            return tokens.tags[at + 1] == "I"
    return True


def _trimmed(tokens: Tokens, first: int, last: int) -> Range | None:
    """Drop what is before the noun phrase proper: conjunctions, adverbs, a leading prepositional phrase."""
    tags = tokens.tags
    while first < last and tags[first] in "CRYZ":
        first += 1
    if first < last and tags[first] == "I":
        # "In Ohio voters say": a preposition cannot open a subject; look for a second phrase behind the first
        at = first + 1
        while at < last and tags[at] in "DN#SZ":
            at += 1
            if at < last and tags[at] in "DMP":
                break
        first = at
    if first >= last or not any(tag in "NMPU#QDES" for tag in tags[first:last]):
        return None
    return first, last


def phrase_after(tokens: Tokens, at: int, high: int) -> Range | None:
    """Return the noun phrase that begins at ``at``, with its prepositional phrases, appositions and clauses."""
    tags = tokens.tags
    first = at
    while at < high and tags[at] in "R" and at - first < 2:
        at += 1
    if at >= high or tags[at] not in "DNM#PUQEGS":
        return None
    if tags[at] in "PU":
        return at, at + 1
    first = at
    end = simple_phrase(tags, at, high)
    if end is None:
        return None
    while end < high:
        tag = tags[end]
        if tag == "I" or (tag == "C" and tokens.lower[end] in ("and", "&", "or")):
            more = simple_phrase(tags, end + 1, high)
            if more is None or (tag == "C" and (tags[end + 1] in "EVG" or (more < high and tags[more] in "VXOE"))):
                break
            if tag == "I" and _is_setting(tokens, end, more):
                break
            end = more
        elif tag == "(":
            closing = tags.find(")", end, high)
            if closing < 0:
                break
            end = closing + 1
        elif tag == ",":
            more = _apposition(tokens, end + 1, high)
            if more is None:
                break
            end = more
        elif tag == "K" and tokens.lower[end] in ("who", "which", "whose"):
            stop = end
            while stop < high and tags[stop] not in ",.;:-Q":
                stop += 1
            end = stop
        else:
            break
    return first, end


def _is_setting(tokens: Tokens, at: int, end: int) -> bool:
    """Say whether a prepositional phrase tells when or how something was said (``on Monday``, ``in a letter``)."""
    return tokens.lower[at] in _SETTING and (
        tokens.tags[at + 1] in "Z#" or tokens.lower[end - 1] in pairs("media") or tokens.lower[end - 1] in _TIMES
    )


def simple_phrase(tags: str, at: int, high: int) -> int | None:
    """Return the end of a noun phrase without what follows its head; None where there is none."""
    start = at
    while at < high and tags[at] in "DR":
        at += 1
    head = at
    while at < high and tags[at] in "NM#SQEGWZUP":
        if tags[at] == "E" and at > head and tags[at - 1] in "NM":
            break
        if at > head and tags[at] in "PU":
            break
        at += 1
    return at if at > head else (at if at > start and tags[start] == "D" else None)


def _apposition(tokens: Tokens, at: int, high: int) -> int | None:
    """Return the end of the apposition, age or relative clause that begins after a comma, if one does."""
    tags = tokens.tags
    if at >= high:
        return None
    low = tokens.lower[at]
    stop = at
    while stop < high and tags[stop] not in ",.;:Q-":
        stop += 1
    if low in ("who", "whose", "which"):
        return stop
    segment = tags[at:stop]
    own = segment.split("K")[0]
    finite = any(
        tag in "VXOYH" or (tag == "E" and own[i + 1 : i + 2] in tuple("RDPMU")) for i, tag in enumerate(own)
    )
    if not segment or finite:
        return None
    if tags[at] == "#" and stop - at == 1:
        return stop
    if low in ("a", "an", "the", "one", "his", "her", "its", "their", "another") or (
        tags[at] in "NM" and not any(tag in "G" for tag in segment[:1])
    ):
        return stop
    return None
