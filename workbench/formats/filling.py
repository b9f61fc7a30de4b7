"""Predictions that travel without texts: each record is given the text of the article that it is about."""

import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any, BinaryIO, cast

import msgspec

from workbench.core.errors import Invalid, Refused
from workbench.core.strict import as_object, parse
from workbench.formats import gold
from workbench.formats.files import Opened

TextOf = Callable[[Any, Any], str | None]
"""Returns the text of an article by its hash, else by its id."""


def filled(files: Iterable[Opened | Refused], text_of: TextOf) -> Iterator[Opened | Refused]:
    """Hand files on; records in gold shape that have no text get the one of their ``text_sha256``, else of their id."""
    for each in files:
        if isinstance(each, Opened) and gold.sniff(each.head, each.name):
            yield replace(each, source=cast("BinaryIO", _Filled(each.source, text_of)))
        else:
            yield each


class _Filled(io.BufferedIOBase):
    """A file of records, line by line, with the texts put in."""

    def __init__(self, source: BinaryIO, text_of: TextOf) -> None:
        self.source, self.text_of = source, text_of

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readline(self, size: int | None = -1, /) -> bytes:
        """Return the next line, with its text."""
        line = self.source.readline(-1 if size is None else size)
        if b'"text_sha256"' not in line and b'"id"' not in line:
            return line
        try:
            row = as_object(parse(line))
        except Invalid:
            return line
        if isinstance(row.get("text"), str):
            return line
        text = self.text_of(row.get("text_sha256"), row.get("id"))
        return line if text is None else msgspec.json.encode(_with(row, text)) + b"\n"


def _with(row: dict[str, Any], text: str) -> dict[str, Any]:
    """Return the record with its text, format and version first, as those who recognise it expect."""
    return {"format": row.get("format"), "version": row.get("version")} | row | {"text": text}
