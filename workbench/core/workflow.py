"""Who may do what: one table, asked by the services and by the pages that show the buttons."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from workbench.core.errors import NotAllowed


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who acts: with an account, and perhaps running the whole site."""

    id: int
    name: str
    admin: bool = False


ROLES: Final = ("viewer", "reviewer", "adjudicator", "lead")

ACTS: Final[dict[str, frozenset[str]]] = {
    "read": frozenset(ROLES),
    "review": frozenset({"reviewer", "adjudicator", "lead"}),
    "reopen": frozenset({"reviewer", "adjudicator", "lead"}),
    "export": frozenset({"adjudicator", "lead"}),
    "adjudicate": frozenset({"adjudicator", "lead"}),
    "import": frozenset({"lead"}),
    "suggest": frozenset({"lead"}),
    "settle": frozenset({"lead"}),
}
"""What each role may do in a project: ``settle`` is changing scheme, guidelines and team."""

SCOPES: Final = {
    "read": "see projects, articles, the queue and the figures",
    "review": "take articles, decide, finish them, ask and answer, and adjudicate",
    "import": "bring in articles and predictions, and start suggestion runs",
    "export": "take out records and releases",
    "manage": "change projects, their teams and rules, accounts and tokens",
}
"""What a token can be good for; its owner's role still has to reach that far."""

_SCOPES: Final = {
    "read": "read", "review": "review", "reopen": "review", "adjudicate": "review", "export": "export",
    "import": "import", "suggest": "import",
}  # fmt: skip


def scope_of(act: str) -> str:
    """Return the scope that a token needs for an act."""
    return _SCOPES.get(act, "manage")


def half_over(until: datetime | None, lease: timedelta, now: datetime) -> bool:
    """Say whether a lease that ends then should be renewed."""
    return until is None or until < now + lease / 2


def may(role: str | None, act: str) -> bool:
    """Say whether a role (None: not in the project) reaches that far."""
    return role in ACTS[act]


def check(role: str | None, act: str) -> None:
    """Raise NotAllowed unless the role reaches that far."""
    if not may(role, act):
        needed = " or ".join(name for name in ROLES if name in ACTS[act])
        raise NotAllowed(f"That takes the role {needed}; ask a lead of this project.")
