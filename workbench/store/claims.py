"""Claiming: an item is leased to one person by one statement, whoever else asks at the same moment.

Statements are built once and filled with each claim: building them anew took longer than running them.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, Final

from sqlalchemy import and_, bindparam, case, desc, exists, func, literal_column, or_, select, update
from sqlalchemy.orm import Session

from workbench.core.errors import NotAllowed
from workbench.store import prepared
from workbench.store.schema import Handover, Item, Moment, Person

IN_HAND: Final = ("open", "returned")
_ITEM: Any = Item.__table__
_HANDOVER: Any = Handover.__table__
_PLACE: Final[Any] = (desc(_ITEM.c.ready), desc(_ITEM.c.priority), _ITEM.c.rank, _ITEM.c.article_id, _ITEM.c.slot)
_WORK: Final[Any] = _ITEM.c.purpose == literal_column("'work'")
_WHO: Final[Any] = bindparam("who")
_LANE: Final[Any] = bindparam("of_lane")
_PROJECT: Final[Any] = bindparam("in_project")
_NOW: Final[Any] = bindparam("at", type_=Moment)


def claim(
    session: Session, project_id: int, person_id: int, *, now: datetime, until: datetime, lanes: Sequence[int] = (0,)
) -> int | None:
    """Lease the next free item to somebody; return its id, or None where nothing waits for them.

    Lane after lane, first what waits with proposals and then what waits without; at last what
    somebody left. Nobody gets an article twice, nor one that they skipped.
    """
    in_turn(session, person_id)
    values = {"who": person_id, "in_project": project_id, "at": now, "until": until}
    for state in ("waiting", "open"):
        for lane in lanes:
            if found := prepared.scalar(session, _claim_best(state), values | {"of_lane": lane}):
                return int(found)
    return None


def upcoming(
    session: Session, project_id: int, person_id: int, *, now: datetime, lanes: Sequence[int] = (0,)
) -> int | None:
    """Return the item that a claim would lease to somebody at the moment, without leasing it."""
    values = {"who": person_id, "in_project": project_id, "at": now}
    for state in ("waiting", "open"):
        for lane in lanes:
            if found := prepared.scalar(session, _best(state), values | {"of_lane": lane}):
                return int(found)
    return None


@cache
def _best(state: str) -> Any:
    """Return the query for the best item of a lane: of what waits, or of what somebody left open."""
    free = [_ITEM.c.state == literal_column(f"'{state}'")]
    if state == "open":
        free += [_ITEM.c.leased_until < _NOW, _WORK]
    mine = (_ITEM.c.project_id == _PROJECT, _ITEM.c.lane == _LANE, _new_to(), _not_skipped())
    return select(_ITEM.c.id).where(*mine, *free).order_by(*_PLACE).limit(literal_column("1"))


@cache
def _claim_best(state: str) -> Any:
    return _leasing(_ITEM.c.id == _best(state).with_for_update(skip_locked=True).scalar_subquery())


def in_turn(session: Session, person_id: int) -> None:
    """Let one person's claims come one after the other, so that each sees what the last one took.

    Raises NotAllowed for who was kept out meanwhile: what they had in hand is free already.
    """
    if prepared.scalar(session, _turn(), {"who": person_id}) is None:
        raise NotAllowed("This account is deactivated; ask an admin.")


@cache
def _turn() -> Any:
    return select(Person.id).where(Person.id == _WHO, Person.active).with_for_update(key_share=True)


def _new_to() -> Any:
    """Say that no other item of the article is, or was, this person's."""
    other = _ITEM.alias("other")
    return ~exists().where(
        other.c.article_id == _ITEM.c.article_id, other.c.id != _ITEM.c.id, other.c.person_id == _WHO
    )


def _not_skipped() -> Any:
    """Say that this person has not laid the article aside, or that it was given to them since."""
    laid_aside = exists().where(
        _HANDOVER.c.article_id == _ITEM.c.article_id, _HANDOVER.c.act == "skip", _HANDOVER.c.person_id == _WHO
    )
    return or_(_ITEM.c.lane < 0, ~laid_aside)


def claim_this(
    session: Session, item_id: int, person_id: int, *, now: datetime, until: datetime, lanes: Sequence[int] = (0,)
) -> bool:
    """Lease a certain item to somebody if it is theirs, or free and in their lanes; say whether it worked."""
    in_turn(session, person_id)
    values = {"who": person_id, "this": item_id, "at": now, "until": until, "of_lanes": list(lanes)}
    return session.scalar(_claim_one(), values) is not None


@cache
def _claim_one() -> Any:
    waiting, left = _ITEM.c.state == "waiting", and_(_ITEM.c.state == "open", _ITEM.c.leased_until < _NOW)
    free = and_(or_(waiting, left), _WORK, _ITEM.c.lane.in_(bindparam("of_lanes", expanding=True)))
    return _leasing(and_(_ITEM.c.id == bindparam("this"), or_(free, _held()), _new_to()))


def _held() -> Any:
    return and_(_ITEM.c.person_id == _WHO, _ITEM.c.state.in_(IN_HAND))


def _leasing(condition: Any) -> Any:
    """Return the statement that leases what meets a condition; the note that came with it is for its reader alone."""
    changes = {
        "layer_id": case((_ITEM.c.person_id == _WHO, _ITEM.c.layer_id), else_=None),
        "lease_no": case((_held(), _ITEM.c.lease_no), else_=_ITEM.c.lease_no + 1),
        "person_id": _WHO,
        "state": literal_column("'open'"),
        "note": case((_held(), _ITEM.c.note), else_=None),
        "leased_until": bindparam("until", type_=Moment),
        "opened_at": func.coalesce(_ITEM.c.opened_at, _NOW),
    }
    return update(_ITEM).where(condition).values(changes).returning(_ITEM.c.id)


def own(session: Session, project_id: int, person_id: int, but: int | None = None) -> int | None:
    """Return an item that somebody has in hand: one that was returned to them first, then the oldest; no practice."""
    found = prepared.scalar(session, _own(), {"who": person_id, "in_project": project_id, "but": but or 0})
    return int(found) if found else None


@cache
def _own() -> Any:
    real = _ITEM.c.purpose != literal_column("'practice'")
    mine = (_held(), real, _ITEM.c.project_id == _PROJECT, _ITEM.c.id != bindparam("but"))
    return select(_ITEM.c.id).where(*mine).order_by(desc(_ITEM.c.state), _ITEM.c.opened_at, _ITEM.c.id).limit(1)
