"""How often something was tried, counted so that no two processes count past each other."""

from datetime import datetime

from sqlalchemy import and_, case, delete
from sqlalchemy.orm import Session

from workbench.store import dialects
from workbench.store.schema import Throttle


def count(session: Session, key: str, *, since: datetime, now: datetime) -> int:
    """Count one more try under a key and return how many there were since that time.

    A count that began in the future, by a clock that was wrong, begins anew: nobody is kept out until then.
    """
    query = dialects.insert(session, Throttle).values(key=key, since=now, tries=1)
    goes_on = and_(Throttle.since > since, Throttle.since <= now)
    counted = query.on_conflict_do_update(
        index_elements=["key"],
        set_={
            "tries": case((goes_on, Throttle.tries + 1), else_=1),
            "since": case((goes_on, Throttle.since), else_=now),
        },
    )
    return int(session.execute(counted.returning(Throttle.tries)).scalar_one())


def forget(session: Session, key: str) -> None:
    """Start counting anew."""
    session.execute(delete(Throttle).where(Throttle.key == key))
