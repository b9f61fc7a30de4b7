"""Which proposed stances and commitments are those of the gold, and which of their slots are right."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from workbench.core.annotation import Frame, Span, Value
from workbench.core.measures import Tally
from workbench.core.pairing import Pair, best_pairs, overlaps, same_name

FrameKind = Literal["stance", "commitment"]
Alternatives = Mapping[str, Mapping[str, tuple[str, ...]]]
"""By frame id and slot, the other values that an expert could defend."""

EVIDENCE: Final = 0.3
SLOT_SPAN: Final = 0.5
FRAME_KINDS: Final[tuple[FrameKind, ...]] = ("commitment", "stance")
NOTHING: Final = "–"


class Keys(NamedTuple):
    """The slots that make a frame what it is: whose, on what, and how firm or which way."""

    who: str
    what: str
    main: str


KEYS: Final[dict[str, Keys]] = {
    "commitment": Keys("actor", "type", "status"),
    "stance": Keys("holder", "target", "polarity"),
}


@dataclass(frozen=True, slots=True)
class FrameMatch:
    """The frames of two readings and their pairs by index (gold, predicted).

    ``strict`` and ``lenient`` pairs agree on who, what and evidence, without and with the
    alternatives of the gold; ``near`` adds to the lenient ones those that agree on who and evidence.
    """

    kind: FrameKind
    gold: tuple[Frame, ...]
    predicted: tuple[Frame, ...]
    alternatives: Alternatives
    strict: tuple[Pair, ...]
    lenient: tuple[Pair, ...]
    near: tuple[Pair, ...]

    def agrees(self, pair: Pair, slot: str, *, lenient: bool = True) -> bool:
        """Say whether the predicted value of a slot is the gold's, or one of its alternatives."""
        frame = self.gold[pair[0]]
        return _agrees(frame, self.predicted[pair[1]], slot, self.alternatives if lenient else {})


def match_frames(
    kind: FrameKind, gold: Sequence[Frame], predicted: Sequence[Frame], alternatives: Alternatives
) -> FrameMatch:
    """Pair the frames of two readings one to one.

    Admissible is a pair with the same actor or holder, the same type or target, and evidence that
    overlaps by 0.3 (Jaccard, in code points). Of all matchings the one with the most pairs counts;
    of those the one with the most overlap, then with more equal types, statuses or polarities.
    """
    who, what, main = KEYS[kind]
    share = overlaps([frame.span for frame in gold], [frame.span for frame in predicted])
    close = {pair: value for pair, value in share.items() if value >= EVIDENCE}

    def pairs(slots: tuple[str, ...], alternatives: Alternatives, free: Iterable[Pair]) -> tuple[Pair, ...]:
        weights = {}
        for i, j in free:
            if all(_agrees(gold[i], predicted[j], slot, alternatives) for slot in slots):
                equal = sum(_agrees(gold[i], predicted[j], slot, {}) for slot in (who, what, main))
                weights[i, j] = 4 * round(1000 * close[i, j]) + equal
        return tuple(best_pairs(weights))

    lenient = pairs((who, what), alternatives, close)
    rows, columns = {i for i, _ in lenient}, {j for _, j in lenient}
    rest = [(i, j) for i, j in close if i not in rows and j not in columns]
    near = tuple(sorted(lenient + pairs((who,), alternatives, rest)))
    strict = pairs((who, what), {}, close)
    return FrameMatch(kind, tuple(gold), tuple(predicted), alternatives, strict, lenient, near)


def _agrees(gold: Frame, predicted: Frame, slot: str, alternatives: Alternatives) -> bool:
    left, right = gold.slots.get(slot), predicted.slots.get(slot)
    if isinstance(left, Span) or isinstance(right, Span):
        return isinstance(left, Span) and isinstance(right, Span) and left.overlap(right) >= SLOT_SPAN
    if isinstance(left, bool) or isinstance(right, bool):
        return bool(left) == bool(right)
    others = alternatives.get(gold.id, {}).get(slot, ())
    return any(same_name(value, right) for value in (left, *others))


