"""What a deep look at the work reads: the queue, finished readings, gold, jobs, and the index of words."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from workbench.store import dialects
from workbench.store.finding import WORD
from workbench.store.schema import Adjudication, Article, Item, Job, Layer, Mark

STATES: Final = ("waiting", "open", "done", "skipped", "returned")
_PAGE: Final = 200


def misplaced(session: Session) -> Iterator[str]:
    """Yield the items whose state, person and reading do not fit together."""
    seen = aliased(Layer)
    taken = Item.state.in_(["open", "returned"])
    for said, wrong in (
        ("is in no state that there is", Item.state.not_in(STATES)),
        ("is in nobody's hands, and yet not in the queue", and_(taken, Item.person_id.is_(None))),
        ("waits in the queue, and yet is in somebody's hands", and_(Item.state == "waiting", Item.person_id > 0)),
        ("is open for ever", and_(Item.state == "open", Item.leased_until.is_(None))),
        ("names a reading of another article", seen.article_id != Item.article_id),
        ("names somebody else's reading", seen.person_id != Item.person_id),
        ("is finished without a reading", and_(Item.state == "done", Item.person_id > 0, Item.layer_id.is_(None))),
    ):
        query = select(Item.id, Article.key).join(Article, Article.id == Item.article_id)
        query = query.outerjoin(seen, seen.id == Item.layer_id).where(wrong).order_by(Item.id)
        yield from (f"item {number} (article {key}) {said}" for number, key in session.execute(query))


def readings(session: Session) -> Iterator[tuple[int, dict[str, Any], list[tuple[str, str, Any]]]]:
    """Yield every finished reading that has decisions: its layer, its body, and its states."""
    query = select(Layer.id, Layer.body).where(Layer.kind == "reviewed", Layer.rev > 0)
    for number, body in session.execute(query.order_by(Layer.id).execution_options(yield_per=_PAGE)):
        marks = session.execute(select(Mark.oid, Mark.status, Mark.body).where(Mark.layer_id == number))
        yield number, body, [(row[0], row[1], row[2]) for row in marks]


def settled_alone(session: Session) -> Iterator[tuple[str, Any, Any]]:
    """Yield what became gold when its only reading was finished: the article, that reading's body, and gold's."""
    gold = aliased(Layer)
    alone = select(Item.article_id).where(Item.purpose == "work").group_by(Item.article_id).having(func.count() == 1)
    query = (
        select(Article.key, Layer.body, gold.body)
        .join(Item, Item.article_id == Article.id)
        .join(Layer, Layer.id == Item.layer_id)
        .outerjoin(gold, and_(gold.article_id == Article.id, gold.kind == "gold"))
        .where(Item.article_id.in_(alone), Item.purpose == "work", Item.state == "done", Layer.kind == "reviewed")
        .where(or_(gold.id.is_(None), gold.at == Item.finished_at))
    )
    for row in session.execute(query.order_by(Article.id).execution_options(yield_per=_PAGE)):
        yield row[0], row[1], row[2]


def unsettled(session: Session) -> Iterator[str]:
    """Yield the articles whose gold is there twice, or by rulings that are not."""
    gold = Layer.kind == "gold"
    twice = select(Layer.article_id).where(gold).group_by(Layer.article_id).having(func.count() > 1)
    for key in session.scalars(select(Article.key).where(Article.id.in_(twice)).order_by(Article.id)):
        yield f"article {key} has gold twice"
    done = exists().where(Adjudication.article_id == Layer.article_id, Adjudication.state == "done")
    query = select(Article.key, Layer.review).join(Layer, Layer.article_id == Article.id).where(gold, ~done)
    for key, review in session.execute(query.order_by(Article.id).execution_options(yield_per=_PAGE)):
        if review.get("adjudicator") and review.get("agreement"):
            yield f"article {key} has gold by an adjudicator, and no adjudication that was finished"
    ruled = select(Article.key).join(Adjudication, Adjudication.article_id == Article.id)
    none = ~exists().where(Layer.article_id == Article.id, gold)
    for key in session.scalars(ruled.where(Adjudication.state == "done", none).order_by(Article.id)):
        yield f"article {key} was adjudicated, and has no gold"


def stuck(session: Session, before: datetime) -> Iterator[str]:
    """Yield the jobs that have waited, or gave no sign of life, since before a time."""
    part = aliased(Job)
    under_way = exists().where(part.parent_id == Job.id, part.state.in_(["queued", "running"]))
    silent = func.coalesce(Job.beat_at, Job.created_at) < before
    for said, which in (
        ("waits", and_(Job.state == "queued", func.coalesce(Job.due_at, Job.created_at) < before)),
        ("runs without a sign of life", and_(Job.state == "running", silent, ~under_way)),
    ):
        query = select(Job.id, Job.kind, Job.created_at).where(which).order_by(Job.id)
        for number, kind, at in session.execute(query):
            yield f"job {number} ({kind}) of {at:%Y-%m-%d %H:%M} {said}"


def unfound(session: Session) -> Iterator[str]:
    """Yield the articles that the embedded file's index of words does not lead to, by titles in plain letters."""
    if not dialects.embedded(session):
        return
    ask = "SELECT 1 FROM article_words WHERE article_words MATCH ? AND rowid = ?"
    query = select(Article.id, Article.key, Article.title, Article.outlet).order_by(Article.id)
    for number, key, title, outlet in session.execute(query.execution_options(yield_per=_PAGE)):
        told = f"{title or ''} {outlet or ''}"
        wanted = " ".join(f'"{word}"' for word in WORD.findall(told))
        if wanted and told.isascii() and session.connection().exec_driver_sql(ask, (wanted, number)).first() is None:
            yield f"article {key} is not found by the words of its title"
