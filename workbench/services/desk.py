"""The desk's page and its data, in the shape that the browser works with."""

import gzip
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import msgspec
from sqlalchemy.orm import Session

from workbench.core import desk, pages
from workbench.core import scheme as schemes
from workbench.core.errors import Invalid
from workbench.core.reading import Paragraph, paragraphs
from workbench.core.text import TOKENISER, digest, sentences, snap, utf16
from workbench.services import layers
from workbench.services.review import Opened
from workbench.store import work
from workbench.store.kept import kept
from workbench.store.work import DecisionRow

RECENT: Final = 500
"""More decisions than can have been stored without their answer arriving."""
MOST_OBJECTS: Final = 200
MOST_DECISIONS: Final = 100
"""How many objects and decisions a program is told with the article; it asks for pages of the others."""


@dataclass(frozen=True, slots=True)
class PageArticle:
    """An article as it is read: what the page shows before any script runs."""

    title: str | None
    outlet: str | None
    published: str | None
    words: int
    language: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """What the template of the desk receives."""

    article: PageArticle
    item: dict[str, Any]
    urls: dict[str, str]


def page(found: Opened, urls: dict[str, str]) -> Page:
    """Return what the desk's page shows at first."""
    returned = found.item.note if found.mine and found.item.state == "open" else None
    return Page(_shown(found), {"id": found.item.id, "state": found.item.state, "returned": returned}, urls)


def _shown(found: Opened) -> PageArticle:
    document = found.document
    return PageArticle(
        document.title,
        document.source.outlet,
        document.source.published,
        len(document.text.split()),
        document.language,
        tuple(paragraphs(document.text, document.regions)),
    )


def edition(found: Opened, scheme_version: int) -> str:
    """Return a name for all that decisions do not change; another name means other content."""
    layer, document = found.layer, found.document
    start = (layer.base_id or layer.id, layers.starting(layer)) if layer else None
    shown = (document.id, document.title, document.language, document.source, document.regions)
    return digest(repr((shown, digest(document.text), TOKENISER, scheme_version, start)))[:16]


def parcel(session: Session, found: Opened, named: str, *, packed: bool) -> bytes:
    """Return all that decisions do not change, as JSON, gzipped if ``packed``; kept at hand under its edition."""

    def made() -> bytes:
        body = msgspec.json.encode(
            {
                "article": article(found),
                "scheme": msgspec.Raw(schemes.dump(found.scheme).encode()),
                "proposals": proposals(session, found),
            }
        )
        return gzip.compress(body, 5, mtime=0) if packed else body

    layer = found.layer
    if layer and not layer.base_id and layer.kind != "suggested":
        return made()  # a reading that starts from itself changes when it is finished
    return kept(session, ("parcel", found.item.article_id, named, packed), made, len)


def article(found: Opened) -> dict[str, Any]:
    """Return the article with its tokens in UTF-16 units."""
    document, shown = found.document, _shown(found)
    toks = desk.pieces(document.text)
    return {
        "id": document.id,
        "title": shown.title,
        "language": shown.language,
        "text_sha256": digest(document.text),
        "tokeniser": TOKENISER,
        "outlet": shown.outlet,
        "published": shown.published,
        "words": shown.words,
        "paragraphs": [_paragraph(each, toks) for each in shown.paragraphs],
        "sentences": [cut for start, end in sentences(document.text) if (cut := snap(toks, start, end))],
    }


def item(found: Opened, *, guideline: int) -> dict[str, Any]:
    """Return how the article stands on the desk."""
    return {
        "id": found.item.id,
        "state": found.item.state,
        "note": found.item.note,
        "readonly": not found.mine or found.item.state != "open",
        "guideline": guideline,
    }


def proposals(session: Session, found: Opened) -> list[dict[str, Any]]:
    """Return what there was before any decision, in the shape of the wire; it never changes."""
    if found.layer is None:
        return []
    text = found.document.text
    return [desk.object_wire(each, desk.pieces(text)) for each in layers.proposed(session, found.layer, text)]


