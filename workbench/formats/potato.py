"""Potato's annotated instances (JSON lines): a text as one person saw it, with their labels and spans.

Several people's lines over one text become layers of one article, as those of every format do. The state of a person,
which holds no texts, is refused with a word.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any, BinaryIO, Final

from workbench.core.annotation import Document, Review
from workbench.core.errors import Invalid, Refused
from workbench.core.strict import Row
from workbench.formats import addresses
from workbench.formats.foreign import Found, label, mark, reading, rows, text_in, word
from workbench.formats.reading import PLAIN, Options, each_row, keys_in
from workbench.formats.units import Units

name: Final = "potato"
title: Final = "Potato annotated instances (JSONL, JSON)"
suffixes: Final = (".jsonl", ".json")
direction: Final = "read"
loses: Final[frozenset[str]] = frozenset()

_STATE: Final = "instance_id_to_span_to_value"
_LABELS: Final = ("annotation", "name", "label", "title", "schema")
_QUOTES: Final = ("span", "text")
_READ: Final = frozenset({"displayed_text", "span_annotations", "label_annotations", "behavioral_data", "user_id"})


def sniff(head: bytes, _name: str, /) -> bool:
    """Say whether the file begins with an annotated instance, or is a person's state."""
    return not keys_in(head).isdisjoint({"displayed_text", _STATE})


def read(source: BinaryIO, _name: str, options: Options = PLAIN, /) -> Iterator[Document | Refused]:
    """Read one document an instance."""
    return each_row(source, partial(_document, units=Units(options.unit)))


def _document(row: Row, units: Units) -> Document:
    if _STATE in row:
        raise Invalid("This is what Potato knows of one person, without the texts; import annotated_instances.jsonl.")
    given = row.get("span_annotations")
    listed = [one for each in _by_question(given) for one in rows(each, "span_annotations")]
    known = {key: value for key, value in row.items() if key not in _READ}
    known["id"] = row.get("id") or row.get("instance_id")
    known.pop("instance_id", None)
    said = row.get("label_annotations")
    answers = [{"question": key, "value": each} for key, each in said.items()] if isinstance(said, dict) else []
    document = reading(
        text_in(row, "displayed_text"), known, [_found(each) for each in listed], units, {"answers": answers}
    )
    who = addresses.named(str(row.get("user_id") or ""))
    return replace(document, review=Review("reviewed", (who,) if who else ())) if listed or answers else document


def _by_question(given: Any) -> list[Any]:
    return list(given.values()) if isinstance(given, dict) else [given]


def _found(span: Row) -> Found:
    named = next((found for key in _LABELS if (found := word(span.get(key)))), None)
    quote = next((span[key] for key in _QUOTES if isinstance(span.get(key), str)), None)
    return Found(mark({**span, "quote": quote}, quote="quote"), label(named), word(span.get("id")) or "")
