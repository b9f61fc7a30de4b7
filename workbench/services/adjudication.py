"""Adjudication: somebody rules where the readings of an article differ, and it becomes gold."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b
from uuid import uuid4

from sqlalchemy.orm import Session

from workbench.core import adjudication as core
from workbench.core import pages, workflow
from workbench.core.adjudication import Card, Comparison, Ruled
from workbench.core.annotation import Document, Object
from workbench.core.errors import Invalid, NotAllowed, NotFound, Stale
from workbench.core.record import layer_from, object_from, object_json
from workbench.core.rules import Rules
from workbench.core.workflow import Person
from workbench.services import handing, ordering, projects, settling
from workbench.store import adjudication as kept
from workbench.store import articles, tallies, work
from workbench.store.adjudication import AdjudicationRow, ReadingRow, RulingRow, WaitingRow
from workbench.store.board import names as called
from workbench.store.kept import kept as at_hand
from workbench.store.projects import ProjectRow

NAMES = "ABCDEFGHI"
OBJECT = 300
"""About how many characters of memory an object takes."""


@dataclass(frozen=True, slots=True)
class Case:
    """An article before an adjudicator: its readings compared, and what is ruled so far."""

    row: AdjudicationRow
    document: Document
    rules: Rules
    rows: tuple[ReadingRow, ...]
    names: tuple[str, ...]
    order: tuple[int, ...]
    found: Comparison
    ruled: dict[str, RulingRow]

    @property
    def left(self) -> int:
        """Return how many conflicts still wait for a ruling."""
        return sum(card.id not in self.ruled for card in self.found.cards)

    def card(self, card_id: str) -> Card:
        """Return a conflict; raises Stale for one that the readings no longer show."""
        for card in self.found.cards:
            if card.id == card_id:
                return card
        raise Stale("The readings have changed since this page was opened; reload it to see what differs now.")


def waiting(
    session: Session, project: ProjectRow, *, by: Person, after: int = 0, limit: int = pages.SIZE
) -> list[WaitingRow]:
    """Return the articles that wait for an adjudicator, oldest first, those behind one, with whether this one may."""
    own = ordering.rules_of(session, project.id).own
    rows = kept.listing(session, project.id, "waiting", after=after, limit=limit)
    return [replace(row, allowed=own or by.id not in row.readers) for row in rows]


def counts(session: Session, project: ProjectRow) -> dict[str, int]:
    """Return how many articles wait for an adjudicator, and how many are done."""
    return tallies.tallies(session, project.id).under("adjudication")


def opened(session: Session, project: ProjectRow, key: str, *, by: Person, lock: bool = False) -> Case:
    """Return an article's conflicts; raises NotAllowed for whom read it, unless the project allows that."""
    workflow.check(project.role, "adjudicate")
    found = articles.one(session, project.id, key)
    row = kept.one(session, project.id, found[0], lock=lock) if found else None
    if found is None or row is None or row.state == "withdrawn":
        raise NotFound("This article waits for no adjudicator: its readings agree, or are not all in.")
    rules = ordering.rules_of(session, project.id)
    rows = tuple(kept.readings(session, row.article_id))
    if not rules.own and by.id in {each.person_id for each in rows}:
        raise NotAllowed("You read this article yourself, so somebody else rules on it; a lead can allow it.")
    document = found[1]
    order = _order(key, rows, blind=rules.blind)
    ruled = _effective(kept.log(session, row.article_id))
    names = _names(session, rows, order, blind=rules.blind)
    return Case(row, document, rules, rows, names, order, _compared(session, row, rows, document.text), ruled)


def _compared(session: Session, row: AdjudicationRow, rows: tuple[ReadingRow, ...], text: str) -> Comparison:
    """Return the readings compared: kept at hand, because each ruling asks for it and a long article is slow."""

    def made() -> Comparison:
        bodies = (work.layer(session, each.layer_id).body or {} for each in rows)
        layers = [layer_from(each.author, body, text) for each, body in zip(rows, bodies, strict=True)]
        return core.compare(layers, row.merge)

    key = ("compared", row.article_id, row.merge, tuple((each.layer_id, each.rev) for each in rows))
    return at_hand(session, key, made, lambda found: OBJECT * len(rows) * (len(found.cards) + len(found.settled)))


def _order(key: str, rows: tuple[ReadingRow, ...], *, blind: bool) -> tuple[int, ...]:
    """Return the readings in the order they are shown: their own, or one that tells nothing of who is who."""
    if not blind:
        return tuple(range(len(rows)))
    return tuple(sorted(range(len(rows)), key=lambda n: blake2b(f"{key}/{rows[n].author}".encode()).digest()))


def _names(session: Session, rows: tuple[ReadingRow, ...], order: tuple[int, ...], *, blind: bool) -> tuple[str, ...]:
    if blind:
        return tuple(NAMES[order.index(n)] for n in range(len(rows)))
    known = called(session, {row.person_id or 0 for row in rows})
    return tuple(known.get(row.person_id or 0, row.author) for row in rows)


def _effective(log: Iterable[RulingRow]) -> dict[str, RulingRow]:
    """Return the ruling that stands on each card."""
    standing: dict[int, RulingRow] = {}
    for row in log:
        if row.act == "undo":
            standing.pop(row.undoes or 0, None)
        else:
            standing[row.number] = row
    return {row.card: row for row in standing.values()}


