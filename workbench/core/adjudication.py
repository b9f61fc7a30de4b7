"""What several readings of an article settle among themselves, and what somebody has to rule on."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Final

from workbench.core.alignment import Group, align, content, differing
from workbench.core.annotation import Kind, Layer, Object, Span

SORTS: Final = {
    "label": "Label",
    "edge": "Edge",
    "missing": "Not in every reading",
    "link": "Actor",
    "flags": "Flags",
    "slot": "Slot",
}
"""What readings may differ in, in words."""


@dataclass(frozen=True, slots=True)
class Card:
    """A conflict: what each reading has there, and in what they differ.

    The id follows from the content, so that a ruling stands for as long as the readings stay what
    they were.
    """

    id: str
    kind: Kind
    sort: str
    differs: tuple[str, ...]
    readings: tuple[Object | None, ...]
    span: Span

    def votes(self, item: Object | None) -> tuple[int, int]:
        """Return how many readings say this, of how many."""
        return sum(content(each) == content(item) for each in self.readings), len(self.readings)


@dataclass(frozen=True, slots=True)
class Settled:
    """What needs no ruling: an object, or None where most have nothing, and how many of the readings say so."""

    item: Object | None
    votes: tuple[int, int]
    span: Span


@dataclass(frozen=True, slots=True)
class Comparison:
    """Several readings of an article, compared."""

    settled: tuple[Settled, ...]
    cards: tuple[Card, ...]
    groups: int
    unanimous: int

    @property
    def agreement(self) -> float:
        """Return on how much of what anybody marked all readings agree, 0 to 1."""
        return self.unanimous / self.groups if self.groups else 1.0


@dataclass(frozen=True, slots=True)
class Ruled:
    """What was ruled on a card, and why: this object, or None for nothing."""

    card: str
    item: Object | None
    reason: str | None = None


def compare(layers: Sequence[Layer], merge: str) -> Comparison:
    """Settle what the rule settles and turn the rest into cards, in the order of the text."""
    settled, cards = [], []
    groups = align(layers)
    for group in groups:
        item, count = _most(group)
        of = len(group.members)
        if count == of or (merge == "majority" and 2 * count > of):
            settled.append(Settled(item, (count, of), group.span))
        else:
            cards.append(_card(group))
    cards.sort(key=lambda card: (card.span, card.kind))
    return Comparison(tuple(settled), tuple(cards), len(groups), sum(group.agreed for group in groups))


def _most(group: Group) -> tuple[Object | None, int]:
    """Return what most members say and how many do; the first reading's where two are as many."""
    counts = Counter(content(each) for each in group.members)
    most = max(group.members, key=lambda each: counts[content(each)])
    return most, counts[content(most)]


def _card(group: Group) -> Card:
    differs = differing(group)
    some_lack_it = None in group.members
    sort = "missing" if some_lack_it and not differs else differs[0] if group.kind == "entity" else "slot"
    words = repr((group.kind, [content(each) for each in group.members])).encode()
    return Card(blake2b(words, digest_size=8).hexdigest(), group.kind, sort, differs, group.members, group.span)


def automatic(card: Card, strategy: str, threshold: float) -> Ruled | None:
    """Return what a strategy makes of a card by itself, or None where it leaves it to people.

    ``unanimous`` takes what all who marked something say alike, where two or more did. ``majority``
    takes what more than half of the readings say. ``confidence`` takes the proposal that somebody
    kept as it was and whose score reaches the threshold, the surest one first.
    """
    if strategy == "unanimous":
        present = [each for each in card.readings if each is not None]
        alike = len({content(each) for each in present}) == 1
        return Ruled(card.id, present[0]) if len(present) > 1 and alike else None
    if strategy == "majority":
        item, count = _most(Group(card.kind, card.readings))
        return Ruled(card.id, item) if 2 * count > len(card.readings) else None
    kept = [each for each in card.readings if each and each.by.origin == "suggested" and each.by.score is not None]
    best = max(kept, key=lambda each: each.by.score or 0.0, default=None)
    return Ruled(card.id, best) if best and (best.by.score or 0.0) >= threshold else None


def outcome(found: Comparison, ruled: Mapping[str, Ruled], *, at: str) -> list[Object]:
    """Return what the article's gold holds; raises KeyError while a card has no ruling."""
    objects = [replace(each.item, by=replace(each.item.by, votes=each.votes)) for each in found.settled if each.item]
    for card in found.cards:
        item = ruled[card.id].item
        if item is not None:
            by = replace(item.by, decided="ruled", at=at, votes=card.votes(item), reason=ruled[card.id].reason)
            objects.append(replace(item, by=by))
    return _distinct(objects)


def _distinct(objects: Iterable[Object]) -> list[Object]:
    """Give an object whose id is taken a name of its own."""
    taken: set[str] = set()
    found = []
    for item in objects:
        name, number = item.id, 2
        while name in taken:
            name, number = f"{item.id}-{number}", number + 1
        taken.add(name)
        found.append(item if name == item.id else replace(item, id=name))
    return found
