"""How sure a frame is, of the rules or learned: what its certainty is learned from."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from workbench.core.annotation import Frame
from workbench.core.frame_scores import KEYS
from workbench.nlp.learned.building import LEARNED
from workbench.nlp.learned.judging import odds_of
from workbench.nlp.learned.model import Linear
from workbench.nlp.learned.walk import Candidate

ENOUGH: Final = 0.55
"""Certainty from which something is added: what is as likely wrong as right costs a reader more than it saves."""

_STEPS: Final = tuple(each / 2 for each in range(-6, 9))


def seen(frame: Frame, found: Sequence[Candidate]) -> list[str]:
    """Return what the certainty of a frame shows in: its kind, slots and rule, and the odds of its candidate."""
    kind, keys, odds = frame.kind, KEYS[frame.kind], odds_of(frame, found)
    what, rule = str(frame.slots[keys.what]).partition(":")[0], _rule(frame)
    shown = (frame.slots[keys.main], f"r:{rule}", f"w:{what}", odds is None, f"{rule == LEARNED}|{odds is None}")
    told = ["bias", kind, f"{kind}|{frame.slots['attribution']}", *(f"{kind}|{each}" for each in shown)]
    return told + [f"{kind}>{step}" for step in _STEPS if odds is not None and odds > step]


def _rule(frame: Frame) -> str:
    """Return the last rule that a frame was proposed by, as its cue names it."""
    return (frame.by.cue or "").partition(":")[0].rpartition("+")[2]


def rated(frames: Sequence[Frame], found: Sequence[Candidate], model: Linear) -> list[Frame]:
    """Return the frames with how likely each is right as it stands."""
    scores = (round(min(0.99, max(0.05, model.likelihood(seen(frame, found)))), 2) for frame in frames)
    return [replace(frame, by=replace(frame.by, score=score)) for frame, score in zip(frames, scores, strict=True)]


def likely(frames: Sequence[Frame]) -> list[Frame]:
    """Keep the rated frames that are sure enough to be added."""
    return [each for each in frames if (each.by.score or 0.0) >= ENOUGH]
