"""The word lists: data with a stated origin, sorted, without duplicates, and none that nothing reads."""

import ast
from pathlib import Path

import pytest

import quotes.extraction
from quotes.extraction.cues import find_cues
from quotes.extraction.tokens import lemma_of
from quotes.extraction.words import abbreviations, cue_verbs, function_words, pairs, terms, verb_forms

CODE = Path(quotes.extraction.__file__).parent
FILES = sorted(path for path in (CODE / "words").iterdir() if path.suffix in {".txt", ".tsv"})


def split(path: Path) -> tuple[list[str], list[str]]:
    """The comment lines of a file, and the others."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.startswith("#")], [line for line in lines if not line.startswith("#")]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
class TestFile:
    def test_the_head_states_the_origin(self, path):
        head, _ = split(path)
        lines = path.read_text(encoding="utf-8").splitlines()
        assert head
        assert lines[: len(head)] == head, "comments stand at the head"
        origin = " ".join(line.removeprefix("#").strip() for line in head)
        assert any(words in origin for words in ("Compiled for this project", "From the ", "fitted to"))

    def test_one_term_a_line(self, path):
        _, lines = split(path)
        assert lines
        assert all(line == line.strip() and line for line in lines)
        if path.suffix == ".txt":
            assert not any("\t" in line for line in lines)
        else:
            assert len({line.count("\t") for line in lines}) == 1
            assert all(all(line.split("\t")) for line in lines)

    def test_no_term_twice(self, path):
        keys = [line.split("\t")[0] for line in split(path)[1]]
        assert len(keys) == len(set(keys)), sorted({key for key in keys if keys.count(key) > 1})

    def test_sorted(self, path):
        keys = [line.split("\t")[0] for line in split(path)[1] if line.split("\t")[0] != "bias"]
        assert keys == sorted(keys)

    def test_some_module_names_it(self, path):
        # Whole strings only: a mention in a comment or a docstring is no use.
        strings = {
            node.value
            for module in CODE.parent.rglob("*.py")
            for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
        assert path.stem in strings or path.name in strings


def test_each_reader_reads_its_list():
    assert verb_forms()["said"] == ("say", "E")
    assert function_words()["because"] == "Y"
    assert "Gen" in abbreviations()
    assert cue_verbs()["criticize"] == {"as", "name"}
    assert "spokesman" in terms("role_nouns")
    assert pairs("media")["tweeted"] == "tweet"


def test_a_longer_abbreviation_is_tried_before_its_beginning():
    lengths = [len(word) for word in abbreviations()]
    assert lengths == sorted(lengths, reverse=True)


PAST = {"blog": "blogged"}


@pytest.mark.parametrize("verb", sorted(set(cue_verbs()) - {lemma for lemma, _ in verb_forms().values()}))
def test_a_cue_verb_in_no_list_of_verbs_is_found_by_its_past_form(verb):
    form = PAST.get(verb, verb.removesuffix("e") + "ed")
    found = lemma_of(form)
    assert found is not None
    assert found[0] == verb


@pytest.mark.parametrize("form", ["criticised", "criticized"])
def test_british_spelling_finds_the_same_cue(cut, form):
    tokens = cut(f"Rosa Velin {form} the plan.")
    assert [cue.lemma for cue in find_cues(tokens, 0, len(tokens.tags))] == ["criticize"]
