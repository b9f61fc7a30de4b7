"""Where the two engines differ: which it is, how a row is stored anew, and who is alone with something."""

from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert as insert_shared
from sqlalchemy.dialects.sqlite import insert as insert_embedded
from sqlalchemy.orm import Session

from workbench.store.prepared import Asked, Line

TURNS: Final = 7_030
TALLIES: Final = 7_272_019
NAMES: Final = 7_050
INSERT: Final[dict[bool, Any]] = {True: insert_embedded, False: insert_shared}
"""What says what becomes of a row which is there already, for the embedded engine and the other."""


def embedded(asked: Asked) -> bool:
    """Say whether the database is the embedded one."""
    bind = asked.connection if isinstance(asked, Line) else asked.get_bind()
    return bind.dialect.name == "sqlite"


def insert(session: Session, table: Any) -> Any:
    """Return an insert that can say what becomes of a row which is there already."""
    return INSERT[embedded(session)](table)


def alone(session: Session, lock: int) -> None:
    """Let nobody else do what a lock stands for until the transaction ends; SQLite has one writer at a time anyway."""
    if not embedded(session):
        session.execute(select(func.pg_advisory_xact_lock(lock)))


def one_moment(session: Session) -> None:
    """Let a fresh session see the same moment of the database with every question."""
    if not embedded(session):
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
