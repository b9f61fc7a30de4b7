"""What changes of the guidelines touch, and what they lack."""

from datetime import datetime

from pydantic import Field

from workbench.api.shapes.base import Asked, Given, Next, Told
from workbench.api.shapes.queues import Number


class Touched(Told):
    """What a version of the guidelines touches: labels and slots, such as `entity:GPE` or `stance:polarity`."""

    version: int
    touches: list[str]
    note: str
    person: str
    at: datetime


class TouchedList(Next):
    """Versions of which somebody has said what they touch, newest first."""

    items: list[Touched]


class OldRuleQuery(Asked):
    """Where the list goes on."""

    after: str | None = Field(None, max_length=40, description="The `next` of the page before.")


class OldDecision(Told):
    """A decision taken under earlier guidelines, with its passage."""

    id: int
    item: int
    article: str
    kind: str
    status: str
    guideline: int
    person: str
    before: str
    quote: str
    behind: str
    says: str


class OldDecisions(Next):
    """A page of decisions that a version touches."""

    items: list[OldDecision]


class LookAgain(Given):
    """Items whose readers shall look at them again."""

    items: list[Number] = Field(min_length=1, max_length=500)


class GuidelineRef(Told):
    """The version of the guidelines that this made."""

    version: int


class Ruled(Told):
    """A ruling for which a reason was given, with its passage; without words nothing there was right."""

    id: int
    key: str
    title: str
    before: str
    words: str
    after: str
    said: str


class OpenReason(Told):
    """A reason that waits for a lead; `upto` is the newest ruling of it that is told."""

    reason: str
    count: int
    upto: int
    passages: list[Ruled]


class SettledReason(Told):
    """A reason that a lead has seen to: by a rule in a `version`, or by closing it."""

    reason: str
    version: int | None
    note: str
    person: str
    at: datetime


class Reasons(Told):
    """The reasons that wait, the most frequent first, and what came of earlier ones."""

    waiting: list[OpenReason]
    settled: list[SettledReason]


class RuleWish(Given):
    """A rule for the guidelines that answers a reason, with the passages of these rulings."""

    reason: str = Field(min_length=1, max_length=200)
    upto: Number
    words: str = Field(min_length=1, max_length=5000)
    rulings: list[Number] = Field([], max_length=500)


class CloseWish(Given):
    """A reason to be closed without a rule."""

    reason: str = Field(min_length=1, max_length=200)
    upto: Number
    note: str = Field("", max_length=500)
