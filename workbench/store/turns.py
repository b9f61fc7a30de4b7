"""Turns: numbers by which gold is given out, so that who asks again misses nothing and gets nothing twice.

Times do not do: what is being stored while somebody asks bears an earlier time and is seen later. So gold has no
number when it is made. Who asks numbers all that can be seen by then and has none, and whatever comes to be seen
afterwards gets a later one.
"""

from typing import Any

from sqlalchemy import ColumnElement, exists, func, select, update
from sqlalchemy.orm import Session, aliased

from workbench.store.schema import Article, Batch, Layer, Project


def call(session: Session, project_id: int) -> int:
    """Number a project's gold that has no turn yet, and gold withdrawn since its turn; return the newest number."""
    session.execute(select(Project.id).where(Project.id == project_id).with_for_update())  # one at a time
    mine = select(Article.id).join(Batch, Batch.id == Article.batch_id)
    here = Layer.article_id.in_(mine.where(Article.project_id == project_id, Batch.state == "done"))
    newest = session.scalar(select(func.max(func.abs(Layer.turn))).where(here)) or 0
    fresh = here & (Layer.kind == "gold") & Layer.turn.is_(None)
    gone = here & (Layer.kind == "withdrawn") & (Layer.turn > 0)
    numbered = [_number(session, fresh, newest + 1), _number(session, gone, -newest - 1)]
    return newest + any(numbered)


def _number(session: Session, which: ColumnElement[bool], turn: int) -> int:
    found: Any = session.execute(
        update(Layer).where(which).values(turn=turn).execution_options(synchronize_session=False)
    )
    return int(found.rowcount)


def gone(session: Session, project_id: int, after: int, until: int) -> list[str]:
    """Return the keys of articles whose gold was withdrawn between two turns, and that have none now."""
    other = aliased(Layer)
    still = exists().where(other.article_id == Layer.article_id, other.kind == "gold")
    query = select(Article.key).join(Layer, Layer.article_id == Article.id).where(Article.project_id == project_id)
    query = query.where(Layer.kind == "withdrawn", Layer.turn < -after, Layer.turn >= -until, ~still)
    return sorted(set(session.scalars(query)))
