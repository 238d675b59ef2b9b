"""What somebody types into a search, as an FTS5 query: whatever it is, SQLite accepts what comes out.

All the words have to be there, in any form and with or without accents. Besides::

    "climate of fear"     the words together; curly marks do as well, and the last may be missing
    resettl*              words that begin so, in any form
    border OR frontier    one of the two; AND is the same as nothing between them
    refugees NOT camps    without the word; so does refugees -camps
    a NEAR/5 b            at most so many words between them: NEAR(a b, 5); NEAR alone is ten
    (a OR b) c            what belongs together

Operators are in capitals. One that has nothing to work on is a word like any other, a bracket that has no
partner is nothing.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product, takewhile

from quotes.text import fold

NEAR_WORDS = 10
FARTHEST = 1_000
DEEPEST = 16
"""Brackets within so many others are left out: SQLite's parser has an end."""
MOST_TERMS = 300
"""Words after so many are left out, lest a search of a whole book take forever."""

_PIECE = re.compile(
    r"""
    (?P<near>NEAR\()
    | (?P<less>[-−](?=\())?+(?P<bracket>[()])
    | ,\s*+(?P<distance>\d++)\s*+(?=\))
    | (?P<minus>[-−](?=["“”„\w]))?+
      (?: ["“”„](?P<phrase>[^"“”„]*)["“”„]?+ | (?P<word>(?: (?! ,\s*+\d++\s*+\) ) [^\s"“”„()] )+) )
    """,
    re.VERBOSE,
)
_NEAR = re.compile(r"NEAR(?:/(\d+))?")
_LETTER = re.compile(r"[^\W_]")
_GENITIVE = re.compile(r"(?<=\w)['’]s?$")

# What the stemmer (Porter's, https://tartarus.org/martin/PorterStemmer/) takes off words, one after the other.
_ENDINGS = re.compile(
    "(?:"
    + "|".join(
        """abil able abl al ance anc ant at ate ation ator ed el ement ence enc ent er es ful i ible ibil ic icate
ing ion ism it ive iv ize iz izer l ly ment ness ou ous s ti y""".split()
    )
    + ")*$"
)
_CHANGED = re.compile(r"(?:[eiysu]|ed|ing|al|ful|ll|ic|e[rn]|or|[ae]nt|ion|ism)$")
"""With these at its end, the beginning of a word is not what its stem begins with, or may not be."""
_SHORTEST = 3
"""What is shorter is left of all words that begin so."""
_NOTHING = '""'
MOST_WORDS = 60
"""Of a beginning that more words have, those of each next letter are looked for by themselves."""
MOST_PAIRS = 400

Vocabulary = Callable[[str], Sequence[str]]
"""The words of all quotes that begin with some letters, folded."""


@dataclass(frozen=True)
class Query:
    """A search: what SQLite is asked, and the words and phrases that are looked for."""

    fts: str
    """An FTS5 expression that SQLite accepts."""
    terms: tuple[str, ...]
    """FTS5 expressions of the words and phrases, those after NOT apart; none where nothing can be found."""


@dataclass(frozen=True)
class _Node:
    """A part of the query."""

    fts: str
    terms: tuple[str, ...]
    alone: tuple[str, ...] = ()
    """The words themselves, or all that they may be, for one that may stand in NEAR."""


@dataclass(frozen=True)
class _Piece:
    """A word, a phrase, a bracket, or an operator if that is what it turns out to be."""

    text: str
    kind: str
    minus: bool = False


def parse(text: str, vocabulary: Vocabulary) -> Query:
    """Return the query that a text means in an archive of some words."""
    found = _Parser(_pieces(storable(text)), vocabulary).alternatives(0)
    return Query(found.fts, found.terms) if found else Query(_NOTHING, ())


def storable(text: str) -> str:
    """Return a text as SQLite takes it: without halves of surrogate pairs, and without NUL."""
    return text.encode("utf-8", "replace").decode().replace("\0", " ")


