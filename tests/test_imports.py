"""Imports go downward only, and every module has its place."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import quotes

PACKAGE = Path(__file__).parents[1] / "quotes"

# Each module, or package of modules, may import from the lines below its own.
LAYERS = (
    "__main__",
    "cli pytest_plugin",
    "training mistakes pages carrying",
    "seeds export evaluation importing browsing",
    "loading gold annotated",
    "storing decisions querying",
    "database",  # hands out a repository; the repository needs a session only
    "repository",
    "reviewing variants",
    "undoing",
    "searching counting",
    "hits",
    "choosing",
    "fetching judgements duplicates tenures filtering",
    "lookup",
    "citron ownjson standoff",
    "drafts",
    "located brat wordgroups",
    "identity",
    "resolution clustering readers selection merging segments",
    "wording",
    "records search query models reading arguments transactions capacities person_names",
    "extraction",
    "text questions",
    "errors",
)
LEVEL = {name: level for level, line in enumerate(LAYERS) for name in line.split()}


def home(module: str) -> str:
    """Return the part of ``quotes.extraction.names`` that has a place: ``extraction``."""
    return module.split(".")[1]


def modules() -> list[str]:
    found = sorted(path.relative_to(PACKAGE.parent).with_suffix("").parts for path in PACKAGE.rglob("*.py"))
    return [".".join(part for part in parts if part != "__init__") for parts in found]


def imported(module: str) -> Iterator[str]:
    """Yield the modules of ours that a module imports, also inside its functions."""
    path = PACKAGE.parent.joinpath(*module.split("."))
    source = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("quotes."):
            yield node.module
        elif isinstance(node, ast.ImportFrom) and node.module == "quotes":
            yield from (f"quotes.{alias.name}" for alias in node.names if alias.name in LEVEL)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("quotes."))


@pytest.mark.parametrize("module", [module for module in modules() if module != "quotes"])
def test_imports_go_down(module: str) -> None:
    assert home(module) in LEVEL, f"give {module} a place in LAYERS"
    for other in imported(module):
        within = home(other) == home(module)
        assert within or LEVEL[home(other)] > LEVEL[home(module)], f"{module} imports {other}, which is above it"


@pytest.mark.parametrize("name", quotes.__all__)
def test_what_is_promised_is_there(name: str) -> None:
    assert getattr(quotes, name).__name__ == name
    assert name in dir(quotes)


def test_the_test_would_see_an_arrow_that_goes_up() -> None:
    assert "quotes.repository" in set(imported("quotes.database"))
    assert LEVEL["repository"] > LEVEL["database"]
    assert any(other.startswith("quotes.") for other in imported("quotes.cli.reading"))
