"""Articles, and the imports that brought them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import case, delete, exists, func, insert, literal, select, update
from sqlalchemy.orm import Session

from workbench.core.annotation import Document, Region, Source
from workbench.store import bridges, finding, schema
from workbench.store.schema import Article, Batch, Layer, ReceiptPart


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article in a list."""

    id: int
    key: str
    title: str | None
    outlet: str | None
    published: str | None
    words: int
    cluster: str
    rank: int

    @property
    def best(self) -> str:
        """Return how far it has come: imported, suggested, draft, reviewed or gold."""
        return schema.KINDS[self.rank]


@dataclass(frozen=True, slots=True)
class Fresh:
    """An article about to be kept, with what was found out about it."""

    document: Document
    key: str
    sha256: str
    words: int
    cluster: str
    signature: bytes
    also_near: tuple[str, ...] = ()


def open_batch(session: Session, project_id: int, *, by: int | None, now: datetime) -> int:
    """Begin an import that nobody sees yet; return its id."""
    row = Batch(project_id=project_id, person_id=by, state="loading", at=now, report={})
    session.add(row)
    session.flush()
    return row.id


def add(session: Session, project_id: int, batch_id: int, fresh: Iterable[Fresh]) -> list[int]:
    """Keep articles; return their ids in order."""
    came = list(fresh)
    rows = [_row(each) | {"project_id": project_id, "batch_id": batch_id} for each in came]
    if not rows:
        return []
    ids = list(session.scalars(insert(Article).returning(Article.id, sort_by_parameter_order=True), rows))
    bridges.add(session, ((id, each.also_near) for id, each in zip(ids, came, strict=True) if each.also_near))
    return ids


def _row(each: Fresh) -> dict[str, Any]:
    document, source = each.document, each.document.source
    return {
        "key": each.key,
        "title": document.title,
        "text": document.text,
        "text_sha256": each.sha256,
        "words": each.words,
        "language": document.language,
        "outlet": source.outlet,
        "url": source.url,
        "author": source.author,
        "published": source.published,
        "file": source.file,
        "meta": dict(document.meta),
        "regions": [[region.start, region.end, region.kind] for region in document.regions],
        "cluster": each.cluster,
        "signature": each.signature,
        "split": document.split,
    }


def newest(session: Session, batch_id: int) -> tuple[int, int]:
    """Return the numbers of the newest article of an import and of the newest layer of all; 0 where there is none."""
    article_id = session.scalar(select(func.max(Article.id)).where(Article.batch_id == batch_id))
    return article_id or 0, session.scalar(select(func.max(Layer.id))) or 0


def drop(session: Session, batch_id: int, after: int) -> None:
    """Take back the articles of an import that is still loading which came after one."""
    later = (Article.batch_id == batch_id, Article.id > after)
    bridges.drop(session, batch_id, after)
    session.execute(delete(Layer).where(Layer.article_id.in_(select(Article.id).where(*later))))
    session.execute(delete(Article).where(*later))


def abandon(session: Session, batch_id: int) -> None:
    """Take back a whole import, if it is still loading."""
    loading = select(Batch.id).where(Batch.id == batch_id, Batch.state == "loading")
    if session.scalar(loading) is None:
        return
    bridges.drop(session, batch_id)
    mine = select(Article.id).where(Article.batch_id.in_(loading))
    session.execute(delete(Layer).where(Layer.article_id.in_(mine)))
    session.execute(delete(Article).where(Article.batch_id.in_(loading)))
    session.execute(delete(ReceiptPart).where(ReceiptPart.batch_id.in_(loading)))
    session.execute(delete(Batch).where(Batch.id.in_(loading)))


def abandoned(session: Session, before: datetime) -> list[int]:
    """Return imports that never came to their end."""
    return list(session.scalars(select(Batch.id).where(Batch.state == "loading", Batch.at < before)))


def close_batch(session: Session, batch_id: int, report: dict[str, Any]) -> None:
    """Let everybody see an import's articles, and queue them for review."""
    session.execute(update(Batch).where(Batch.id == batch_id).values(state="done", report=report))
    suggested = exists().where(Layer.article_id == Article.id, Layer.kind == "suggested")
    settled = exists().where(Layer.article_id == Article.id, Layer.kind.in_(["reviewed", "gold"]))
    fields = ["project_id", "article_id", "state", "ready", "priority", "lease_no"]
    waiting = select(Article.project_id, Article.id, literal("waiting"), suggested, literal(0), literal(0))
    waiting = waiting.where(Article.batch_id == batch_id, ~settled).order_by(Article.id)
    session.execute(insert(schema.Item).from_select(fields, waiting))
    unqueued = select(Article.project_id, Article.id).where(Article.batch_id == batch_id, settled)
    session.execute(insert(schema.Touched).from_select(["project_id", "article_id"], unqueued))


