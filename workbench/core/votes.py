"""How a record's reviewers divided: soft labels for each object of the gold, from their own readings."""

from collections import Counter
from typing import Any, Final

from workbench.core.annotation import PLURALS, Span
from workbench.core.pairing import best_pairs, overlaps
from workbench.core.record import Json

NEAR: Final = 0.5
VOTED: Final = {
    "entity": ("label", "actor"),
    "stance": ("holder", "target", "polarity"),
    "commitment": ("actor", "type", "status"),
}
"""What is counted of each kind of object."""
_ALIKE: Final = 200
"""What an equal value weighs beside a whole stretch of 1000."""


def soft(record: Json) -> Json | None:
    """Return the votes over a record's gold objects, or None where fewer than two people's readings are kept.

    A reading votes on an object by one of its own of that kind over at least half the same stretch (Jaccard), each
    of them on one object: paired for the most pairs, then by stretch and equal values. ``for`` counts those that have
    one, each slot tells how often which value was given, and ``reason`` why an adjudicator ruled so.
    """
    layers = record.get("layers") or []
    if len(layers) < 2:
        return None
    out: Json = {"id": record["id"], "split": record["split"], "reviewers": [each["author"] for each in layers]}
    for kind, plural in PLURALS.items():
        paired = [_paired(kind, record[plural], layer[plural]) for layer in layers]
        out[plural] = [
            _votes(kind, item, [each[place] for each in paired if place in each], len(layers))
            for place, item in enumerate(record[plural])
        ]
    return out


def _votes(kind: str, item: Json, found: list[Json], of: int) -> Json:
    row: Json = {"id": item["id"], "for": len(found), "of": of}
    if reason := item["by"].get("reason"):
        row["reason"] = reason
    return row | {slot: _shares(found, slot) for slot in VOTED[kind]}


def _shares(found: list[Json], slot: str) -> Any:
    """Return how often each value was given, most frequent first; an empty slot counts under the empty word."""
    counts = Counter(str(each[slot] or "") for each in found)
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _paired(kind: str, items: list[Json], objects: list[Json]) -> dict[int, Json]:
    """Return which object of a reading votes on which of the items, by their places."""
    shares = overlaps([_span(each) for each in items], [_span(each) for each in objects])
    weights = {
        (i, j): round(1000 * share) + _ALIKE * sum(items[i][slot] == objects[j][slot] for slot in VOTED[kind])
        for (i, j), share in shares.items()
        if share >= NEAR
    }
    return {i: objects[j] for i, j in best_pairs(weights)}


def _span(item: Json) -> Span:
    place = item.get("evidence") or item
    return Span(place["start"], place["end"])