def frame_tallies(match: FrameMatch) -> dict[str, Tally]:
    """Count the frames found and, on the pairs, the right statuses or polarities.

    ``whole`` counts a frame as found only where its status or polarity is right too.
    """
    name, main = f"{match.kind}s", KEYS[match.kind].main
    found = {}
    for mode, pairs in (("strict", match.strict), ("lenient", match.lenient)):
        right = sum(match.agrees(pair, main, lenient=mode == "lenient") for pair in pairs)
        found[f"{name}.{mode}"] = Tally(len(pairs), len(match.predicted), len(match.gold))
        found[f"{name}.{main}.{mode}"] = Tally(right, len(pairs), len(pairs))
        found[f"{name}.whole.{mode}"] = Tally(right, len(match.predicted), len(match.gold))
    return found


class ValueTally(NamedTuple):
    """How often a value of a slot was found: recall over the gold's frames, precision over the predicted."""

    found: int = 0
    gold: int = 0
    right: int = 0
    predicted: int = 0


def value_tallies(match: FrameMatch, slot: str, *, lenient: bool) -> dict[str, ValueTally]:
    """Count for each value of a slot the frames that were paired and agree in it.

    In lenient mode the two frames of a pair may hold different values: the gold's counts as found,
    the predicted one as right.
    """
    pairs = [pair for pair in (match.lenient if lenient else match.strict) if match.agrees(pair, slot, lenient=lenient)]
    found = Counter(shown(match.gold[i], slot) for i, _ in pairs)
    right = Counter(shown(match.predicted[j], slot) for _, j in pairs)
    gold = Counter(shown(frame, slot) for frame in match.gold)
    predicted = Counter(shown(frame, slot) for frame in match.predicted)
    return {value: ValueTally(found[value], gold[value], right[value], predicted[value]) for value in gold | predicted}


def shown(frame: Frame, slot: str) -> str:
    """Return a slot's value as tables show it; all ``actor:…`` targets are one value."""
    value = str(frame.slots.get(slot) or NOTHING)
    prefix, colon, _ = value.partition(":")
    return f"{prefix}:…" if colon and slot == KEYS[frame.kind].what else value


def confusions(match: FrameMatch, slot: str) -> Counter[tuple[str, str]]:
    """Count gold values against predicted ones.

    The type or target is compared on every pair that agrees on who and evidence, and what has no
    partner stands against "–"; every other slot is compared on the lenient pairs.
    """
    pairs = match.near if slot == KEYS[match.kind].what else match.lenient
    cells = Counter((shown(match.gold[i], slot), shown(match.predicted[j], slot)) for i, j in pairs)
    if slot == KEYS[match.kind].what:
        rows, columns = {i for i, _ in pairs}, {j for _, j in pairs}
        cells.update((shown(frame, slot), NOTHING) for i, frame in enumerate(match.gold) if i not in rows)
        cells.update((NOTHING, shown(frame, slot)) for j, frame in enumerate(match.predicted) if j not in columns)
    return cells


class SlotTally(NamedTuple):
    """A slot on the lenient pairs: agreement over all pairs, and over those where a reading fills it.

    ``exact`` counts the spans that agree to the character; for slots of other kinds it equals ``right``.
    """

    pairs: int = 0
    agreed: int = 0
    right: int = 0
    predicted: int = 0
    gold: int = 0
    exact: int = 0


def slot_tally(match: FrameMatch, slot: str) -> SlotTally:
    """Count one slot: spans agree from a Jaccard overlap of 0.5, names whatever their case."""
    agreed = right = predicted = gold = exact = 0
    for pair in match.lenient:
        left, its = match.gold[pair[0]].slots.get(slot), match.predicted[pair[1]].slots.get(slot)
        same, filled = match.agrees(pair, slot), (bool(left), bool(its))
        agreed += same
        gold, predicted = gold + filled[0], predicted + filled[1]
        right += same and all(filled)
        exact += same and all(filled) and _to_the_character(left, its)
    return SlotTally(len(match.lenient), agreed, right, predicted, gold, exact)


def _to_the_character(left: Value, right: Value) -> bool:
    return left == right if isinstance(left, Span) else True
