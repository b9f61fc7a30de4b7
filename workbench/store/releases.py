"""Releases: the gold that goes into one, and its records and files as bytes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, exists, func, insert, select, update
from sqlalchemy.orm import Session, aliased

from workbench.core.annotation import Document
from workbench.core.splits import SPLITS
from workbench.store import dialects
from workbench.store.articles import document
from workbench.store.blindness import hidden
from workbench.store.parts import parts
from workbench.store.schema import Article, Batch, Layer, Person
from workbench.store.schema.releases import Release, ReleaseFile, ReleaseRecord
from workbench.store.turns import between

CHUNK: Final = 200


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """A release in a list; ``person`` is who made it."""

    id: int
    name: str
    at: datetime
    person: str | None
    seed: str
    articles: int
    manifest_sha256: str
    withdrawn_at: datetime | None
    withdrawn_why: str | None
    withdrawn_by: str | None


@dataclass(frozen=True, slots=True)
class RecordRow:
    """A record of a release: its line, and the readings that are kept beside it."""

    key: str
    cluster: str
    split: str | None
    layer_id: int
    sha256: str
    line: bytes
    layers: bytes | None


@dataclass(frozen=True, slots=True)
class GoldRow:
    """An article with the gold that counts now."""

    article_id: int
    layer_id: int
    document: Document
    author: str
    body: dict[str, Any]
    review: dict[str, Any]


_MAKER, _WITHDRAWER = aliased(Person), aliased(Person)
_RELEASE = (
    Release.id, Release.name, Release.at, _MAKER.name, Release.seed, Release.articles, Release.manifest_sha256,
    Release.withdrawn_at, Release.withdrawn_why, _WITHDRAWER.name,
)  # fmt: skip


def _gold(session: Session, *which: ColumnElement[bool]) -> Select[int]:
    """Return the layers that are gold, the newest of each article, by key in the order of code points."""
    other = aliased(Layer)
    newer = exists().where(other.article_id == Layer.article_id, other.kind == "gold", other.id > Layer.id)
    binary = "BINARY" if dialects.embedded(session) else "C"
    return (
        select(Layer.id)
        .join(Article, Article.id == Layer.article_id)
        .join(Batch, Batch.id == Article.batch_id)
        .where(Batch.state == "done", Layer.kind == "gold", ~newer, *which)
        .order_by(Article.key.collate(binary))
    )


def gold(
    session: Session,
    project_id: int,
    *,
    since: datetime | None = None,
    beyond: int | None = None,
    turns: tuple[int, int] | None = None,
    blind: int | None = None,
) -> Iterator[GoldRow]:
    """Stream the gold of a project; ``since`` leaves out what is older, ``beyond`` what is in that release.

    ``turns`` leaves out what is not of a turn after the first number, up to the second; ``blind`` what is hidden
    from that person.
    """
    query = _gold(session, between(*turns, project_id) if turns else Article.project_id == project_id)
    if blind is not None:
        query = query.where(~hidden(Layer.article_id, blind))
    if since:
        query = query.where(Layer.at >= since)
    if beyond:
        query = query.where(Layer.id.not_in(select(ReleaseRecord.layer_id).where(ReleaseRecord.release_id == beyond)))
    ids = list(session.scalars(query))
    for some in parts(ids, CHUNK):
        rows = select(Article, Layer.id, Layer.author, Layer.body, Layer.review).join(
            Layer, Layer.article_id == Article.id
        )
        found = {row[1]: row for row in session.execute(rows.where(Layer.id.in_(some)))}
        for article, layer_id, author, body, review in (found[each] for each in some):
            yield GoldRow(article.id, layer_id, document(article), author, body or {}, review)


def no_longer_gold(session: Session, project_id: int, release_id: int) -> list[str]:
    """Return the keys of articles that a release has and that have no gold any more."""
    still = (
        select(Article.key)
        .join(Layer, Layer.article_id == Article.id)
        .where(Article.project_id == project_id, Layer.kind == "gold")
    )
    query = select(ReleaseRecord.key).where(ReleaseRecord.release_id == release_id, ReleaseRecord.key.not_in(still))
    return list(session.scalars(query.order_by(ReleaseRecord.place)))


def finished(session: Session, article_ids: list[int]) -> dict[int, list[tuple[str, dict[str, Any]]]]:
    """Return the finished readings of articles, one a person, by author."""
    query = select(Layer.article_id, Layer.author, Layer.body).where(
        Layer.article_id.in_(article_ids), Layer.kind == "reviewed", Layer.body.is_not(None)
    )
    newest: dict[int, dict[str, dict[str, Any]]] = {}
    for article_id, author, body in session.execute(query.order_by(Layer.id)):
        newest.setdefault(article_id, {})[author] = body
    return {article_id: sorted(found.items()) for article_id, found in newest.items()}


def settled_splits(session: Session, project_id: int, seed: str) -> dict[str, str]:
    """Return the part of every cluster in earlier releases with this seed; where they differ, test before train.

    The clusters are those that articles came with, which a release may have joined.
    """
    own = func.coalesce(Article.cluster, ReleaseRecord.cluster)
    query = (
        select(own, ReleaseRecord.split)
        .join(Release, Release.id == ReleaseRecord.release_id)
        .join(Article, (Article.project_id == project_id) & (Article.key == ReleaseRecord.key), isouter=True)
        .where(Release.project_id == project_id, Release.seed == seed, ReleaseRecord.split.is_not(None))
        .group_by(own, ReleaseRecord.split)
    )
    found = [(cluster, split) for cluster, split in session.execute(query) if split]
    return dict(sorted(found, key=lambda row: SPLITS.index(row[1])))


def add(session: Session, project_id: int, values: Mapping[str, Any], files: Mapping[str, bytes]) -> int:
    """Keep a release and its files; return the id."""
    unset = {"withdrawn_at": None, "withdrawn_why": None, "withdrawn_by": None}
    row = Release(project_id=project_id, **values, **unset)
    session.add(row)
    session.flush()
    session.execute(
        insert(ReleaseFile), [{"release_id": row.id, "name": name, "body": body} for name, body in files.items()]
    )
    return row.id


def add_records(session: Session, release_id: int, start: int, rows: Iterable[RecordRow]) -> None:
    """Keep records, numbered from ``start``."""
    fields = RecordRow.__slots__
    values = [
        {"release_id": release_id, "place": place} | {name: getattr(row, name) for name in fields}
        for place, row in enumerate(rows, start)
    ]
    if values:
        session.execute(insert(ReleaseRecord), values)


def _releases(project_id: int) -> Select[*tuple[Any, ...]]:
    return (
        select(*_RELEASE)
        .join(_MAKER, _MAKER.id == Release.person_id, isouter=True)
        .join(_WITHDRAWER, _WITHDRAWER.id == Release.withdrawn_by, isouter=True)
        .where(Release.project_id == project_id)
    )


def listing(
    session: Session, project_id: int, *, before: int | None = None, limit: int | None = None
) -> list[ReleaseRow]:
    """Return a project's releases, newest first, those before one."""
    query = _releases(project_id).order_by(Release.id.desc()).limit(limit)
    return [ReleaseRow(*row) for row in session.execute(query.where(Release.id < before) if before else query)]