def decided(session: Session, found: Opened) -> dict[str, Any]:
    """Return what decisions have made so far, with the keys of the newest, in the shape of the wire."""
    if found.layer is None:
        return {"rev": 0, "objects": [], "recent": []}
    toks = desk.pieces(found.document.text)
    placed = layers.decided(session, found.layer, found.document.text)
    return {
        "rev": found.layer.rev,
        "objects": [desk.object_wire(each, toks) for each in placed],
        "recent": work.recent_keys(session, found.layer.id, RECENT),
    }


def some(session: Session, found: Opened) -> dict[str, Any]:
    """Return the first objects, decided or not, and the newest decisions, in the shape of the wire."""
    if found.layer is None:
        return {"rev": 0, "objects": [], "log": [], "whole": True}
    first, more = objects(session, found, limit=MOST_OBJECTS)
    rows = work.newest_decisions(session, found.layer.id, MOST_DECISIONS + 1)
    told = _told(session, found, rows[-MOST_DECISIONS:])
    return {"rev": found.layer.rev, "objects": first, "log": told, "whole": not more and len(rows) <= MOST_DECISIONS}


def objects(session: Session, found: Opened, *, after: str = "", limit: int) -> tuple[list[dict[str, Any]], str | None]:
    """Return objects as they stand by kind and place, those behind one, and the last of them if more follow."""
    if found.layer is None:
        return [], None
    text = found.document.text
    placed = layers.placed(session, found.layer, text)
    start = next((n for n, each in enumerate(placed, 1) if each.item.id == after), 0)
    if after and not start:
        raise Invalid("This cursor names an object that is not there: begin without one.")
    page, toks = placed[start : start + limit], desk.pieces(text)
    more = page[-1].item.id if len(placed) > start + limit else None
    return [desk.object_wire(each, toks) for each in page], more


def log(
    session: Session, found: Opened, *, after: int = 0, limit: int | None = None
) -> tuple[list[dict[str, Any]], int | None]:
    """Return decisions on the article, oldest first, in the shape of the wire, and where they go on if more follow."""
    if found.layer is None:
        return [], None
    rows = work.history(session, found.layer.id, after=after, limit=limit + 1 if limit else None)
    page, more = pages.cut(rows, limit or len(rows))
    return _told(session, found, page), more


def _told(session: Session, found: Opened, rows: Iterable[DecisionRow]) -> list[dict[str, Any]]:
    assert found.layer is not None
    text = found.document.text
    toks, people = desk.pieces(text), work.deciders(session, found.layer.id)
    return [
        {
            "key": row.key,
            "txn": row.txn,
            "act": row.act,
            "undoes": row.undoes,
            "kind": row.kind,
            "id": row.oid,
            "before": layers.state(row.kind, row.before, text, toks) if row.before else None,
            "after": layers.state(row.kind, row.after, text, toks),
            "at": row.at,
            "who": people[row.person_id],
        }
        for row in rows
    ]


def _paragraph(paragraph: Paragraph, toks: list[tuple[int, int]]) -> dict[str, Any]:
    words = paragraph.text
    inside = snap(toks, paragraph.start, paragraph.start + len(words))
    cut = [(start - paragraph.start, end - paragraph.start) for start, end in toks[slice(*inside)]] if inside else []
    return {"kind": paragraph.kind, "text": words, "tokens": list(_units(words, cut))}


def _units(words: str, cut: Iterable[tuple[int, int]]) -> Iterable[int]:
    """Yield start and length of each token in UTF-16 units."""
    if words.isascii():
        for start, end in cut:
            yield start
            yield end - start
        return
    at, units = 0, 0
    for start, end in cut:
        units += utf16(words[at:start])
        length = utf16(words[start:end])
        yield units
        yield length
        units, at = units + length, end
