"""CoNLL-2003 and its relatives: a token a line, its label in the last column, or in several (nested entities).

IOB1, IOB2, IOBES and BILOU are read alike: what begins, goes on and ends a span is the same wherever they meet.
There is no text in these files, so it is put together from the tokens, one space apart, one sentence a line. Where
tokens are numbered the token is the second column. Columns that are neither token nor label are left out, and named.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import groupby, takewhile
from typing import BinaryIO, Final, NamedTuple

from workbench.core.annotation import Document, Span
from workbench.core.errors import Invalid, Refused
from workbench.core.text import LONGEST
from workbench.formats.foreign import Found, keeping, reading
from workbench.formats.losses import RECORD, flat, trimmed
from workbench.formats.reading import PLAIN, Options, lines_with_blanks, peeked
from workbench.formats.tokens import sentences
from workbench.formats.units import Mark, Units

name: Final = "conll"
title: Final = "CoNLL-2003 (IOB)"
suffixes: Final = (".conll", ".iob", ".bio")
direction: Final = "both"
loses: Final = RECORD | {
    "text", "edges", "overlaps", "stances", "commitments", "provenance", "object ids", "actors", "flags", "id", "title",
    "language", "source", "meta",
}  # fmt: skip

TAG: Final = re.compile(r"O|([BIESLUM])-(\S.*)")
_START: Final = "-DOCSTART-"
_MOST: Final = 32
"""How many columns hold labels at most."""
_CHUNKS: Final = frozenset({"NP", "VP", "PP", "ADVP", "ADJP", "SBAR", "PRT", "CONJP", "INTJ", "LST", "UCP"})
REBUILT: Final = "The text was put together from tokens."
_NOTHING: Final = frozenset({"O", "_", "-", "-X-", "*"})


class _Shape(NamedTuple):
    """Which column holds the tokens, and how many at the end hold labels."""

    token: int = 0
    labels: int = 1


def sniff(head: bytes, _name: str, /) -> bool:
    """Say whether the first lines are tokens with a label such as B-PER or O."""
    rows = [row for row in _first(head)[:60] if row and row[0] != _START]
    return bool(rows) and all(2 <= len(row) <= 12 and TAG.fullmatch(row[-1]) for row in rows)


def _first(head: bytes) -> list[list[str]]:
    """Return the cells of the lines that a head holds whole, without comments."""
    shown = head.decode("utf-8", "replace").removeprefix("\ufeff").split("\n")[:-1]
    return [cells for cells in map(_split, shown) if not _comment(cells)]


def _shape(head: bytes) -> _Shape:
    """Find out how the columns are used: tokens may be numbered, and labels may stand in several at the end."""
    rows = [[] if row and row[0] == _START else row for row in _first(head)]
    found = [list(some) for full, some in groupby(rows, bool) if full]
    numbered = all(len(row) > 2 and row[0] == str(n) for some in found for n, row in enumerate(some, 1))
    numbered = numbered and any(len(some) > 1 for some in found)
    tagged = [row[1 + numbered :][::-1] for some in found for row in some]
    width = min([_MOST, *map(len, tagged)]) if tagged else 1
    more = takewhile(lambda place: _labels([row[place] for row in tagged]), range(1, width))
    return _Shape(int(numbered), 1 + len(list(more)))


def _labels(column: list[str]) -> bool:
    """Say whether a column holds labels of entities, and not of phrases."""
    found = [TAG.fullmatch(each) for each in column]
    return all(found) and not {each[2] for each in found if each} - {None} <= _CHUNKS


def read(source: BinaryIO, name: str, options: Options = PLAIN, /) -> Iterator[Document | Refused]:
    """Read one document after each ``-DOCSTART-``; where there is none each sentence is one."""
    source, head = peeked(source)
    shape = _shape(head)
    rows: list[list[list[str]]] = [[]]
    whole, count = False, 0
    try:
        for number, raw in lines_with_blanks(source):
            cells = _cells(raw, number)
            if cells and _comment(cells):
                continue
            if cells and cells[0] != _START:
                rows[-1].append(cells)
                count += 1
                if count > LONGEST:
                    raise Refused("The document is too long; put -DOCSTART- between articles.", number)
            elif cells or not whole:
                yield from _documents(rows, shape, name, options)
                rows, whole, count = [[]], whole or bool(cells), 0
            elif rows[-1]:
                rows.append([])
        yield from _documents(rows, shape, name, options)
    except Invalid as problem:
        yield problem if isinstance(problem, Refused) else Refused(problem.sentence)


def _split(line: str) -> list[str]:
    return [cell for cell in (each.strip() for each in line.split("\t" if "\t" in line else " ")) if cell]


def _comment(cells: list[str]) -> bool:
    return bool(cells) and cells[0].startswith("#") and not TAG.fullmatch(cells[-1])


def _cells(raw: bytes, number: int) -> list[str]:
    try:
        cells = _split(raw.decode())
    except UnicodeDecodeError:
        raise Refused("The line is not UTF-8.", number) from None
    if cells and cells[0] != _START and not _comment(cells) and (len(cells) < 2 or not TAG.fullmatch(cells[-1])):
        raise Refused("The line is no token with a label such as B-PER or O in its last column.", number)
    return cells


def _documents(rows: list[list[list[str]]], shape: _Shape, name: str, options: Options) -> Iterator[Document]:
    sentences = [row for row in rows if row]
    if not sentences:
        return
    tokens = [[cells[min(shape.token, len(cells) - 2)] for cells in sentence] for sentence in sentences]
    found, place, left = [], 0, set()
    for sentence, words in zip(sentences, tokens, strict=True):
        starts = []
        for token in words:
            starts.append(Span(place, place + len(token)))
            place += len(token) + 1
        for column in range(1, shape.labels + 1):
            tags = [cells[-column] if len(cells) > shape.token + column else "O" for cells in sentence]
            found += [Found(Mark(start, end), label) for start, end, label in spans(starts, tags)]
        left |= {n for cells in sentence for n, cell in enumerate(cells[: -shape.labels], 1) if cell not in _NOTHING}
    text = "\n".join(" ".join(words) for words in tokens)
    columns = [str(each) for each in sorted(left - set(range(1, shape.token + 2)))]
    kept = {"rebuilt": REBUILT, "columns": columns}
    yield keeping(reading(text, options.about, found, Units("code points"), file=name), kept)


def spans(places: list[Span], tags: list[str]) -> Iterator[tuple[int, int, str]]:
    """Yield the labelled spans of a sentence, in whichever of the IOB schemes it is tagged."""
    start, label = None, ""
    for place, tag in enumerate(tags):
        match = TAG.fullmatch(tag)
        lead, named = (match[1], match[2]) if match else (None, "")
        if start is not None and (lead in {None, "B", "S", "U"} or named != label):
            yield places[start].start, places[place - 1].end, label
            start = None
        if lead is not None and start is None:
            start, label = place, named
        if start is not None and lead in {"E", "L", "S", "U"}:
            yield places[start].start, places[place].end, label
            start = None
    if start is not None:
        yield places[start].start, places[-1].end, label


def write(documents: Iterable[Document], out: BinaryIO, /) -> None:
    """Write four columns in IOB2, as of CoNLL-2003; tokens are cut where an entity begins or ends."""
    for document in documents:
        out.write(b"-DOCSTART- -X- O O\n\n")
        text = document.text
        entities = flat(trimmed(document.layer.entities, text))
        tags = {each.start: re.sub(r"\s", "_", each.label) for each in entities}
        ends = [each.end for each in entities]
        for sentence in sentences(document, [each.span for each in entities]):
            label, until = "", 0
            for token in sentence:
                first = token.start in tags
                if first:
                    label, until = tags[token.start], ends[bisect_right(ends, token.start)]
                tag = "O" if token.start >= until else f"{'B' if first else 'I'}-{label}"
                out.write(f"{text[token.start : token.end]} -X- O {tag}\n".encode())
            out.write(b"\n")
