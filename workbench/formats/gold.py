"""The gold record, one article a line: what we publish and read back without changing a byte.

The contract is told in ``exports/README.md`` and fixed by ``exports/gold.schema.json``. Reading is
more forgiving in one point only: keys that have nothing to say may be left out.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, BinaryIO, Final

import msgspec

from workbench.core.annotation import By, Document, Entity, Frame, Layer, Region, Review, Source, layer_of
from workbench.core.errors import Invalid, Refused, clause
from workbench.core.record import Json, frame_from, layer_json, span_from
from workbench.core.strict import Row, as_object, deep, parse
from workbench.core.text import accept, digest
from workbench.formats.gold_shape import (
    BodyShape,
    ByShape,
    EntityShape,
    LayerShape,
    RecordShape,
    ReviewShape,
    SourceShape,
    check_frames,
)
from workbench.formats.reading import PLAIN, Options, each_record

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
    return each_record(source, loads)


def write(documents: Iterable[Document], out: BinaryIO, /) -> None:
    """Write one line a document."""
    for each in documents:
        out.write(dumps(each) + b"\n")


def dumps(document: Document) -> bytes:
    """Return a document's line, without the line end: UTF-8, no spaces, nothing escaped without need."""
    return msgspec.json.encode(record(document))


def loads(line: bytes | str) -> Document:
    """Read one line; raises Invalid."""
    raw = line.encode("utf-8", "surrogatepass") if isinstance(line, str) else line
    return _built(known) if (known := as_we_write(raw)) else document(as_object(parse(raw)))


def as_we_write(line: bytes) -> RecordShape | None:
    """Return the record of a line that is to the byte as we write it, and so gives no key twice; None of others."""
    try:
        known = _RECORD.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    if (known.format, known.version) != (FORMAT, VERSION) or deep(known.meta) or deep(known.review.agreement):
        return None
    return known if _ENCODER.encode(known) == line else None


_RECORD: Final = msgspec.json.Decoder(RecordShape)
_BODY: Final = msgspec.json.Decoder(BodyShape)
_ENCODER: Final = msgspec.json.Encoder()


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


def joined(document: Document, body: str) -> bytes:
    """Return the line of a document whose reading is ``body``, in the shape of the record, checked as if it were read.

    What is stored to the byte as we write it is not built first; all else is, and written anew.
    """
    raw = body.encode()
    try:
        known = _BODY.decode(raw)
        check_frames(known)
        if document.layers or _ENCODER.encode(known) != raw or not in_order(known, document.text):
            return dumps(document.carrying(_layer("", known, document.text)))
    except (msgspec.DecodeError, Invalid) as problem:
        raise Invalid(f"The stored reading of {document.id} breaks the contract: {clause(problem)}.") from None
    row = record(document)
    head = {key: row[key] for key in _HEAD}
    return _ENCODER.encode(head)[:-1] + b"," + raw[1:-1] + b"," + _ENCODER.encode({"review": row["review"]})[1:]


def in_order(known: BodyShape | RecordShape, text: str) -> bool:
    """Say whether a reading is as it would be written anew: every quote fits, and all is in the contract's order."""
    frames = layer_of("", _frames(known, text))
    said = {"entities": [], "stances": known.stances, "commitments": known.commitments}
    if _ENCODER.encode(layer_json(frames, text)) != _ENCODER.encode(said):
        return False
    places = [(each.start, each.end, each.id or "") for each in known.entities]
    whole = all(each.id and each.by and text[each.start : each.end] == each.text for each in known.entities)
    inside = all(start < end <= len(text) for start, end, _ in places)
    ids = ([id for *_, id in places], [each.id for each in frames.stances], [each.id for each in frames.commitments])
    return whole and inside and places == sorted(places) and all(len(set(each)) == len(each) for each in ids)


def document(row: Row) -> Document:
    """Read a record; raises Invalid with what is wrong and where."""
    _check_version(row)
    try:
        return _built(msgspec.convert(row, RecordShape))
    except msgspec.ValidationError as problem:
        raise Invalid(f"The record breaks the contract: {clause(problem)}.") from None


def _built(known: RecordShape) -> Document:
    """Build a document of a record in the right shape; raises Invalid where it does not fit its text."""
    check(known)
    document = bare(known)
    return replace(document, layer=_layer("", known, document.text), layers=_dissent(known, document.text))


def check(known: RecordShape) -> None:
    """Raise Invalid where a frame in one of the readings breaks the contract."""
    try:
        for reading in (known, *(known.layers or ())):
            check_frames(reading)
    except msgspec.ValidationError as problem:
        raise Invalid(f"The record breaks the contract: {clause(problem)}.") from None


def bare(known: RecordShape) -> Document:
    """Return the article of a record without its readings; raises Invalid where the text is not the one it tells."""
    text = accept(known.text)
    _check_text(known, text)
    return Document(
        text=text,
        source=Source(**msgspec.structs.asdict(known.source)),
        regions=tuple(Region(each.start, each.end, each.kind) for each in known.regions),
        sentences=tuple(known.sentences),
        review=_review(known.review),
        **{key: getattr(known, key) for key in _SAME},
    )


def _dissent(known: RecordShape, text: str) -> tuple[Layer, ...] | None:
    if known.layers is None or known.layers is msgspec.UNSET:
        return None
    return tuple(_layer(each.author, each, text) for each in known.layers)


_HEAD: Final = RecordShape.__struct_fields__[: RecordShape.__struct_fields__.index("entities")]
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


def _layer(author: str, known: LayerShape, text: str) -> Layer:
    layer = layer_of(author, [*_entities(known.entities, text), *_frames(known, text)])
    for objects in (layer.entities, layer.stances, layer.commitments):
        if len({each.id for each in objects}) < len(objects):
            twice, _ = Counter(each.id for each in objects).most_common(1)[0]
            raise Invalid(f"Two objects of one kind have the id “{twice}”.")
    return layer


def _frames(known: LayerShape, text: str) -> Iterator[Frame]:
    for kind, rows in (("stance", known.stances), ("commitment", known.commitments)):
        yield from (frame_from(kind, row, text, f"{kind[0]}{number}") for number, row in enumerate(rows, 1))


def _entities(rows: list[EntityShape], text: str) -> Iterator[Entity]:
    """Build entities and check their quotes; provenance that many share is built once."""
    known: dict[tuple[Any, ...], By] = {}
    length = len(text)
    for number, row in enumerate(rows, 1):
        start, end, quote = row.start, row.end, row.text
        if not start < end <= length or (quote is not None and text[start:end] != quote):
            span_from({"start": start, "end": end, "text": quote}, text)  # raises, and says why
        yield Entity(
            row.id or f"e{number}", start, end, row.label, row.actor, row.actor_id, tuple(row.flags),
            _by(row.by, known) if row.by else _UNKNOWN,
        )  # fmt: skip


_UNKNOWN: Final = By()


def _by(row: ByShape, known: dict[tuple[Any, ...], By]) -> By:
    votes = (row.votes.for_, row.votes.of) if row.votes else None
    said = (row.origin, row.suggester, row.score, row.decided, row.at, votes, row.cue or None, row.reason or None)
    if (found := known.get(said)) is None:
        found = known[said] = By(*said)
    return found
