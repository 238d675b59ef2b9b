"""Cuts a paragraph into tokens and gives each a one-letter tag, so that constructions can be read off strings.

The tags are coarse on purpose: they tell apart what the rules ask about, and no more.

===  ==========================================  ===  ==========================================
tag  meaning                                     tag  meaning
===  ==========================================  ===  ==========================================
D    determiner or possessive pronoun            M    name (a capitalised word)
P    subject pronoun                             U    object or reflexive pronoun
N    noun, adjective or unknown word             #    number
V    finite verb form, and no other              E    past form that may be a participle
B    base form                                   W    participle
G    -ing form                                   X    be, have, do
O    modal, and do                               T    to
I    preposition                                 Y    subordinator (because, while, if)
H    that                                        K    who, which, what, how, whether …
C    and, but, or                                R    adverb, negation, time word
S    possessive mark                             Z    day or month
Q    a quoted passage, as one token              .    end of a sentence
,    comma                                       ;    semicolon
:    colon                                       -    dash
(    opening bracket                             )    closing bracket
===  ==========================================  ===  ==========================================
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from quotes.extraction.openers import NEGATING, Vocabulary, is_ordinary, opener
from quotes.extraction.passages import Passage
from quotes.extraction.wordnames import is_named, join_particles, names_at
from quotes.extraction.words import abbreviations, cue_verbs, function_words, pairs, terms, verb_forms

_SHORTENED = "|".join(map(re.escape, abbreviations()))
_TOKEN = re.compile(
    r"https?://\S+|www\.\S+"
    r"|[@#]\w+"
    rf"|[DIR]-(?:(?:[A-Z]\.)+[A-Z]?|(?:{_SHORTENED})\.|[A-Z][a-z]*(?:\.(?=[,)]))?)"  # a party and a state
    r"|(?:[^\W\d_]\.){2,}"  # U.S., D.C., a.m.
    r"|\b(?:Ph|Ed|LL)\.[A-Z]\.|\bD\.Phil\."
    rf"|\b(?:then-|ex-)?(?:{_SHORTENED})\."
    r"|[$£€]?\d[\d,.]*(?<=\d)(?:%|[^\W\d_]+)?(?:-[^\W_]+)*"
    r"|[A-Z]*(?:PRESS|PHOTOS?|IMAGES|REUTERS|GETTY)(?=[A-Z][a-z]{2})"  # a credit without a space behind it
    r"|[^\W_]+(?:(?:['’](?!(?:[sS]|m|d|re|ve|ll)\b)|[-‑&])[^\W_]+)*"
    r"|['’](?:[sS]|m|d|re|ve|ll)\b|['’](?=\s)|\A['’]t\Z"
    r"|\.{2,}|-{2,}|[^\w\s]"
)
_INITIAL = re.compile(r"(?:(?<=[\w.,(”\"’'] )|(?<![^\n]))[A-Z]\.(?= [\"“]?[A-Z]| ?\Z)")
_PUNCTUATION = {
    ",": ",", ";": ";", ":": ":", "–": "-", "—": "-", "―": "-", "-": "-", "(": "(", ")": ")", "[": "(", "]": ")",
    ".": ".", "?": ".", "!": ".", "…": "-", "’": "S", "'": "S", "&": "C",
}  # fmt: skip
_PLURALS = frozenset("people men women children police many few both some most all media officers aides".split())
_WORDS = re.compile(r"[^\W_][\w'’-]*")
_SMALL = frozenset("a an the of in on and for to at with or by from vs".split())
MARKS = '“”„‟"″«»`‘'
_LONGEST_SENTENCE = 200
"""A sentence of more tokens is cut: what the rules do with one must not grow with its length squared."""
_MAKING = frozenset(
    "write author direct sing publish perform play record release produce watch read adapt".split()
)
"""What one does with a work that has a title."""
_LONGEST_TITLE = 7
_FINAL = ".?!…"
_LONGEST_KEPT = 40
"""Of a longer string without a space it is not kept how it is cut: it hardly comes again."""
_CONTRACTED = frozenset("that there who what here where how".split())
"""What ``'s`` behind is a verb, as it is behind a pronoun."""
_FEWEST_CAPITALS = 4
_STANDING_ALONE = frozenset("another some many most both few all each either neither one".split())
_PARTICLES = frozenset("off out away back".split())
_NIGHTS = frozenset("morning evening afternoon night".split())
_UNSETTLED = frozenset("vbegVBET")
_TURNING = frozenset(("that", "since", "once", "'s", "it", "her", *_NIGHTS))
"""The tags and the words whose tag hangs on their neighbours."""
_NOUN_LISTS = ("role_nouns", "person_nouns", "group_nouns", "organization_nouns")


