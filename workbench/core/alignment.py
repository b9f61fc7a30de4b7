"""Which objects of several readings of one text are about the same thing."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from workbench.core.annotation import KINDS, PLURALS, Entity, Frame, Kind, Layer, Object, Span
from workbench.core.frame_scores import EVIDENCE, KEYS
from workbench.core.pairing import Pair, best_pairs, fold, overlaps, same_name

HALF: Final = 0.5


@dataclass(frozen=True, slots=True)
class Group:
    """Objects about the same thing: one place per reading, None where a reading has none."""

    kind: Kind
    members: tuple[Object | None, ...]

    @property
    def present(self) -> tuple[Object, ...]:
        """Return the objects that there are."""
        return tuple(each for each in self.members if each is not None)

    @property
    def span(self) -> Span:
        """Return the stretch that they cover together."""
        spans = [each.span for each in self.present]
        return Span(min(span.start for span in spans), max(span.end for span in spans))

    @property
    def agreed(self) -> bool:
        """Say whether all readings have the same."""
        return len({content(each) for each in self.members}) == 1


def align(layers: Sequence[Layer]) -> list[Group]:
    """Group the objects of several readings, by kind and position.

    Reading after reading, each joins the groups found so far by the best one-to-one matching
    (``pairing.best_pairs``); what fits nowhere opens a group. Entities fit where they share a
    character and the label, or 0.3 of their length; frames where who is the same and the evidence
    overlaps by 0.3, and among what is left over, where what and how are and it overlaps by half.
    """
    groups = []
    for kind in KINDS:
        rows: list[Sequence[Any]] = [getattr(layer, PLURALS[kind]) for layer in layers]
        groups += sorted((Group(kind, tuple(each)) for each in _grouped(kind, rows)), key=_place)
    return groups


def _place(group: Group) -> tuple[Any, ...]:
    return (*group.span, group.present[0].id)


def _grouped(kind: Kind, rows: Sequence[Sequence[Any]]) -> list[list[Any]]:
    groups: list[list[Any]] = []
    for n, row in enumerate(rows):
        joined: dict[int, int] = {}
        for fit in _FITS[kind]:
            placed = set(joined.values())
            free = [j for j in range(len(row)) if j not in placed]
            still = [g for g in range(len(groups)) if g not in joined]
            joined |= dict(_matched([groups[g] for g in still], [row[j] for j in free], fit, still, free))
        placed = set(joined.values())
        for g, members in enumerate(groups):
            members.append(row[joined[g]] if g in joined else None)
        groups += [[None] * n + [item] for j, item in enumerate(row) if j not in placed]
    return groups


def _matched(
    groups: Sequence[list[Any]], row: Sequence[Any], fit: Callable[..., int], names: list[int], numbers: list[int]
) -> Iterable[Pair]:
    weights: dict[Pair, int] = {}
    members = [(g, each) for g, group in enumerate(groups) for each in group if each is not None]
    shares = overlaps([each.span for _, each in members], [each.span for each in row])
    for (m, j), share in shares.items():
        group, member = members[m]
        if (worth := fit(member, row[j], share)) > weights.get((group, j), 0):
            weights[group, j] = worth
    return [(names[g], numbers[j]) for g, j in best_pairs(weights)]


def _entities_fit(left: Entity, right: Entity, share: float) -> int:
    same = left.label == right.label
    return 2 * round(1000 * share) + same + 1 if same or share >= EVIDENCE else 0


def _frames_fit(left: Frame, right: Frame, share: float) -> int:
    who, what, main = (_same(left, right, slot) for slot in KEYS[left.kind])
    return 4 * round(1000 * share) + what + main + 1 if who and share >= EVIDENCE else 0


def _others_fit(left: Frame, right: Frame, share: float) -> int:
    _, what, main = (_same(left, right, slot) for slot in KEYS[left.kind])
    return 4 * round(1000 * share) + 1 if what and main and share >= HALF else 0


def _same(left: Frame, right: Frame, slot: str) -> bool:
    return same_name(left.slots.get(slot), right.slots.get(slot))


_FITS: Final[Mapping[Kind, tuple[Callable[..., int], ...]]] = {
    "entity": (_entities_fit,),
    "stance": (_frames_fit, _others_fit),
    "commitment": (_frames_fit, _others_fit),
}


def content(item: Object | None) -> tuple[Any, ...] | None:
    """Return what an object says, apart from its name and its provenance; None says that there is nothing."""
    if item is None:
        return None
    if isinstance(item, Entity):
        return (*item.span, item.label, fold(item.actor), item.actor_id or "", tuple(sorted(item.flags)))
    return tuple(sorted((slot, value) for slot in item.slots if (value := said(item, slot)) is not None))


def said(frame: Frame, slot: str) -> Any:
    """Return what a slot says, as it is compared; None where it is empty or a flag is off."""
    value = frame.slots.get(slot)
    if isinstance(value, Span):
        return tuple(value)
    return (fold(value) if isinstance(value, str) else value) or None


def differing(group: Group) -> tuple[str, ...]:
    """Return in what the objects of a group differ: parts of an entity, slots of a frame; not that one is missing."""
    items = group.present
    if isinstance(items[0], Entity):
        parts: dict[str, Callable[[Any], Any]] = {
            "label": lambda each: each.label,
            "edge": lambda each: each.span,
            "link": lambda each: (fold(each.actor), each.actor_id),
            "flags": lambda each: tuple(sorted(each.flags)),
        }
        return tuple(name for name, part in parts.items() if len({part(each) for each in items}) > 1)
    frames = [each for each in items if isinstance(each, Frame)]
    slots = dict.fromkeys(slot for frame in frames for slot in frame.slots)
    return tuple(slot for slot in slots if len({said(frame, slot) for frame in frames}) > 1)
