"""The board: how far the work is, how it goes on, and who did what."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Final

from sqlalchemy.orm import Session

from workbench.core import progress, workflow
from workbench.core.progress import Forecast
from workbench.core.text import digest
from workbench.core.workflow import Person
from workbench.services import trials
from workbench.store import adjudication, board, queues, readings
from workbench.store.projects import ProjectRow

TIMED: Final = 1000
"""How many of the newest readings tell how long an article takes; each has some sixty decisions to look at."""
PACED: Final = 10
"""How many of the newest readings tell somebody's pace."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a chart: ``width`` is its length in percent of the longest."""

    label: str
    count: int
    width: float


@dataclass(frozen=True, slots=True)
class Day:
    """A column of the throughput chart, in the units of its picture."""

    day: date
    count: int
    x: float
    height: float


@dataclass(frozen=True, slots=True)
class Load:
    """One person's work; ``minutes`` is the median of an article."""

    name: str
    done: int
    open: int
    minutes: float | None


@dataclass(frozen=True, slots=True)
class Board:
    """What the board shows at once."""

    states: tuple[Bar, ...]
    articles: int
    gold: int
    week: int
    minutes: float | None
    timed: int
    days: tuple[Day, ...]
    left: int
    forecast: Forecast | None
    loads: tuple[Load, ...]
    alone: bool


def board_of(session: Session, project: ProjectRow, *, by: Person, now: datetime) -> Board:
    """Return a project's board; leads see everybody's work, others their own."""
    tested = trials.tested(project, by)
    rows = board.finished(session, project.id, tested)
    today = now.date()
    days = progress.by_day((row.at for row in rows), today)
    left = board.left(session, project.id, tested)
    spent = _minutes(session, [row.layer_id for row in rows[-TIMED:]])
    states, gold = _states(session, project)
    known = [spent[row.layer_id] for row in rows if row.layer_id in spent]
    alone = not workflow.may(project.role, "settle")
    return Board(
        states, sum(each.count for each in states), gold, sum(count for _, count in days[-7:]),
        progress.middle(known), len(known), _columns(days), sum(left.values()),
        progress.forecast(days, sum(left.values()), today), _loads(rows, left, spent, by.id if alone else None), alone,
    )  # fmt: skip


def stamp(session: Session, project: ProjectRow, *, by: Person, now: datetime) -> str:
    """Return a name for what somebody's board shows now; while it stays the same, so does the board."""
    counted = (queues.counts(session, project.id, trials.tested(project, by)), adjudication.counts(session, project.id))
    return digest(repr((counted, board.moved(session, project.id), by.id, project.role, now.date())))[:20]


def pace(session: Session, project: ProjectRow, *, by: Person) -> float | None:
    """Return the minutes that a decision takes somebody, by their newest readings; anybody's before their first."""
    for person_id in (by.id, None):
        if found := progress.pace(board.newest_times(session, project.id, person_id, PACED)):
            return found
    return None


def _states(session: Session, project: ProjectRow) -> tuple[tuple[Bar, ...], int]:
    counts = board.articles(session, project.id)
    gold = readings.count_readings(session, project.id, ("gold",))
    disputed = adjudication.counts(session, project.id).get("waiting", 0)
    read = counts.pop("read")
    counts |= {"to adjudicate": disputed, "read, no gold": max(0, read - disputed - gold), "gold": gold}
    return bars(counts), gold


def bars(counts: dict[str, int]) -> tuple[Bar, ...]:
    """Return the rows of a chart, without those that count nothing."""
    most = max(counts.values(), default=0) or 1
    return tuple(Bar(label, count, round(100 * count / most, 1)) for label, count in counts.items() if count)


def _columns(days: list[tuple[date, int]]) -> tuple[Day, ...]:
    most = max((count for _, count in days), default=0) or 1
    return tuple(Day(day, count, n * 10 + 1, round(100 * count / most, 1)) for n, (day, count) in enumerate(days))


def _minutes(session: Session, layer_ids: list[int]) -> dict[int, float]:
    """Return the minutes that readings took, by layer."""
    found = {}
    for layer_id, rows in groupby(board.decision_times(session, layer_ids), key=lambda row: row[0]):
        spent = progress.minutes([at for _, at in rows])
        if spent is not None:
            found[layer_id] = spent
    return found


def _loads(
    rows: list[board.FinishedRow], left: dict[int | None, int], spent: dict[int, float], only: int | None
) -> tuple[Load, ...]:
    names = {row.person_id: row.person for row in rows if only is None or row.person_id == only}
    done = Counter(row.person_id for row in rows)
    took: dict[int, list[float]] = defaultdict(list)
    for row in rows:
        if row.layer_id in spent:
            took[row.person_id].append(spent[row.layer_id])
    loads = [Load(name, done[n], left.get(n, 0), progress.middle(took[n])) for n, name in names.items()]
    return tuple(sorted(loads, key=lambda load: (-load.done, load.name)))
