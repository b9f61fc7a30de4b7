"""What can go wrong, each with one sentence fit to show a person.

::

    WorkbenchError
    ├── NotFound       there is no such thing, or it is not yours to see
    ├── NotSignedIn    nobody is signed in, or no longer
    ├── NotAllowed     you may not do this here
    ├── TooOften       the same thing was tried too often
    ├── Stale          the page was built from an older version
    │   ├── TextChanged    … of the article's text
    │   └── Unmatched      … than the one that the request names
    ├── Unnamed        the request has to name the version that it changes
    ├── KeyReused      an idempotency key came with another request
    ├── Unavailable    the database is busy or out of reach; try again
    │   └── NoRoom         … or its disk is full
    └── Invalid        the input cannot be used
        ├── Misshapen  … because of these fields
        └── Refused    a record or file of an import cannot be used; says where
"""

from typing import Final

_LONGEST: Final = 300


def clause(problem: Exception) -> str:
    """Return what a library says of a problem as part of a sentence of ours: in one line, without a stop at its end."""
    if isinstance(problem, UnicodeDecodeError):
        return f"it is not {problem.encoding.upper()} throughout"
    said = isinstance(problem, OSError) and problem.strerror
    return " ".join(str(said or problem).split())[:_LONGEST].rstrip(" .") or "no reason is given"


class WorkbenchError(Exception):
    """Something the person in front of the screen can understand and act on."""

    code = "error"

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NotFound(WorkbenchError):
    """There is no such thing, or it belongs to a project that the asker is not in."""

    code = "not_found"


class NotSignedIn(WorkbenchError):
    """The request names nobody: it has no token, or one that lets nobody in."""

    code = "not_signed_in"


class NotAllowed(WorkbenchError):
    """The asker's role does not reach this far."""

    code = "not_allowed"


class Stale(WorkbenchError):
    """Somebody else was faster: the version that the asker saw is not the newest."""

    code = "stale"


class TextChanged(Stale):
    """The browser shows another text than the one that is stored."""

    code = "text_changed"


class Unmatched(Stale):
    """The version named in If-Match is not the current one."""

    code = "unmatched"


class Unnamed(WorkbenchError):
    """A change has to name the version that it was made from, in If-Match."""

    code = "unnamed"


class KeyReused(WorkbenchError):
    """An Idempotency-Key was sent before, with another request."""

    code = "key_reused"


class TooOften(WorkbenchError):
    """The same thing was tried too often; it works again after ``seconds``."""

    code = "too_often"

    def __init__(self, sentence: str, seconds: int) -> None:
        super().__init__(sentence)
        self.seconds = seconds


class Invalid(WorkbenchError):
    """The input cannot be used; the sentence says what, where and what to do."""

    code = "invalid"


class Misshapen(Invalid):
    """Fields of the request have the wrong shape; ``fields`` says where and why."""

    code = "misshapen"

    def __init__(self, sentence: str, fields: list[dict[str, str]]) -> None:
        super().__init__(sentence)
        self.fields = fields


class Refused(Invalid):
    """A record of a file cannot be used; ``line`` is 1-based where the file has lines."""

    code = "refused"

    def __init__(self, sentence: str, line: int | None = None) -> None:
        super().__init__(f"line {line}: {sentence}" if line else sentence)
        self.sentence, self.line = sentence, line


class Unavailable(WorkbenchError):
    """The database cannot take a write right now; trying again later may work."""

    code = "unavailable"


class NoRoom(Unavailable):
    """The disk is full: reading goes on, writing does not until somebody makes room."""

    code = "no_room"
