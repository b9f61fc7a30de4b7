"""Which proposed entities are those of the gold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from workbench.core.annotation import Entity, Region
from workbench.core.measures import Tally
from workbench.core.pairing import Pair, best_pairs, overlaps, same_name

LEFT_OUT: Final = frozenset({"credit", "boilerplate"})


@dataclass(frozen=True, slots=True)
class EntityMatch:
    """The entities of two readings that count, and their pairs by index (gold, predicted).

    ``exact`` pairs agree in span and label, ``partial`` in label while they share a character,
    ``placed`` share a character whatever the label, ``bounded`` agree in span whatever the label.
    """

    gold: tuple[Entity, ...]
    predicted: tuple[Entity, ...]
    exact: tuple[Pair, ...]
    partial: tuple[Pair, ...]
    placed: tuple[Pair, ...]
    bounded: tuple[Pair, ...]


def match_entities(gold: Sequence[Entity], predicted: Sequence[Entity], regions: Sequence[Region] = ()) -> EntityMatch:
    """Pair the entities of two readings, credits and boilerplate left out on both sides.

    A predicted entity is also left out where it touches a left-out entity or region of the gold and
    no entity that counts: it answers no question that was asked.
    """
    asked = tuple(entity for entity in gold if not LEFT_OUT.intersection(entity.flags))
    answers = _answers(gold, asked, predicted, regions)
    share = overlaps([entity.span for entity in asked], [entity.span for entity in answers])
    same = {pair for pair in share if asked[pair[0]].label == answers[pair[1]].label}
    weights = {pair: 2 * round(1000 * value) + (pair in same) for pair, value in share.items()}
    return EntityMatch(
        asked,
        answers,
        tuple(best_pairs({pair: 0 for pair in same if share[pair] == 1})),
        tuple(best_pairs({pair: weights[pair] for pair in same})),
        tuple(best_pairs(weights)),
        tuple(best_pairs({pair: weights[pair] for pair in share if share[pair] == 1})),
    )


def _answers(
    gold: Sequence[Entity], asked: Sequence[Entity], predicted: Sequence[Entity], regions: Sequence[Region]
) -> tuple[Entity, ...]:
    blank = [entity.span for entity in gold if LEFT_OUT.intersection(entity.flags)]
    dropped = {j for _, j in overlaps(blank, [entity.span for entity in predicted])}
    for region in regions:
        if region.kind in LEFT_OUT:
            dropped |= {j for j, e in enumerate(predicted) if e.start < region.end and region.start < e.end}
    dropped -= {j for _, j in overlaps([entity.span for entity in asked], [entity.span for entity in predicted])}
    return tuple(
        entity for j, entity in enumerate(predicted) if j not in dropped and not LEFT_OUT.intersection(entity.flags)
    )


def entity_tallies(match: EntityMatch, groups: Mapping[str, str]) -> dict[str, Tally]:
    """Count exact and partial finds in each group of labels, and the actors on spans that agree.

    ``linking``: of the gold entities with an actor whose span was found, how many carry that actor.
    ``unlinked``: of those without an actor, how many were left without one.
    """
    found = {}
    for group in ("core", "extended"):
        labels = {label for label, its in groups.items() if its == group}
        if group == "core":
            labels |= {entity.label for entity in (*match.gold, *match.predicted)} - groups.keys()
        found[f"entities.{group}"] = _tally(match, match.exact, labels)
        found[f"entities.{group}.partial"] = _tally(match, match.partial, labels)
    named = [(match.gold[i].actor, match.predicted[j].actor) for i, j in match.bounded]
    right = sum(same_name(left, right) for left, right in named if left)
    linked = sum(1 for left, _ in named if left)
    found["linking"] = Tally(right, linked, linked)
    found["unlinked"] = Tally(sum(not b for a, b in named if not a), len(named) - linked, len(named) - linked)
    return found


def label_tallies(match: EntityMatch) -> dict[str, tuple[Tally, Tally]]:
    """Count exact and partial finds of each label."""
    labels = sorted({entity.label for entity in (*match.gold, *match.predicted)})
    return {label: (_tally(match, match.exact, {label}), _tally(match, match.partial, {label})) for label in labels}


def _tally(match: EntityMatch, pairs: Sequence[Pair], labels: set[str]) -> Tally:
    return Tally(
        sum(match.gold[i].label in labels for i, _ in pairs),
        sum(entity.label in labels for entity in match.predicted),
        sum(entity.label in labels for entity in match.gold),
    )
