"""Practice, hidden tests, and readings beside gold."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from workbench.api.shapes.base import Given, Next, Told

Percent = Field(None, ge=1, le=100)


class Score(Told):
    """How many were right, of so many predicted and so many in gold."""

    right: int
    predicted: int
    gold: int
    precision: float | None
    recall: float | None
    f1: float | None


class Interval(Told):
    """A score over all articles; `f1` holds the true F1 with 95 % certainty, null where nothing can be said."""

    tally: Score
    f1: list[float] | None


class PracticeStep(Told):
    """A practice article; `state` is new, open, done, skipped or paused (no gold just now)."""

    key: str
    title: str
    words: int
    state: str
    item_id: int | None
    tries: int
    f1: float | None


class PracticeTold(Told):
    """One's practice; `barred` says that real work waits for it, `reached` is the F1 of the newest tries."""

    steps: list[PracticeStep]
    done: int
    reached: float | None
    pass_mark: int | None
    passed: bool
    barred: bool


class TrialRef(Told):
    """The item to read."""

    item: int


class Exercise(Told):
    """A gold article set aside; `gold` says that it still is gold, `tried` how many have finished it."""

    key: str
    title: str | None
    purpose: str
    note: str
    gold: bool
    tried: int


class TrainingResult(Told):
    """What one person's practice and tests come to; `below` is under the project's threshold."""

    id: int
    name: str
    practised: int
    practice: Score
    tested: int
    tests: Score
    below: bool


class Exercises(Next):
    """Articles set aside."""

    items: list[Exercise]


class TrainingResults(Next):
    """What people's practice and tests come to, by name."""

    items: list[TrainingResult]


class TrainingTold(Told):
    """How a project trains and tests: one in `every` articles is a hidden test, 0 is none.

    `articles` and `results` are the first 50; lists of their own have all of them.
    """

    every: int
    pass_mark: int | None
    floor: int | None
    articles: list[Exercise]
    results: list[TrainingResult]


class TrainingWish(Given):
    """How a project shall train and test; null is no mark and no threshold."""

    every: int = Field(0, ge=0, le=1000)
    pass_mark: int | None = Percent
    floor: int | None = Percent


class AsideWish(Given):
    """Gold articles to be set aside, or with null no longer; who reads them in practice sees the note."""

    keys: list[str] = Field(min_length=1, max_length=500)
    purpose: Literal["practice", "test"] | None
    note: str = Field("", max_length=2000)


class AsideTold(Told):
    """How many articles it came to."""

    count: int


class Reader(Told):
    """One person beside gold: how many articles of work, practice and tests, and all of them together."""

    person_id: int
    person: str
    articles: int
    practised: int
    tested: int
    entities: Interval
    commitments: Interval
    stances: Interval


class Readers(Told):
    """Everybody who has read something of which there is gold from others too."""

    items: list[Reader]


class Measured(Told):
    """A named figure over so many articles."""

    title: str
    articles: int
    figure: Interval


class Confused(Told):
    """What stands in gold and what was read in its place; – is nothing."""

    kind: str
    gold: str
    read: str
    count: int


class Lately(Told):
    """F1 of the older and the newer half of somebody's readings; `low` to `high` holds 95 % of the change."""

    older: float
    newer: float
    low: float
    high: float
    told: str


class Read(Told):
    """One finished reading of which there is a comparison."""

    item: int
    title: str
    at: datetime
    source: str


class ReaderReport(Told):
    """How near to gold somebody reads."""

    person_id: int
    person: str
    articles: int
    sources: list[Measured]
    figures: list[Measured]
    drift: Lately | None
    confused: list[Confused]
    cards: list[Read]


class Matched(Told):
    """Something that stands in the reading just as in gold."""

    kind: str
    words: str
    said: str


class Difference(Told):
    """One difference: gold has it `otherwise`, it was `missed`, or it is `surplus`; offsets count code points."""

    group: str
    kind: str
    fault: str
    start: int
    end: int
    sentence: str
    gold: str | None
    predicted: str | None
    rule: str


class BesideGold(Told):
    """One reading beside gold."""

    title: str
    key: str
    person: str
    source: str
    note: str
    f1: float | None
    same: list[Matched]
    differences: list[Difference]