def rule(
    session: Session, project: ProjectRow, key: str, card_id: str, choice: int | None, *,
    seen: int, by: Person, now: datetime, reason: str | None = None, item: Object | None = None,
) -> None:  # fmt: skip
    """Rule on a conflict: take reading ``choice`` (from 0), ``item`` in its place, or with None neither.

    Raises Stale where somebody else has ruled on the article since ``seen``.
    """
    case = _fresh(session, project, key, seen, by)
    card = case.card(card_id)
    if choice is not None and not 0 <= choice < len(card.readings):
        raise Invalid(f"There is no reading {choice + 1}; there are {len(card.readings)}.")
    if reason and reason not in case.rules.reasons:
        raise Invalid("That reason is not on the project's list; choose another, or none.")
    taken = item or (card.readings[choice] if choice is not None else None)
    act = "edit" if item else "none" if choice is None else "take"
    if taken and (problem := next(projects.scheme(session, project).problems(taken), None)):
        raise Invalid(f"{problem} The scheme has changed since this was read: edit the reading first, or take another.")
    body = object_json(taken, case.document.text) if taken else None
    keep(session, project, case, [(act, card_id, choice, body, reason or None, None)], by, now)


def undo(session: Session, project: ProjectRow, key: str, *, seen: int, by: Person, now: datetime) -> str | None:
    """Take the last ruling back and return its card; of an article that is gold, the gold first."""
    case = _fresh(session, project, key, seen, by, done=True)
    if case.row.state == "done":
        work.withdraw_gold(session, case.row.article_id)
        kept.change(session, case.row.article_id, state="waiting", finished_at=None)
        return None
    last = max(case.ruled.values(), key=lambda row: row.number, default=None)
    if last is None:
        raise Invalid("There is no ruling to take back.")
    keep(session, project, case, [("undo", last.card, None, None, None, last.number)], by, now)
    return last.card


def send_back(
    session: Session, project: ProjectRow, key: str, choices: Collection[int] | None, comment: str, *,
    seen: int, by: Person, now: datetime,
) -> None:  # fmt: skip
    """Return readings (by number, from 0; None for all) to who made them, with a comment.

    The other readings stay as they are, and so does the log: the article comes back once what was
    returned is finished anew, and a ruling still stands where the readings are what they were.
    """
    case = _fresh(session, project, key, seen, by)
    chosen = range(len(case.rows)) if choices is None else sorted(set(choices))
    if not chosen:
        raise Invalid("Choose whose reading is to be looked at again.")
    for choice in chosen:
        if not 0 <= choice < len(case.rows):
            raise Invalid(f"There is no reading {choice + 1}; there are {len(case.rows)}.")
        handing.send_back(session, project, case.rows[choice].item_id, comment, by=by, now=now)


def finish(session: Session, project: ProjectRow, key: str, *, seen: int, by: Person, now: datetime) -> None:
    """Make gold of an article whose every conflict is ruled on."""
    case = _fresh(session, project, key, seen, by)
    if case.left:
        raise Invalid(f"{case.left} conflict{'s still wait' if case.left > 1 else ' still waits'} for a ruling.")
    make_gold(session, project, case, by=by, now=now)


def make_gold(session: Session, project: ProjectRow, case: Case, *, by: Person, now: datetime) -> None:
    """Write the gold that a case's rulings come to."""
    text = case.document.text
    cards = {card.id: card for card in case.found.cards}
    ruled = {
        row.card: Ruled(row.card, object_from(cards[row.card].kind, row.body, text) if row.body else None, row.reason)
        for row in case.ruled.values()
        if row.card in cards
    }
    objects = core.outcome(case.found, ruled, at=now.strftime("%Y-%m-%dT%H:%M:%SZ"))
    settling.keep_ruled(
        session, project, case.row.article_id, [row.author for row in case.rows], objects, text,
        found=case.found, adjudicator=f"r{by.id}", now=now,
    )  # fmt: skip
    kept.change(session, case.row.article_id, state="done", finished_at=now, person_id=by.id)


def _fresh(session: Session, project: ProjectRow, key: str, seen: int, by: Person, *, done: bool = False) -> Case:
    case = opened(session, project, key, by=by, lock=True)
    if case.row.version != seen:
        last = next(reversed(kept.log(session, case.row.article_id)), None)
        known = called(session, {last.person_id} if last else ())
        who = "You" if last and last.person_id == by.id else known.get(last.person_id if last else 0, "Somebody else")
        raise Stale(f"{who} ruled on this article in the meantime; reload the page, nothing of it is lost.")
    if case.row.state == "done" and not done:
        raise Stale("This article is gold already; take that back to rule on it again.")
    return case


Act = tuple[str, str, int | None, object, str | None, int | None]
"""Act, card, choice, body, reason and what it undoes."""


def keep(
    session: Session, project: ProjectRow, case: Case, acts: list[Act], by: Person, now: datetime, txn: str = ""
) -> None:
    """Append acts to the log, and count what they have come to."""
    article_id, version = case.row.article_id, case.row.version
    names = ("act", "card", "choice", "body", "reason", "undoes")
    same = {"article_id": article_id, "txn": txn or str(uuid4()), "person_id": by.id, "at": now}
    same["guideline"] = project.guideline_version
    rows = [same | dict(zip(names, act, strict=True)) | {"number": version + n} for n, act in enumerate(acts, 1)]
    kept.keep(session, rows)
    standing = _effective(kept.log(session, article_id))
    ruled = sum(card.id in standing for card in case.found.cards)
    kept.change(session, article_id, version=version + len(acts), ruled=ruled, person_id=by.id)


def reasons(session: Session, project: ProjectRow) -> list[tuple[str, int]]:
    """Return the reasons that were given for rulings and how often, the most frequent first."""
    return kept.reasons(session, project.id)
