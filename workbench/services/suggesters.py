"""Several suggesters: where drafts start, how two of them differ, and two made one by a rule."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Final, NamedTuple, cast

from sqlalchemy.orm import Session

from workbench.core import workflow
from workbench.core.annotation import PLURALS, Document, Layer
from workbench.core.combining import RULES, Rule, combined
from workbench.core.errors import Invalid
from workbench.core.mistakes import Mistake, mistakes
from workbench.core.record import layer_from, layer_json
from workbench.core.scheme import Scheme
from workbench.core.scores import Case, Match
from workbench.core.scoring import match, scores_of
from workbench.core.workflow import Person
from workbench.formats.ready import counted
from workbench.services import ordering, weighing
from workbench.store import people, suggesters, tallies, work
from workbench.store.engine import Database
from workbench.store.projects import ProjectRow
from workbench.store.suggesters import SuggesterRow

CHUNK: Final = 100
MOST_SHOWN: Final = 200
_KEY: Final = {"entity": "entities.core", "stance": "stances.lenient", "commitment": "commitments.lenient"}


class Row(NamedTuple):
    """How often each of two has something, how often both have the same, and the share that agrees (F1)."""

    name: str
    first: int
    second: int
    same: int

    @property
    def share(self) -> float | None:
        """Return 2 · same / (first + second)."""
        return 2 * self.same / (self.first + self.second) if self.first + self.second else None


@dataclass(frozen=True, slots=True)
class Listing:
    """A project's suggesters, the one that came last first; ``behind`` says that not all is counted yet."""

    rows: list[SuggesterRow]
    behind: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two suggesters over the articles that both have read; ``left_over`` counts those beyond the limit."""

    first: str
    second: str
    articles: int
    left_over: int
    only_first: int
    only_second: int
    rows: tuple[Row, ...]
    differences: tuple[Mistake, ...]
    counts: tuple[tuple[str, str, int], ...]
    merged: dict[str, int]


def listing(session: Session, project: ProjectRow) -> Listing:
    """Return a project's suggesters, as they are counted when something changes."""
    found = tallies.tallies(session, project.id)
    return Listing(suggesters.listing(session, project.id, found), found.behind)


def start(session: Session, project: ProjectRow) -> str | None:
    """Return the suggester that new drafts start from, where one was chosen; otherwise it is the newest."""
    return suggesters.start(session, project.id)


def choose_start(
    session: Session, project: ProjectRow, author: str | None, *, by: Person | None, now: datetime
) -> None:
    """Let new drafts start from a suggester's layer, or with None from the newest; begun ones stay as they are."""
    workflow.check(project.role, "suggest")
    if author is not None:
        _known(session, project, author)
    suggesters.keep_start(session, project.id, author, by=by.id if by else None, now=now)
    people.note(session, "suggester.start", by=by.id if by else None, now=now, project_id=project.id, author=author)


def _known(session: Session, project: ProjectRow, *authors: str) -> None:
    for author in authors:
        if not suggesters.there(session, project.id, author):
            names = ", ".join(row.author for row in listing(session, project).rows)
            raise Invalid(f"There is no suggester “{author}” here; there is {names or 'none yet'}.")


def compare(
    database: Database, project: ProjectRow, first: str, second: str, scheme: Scheme, *, most: int | None = None,
    limit: int = 25,
) -> Comparison:  # fmt: skip
    """Compare the newest layers of two suggesters; ``most`` articles at most, ``limit`` differences of each sort."""
    if first == second:
        raise Invalid("Choose two different suggesters.")
    with database.reading() as session:
        _known(session, project, first, second)
    alone, left_over = Counter[str](), 0
    matches: list[Match] = []
    merged: Counter[str] = Counter()
    for _, document, a, b in _pairs(database, project.id, first, second):
        if a is None or b is None:
            alone[first if b is None else second] += 1
        elif most is not None and len(matches) >= most:
            left_over += 1
        else:
            matches.append(match(Case(document.id, document.text, a, b, regions=())))
            merged.update({name: len(combined(a, b, cast("Rule", name), "").objects) for name in RULES})
    shown, counts = _differences(matches, scheme, first, second, limit)
    return Comparison(
        first, second, len(matches), left_over, alone[first], alone[second], _rows(matches, scheme), shown, counts,
        {name: merged[name] for name in RULES},
    )  # fmt: skip


