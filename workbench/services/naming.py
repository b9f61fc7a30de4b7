"""What an article is called: in lists, and as the id that it keeps."""

import re
import unicodedata
from textwrap import shorten
from typing import Final

from workbench.core.annotation import Document, Region
from workbench.core.text import paragraphs

_SAFE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,119}")


def opening(text: str, found: tuple[Region, ...]) -> str:
    """Return what a plain text can be called in lists: its headline, else how it begins."""
    headline = next((text[each.start : each.end] for each in found if each.kind == "headline"), None)
    first, last = paragraphs(text)[0]
    return " ".join(shorten(headline or text[first:last], 120, placeholder=" …").split())


def own_key(document: Document) -> str | None:
    """Return the id that a record brings, if it is safe in a file name."""
    return document.id if _SAFE.fullmatch(document.id) else None


def made_key(document: Document, name: str, sha256: str) -> str:
    """Return an id made of an article's title, or its file's name, and its text: stable, and safe in a file name."""
    start = document.title or name.rsplit("/", 1)[-1].rsplit(".", 1)[0] or document.text[:60]
    plain = unicodedata.normalize("NFKD", start).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].rstrip("-")
    return f"{slug or 'article'}-{sha256[:8]}"
