"""Candidates against each other and against the rules: one word, one type; one deed, its own parties."""

from collections.abc import Sequence
from typing import Final

from workbench.core.annotation import Frame, Span
from workbench.nlp.learned.walk import Candidate

_TOGETHER: Final = frozenset({"financing", "weapons_ammunition"})


def settled(ranked: Sequence[tuple[Candidate, Span]], ruled: Sequence[Frame]) -> list[tuple[Candidate, Span]]:
    """Keep of candidates with their evidence, the likeliest first, those that nothing better speaks against."""
    kept: list[tuple[Candidate, Span]] = []
    for one, span in ranked:
        near = [each for each, other in kept if span.overlap(other) > 0]
        if not any(_yields(one, each) for each in near) and not any(_ruled(one, span, frame) for frame in ruled):
            kept.append((one, span))
    return kept


def _yields(one: Candidate, better: Candidate) -> bool:
    """Say whether a candidate and a better one cannot both be right."""
    if one.party.name != better.party.name:
        return bool(one.it.token == better.it.token and one.party.base != better.party.base)
    if one.it.label == better.it.label:
        return True
    family = {each.i for each in one.it.token.conjuncts}
    return better.it.token.i not in family and {one.it.label, better.it.label} != _TOGETHER


def _ruled(one: Candidate, span: Span, frame: Frame) -> bool:
    """Say whether the rules have read the same of the same words already."""
    who, what = frame.slots["actor"] == one.party.name[0], frame.slots["type"] == one.it.label
    return bool(who and what and span.overlap(frame.span) > 0)


def taken(one: Candidate, ruled: Sequence[Frame]) -> bool:
    """Say whether the rules have read a contribution word already: of the same party, or the same of another."""
    place, alone = one.it.token.idx, one.party.token == one.party.base
    return any(
        frame.slots["actor"] == one.party.name[0] or (alone and frame.slots["type"] == one.it.label)
        for frame in ruled
        if frame.span.start <= place < frame.span.end
    )
