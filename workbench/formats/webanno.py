"""WebAnno TSV 3, as INCEpTION and WebAnno export it: tokens with their places, a column for each feature.

Every layer of spans becomes entities: the label is the feature ``value``, else the first, else the layer's name.
Other features, relations and chains are kept in ``meta``, and so are layers that say something of every token
(part of speech, lemma). Text between sentences is not in these files and comes back as line ends.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, BinaryIO, Final, NamedTuple

import msgspec

from workbench.core.annotation import Document, Entity, Span
from workbench.core.errors import Invalid, Refused
from workbench.core.text import utf16
from workbench.formats import about
from workbench.formats.foreign import Found, counted, reading, safe_names
from workbench.formats.losses import RECORD, trimmed
from workbench.formats.packing import Packed
from workbench.formats.reading import PLAIN, Options, lines_with_blanks
from workbench.formats.tokens import Piece, put_together, sentences
from workbench.formats.units import Mark, Units

name: Final = "webanno"
title: Final = "WebAnno TSV 3 (ZIP of .tsv)"
suffixes: Final = (".zip", ".tsv")
direction: Final = "both"
loses: Final = RECORD | {"text", "edges", "stances", "commitments", "provenance", "object ids", "actors", "flags"}

NAMED: Final = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
EVERY_TOKEN: Final = re.compile(r"\.(?:POS|Lemma|Stem|MorphologicalFeatures|Token|Dependency|SurfaceForm)$")
_SLOT: Final = "ROLE_"
_MOST: Final = 100
"""How many layers a file has at most, and features a layer: each is looked for in every row."""
_CELL: Final = re.compile(
    r"(?P<value>(?:\\.?|[^\\\[|]|\[(?!\d++\](?:\||$)))*+)(?:\[(?P<id>\d++)\])?+(?:\||$)", re.DOTALL
)
"""A value and its id; each begins where the one before ended, whatever a cell holds, and none is read twice."""
_IN_VALUE: Final = re.compile(r"->|[\\\[\]|_;*\t\n\r]")
_IN_TEXT: Final = re.compile(r"[\\\t\n\r]")
_BACK: Final = {"\\t": "\t", "\\n": "\n", "\\r": "\r"}


class _Layer(NamedTuple):
    """A layer by its header line: SP (spans), CH (chains) or RL (relations), and the features' names."""

    kind: str
    name: str
    features: tuple[str, ...]


class _Token(NamedTuple):
    """A row: where the token stands in the file's units, its form, the columns, and its line."""

    mark: Mark
    cells: tuple[str, ...]
    line: int


def sniff(head: bytes, _name: str, /) -> bool:
    """Say whether the file names its format in its first line."""
    return head.startswith(b"#FORMAT=WebAnno TSV 3")


def read(source: BinaryIO, name: str, options: Options = PLAIN, /) -> Iterator[Document | Refused]:
    """Read the file as one document."""
    try:
        layers, pieces, rows = _parsed(source)
        text, units = put_together(pieces, [row.mark for row in rows], options.unit)
        spans, told = _places(text, rows, units)
        found, kept = _annotations(layers, rows, spans)
        file = None if "filename" in options.about else name
        yield reading(text, options.about, found, Units("code points"), kept | told, file)
    except Invalid as problem:
        yield problem if isinstance(problem, Refused) else Refused(problem.sentence)


def _parsed(source: BinaryIO) -> tuple[list[_Layer], list[Piece], list[_Token]]:
    layers: list[_Layer] = []
    rows: list[_Token] = []
    pieces: list[Piece] = []
    waiting = ""
    for number, raw in lines_with_blanks(source):
        try:
            line = raw.decode()
            if line.startswith("#T_"):
                kind, _, rest = line[3:].partition("=")
                named, *features = rest.split("|")
                layers.append(_Layer(kind, named, tuple(features)))
                if len(layers) > _MOST or len(features) > _MOST:
                    raise Refused(f"The file has more than {_MOST} layers, or features of one; leave some out.", number)
            elif line.startswith("#Text="):
                waiting += ("\n" if waiting else "") + _unescaped(line[6:])
            elif re.match(r"\d+-\d", line):
                row = _row(line, number)
                rows.append(row)
                if waiting:
                    pieces.append((waiting, row.mark))
                    waiting = ""
        except ValueError:
            raise Refused("The line is no row of a WebAnno TSV file.", number) from None
    if not rows:
        raise Invalid("The file has no tokens.")
    return layers, pieces, rows


def _row(line: str, number: int) -> _Token:
    _, place, form, *cells = line.split("\t")
    start, end = (int(each) for each in place.split("-"))
    return _Token(Mark(start, end, _unescaped(form)), tuple(cells), number)


def _places(text: str, rows: Sequence[_Token], units: Units) -> tuple[list[Span], dict[str, Any]]:
    """Return where the rows stand, and what is to be told of their unit; rows between two signs are empty.

    Raises Refused for a row that is nowhere.
    """
    decided, places = units.place(text, [row.mark for row in rows])
    spans: list[Span] = []
    for row, place in zip(rows, places, strict=True):
        if place.span is None and row.mark.start < row.mark.end:
            raise Refused("The token is not where its row says, nor anywhere near.", row.line)
        spans.append(place.span or Span(row.mark.start, row.mark.start))
    return spans, counted(decided, units)


