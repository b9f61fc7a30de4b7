"""Who reads what."""

from typing import Annotated

from pydantic import Field

from workbench.api.shapes.base import Given, Next, Told

Number = Annotated[int, Field(ge=1, le=2**31 - 1)]
Bound = Annotated[int, Field(ge=0, le=100_000)]


class Comment(Given):
    """Why an article is returned; its reader sees it."""

    comment: str = Field(min_length=1, max_length=1000)


class GiveWish(Given):
    """Items, and whom they are given to; null gives them to whoever the rules name."""

    items: list[Number] = Field(min_length=1, max_length=500)
    person: Number | None


class PriorityWish(Given):
    """Items, and their priority."""

    items: list[Number] = Field(min_length=1, max_length=500)
    priority: int = Field(ge=-1000, le=1000)


class Handed(Told):
    """How many articles it came to, and why it did not for others."""

    count: int
    refused: list[str]


class QuotaTold(Told):
    """How many articles somebody takes on; null is no bound."""

    a_day: int | None
    in_all: int | None
    at_once: int | None


class Taken(Told):
    """How many articles somebody finished today (UTC), finished at all, and has in hand."""

    today: int
    done: int
    open: int


class Share(Told):
    """What one person takes on, and has taken."""

    id: int
    name: str
    quota: QuotaTold
    taken: Taken


class Shares(Next):
    """Who reviews, by name."""

    items: list[Share]


class QuotaWish(Given):
    """A quota; null is no bound."""

    a_day: Bound | None = None
    in_all: Bound | None = None
    at_once: Bound | None = None
