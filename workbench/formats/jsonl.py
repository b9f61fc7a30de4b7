"""Articles as JSON, one a line or in an array: a text and whatever else is known, under any of the usual keys.

Records of tokens with a tag each, as data sets of named entities have them, come in as well.
"""

from collections.abc import Iterator
from functools import partial
from typing import BinaryIO, Final

from workbench.core.annotation import Document
from workbench.core.errors import Invalid, Refused
from workbench.core.strict import Row
from workbench.formats import about, tagged
from workbench.formats.reading import PLAIN, Options, each_row, keys_in

name: Final = "jsonl"
title: Final = "Articles (JSONL, JSON)"
suffixes: Final = (".jsonl", ".ndjson", ".json")
direction: Final = "read"
loses: Final[frozenset[str]] = frozenset()


def sniff(head: bytes, name: str, /) -> bool:
    """Say whether the file begins with a JSON object that holds a text, or is named as lines of such are."""
    named = name.lower().endswith(suffixes[:2]) and head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
    keys = keys_in(head)
    return named or not keys.isdisjoint(about.TEXT) or "tokens" in keys


def read(source: BinaryIO, _name: str, options: Options = PLAIN, /) -> Iterator[Document | Refused]:
    """Read one document a line or item."""
    return each_row(source, partial(_document, wanted=options.text))


def _document(row: Row, wanted: str | None) -> Document:
    if wanted is None and tagged.is_tagged(row):
        return tagged.document(row, {})
    key = about.text_key(row, wanted)
    text = row.pop(key)
    if not isinstance(text, str):
        raise Invalid(f"“{key}” is no text.")
    return about.document(text, row)
