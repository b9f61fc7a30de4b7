"""Articles as a table, CSV or TSV: a header, then one article a row."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, Final

from workbench.core.annotation import Document
from workbench.core.errors import Invalid, Refused, clause
from workbench.core.text import LONGEST
from workbench.formats import about
from workbench.formats.reading import PLAIN, Options
from workbench.formats.text import detected

name: Final = "table"
title: Final = "Articles in a table (CSV, TSV)"
suffixes: Final = (".csv", ".tsv")
direction: Final = "read"
loses: Final[frozenset[str]] = frozenset()


def sniff(_head: bytes, name: str, /) -> bool:
    """Say whether the file is named as a table; nothing in a table tells it from prose."""
    return name.lower().endswith(suffixes)


def read(source: BinaryIO, name: str, options: Options = PLAIN, /) -> Iterator[Document | Refused]:
    """Read one document a row; the column of the text is found by its name or told."""
    text: str | None = None
    for line, row in rows(source, name, options.encoding):
        if isinstance(row, Refused):
            yield row
            continue
        try:
            text = text or about.text_key(row, options.text)
            body = row.pop(text)
            yield about.document(body, {key: value for key, value in row.items() if value})
        except Invalid as problem:
            yield Refused(problem.sentence, line)
            if text is None:
                return


def rows(source: BinaryIO, name: str, encoding: str | None = None) -> Iterator[tuple[int, dict[str, Any] | Refused]]:
    """Yield numbered rows by the names of the columns; a row that does not fit the header is refused."""
    csv.field_size_limit(max(csv.field_size_limit(), 4 * LONGEST))
    stream = io.TextIOWrapper(source, _codec(encoding), newline="")
    try:
        yield from _rows(stream, name)
    except UnicodeDecodeError as problem:
        guess = detected(problem.object)
        hint = f"the file looks like {guess}. To confirm, add --encoding {guess}" if guess else "save it as UTF-8"
        yield 0, Refused(f"The file is not {(encoding or 'UTF-8').upper()}; {hint}.")
    except LookupError:
        yield 0, Refused(f"“{encoding}” is no known encoding; try utf-8, cp1252, latin-1 or utf-16.")


def _codec(encoding: str | None) -> str:
    return "utf-8-sig" if encoding is None or encoding.lower() in {"utf8", "utf-8"} else encoding


def _rows(stream: io.TextIOWrapper, name: str) -> Iterator[tuple[int, dict[str, Any] | Refused]]:
    first = stream.readline()
    mark = "\t" if name.lower().endswith(".tsv") else max(",;\t", key=first.count)
    reader = csv.reader(_again(first, stream), delimiter=mark, strict=True)
    header: list[str] | None = None
    before = 0
    try:
        for cells in reader:
            line, before = before + 1, reader.line_num
            if not any(cells):
                continue
            if header is None:
                header = _header(cells)
            elif len(cells) == len(header):
                yield line, dict(zip(header, cells, strict=True))
            else:
                said = f"The row has {len(cells)} cells, the header {len(header)}."
                yield line, Refused(f"{said} Put texts with “{mark}”, quotes or line ends in quotes.", line)
    except csv.Error as problem:
        yield (
            before + 1,
            Refused(f"The table breaks off here: {clause(problem)}. Look for a quote that is not closed.", before + 1),
        )
    except Invalid as problem:
        yield before, Refused(problem.sentence, before)


def _again(first: str, rest: Iterable[str]) -> Iterator[str]:
    yield first
    yield from rest


def _header(cells: list[str]) -> list[str]:
    names = [cell.strip() for cell in cells]
    if not all(names):
        raise Invalid("A column of the table has no name; the first row must name all columns.")
    most, count = Counter(names).most_common(1)[0]
    if count > 1:
        raise Invalid(f"Two columns of the table are named “{most[:80]}”.")
    return names
