"""Overlap: how many people read an article, by rules that a lead keeps; and who may see what meanwhile."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from workbench.core import rules as core
from workbench.core import workflow
from workbench.core.errors import Invalid, Stale
from workbench.core.rules import Rules
from workbench.core.workflow import Person
from workbench.services import ordering, readers, settling
from workbench.store import overlap, people, projects, training, work
from workbench.store.blindness import UNREAD
from workbench.store.overlap import Places, SlotRow
from workbench.store.projects import ProjectRow


@dataclass(frozen=True, slots=True)
class Kept:
    """A project's rules and their version; 0 before anybody has changed the usual ones."""

    version: int
    rules: Rules


@dataclass(frozen=True, slots=True)
class Changed:
    """What new rules did to the queue: places added and taken back, and articles settled by it."""

    added: int
    removed: int
    settled: int


def rules(session: Session, project_id: int) -> Kept:
    """Return a project's rules."""
    version, body = projects.rules(session, project_id)
    return Kept(version, ordering.parsed(body) if body else Rules())


def change_rules(
    session: Session, project: ProjectRow, row: dict[str, Any], *, seen: int, by: Person, now: datetime
) -> Changed:
    """Give the project other rules; work that somebody has begun stays with them."""
    workflow.check(project.role, "settle")
    found = core.from_row(row)
    kept = rules(session, project.id)
    version = kept.version
    if version != seen:
        raise Stale(f"Somebody else changed the rules meanwhile (they are at version {version}); reload, then change.")
    added = _named(found) - _named(kept.rules)
    if added - readers.called(session, project, added).keys():
        raise Invalid("A rule names somebody who does not review in this project; add them on the Team page first.")
    projects.keep_rules(session, project.id, version + 1, core.dump(found), by=by.id, now=now)
    people.note(session, "rules.change", by=by.id, now=now, project_id=project.id, version=version + 1, rules=row)
    return fill(session, project, now=now)


def _named(found: Rules) -> set[int]:
    return {each for lane in found.lanes for each in lane.people}


def fill(session: Session, project: ProjectRow, *, now: datetime) -> Changed:
    """Bring the queue to what the rules want: places are added, and those that nobody began taken back."""
    wanted = rules(session, project.id).rules
    todo = _Todo()
    for each in list(overlap.places(session, project.id)):
        todo.look(wanted, each)
    removed, shrunk = 0, []
    for article_id, most in todo.surplus:
        if gone := overlap.take_back(session, article_id, most):
            removed += gone
            shrunk.append(article_id)
    for plain, article_ids in todo.turned.items():
        overlap.set_plain(session, article_ids, plain)
    for lane, article_ids in todo.moved.items():
        overlap.set_lane(session, article_ids, lane)
    overlap.add(session, project.id, todo.fresh)
    ordering.arrange(session, project.id, wanted, fresh=[article_id for article_id, *_ in todo.fresh])
    settled = sum(settling.settle(session, project, each, now=now) != "waiting" for each in shrunk)
    return Changed(len(todo.fresh), removed, settled)


@dataclass(slots=True)
class _Todo:
    """What has to change in the queue for it to be as the rules want it."""

    fresh: list[tuple[int, int, bool, bool, int]] = field(default_factory=list)
    surplus: list[tuple[int, int]] = field(default_factory=list)
    turned: dict[bool, list[int]] = field(default_factory=lambda: defaultdict(list))
    moved: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))

    def look(self, wanted: Rules, each: Places) -> None:
        """Compare the places of one article with the rules."""
        lane = wanted.lane_of(each.language, each.outlet)
        slots, plain = wanted.slots(each.key, lane), each.plain if each.begun else wanted.is_plain(each.key)
        if plain != each.plain:
            self.turned[plain].append(each.article_id)
        if lane != each.lane and each.lane >= 0:
            self.moved[lane].append(each.article_id)
        self.fresh += [(each.article_id, slot, each.ready, plain, lane) for slot in range(each.slots + 1, slots + 1)]
        most = max(slots, wanted.most(lane)) if wanted.adaptive is not None else slots
        if each.slots > most:
            self.surplus.append((each.article_id, most))


def fill_new(session: Session, project_id: int, *, now: datetime) -> None:
    """Give articles that came in the places that the rules want; the usual rules want no more than there are."""
    if rules(session, project_id).version:
        fill(session, projects.numbered(session, project_id), now=now)


def settled(session: Session, article_id: int, person_id: int) -> bool:
    """Say whether an article is gold, and nothing of it is hidden from somebody."""
    if work.newest(session, article_id, "gold") is None:
        return False
    if training.blind(session, article_id, person_id):
        return False
    return not hidden(overlap.of_article(session, article_id), person_id)


def hidden(slots: Iterable[SlotRow], person_id: int) -> bool:
    """Say whether others' answers are hidden from somebody: while an article is being read, until their own is in.

    Where an article has one reader, nothing is hidden but what is on that reader's desk.
    """
    slots = list(slots)
    own = any(each.person_id == person_id and each.state == "done" for each in slots)
    return len(slots) > 1 and not own and any(each.state in UNREAD for each in slots)
