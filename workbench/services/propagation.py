"""The same decision for other mentions across one person's queue: looked at first, taken back in one step."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

import msgspec
from sqlalchemy.orm import Session

from workbench.core import desk, propagation, workflow
from workbench.core.annotation import Entity
from workbench.core.errors import Invalid
from workbench.core.propagation import Mention, Wish
from workbench.core.text import TOKENISER, digest
from workbench.core.workflow import Person
from workbench.services import decisions, layers, review
from workbench.services.decisions import MOST_AT_ONCE, Parcel, Sent
from workbench.services.projects import Project
from workbench.store import items, memory, work

MOST: Final = 300


class Place(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A mention that somebody has left ticked."""

    item: int
    start: int
    end: int


class Order(msgspec.Struct, forbid_unknown_fields=True):
    """A decision to carry to these places, as one step named by ``txn``."""

    txn: str
    surface: str
    status: str
    label: str
    places: list[Place]
    actor: str | None = None
    actor_id: str | None = None

    @property
    def wish(self) -> Wish:
        """Return what was decided."""
        return Wish(self.surface, self.status, self.label, self.actor, self.actor_id)


@dataclass(frozen=True, slots=True)
class Context:
    """A mention in another article of the queue."""

    item: int
    title: str
    mention: Mention


def preview(session: Session, project: Project, wish: Wish, *, but: int | None = None, by: Person) -> list[Context]:
    """List the mentions in one's queue that the decision would reach, at most 300, in the queue's order.

    ``but`` is the item on which it was taken.
    """
    workflow.check(project.role, "review")
    if not wish.surface.strip() or wish.status not in {"accepted", "rejected"}:
        raise Invalid("Decide about an entity first; then its words can be looked for.")
    found: list[Context] = []
    if but is not None and review.item(session, project, but).purpose == "practice":
        return found
    for row in items.holding(session, project.id, wish.surface, by.id, but=but or 0):
        document = work.text(session, row.article_id)
        layer_id = work.draft(session, row.article_id, by.id)
        layer = work.layer(session, layer_id) if layer_id else review.proposed(session, row)
        placed = layers.placed(session, layer, document.text) if layer and layer.kind != "reviewed" else []
        title = document.title or document.id
        found += [Context(row.id, title, each) for each in propagation.mentions(document.text, placed, wish)]
        if len(found) >= MOST:
            break
    return found[:MOST]


def carry(session: Session, project: Project, order: Order, *, by: Person, now: datetime) -> dict[str, int]:
    """Carry a decision to the ticked places; what has changed since the look is left as it is."""
    workflow.check(project.role, "review")
    if len(order.places) > MOST:
        raise Invalid(f"At most {MOST} places at once.")
    counted = {"applied": 0, "left": 0}
    for item_id in sorted({place.item for place in order.places}):
        wanted = {(place.start, place.end) for place in order.places if place.item == item_id}
        verdicts = _carry_one(session, project, item_id, order, wanted, by, now)
        done = sum(verdict["verdict"] in {"applied", "duplicate"} for verdict in verdicts)
        counted["applied"] += done
        counted["left"] += len(wanted) - done
    memory.keep(session, project.id, order.txn, order.wish, by=by.id, now=now)
    return counted


def _carry_one(
    session: Session,
    project: Project,
    item_id: int,
    order: Order,
    wanted: set[tuple[int, int]],
    by: Person,
    now: datetime,
) -> list[dict[str, Any]]:
    row = review.item(session, project, item_id)
    layer = work.layer(session, review.draft(session, row.article_id, by=by, now=now))
    document = work.text(session, row.article_id)
    placed = layers.placed(session, layer, document.text)
    versions = {each.item.id: each for each in placed}
    toks = desk.pieces(document.text)
    sent = []
    for mention in propagation.mentions(document.text, placed, order.wish):
        if mention.span not in wanted:
            continue
        key = str(uuid5(NAMESPACE_URL, f"{order.txn}/{item_id}/{mention.start}"))
        standing = versions.get(mention.oid or "")
        entity = standing.item if standing and isinstance(standing.item, Entity) else None
        item = propagation.carried(mention, order.wish, entity, f"e-{key[:8]}")
        after = desk.state_wire(item, order.status, toks)
        expect = standing.version if standing else 0
        sent.append(Sent(key, order.txn, now, "propagate", "entity", item.id, expect, after))
    return _send(session, project, row.id, document.text, sent, by, now)


def take_back(session: Session, project: Project, txn: str, *, by: Person, now: datetime) -> dict[str, int]:
    """Undo a carried decision wherever nothing was decided since."""
    counted = {"applied": 0, "left": 0}
    for item_id, text, rows in _carried(session, project, txn, by):
        toks = desk.pieces(text)
        sent = []
        for row in rows:
            before = row.before or {"status": "rejected", "body": row.after["body"]}
            state = layers.state(row.kind, before, text, toks)
            key = str(uuid5(NAMESPACE_URL, f"undo/{row.key}"))
            sent.append(Sent(key, f"-{txn}"[:36], now, "undo", row.kind, row.oid, row.version, state, undoes=txn))
        for verdict in _send(session, project, item_id, text, sent, by, now):
            counted["applied" if verdict["verdict"] in {"applied", "duplicate"} else "left"] += 1
    memory.forget(session, project.id, txn)
    return counted


def _carried(session: Session, project: Project, txn: str, by: Person) -> Iterable[tuple[int, str, list[Any]]]:
    rows = work.of_txn(session, txn, by.id)
    for layer_id in dict.fromkeys(layer_id for layer_id, _ in rows):
        article_id = work.layer(session, layer_id).article_id
        item_id = items.of_article(session, project.id, article_id)
        if item_id:
            mine = [row for each, row in rows if each == layer_id]
            yield item_id, work.text(session, article_id).text, mine


def _send(
    session: Session, project: Project, item_id: int, text: str, sent: list[Sent], by: Person, now: datetime
) -> list[dict[str, Any]]:
    verdicts: list[dict[str, Any]] = []
    for start in range(0, len(sent), MOST_AT_ONCE):
        parcel = Parcel(digest(text), TOKENISER, sent[start : start + MOST_AT_ONCE])
        verdicts += decisions.decide(session, project, item_id, parcel, by=by, now=now)["verdicts"]
    return verdicts


def shown(contexts: Iterable[Context]) -> list[dict[str, Any]]:
    """Return contexts as the desk lists them."""
    return [{"item": each.item, "title": each.title} | asdict(each.mention) for each in contexts]
