"""How sure a learned frame is: what its certainty is learned from."""

from typing import Final

from workbench.core.annotation import Frame

_STEPS: Final = tuple(each / 2 for each in range(-4, 9))


def seen(frame: Frame, odds: float | None) -> list[str]:
    """Return what the certainty of a frame shows in: its kind, its status or polarity, and the odds behind it."""
    kind, main = frame.kind, frame.slots["status" if frame.kind == "commitment" else "polarity"]
    found = ["bias", kind, f"{kind}|{main}", f"{kind}|{odds is None}"]
    return found + [f"{kind}>{step}" for step in _STEPS if odds is not None and odds > step]
