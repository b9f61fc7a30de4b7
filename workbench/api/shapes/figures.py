"""The figures of the board, and the passages behind them."""

from datetime import date
from typing import Any, Literal

from pydantic import ConfigDict, Field

from workbench.api.shapes.base import Asked, Told

Question = Field("entities", min_length=1, max_length=80, description="Such as `entities`, `linking`, `entities.GPE`.")


class Bar(Told):
    """Articles in a state."""

    label: str
    count: int


class Day(Told):
    """Readings finished on a day."""

    day: date
    count: int


class Load(Told):
    """One person's work; `minutes` is the median of an article."""

    name: str
    done: int
    open: int
    minutes: float | None


class Board(Told):
    """How far the work is; leads see everybody's load, others their own.

    `behind` says that much has changed at once and is not counted yet.
    """

    states: list[Bar]
    articles: int
    gold: int
    week: int
    minutes: float | None
    left: int
    days: list[Day]
    loads: list[Load]
    behind: bool


class Figures(Told):
    """Agreement with its intervals, the fate of proposals, and how much proposals sway people."""

    model_config = ConfigDict(extra="allow")

    articles: int
    whole: bool


class DriftQuery(Asked):
    """One question, by week or month; `left` and `right` ask for two readers."""

    question: str = Question
    by: Literal["week", "month"] = "week"
    left: str | None = Field(None, max_length=80)
    right: str | None = Field(None, max_length=80)


class DriftTold(Told):
    """How agreement on a question moved; a step is a week or a month, until the day before `until`."""

    question: str
    by: str
    whole: bool
    steps: list[dict[str, Any]]


class PassagesQuery(Asked):
    """Where readings differ in a question: all, or two, of which one may be `gold` or `suggester`.

    `since` and `until` ask for articles that were finished from a day until before another.
    """

    question: str = Question
    left: str | None = Field(None, max_length=80)
    right: str | None = Field(None, max_length=80)
    since: date | None = None
    until: date | None = None


class ProposalsQuery(Asked):
    """Proposals of a label that were decided otherwise, or as `decided`."""

    kind: str = Field(max_length=40, description="Such as `entity`.")
    proposed: str = Field(max_length=80)
    decided: str | None = Field(None, max_length=80)


class Said(Told):
    """What somebody said of a passage."""

    by: str
    value: str


class Passage(Told):
    """A passage behind a figure, with some words around it."""

    article: str
    title: str
    before: str
    words: str
    after: str
    said: list[Said]


class Passages(Told):
    """Passages behind a figure, the first sixty."""

    items: list[Passage]