@dataclass(slots=True)
class Tokens:
    """The tokens of one paragraph outside its quoted passages, and the passages as single tokens."""

    text: str
    starts: list[int]
    ends: list[int]
    lower: list[str]
    tags: str
    passages: dict[int, Passage]
    """The passage of each token that is one, by the token's index."""
    sentences: list[tuple[int, int]]
    """The half-open ranges of tokens that are sentences."""
    known: Vocabulary
    """The words of the whole article."""

    def word(self, index: int) -> str:
        """Return a token as it is written."""
        return self.text[self.starts[index] : self.ends[index]]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the span of the tokens ``[first, last)``."""
        return self.starts[first], self.ends[last - 1]


@lru_cache(maxsize=50_000)  # an archive's vocabulary has no end
def lemma_of(word: str) -> tuple[str, str] | None:
    """Return a lower-case verb form's lemma and form tag, or None where it is no verb that we know."""
    forms = verb_forms()
    found = forms.get(word)
    if found is not None or len(word) < 5:
        return found
    if "is" in word:  # British spelling: criticised
        found = forms.get(re.sub(r"is(e[ds]?|ing)$", r"iz\1", word))
        if found is not None:
            return found
    for ending, tag in (("ing", "g"), ("ed", "E")):
        if word.endswith(ending) and not word.startswith("un"):  # unwilling
            stem = word.removesuffix(ending)
            for base in (stem, stem + "e", stem[:-1] if stem[-1] == stem[-2] else stem):
                if base in forms or base in cue_verbs():
                    return base, tag
            return (stem, "e" if "-" in word and ending == "ed" else tag) if len(word) > 5 else None
    return None


def tokenize(text: str, start: int, end: int, passages: list[Passage], known: Vocabulary) -> Tokens:
    """Return the tokens of the paragraph ``text[start:end]``, whose passages are given in order.

    ``known`` are the words of the article: they tell what is a name at a sentence's start.
    """
    starts: list[int] = []
    ends: list[int] = []
    words: list[str] = []
    lower: list[str] = []
    tags: list[str] = []
    stops: list[int] = []
    held: dict[int, Passage] = {}
    at = start
    for passage in [*passages, None]:
        stop = passage.start if passage else end
        for string in text[at:stop].split():
            at = text.find(string, at)
            length = len(string)
            spans, own, own_lower, own_tags, may_end = (_kept if length <= _LONGEST_KEPT else _cut)(string)
            if may_end:
                if length == 2 and _INITIAL.match(text, at, stop):
                    spans, own, own_lower, own_tags, _ = _as_cut(string, ((0, length),))
                stops += range(len(words), len(words) + len(own))
            for first, last in spans:
                starts.append(at + first)
                ends.append(at + last)
            words += own
            lower += own_lower
            tags += own_tags
            at += length
        if passage:
            title = _is_title(text, passage, starts, ends)
            if not title:
                held[len(starts)] = passage
            stops.append(len(starts))
            word = text[passage.start : passage.end] if title else ""
            starts.append(passage.start)
            ends.append(passage.end)
            words.append(word)
            lower.append(_lower(word))
            tags.append(_plain_tag(word))
            at = passage.end
    sentences = _sentences(text, words, held, stops)
    _tag(tags, words, lower, {first for first, _ in sentences}, known)
    for i, passage in held.items():
        if i and tags[i - 1] in "TI" and lower[i - 1] == "to":  # promised to “be a champion”
            opening = _WORDS.search(text, passage.start, passage.end)
            verb = lemma_of(opening[0]) if opening else None
            infinitive = (verb is not None and verb[1] in "Bb") or (opening is not None and opening[0] == "be")
            tags[i - 1] = "T" if infinitive else "I"
    return Tokens(text, starts, ends, lower, "".join(tags), held, sentences, known)


