"""Drift: how agreement moves over weeks and months, as a chart and as a table."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from workbench.core import drift as core
from workbench.core import workflow
from workbench.core.agreement import Article
from workbench.core.annotation import Layer
from workbench.core.drift import By, Dated, Step
from workbench.core.errors import Invalid
from workbench.core.record import layer_from
from workbench.services import board_passages, projects
from workbench.store import board
from workbench.store.board import ReadingRow
from workbench.store.projects import ProjectRow

MOST: Final = 400
"""How many of the newest articles are looked at; more would keep the page waiting."""
WIDE: Final = 40


@dataclass(frozen=True, slots=True)
class Point:
    """A step as the chart draws it: across, and how high value and interval lie, 0 at the top."""

    x: int
    y: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Drift:
    """One question over time; ``whole`` says that every finished article went in."""

    question: str
    by: By
    two: tuple[str, str] | None
    steps: tuple[Step, ...]
    points: tuple[Point, ...]
    names: dict[str, str]
    paired: bool
    whole: bool

    @property
    def width(self) -> int:
        """Return how wide the picture is."""
        return WIDE * max(1, len(self.steps))


def drift_of(
    session: Session, project: ProjectRow, question: str, by: str, two: tuple[str, str] | None = None
) -> Drift:
    """Return how agreement on one question moved; ``two`` asks for two readers, which is for leads and adjudicators."""
    if by not in {"week", "month"}:
        raise Invalid(f"Drift is told by week or by month, not by “{by}”.")
    paired = workflow.may(project.role, "adjudicate")
    if two:
        workflow.check(project.role, "adjudicate")
    rows = board.readings(session, project.id, MOST)
    named = workflow.may(project.role, "settle")
    names = {row.author: row.person if named else row.author for row in rows}
    kept = [row for row in rows if not two or row.author in two]
    every: By = "month" if by == "month" else "week"
    steps = core.steps(_dated(session, kept, paired=paired), question, every, projects.scheme(session, project))
    whole = len({row.article_id for row in rows}) < MOST
    return Drift(question, every, two, steps, _points(steps), names, paired, whole)


def _dated(session: Session, rows: Sequence[ReadingRow], *, paired: bool) -> list[Dated]:
    found: dict[int, list[ReadingRow]] = defaultdict(list)
    for row in rows:
        found[row.article_id].append(row)
    shared = [number for number, its in found.items() if paired and len(its) > 1]
    gold = board.layers(session, shared, board_passages.GOLD)
    return [_one(its, gold.get(number), paired=paired) for number, its in found.items()]


def _one(rows: Sequence[ReadingRow], gold: dict[str, object] | None, *, paired: bool) -> Dated:
    first = rows[0]
    article = Article(first.key, first.text, {row.author: board_passages.reading(row) for row in rows})
    proposed: dict[str, Layer] = {
        row.author: layer_from("", row.proposed, row.text) for row in rows if paired and row.proposed
    }
    settled = layer_from(board_passages.GOLD, gold, first.text) if gold else None
    return Dated(max(row.at for row in rows).date(), article, settled, proposed)


def _points(steps: Sequence[Step]) -> tuple[Point, ...]:
    found = []
    for n, step in enumerate(steps):
        if step.alpha.value is not None:
            low_high = (None if each is None else _high(each) for each in (step.alpha.low, step.alpha.high))
            found.append(Point(WIDE * n + WIDE // 2, _high(step.alpha.value), *low_high))
    return tuple(found)


def _high(value: float) -> float:
    return round(100 - 100 * min(1.0, max(0.0, value)), 1)


def within(rows: Sequence[ReadingRow], when: tuple[date, date]) -> list[ReadingRow]:
    """Return the readings of articles that were finished from the first day until before the second."""
    last: dict[int, date] = {}
    for row in rows:
        last[row.article_id] = max(row.at.date(), last.get(row.article_id, date.min))
    return [row for row in rows if when[0] <= last[row.article_id] < when[1]]
