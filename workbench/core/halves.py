"""Drift: whether somebody's newer readings lie nearer to gold than their older ones, or further off."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from workbench.core.measures import Tally, total

FEWEST: Final = 6


@dataclass(frozen=True, slots=True)
class Drift:
    """F1 of the older and of the newer half of somebody's readings; ``low`` to ``high`` holds 95 % of the change."""

    older: float
    newer: float
    low: float
    high: float

    @property
    def told(self) -> str:
        """Say which way it goes, where the interval lies on one side of nothing."""
        return "up" if self.low > 0 else "down" if self.high < 0 else "steady"


def drift(tallies: Sequence[Tally], *, draws: int = 1000, seed: int = 1) -> Drift | None:
    """Compare the halves of readings in the order they were made; None for too few.

    Percentile bootstrap of a difference of two independent samples (Efron & Tibshirani 1993, ch. 8 and 13):
    articles are drawn with replacement within each half.
    """
    half = len(tallies) // 2
    older, newer = tallies[:half], tallies[half:]
    before, after = total(older).f1, total(newer).f1
    if len(tallies) < FEWEST or before is None or after is None:
        return None
    chance = Random(seed)  # noqa: S311  a repeatable draw, no secret
    changes = []
    for _ in range(draws):
        first, second = (total(chance.choices(side, k=len(side))).f1 for side in (older, newer))
        if first is not None and second is not None:
            changes.append(second - first)
    changes.sort()
    return Drift(before, after, changes[int(0.025 * len(changes))], changes[int(0.975 * (len(changes) - 1))])
