"""How sure a frame is, of the rules or learned: what its certainty is learned from."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from workbench.core.annotation import Frame, Span
from workbench.core.frame_scores import KEYS
from workbench.nlp.learned.building import LEARNED
from workbench.nlp.learned.linear import Linear
from workbench.nlp.learned.network import Answer, Inventory, label

ENOUGH: Final = 0.4
"""Certainty from which something that is only learned is added."""

HOPELESS: Final = 0.2
"""Certainty below which something that a rule proposed is not shown: four such in five are wrong."""

_STEPS: Final = tuple(each / 2 for each in range(-12, 9))
_LENGTHS: Final = (20, 40, 60, 90, 130, 180, 250)
"""Characters of evidence: what is cut short or drawn out is rarely what people mark."""

_LEAST, _MOST = 0.05, 0.99


class Witness:
    """What the network says of an article, by name: asked how far it supports a frame."""

    def __init__(self, answers: Iterable[Answer], inventory: Inventory) -> None:
        self.inventory = inventory
        self._known: dict[tuple[str, str], list[Answer]] = defaultdict(list)
        for each in answers:
            self._known[each.claim.kind, each.claim.name].append(each)

    def support(self, frame: Frame) -> tuple[float, float, float] | None:
        """Return the log odds of the frame's label and of the likeliest other one, and of its main value.

        None where its actor was not asked about in its sentence.
        """
        keys, span = KEYS[frame.kind], frame.span
        what = label(frame)
        labels, mains = self.inventory.labels[frame.kind], self.inventory.mains[frame.kind]
        found: list[tuple[float, float, float]] = []
        for each in self._known[frame.kind, str(frame.slots[keys.who])]:
            inside = _inside(each, span)
            if not inside or what not in labels:
                continue
            top = each.chances[inside].max(axis=0)
            own = labels.index(what)
            main = str(frame.slots[keys.main])
            odds = float(each.mains[inside].mean(axis=0)[mains.index(main)]) if main in mains else -9.0
            found.append((_logit(float(top[own])), _logit(float(np.delete(top, own).max(initial=0.0))), odds))
        return max(found, default=None)


def _inside(answer: Answer, span: Span) -> list[int]:
    tokens = answer.claim.line.tokens
    return [place for place, each in enumerate(tokens) if each.idx < span.end and each.idx + len(each) > span.start]


def _logit(chance: float) -> float:
    chance = min(max(chance, 1e-4), 1 - 1e-4)
    return math.log(chance / (1 - chance))


def seen(frame: Frame, witness: Witness) -> list[str]:
    """Return what the certainty of a frame shows in: its kind, slots and rule, and what the network makes of it."""
    kind, keys, support = frame.kind, KEYS[frame.kind], witness.support(frame)
    rule = _rule(frame)
    by = LEARNED if rule == LEARNED else "rule"
    shown = (frame.slots[keys.main], f"r:{rule}", f"w:{label(frame)}", support is None, f"{by}|{support is None}")
    told = ["bias", kind, f"{kind}|{frame.slots['attribution']}", *(f"{kind}|{each}" for each in shown)]
    told += [f"{kind}|long>{step}" for step in _LENGTHS if frame.span.end - frame.span.start > step]
    if support is None:
        return told
    own, other, main = support
    told += [f"{name}>{step}" for step in _STEPS if own > step for name in (kind, f"{kind}|{by}")]
    told += [f"{kind}|other>{step}" for step in _STEPS if other > step]
    return told + [f"{kind}|main>{step}" for step in _STEPS if main > step]


def _rule(frame: Frame) -> str:
    """Return the last rule that a frame was proposed by, as its cue names it."""
    return (frame.by.cue or "").partition(":")[0].rpartition("+")[2]


def rated(frames: Sequence[Frame], witness: Witness, model: Linear) -> list[Frame]:
    """Return the frames with how likely each is right as it stands."""
    scores = (round(min(_MOST, max(_LEAST, model.likelihood(seen(frame, witness)))), 2) for frame in frames)
    return [replace(frame, by=replace(frame.by, score=score)) for frame, score in zip(frames, scores, strict=True)]


def likely(frames: Iterable[Frame], least: float) -> list[Frame]:
    """Keep the rated frames that are sure enough."""
    return [each for each in frames if (each.by.score or 0.0) >= least]
