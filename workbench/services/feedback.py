"""Feedback: one reading beside gold, passage by passage, with the rule and what the lead has to say."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from workbench.core import scoring, training, workflow
from workbench.core.errors import NotAllowed, NotFound
from workbench.core.frame_scores import KEYS
from workbench.core.measures import Tally
from workbench.core.mistakes import Mistake, mistakes
from workbench.core.record import layer_from
from workbench.core.scheme import Scheme
from workbench.core.scores import Case, Match
from workbench.core.workflow import Person
from workbench.services import projects
from workbench.services.projects import Project
from workbench.store import competence
from workbench.store import training as kept
from workbench.store.competence import BesideRow

NOTHING_YET: Final = "There is no gold to compare this with yet, or it is this reading and nothing else."
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
class Same:
    """Something that stands in the reading just as in gold: its kind, its words, and what it is."""

    kind: str
    words: str
    said: str


@dataclass(frozen=True, slots=True)
class Card:
    """One reading beside gold: figures, what matched, and each difference with the rule behind it.

    Differences come in three: what gold has otherwise, what was missed, and what gold has not.
    ``source`` is work, practice or test; ``key`` and ``note`` are the article's and the lead's.
    """

    title: str
    key: str
    person: str
    mine: bool
    source: str
    note: str
    f1: float | None
    figures: tuple[tuple[str, Tally], ...]
    same: tuple[Same, ...]
    differences: tuple[tuple[str, tuple[tuple[Mistake, str], ...]], ...]

    @property
    def matched(self) -> int:
        """Return how much is just as in gold."""
        return len(self.same)

    @property
    def differing(self) -> int:
        """Return how much is not."""
        return sum(len(rows) for _, rows in self.differences)


def card(session: Session, project: Project, item_id: int, *, by: Person) -> Card:
    """Compare one finished reading with the gold of its article: for who read it, and for leads.

    A hidden test is for leads alone; to who read it, it is work that has no gold yet.
    """
    row = competence.trial(session, project.id, item_id) or _work(session, project, item_id)
    leads = workflow.may(project.role, "settle")
    if row.person_id != by.id and not leads:
        raise NotAllowed("Only who read an article, and leads, see how the reading compares.")
    if row.source == "test" and not leads:
        raise NotFound(NOTHING_YET)
    scheme = projects.scheme(session, project)
    match = scoring.match(case_of(row))
    tallies = {name: figure.tally for name, figure in scoring.scores_of([match], scheme, draws=0).figures.items()}
    figures = tuple((title, tallies[key]) for key, title in MEASURES if tallies[key].gold or tallies[key].predicted)
    note = kept.note(session, project.id, row.key) if row.source != "work" else ""
    return Card(
        row.title or row.key, row.key, row.person, row.person_id == by.id, row.source, note,
        training.combined(tallies).f1, figures, tuple(_same(match)), _differences(match, scheme),
    )  # fmt: skip


def _work(session: Session, project: Project, item_id: int) -> BesideRow:
    rows = competence.beside_gold(session, project.id, item_id=item_id, limit=1)
    if not rows:
        raise NotFound(NOTHING_YET)
    return rows[0]


def case_of(row: BesideRow) -> Case:
    """Return a reading and its gold, to be paired."""
    return Case(row.key, row.text, layer_from("gold", row.gold, row.text), layer_from(row.author, row.body, row.text))


def _same(match: Match) -> list[Same]:
    text = match.case.text
    found = []
    for _, place in match.entities.exact:
        entity = match.entities.predicted[place]
        named = f"{entity.label} · {entity.actor}" if entity.actor else entity.label
        found.append(Same("entity", text[entity.start : entity.end], named))
    for kind, its in match.frames.items():
        for _, place in its.strict:
            frame = its.predicted[place]
            said = " · ".join(str(frame.slots.get(slot) or "?") for slot in KEYS[kind])
            found.append(Same(kind, text[frame.span.start : frame.span.end], said))
    return found


def _differences(match: Match, scheme: Scheme) -> tuple[tuple[str, tuple[tuple[Mistake, str], ...]], ...]:
    groups: dict[str, list[tuple[Mistake, str]]] = {"otherwise": [], "missed": [], "surplus": []}
    for each in mistakes(match, scheme):
        name = "missed" if each.predicted is None else "surplus" if each.gold is None else "otherwise"
        groups[name].append((each, _rule(each, scheme)))
    return tuple((name, tuple(rows)) for name, rows in groups.items() if rows)


def _rule(found: Mistake, scheme: Scheme) -> str:
    """Return the scheme's rule for what a difference is about; empty where it has none."""
    wanted = found.gold or found.predicted or ""
    if found.kind in {"entity", "link"}:
        return next((label.rule for label in scheme.labels if label.name in wanted), "")
    slots = scheme.slots(found.kind)
    named = [slot for slot in slots if slot.name in found.fault]
    return next((slot.rule for slot in (*named, *slots) if slot.rule), "")
