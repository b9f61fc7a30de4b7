"""Problem documents (RFC 9457): which status and code each error has, for pages and programs alike."""

import inspect
from typing import Any, Final

from workbench.core import errors
from workbench.core.errors import (
    Invalid,
    KeyReused,
    Misshapen,
    NoRoom,
    NotAllowed,
    NotFound,
    NotSignedIn,
    Stale,
    TooOften,
    Unavailable,
    Unmatched,
    Unnamed,
    WorkbenchError,
)
from workbench.services.review import Unfinished

STATUS: Final[dict[type[WorkbenchError], int]] = {
    NotSignedIn: 401,
    NotFound: 404,
    NotAllowed: 403,
    Unmatched: 412,
    Stale: 409,
    Unnamed: 428,
    KeyReused: 422,
    TooOften: 429,
    NoRoom: 507,
    Unavailable: 503,
    Invalid: 422,
}
TITLES: Final = {
    400: "That request cannot be read",
    401: "Sign in first",
    403: "That is not yours to do",
    404: "There is nothing here",
    405: "That does not work this way",
    409: "Somebody was faster",
    412: "Somebody was faster",
    413: "That is too large",
    415: "That is of another kind",
    422: "That cannot be used",
    428: "Say which version you change",
    429: "Too often",
    500: "Something broke on our side",
    503: "Not right now",
    507: "There is no room",
}
OTHERS: Final = {
    "csrf": (400, "The page that sent a form is too old."),
    "http_400": (400, "The request cannot be read: its JSON, its form or its address is broken."),
    "http_401": (401, "Nobody is signed in here, or no longer."),
    "http_404": (404, "There is no such address."),
    "http_405": (405, "The address does not know that method; Allow lists those that it knows."),
    "http_413": (413, "The request is larger than WORKBENCH_UPLOAD_LIMIT allows."),
    "http_415": (415, "The body is of another kind than the address takes."),
    "internal": (500, "Something broke on our side; the log holds it under the request's number."),
}
"""Codes that come from the protocol rather than from the work."""
AGAIN: Final = 5
"""Seconds after which a database that was busy is worth another try."""


def status_of(error: WorkbenchError) -> int:
    """Return the status of an error: that of the nearest kind that has one."""
    return next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 422)


def codes() -> dict[str, tuple[int, str]]:
    """Return every stable code with its status and what it means."""
    kinds: list[type[WorkbenchError]] = [Unfinished]
    kinds += [kind for kind in vars(errors).values() if inspect.isclass(kind) and issubclass(kind, WorkbenchError)]
    found = {}
    for kind in kinds:
        if kind is not WorkbenchError:
            status = next(STATUS[each] for each in kind.__mro__ if each in STATUS)
            found[kind.code] = (status, (inspect.getdoc(kind) or "").partition("\n")[0])
    return dict(sorted((found | OTHERS).items(), key=lambda each: (each[1][0], each[0])))


def more_of(error: WorkbenchError) -> dict[str, Any]:
    """Return what a problem document tells beyond its sentence."""
    if isinstance(error, Unfinished):
        incomplete = [{"id": oid, "why": why} for oid, why in error.incomplete]
        return {"undecided": error.waiting, "incomplete": incomplete}
    return {"errors": error.fields} if isinstance(error, Misshapen) else {}


def again_after(error: WorkbenchError) -> int | None:
    """Return after how many seconds the same request may work."""
    if isinstance(error, TooOften):
        return error.seconds
    return AGAIN if isinstance(error, Unavailable) else None


def document(status: int, code: str, sentence: str, more: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return a problem document; ``code`` is stable, the words are for people."""
    title = TITLES.get(status, TITLES[400])
    return {"type": "about:blank", "title": title, "status": status, "code": code, "detail": sentence} | (more or {})
