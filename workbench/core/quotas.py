"""How much one person takes on, and whether they have."""

from dataclasses import dataclass
from typing import Final

from workbench.core.errors import Invalid
from workbench.core.words import many

MOST: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Quota:
    """How many articles somebody takes on: a day, in all, and open at once; None is no bound."""

    a_day: int | None = None
    in_all: int | None = None
    at_once: int | None = None

    @property
    def bounds(self) -> bool:
        """Say whether it bounds anything."""
        return (self.a_day, self.in_all, self.at_once) != (None, None, None)


@dataclass(frozen=True, slots=True)
class Taken:
    """How many articles somebody finished today (UTC), finished at all, and has in hand."""

    today: int
    done: int
    open: int


def check(quota: Quota) -> None:
    """Raise Invalid for a quota that says nothing sensible."""
    for name, bound in (("a day", quota.a_day), ("in all", quota.in_all), ("open at once", quota.at_once)):
        if bound is not None and not 1 <= bound <= MOST:
            raise Invalid(f"A quota “{name}” is at least 1; leave it empty for none.")


def reached(quota: Quota, taken: Taken) -> str | None:
    """Say kindly which bound somebody has reached, or None while there is room for another article."""
    if quota.at_once is not None and taken.open >= quota.at_once:
        return f"You have {many(taken.open, 'article')} open, as many as you keep at once here; finish one first."
    if quota.a_day is not None and taken.today + taken.open >= quota.a_day:
        agreed = f"{many(quota.a_day, 'article')} a day is what was agreed for you"
        return f"That is all for today: {agreed}. More wait tomorrow (UTC)."
    if quota.in_all is not None and taken.done + taken.open >= quota.in_all:
        return f"You have taken on all {many(quota.in_all, 'article')} that were agreed for you; a lead can raise that."
    return None
