"""The model's own table of attributes (part of speech, lemma), asked once for each kind of word rather than each word.

spaCy's ruler matches all of its patterns at every word, which takes an eighth of the bare pipeline's time. Nearly all
of them look at one word's tag, relation and spelling only, so that their answer is the same wherever these are.
"""

from collections import defaultdict
from collections.abc import Iterable
from itertools import chain
from typing import Any, Final

import numpy
from spacy.attrs import DEP, IS_SPACE, LEMMA, LOWER, MORPH, POS, TAG
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

_SEEN: Final = (TAG, LOWER, DEP, IS_SPACE)
_NAMES: Final = {"TAG", "LOWER", "DEP", "IS_SPACE"}
_SET: Final = (TAG, POS, MORPH, LEMMA, DEP)


@Language.factory("workbench_attributes")  # type: ignore[untyped-decorator]
def attribute_table(nlp: Language, name: str) -> "AttributeTable":
    """Build an empty table; ``hasten``, or a saved pipeline, fills it."""
    return AttributeTable(nlp.vocab, name)


def hasten(nlp: Language) -> None:
    """Put the table in the place of spaCy's ruler, unless it sets what the table does not know."""
    if "attribute_ruler" not in nlp.pipe_names:
        return
    ruler: Any = nlp.get_pipe("attribute_ruler")
    if type(ruler) is AttributeRuler and all(each.keys() <= set(_SET) for each in ruler.attrs):
        nlp.replace_pipe("attribute_ruler", "workbench_attributes").add_patterns(ruler.patterns)


class AttributeTable(AttributeRuler):  # type: ignore[misc]
    """Does what spaCy's ruler does, remembering what its plain patterns said."""

    def __init__(self, vocab: Any, name: str) -> None:
        super().__init__(vocab, name)
        self.clear()

    def clear(self) -> None:
        """Reset all patterns."""
        super().clear()
        self._plain, self._others = Matcher(self.vocab), Matcher(self.vocab)
        self._spellings: set[int] = set()
        self._answers: dict[tuple[int, ...], tuple[int, ...]] = {}
        self._merged: dict[tuple[int, ...], dict[int, int]] = {}

    def add(self, patterns: Iterable[list[dict[str, Any]]], attrs: dict[str, Any], index: int = 0) -> None:
        """Add patterns, as to spaCy's ruler."""
        number, patterns = str(len(self.attrs)), list(patterns)
        super().add(patterns, attrs, index)
        for pattern in patterns:
            spellings = _spellings(pattern)
            (self._others if spellings is None else self._plain).add(number, [pattern])
            self._spellings |= {self.vocab.strings.add(each) for each in spellings or ()}
        self._answers.clear()
        self._merged.clear()

    def __call__(self, doc: Doc) -> Doc:
        """Set the attributes of a parsed document's words; of several patterns the later counts."""
        rows = doc.to_array(list(_SEEN))
        rows[~numpy.isin(rows[:, 1], list(self._spellings)), 1] = 0
        fitting = [self._answer(doc, place, tuple(row)) for place, row in enumerate(rows.tolist())]
        for place, more in self._by_others(doc).items():
            fitting[place] = tuple(sorted((*fitting[place], *more)))
        columns = doc.to_array(list(_SET))
        for row, numbers in zip(columns, fitting, strict=True):
            for column, value in self._attributes(numbers).items():
                row[column] = value
        return doc.from_array(list(_SET), columns)

    def _answer(self, doc: Doc, place: int, seen: tuple[int, ...]) -> tuple[int, ...]:
        """Return the numbers of the plain patterns that fit a word."""
        if seen not in self._answers:
            fitting = self._plain(doc[place : place + 1], allow_missing=True)
            self._answers[seen] = tuple(sorted(int(self.vocab.strings[key]) for key, _, _ in fitting))
        return self._answers[seen]

    def _by_others(self, doc: Doc) -> dict[int, list[int]]:
        found: defaultdict[int, list[int]] = defaultdict(list)
        for key, start, end in self._others(doc, allow_missing=True):
            number = int(self.vocab.strings[key])
            found[range(start, end)[self.indices[number]]].append(number)
        return found

    def _attributes(self, numbers: tuple[int, ...]) -> dict[int, int]:
        """Return what a word's patterns set: the value of each column of ``_SET``."""
        if numbers not in self._merged:
            told = chain.from_iterable(self.attrs[number].items() for number in numbers)
            self._merged[numbers] = {_SET.index(attribute): value for attribute, value in told}
        return self._merged[numbers]


def _spellings(pattern: list[dict[str, Any]]) -> list[str] | None:
    """Return the spellings that a plain pattern asks for, None where the pattern is not plain."""
    word = pattern[0]
    told = word.get("LOWER", {})
    spelt = {"IN": [told]} if isinstance(told, str) else told
    plain = len(pattern) == 1 and word.keys() <= _NAMES and spelt.keys() <= {"IN", "NOT_IN"}
    return list(chain.from_iterable(spelt.values())) if plain else None