def known(session: Session, project_id: int, digests: Iterable[str]) -> dict[str, tuple[str, int | None]]:
    """Return, by their hash, the texts that are here: the article's key, and the import that still brings it if any."""
    loading = case((Batch.state == "loading", Batch.id))
    query = select(Article.text_sha256, Article.key, loading).join(Batch, Batch.id == Article.batch_id)
    query = query.where(Article.project_id == project_id, Article.text_sha256.in_(list(digests)))
    return {sha256: (key, batch_id) for sha256, key, batch_id in session.execute(query)}


def taken(session: Session, project_id: int, keys: Iterable[str]) -> set[str]:
    """Return which of the keys are in use."""
    query = select(Article.key).where(Article.project_id == project_id, Article.key.in_(list(keys)))
    return set(session.scalars(query))


def signatures(session: Session, project_id: int) -> Iterator[tuple[str, str, bytes]]:
    """Stream key, cluster and signature of every article."""
    query = select(Article.key, Article.cluster, Article.signature).where(Article.project_id == project_id)
    yield from session.execute(query.execution_options(yield_per=5000))


def text(session: Session, project_id: int, key: str) -> str:
    """Return one article's text; nothing for one that was taken back."""
    query = select(Article.text).where(Article.project_id == project_id, Article.key == key)
    return session.scalar(query) or ""


def count(session: Session, project_id: int, *, most: int | None = None) -> int:
    """Return how many articles a project has, counting no further than ``most``."""
    some = select(Article.id).where(Article.project_id == project_id).limit(most).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


def count_unsuggested(session: Session, project_id: int) -> int:
    """Return how many articles no suggester has read."""
    read = exists().where(Layer.article_id == Article.id, Layer.kind == "suggested")
    query = select(func.count()).select_from(Article).join(Batch, Batch.id == Article.batch_id)
    return session.scalar(query.where(Article.project_id == project_id, Batch.state == "done", ~read)) or 0


def listing(session: Session, project_id: int, *, after: int = 0, limit: int = 50, find: str = "") -> list[ArticleRow]:
    """Return a page of articles in the order they came, each with how far it has come."""
    ranks = select(func.max(schema.rank_of(Layer.__table__.c.kind))).where(Layer.article_id == Article.id)
    best = func.coalesce(ranks.scalar_subquery(), 0)
    columns = (
        Article.id,
        Article.key,
        Article.title,
        Article.outlet,
        Article.published,
        Article.words,
        Article.cluster,
    )
    query = (
        select(*columns, best)
        .join(Batch, Batch.id == Article.batch_id)
        .where(Article.project_id == project_id, Batch.state == "done", Article.id > after)
    )
    if find:
        query = finding.narrowed(session, query, find, after)
    rows: Any = session.execute(query.order_by(Article.id).limit(limit))
    return [ArticleRow(*row) for row in rows]


def one(session: Session, project_id: int, key: str) -> tuple[int, Document] | None:
    """Return an article by its key, with its number."""
    found = session.scalars(select(Article).where(Article.project_id == project_id, Article.key == key)).one_or_none()
    return (found.id, document(found)) if found else None


def beside(session: Session, project_id: int, article_id: int) -> list[tuple[str, str | None] | None]:
    """Return key and title of the article before one and of the one after it, in the order they came."""
    query = select(Article.key, Article.title).join(Batch, Batch.id == Article.batch_id)
    query = query.where(Article.project_id == project_id, Batch.state == "done").limit(1)
    before = query.where(Article.id < article_id).order_by(Article.id.desc())
    after = query.where(Article.id > article_id).order_by(Article.id)
    rows = (session.execute(each).one_or_none() for each in (before, after))
    return [(row.key, row.title) if row else None for row in rows]


ARTICLE: Final[tuple[Any, ...]] = (
    Article.key, Article.title, Article.text, Article.language, Article.outlet, Article.url, Article.author,
    Article.published, Article.file, Article.meta, Article.cluster, Article.split, Article.regions,
)  # fmt: skip
"""The columns of a document, for a row of more than an article."""


def document(row: Any) -> Document:
    """Return an article, or a row with the columns of one, without any reading of it."""
    return Document(
        text=row.text,
        id=row.key,
        title=row.title,
        language=row.language,
        source=Source(row.outlet, row.url, row.author, row.published, row.file),
        meta=row.meta,
        cluster=row.cluster,
        split=row.split,
        regions=tuple(Region(*region) for region in row.regions),
    )


def batches(
    session: Session, project_id: int, *, before: int | None = None, limit: int
) -> list[tuple[int, datetime, dict[str, Any]]]:
    """Return the newest imports, those before one, with their reports."""
    query = select(Batch.id, Batch.at, Batch.report).where(Batch.project_id == project_id, Batch.state == "done")
    query = query.where(Batch.id < before) if before else query
    return [(row[0], row[1], row[2]) for row in session.execute(query.order_by(Batch.id.desc()).limit(limit))]


def batch(session: Session, project_id: int, batch_id: int) -> tuple[int, datetime, dict[str, Any]] | None:
    """Return one import with its report."""
    query = select(Batch.id, Batch.at, Batch.report).where(Batch.project_id == project_id, Batch.state == "done")
    row = session.execute(query.where(Batch.id == batch_id)).one_or_none()
    return (row[0], row[1], row[2]) if row else None