class _Cut(NamedTuple):
    """The tokens of a string without spaces."""

    spans: tuple[tuple[int, int], ...]
    words: tuple[str, ...]
    lower: tuple[str, ...]
    tags: tuple[str, ...]
    """Their tags by themselves (see :func:`_plain_tag`)."""
    may_end: bool
    """Whether any may end a sentence."""


def _cut(string: str) -> _Cut:
    """Cut a string without spaces: no token but an initial hangs on what is beside it."""
    return _as_cut(string, tuple(match.span() for match in _TOKEN.finditer(string)))


_kept = lru_cache(maxsize=50_000)(_cut)
"""The same for strings that come again and again."""


def _as_cut(string: str, spans: tuple[tuple[int, int], ...]) -> _Cut:
    words = tuple(string[first:last] for first, last in spans)
    may_end = any(word[-1] in _FINAL or word[0] in MARKS for word in words)
    tags = [_plain_tag(word) for word in words]
    for i, word in enumerate(words[1:]):
        if spans[i][1] == spans[i + 1][0] and words[i].isupper() and word[0].isupper():
            tags[i] = "-"  # a credit with a name glued to it
    return _Cut(spans, words, tuple(map(_lower, words)), tuple(tags), may_end)


def _lower(word: str) -> str:
    return word.lower().replace("’", "'")


def _is_title(text: str, passage: Passage, starts: list[int], ends: list[int]) -> bool:
    """Say whether a passage is the title of a work or a programme: title case, where a noun would stand.

    ``starts`` and ``ends`` are those of the tokens before it.
    """
    at = len(starts)
    words = _WORDS.findall(text, passage.start, passage.end)
    if not words or at == 0 or passage.nested:
        return False
    if not all(word[0].isupper() or word[0].isdigit() or word in _SMALL for word in words):
        return False
    before = text[starts[at - 1] : ends[at - 1]].lower()
    if before[-1] == "." and last_inside(text[passage.start : passage.end]) in ".?!,":
        return False  # in St. Louis, Mo. “None.”
    if before == "," and at > 1:
        return text[starts[at - 2] : ends[at - 2]].lower() in terms("works")
    if len(words) > _LONGEST_TITLE:
        return before in terms("works")
    tag = function_words().get(before)
    if tag is None:
        verb = lemma_of(before)
        last = last_inside(text[passage.start : passage.end])
        if verb and len(words) > 1 and (verb[0] == "tell" or (verb[0] in _MAKING and last not in ".?!,")):
            return True  # told “Fox and Friends”, wrote “The Salt Road”
        return (before[0].isalpha() and not (verb and verb[1].isupper())) or before in ("’s", "'s")
    return tag in "DICSZ"


def _sentences(
    text: str, words: list[str], passages: dict[int, Passage], stops: list[int]
) -> list[tuple[int, int]]:
    """Return the ranges of the sentences; a passage that ends like one ends it, where a capital follows.

    ``stops`` are the words that may end one.
    """
    ranges = []
    first = 0
    count = len(words)
    for i in [*stops, count]:
        while i - first > _LONGEST_SENTENCE:
            ranges.append((first, first + _LONGEST_SENTENCE + 1))
            first += _LONGEST_SENTENCE + 1
        if i == count:
            break
        word = words[i]
        passage = passages.get(i)
        if passage:
            ends = last_inside(text[passage.start : passage.end]) in _FINAL or not passage.closed
        else:
            ends = word in (".", "?", "!") or (word in ("…", "...") and i + 1 < count)
            if word[-1] in _FINAL or (word[0] in MARKS and len(word) > 2):
                ends = ends or (i + 1 in passages and _ends_before(text, word, passages[i + 1]))
        if ends and i + 1 < count:
            following = words[i + 1]
            ends = i + 1 in passages or following[:1].isupper() or following[:1].isdigit()
            if passage and not ends and following in (".", "?", "!"):
                continue
        if (ends and i + 1 < count) or i - first >= _LONGEST_SENTENCE:
            ranges.append((first, i + 1))
            first = i + 1
    if first < count:
        ranges.append((first, count))
    return ranges


def last_inside(quoted: str) -> str:
    """Return the last character before the closing marks of a quotation; an empty string if there is none."""
    return quoted.rstrip("\"'”’»“ ")[-1:]