def _annotations(
    layers: list[_Layer], rows: Sequence[_Token], spans: Sequence[Span]
) -> tuple[list[Found], dict[str, Any]]:
    found: list[Found] = []
    kept: dict[str, Any] = {}
    column = 0
    for layer in layers:
        width = max(1, len(layer.features)) if layer.kind != "CH" else 2
        columns = [row.cells[column : column + width] for row in rows]
        column += width
        short = layer.name.rpartition(".")[2]
        if layer.kind == "SP" and not EVERY_TOKEN.search(layer.name):
            for span, values in _spans(columns, spans, _targets(layer)):
                named = dict(zip(_names(layer), values, strict=False))
                known = [value for name, value in named.items() if value and name != "identifier" and name[:5] != _SLOT]
                label = named.pop("value", None) or next(iter(known), short)
                if span.start == span.end:
                    kept.setdefault("without a place", []).append([*span, short, label])
                else:
                    found.append(Found(Mark(*span), label, actor_id=named.pop("identifier", None)))
                if more := {key: value for key, value in named.items() if value and value != label}:
                    kept.setdefault("features", []).append([*span, short, more])
        else:
            said = [[*span, *cells] for span, cells in zip(spans, columns, strict=True) if set(cells) - {"_", ""}]
            kept.setdefault({"SP": "layers", "CH": "chains"}.get(layer.kind, "relations"), []).extend(said)
    return found, kept


def _targets(layer: _Layer) -> frozenset[int]:
    """Return the columns of a layer that say where its slots point to: each follows the one with their roles."""
    return frozenset(place for place, name in enumerate(layer.features, 1) if name.startswith(_SLOT))


def _names(layer: _Layer) -> list[str]:
    """Return what the columns of a layer hold, each under a name of its own."""
    targets = _targets(layer)
    return [f"{layer.features[n - 1]} at" if n in targets else name for n, name in enumerate(layer.features)]


def _spans(
    columns: Sequence[tuple[str, ...]], spans: Sequence[Span], targets: Collection[int]
) -> Iterator[tuple[Span, list[str | None]]]:
    """Yield the annotations of one layer with the values of its features; rows with one id are one annotation."""
    seen: dict[str, tuple[Span, list[str | None]]] = {}
    for number, (cells, span) in enumerate(zip(columns, spans, strict=True)):
        here: dict[str, list[str | None]] = {}
        for place, cell in enumerate(cells):
            for value, id in _values(cell) if place not in targets else ():
                here.setdefault(id or f"{number}.", [None] * len(cells))[place] = value
        for values in here.values():
            for place in targets:
                values[place : place + 1] = [cells[place]] if cells[place:] else []
        for id, values in here.items():
            known = seen.get(id)
            seen[id] = (Span(known[0].start, max(known[0].end, span.end)), known[1]) if known else (span, values)
    return iter(seen.values())


def _values(cell: str) -> list[tuple[str | None, str | None]]:
    """Return the stacked values of a cell with their ids; nothing for an underscore."""
    if cell in {"_", ""}:
        return []
    found = [match for match in _CELL.finditer(cell) if match[0]]
    return [(None if match["value"] in {"*", "_"} else _unescaped(match["value"]), match["id"]) for match in found]


def _unescaped(said: str) -> str:
    return re.sub(r"\\(->|.)", lambda match: _BACK.get(match[0], match[1]), said)


def _escaped(said: str, special: re.Pattern[str]) -> str:
    shown = {"\t": "\\t", "\n": "\\n", "\r": "\\r"}
    return special.sub(lambda match: shown.get(match[0], f"\\{match[0]}"), said)


def write(documents: Iterable[Document], out: BinaryIO, /) -> None:
    """Write an archive with one file a document and what is known of them; labels go to INCEpTION's named entities."""
    known = []
    with Packed(out) as packed:
        for name, document in safe_names(documents):
            packed.add(f"{name}.tsv", "".join(_written(document)))
            row = about.row(document)
            row = {"file": f"{name}.tsv", "filename": row.pop("file", None), **row}
            known.append(msgspec.json.encode(row) + b"\n")
        packed.add("metadata.jsonl", b"".join(known))


def _written(document: Document) -> Iterator[str]:
    text, at, place = document.text, 0, 0
    entities = trimmed(document.layer.entities, text)
    numbered: dict[int, list[tuple[int, Entity]]] = {each.start: [] for each in entities}
    for number, each in enumerate(entities, 1):
        numbered[each.start].append((number, each))
    yield f"#FORMAT=WebAnno TSV 3.3\n#T_SP={NAMED}|identifier|value\n\n"
    active: list[tuple[int, Entity]] = []
    for number, sentence in enumerate(sentences(document, [each.span for each in entities]), 1):
        said = text[sentence[0].start : sentence[-1].end]
        yield f"\n#Text={_escaped(said, _IN_TEXT)}\n"
        for row, token in enumerate(sentence, 1):
            active = [one for one in active if one[1].end > token.start] + numbered.get(token.start, [])
            form = text[token.start : token.end]
            start = at + utf16(text[place : token.start])
            at, place = start + utf16(form), token.end
            yield f"{number}-{row}\t{start}-{at}\t{_escaped(form, _IN_TEXT)}\t{_cells(token, active)}\t\n"


def _cells(token: Span, active: Sequence[tuple[int, Entity]]) -> str:
    """Return both columns; annotations are numbered where they stack or are of several tokens."""
    if not active:
        return "_\t_"
    plain = len(active) == 1 and active[0][1].span == token
    columns = []
    for values in ([each.actor_id or "" for _, each in active], [each.label for _, each in active]):
        cells = [_escaped(value, _IN_VALUE) or "*" for value in values]
        columns.append("|".join(cell if plain else f"{cell}[{n}]" for cell, (n, _) in zip(cells, active, strict=True)))
    return "\t".join(columns)