def _pieces(text: str) -> list[_Piece]:
    """Return what a text consists of; a phrase or word without any letter or digit is nothing."""
    found = []
    for match in _PIECE.finditer(text):
        kind = match.lastgroup or ""
        if kind in {"near", "bracket"}:
            found.append(_Piece(match[kind], kind, match["less"] is not None))
            continue
        words = match[kind]
        if _LETTER.search(words):
            found.append(_Piece(words, kind, match["minus"] is not None))
    return found[:MOST_TERMS]


class _Parser:
    """Goes through the pieces once."""

    def __init__(self, pieces: Sequence[_Piece], vocabulary: Vocabulary) -> None:
        self.pieces = pieces
        self.vocabulary = vocabulary
        self.at = 0

    def alternatives(self, depth: int) -> _Node | None:
        """Return what is joined by OR, as far as the bracket that closes it, or the end."""
        found = []
        while True:
            if sequence := self.sequence(depth):
                found.append(sequence)
            if self.at < len(self.pieces) and self.pieces[self.at].text == "OR":
                self.at += 1
                continue
            return _joined("OR", found)

    def sequence(self, depth: int) -> _Node | None:
        """Return what has to be there together, less what must not."""
        wanted: list[_Node] = []
        unwanted: list[_Node] = []
        while self.at < len(self.pieces):
            piece = self.pieces[self.at]
            if piece.kind == "bracket" and piece.text == ")":
                if depth:
                    break
                self.at += 1
            elif _is_operator(piece, "OR") and wanted and self._operand_follows():
                break
            elif _is_operator(piece, "AND") and wanted and self._operand_follows():
                self.at += 1
            else:
                without = piece.minus or (_is_operator(piece, "NOT") and self._operand_follows())
                if without and not piece.minus:
                    self.at += 1
                if item := self.item(depth):
                    (unwanted if without else wanted).append(item)
        if not wanted:  # all but a word would be all there is
            wanted, unwanted = unwanted, []
        found = _joined("AND", wanted)
        less = _joined("OR", unwanted)
        return _Node(f"({found.fts} NOT {less.fts})", found.terms) if found and less else found

    def item(self, depth: int) -> _Node | None:
        """Return a word or phrase with what it is near to, or what is in brackets."""
        piece = self.pieces[self.at]
        self.at += 1
        if piece.kind == "near":
            return self.near()
        if piece.kind == "bracket":
            if depth >= DEEPEST:
                return None
            found = self.alternatives(depth + 1)
            self.at += 1  # the bracket that closes, or past the end
            return found
        first = self.term(piece)
        pairs = []
        while self._near_follows():
            if self.pieces[self.at + 1].kind == "bracket":
                pairs.append(self.near_one(first))
                break
            distance = _NEAR.fullmatch(self.pieces[self.at].text)
            other = self.term(self.pieces[self.at + 1])
            pairs.append(_near([first, other], distance and distance[1]))
            first = other
            self.at += 2
        return _joined("AND", pairs) or first

    def near(self) -> _Node | None:
        """Return the words and phrases of ``NEAR(a b, 5)``."""
        inside = self._inside(self.at)
        self.at += len(inside) + 1
        items = [self.term(piece) for piece in inside if piece.kind in {"word", "phrase"}]
        distance = next((piece.text for piece in inside if piece.kind == "distance"), None)
        return _near(items, distance) if items else None

    def near_one(self, first: _Node) -> _Node:
        """Return a word that is near to one of those in the brackets that follow: ``a NEAR/5 (b OR c)``."""
        distance = _NEAR.fullmatch(self.pieces[self.at].text)
        inside = self._inside(self.at + 2)
        self.at += len(inside) + 3
        others = [self.term(piece) for piece in inside if not _is_operator(piece, "OR")]
        return _joined("OR", [_near([first, one], distance and distance[1]) for one in others]) or first

    def _inside(self, start: int) -> list[_Piece]:
        """Return the pieces as far as the bracket that closes, or the end."""
        return [*takewhile(lambda piece: piece.text != ")" or piece.kind != "bracket", self.pieces[start:])]

    def _operand_follows(self) -> bool:
        """Tell whether there is something for an operator to work on."""
        after = self.pieces[self.at + 1 : self.at + 2]
        return bool(after) and after[0].text != ")" and not _is_operator(after[0], "AND", "OR")

    def _near_follows(self) -> bool:
        """Tell whether ``NEAR word`` comes next."""
        pieces = self.pieces[self.at : self.at + 2]
        return (
            len(pieces) == 2
            and pieces[0].kind == "word"
            and _NEAR.fullmatch(pieces[0].text) is not None
            and (
                (pieces[1].kind in {"word", "phrase"} and not _is_operator(pieces[1], "AND", "OR", "NOT"))
                or (pieces[1].text == "(" and self._are_alternatives(self._inside(self.at + 2)))
            )
        )

    def term(self, piece: _Piece) -> _Node:
        """Return a word, a phrase or a prefix as FTS5 has it."""
        words = piece.text
        if piece.kind == "word":
            words = words.rstrip(",;:.!?")
            if words.endswith("*"):
                return self.prefix(words.rstrip("*"))
            words = _GENITIVE.sub("", words)
        whole = f'"{words}"'
        return _Node(whole, (whole,), (whole,))

    def prefix(self, beginning: str) -> _Node:
        """Return what finds the words that begin so."""
        letters = fold(beginning)
        is_word = letters.isascii() and letters.isalpha() and len(letters) == len(beginning) >= _SHORTEST
        terms = [*_beginning(letters, self.vocabulary(letters))] if is_word else [f'"{beginning}"*']
        fts = f"({' OR '.join(terms)})" if len(terms) > 1 else "".join(terms) or _NOTHING
        return _Node(fts, (fts,), tuple(terms) or (_NOTHING,))

    @staticmethod
    def _are_alternatives(pieces: Sequence[_Piece]) -> bool:
        """Tell whether these are words and phrases with OR between them."""
        plain = all(piece.kind in {"word", "phrase"} and not piece.minus for piece in pieces)
        return (
            plain
            and len(pieces) % 2 == 1
            and all(
                _is_operator(piece, "OR") == bool(place % 2) and not _is_operator(piece, "AND", "NOT")
                for place, piece in enumerate(pieces)
            )
        )


