"""How well people read, measured against gold: for leads of everybody, to a person their own.

Only gold counts that is more than the reader's own word: settled among several, adjudicated, or
brought in. Where a reader's own reading went into the gold, the figures flatter them a little.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from workbench.core import scoring, workflow
from workbench.core.errors import NotAllowed, NotFound
from workbench.core.measures import Figure
from workbench.core.mistakes import Mistake, mistakes
from workbench.core.record import layer_from
from workbench.core.scheme import Scheme
from workbench.core.scores import Case, Match, Scores
from workbench.core.workflow import Person
from workbench.services import projects
from workbench.services.projects import Project
from workbench.store import competence
from workbench.store.competence import BesideRow

MOST: Final = 200
DRAWS: Final = 300
STEP: Final = 5
MEASURES: Final = (
    ("entities.core", "Entities, to the character"),
    ("entities.core.partial", "Entities, overlapping"),
    ("linking", "Actors of entities"),
    ("commitments.lenient", "Commitments found"),
    ("commitments.status.lenient", "… with the right status"),
    ("stances.lenient", "Stances found"),
    ("stances.polarity.lenient", "… with the right polarity"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One person in the list: how many articles, and entities and frames against gold."""

    person_id: int
    person: str
    articles: int
    entities: Figure
    commitments: Figure
    stances: Figure


@dataclass(frozen=True, slots=True)
class Step:
    """A few articles in a row, and how near to gold they came."""

    since: datetime
    until: datetime
    articles: int
    entities: float | None


@dataclass(frozen=True, slots=True)
class Report:
    """One person's report: figures, slots that differ, the trend, what is confused most, and the articles."""

    person: str
    articles: int
    figures: tuple[tuple[str, Figure], ...]
    slots: tuple[tuple[str, str, int, int], ...]
    trend: tuple[Step, ...]
    confused: tuple[tuple[str, str, str, int], ...]
    cards: tuple[tuple[int, str, datetime], ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One reading beside gold: what matched, and each difference with the rule behind it."""

    title: str
    person: str
    mine: bool
    matched: int
    differences: tuple[tuple[Mistake, str], ...]


def everybody(session: Session, project: Project) -> list[Line]:
    """Return a line for each reader, by name; for leads."""
    workflow.check(project.role, "settle")
    scheme = projects.scheme(session, project)
    found: dict[tuple[int, str], list[BesideRow]] = {}
    for row in competence.beside_gold(session, project.id, limit=MOST * 5):
        found.setdefault((row.person_id, row.person), []).append(row)
    lines = []
    for (person_id, name), rows in sorted(found.items(), key=lambda pair: pair[0][1].casefold()):
        scored = scoring.score([_case(row) for row in rows[-MOST:]], scheme, draws=DRAWS)
        three = (scored.figures[key] for key in ("entities.core", "commitments.lenient", "stances.lenient"))
        lines.append(Line(person_id, name, len(rows[-MOST:]), *three))
    return lines


def report(session: Session, project: Project, person_id: int, *, by: Person) -> Report:
    """Return somebody's report: to themselves and to leads."""
    if person_id != by.id and not workflow.may(project.role, "settle"):
        raise NotAllowed("Only leads see how others read; your own report is open to you.")
    rows = competence.beside_gold(session, project.id, person_id=person_id, limit=MOST)
    if not rows:
        raise NotFound("There is nothing to compare yet: it takes a finished article with gold from others too.")
    scheme = projects.scheme(session, project)
    matches = [scoring.match(_case(row)) for row in rows]
    scored = scoring.scores_of(matches, scheme, draws=DRAWS)
    figures = tuple((title, scored.figures[key]) for key, title in MEASURES)
    cards = tuple((row.item_id, row.title or row.key, row.at) for row in reversed(rows[-20:]))
    trend = _trend(rows, matches, scheme)
    return Report(rows[0].person, len(rows), figures, _slots(scored), trend, _confused(scored), cards)


def card(session: Session, project: Project, item_id: int, *, by: Person) -> Card:
    """Compare one finished reading with the gold of its article: for who read it, and for leads."""
    rows = competence.beside_gold(session, project.id, item_id=item_id, limit=1)
    if not rows:
        raise NotFound("There is no gold to compare this with yet, or it is this reading and nothing else.")
    [row] = rows
    if row.person_id != by.id and not workflow.may(project.role, "settle"):
        raise NotAllowed("Only who read an article, and leads, see how the reading compares.")
    scheme = projects.scheme(session, project)
    match = scoring.match(_case(row))
    matched = len(match.entities.exact) + sum(len(each.strict) for each in match.frames.values())
    differences = tuple((each, _rule(each, scheme)) for each in mistakes(match, scheme))
    return Card(row.title or row.key, row.person, row.person_id == by.id, matched, differences)


def _case(row: BesideRow) -> Case:
    return Case(row.key, row.text, layer_from("gold", row.gold, row.text), layer_from(row.author, row.body, row.text))


def _slots(scored: Scores) -> tuple[tuple[str, str, int, int], ...]:
    """Return kind, slot, how often it agreed and on how many pairs, the weakest first."""
    rows = [
        (kind, name, tally.agreed, tally.pairs)
        for kind, frames in scored.frames.items()
        for name, tally in frames.slots.items()
        if tally.agreed < tally.pairs
    ]
    return tuple(sorted(rows, key=lambda row: (row[2] / row[3], -row[3], row[1])))


def _trend(rows: Sequence[BesideRow], matches: Sequence[Match], scheme: Scheme) -> tuple[Step, ...]:
    steps = []
    for start in range(0, len(rows), STEP):
        some = rows[start : start + STEP]
        scored = scoring.scores_of(matches[start : start + STEP], scheme, draws=0)
        f1 = scored.figures["entities.core"].tally.f1
        steps.append(Step(some[0].at, some[-1].at, len(some), f1))
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


def _rule(found: Mistake, scheme: Scheme) -> str:
    """Return the scheme's rule for what a difference is about; empty where it has none."""
    wanted = found.gold or found.predicted or ""
    if found.kind in {"entity", "link"}:
        return next((label.rule for label in scheme.labels if label.name in wanted), "")
    slots = scheme.slots(found.kind)
    named = [slot for slot in slots if slot.name in found.fault]
    return next((slot.rule for slot in (*named, *slots) if slot.rule), "")
