"""Claiming: an item is leased to one person by one statement, whoever else asks at the same moment."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, desc, exists, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from workbench.store.schema import Handover, Item, Person

IN_HAND = ("open", "returned")
_PLACE = (desc(Item.ready), desc(Item.priority), Item.rank, Item.article_id, Item.slot)


def claim(
    session: Session, project_id: int, person_id: int, *, now: datetime, until: datetime, lanes: Sequence[int] = (0,)
) -> int | None:
    """Lease the next free item to somebody; return its id, or None where nothing waits for them.

    Lane after lane, first what waits with proposals and then what waits without; at last what
    somebody left. Nobody gets an article twice, nor one that they skipped.
    """
    in_turn(session, person_id)
    for best in _best(project_id, person_id, now, lanes):
        chosen = best.with_for_update(skip_locked=True).scalar_subquery()
        if found := _claim(session, Item.id == chosen, person_id, now, until):
            return found
    return None


def upcoming(
    session: Session, project_id: int, person_id: int, *, now: datetime, lanes: Sequence[int] = (0,)
) -> int | None:
    """Return the item that a claim would lease to somebody at the moment, without leasing it."""
    found = (session.scalar(best) for best in _best(project_id, person_id, now, lanes))
    return next((item_id for item_id in found if item_id), None)


def _best(project_id: int, person_id: int, now: datetime, lanes: Sequence[int]) -> list[Any]:
    """Return a query for the best item of each lane, and at last for the best of what somebody left."""
    free = [(Item.state == "waiting", Item.lane == lane) for lane in lanes]
    left = (Item.state == "open", Item.leased_until < now, Item.lane.in_(lanes))
    mine = (Item.project_id == project_id, _new_to(person_id), _not_skipped(person_id))
    return [select(Item.id).where(*each, *mine).order_by(*_PLACE).limit(1) for each in (*free, left)]


def in_turn(session: Session, person_id: int) -> None:
    """Let one person's claims come one after the other, so that each sees what the last one took."""
    session.execute(select(Person.id).where(Person.id == person_id).with_for_update(key_share=True))


def _new_to(person_id: int) -> Any:
    """Say that no other item of the article is, or was, this person's."""
    other = aliased(Item)
    return ~exists().where(other.article_id == Item.article_id, other.id != Item.id, other.person_id == person_id)


def _not_skipped(person_id: int) -> Any:
    """Say that this person has not laid the article aside, or that it was given to them since."""
    laid_aside = exists().where(
        Handover.article_id == Item.article_id, Handover.act == "skip", Handover.person_id == person_id
    )
    return or_(Item.lane == -person_id, ~laid_aside)


def claim_this(
    session: Session, item_id: int, person_id: int, *, now: datetime, until: datetime, lanes: Sequence[int] = (0,)
) -> bool:
    """Lease a certain item to somebody if it is theirs, or free and in their lanes; say whether it worked."""
    in_turn(session, person_id)
    mine = and_(Item.state.in_(IN_HAND), Item.person_id == person_id)
    free = or_(Item.state == "waiting", and_(Item.state == "open", Item.leased_until < now))
    condition = and_(Item.id == item_id, or_(and_(free, Item.lane.in_(lanes)), mine), _new_to(person_id))
    return _claim(session, condition, person_id, now, until) is not None


def _claim(session: Session, condition: Any, person_id: int, now: datetime, until: datetime) -> int | None:
    held = and_(Item.person_id == person_id, Item.state.in_(IN_HAND))
    changes = {
        "layer_id": case((Item.person_id == person_id, Item.layer_id), else_=None),
        "lease_no": case((held, Item.lease_no), else_=Item.lease_no + 1),
        "person_id": person_id,
        "state": "open",
        "note": case((held, Item.note), else_=None),
        "leased_until": until,
        "opened_at": func.coalesce(Item.opened_at, now),
    }
    return session.scalar(update(Item).where(condition).values(**changes).returning(Item.id))
