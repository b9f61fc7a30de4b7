"""How sure a frame is: what its certainty is learned from."""

from typing import Final

from workbench.core.annotation import Frame

_STEPS: Final = tuple(each / 2 for each in range(-4, 9))
_LEARNED: Final = "learned"


def learned(frame: Frame) -> bool:
    """Say whether a frame was learned, not ruled."""
    return (frame.by.cue or "").startswith(_LEARNED)


def seen(frame: Frame, odds: float | None) -> list[str]:
    """Return what the certainty of a frame shows in: who made it, by which cue, and what the models think."""
    rule = (frame.by.cue or "").partition(":")[0]
    main = frame.slots["status" if frame.kind == "commitment" else "polarity"]
    origin = f"{frame.kind}|{_LEARNED if learned(frame) else 'rule'}"
    found = ["bias", origin, f"{frame.kind}|{rule}", f"{origin}|{main}", f"{origin}|{odds is None}"]
    return found + [f"{origin}>{step}" for step in _STEPS if odds is not None and odds > step]
