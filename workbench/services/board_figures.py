"""The figures of the board that read the readings themselves: agreement, proposals, the guard, passages."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from workbench.core import agreement as core
from workbench.core import progress, workflow
from workbench.core.agreement import Agreement
from workbench.core.measures import Figure, Reliability, Tally, figures, reliability
from workbench.core.progress import Fate
from workbench.core.record import layer_from
from workbench.core.scheme import Scheme
from workbench.core.workflow import Person
from workbench.services import board_drift, board_passages, projects
from workbench.services.board_passages import Passage
from workbench.store import board
from workbench.store.board import ReadingRow
from workbench.store.projects import ProjectRow

MOST: Final = 100
DRAWS: Final = 200
PASSAGES: Final = 60

Beside = tuple[str, dict[str, Figure]]
"""A reader and how near they come to the gold or the suggester, measure by measure (`agreement.PAIRED`)."""


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What became of the proposals of one label: shares in percent, widths of a bar in three parts."""

    kind: str
    label: str
    count: int
    same: int
    corrected: int
    rejected: int
    shares: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Guard:
    """How near readers come to the suggester with its proposals before them, and without."""

    aided: Figure
    unaided: Figure
    aided_articles: int
    unaided_articles: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What the lower part of the board shows; ``whole`` says that every finished article went in."""

    articles: int
    whole: bool
    agreement: Agreement
    names: dict[str, str]
    gold: tuple[Beside, ...]
    suggester: tuple[Beside, ...]
    acceptance: tuple[Acceptance, ...]
    confusion: tuple[tuple[str, str, str, int], ...]
    guard: Guard | None
    calibration: tuple[tuple[str, Reliability], ...]


def figures_of(session: Session, project: ProjectRow) -> Figures:
    """Return the figures over the newest articles whose readings are all in."""
    rows = board.readings(session, project.id, MOST)
    scheme = projects.scheme(session, project)
    ids = sorted({row.article_id for row in rows})
    named = workflow.may(project.role, "settle")
    names = {row.author: row.person if named else row.author for row in rows}
    pairwise = workflow.may(project.role, "adjudicate")
    found = core.agreement(board_passages.articles(rows), scheme, draws=DRAWS, pairwise=pairwise)
    proposals = [fate for row in rows for fate in _fates(row)]
    gold = _beside_gold(session, rows, ids, scheme) if pairwise else ()
    suggester = _beside_suggester(rows, scheme) if pairwise else ()
    return Figures(
        len(ids), len(ids) < MOST, found, names, gold, suggester, _acceptance(proposals), _confusion(proposals),
        _guard(session, rows, ids, scheme), _calibration(proposals),
    )  # fmt: skip


def _fates(row: ReadingRow) -> Iterator[Fate]:
    if row.proposed:
        yield from progress.fates(layer_from("", row.proposed, row.text), board_passages.reading(row))


def _acceptance(proposals: list[Fate]) -> tuple[Acceptance, ...]:
    found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for fate in proposals:
        came_to = "same" if fate.same else "rejected" if fate.decided == progress.REJECTED else "corrected"
        found[fate.kind, fate.proposed][came_to] += 1
    rows = []
    for (kind, label), counts in sorted(found.items()):
        same, corrected, rejected = (counts[name] for name in ("same", "corrected", "rejected"))
        a, b, c = (round(100 * part / counts.total(), 1) for part in (same, corrected, rejected))
        rows.append(Acceptance(kind, label, counts.total(), same, corrected, rejected, (a, b, c)))
    return tuple(rows)


def _calibration(proposals: list[Fate]) -> tuple[tuple[str, Reliability], ...]:
    """Hold the suggester's scores against how often people kept what it proposed, for each kind of object."""
    rated: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for fate in proposals:
        if fate.item.by.score is not None:
            rated[fate.kind].append((fate.item.by.score, fate.same))
    return tuple((kind, reliability(its)) for kind, its in sorted(rated.items()))


def _confusion(proposals: list[Fate]) -> tuple[tuple[str, str, str, int], ...]:
    """Count what was proposed as one thing and decided as another, the most frequent first."""
    cells = Counter((fate.kind, fate.proposed, fate.decided) for fate in proposals if fate.proposed != fate.decided)
    return tuple((*cell, count) for cell, count in sorted(cells.items(), key=lambda pair: (-pair[1], pair[0]))[:20])


