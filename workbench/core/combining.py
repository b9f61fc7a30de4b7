"""Two suggesters' readings of one article made one, by a rule."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final, Literal

from workbench.core.annotation import KINDS, PLURALS, Frame, Kind, Layer, Object, Span, layer_of
from workbench.core.frame_scores import match_frames
from workbench.core.pairing import Pair, overlaps

Rule = Literal["union", "intersection", "prefer"]
RULES: Final[dict[str, str]] = {
    "union": "everything that either has, the same thing once",
    "intersection": "only what both have",
    "prefer": "everything that the first has, and of the second what touches none of it",
}


def combined(first: Layer, second: Layer, rule: Rule, author: str) -> Layer:
    """Return one layer of two; what both have comes in the first one's form, and each object names who proposed it."""
    kept: list[Object] = []
    for kind in KINDS:
        a, b = getattr(first, PLURALS[kind]), getattr(second, PLURALS[kind])
        same = _same(kind, a, b)
        if rule == "intersection":
            found = [a[i] for i in sorted({i for i, _ in same})]
        else:
            known = {j for _, j in (same if rule == "union" else overlaps(_spans(a), _spans(b)))}
            known |= {j for _, j in same}
            found = [*a, *(each for j, each in enumerate(b) if j not in known)]
        kept += _numbered(kind, found)
    return layer_of(author, kept)


def _spans(objects: Iterable[Object]) -> list[Span]:
    return [each.span for each in objects]


def _same(kind: Kind, a: tuple[Object, ...], b: tuple[Object, ...]) -> list[Pair]:
    if kind == "entity":
        places = {_what(right): j for j, right in enumerate(b)}
        return [(i, places[_what(left)]) for i, left in enumerate(a) if _what(left) in places]
    return list(match_frames(kind, _frames(a), _frames(b), {}).lenient)


def _what(item: Object) -> tuple[Span, str | None]:
    return item.span, getattr(item, "label", None)


def _frames(objects: tuple[Object, ...]) -> tuple[Frame, ...]:
    return tuple(each for each in objects if isinstance(each, Frame))


def _numbered(kind: Kind, found: list[Object]) -> list[Object]:
    ordered = sorted(found, key=lambda each: (*each.span, each.id))
    return [replace(each, id=f"{kind[0]}{number}") for number, each in enumerate(ordered, 1)]
