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

_SPACES = re.compile(r"[ \t\r\f\v\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_NOTHING = re.compile("[\u00ad\u200b\u2060\ufeff\0]")
"""What only says where a line may or may not break: a soft hyphen would part the word that it is in."""
_PARTED = re.compile(r"\n\s*\n")
_LATIN = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
"""Old pages write ``&#147;`` for a quotation mark, and browsers show one."""


class Paragraphs:
    """Collects the text of a document from its tags and words, in order."""

    def __init__(self) -> None:
        self._done: list[str] = []
        self._pieces: list[str] = []
        self._quotations: list[tuple[list[str], int]] = []
        self._hidden: list[str] = []
        self._kept = 0  # how many elements are open in which line breaks stay as they are

    def start(self, tag: str) -> None:
        """Take the beginning of an element."""
        if self._hidden or tag in _HIDDEN:
            if tag not in _VOID:
                self._hidden.append(tag)
        elif tag in _BREAKS:
            self._pieces.append("\n")
        elif tag in _BLOCKS:
            self._end_paragraph()
            self._kept += tag == "pre"
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

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 — as the parser calls it
        self.paragraphs.start(tag)

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
