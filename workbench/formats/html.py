"""Web pages: the main text and what the page says about itself. Nothing is ever fetched."""

import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from workbench.core.annotation import Document
from workbench.core.errors import Invalid, Refused
from workbench.formats import about
from workbench.formats.reading import PLAIN, Options
from workbench.formats.text import decode, take

name: Final = "html"
title: Final = "Web pages (HTML)"
suffixes: Final = (".html", ".htm", ".xhtml")
direction: Final = "read"
loses: Final[frozenset[str]] = frozenset()

_CHARSET: Final = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([A-Za-z0-9_-]{2,40})", re.IGNORECASE)
_MOST: Final = 250
"""How many attributes an element has at most: each is looked for among the others."""
_QUOTED: Final = re.compile(r"\"[^\"]*+\"|'[^']*+'")
_LONG_TAG: Final = re.compile(r"<[A-Za-z](?:[^<>\"']++|\"[^\"]*+\"|'[^']*+'){1,500000}+>?")
_BETWEEN: Final = re.compile(r"[\s/]+")
_RAW: Final = re.compile(r"<(?=(?:script|style)\b)", re.IGNORECASE)
_RAW_END: Final = re.compile(r"</(?:script|style)\b", re.IGNORECASE)
_SAYS: Final = {
    "title": "title",
    "author": "author",
    "date": "published",
    "sitename": "outlet",
    "url": "url",
    "language": "language",
}


def sniff(head: bytes, name: str, /) -> bool:
    """Say whether the file is a web page."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    return start.startswith((b"<!doctype html", b"<html")) or (
        name.lower().endswith(suffixes) and start.startswith(b"<")
    )


def read(source: BinaryIO, name: str, options: Options = PLAIN, /) -> Iterator[Document | Refused]:
    """Read the page's main text as one document; a sidecar knows better than the page."""
    try:
        raw = take(source)
        page = decode(raw, options.encoding or _declared(raw))
        if any(len(_BETWEEN.findall(_QUOTED.sub("", tag[0]))) > _MOST for tag in _LONG_TAG.finditer(_elements(page))):
            raise Invalid(f"An element of the page has more than {_MOST} attributes; save the article as plain text.")
        yield _document(page, name, options)
    except Invalid as problem:
        yield Refused(problem.sentence)


def _elements(page: str) -> str:
    """Return a page without what its scripts and styles hold, where “<” begins no element."""
    before, *scripts = _RAW.split(page)
    kept = [before]
    for each in scripts:
        begun = each.find(">") + 1
        end = _RAW_END.search(each, begun)
        kept += ["<", each[:begun], each[end.start() :]] if end and begun else ["<", each]
    return "".join(kept)


def _declared(raw: bytes) -> str | None:
    """Return the encoding that the page itself declares."""
    found = _CHARSET.search(raw[:4096])
    return None if found is None or raw.startswith(b"\xef\xbb\xbf") else found[1].decode()


def _document(page: str, name: str, options: Options) -> Document:
    from trafilatura import bare_extraction

    found = bare_extraction(page, with_metadata=True, include_comments=False, include_tables=False)
    row = found.as_dict() if found else {}
    if not (text := row.get("text") or ""):
        raise Invalid("No main text was found in the page; save the article as plain text and import that.")
    said = {place: row[key] for key, place in _SAYS.items() if row.get(key)}
    return about.document(text, said | dict(options.about), name)
