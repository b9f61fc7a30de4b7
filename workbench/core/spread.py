"""How sure a suggester is of its proposals, as a few counts: what the queue draws beside an article."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from typing import Final

BINS: Final = 10
UNSURE: Final = 6
"""The tenths below this one are what the desk calls unsure."""
_HIGH, _WIDE, _GAP = 16, 3, 1


@dataclass(frozen=True, slots=True)
class Spread:
    """How many proposals have a score in each tenth, the least certain first."""

    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """Return how many proposals have a score."""
        return sum(self.counts)

    @property
    def unsure(self) -> int:
        """Return how many of them the suggester is unsure of."""
        return sum(self.counts[:UNSURE])

    @property
    def paths(self) -> tuple[str, str]:
        """Return the bars as two SVG paths, 40 wide and 16 high: of what is unsure, and of what is not.

        Heights go by the square root, so that two unsure ones are seen beside two hundred sure ones.
        """
        most = sqrt(max(self.counts))
        bars = [_bar(place, sqrt(count) / most) for place, count in enumerate(self.counts)]
        return "".join(bars[:UNSURE]), "".join(bars[UNSURE:])


def _bar(place: int, share: float) -> str:
    high = max(2, round(share * _HIGH)) if share else 0
    left = place * (_WIDE + _GAP)
    return f"M{left} {_HIGH}v{-high}h{_WIDE}v{high}z" if high else ""


def stored(scores: Iterable[float | None]) -> str | None:
    """Return the counts as they are stored; None where nothing has a score."""
    counts = [0] * BINS
    for score in scores:
        if score is not None:
            counts[min(BINS - 1, max(0, int(score * BINS)))] += 1
    return " ".join(map(str, counts)) if any(counts) else None


def read(body: str | None) -> Spread | None:
    """Read counts that were stored."""
    return Spread(tuple(map(int, body.split()))) if body else None