def _ends_before(text: str, word: str, passage: Passage) -> bool:
    """Say whether an abbreviation or a title ends its sentence where whole sentences are quoted behind it."""
    words = _WORDS.search(text, passage.start, passage.end)
    whole = last_inside(text[passage.start : passage.end]) in _FINAL or not passage.closed
    return whole and last_inside(word) in _FINAL and words is not None and words[0][0].isupper()


def _tag(tags: list[str], words: list[str], lower: list[str], firsts: set[int], vocabulary: Vocabulary) -> None:
    """Give each word its tag; ``tags`` are those that the words have by themselves."""
    functions, bodies = function_words(), terms("organization_words")
    headline, joined = _is_headline(words, functions), vocabulary.words.joined
    for i, plain in enumerate(tags):
        if plain:
            continue
        word, low = words[i], lower[i]
        known = functions.get(low)
        following = words[i + 1] if i + 1 < len(words) else ""
        named = following[:1].isupper() and (
            following.lower() not in functions or following in NEGATING or (word, following) in joined
        )
        if headline and not known and (tag := _in_headline(low, vocabulary.lower)):
            tags[i] = tag
        elif (
            known
            and known in "ZO"
            and word in pairs("given_names")
            and (named or (known == "Z" and is_named(words, i + 1)))
        ):
            tags[i] = "M"  # Jan Kowalski, Will Jones, Jan de Vries
        elif known and names_at(words, lower, i, vocabulary.words):
            tags[i] = "M"  # June Carter, Ms. Long
        elif known and (i in firsts or known in "ZDP" or not word.isupper() or len(word) < 2):
            tags[i] = known
        elif i in firsts and named:
            tags[i] = opener(word, following, words[i + 2] if i + 2 < len(words) else "", vocabulary) or "M"
        elif i not in firsts:
            tags[i] = "M"
        else:
            tags[i] = "M" if word in bodies else _at_start(word, following, vocabulary)
    _disambiguate(tags, lower)
    join_particles(tags, words, lower)


def _plain_tag(word: str) -> str:
    """Return the tag of a token that has one by itself: an empty one where it begins with a capital."""
    if not word:
        return "Q"
    head = word[0]
    if head.isupper():
        return ""
    if head in MARKS and len(word) > 2:  # the title of a work, marks and all
        return "N"
    low = word.lower().replace("’", "'")
    known = function_words().get(low)
    if known:
        return known
    if "-" in low and word.rpartition("-")[2][:1].isupper() and low.partition("-")[0] in terms("particles"):
        return "M"  # al-Rashid
    if head.isalpha():
        verb = lemma_of(low)
        adverb = low.endswith("ly") and low not in terms("ly_words")  # the family
        return verb[1] if verb else "R" if adverb else "N"
    if head.isdigit() or head in "$£€":
        return "#"
    if head in "@#":
        return "M"
    return _PUNCTUATION.get(word, "-" if word[:2] in ("..", "--") or word in MARKS else "N")


def _is_headline(words: list[str], functions: dict[str, str]) -> bool:
    """Say whether all words of a line begin with a capital, but for the small ones."""
    capitals = 0
    for word in words:
        if word[:1].islower() and word not in functions:
            return False
        capitals += word[:1].isupper() and word.lower() not in functions
    return capitals >= _FEWEST_CAPITALS


def _in_headline(low: str, common: frozenset[str]) -> str | None:
    """Return the tag of a word that has its capital from its headline only; None where it may be a name."""
    verb = lemma_of(low)
    if verb and (verb[1] == "V" or (verb[0] in cue_verbs() and (verb[1] in "vE" or low in common))):
        return verb[1].upper()
    return (verb[1] if verb else "R" if low.endswith("ly") else "N") if low in common else None


def _at_start(word: str, following: str, vocabulary: Vocabulary) -> str:
    """Return the tag of a capitalised word at a sentence's start, with no capital behind it."""
    low = _lower(word)
    verb = lemma_of(low)
    if verb and verb[0] not in verb_forms() and verb[0] not in cue_verbs():
        verb = None  # Boeing is no participle
    if verb and verb[1] in "GE":
        return verb[1]
    if low.endswith("ly"):
        said = lemma_of(following)
        return "M" if said and said[1] in "EV" and low not in vocabulary.lower else "R"  # Kelly said
    singular = low.removesuffix("s")
    known = verb or low in vocabulary.lower or any(singular in terms(n) or low in terms(n) for n in _NOUN_LISTS)
    return "N" if known or (is_ordinary(low) and word not in vocabulary.names) else "M"


