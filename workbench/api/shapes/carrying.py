"""One decision carried to other mentions, and what looks odd but may stand."""

from typing import Literal

from pydantic import Field

from workbench.api.shapes.base import Asked, Given, Told
from workbench.api.shapes.review import Key


class MentionQuery(Asked):
    """What was decided about some words."""

    surface: str = Field(min_length=1, max_length=300)
    status: Literal["accepted", "rejected"]
    label: str = Field("", max_length=80)
    actor: str | None = Field(None, max_length=200)
    actor_id: str | None = Field(None, max_length=120)


class Mention(Told):
    """A mention elsewhere in your queue that the decision would reach; `start` and `end` count code points."""

    item: int
    title: str
    start: int
    end: int
    before: str
    words: str
    after: str
    label: str | None
    actor: str | None


class Mentions(Told):
    """What a decision would reach, at most 300 mentions in the queue's order."""

    items: list[Mention]


class Place(Given):
    """A mention to carry the decision to."""

    item: int = Field(ge=1, le=2**31 - 1)
    start: int = Field(ge=0, le=2**31 - 1)
    end: int = Field(ge=0, le=2**31 - 1)


class CarryWish(Given):
    """A decision and the places to carry it to, as one step named by `txn`."""

    txn: str = Key
    surface: str = Field(min_length=1, max_length=300)
    status: Literal["accepted", "rejected"]
    label: str = Field(max_length=80)
    actor: str | None = Field(None, max_length=200)
    actor_id: str | None = Field(None, max_length=120)
    places: list[Place] = Field(max_length=300)


class Carried(Told):
    """At how many places it was done; where something had changed since, nothing was."""

    applied: int
    left: int


class WaiverWish(Given):
    """That something which looks odd is right, with the reason; with null the desk asks again."""

    key: str = Field(min_length=8, max_length=36)
    finding: str = Field(min_length=1, max_length=1_000)
    reason: str | None = Field(max_length=1_000)


class Waivers(Told):
    """What you let stand in an article, with your reasons."""

    waived: dict[str, str]
