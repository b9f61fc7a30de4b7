"""What a reviewer's decisions make of an article: objects, their states, and what the wire carries.

An object is suggested, accepted or rejected; nothing is ever deleted. The wire counts tokens: a
span is ``[first, last]`` or ``[first, last, ds, de]``, half-open, where ``ds`` and ``de`` are
signed code points from the outer edges of the first and last token. Everything else counts code
points.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

from workbench.core.annotation import KINDS, By, Entity, Frame, Layer, Object, Span, layer_of
from workbench.core.errors import Invalid
from workbench.core.record import SPANS, WITH_ID
from workbench.core.scheme import Scheme
from workbench.core.text import Piece, snap, tokens

STATUSES: Final = ("suggested", "accepted", "rejected")
ACTS: Final = frozenset({
    "accept", "reject", "relabel", "edges", "add", "edit", "bulk", "propagate", "merge", "split", "restore", "undo",
    "redo",
})  # fmt: skip
Wire = list[int]


@dataclass(frozen=True, slots=True)
class Placed:
    """An object with its state on the desk."""

    item: Object
    status: str
    version: int


pieces = lru_cache(maxsize=64)(tokens)
"""The tokens of a text, kept for the articles that are open."""


def wire_span(span: Span, toks: Sequence[Piece]) -> Wire:
    """Return a span in tokens; one that touches no token hangs on the nearest token before it."""
    touched = snap(toks, span.start, span.end)
    first, last = touched or (max(0, bisect_right(toks, (span.start, span.end)) - 1),) * 2
    last = last if touched else first + 1
    ds, de = span.start - toks[first][0], span.end - toks[last - 1][1]
    return [first, last, ds, de] if ds or de else [first, last]


def span_from_wire(wire: Any, toks: Sequence[Piece], length: int) -> Span:
    """Return a span in code points; raises Invalid for one outside the text."""
    if not (isinstance(wire, list) and len(wire) in {2, 4} and all(type(n) is int for n in wire)):
        raise Invalid(f"{wire!r} is no span: give [first, last] or [first, last, ds, de] in tokens.")
    first, last, ds, de = (*wire, 0, 0)[:4]
    if not 0 <= first < last <= len(toks):
        raise Invalid(f"The tokens {first}–{last} lie outside the article's {len(toks)}.")
    span = Span(toks[first][0] + ds, toks[last - 1][1] + de)
    if not 0 <= span.start < span.end <= length:
        raise Invalid(f"The span {span.start}–{span.end} lies outside the text.")
    return span


def state_wire(item: Object, status: str, toks: Sequence[Piece]) -> dict[str, Any]:
    """Return the state of an object as the wire carries it: what a decision changes."""
    if isinstance(item, Entity):
        return {
            "status": status,
            "span": wire_span(item.span, toks),
            "label": item.label,
            "actor": item.actor,
            "actor_id": item.actor_id,
            "flags": list(item.flags),
        }
    slots = {name: wire_span(value, toks) if isinstance(value, Span) else value for name, value in item.slots.items()}
    return {"status": status, "slots": slots, "ids": dict(item.ids)}


def object_wire(placed: Placed, toks: Sequence[Piece]) -> dict[str, Any]:
    """Return an object as the desk receives it."""
    item, by = placed.item, placed.item.by
    head = {
        "kind": item.kind,
        "id": item.id,
        "version": placed.version,
        "origin": by.origin,
        "suggester": by.suggester,
        "score": by.score,
        "cue": by.cue,
    }
    return head | state_wire(item, placed.status, toks)


def object_from_wire(kind: str, oid: str, state: Mapping[str, Any], text: str, toks: Sequence[Piece]) -> Object:
    """Read an object from the state that a decision gives it; raises Invalid for what cannot be."""
    if kind not in KINDS or not isinstance(oid, str) or not 0 < len(oid) <= 64:
        raise Invalid(f"There is no object “{kind} {oid}”.")
    if kind == "entity":
        span = span_from_wire(state.get("span"), toks, len(text))
        flags = state.get("flags") or []
        if not isinstance(state.get("label"), str) or not all(isinstance(flag, str) for flag in flags):
            raise Invalid("An entity needs a label, and words as flags.")
        actor, actor_id = (_word(state.get(name), name) for name in ("actor", "actor_id"))
        return Entity(oid, *span, state["label"], actor, actor_id, tuple(flags))
    return _frame_from_wire(kind, oid, state, text, toks)


def _frame_from_wire(kind: Any, oid: str, state: Mapping[str, Any], text: str, toks: Sequence[Piece]) -> Frame:
    given, ids = state.get("slots"), state.get("ids") or {}
    if not isinstance(given, dict) or not isinstance(ids, dict) or "evidence" not in given:
        raise Invalid(f"A {kind} needs slots, and evidence among them.")
    slots: dict[str, Any] = {}
    for name, value in given.items():
        if value is None or value == "":
            continue
        is_span = isinstance(value, list) or name in SPANS
        slots[name] = span_from_wire(value, toks, len(text)) if is_span else value
        if not isinstance(slots[name], Span | str | bool):
            raise Invalid(f"The slot {name} holds {value!r}; give a word, a flag or a span.")
    kept = {slot: _word(ids.get(slot), slot) for slot in (WITH_ID[kind],)}
    return Frame(kind, oid, slots, kept)


def _word(value: Any, name: str) -> str | None:
    if value is not None and not isinstance(value, str):
        raise Invalid(f"{name} holds {value!r}; give a word.")
    return value or None


def check(scheme: Scheme, item: Object) -> None:
    """Raise Invalid for an object that the scheme cannot hold; what is merely incomplete may be stored."""
    for sentence in scheme.problems(item):
        if not sentence.endswith("is missing.") and "only given while" not in sentence:
            raise Invalid(sentence)


def provenance(item: Object, status: str, base: Object | None, *, bulk: bool, at: str) -> Object:
    """Return the object with where it comes from: proposed and kept, proposed and corrected, or added."""
    if base is None:
        by = By(origin="added")
    else:
        same = replace(item, by=base.by) == base
        by = replace(base.by, origin="suggested" if same else "corrected")
    decided = None if status != "accepted" else "bulk" if bulk else "accepted"
    return replace(item, by=replace(by, decided=decided, at=at if decided else None))


def undecided(placed: Iterable[Placed]) -> list[str]:
    """Return the ids of what still waits for a decision."""
    return [each.item.id for each in placed if each.status == "suggested"]


def incomplete(scheme: Scheme, placed: Iterable[Placed]) -> list[tuple[str, str]]:
    """Return id and sentence for each accepted object that the scheme finds something missing in."""
    kept = [each.item for each in placed if each.status == "accepted"]
    return [(item.id, sentence) for item in kept for sentence in scheme.problems(item)]


def outcome(author: str, placed: Iterable[Placed]) -> Layer:
    """Return the layer that the decisions have made: what was accepted, in the order of the text."""
    return layer_of(author, [each.item for each in placed if each.status == "accepted"])
