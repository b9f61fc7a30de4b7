"""CoNLL-2003 and its relatives: a token a line, its label in the last column.

IOB1, IOB2, IOBES and BILOU are read alike: what begins, goes on and ends a span is the same wherever they meet.
There is no text in these files, so it is put together from the tokens, one space apart, one sentence a line.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final

from workbench.core.annotation import Document, Span
from workbench.core.errors import Invalid, Refused
from workbench.core.text import LONGEST
from workbench.formats.foreign import Found, keeping, reading
from workbench.formats.losses import RECORD, flat, trimmed
from workbench.formats.reading import PLAIN, Options, lines_with_blanks
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

TAG: Final = re.compile(r"O|([BIESLUM])-(\S+)")
_START: Final = "-DOCSTART-"


def sniff(head: bytes, _name: str, /) -> bool:
    """Say whether the first lines are tokens with a label such as B-PER or O."""
    first = [line.split() for line in head.decode("utf-8", "replace").splitlines()[:-1][:60] if line.strip()]
    rows = [row for row in first if row[0] != _START]
    return bool(rows) and all(2 <= len(row) <= 12 and TAG.fullmatch(row[-1]) for row in rows)


def read(source: BinaryIO, name: str, options: Options = PLAIN, /) -> Iterator[Document | Refused]:
    """Read one document after each ``-DOCSTART-``; where there is none each sentence is one."""
    rows: list[list[tuple[str, str]]] = [[]]
    whole, count = False, 0
    try:
        for number, raw in lines_with_blanks(source):
            cells = _cells(raw, number)
            if cells and cells[0] != _START:
                rows[-1].append((cells[0], cells[-1]))
                count += 1
                if count > LONGEST:
                    raise Refused("The document is too long; put -DOCSTART- between articles.", number)
            elif cells or not whole:
                yield from _documents(rows, name, options)
                rows, whole, count = [[]], whole or bool(cells), 0
            elif rows[-1]:
                rows.append([])
        yield from _documents(rows, name, options)
    except Invalid as problem:
        yield problem if isinstance(problem, Refused) else Refused(problem.sentence)


def _cells(raw: bytes, number: int) -> list[str]:
    try:
        line = raw.decode()
    except UnicodeDecodeError:
        raise Refused("The line is not UTF-8.", number) from None
    cells = line.split("\t") if "\t" in line else line.split(" ")
    cells = [cell for cell in (each.strip() for each in cells) if cell]
    if cells and cells[0] != _START and (len(cells) < 2 or not TAG.fullmatch(cells[-1])):
        raise Refused("The line is no token with a label such as B-PER or O in its last column.", number)
    return cells


def _documents(rows: list[list[tuple[str, str]]], name: str, options: Options) -> Iterator[Document]:
    sentences = [row for row in rows if row]
    if not sentences:
        return
    text = "\n".join(" ".join(token for token, _ in sentence) for sentence in sentences)
    found, place = [], 0
    for sentence in sentences:
        starts = []
        for token, _ in sentence:
            starts.append(Span(place, place + len(token)))
            place += len(token) + 1
        found += [Found(Mark(start, end), label) for start, end, label in spans(starts, [tag for _, tag in sentence])]
    document = reading(text, options.about, found, Units("code points"), file=name)
    yield keeping(document, {"rebuilt": "The text was put together from tokens."})


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
