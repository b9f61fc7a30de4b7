"""A Hugging Face data set: a folder with one JSONL file a split and a card that types every column.

``datasets.load_dataset`` reads the unpacked folder offline, with labels as class labels. Their order is that of the
alphabet; where two releases have different labels, match them by name.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from tempfile import TemporaryFile
from typing import IO, BinaryIO, Final

import msgspec

from workbench.core.annotation import Document, Entity, Frame, Span
from workbench.core.record import FLAGS, SLOTS, WITH_ID
from workbench.core.text import digest
from workbench.formats.losses import RECORD
from workbench.formats.packing import Packed
from workbench.formats.reading import Row

name: Final = "huggingface"
title: Final = "Hugging Face data set (ZIP of JSONL and card)"
suffixes: Final = (".zip",)
direction: Final = "write"
loses: Final = (RECORD - {"cluster", "split"}) | {"meta", "provenance", "flags"}

_SPLITS: Final = {"train": "train", "dev": "validation", "test": "test", None: "unsplit"}
_TEXTS: Final = (
    "id",
    "title",
    "text",
    "text_sha256",
    "language",
    "outlet",
    "author",
    "published",
    "url",
    "cluster",
    "state",
)
_CHOSEN: Final = {"stance": ("target", "polarity"), "commitment": ("type", "status")}


def write(documents: Iterable[Document], out: BinaryIO, /) -> None:
    """Write an archive: a file for each split that has articles, and the card."""
    names: dict[str, set[str]] = {}
    with ExitStack() as stack, Packed(out) as packed:
        splits: dict[str, IO[bytes]] = {}
        for document in documents:
            split = _SPLITS[document.split]
            if split not in splits:
                splits[split] = stack.enter_context(TemporaryFile())
            splits[split].write(msgspec.json.encode(_row(document, names)) + b"\n")
        for split, lines in sorted(splits.items()):
            lines.seek(0)
            packed.copy(f"data/{split}.jsonl", lines)
        packed.add("README.md", "\n".join(_card(sorted(splits), names)))


def _row(document: Document, names: dict[str, set[str]]) -> Row:
    source, layer, text = document.source, document.layer, document.text
    row = {
        "id": document.id, "title": document.title, "text": text, "text_sha256": digest(text),
        "language": document.language, "outlet": source.outlet, "author": source.author, "published": source.published,
        "url": source.url, "cluster": document.cluster, "state": document.review.state,
    }  # fmt: skip
    names.setdefault("label", set()).update(each.label for each in layer.entities)
    for frame in (*layer.stances, *layer.commitments):
        for slot in _CHOSEN[frame.kind]:
            if said := frame.actor(slot):
                names.setdefault(slot, set()).add(said)
    return row | {
        "entities": [_entity(each, text) for each in layer.entities],
        "stances": [_frame(each, text) for each in layer.stances],
        "commitments": [_frame(each, text) for each in layer.commitments],
    }


def _entity(entity: Entity, text: str) -> Row:
    start, end = entity.span
    said = {"id": entity.id, "start": start, "end": end, "text": text[start:end], "label": entity.label}
    return said | {"actor": entity.actor, "actor_id": entity.actor_id}


def _frame(frame: Frame, text: str) -> Row:
    row: Row = {"id": frame.id, "start": frame.span.start, "end": frame.span.end}
    for slot in SLOTS[frame.kind]:
        value = frame.slots.get(slot)
        row[slot] = text[value.start : value.end] if isinstance(value, Span) else value
        if slot == WITH_ID[frame.kind]:
            row[f"{slot}_id"] = frame.ids.get(slot)
    return row


def _card(splits: list[str], names: dict[str, set[str]]) -> Iterator[str]:
    """Yield the lines of the card: what the loader needs, then words for people."""
    yield "---"
    yield "pretty_name: Workbench export"
    yield "configs:"
    yield "- config_name: default"
    yield "  data_files:"
    for split in splits:
        yield f"  - split: {split}"
        yield f"    path: data/{split}.jsonl"
    yield "dataset_info:"
    yield "  features:"
    for column in _TEXTS:
        yield from _column(column, "string", 2)
    yield from _list("entities", _entity_columns(), names)
    for plural, kind in (("stances", "stance"), ("commitments", "commitment")):
        yield from _list(plural, _frame_columns(kind), names)
    yield "---"
    yield "# A Workbench export\n"
    yield "News articles with who is mentioned, who takes which position on what, and who would contribute what."
    yield "Offsets are half-open and count Unicode code points of `text`.\n"


def _entity_columns() -> Iterator[tuple[str, str]]:
    yield from {"id": "string", "start": "int32", "end": "int32", "text": "string", "label": "label"}.items()
    yield from {"actor": "string", "actor_id": "string"}.items()


def _frame_columns(kind: str) -> Iterator[tuple[str, str]]:
    yield from {"id": "string", "start": "int32", "end": "int32"}.items()
    for slot in SLOTS[kind]:
        yield slot, "bool" if slot in FLAGS else slot if slot in _CHOSEN[kind] else "string"
        if slot == WITH_ID[kind]:
            yield f"{slot}_id", "string"


def _list(column: str, inner: Iterable[tuple[str, str]], names: dict[str, set[str]]) -> Iterator[str]:
    yield f"  - name: {column}"
    yield "    list:"
    for name, shape in inner:
        yield from _column(name, shape, 4, sorted(names.get(shape, ())))


def _column(name: str, shape: str, depth: int, classes: list[str] | None = None) -> Iterator[str]:
    pad = " " * depth
    yield f"{pad}- name: {name}"
    if not classes:
        yield f"{pad}  dtype: {shape if shape in {'bool', 'int32'} else 'string'}"
        return
    yield f"{pad}  dtype:"
    yield f"{pad}    class_label:"
    yield f"{pad}      names:"
    for number, each in enumerate(classes):
        yield f"{pad}        '{number}': {json.dumps(each, ensure_ascii=False)}"
