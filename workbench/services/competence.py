"""How well people read, measured against gold: for leads of everybody, to a person their own.

Work, first tries at practice and hidden tests go in; to a person their tests stay hidden. Of work
only gold counts that is more than the reader's own word: settled among several, adjudicated, or
brought in, among the newest finished readings. Where a reader's own reading went into the gold, the
figures flatter them a little.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from workbench.core import scoring, workflow
from workbench.core.errors import NotAllowed, NotFound
from workbench.core.halves import Drift, drift
from workbench.core.measures import Figure, Tally, figures
from workbench.core.scheme import Scheme
from workbench.core.scores import Match, Scores
from workbench.core.training import PURPOSES, combined
from workbench.core.workflow import Person
from workbench.services import projects
from workbench.services.feedback import MEASURES, case_of
from workbench.services.projects import Project
from workbench.store import competence
from workbench.store.competence import BesideRow

MOST: Final = 200
WINDOW: Final = competence.WINDOW
DRAWS: Final = 300
STEP: Final = 5


@dataclass(frozen=True, slots=True)
class Line:
    """One person in the list: how many articles of work, practice and tests, and all of them against gold."""

    person_id: int
    person: str
    articles: int
    practised: int
    tested: int
    entities: Figure
    commitments: Figure
    stances: Figure


@dataclass(frozen=True, slots=True)
class Step:
    """A few articles in a row, and how near to gold they came."""

    since: datetime
    until: datetime
    articles: int
    combined: Figure


@dataclass(frozen=True, slots=True)
class Report:
    """One person's report: figures, slots that differ, the trend, what is confused most, and the articles.

    ``sources`` tells apart work, practice (first tries) and, to leads, hidden tests; ``drift`` is how
    much the newer half lies above the older one in F1, with its interval.
    """

    person_id: int
    person: str
    articles: int
    sources: tuple[tuple[str, int, Figure], ...]
    figures: tuple[tuple[str, Figure], ...]
    slots: tuple[tuple[str, str, int, int], ...]
    trend: tuple[Step, ...]
    drift: Drift | None
    confused: tuple[tuple[str, str, str, int], ...]
    cards: tuple[tuple[int, str, datetime, str], ...]


def everybody(session: Session, project: Project) -> list[Line]:
    """Return a line for each reader, by name; for leads."""
    workflow.check(project.role, "settle")
    scheme = projects.scheme(session, project)
    found: dict[tuple[int, str], list[BesideRow]] = {}
    for row in _rows(session, project, None, PURPOSES, MOST * 5):
        found.setdefault((row.person_id, row.person), []).append(row)
    lines = []
    for (person_id, name), rows in sorted(found.items(), key=lambda pair: pair[0][1].casefold()):
        newest = rows[-MOST:]
        scored = scoring.score([case_of(row) for row in newest], scheme, draws=DRAWS)
        three = (scored.figures[key] for key in ("entities.core", "commitments.lenient", "stances.lenient"))
        counts = Counter(row.source for row in newest)
        lines.append(Line(person_id, name, counts["work"], counts["practice"], counts["test"], *three))
    return lines


def report(session: Session, project: Project, person_id: int, *, by: Person) -> Report:
    """Return somebody's report: to themselves, without hidden tests, and to leads with them."""
    leads = workflow.may(project.role, "settle")
    if person_id != by.id and not leads:
        raise NotAllowed("Only leads see how others read; your own report is open to you.")
    rows = _rows(session, project, person_id, PURPOSES if leads else ("practice",), MOST)
    if not rows:
        raise NotFound(
            "There is nothing to compare yet: it takes practice, or a finished article with gold from others too."
        )
    scheme = projects.scheme(session, project)
    matches = [scoring.match(case_of(row)) for row in rows]
    scored = scoring.scores_of(matches, scheme, draws=DRAWS)
    tallies = [_combined(each, scheme) for each in matches]
    cards = tuple((row.item_id, row.title or row.key, row.at, row.source) for row in reversed(rows[-20:]))
    return Report(
        person_id, rows[0].person, len(rows), _sources(rows, tallies),
        tuple((title, scored.figures[key]) for key, title in MEASURES), _slots(scored),
        _trend(rows, tallies), drift(tallies, draws=DRAWS), _confused(scored), cards,
    )  # fmt: skip


def _rows(
    session: Session, project: Project, person_id: int | None, purposes: Sequence[str], limit: int
) -> list[BesideRow]:
    work = competence.beside_gold(session, project.id, person_id=person_id, limit=limit)
    trials = competence.trials(session, project.id, purposes, person_id=person_id, limit=limit)
    return sorted([*work, *trials], key=lambda row: (row.at, row.item_id))[-limit:]


def _combined(match: Match, scheme: Scheme) -> Tally:
    figures = scoring.scores_of([match], scheme, draws=0).figures
    return combined({name: figure.tally for name, figure in figures.items()})


def _sources(rows: Sequence[BesideRow], tallies: Sequence[Tally]) -> tuple[tuple[str, int, Figure], ...]:
    found = []
    for source in ("work", *PURPOSES):
        its = [tally for row, tally in zip(rows, tallies, strict=True) if row.source == source]
        if its:
            found.append((source, len(its), _figure(its)))
    return tuple(found)


def _figure(tallies: Sequence[Tally]) -> Figure:
    return figures([{"all": tally} for tally in tallies], draws=DRAWS)["all"]


def _slots(scored: Scores) -> tuple[tuple[str, str, int, int], ...]:
    """Return kind, slot, how often it agreed and on how many pairs, the weakest first."""
    rows = [
        (kind, name, tally.agreed, tally.pairs)
        for kind, frames in scored.frames.items()
        for name, tally in frames.slots.items()
        if tally.agreed < tally.pairs
    ]
    return tuple(sorted(rows, key=lambda row: (row[2] / row[3], -row[3], row[1])))


def _trend(rows: Sequence[BesideRow], tallies: Sequence[Tally]) -> tuple[Step, ...]:
    steps = []
    for start in range(0, len(rows), STEP):
        some = slice(start, start + STEP)
        its = rows[some]
        steps.append(Step(its[0].at, its[-1].at, len(its), _figure(tallies[some])))
    return tuple(steps)


def _confused(scored: Scores) -> tuple[tuple[str, str, str, int], ...]:
    """Return what stands in gold and what was read in its place, the most frequent first; – is nothing."""
    cells: Counter[tuple[str, str, str]] = Counter()
    for cell in scored.label_confusion:
        cells["entity", cell.gold, cell.predicted] += cell.count
    for kind, frames in scored.frames.items():
        for slot, found in frames.confusions.items():
            for cell in found:
                cells[f"{kind}: {slot}", cell.gold, cell.predicted] += cell.count
    wrong = [(*names, count) for names, count in cells.items() if names[1] != names[2]]
    return tuple(sorted(wrong, key=lambda row: (-row[3], row))[:12])
