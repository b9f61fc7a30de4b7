"""doccano's JSONL: sequence labelling, with relations, and classification; its old keys are known too.

Its offsets are code points, or graphemes in projects that were set so, or UTF-16 in old versions; the
file never says, and has no quotes, so the edges of words decide. What we write says so: ``offset_unit``.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import Any, BinaryIO, Final

import msgspec

from workbench.core.annotation import Document, Entity, Review, layer_of
from workbench.core.errors import Invalid, Refused
from workbench.core.strict import Row
from workbench.formats import about, addresses
from workbench.formats.foreign import Found, label, mark, reading, text_in
from workbench.formats.losses import RECORD
from workbench.formats.reading import PLAIN, Options, each_row, keys_in
from workbench.formats.units import Mark, Units

name: Final = "doccano"
title: Final = "doccano (JSONL)"
suffixes: Final = (".jsonl",)
direction: Final = "both"
loses: Final = RECORD | {"stances", "commitments", "provenance", "object ids", "actors", "flags"}

_LABELS: Final = re.compile(rb'"(?:labels?"\s*:\s*\[|entities"\s*:\s*\[\s*\[)')
_TEXT: Final = frozenset({"text", "data"})
_SPANS: Final = ("label", "labels", "entities", "annotations")
_READ: Final = frozenset({*_TEXT, *_SPANS, "relations", "cats", "Comments", "comments", "offset_unit"})


def sniff(head: bytes, _name: str, /) -> bool:
    """Say whether the file begins with a labelled text as doccano exports it."""
    keys = keys_in(head)
    return bool(keys & _TEXT) and ("start_offset" in keys or "Comments" in keys or bool(_LABELS.search(head)))


def read(source: BinaryIO, _name: str, options: Options = PLAIN, /) -> Iterator[Document | Refused]:
    """Read one document a line."""
    return each_row(source, partial(_document, units=Units(options.unit), key=options.text))


def _document(row: Row, units: Units, key: str | None) -> Document:
    key = key or ("data" if "data" in row and "text" not in row else "text")
    text = text_in(row, key)
    marked, said = [], []
    for each in chain.from_iterable(_listed(row, name) for name in _SPANS):
        if isinstance(each, str):
            said.append(each)
        else:
            marked.append(_found(each))
    comments = _listed(row, "Comments") + _listed(row, "comments")
    kept = {"categories": said + _listed(row, "cats"), "relations": row.get("relations"), "comments": comments}
    known = {name: value for name, value in row.items() if name not in _READ and name != key}
    unit = row.get("offset_unit")
    document = reading(text, known, marked, Units(unit) if isinstance(unit, str) else units, kept)
    return _by_people(document, [each for name in _SPANS for each in _listed(row, name) if isinstance(each, dict)])


def _by_people(document: Document, spans: list[Row]) -> Document:
    """Return the document with a layer for each person, where the file names them (exports before 2022)."""
    people = {_id(each): addresses.named(_person(each)) for each in spans if _person(each)}
    named = sorted(set(people.values()))
    if not named:
        return document
    whose: dict[str, list[Entity]] = {name: [] for name in named}
    for each in document.layer.entities:
        if name := people.get(each.id):
            whose[name].append(each)
    layers = tuple(layer_of(name, found) for name, found in whose.items())
    document = replace(document, layers=layers if len(layers) > 1 else None, review=Review("reviewed", (named[0],)))
    return document.carrying(replace(layers[0], author="")) if len(layers) > 1 else document


def _person(span: Row) -> str:
    said = span.get("user_name") or span.get("user")
    return str(said) if isinstance(said, str | int) else ""


def _id(span: Row) -> str:
    return str(said) if isinstance(said := span.get("id"), str | int) else ""


def _listed(row: Row, key: str) -> list[Any]:
    value = row.get(key) or []
    value = [value] if isinstance(value, str) else value
    if not isinstance(value, list):
        raise Invalid(f"“{key}” is no list.")
    return value


def _found(each: Any) -> Found:
    if isinstance(each, dict):
        named = each.get("label_name") or each.get("label")
        named = str(named) if type(named) is int else named
        return Found(mark(each, "start_offset", "end_offset"), label(named), _id(each))
    if not isinstance(each, list) or len(each) != 3 or type(each[0]) is not int or type(each[1]) is not int:
        raise Invalid("A label is no [start, end, name].")
    return Found(Mark(each[0], each[1]), label(each[2]))


def write(documents: Iterable[Document], out: BinaryIO, /) -> None:
    """Write one line a document, as doccano's sequence labelling imports it."""
    for document in documents:
        spans = [[each.start, each.end, each.label] for each in document.layer.entities]
        row = {"text": document.text, "label": spans, "offset_unit": "code points", **about.row(document)}
        out.write(msgspec.json.encode(row) + b"\n")
