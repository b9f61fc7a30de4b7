"""The two files of an evaluation: gold lines, and predictions that belong to them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

import msgspec

from workbench.core.annotation import PLURALS, Document, Layer, Region, Source
from workbench.core.errors import Invalid, Refused, clause
from workbench.core.frame_scores import FRAME_KINDS, Alternatives, FrameKind
from workbench.core.record import layer_from
from workbench.core.strict import Row, as_object, parse
from workbench.core.text import LONGEST, accept, digest
from workbench.formats.gold_shape import RegionShape, VotesShape
from workbench.formats.reading import lines, text_of


class _By(msgspec.Struct):
    origin: str | None = None
    suggester: str | None = None
    score: float | None = None
    decided: str | None = None
    at: str | None = None
    votes: VotesShape | None = None
    cue: str | None = None
    reason: str | None = None


class _Entity(msgspec.Struct):
    start: int
    end: int
    label: str
    text: str | None = None
    actor: str | None = None
    actor_id: str | None = None
    flags: list[str] | None = None
    by: _By | None = None


class _Frame(msgspec.Struct):
    evidence: dict[str, Any]
    alt: dict[str, list[str]] | None = None
    by: _By | None = None


class _Line(msgspec.Struct):
    """What a line of either file must look like to be scored; whatever else it holds is not read."""

    text: str | None = None
    source: dict[str, Any] | None = None
    meta: dict[str, Any] | None = None
    regions: list[RegionShape] | None = None
    entities: list[_Entity] | None = None
    stances: list[_Frame] | None = None
    commitments: list[_Frame] | None = None


@dataclass(frozen=True, slots=True)
class Gold:
    """An article of the gold file, with the readings that an expert could also defend."""

    name: str
    document: Document
    alternatives: Mapping[FrameKind, Alternatives]


@dataclass(frozen=True, slots=True)
class Paired:
    """The predicted layers by the index of their gold article, whose they are, and what found no partner."""

    name: str
    layers: Mapping[int, Layer]
    surplus: tuple[str, ...] = ()
    differing: tuple[str, ...] = ()


def gold_articles(path: Path, articles: Path | None = None, split: str | None = None) -> list[Gold]:
    """Read a gold file: records, or compact lines whose text lies in a file of its own.

    ``articles`` is a folder with those files; otherwise they are looked for beside the gold file
    and in ``articles/`` beside it. Raises Refused with the file and the line that cannot be read,
    or that holds an article which another line has already.
    """
    found = []
    first: dict[tuple[str, str], int] = {}
    with _named(path):
        for number, row in _rows(path):
            if split is None or row.get("split") == split:
                try:
                    found.append(_gold(row, _text(row, path, articles), number))
                except Invalid as problem:
                    raise Refused(problem.sentence, number) from None
                _once(found[-1], number, first)
    if not found:
        raise Invalid(f"{path} holds no article{f' of the split “{split}”' if split else ''} to score against.")
    return found


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Name the file too in what is wrong with a line."""
    try:
        yield
    except Refused as problem:
        raise Refused(f"{path}, {problem}") from None


def _once(gold: Gold, number: int, first: dict[tuple[str, str], int]) -> None:
    """Refuse an article whose text or id an earlier line has: it would be counted twice."""
    for what, key in _known(gold.document):
        if what != "file" and (earlier := first.setdefault((what, key), number)) != number:
            told = f"“{gold.name}” has the {what} of the article in line {earlier} and would be counted twice"
            raise Refused(f"{told}; leave one of the two lines out.", number)


def _rows(path: Path) -> Iterator[tuple[int, Row]]:
    try:
        with path.open("rb") as file:
            for number, line in lines(file):
                try:
                    row = as_object(parse(line))
                    msgspec.convert(row, _Line)
                except Invalid as problem:
                    raise Refused(problem.sentence, number) from None
                except msgspec.ValidationError as problem:
                    raise Refused(f"The record cannot be scored: {clause(problem)}.", number) from None
                yield number, row
    except OSError as problem:
        raise Invalid(f"{path} cannot be read: {clause(problem)}.") from None


def _text(row: Row, path: Path, articles: Path | None) -> str:
    if row.get("text") is not None:
        return accept(row["text"])
    name = _file(row)
    if not name:
        raise Invalid("The record has neither “text” nor “file”.")
    folders = [articles] if articles else [path.parent, path.parent / "articles"]
    for folder in folders:
        if (folder / name).is_file():
            with (folder / name).open("rb") as file:
                return accept(text_of(file, str(folder / name), LONGEST))
    tried = " nor ".join(str(folder) for folder in folders)
    raise Invalid(f"The text of “{name}” is not in {tried}; name its folder with --articles.")


def _file(row: Row) -> str | None:
    name = row.get("file") or (row.get("source") or {}).get("file")
    return str(name) if name else None


def _gold(row: Row, text: str, number: int) -> Gold:
    source = row.get("source") or {}
    published = row.get("published") or source.get("published")
    regions = tuple(Region(each["start"], each["end"], each["kind"]) for each in row.get("regions") or ())
    document = Document(
        text,
        layer_from("gold", row, text),
        str(row.get("id") or ""),
        language=row.get("language") or "en",
        source=Source(published=published, file=_file(row)),
        meta=row.get("meta") or {},
        regions=regions,
    )
    alternatives = {kind: _alternatives(kind, row) for kind in FRAME_KINDS}
    return Gold(document.id or document.source.file or f"line {number}", document, alternatives)


def _alternatives(kind: FrameKind, row: Row) -> Alternatives:
    """Return the ``alt`` of each frame by the id that the frame is given when it is read."""
    found = {}
    for number, frame in enumerate(row.get(PLURALS[kind]) or (), 1):
        if alt := frame.get("alt"):
            key = str(frame.get("id") or f"{kind[0]}{number}")
            found[key] = {slot: tuple(values) for slot, values in alt.items()}
    return found


def paired(path: Path, gold: Sequence[Gold]) -> Paired:
    """Read predictions and lay each over its gold article, found by text, then id, then file name.

    Raises Refused with the file and the line whose spans do not fit the text.
    """
    places = _places(gold)
    layers: dict[int, Layer] = {}
    surplus, differing = [], []
    with _named(path):
        for number, row in _rows(path):
            name = str(row.get("id") or _file(row) or f"line {number}")
            place = next((places[key] for key in _keys(row) if key in places), None)
            if place is None or place in layers:
                surplus.append(name)
            elif row.get("text") not in {None, gold[place].document.text}:
                differing.append(name)
            else:
                try:
                    layers[place] = layer_from(path.name, row, gold[place].document.text)
                except Invalid as problem:
                    raise Refused(problem.sentence, number) from None
    return Paired(path.name, layers, tuple(surplus), tuple(differing))


def _places(gold: Sequence[Gold]) -> dict[tuple[str, str], int]:
    """Return where the article with this text, id or file name is; what two articles share tells nothing."""
    keys = [(key, n) for n, each in enumerate(gold) for key in _known(each.document)]
    shared = Counter(key for key, _ in keys)
    return {key: n for key, n in keys if shared[key] == 1}


def _known(document: Document) -> Iterator[tuple[str, str]]:
    yield "text", digest(document.text)
    if document.id:
        yield "id", document.id
    if document.source.file:
        yield "file", PurePath(document.source.file).name


def _keys(row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if row.get("text") is not None:
        yield "text", digest(row["text"])
    elif row.get("text_sha256"):
        yield "text", str(row["text_sha256"])
    if row.get("id"):
        yield "id", str(row["id"])
    if name := _file(row):
        yield "file", PurePath(name).name
