"""What can go wrong, each with one sentence fit to show a person.

::

    WorkbenchError
    ├── NotFound       there is no such thing, or it is not yours to see
    ├── NotAllowed     you may not do this here
    ├── Stale          the page was built from an older version
    │   └── TextChanged    … of the article's text
    ├── Unavailable    the database is busy or full; try again
    └── Invalid        the input cannot be used
        └── Refused    a record or file of an import cannot be used; says where
"""


class WorkbenchError(Exception):
    """Something the person in front of the screen can understand and act on."""

    code = "error"

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NotFound(WorkbenchError):
    """There is no such thing, or it belongs to a project that the asker is not in."""

    code = "not_found"


class NotAllowed(WorkbenchError):
    """The asker's role does not reach this far."""

    code = "not_allowed"


class Stale(WorkbenchError):
    """Somebody else was faster: the version that the asker saw is not the newest."""

    code = "stale"


class TextChanged(Stale):
    """The browser shows another text than the one that is stored."""

    code = "text_changed"


class Invalid(WorkbenchError):
    """The input cannot be used; the sentence says what, where and what to do."""

    code = "invalid"


class Refused(Invalid):
    """A record of a file cannot be used; ``line`` is 1-based where the file has lines."""

    code = "refused"

    def __init__(self, sentence: str, line: int | None = None) -> None:
        super().__init__(f"line {line}: {sentence}" if line else sentence)
        self.sentence, self.line = sentence, line


class Unavailable(WorkbenchError):
    """The database cannot take a write right now; trying again later may work."""

    code = "unavailable"
