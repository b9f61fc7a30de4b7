"""Several suggesters beside each other: who proposed what, and whose layer new drafts start from."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from workbench.core.annotation import Document
from workbench.store import work
from workbench.store.articles import document
from workbench.store.schema import Article, Batch, Layer, Start
from workbench.store.tallies import Tallies
from workbench.store.work import LayerRow


@dataclass(frozen=True, slots=True)
class SuggesterRow:
    """A suggester: how many articles it read, how much it proposed, and when it last did."""

    author: str
    articles: int
    proposals: int
    at: datetime


def listing(session: Session, project_id: int, found: Tallies) -> list[SuggesterRow]:
    """Return a project's suggesters as they are counted, the one that came last first."""
    proposals, rows = found.under("proposals"), []
    for author, articles in found.under("suggester").items():
        if last := _last(session, project_id, author):
            rows.append((last[0], SuggesterRow(author, articles, proposals.get(author, 0), last[1])))
    return [row for _, row in sorted(rows, key=lambda each: -each[0])]


def there(session: Session, project_id: int, author: str) -> bool:
    """Say whether a suggester has read anything of a project."""
    return _last(session, project_id, author) is not None


def _last(session: Session, project_id: int, author: str) -> tuple[int, datetime] | None:
    """Return number and time of a suggester's last layer in a project."""
    query = (
        select(Layer.id, Layer.at)
        .join(Article, Article.id == Layer.article_id)
        .join(Batch, Batch.id == Article.batch_id)
        .where(Layer.author == author, Layer.kind == "suggested", Article.project_id == project_id)
        .where(Batch.state == "done")
    )
    row = session.execute(query.order_by(Layer.id.desc()).limit(1)).one_or_none()
    return (row[0], row[1]) if row else None


def start(session: Session, project_id: int) -> str | None:
    """Return the suggester that new drafts start from, where one was chosen."""
    return session.scalar(select(Start.author).where(Start.project_id == project_id))


def keep_start(session: Session, project_id: int, author: str | None, *, by: int | None, now: datetime) -> None:
    """Let new drafts start from a suggester's layer, or with None from the newest."""
    session.execute(delete(Start).where(Start.project_id == project_id))
    if author is not None:
        session.execute(insert(Start).values(project_id=project_id, author=author, person_id=by, at=now))


def base(session: Session, article_id: int) -> LayerRow | None:
    """Return the suggestions that a draft over an article starts from: the chosen suggester's, else the newest."""
    query = select(Start.author).join(Article, Article.project_id == Start.project_id)
    author = session.scalar(query.where(Article.id == article_id))
    chosen = work.newest(session, article_id, "suggested", author) if author else None
    return chosen or work.newest(session, article_id, "suggested")


def read_by(
    session: Session, project_id: int, authors: tuple[str, ...], *, after: int, limit: int
) -> list[tuple[int, Document]]:  # fmt: skip
    """Return articles that any of these suggesters has read, in the order they came."""
    read = select(Layer.id).where(
        Layer.article_id == Article.id, Layer.kind == "suggested", Layer.author.in_(authors)
    )  # fmt: skip
    query = (
        select(Article)
        .join(Batch, Batch.id == Article.batch_id)
        .where(Article.project_id == project_id, Batch.state == "done", Article.id > after, read.exists())
        .order_by(Article.id)
        .limit(limit)
    )
    return [(row.id, document(row)) for row in session.scalars(query)]
