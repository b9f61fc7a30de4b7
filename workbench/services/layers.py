"""Layers as they stand: a base of proposals, and what decisions made of them."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy.orm import Session

from workbench.core import desk
from workbench.core.annotation import KINDS, PLURALS, Object
from workbench.core.desk import Placed
from workbench.core.record import object_from
from workbench.core.text import Piece
from workbench.store import work
from workbench.store.prepared import Asked
from workbench.store.work import LayerRow, MarkRow


def base(asked: Asked, layer: LayerRow, text: str, only: Collection[str] | None = None) -> dict[str, Object]:
    """Return the proposals that a layer started from, by id, or some of them."""
    source = work.layer(asked, layer.base_id) if layer.base_id else layer
    body: dict[str, Any] = source.body or {}
    rows = ((kind, row) for kind in KINDS for row in body.get(PLURALS[kind], ()))
    return {row["id"]: object_from(kind, row, text) for kind, row in rows if only is None or row["id"] in only}


def marked(mark: MarkRow, text: str) -> Placed:
    """Return an object in the state that decisions gave it."""
    return Placed(object_from(mark.kind, mark.body, text), mark.status, mark.version)


def placed(session: Session, layer: LayerRow, text: str) -> list[Placed]:
    """Return every object of a layer with its state, by kind and position."""
    found = {each.item.id: each for each in (*proposed(session, layer, text), *decided(session, layer, text))}
    return sorted(found.values(), key=_place)


def proposed(session: Session, layer: LayerRow, text: str) -> list[Placed]:
    """Return the objects that a layer started from, as if nothing had been decided."""
    return [Placed(each, starting(layer), 0) for each in base(session, layer, text).values()]


def starting(layer: LayerRow) -> str:
    """Return the status of what a layer started from."""
    return "suggested" if layer.kind in {"suggested", "draft", "attempt"} or layer.base_id else "accepted"


def decided(session: Session, layer: LayerRow, text: str) -> list[Placed]:
    """Return the objects of a layer that decisions touched."""
    return [marked(mark, text) for mark in work.marks(session, layer.id)]


def _place(each: Placed) -> tuple[int, int, int, str]:
    return (KINDS.index(each.item.kind), *each.item.span, each.item.id)


def state(kind: str, kept: dict[str, Any], text: str, toks: Sequence[Piece]) -> dict[str, Any]:
    """Return a state of the log as the wire carries it."""
    return desk.state_wire(object_from(kind, kept["body"], text), kept["status"], toks)
