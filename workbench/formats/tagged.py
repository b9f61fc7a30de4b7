"""Tokens with a tag each in one record, as data sets of named entities come in JSON lines and in Parquet.

There is no text in them, so it is put together from the tokens, one space apart, as for CoNLL.
"""

from collections.abc import Mapping
from typing import Any, Final

from workbench.core.annotation import Document, Span
from workbench.core.errors import Invalid
from workbench.core.strict import Row
from workbench.formats.about import TEXT
from workbench.formats.conll import REBUILT, TAG, spans
from workbench.formats.foreign import Found, reading, words
from workbench.formats.units import Mark, Units

_TOKENS: Final = ("tokens", "words")
_TAGS: Final = ("ner_tags", "tags", "labels", "ner", "ner_labels", "ne_tags", "entity_tags")


def is_tagged(row: Row) -> bool:
    """Say whether a record has tokens and no text."""
    return _key(row) is not None and row.keys().isdisjoint(TEXT)


def _key(row: Row) -> str | None:
    return next((key for key in _TOKENS if words(row.get(key))), None)


def document(row: Row, about: Mapping[str, Any], file: str | None = None) -> Document:
    """Build a document from tokens and tags; raises Invalid where they do not fit."""
    key = _key(row) or _TOKENS[0]
    said = words(row[key])
    named = next((each for each in _TAGS if isinstance(row.get(each), list)), None)
    if named is None:
        raise Invalid(f"There are tokens under “{key}” and no tags for them ({', '.join(_TAGS)}).")
    if len(said) != len(row[key]) or len(row[named]) != len(said):
        raise Invalid(f"There are {len(row[key])} {key} and {len(row[named])} {named}; each token, a text, needs one.")
    tags = ["O" if each is None else each for each in row[named]]
    if wrong := next((each for each in tags if not isinstance(each, str) or not TAG.fullmatch(each)), None):
        raise Invalid(f"“{wrong}” under “{named}” is no tag such as B-PER or O, and no class is named so.")
    places, place = [], 0
    for each in said:
        places.append(Span(place, place + len(each)))
        place += len(each) + 1
    found = [Found(Mark(start, end), label) for start, end, label in spans(places, tags)]
    told = {name: value for name, value in row.items() if name not in {key, named}}
    return reading(" ".join(said), {**told, **about}, found, Units("code points"), {"rebuilt": REBUILT}, file)
