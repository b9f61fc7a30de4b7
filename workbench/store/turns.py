"""Turns: numbers by which gold is given out, so that who asks again misses nothing and gets nothing twice.

Times do not do: what is being stored while somebody asks bears an earlier time and is seen later. So gold has no
number when it is made. Who asks numbers all that can be seen by then and has none, and whatever comes to be seen
afterwards gets a later one.
"""

from typing import Any, Final

from sqlalchemy import ColumnElement, and_, exists, literal_column, select, update
from sqlalchemy.orm import Session, aliased

from workbench.store import dialects
from workbench.store.schema import Article, Batch, Layer

GOLD: Final = Layer.kind == literal_column("'gold'")
"""Said in the statement itself: the index of turns holds no other layers, and an engine has to see that."""
WITHDRAWN: Final = Layer.kind == literal_column("'withdrawn'")


def call(session: Session) -> int:
    """Number all gold that has no turn yet, and gold withdrawn since its turn; return the newest number.

    Turns are of the bench and not of a project, so that what was numbered before is never looked at again.
    """
    dialects.alone(session, dialects.TURNS)
    up, down = Layer.turn.desc(), Layer.turn
    ends = [_first(session, GOLD, up), _first(session, WITHDRAWN, up), -_first(session, WITHDRAWN, down)]
    newest = max(0, *ends)
    numbered = [
        _number(session, GOLD & Layer.turn.is_(None), newest + 1),
        _number(session, WITHDRAWN & (Layer.turn > 0), -newest - 1),
    ]
    return newest + any(numbered)


def _first(session: Session, kind: ColumnElement[bool], order: Any) -> int:
    some = (Layer.turn > 0) | (Layer.turn < 0)
    return session.scalar(select(Layer.turn).where(kind, some).order_by(order).limit(1)) or 0


def _number(session: Session, which: ColumnElement[bool], turn: int) -> int:
    here = exists().where(Article.id == Layer.article_id, Batch.id == Article.batch_id, Batch.state == "done")
    found: Any = session.execute(
        update(Layer).where(which, here).values(turn=turn).execution_options(synchronize_session=False)
    )
    return int(found.rowcount)


def between(after: int, until: int, project_id: int) -> ColumnElement[bool]:
    """Say that a layer is a project's gold that was numbered between two turns.

    No index of projects can answer the sum, so engines begin with what is new.
    """
    return and_(GOLD, Layer.turn > after, Layer.turn <= until, Article.project_id + 0 == project_id)


def gone(session: Session, project_id: int, after: int, until: int) -> list[str]:
    """Return the keys of articles whose gold was withdrawn between two turns, and that have none now."""
    other = aliased(Layer)
    still = exists().where(other.article_id == Layer.article_id, other.kind == "gold")
    query = select(Article.key).join(Layer, Layer.article_id == Article.id).where(Article.project_id + 0 == project_id)
    query = query.where(WITHDRAWN, Layer.turn < -after, Layer.turn >= -until, ~still)
    return sorted(set(session.scalars(query)))
