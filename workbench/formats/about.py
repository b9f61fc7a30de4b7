"""What a file says about an article beside its text: title, outlet, date, under whatever name."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

from workbench.core.annotation import Document, Source
from workbench.core.errors import Invalid
from workbench.core.text import accept

TEXT: Final = (
    "text", "body", "content", "article", "article_text", "fulltext", "full_text", "maintext", "raw_text", "data",
)  # fmt: skip
_ALIASES: Final = {
    "title": ("title", "headline", "head", "heading"),
    "outlet": ("outlet", "publisher", "publication", "newspaper", "sitename", "site_name", "site", "source"),
    "author": ("author", "authors", "byline", "creator"),
    "published": (
        "published", "date", "published_at", "publish_date", "published_date", "date_published", "datepublished",
        "publication_date", "pubdate", "pub_date", "date_publish", "datetime", "timestamp",
    ),
    "url": ("url", "link", "source_url", "permalink", "uri"),
    "language": ("language", "lang"),
    "file": ("file", "filename", "file_name"),
    "id": ("id", "article_id", "uid", "guid", "doc_id"),
}  # fmt: skip
_KNOWN: Final = frozenset(alias for aliases in _ALIASES.values() for alias in aliases)
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]+)*")
_LONGEST_DAY: Final = 100
_DAYS: Final = ("%d %B %Y", "%B %d, %Y", "%d %b %Y", "%b %d, %Y", "%Y/%m/%d", "%Y%m%d", "%d.%m.%Y")


def text_key(keys: Any, wanted: str | None = None) -> str:
    """Return the key or column that holds the text; raises Invalid with those that exist."""
    known = [key for key in keys if isinstance(key, str)]
    folded = {_fold(key): key for key in reversed(known)}
    for alias in (wanted,) if wanted else TEXT:
        if found := folded.get(_fold(alias)):
            return found
    listed = ", ".join(known[:20]) or "none"
    raise Invalid(f"There is no “{wanted or 'text'}” among the keys ({listed}); name the one that holds the text.")


def document(text: str, row: Mapping[str, Any], file: str | None = None) -> Document:
    """Build a document from a text and whatever else is known; what has no place of its own goes to ``meta``."""
    rest = {key: value for key, value in row.items() if value not in (None, "") or _fold(key) not in _KNOWN}
    found = {place: _take(rest, place) for place in _ALIASES}
    return Document(
        text=accept(text),
        id=found["id"] or "",
        title=found["title"],
        language=(found["language"] or "en").replace("_", "-"),
        source=Source(found["outlet"], found["url"], found["author"], found["published"], found["file"] or file),
        meta=_meta(rest),
    )


def row(document: Document) -> dict[str, Any]:
    """Return what is known of a document beside its text, as ``document`` reads it back."""
    source = document.source
    known = {
        "id": document.id,
        "title": document.title,
        "outlet": source.outlet,
        "author": source.author,
        "published": source.published,
        "url": source.url,
        "language": document.language,
        "file": source.file,
        "meta": document.meta,
    }
    return {key: value for key, value in known.items() if value}


def _take(rest: dict[str, Any], place: str) -> str | None:
    """Remove and return the first alias that holds a usable value."""
    folded = {_fold(key): key for key in reversed(rest)}
    for alias in _ALIASES[place]:
        key = folded.get(alias)
        if key is not None and (value := _usable(place, rest[key])):
            del rest[key]
            return value
    return None


def _usable(place: str, value: Any) -> str | None:
    if place == "author" and isinstance(value, list) and value and all(isinstance(each, str) for each in value):
        value = "; ".join(value)
    if place == "id" and isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not value.strip():
        return None
    if place == "published":
        return day(value.strip()[:_LONGEST_DAY])
    return value if place != "language" or _LANGUAGE.fullmatch(value) else None


def day(said: str) -> str | None:
    """Return a date as YYYY-MM-DD, or None where it cannot be told for sure."""
    try:
        return date.fromisoformat(said[:10]).isoformat() if re.match(r"\d{4}-\d\d-\d\d(?!\d)", said) else _written(said)
    except (ValueError, OverflowError):
        return None


def _written(said: str) -> str | None:
    for shape in _DAYS:
        try:
            return datetime.strptime(said, shape).date().isoformat()
        except ValueError:
            continue
    return parsedate_to_datetime(said).date().isoformat()


def _meta(rest: dict[str, Any]) -> dict[str, Any]:
    """Return what is left, with a ``meta`` object opened out."""
    inner = rest.pop("meta", None)
    if inner is not None and not isinstance(inner, dict):
        return rest | {"meta": inner}
    twice = sorted(rest.keys() & (inner or {}).keys())
    if twice:
        raise Invalid(f"The record gives “{twice[0]}” both beside meta and inside it.")
    return (inner or {}) | rest


def _fold(key: str) -> str:
    return key.strip().casefold().replace(" ", "_").replace("-", "_")
