"""A project's own lines of the actor registry, each version kept, and what its people linked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from workbench.store.blindness import hidden
from workbench.store.schema import ActorsVersion, Article, Layer, Mark


@dataclass(frozen=True, slots=True)
class OwnRow:
    """A project's own lines; version 0 has none."""

    version: int
    body: str


def own(session: Session, project_id: int) -> OwnRow:
    """Return the newest version of a project's own lines."""
    table = ActorsVersion
    query = select(table.version, table.body).where(table.project_id == project_id)
    found = session.execute(query.order_by(table.version.desc()).limit(1)).one_or_none()
    return OwnRow(*found) if found else OwnRow(0, "")


def keep(session: Session, project_id: int, version: int, body: str, *, by: int | None, now: datetime) -> None:
    """Keep a new version of a project's own lines."""
    values = {"project_id": project_id, "version": version, "body": body, "at": now, "person_id": by}
    session.execute(insert(ActorsVersion).values(**values))


def links(
    session: Session, project_id: int, limit: int, *, blind: int | None = None
) -> Iterator[tuple[str, str, str | None, str]]:
    """Yield the newest links that people made or changed: surface, actor, its id, label; none hidden from ``blind``."""
    query = (
        select(Mark.body)
        .join(Layer, Layer.id == Mark.layer_id)
        .join(Article, Article.id == Layer.article_id)
        .where(Article.project_id == project_id, Mark.kind == "entity", Mark.status == "accepted")
        .where(Layer.kind.not_in(["attempt", "trial"]))
        .order_by(Mark.layer_id.desc(), Mark.oid)
        .limit(limit)
    )
    if blind is not None:
        query = query.where(~hidden(Article.id, blind))
    for body in session.scalars(query):
        if body.get("actor") and (body.get("by") or {}).get("origin") != "suggested":
            yield body["text"], body["actor"], body.get("actor_id"), body["label"]
