"""How a record's reviewers divided: soft labels for each object of the gold, from their own readings."""

from collections import Counter
from typing import Any, Final

from workbench.core.annotation import PLURALS, Span
from workbench.core.record import Json

NEAR: Final = 0.5
VOTED: Final = {
    "entity": ("label", "actor"),
    "stance": ("holder", "target", "polarity"),
    "commitment": ("actor", "type", "status"),
}
"""What is counted of each kind of object."""


def soft(record: Json) -> Json | None:
    """Return the votes over a record's gold objects, or None where fewer than two people's readings are kept.

    A reading votes on an object by its own object of that kind over at least half the same stretch (Jaccard),
    the nearest one; ``for`` counts those that have one, and each slot tells how often which value was given.
    """
    layers = record.get("layers") or []
    if len(layers) < 2:
        return None
    out: Json = {"id": record["id"], "split": record["split"], "reviewers": [each["author"] for each in layers]}
    for kind, plural in PLURALS.items():
        out[plural] = [_votes(kind, item, [layer[plural] for layer in layers]) for item in record[plural]]
    return out


def _votes(kind: str, item: Json, readings: list[list[Json]]) -> Json:
    found = [near for objects in readings if (near := _nearest(_span(item), objects))]
    row: Json = {"id": item["id"], "for": len(found), "of": len(readings)}
    return row | {slot: _shares(found, slot) for slot in VOTED[kind]}


def _shares(found: list[Json], slot: str) -> Any:
    """Return how often each value was given, most frequent first; an empty slot counts under the empty word."""
    counts = Counter(str(each[slot] or "") for each in found)
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _nearest(span: Span, objects: list[Json]) -> Json | None:
    best = max(objects, key=lambda each: span.overlap(_span(each)), default=None)
    return best if best is not None and span.overlap(_span(best)) >= NEAR else None


def _span(item: Json) -> Span:
    place = item.get("evidence") or item
    return Span(place["start"], place["end"])