def named(session: Session, project_id: int, name: str) -> ReleaseRow | None:
    """Return a project's release by its name."""
    found = session.execute(_releases(project_id).where(Release.name == name)).one_or_none()
    return ReleaseRow(*found) if found else None


def files(session: Session, release_id: int) -> dict[str, bytes]:
    """Return the files of a release, by name."""
    query = select(ReleaseFile.name, ReleaseFile.body).where(ReleaseFile.release_id == release_id)
    return dict(session.execute(query.order_by(ReleaseFile.name)).all())


def file_names(session: Session, release_id: int) -> list[str]:
    """Return the names of a release's files."""
    query = select(ReleaseFile.name).where(ReleaseFile.release_id == release_id)
    return list(session.scalars(query.order_by(ReleaseFile.name)))


def file(session: Session, release_id: int, name: str) -> bytes | None:
    """Return one file of a release."""
    query = select(ReleaseFile.body).where(ReleaseFile.release_id == release_id, ReleaseFile.name == name)
    return session.scalar(query)


def records(session: Session, release_id: int, split: str | None = None) -> Iterator[RecordRow]:
    """Stream the records of a release in their order, or those of one part."""
    columns = [getattr(ReleaseRecord, name) for name in RecordRow.__slots__]
    query = select(*columns).where(ReleaseRecord.release_id == release_id).order_by(ReleaseRecord.place)
    if split:
        query = query.where(ReleaseRecord.split == split)
    for row in session.execute(query.execution_options(yield_per=200)):
        yield RecordRow(*row)


def withdraw(session: Session, release_id: int, why: str, *, by: int | None, now: datetime) -> bool:
    """Record that a release should no longer be used; False if it was withdrawn before."""
    query = update(Release).where(Release.id == release_id, Release.withdrawn_at.is_(None))
    values = {"withdrawn_at": now, "withdrawn_why": why, "withdrawn_by": by}
    return session.scalar(query.values(**values).returning(Release.id)) is not None
