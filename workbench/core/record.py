"""Objects in the shape of the gold record, and back.

The keys and their order are the contract of ``exports/README.md``. The same shape is stored in
the database, so that an export writes what is stored.
"""

from collections.abc import Mapping
from typing import Any, Final

from workbench.core.annotation import By, Entity, Frame, Layer, Object, Span, Value, layer_of
from workbench.core.errors import Invalid

Json = dict[str, Any]

SLOTS: Final[dict[str, tuple[str, ...]]] = {
    "stance": (
        "holder", "on_behalf_of", "speaker", "target", "target_actor", "target_text", "polarity",
        "evidence", "condition", "attribution", "negated", "hedged", "partial",
    ),
    "commitment": (
        "actor", "type", "status", "evidence", "condition", "amount", "quantity", "timeframe",
        "beneficiary", "sought_by", "speaker", "joint_amount", "strength", "attribution", "hedged", "partial",
    ),
}  # fmt: skip
WITH_ID: Final = {"stance": "holder", "commitment": "actor"}
SPANS: Final = frozenset({"evidence", "condition", "amount", "quantity", "timeframe"})
FLAGS: Final = frozenset({"negated", "hedged", "partial", "joint_amount"})


def span_json(span: Span, text: str) -> Json:
    """Return a span with the words that it covers."""
    return {"start": span.start, "end": span.end, "text": text[span.start : span.end]}


def by_json(by: By) -> Json:
    """Return the provenance of an object."""
    row: Json = {
        "origin": by.origin,
        "suggester": by.suggester,
        "score": by.score,
        "decided": by.decided,
        "at": by.at,
        "votes": {"for": by.votes[0], "of": by.votes[1]} if by.votes else None,
    }
    if by.cue:
        row["cue"] = by.cue
    if by.reason:
        row["reason"] = by.reason
    return row


def entity_json(entity: Entity, text: str) -> Json:
    """Return an entity as the record shows it."""
    return {
        "id": entity.id,
        "start": entity.start,
        "end": entity.end,
        "text": text[entity.start : entity.end],
        "label": entity.label,
        "actor": entity.actor,
        "actor_id": entity.actor_id,
        "flags": list(entity.flags),
        "by": by_json(entity.by),
    }


def frame_json(frame: Frame, text: str) -> Json:
    """Return a stance or commitment: the contract's slots in its order, then a project's own."""
    row: Json = {"id": frame.id}
    for slot in _slots_of(frame):
        value = frame.slots.get(slot)
        row[slot] = span_json(value, text) if isinstance(value, Span) else (value or False) if slot in FLAGS else value
        if slot == WITH_ID[frame.kind]:
            row[f"{slot}_id"] = frame.ids.get(slot)
    return row | {"by": by_json(frame.by)}


def _slots_of(frame: Frame) -> tuple[str, ...]:
    known = SLOTS[frame.kind]
    return known + tuple(sorted(slot for slot in frame.slots if slot not in known))


def object_json(item: Object, text: str) -> Json:
    """Return any object as the record shows it."""
    return entity_json(item, text) if isinstance(item, Entity) else frame_json(item, text)


def layer_json(layer: Layer, text: str) -> Json:
    """Return the three lists of a layer."""
    return {
        "entities": [entity_json(entity, text) for entity in layer.entities],
        "stances": [frame_json(frame, text) for frame in layer.stances],
        "commitments": [frame_json(frame, text) for frame in layer.commitments],
    }


def span_from(row: Any, text: str) -> Span:
    """Read a span and check it against the text; raises Invalid where the words differ."""
    try:
        span = Span(int(row["start"]), int(row["end"]))
    except (KeyError, TypeError, ValueError):
        raise Invalid(f"{row!r:.80} is no span: it needs start and end, counted in code points.") from None
    if not 0 <= span.start < span.end <= len(text):
        raise Invalid(f"The span {span.start}–{span.end} lies outside the text of {len(text)} characters.")
    quote = row.get("text")
    if quote is not None and text[span.start : span.end] != quote:
        found, said = text[span.start : span.end][:80], str(quote)[:80]
        raise Invalid(f"The span {span.start}–{span.end} reads “{found}” in the text, but its quote is “{said}”.")
    return span


def by_from(row: Mapping[str, Any] | None, known: dict[Any, By] | None = None) -> By:
    """Read the provenance of an object; nothing given means nothing known. ``known`` holds what was read before."""
    if not row:
        return _UNKNOWN
    get = row.get
    votes = get("votes")
    shared = (votes["for"], votes["of"]) if votes else None
    said = (
        get("origin", "suggested"), get("suggester"), get("score"), get("decided"), get("at"), shared, get("cue"),
        get("reason"),
    )  # fmt: skip
    if known is None:
        return By(*said)
    if (found := known.get(said)) is None:
        found = known[said] = By(*said)
    return found


_UNKNOWN: Final = By()


def entity_from(
    row: Mapping[str, Any], text: str, fallback: str = "", known: dict[Any, By] | None = None
) -> Entity:  # fmt: skip
    """Read an entity and check its quote."""
    start: Any = row.get("start")
    end: Any = row.get("end")
    fits = type(start) is int and type(end) is int and 0 <= start < end <= len(text)
    if not fits or row.get("text") not in {None, text[start:end]}:
        start, end = span_from(row, text)  # raises, and says why, unless the offsets are numbers of another type
    get = row.get
    flags = get("flags") or [flag for flag in ("glued", "credit", "boilerplate") if row.get(flag)]
    return Entity(
        str(get("id") or fallback), start, end, str(row["label"]), get("actor"), get("actor_id"), tuple(flags),
        by_from(get("by"), known),
    )  # fmt: skip


def frame_from(kind: Any, row: Mapping[str, Any], text: str, fallback: str = "") -> Frame:
    """Read a stance or commitment and check the quotes of its spans."""
    ids = {slot: row.get(f"{slot}_id") for slot in (WITH_ID[kind],)}
    skipped = {"id", "by", "alt", *(f"{slot}_id" for slot in ids)}
    slots: dict[str, Value] = {
        slot: span_from(value, text) if slot in SPANS or isinstance(value, dict) else value
        for slot, value in row.items()
        if slot not in skipped and value is not None
    }
    if "evidence" not in slots:
        raise Invalid(f"The {kind} {row.get('id') or fallback} has no evidence.")
    return Frame(kind, str(row.get("id") or fallback), slots, ids, by_from(row.get("by")))


def object_from(kind: str, row: Mapping[str, Any], text: str) -> Object:
    """Read an object of the given kind."""
    return entity_from(row, text) if kind == "entity" else frame_from(kind, row, text)


def layer_from(author: str, row: Mapping[str, Any], text: str) -> Layer:
    """Read the three lists of a layer, checking every quote."""
    known: dict[Any, By] = {}
    entities = [entity_from(each, text, f"e{n}", known) for n, each in enumerate(row.get("entities") or (), 1)]
    stances = [frame_from("stance", each, text, f"s{n}") for n, each in enumerate(row.get("stances") or (), 1)]
    promised = [frame_from("commitment", each, text, f"c{n}") for n, each in enumerate(row.get("commitments") or (), 1)]
    return layer_of(author, [*entities, *stances, *promised])
