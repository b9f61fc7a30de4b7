"""Articles as JSON Lines: a text and whatever else is known, under any of the usual keys."""

from collections.abc import Iterator
from functools import partial
from typing import BinaryIO, Final

from workbench.core.annotation import Document
from workbench.core.errors import Invalid, Refused
from workbench.formats import about
from workbench.formats.reading import PLAIN, Options, Row, each_line, line_keys

name: Final = "jsonl"
title: Final = "Articles (JSONL)"
suffixes: Final = (".jsonl", ".ndjson")
direction: Final = "read"
loses: Final[frozenset[str]] = frozenset()


def sniff(head: bytes, name: str, /) -> bool:
    """Say whether the file begins with a JSON object that holds a text, or is named as such lines are."""
    named = name.lower().endswith(suffixes)
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and (
        named or not line_keys(head).isdisjoint(about.TEXT)
    )


def read(source: BinaryIO, _name: str, options: Options = PLAIN, /) -> Iterator[Document | Refused]:
    """Read one document a line."""
    return each_line(source, partial(_document, wanted=options.text))


def _document(row: Row, wanted: str | None) -> Document:
    key = about.text_key(row, wanted)
    text = row.pop(key)
    if not isinstance(text, str):
        raise Invalid(f"“{key}” is no text.")
    return about.document(text, row)