def _beside_gold(session: Session, rows: Sequence[ReadingRow], ids: list[int], scheme: Scheme) -> tuple[Beside, ...]:
    """Measure each reader against the gold of articles that others have read too."""
    gold = board.layers(session, ids, "gold")
    shared = {key for key, count in Counter(row.article_id for row in rows).items() if count > 1 and key in gold}
    tallies: dict[str, list[dict[str, Tally]]] = defaultdict(list)
    for row in rows:
        if row.article_id in shared:
            settled = layer_from("gold", gold[row.article_id], row.text)
            tallies[row.author].append(core.tallies(settled, board_passages.reading(row), scheme))
    return _told(tallies)


def _beside_suggester(rows: Sequence[ReadingRow], scheme: Scheme) -> tuple[Beside, ...]:
    """Measure each reader against the proposals that their readings started from."""
    tallies: dict[str, list[dict[str, Tally]]] = defaultdict(list)
    for row in rows:
        if row.proposed:
            proposed = layer_from("", row.proposed, row.text)
            tallies[row.author].append(core.tallies(proposed, board_passages.reading(row), scheme))
    return _told(tallies)


def _told(tallies: dict[str, list[dict[str, Tally]]]) -> tuple[Beside, ...]:
    return tuple((author, figures(each, draws=DRAWS)) for author, each in sorted(tallies.items()))


def _guard(session: Session, rows: Sequence[ReadingRow], ids: list[int], scheme: Scheme) -> Guard | None:
    if not any(row.plain for row in rows):
        return None
    proposed = board.layers(session, ids, "suggested")
    sides: dict[bool, list[ReadingRow]] = {True: [], False: []}
    for row in rows:
        if row.article_id in proposed:
            sides[row.plain].append(row)
    found: dict[bool, Figure] = {}
    for plain, its in sides.items():
        pairs = [(layer_from("", proposed[row.article_id], row.text), board_passages.reading(row)) for row in its]
        tallies = [{"f1": core.tallies(*pair, scheme)["entities.core"]} for pair in pairs]
        if tallies:
            found[plain] = figures(tallies, draws=DRAWS)["f1"]
    if len(found) < 2:
        return None
    return Guard(found[False], found[True], len(sides[False]), len(sides[True]))


def passages(
    session: Session,
    project: ProjectRow,
    question: str,
    between: tuple[str, str] | None = None,
    when: tuple[date, date] | None = None,
    *,
    by: Person,
) -> list[Passage]:
    """Return passages on which readers differ in one question; ``between`` asks for two of them.

    One of the two may be ``gold`` or ``suggester``, the other ``readers`` for each in turn. Two by two is for
    leads and adjudicators. ``when`` asks for articles that were finished from its first day until before its second.
    An article that somebody has before them as a test or in practice is left out for them.
    """
    rows = board.readings(session, project.id, board_drift.MOST if when else MOST, by.id)
    if when:
        rows = board_drift.within(rows, when)
    if between:
        workflow.check(project.role, "adjudicate")
        return board_passages.between(session, rows, question, between)
    named = workflow.may(project.role, "settle")
    names = {row.author: row.person if named else row.author for row in rows}
    titles = {row.key: row.title or row.key for row in rows}
    found = []
    for article in board_passages.articles(rows):
        for each in core.differences(article, question) if len(article.readings) > 1 else ():
            said = tuple((names[author], value) for author, value in each.values.items())
            found.append(board_passages.passage(article.key, titles[article.key], article.text, each.span, said))
    return found[:PASSAGES]


def proposals(
    session: Session, project: ProjectRow, kind: str, proposed: str, decided: str | None, *, by: Person
) -> list[Passage]:
    """Return passages where a proposal was decided as something else, or as ``decided``."""
    found = []
    for row in board.readings(session, project.id, MOST, by.id):
        for fate in _fates(row):
            wanted = not fate.same if decided is None else fate.decided == decided
            if (fate.kind, fate.proposed) == (kind, proposed) and wanted:
                said = (("proposed", fate.proposed), ("decided", fate.decided))
                found.append(board_passages.passage(row.key, row.title or row.key, row.text, fate.item.span, said))
    return found[:PASSAGES]
