"""A Hugging Face data set: a folder with one Parquet file a split and a card that types every column.

``datasets.load_dataset`` reads the unpacked folder offline, with labels as class labels. Parquet files of the same
columns come in again; of others the text, what is told of it, and spans with start, end and label, in rows or in
columns; or tokens with their tags.
"""

import io
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from tempfile import TemporaryFile
from typing import IO, Any, BinaryIO, Final

import msgspec

from workbench.core.annotation import Document, Frame
from workbench.core.errors import Invalid, Refused
from workbench.core.record import SLOTS, WITH_ID, entity_json, frame_json
from workbench.core.strict import Row, as_object, parse
from workbench.core.text import digest
from workbench.formats import about, gold, tagged
from workbench.formats.dataset_card import CHOSEN, COLUMNS, Classes, card, schema
from workbench.formats.foreign import Found, label, mark, reading, rows
from workbench.formats.losses import RECORD
from workbench.formats.packing import Packed
from workbench.formats.reading import PLAIN, Options
from workbench.formats.units import Units

name: Final = "huggingface"
title: Final = "Hugging Face data set (ZIP of Parquet and card)"
suffixes: Final = (".zip", ".parquet")
direction: Final = "both"
loses: Final = (RECORD - {"cluster", "split"}) | {"provenance"}

LARGEST: Final = 200 * 2**20
UNPACKED: Final = 2**30
_MAGIC: Final = b"PAR1"
_SPLITS: Final = {"train": "train", "dev": "validation", "test": "test", None: "unsplit"}
_PARTS: Final = {name: part for part, name in _SPLITS.items()}
_SOURCE: Final = ("outlet", "author", "published", "url", "file")
_SPANS: Final = ("entities", "spans", "ents")
_GROUP: Final = 500
_BATCH: Final = 100


def sniff(head: bytes, _name: str, /) -> bool:
    """Say whether the file is Parquet."""
    return head.startswith(_MAGIC)


def read(source: BinaryIO, name: str, options: Options = PLAIN, /) -> Iterator[Document | Refused]:
    """Read one document a row."""
    units = Units(options.unit)
    try:
        for number, row in enumerate(_rows(source.read(LARGEST + 1)), 1):
            try:
                yield _document(row, name, options, units)
            except Invalid as problem:
                yield Refused(f"row {number}: {problem.sentence}")
    except Invalid as problem:
        yield Refused(problem.sentence)


def _rows(raw: bytes) -> Iterator[Row]:
    """Yield the rows with their classes by name; raises Invalid for whatever is wrong with the file."""
    if len(raw) > LARGEST:
        raise Invalid(f"The file is larger than {LARGEST // 2**20} MB; split it.")
    if len(raw) < 12 or raw[-4:] != _MAGIC:
        raise Invalid("The file breaks off: its Parquet is not closed.")
    from pyarrow import parquet

    try:
        file = parquet.ParquetFile(io.BytesIO(raw), page_checksum_verification=True)
        groups = range(file.metadata.num_row_groups)
        if sum(file.metadata.row_group(each).total_byte_size for each in groups) > UNPACKED:
            raise Invalid("The file unpacks to more than 1 GB; split it.")
        features = _features(file.schema_arrow.metadata or {})
        for batch in file.iter_batches(_BATCH):
            for row in batch.to_pylist():
                yield {key: _named(value, features.get(key)) for key, value in row.items()}
    except (Invalid, MemoryError):
        raise
    except Exception:  # what a broken file makes of Arrow is anything: ArrowInvalid, OSError, IndexError
        raise Invalid("This is no Parquet file that can be read: it is damaged or cut off; write it anew.") from None


def _features(metadata: Mapping[bytes, bytes]) -> Row:
    if not (told := metadata.get(b"huggingface")):
        return {}
    info = as_object(parse(told)).get("info")
    found = info.get("features") if isinstance(info, dict) else None
    return found if isinstance(found, dict) else {}


def _named(value: Any, feature: Any) -> Any:
    """Return a value with the names of classes in the place of their numbers."""
    if isinstance(value, list):
        inner = feature.get("feature", feature) if isinstance(feature, dict) else feature
        return [_named(each, inner[0] if isinstance(inner, list) and inner else inner) for each in value]
    if not isinstance(feature, dict):
        return value
    if isinstance(value, dict):
        inner = feature["feature"] if isinstance(feature.get("feature"), dict) else feature
        return {key: _named(each, inner.get(key)) for key, each in value.items()}
    names = feature.get("names")
    if isinstance(names, list) and type(value) is int and feature.get("_type") == "ClassLabel":
        if not -1 <= value < len(names):
            raise Invalid(f"There is no class {value} among {len(names)}.")
        return names[value] if value >= 0 else None
    return value


def _document(row: Row, name: str, options: Options, units: Units) -> Document:
    if row.keys() >= COLUMNS.keys():
        return _ours(row, name)
    file = None if "file" in row or "file" in options.about else name
    if tagged.is_tagged(row):
        return tagged.document(_plain(row), options.about, file)
    key = about.text_key(row, options.text)
    said = row.pop(key)
    if not isinstance(said, str):
        raise Invalid(f"“{key}” is no text.")
    place = next((each for each in _SPANS if _marked(row.get(each))), "entities")
    given = _rows_of(row.pop(place, None))
    found = [Found(mark(each), label(each.get("label"))) for each in rows(given, place)]
    return reading(said, {**_plain(row), **options.about}, found, units, file=file)


