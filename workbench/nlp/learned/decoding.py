"""From probabilities of words to stretches of evidence, each with its label and main value."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from workbench.nlp.conditions import Range
from workbench.nlp.evidence import trimmed
from workbench.nlp.learned.claims import Claim
from workbench.nlp.learned.network import Answer, Inventory

POSSIBLE: Final = 0.2
"""Probability from which a word may be evidence for something."""

_SHARE: Final = 0.35
"""Of its likeliest word a word must have this much of the probability to be evidence."""

_IMAGINABLE: Final = -2.5
"""Log probability from which something may have a status or polarity."""

_GAP: Final = 8
"""Words in between by which evidence is not parted."""


@dataclass(frozen=True, slots=True)
class Told:
    """A claim that words of its sentence speak for: the evidence (tokens), the likeliest word of it, how likely.

    ``mains`` are the statuses or polarities that it may have, the likeliest first.
    """

    claim: Claim
    label: str
    mains: tuple[str, ...]
    evidence: Range
    core: int
    chance: float


def told(answers: Iterable[Answer], inventory: Inventory) -> Iterator[Told]:
    """Yield what the claims of an article come to: each stretch of evidence for each label."""
    for answer in answers:
        for column in np.flatnonzero(answer.chances.max(axis=0, initial=0.0) >= POSSIBLE):
            yield from _stretches(answer, inventory, int(column))


def _stretches(answer: Answer, inventory: Inventory, column: int) -> Iterator[Told]:
    claim, row = answer.claim, answer.chances[:, column]
    scene = claim.line.scene
    offset = scene.sentence.start
    words = np.flatnonzero(row >= max(POSSIBLE / 2, _SHARE * float(row.max())))
    cuts = [0, *(n for n, (one, two) in enumerate(pairwise(words), 1) if two - one > _GAP), len(words)]
    for first, last in pairwise(cuts):
        start, end = int(words[first]), int(words[last - 1]) + 1
        if (chance := float(row[start:end].max())) >= POSSIBLE:
            odds, names = answer.mains[start:end].mean(axis=0), inventory.mains[claim.kind]
            mains = tuple(names[place] for place in np.argsort(-odds) if odds[place] >= _IMAGINABLE)
            evidence = trimmed(scene, offset + start, offset + end)
            core = offset + start + int(row[start:end].argmax())
            yield Told(claim, inventory.labels[claim.kind][column], mains, evidence, core, chance)
