"""The plain words of an article answer as spaCy's own do."""

import gc
import weakref

import pytest

from tests.nlp.reading import cast, reader
from workbench.core.annotation import Document
from workbench.nlp import tree

_TEXT = (
    "ATHENS, April 27 - Greece, Italy and Spain could not rule out sending 1,500 troops “within weeks”, he said.\n\n"
    "Kyiv’s allies met in Paris on Monday: “We will help,” the minister who had flown in told reporters.\n"
)
_VALUES = (
    "text", "lower_", "lemma_", "pos_", "tag_", "dep_", "i", "idx", "whitespace_", "ent_type_", "shape_",
    "is_space", "is_upper", "is_punct", "is_quote",
)  # fmt: skip
_WORDS = ("head", "left_edge", "right_edge")
_SEVERAL = ("children", "lefts", "rights", "subtree", "ancestors", "conjuncts")


@pytest.fixture(scope="module")
def words() -> tree.Doc:
    return cast(_TEXT).doc


def test_words_have_the_attributes_and_relations_of_spacy(words: tree.Doc) -> None:
    for ours, theirs in zip(words, words.parsed, strict=True):
        assert [getattr(ours, name) for name in _VALUES] == [getattr(theirs, name) for name in _VALUES]
        assert [getattr(ours, name).i for name in _WORDS] == [getattr(theirs, name).i for name in _WORDS]
        for name in _SEVERAL:
            assert [each.i for each in getattr(ours, name)] == [each.i for each in getattr(theirs, name)], name
        assert (ours.sent.start, ours.sent.end) == (theirs.sent.start, theirs.sent.end)


def test_stretches_have_the_text_and_the_root_of_spacy(words: tree.Doc) -> None:
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            ours, theirs = words[start:end], words.parsed[start:end]
            assert (ours.text, ours.root.i) == (theirs.text, theirs.root.i)
            assert (ours.start_char, ours.end_char) == (theirs.start_char, theirs.end_char)


def test_a_stretch_of_the_text_covers_the_words_that_it_touches(words: tree.Doc) -> None:
    for start in range(len(_TEXT)):
        ours = words.covering(start, start + 1)
        theirs = words.parsed.char_span(start, start + 1, alignment_mode="expand")
        assert (ours.start, ours.end) == (theirs.start, theirs.end)


def test_streaming_keeps_no_words(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[weakref.ref[tree.Doc]] = []
    plain = tree.Doc.__init__

    def noted(self: tree.Doc, parsed: object) -> None:
        made.append(weakref.ref(self))
        plain(self, parsed)

    monkeypatch.setattr(tree.Doc, "__init__", noted)
    gc.disable()
    try:
        list(reader().suggest([Document(_TEXT)]))
        assert made
        assert made[0]() is None
    finally:
        gc.enable()
