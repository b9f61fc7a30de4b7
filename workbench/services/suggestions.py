"""Suggestions: a named suggester proposes a layer for every article that has none from it."""

import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Final

from sqlalchemy.orm import Session

from workbench.core import pages, propagation, workflow
from workbench.core.annotation import Document, Layer, Review
from workbench.core.errors import WorkbenchError
from workbench.core.record import layer_json
from workbench.core.regions import regions
from workbench.core.text import digest, sentences
from workbench.core.words import many
from workbench.fence import Died
from workbench.formats.ready import counted
from workbench.nlp.apart import hopeless
from workbench.services import ordering, weighing
from workbench.services.naming import made_key, opening
from workbench.services.projects import Project
from workbench.store import memory, parked, unread
from workbench.store.engine import Database
from workbench.store.parked import ParkedRow

if TYPE_CHECKING:
    from workbench.nlp import Suggester

CHUNK: Final = 64
PART: Final = 256
"""How many articles a part of a long run has: enough to be worth a model's start, few enough to share."""
TRIES: Final = 3
_IN_A_ROW: Final = 5
"""So many articles after each other that cannot be read are not at fault: the suggester is."""


@dataclass(frozen=True, slots=True)
class Suggested:
    """What a run proposed, and how many articles it could not read."""

    articles: int = 0
    entities: int = 0
    stances: int = 0
    commitments: int = 0
    parked: int = 0

    def told(self) -> str:
        """Return it in words."""
        parked = f", {self.parked} parked because they could not be read" if self.parked else ""
        return (
            f"{many(self.articles, 'article')}: {many(self.entities, 'entity', 'entities')}, "
            f"{many(self.stances, 'stance')}, {many(self.commitments, 'commitment')}{parked}"
        )


def waiting(database: Database, project_id: int, suggester: str) -> int:
    """Return how many articles have no layer by this suggester yet."""
    with database.reading() as session:
        return unread.count(session, project_id, suggester)


def stretches(database: Database, project_id: int, suggester: str) -> list[tuple[int, int]]:
    """Cut what waits into stretches that several workers can share: the first and last number of each."""
    with database.reading() as session:
        found = unread.ids(session, project_id, suggester)
    return [(found[at], found[min(at + PART, len(found)) - 1]) for at in range(0, len(found), PART)]


def suggest(
    database: Database,
    project_id: int,
    suggester: "Suggester",
    *,
    now: Callable[[], datetime],
    progress: Callable[[int], None] = lambda done: None,
    processes: int = 1,
    stretch: tuple[int, int | None] = (0, None),
) -> Suggested:
    """Propose a layer for every article that lacks one; what is stored stays if it is stopped.

    Doing it again does only what is left, so it may be cut off at any point. An article that the suggester cannot
    read is tried by itself, and parked in the end with what went wrong.
    """
    done = Suggested()
    for chunk in _chunks(_unread(database, project_id, suggester.name, *stretch)):
        found, trouble = _proposed(suggester, [document for _, document in chunk], processes)
        read = [(*each, layer) for each, layer in zip(chunk, found, strict=True) if layer]
        rows = list(_with_memory(database, project_id, suggester.name, read))
        with database.writing() as session:
            left = unread.still(session, suggester.name, [number for number, _ in chunk])
            rows = [row for row in rows if row[0] in left]
            weighing.keep(session, project_id, [_row(*each, author=suggester.name) for each in rows], now=now())
            ordering.ready(session, project_id, [article_id for article_id, _, _ in rows])
            bad = {chunk[place][0]: said for place, said in trouble.items()}
            parked.keep(session, project_id, suggester.name, bad, tries=TRIES, now=now())
        done = _counted(done, [layer for _, _, layer in rows], len(bad))
        progress(done.articles + done.parked)
    return done


def _counted(done: Suggested, layers: list[Layer], bad: int) -> Suggested:
    return Suggested(
        done.articles + len(layers),
        done.entities + sum(len(each.entities) for each in layers),
        done.stances + sum(len(each.stances) for each in layers),
        done.commitments + sum(len(each.commitments) for each in layers),
        done.parked + bad,
    )


def _proposed(
    suggester: "Suggester", documents: list[Document], processes: int
) -> tuple[list[Layer | None], dict[int, str]]:
    """Return a layer for each article, or what went wrong with it, by its place."""
    try:
        return list(suggester.suggest(iter(documents), processes=processes)), {}
    except WorkbenchError:
        raise
    except Exception as problem:  # which of them it was shows when each is read by itself
        found: list[Layer | None] = []
        trouble: dict[int, str] = {}
        for place, document in enumerate(documents):
            layer, said = _alone(suggester, document)
            found.append(layer)
            if layer is None:
                trouble[place] = said
            if not any(found[-_IN_A_ROW:]) and len(found) >= _IN_A_ROW:
                if isinstance(problem, Died):
                    raise hopeless(problem) from None
                raise
        return found, trouble


def _alone(suggester: "Suggester", document: Document) -> tuple[Layer | None, str]:
    said = ""
    for _ in range(TRIES):
        try:
            [layer] = suggester.suggest(iter([document]))
            return layer, ""
        except WorkbenchError:
            raise
        except Exception:
            said = traceback.format_exc(limit=-6)
    return None, said


def listing(
    session: Session, project: Project, *, before: int | None = None, limit: int = pages.SIZE
) -> tuple[list[ParkedRow], int | None]:
    """Return what went wrong with a page of a project's parked articles, and where the next one goes on."""
    workflow.check(project.role, "suggest")
    found = parked.articles(session, project.id, before=before, limit=limit + 1)
    return parked.listing(session, found[:limit]), found[limit - 1] if len(found) > limit else None


def count_parked(session: Session, project: Project) -> int:
    """Return how many articles of a project are parked."""
    return parked.count(session, project.id)


def release(session: Session, project: Project, article_id: int | None = None) -> int:
    """Let the next run try parked articles again, all or one; return how many."""
    workflow.check(project.role, "suggest")
    return parked.release(session, project.id, article_id)


def _with_memory(
    database: Database, project_id: int, author: str, found: list[tuple[int, Document, Layer]]
) -> Iterator[tuple[int, Document, Layer]]:
    """Let carried decisions shape proposals, but not those for articles that somebody has begun to answer."""
    with database.reading() as session:
        wishes = memory.wishes(session, project_id)
        begun = unread.begun(session, [number for number, _, _ in found]) if wishes else set()
    for number, document, layer in found:
        shaped = bool(wishes) and number not in begun
        yield number, document, propagation.remembered(layer, document.text, wishes, author) if shaped else layer


def _unread(
    database: Database, project_id: int, author: str, first: int, last: int | None
) -> Iterator[tuple[int, Document]]:
    after = first - 1
    while True:
        with database.reading() as session:
            rows = unread.articles(session, project_id, author, CHUNK, after, last)
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
    } | counted(layer)


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
