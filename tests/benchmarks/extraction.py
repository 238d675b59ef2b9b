"""How fast the extraction reads, beside textacy; whether its time and memory grow with the text and no faster.

    python tests/benchmarks/extraction.py ARTICLES.jsonl.gz

prints ratios. For textacy, install ``textacy`` and a model of spaCy beside this package (``--model``, by default
``en_core_web_sm``). textacy reads paragraph by paragraph here: given whole, a mark too many stops it.
"""

import argparse
import gzip
import importlib
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from quotes.extraction import extract

SHAPES: dict[str, Callable[[int], str]] = {
    "one line": lambda n: "Rosa Velin said the ferry was late, and “the board” knew. " * (n // 57),
    "opening marks": lambda n: "“" * n,
    "nested brackets": lambda n: "(" * (n // 2) + "the ferry" + ")" * (n // 2),
    "unclosed paragraphs": lambda n: "“The ferry was late, and nobody said why.\n\n" * (n // 43),
    "commas": lambda n: "the ferry, " * (n // 11) + "said Rosa Velin.",
    "names": lambda n: "Rosa Velin and " * (n // 15) + "Otto Brandvik said so.",
    "relative clauses": lambda n: "the pilot who said " * (n // 19) + "so.",
}


def seconds(read: Callable[[str], object], texts: Iterable[str]) -> float:
    """Return the processor time that reading takes."""
    began = time.process_time()
    for text in texts:
        read(text)
    return time.process_time() - began


def texts_of(path: Path) -> Iterator[str]:
    """Yield the articles' texts."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"]


def beside_textacy(path: Path, model: str, limit: int) -> None:
    """Print the words that both read in a second, and the ratio."""
    texts = [text for text, _ in zip(texts_of(path), range(limit), strict=False)]
    words = sum(len(text.split()) for text in texts)
    extract(texts[0])  # the word lists are read once
    ours = words / min(seconds(extract, texts) for _ in range(3))
    print(f"quotes: {ours:,.0f} words a second over {len(texts)} articles")
    try:
        nlp = importlib.import_module("spacy").load(model)
        direct_quotations = importlib.import_module("textacy.extract").direct_quotations
    except (ImportError, OSError) as error:
        print(f"textacy: left out ({error})")
        return

    def read(text: str) -> None:
        for paragraph in filter(None, map(str.strip, text.split("\n"))):
            with suppress(ValueError):  # a mark without its fellow
                list(direct_quotations(nlp(paragraph)))

    read(texts[0])
    theirs = words / seconds(read, texts)
    print(f"textacy with {model}: {theirs:,.0f} words a second; quotes reads {ours / theirs:.0f} times as fast")


def memory(path: Path) -> None:
    """Print the most memory that reading the corpus once and ten times over takes."""
    peaks = []
    for times in (1, 10):
        done = subprocess.run(
            [sys.executable, __file__, str(path), "--read", str(times)], capture_output=True, text=True, check=True
        )
        peaks.append(int(done.stdout))
    print(f"memory: {peaks[0]:,} KB over the corpus once, {peaks[1] / peaks[0]:.2f} times that over it ten times")


def growth(size: int) -> None:
    """Print the time of each shape at a size and at twice that, and the ratio."""
    for name, shape in SHAPES.items():
        once, twice = (seconds(extract, [shape(n)]) for n in (size, 2 * size))
        print(f"{name}: {once:.2f} s for {size:,} characters, {twice / once:.1f} times that for twice as many")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--model", default="en_core_web_sm")
    parser.add_argument("--limit", type=int, default=84, help="so many articles for the comparison")
    parser.add_argument("--size", type=int, default=500_000, help="of the shapes, in characters")
    parser.add_argument("--read", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.read:
        for _ in range(options.read):
            for text in texts_of(options.articles):
                extract(text)
        status = Path("/proc/self/status").read_text()  # a child's getrusage begins with its parent's peak
        print(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))
        return
    beside_textacy(options.articles, options.model, options.limit)
    memory(options.articles)
    growth(options.size)


if __name__ == "__main__":
    main()