def _is_operator(piece: _Piece, *operators: str) -> bool:
    return piece.kind == "word" and piece.text in operators


def _beginning(letters: str, words: Sequence[str]) -> Iterator[str]:
    """Yield what finds all words that begin so, as FTS5 has it; the index has their stems."""
    changed = _CHANGED.search(letters)
    if not changed:
        yield f'"{letters}"*'
        # Of going, go is left, which does not begin as goi does.
        words = [word for word in words if (end := _ENDINGS.search(word)) and end.start() <= len(letters)]
    if not changed or len(words) <= MOST_WORDS:
        yield from (f'"{word}"' for word in words)
        return
    for longer in sorted({word[: len(letters) + 1] for word in words}):
        if longer == letters:  # a word
            yield f'"{letters}"'
        else:
            yield from _beginning(longer, [word for word in words if word.startswith(longer)])


def _near(items: Sequence[_Node], distance: str | None) -> _Node:
    """Return some words and phrases near to each other."""
    words = min(int(distance[:9]), FARTHEST) if distance else NEAR_WORDS
    if len(items) == 1:
        return items[0]
    # NEAR takes no alternatives: of too many pairs, only those of the first words are looked for.
    chosen = islice(product(*(item.alone for item in items)), MOST_PAIRS)
    each = [_Node(f"NEAR({' '.join(one)}, {words})", one) for one in chosen]
    return _joined("OR", each) or items[0]


def _joined(operator: str, nodes: Sequence[_Node]) -> _Node | None:
    """Return some parts joined by an operator; None of none."""
    if len(nodes) < 2:
        return nodes[0] if nodes else None
    terms = dict.fromkeys(term for node in nodes for term in node.terms)
    return _Node(f"({f' {operator} '.join(node.fts for node in nodes)})", tuple(terms))