def _marked(value: Any) -> bool:
    """Say whether a value is a list of spans, or a struct of their columns."""
    first = value[0] if isinstance(value, list) and value else value
    return isinstance(first, dict) and {"start", "end", "label"} <= first.keys()


def _rows_of(value: Any) -> Any:
    """Return the rows of a list of structs that was stored as a struct of lists; anything else as it is."""
    if not isinstance(value, dict) or not all(isinstance(each, list) for each in value.values()):
        return value
    if len({len(each) for each in value.values()}) > 1:
        raise Invalid("The columns of the spans are not of one length.")
    return [dict(zip(value, each, strict=True)) for each in zip(*value.values(), strict=True)]


def _plain(row: Row) -> Row:
    """Return a row without what JSON has no word for: bytes and dates become texts."""
    found: Row = json.loads(json.dumps(row, default=str, allow_nan=False))
    return found


def _ours(row: Row, name: str) -> Document:
    record: Row = {key: row.pop(key) for key in ("id", "title", "text", "text_sha256", "language", "cluster")}
    record |= {"format": gold.FORMAT, "version": gold.VERSION, "source": {key: row[key] for key in _SOURCE}}
    record |= {"split": _PARTS.get(name.rpartition("/")[2].partition(".")[0]), "meta": as_object(_json(row["meta"]))}
    for plural, kind in (("entities", None), ("stances", "stance"), ("commitments", "commitment")):
        record[plural] = [_object(each, kind) for each in rows(row[plural], plural)]
    return gold.document({key: value for key, value in record.items() if value is not None})


def _object(row: Row, kind: str | None) -> Row:
    own = as_object(_json(row.pop("own_slots", None) or "{}"))
    told = {key: value for key, value in row.items() if value is not None}
    if kind and own.keys() & told.keys():
        raise Invalid(f"The {kind} gives a slot twice.")
    return told | own


def _json(said: Any) -> Any:
    return parse(said.encode()) if isinstance(said, str) else {}


def write(documents: Iterable[Document], out: BinaryIO, /) -> None:
    """Write an archive: a Parquet file for each split that has articles, and the card."""
    seen: dict[str, set[str]] = {}
    with ExitStack() as stack, Packed(out) as packed:
        parts: dict[str, IO[bytes]] = {}
        counts: dict[str, int] = {}
        for document in documents:
            part = _SPLITS[document.split]
            if part not in parts:
                parts[part] = stack.enter_context(TemporaryFile())
            parts[part].write(msgspec.json.encode(_row(document, seen)) + b"\n")
            counts[part] = counts.get(part, 0) + 1
        classes = {choice: sorted(names) for choice, names in seen.items()}
        for part, lines in parts.items():
            lines.seek(0)
            with TemporaryFile() as made:
                _parquet(lines, made, classes)
                made.seek(0)
                packed.copy(f"data/{part}.parquet", made)
        packed.add("README.md", card(counts.items(), classes))


def _parquet(lines: IO[bytes], out: IO[bytes], classes: Classes) -> None:
    """Turn rows that were laid aside into Parquet, group after group."""
    import pyarrow as pa
    from pyarrow import parquet

    shape = schema(classes)
    numbers = {choice: {each: n for n, each in enumerate(names)} for choice, names in classes.items()}
    with parquet.ParquetWriter(out, shape, write_page_checksum=True) as writer:
        group: list[Row] = []
        for line in lines:
            group.append(_numbered(msgspec.json.decode(line), numbers))
            if len(group) == _GROUP:
                writer.write_table(pa.Table.from_pylist(group, shape))
                group = []
        if group:
            writer.write_table(pa.Table.from_pylist(group, shape))


def _numbered(row: Row, numbers: Mapping[str, Mapping[str, int]]) -> Row:
    for each in row["entities"]:
        each["label"] = numbers["label"][each["label"]]
    for plural, kind in (("stances", "stance"), ("commitments", "commitment")):
        for each in row[plural]:
            for slot in CHOSEN[kind]:
                if each[slot] is not None:
                    each[slot] = numbers[f"{kind}.{slot}"][each[slot]]
    return row


def _row(document: Document, seen: dict[str, set[str]]) -> Row:
    source, layer, text = document.source, document.layer, document.text
    seen.setdefault("label", set()).update(each.label for each in layer.entities)
    for frame in (*layer.stances, *layer.commitments):
        for slot in CHOSEN[frame.kind]:
            if said := frame.actor(slot):
                seen.setdefault(f"{frame.kind}.{slot}", set()).add(said)
    return {
        "id": document.id, "title": document.title, "text": text, "text_sha256": digest(text),
        "language": document.language, **{key: getattr(source, key) for key in _SOURCE},
        "cluster": document.cluster, "state": document.review.state, "meta": _told(document.meta),
        "entities": [entity_json(each, text) for each in layer.entities],
        "stances": [_frame(each, text) for each in layer.stances],
        "commitments": [_frame(each, text) for each in layer.commitments],
    }  # fmt: skip


def _frame(frame: Frame, text: str) -> Row:
    row = frame_json(frame, text)
    known = {"id", "by", *SLOTS[frame.kind], f"{WITH_ID[frame.kind]}_id"}
    own = {slot: row.pop(slot) for slot in row.keys() - known}
    return row | {"own_slots": _told(own) if own else None}


def _told(row: Mapping[str, Any]) -> str:
    return msgspec.json.encode(dict(sorted(row.items()))).decode()
