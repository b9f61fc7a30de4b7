"""The gold record, one article a line: what we publish and read back without changing a byte.

The contract is told in ``exports/README.md`` and fixed by ``exports/gold.schema.json``. Reading is
more forgiving in one point only: keys that have nothing to say may be left out.
"""

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, Final

import msgspec

from workbench.core.annotation import Document, Layer, Region, Review, Source
from workbench.core.errors import Invalid, Refused
from workbench.core.record import Json, layer_from, layer_json
from workbench.core.text import accept, digest
from workbench.formats.gold_shape import RecordShape, ReviewShape, SourceShape, check_frames
from workbench.formats.reading import PLAIN, Options, Row, as_object, each_line, parse

name: Final = "gold"
title: Final = "Gold records (JSONL)"
suffixes: Final = (".jsonl",)
direction: Final = "both"
loses: Final[frozenset[str]] = frozenset()

FORMAT: Final = "workbench/gold"
VERSION: Final = 1


def sniff(head: bytes, _name: str, /) -> bool:
    """Say whether the file begins with a gold record."""
    return FORMAT.encode() in head[:200].replace(b"\\/", b"/")


def read(source: BinaryIO, _name: str, _options: Options = PLAIN, /) -> Iterator[Document | Refused]:
    """Read one document a line."""
    return each_line(source, document)


def write(documents: Iterable[Document], out: BinaryIO, /) -> None:
    """Write one line a document."""
    for each in documents:
        out.write(dumps(each) + b"\n")


def dumps(document: Document) -> bytes:
    """Return a document's line, without the line end: UTF-8, no spaces, nothing escaped without need."""
    return msgspec.json.encode(record(document))


def loads(line: bytes | str) -> Document:
    """Read one line; raises Invalid."""
    return document(as_object(parse(line.encode("utf-8", "surrogatepass") if isinstance(line, str) else line)))


def record(document: Document) -> Json:
    """Return a document as the record shows it, keys in the order of the contract."""
    text = document.text
    row: Json = {
        "format": FORMAT,
        "version": VERSION,
        "id": document.id,
        "project": document.project,
        "release": document.release,
        "title": document.title,
        "text": text,
        "text_sha256": digest(text),
        "language": document.language,
        "source": {key: getattr(document.source, key) for key in SourceShape.__struct_fields__},
        "meta": document.meta,
        "cluster": document.cluster,
        "split": document.split,
        "regions": [{"start": each.start, "end": each.end, "kind": each.kind} for each in document.regions],
        "sentences": document.sentences,
        **layer_json(document.layer, text),
        "review": {key: getattr(document.review, key) for key in ReviewShape.__struct_fields__},
    }
    if document.layers is not None:
        row["layers"] = [{"author": layer.author, **layer_json(layer, text)} for layer in document.layers]
    return row


def document(row: Row) -> Document:
    """Read a record; raises Invalid with what is wrong and where."""
    _check_version(row)
    try:
        known = msgspec.convert(row, RecordShape)
        for reading in (known, *(known.layers or ())):
            check_frames(reading)
    except msgspec.ValidationError as problem:
        raise Invalid(f"The record breaks the contract: {problem}.") from None
    text = accept(known.text)
    _check_text(known, text)
    return Document(
        text=text,
        layer=_layer("", row, text),
        source=Source(**msgspec.structs.asdict(known.source)),
        regions=tuple(Region(each.start, each.end, each.kind) for each in known.regions),
        sentences=tuple(known.sentences),
        review=_review(known.review),
        layers=None if known.layers is None else tuple(_layer(each["author"], each, text) for each in row["layers"]),
        **{key: getattr(known, key) for key in _SAME},
    )


_SAME: Final = ("id", "project", "release", "title", "language", "meta", "cluster", "split")


def _check_version(row: Row) -> None:
    if row.get("format") != FORMAT:
        raise Invalid(f"This is no gold record: its “format” is not {FORMAT}.")
    if row.get("version") != VERSION:
        raise Invalid(
            f"The record is of version {row.get('version')!r}; this Workbench reads version {VERSION}. "
            "Import it with a newer Workbench, or export it again as this version."
        )


def _check_text(known: RecordShape, text: str) -> None:
    if known.text_sha256 not in {None, digest(text)}:
        raise Invalid("The text is not the one that its text_sha256 was made of: the text was changed.")
    for start, end in (*known.sentences, *((each.start, each.end) for each in known.regions)):
        if not start < end <= len(text):
            raise Invalid(f"The stretch {start}–{end} lies outside the text of {len(text)} characters.")


def _review(known: ReviewShape) -> Review:
    return Review(known.state, tuple(known.reviewers), known.adjudicator, known.agreement, known.guideline)


def _layer(author: str, row: Row, text: str) -> Layer:
    layer = layer_from(author, row, text)
    for objects in (layer.entities, layer.stances, layer.commitments):
        ids: set[Any] = set()
        for each in objects:
            if each.id in ids:
                raise Invalid(f"Two objects of one kind have the id “{each.id}”.")
            ids.add(each.id)
    return layer
