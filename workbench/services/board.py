"""The board: how far the work is, how it goes on, and who did what."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy.orm import Session

from workbench.core import pages, progress, workflow
from workbench.core.progress import Forecast
from workbench.core.text import digest
from workbench.core.workflow import Person
from workbench.services import trials
from workbench.store import board, tallies
from workbench.store.projects import ProjectRow
from workbench.store.tallies import Tallies

MOST_PEOPLE: Final = pages.SIZE
"""Of how many people the board tells what they have done: of those who finished most."""
TIMED: Final = 300
"""How many of the newest readings tell how long an article takes."""
STATES: Final = ("waiting", "in review", "partly read", "skipped")
"""How far articles have come that are not read yet, in the order of the chart."""
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
    """What the board shows at once; ``behind`` says that much has changed that is not counted yet."""

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
    behind: bool


def board_of(
    session: Session, project: ProjectRow, *, found: Tallies | None = None, by: Person, now: datetime
) -> Board:
    """Return a project's board; leads see everybody's work, others their own. ``found`` is what was counted already."""
    found = found or counted(session, project, by=by)
    rows = board.newest(session, project.id, TIMED, trials.tested(project, by))
    today = now.date()
    days = progress.by_day({date.fromisoformat(day): n for day, n in found.under("day").items()}, today)
    left = sum(found.counts.get(f"item:{state}", 0) for state in tallies.UNREAD)
    states = _states(found)
    known = [row.minutes for row in rows if row.minutes is not None]
    alone = not workflow.may(project.role, "settle")
    return Board(
        states, sum(each.count for each in states), found.counts.get("gold", 0), sum(count for _, count in days[-7:]),
        progress.middle(known), len(known), _columns(days), left, progress.forecast(days, left, today),
        _loads(session, found, rows, by.id if alone else None), alone, found.behind,
    )  # fmt: skip


def counted(session: Session, project: ProjectRow, *, by: Person) -> Tallies:
    """Return what a project has of what; from whom tests are hidden, theirs count as work."""
    team = tallies.busiest(session, project.id, MOST_PEOPLE) if workflow.may(project.role, "settle") else [by.id]
    found = tallies.tallies(session, project.id, people=team)
    tested = trials.tested(project, by)
    more: Counter[str] = Counter()
    for _, state, at in board.tests(session, project.id, tested) if tested is not None else ():
        if state == "done" and at:
            more.update([f"day:{at.date()}", f"done:{tested}"])
        elif state in tallies.UNREAD:
            more.update([f"left:{tested}", f"item:{state}"])
    return Tallies(dict(more + Counter(found.counts)), found.behind)


def stamp(session: Session, project: ProjectRow, *, found: Tallies | None = None, by: Person, now: datetime) -> str:
    """Return a name for what somebody's board shows now; while it stays the same, so does the board."""
    found = found or counted(session, project, by=by)
    newest = board.newest(session, project.id, 1, trials.tested(project, by))
    return digest(repr((sorted(found.counts.items()), found.behind, newest, by.id, project.role, now.date())))[:20]


def pace(session: Session, project: ProjectRow, *, by: Person) -> float | None:
    """Return the minutes that a decision takes somebody, by their newest readings; anybody's before their first."""
    for person_id in (by.id, None):
        if found := progress.pace(board.newest_times(session, project.id, person_id, PACED)):
            return found
    return None


def _states(found: Tallies) -> tuple[Bar, ...]:
    counts = {name: found.counts.get(f"state:{name}", 0) for name in STATES}
    gold, disputed = found.counts.get("gold", 0), found.counts.get("adjudication:waiting", 0)
    read = max(0, found.counts.get("state:read", 0) - disputed - gold)
    return bars(counts | {"to adjudicate": disputed, "read, no gold": read, "gold": gold})


def bars(counts: dict[str, int]) -> tuple[Bar, ...]:
    """Return the rows of a chart, without those that count nothing."""
    most = max(counts.values(), default=0) or 1
    return tuple(Bar(label, count, round(100 * count / most, 1)) for label, count in counts.items() if count)


def _columns(days: list[tuple[date, int]]) -> tuple[Day, ...]:
    most = max((count for _, count in days), default=0) or 1
    return tuple(Day(day, count, n * 10 + 1, round(100 * count / most, 1)) for n, (day, count) in enumerate(days))


def _loads(session: Session, found: Tallies, rows: list[board.FinishedRow], only: int | None) -> tuple[Load, ...]:
    done = {int(who): n for who, n in found.under("done").items() if only is None or int(who) == only}
    left, names = found.under("left"), board.names(session, done)
    took: dict[int, list[float]] = defaultdict(list)
    for row in rows:
        if row.minutes is not None:
            took[row.person_id].append(row.minutes)
    loads = [Load(names[who], n, left.get(str(who), 0), progress.middle(took[who])) for who, n in done.items()]
    return tuple(sorted(loads, key=lambda load: (-load.done, load.name))[:MOST_PEOPLE])
