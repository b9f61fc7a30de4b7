"""What the database says when it cannot: in words that people can act on."""

from typing import Final

from sqlalchemy.exc import DataError, DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoneFree

from workbench.core.errors import Invalid, NoRoom, Stale, Unavailable, WorkbenchError

_FULL: Final = ("53100", "disk is full", "No space left")
_BUSY: Final = ("55P03", "40001", "40P01", "57014", "locked", "busy")
_SHUT: Final = ("25006", "readonly")
_GONE: Final = ("08", "53", "57P", "58")
_TAKEN: Final = ("23505", "UNIQUE constraint failed")
"""What was not there when it was looked for, and was when it was to be stored."""
_LONG: Final = ("54000", "pattern too complex", "too big")
_UNFIT: Final = "Something that was sent is too large a number or holds a character that cannot be stored."


def explained(problem: Exception) -> WorkbenchError | None:
    """Return the error to show for one of the database's or its driver's, or None for a mistake of ours."""
    if isinstance(problem, DataError | OverflowError | UnicodeEncodeError):
        return Invalid(_UNFIT)
    if isinstance(problem, NoneFree):
        return Unavailable("More people ask at once than the database has connections for; try again.")
    if not isinstance(problem, DBAPIError):
        return None
    state, said = str(getattr(problem.orig, "sqlstate", None) or ""), str(problem.orig)
    if any(sign == state or sign in said for sign in _FULL):
        return NoRoom("The disk is full; what you sent was not stored. Make room, then try again.")
    if any(sign == state or sign in said for sign in _LONG):
        return Invalid("Something that was sent is too long to be looked for or stored.")
    if any(sign == state or sign in said for sign in _TAKEN):
        return Stale("Somebody did the same at the same moment, and was faster; look again, then try again.")
    if any(sign == state or sign in said for sign in _SHUT):
        return Unavailable(
            "The database can only be read; what you sent was not stored. Make it writable, then try again."
        )
    if any(sign == state or sign in said for sign in _BUSY):
        return busy()
    if problem.connection_invalidated or state.startswith(_GONE):
        return Unavailable("The connection to the database broke; what you sent was not stored. Try again.")
    if isinstance(problem, OperationalError) and not state and _unreachable(said):
        return Unavailable("The database cannot be reached; what you sent was not stored. Try again.")
    return None


def busy() -> Unavailable:
    """Return the error of a write whose turn does not come."""
    return Unavailable("The database is busy; what you sent was not stored. Try again.")


def said(problem: Exception) -> str:
    """Return what a database or a driver says of itself, in one line without a stop."""
    lines = str(getattr(problem, "orig", None) or problem).strip().splitlines()
    return lines[0].rstrip(".") if lines else "no reason is given"


def _unreachable(said: str) -> bool:
    return any(sign in said for sign in ("connect", "disk I/O", "unable to open", "terminat", "closed"))
