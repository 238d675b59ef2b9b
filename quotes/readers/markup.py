"""Markup becomes text: paragraphs with a blank line between them, and the marks that a browser would show."""

import re
from html.parser import HTMLParser

_BLOCKS = frozenset(
    "address article blockquote body caption cell dd div dl dt fieldset footer h1 h2 h3 h4 h5 h6 head header hl1 "
    "hl2 hr item li list main ol p pre quote row section table tbody td tfoot th thead tr ul".split()
)
_BREAKS = frozenset(("br", "lb"))
_HIDDEN = frozenset(
    "aside button canvas figcaption figure form iframe math nav noscript object script select style svg template "
    "textarea title video audio".split()
)
_VOID = frozenset("area base br col embed graphic hr img input lb link meta source track wbr".split())
MARKS = (("“", "”"), ("‘", "’"))
OPENING = ("“", '"', "‘", "'", "«", "„", "‹", "”")

_NOTE = re.compile(r"\[[^\[\]]*\]|[*†‡§¶]+")
_LINKED_NOTE = re.compile(r"[\d,–-]+|[a-z]|[ivx]+")
NOTE_LINK = re.compile(r"#_?(?:fn|ftn|cite_|note|footnote|endnote)", re.IGNORECASE)
"""How the address begins to which the mark of a note leads."""
LONGEST_MARK = 7
"""Code points of a link to a note that may be its mark; a longer one is words."""
_UNITS = frozenset("inch inches foot feet mile miles metre metres meter meters yard yards".split())
_WORD = re.compile(r"([^\W\d_]+)\W*\Z|[.,;:!?…”’»\"]\s*\Z")
_RAISED = str.maketrans("0123456789+-−=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾")
_SPACES = re.compile(r"[ \t\r\f\v\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_NOTHING = re.compile("[\u00ad\u200b\u2060\ufeff\0]")
"""What only says where a line may or may not break: a soft hyphen would part the word that it is in."""
_PARTED = re.compile(r"\n\s*\n")
_LATIN = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
"""Old pages write ``&#147;`` for a quotation mark, and browsers show one."""


def superscript(words: str, before: str, *, linked: bool) -> str:
    """Return what stands for raised words: nothing for the mark of a note, raised figures, or these words.

    ``before`` is what they are raised behind. A figure that is a link, or stands behind a sentence or a word that
    is no unit of measurement, is a note's: ``river¹`` is not a power, ``km²`` and ``10⁶`` are.
    """
    bare = "".join(words.split())
    if not bare or _NOTE.fullmatch(bare) or (linked and _LINKED_NOTE.fullmatch(bare)):
        return ""
    if bare.translate(_RAISED) == bare or not any(character.isdigit() for character in bare):
        return words
    word = _WORD.search(before)
    if bare.isdecimal() and word and (word[1] is None or (len(word[1]) > 3 and word[1].casefold() not in _UNITS)):
        return ""
    return words.translate(_RAISED) if set(bare) <= set("0123456789+-−=()") else words


class Paragraphs:
    """Collects the text of a document from its tags and words, in order."""

    def __init__(self) -> None:
        self._done: list[str] = []
        self._pieces: list[str] = []
        self._quotations: list[tuple[list[str], int]] = []
        self._hidden: list[str] = []
        self._raised: list[tuple[list[str], int, bool]] = []
        self._links: list[tuple[list[str], int, bool]] = []
        self._kept = 0  # how many elements are open in which line breaks stay as they are

    def start(self, tag: str, *, note: bool = False) -> None:
        """Take the beginning of an element, which may be a link to a ``note``."""
        if self._hidden or tag in _HIDDEN:
            if tag not in _VOID:
                self._hidden.append(tag)
        elif tag in _BREAKS:
            self._pieces.append("\n")
        elif tag in _BLOCKS:
            self._end_paragraph()
            self._kept += tag == "pre"
        elif tag == "sup":
            self._raised.append((self._pieces, len(self._pieces), False))
        elif tag == "a":
            self._links.append((self._pieces, len(self._pieces), note))
            self._raised = [(*raised[:2], True) for raised in self._raised]
        elif tag == "q":
            self._quotations.append((self._pieces, len(self._pieces)))
            self._pieces.append(MARKS[(len(self._quotations) - 1) % 2][0])

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        if self._hidden:
            if tag in self._hidden:
                while self._hidden.pop() != tag:
                    pass
        elif tag in _BLOCKS:
            self._end_paragraph()
            self._kept -= tag == "pre" and self._kept > 0
        elif tag == "a" and self._links:
            pieces, place, note = self._links.pop()
            if note and pieces is self._pieces and len("".join(pieces[place:]).strip()) <= LONGEST_MARK:
                del pieces[place:]
        elif tag == "sup" and self._raised:
            pieces, place, linked = self._raised.pop()
            if pieces is self._pieces:
                pieces[place:] = [superscript("".join(pieces[place:]), "".join(pieces[:place]), linked=linked)]
        elif tag == "q" and self._quotations:
            pieces, place = self._quotations.pop()
            within = "".join(pieces[place + 1 :]).strip()
            if within.startswith(OPENING) or not within:
                pieces[place] = ""  # whoever wrote it wrote the marks too
            else:
                self._pieces.append(MARKS[len(self._quotations) % 2][1])

    def words(self, words: str) -> None:
        """Take what stands between tags."""
        if not self._hidden:
            self._pieces.append(words if self._kept else words.replace("\n", " "))

    def text(self) -> str:
        """Return what was collected."""
        self._end_paragraph()
        return "\n\n".join(self._done)

    def _end_paragraph(self) -> None:
        whole = _NOTHING.sub("", _SPACES.sub(" ", "".join(self._pieces))).translate(_LATIN)
        for part in _PARTED.split(whole):
            lines = (line.strip() for line in part.split("\n"))
            if paragraph := "\n".join(filter(None, lines)):
                self._done.append(paragraph)
        self._pieces = []


class _Fragment(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.paragraphs = Paragraphs()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        note = tag == "a" and any(name == "href" and NOTE_LINK.match(value or "") for name, value in attrs)
        self.paragraphs.start(tag, note=note)

    def handle_endtag(self, tag: str) -> None:
        self.paragraphs.end(tag)

    def handle_data(self, data: str) -> None:
        self.paragraphs.words(data)


def text_of_fragment(markup: str) -> str:
    """Return the text of HTML that has an article and nothing else, as a body of ninjs has it."""
    parser = _Fragment()
    parser.feed(markup)
    parser.close()
    return parser.paragraphs.text()