def _disambiguate(tags: list[str], lower: list[str]) -> None:
    """Settle the forms that are more often no verb, and the verbs that stand where none can."""
    count = len(tags)
    for i, (tag, word) in enumerate(zip(tags, lower, strict=True)):
        if tag not in _UNSETTLED and word not in _TURNING:
            continue
        before = tags[i - 1] if i else "."
        after = tags[i + 1] if i + 1 < count else "."
        if tag in "vbeg":
            if before == "R" and i > 1:
                before = tags[i - 2]
            plural = before == "N" and lower[i - 1].endswith("s")
            particle = after in "IR" and lower[i + 1] in _PARTICLES
            verb = (
                _is_verb(tag, before, after, plural=plural, particle=particle)
                or (after in "IRN" and before in "NMPK" and _is_phrasal(lower[i], lower[i + 1]))
                or (
                    tag in "vb"
                    and (after in ",.-" or (after in "RIZ" and tag == "v" and before == "M"))
                    and before in "NM"
                    and _tags_a_passage(tags, i)
                )
            )
            tags[i] = tag.upper() if verb else "N"
        elif tag == "E" and after in "Q,HPT:" and before == "D" and lower[i - 1] in _STANDING_ALONE:
            pass  # another said
        elif (
            (tag in "BVE" and before in "DS")
            or (tag == "V" and before == "I")
            or (tag == "B" and after in "NMb" and (before == "Q" or tags[i - 2 : i] == ["Q", ","]))
            or (tag == "B" and before in "VE" and after in "NMb" and _says(lower[i - 1]))  # said lead author
            or (tag == "B" and before in "MN" and not lower[i - 1].endswith("s") and lower[i - 1] not in _PLURALS)
        ):
            tags[i] = "N"
        elif (
            tag == "V"
            and before == "C"
            and tags[i - 2] == "N"
            and lower[i].endswith("s")
            and lower[i - 2].endswith("s")
        ):
            tags[i] = "N"  # speeches and sneers
        elif lower[i] == "that" and (
            after in "XOV,."
            or (after == "B" and before == "N" and lower[i - 1].endswith("s"))
            or (after == "E" and before == "N" and _says(lower[i + 1]))
        ):
            tags[i] = "K" if before in "NM," else "P"
        elif lower[i] == "once" and after in "VE":
            tags[i] = "R"  # "once said"
        elif lower[i] == "since" and before == "X":
            tags[i] = "R"  # "has since said"
        elif lower[i] == "'s" and (before == "P" or lower[i - 1] in _CONTRACTED):
            tags[i] = "X"  # he's, who's, that's
        elif lower[i] in _NIGHTS and before == "Z":
            tags[i] = "Z"
        elif lower[i] == "it" and after in ",.;:H-":
            tags[i] = "U"
        elif tag == "T" and after not in "BXRb":
            tags[i] = "I"  # "referred to the bill"
        elif lower[i] == "her" and after in ",.HTCIDR":
            tags[i] = "U"


def _is_phrasal(word: str, particle: str) -> bool:
    verb = lemma_of(word)
    return verb is not None and f"{verb[0]} {particle}" in terms("phrasal_cues")


def _says(word: str) -> bool:
    """Say whether a word is a form of a verb of saying."""
    verb = lemma_of(word)
    return verb is not None and "say" in cue_verbs().get(verb[0], ())


def _tags_a_passage(tags: list[str], verb: int) -> bool:
    """Say whether a verb's subject follows a quoted passage right away (``“…,” the document states``)."""
    at = verb - 1
    while at > 0 and tags[at] in "DNMS#" and verb - at < 8:
        at -= 1
    return tags[at] == "Q" or (tags[at] == "," and tags[at - 1] == "Q")


def _is_verb(tag: str, before: str, after: str, *, plural: bool, particle: bool) -> bool:
    """Say whether a form that is more often no verb is one between these neighbours."""
    if before in "PTO":
        return True
    if tag == "v" and before == "C":
        return after == "H"
    if tag == "v":
        return before in "MNK" and (after in ("HQPKT" if before == "N" else "DPHTQKMU") or particle)
    if tag == "b":
        return after in "DPHTQ" and (before == "K" or plural)
    return before == "X" or (tag == "g" and before in ",-" and after in "DPUMHQT")