def _pairs(
    database: Database, project_id: int, first: str, second: str
) -> Iterator[tuple[int, Document, Layer | None, Layer | None]]:
    after = 0
    while True:
        with database.reading() as session:
            rows = suggesters.read_by(session, project_id, (first, second), after=after, limit=CHUNK)
            layers = [
                [_layer(session, number, document, name) for name in (first, second)] for number, document in rows
            ]
        if not rows:
            return
        for (number, document), (a, b) in zip(rows, layers, strict=True):
            yield number, document, a, b
        after = rows[-1][0]


def _layer(session: Session, article_id: int, document: Document, author: str) -> Layer | None:
    row = work.newest(session, article_id, "suggested", author)
    return layer_from(author, row.body or {}, document.text) if row else None


def _rows(matches: list[Match], scheme: Scheme) -> tuple[Row, ...]:
    if not matches:
        return ()
    scores = scores_of(matches, scheme, draws=0)
    found = [Row(each.label, each.exact.gold, each.exact.predicted, each.exact.right) for each in scores.labels]
    for kind in ("stance", "commitment"):
        tally = scores.figures[_KEY[kind]].tally
        found.append(Row(PLURALS[kind], tally.gold, tally.predicted, tally.right))
    return tuple(row for row in found if row.first + row.second)


def _differences(
    matches: list[Match], scheme: Scheme, first: str, second: str, limit: int
) -> tuple[tuple[Mistake, ...], tuple[tuple[str, str, int], ...]]:
    counted: Counter[tuple[str, str]] = Counter()
    shown: list[Mistake] = []
    for each in matches:
        for found in mistakes(each, scheme):
            sort = (found.kind, _said(found.fault, first, second))
            counted[sort] += 1
            if counted[sort] <= limit:
                shown.append(found)
    return tuple(shown), tuple((kind, said, count) for (kind, said), count in counted.most_common())


def _said(fault: str, first: str, second: str) -> str:
    """Say of a fault, which is told as against gold, how two equals differ."""
    if fault in {"missed", "no actor"}:
        return f"only {first}"
    if fault in {"not in the gold", "false actor"}:
        return f"only {second}"
    return fault.replace("wrong", "other").replace("slot", "other")


def difference(found: Mistake, comparison: Comparison) -> str:
    """Say in a few words how two suggesters differ at one place."""
    return _said(found.fault, comparison.first, comparison.second)


def check(session: Session, project: ProjectRow, first: str, second: str, rule: str, name: str) -> None:
    """Raise Invalid unless two suggesters can be made one by this rule and under this name."""
    workflow.check(project.role, "suggest")
    _known(session, project, first, second)
    if rule not in RULES:
        raise Invalid(f"There is no rule “{rule}”; there is {', '.join(RULES)}.")
    if first == second or not 0 < len(name) <= 120 or name in {first, second}:
        raise Invalid("Choose two different suggesters and a new name of 1 to 120 characters.")


def combine(
    database: Database, project: ProjectRow, first: str, second: str, rule: str, name: str, *, now: datetime,
    progress: Callable[[int], None] = lambda done: None,
) -> int:  # fmt: skip
    """Keep a layer of a new suggester made of two by a rule; return over how many articles. May be done again."""
    done = 0
    pairs = _pairs(database, project.id, first, second)
    while chunk := list(islice(pairs, CHUNK)):
        with database.writing() as session:
            rows = []
            for article_id, document, a, b in chunk:
                if (a is None or b is None) and rule == "intersection":
                    continue
                layer = combined(a or Layer(first), b or Layer(second), cast("Rule", rule), name)
                row = {
                    "article_id": article_id, "kind": "suggested", "author": name,
                    "body": layer_json(layer, document.text),
                } | counted(layer)  # fmt: skip
                old = work.newest(session, article_id, "suggested", name)
                if old is None or old.body != row["body"]:
                    rows.append(row)
            weighing.keep(session, project.id, rows, now=now)
            ordering.ready(session, project.id, [number for number, *_ in chunk])
        done += len(rows)
        progress(done)
    return done
