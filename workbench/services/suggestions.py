"""Suggestions: a named suggester proposes a layer for every article that has none from it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Final

from workbench.core import propagation
from workbench.core.annotation import Document, Layer, Review
from workbench.core.record import layer_json
from workbench.core.regions import regions
from workbench.core.text import digest, sentences
from workbench.services import ordering
from workbench.services.laying import certainty
from workbench.services.naming import made_key, opening
from workbench.store import memory, work
from workbench.store.engine import Database

if TYPE_CHECKING:
    from workbench.nlp import Suggester

CHUNK: Final = 64


@dataclass(frozen=True, slots=True)
class Suggested:
    """What a run proposed."""

    articles: int
    entities: int
    stances: int
    commitments: int


def waiting(database: Database, project_id: int, suggester: str) -> int:
    """Return how many articles have no layer by this suggester yet."""
    with database.reading() as session:
        return work.count_unread(session, project_id, suggester)


def suggest(
    database: Database,
    project_id: int,
    suggester: "Suggester",
    *,
    now: Callable[[], datetime],
    progress: Callable[[int], None] = lambda done: None,
    processes: int = 1,
) -> Suggested:
    """Propose a layer for every article that lacks one; what is stored stays if it is stopped.

    Doing it again does only what is left, so it may be cut off at any point.
    """
    counted = [0, 0, 0, 0]
    for chunk in _chunks(_unread(database, project_id, suggester.name)):
        found = suggester.suggest((document for _, document in chunk), processes=processes)
        kept = _with_memory(database, project_id, suggester.name, zip((each for _, each in chunk), found, strict=True))
        rows = list(zip((article_id for article_id, _ in chunk), (each for _, each in chunk), kept, strict=True))
        with database.writing() as session:
            work.keep_layers(session, [_row(*each, author=suggester.name) for each in rows], now=now())
            ordering.ready(session, project_id, [article_id for article_id, _, _ in rows])
        for _, _, layer in rows:
            sizes = (1, len(layer.entities), len(layer.stances), len(layer.commitments))
            counted = [old + new for old, new in zip(counted, sizes, strict=True)]
        progress(counted[0])
    return Suggested(*counted)


def _with_memory(
    database: Database, project_id: int, author: str, found: Iterable[tuple[Document, Layer]]
) -> Iterator[Layer]:
    with database.reading() as session:
        wishes = memory.wishes(session, project_id)
    for document, layer in found:
        yield propagation.remembered(layer, document.text, wishes, author) if wishes else layer


def _unread(database: Database, project_id: int, author: str) -> Iterator[tuple[int, Document]]:
    after = 0
    while True:
        with database.reading() as session:
            rows = work.unread(session, project_id, author, CHUNK, after)
        if not rows:
            return
        yield from rows
        after = rows[-1][0]


def _chunks(rows: Iterator[tuple[int, Document]]) -> Iterator[list[tuple[int, Document]]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def _row(article_id: int, document: Document, layer: Layer, *, author: str) -> dict[str, object]:
    return {
        "article_id": article_id,
        "kind": "suggested",
        "author": author,
        "body": layer_json(layer, document.text),
        "proposals": len(layer.objects),
        "certainty": certainty(layer),
    }


def preannotate(documents: Iterable[Document], suggester: "Suggester", *, processes: int = 1) -> Iterator[Document]:
    """Turn articles into suggested records, one after the other, holding a bounded number at a time."""
    held: list[Document] = []

    def passing() -> Iterator[Document]:
        for document in documents:
            marked = document if document.regions else replace(document, regions=regions(document.text))
            held.append(marked)
            yield marked

    for layer in suggester.suggest(passing(), processes=processes):
        document = held.pop(0)
        yield replace(
            document,
            layer=layer,
            sentences=tuple(sentences(document.text)),
            review=Review(),
        )


def named(document: Document, file: str) -> Document:
    """Return a document that is about to leave without a project: with an id, a title and the file it came from."""
    source = document.source if document.source.file else replace(document.source, file=file or None)
    found = document.regions or regions(document.text)
    title = document.title if document.title or document.id else opening(document.text, found)
    key = document.id or made_key(document, file, digest(document.text))
    return replace(document, id=key, title=title, source=source, regions=found, cluster=document.cluster or key)
