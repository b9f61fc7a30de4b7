"""Krippendorff's alpha for unitizing: whether readers mark the same stretches, edges and all.

The published worked example of Krippendorff (2004) is its test.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from workbench.core.alpha import Alpha

Stretch = tuple[int, int]
"""Start and end of a unit, half-open."""


@dataclass(frozen=True, slots=True)
class Sums:
    """What the readings of one text add to alpha for one label.

    ``off`` is the sum of squared differences over ordered pairs of readings, over (readings - 1);
    ``lengths`` count units by length, ``gaps`` the stretches between them; ``units`` counts what
    anybody marked, ``unlike`` what not everybody did.
    """

    off: float
    lengths: Mapping[int, int]
    gaps: Mapping[int, int]
    units: int
    unlike: int


@dataclass(frozen=True, slots=True)
class Text:
    """A text of so many tokens that so many have read, with what each label adds."""

    length: int
    readers: int
    labels: Mapping[str, Sums]

    def of(self, label: str) -> Sums:
        """Return what a label adds; where nobody marked it, one long gap a reader."""
        return self.labels.get(label) or Sums(0.0, {}, {self.length: self.readers}, 0, 0)


def sums(readings: Sequence[Iterable[Stretch]], length: int) -> Sums:
    """Compare the units of two or more readings of a text of so many tokens.

    The squared difference of two sections that share a place is that of their starts plus that of
    their ends where both are units, the squared length of the unit where it lies within the other's
    gap, and nothing otherwise (Krippendorff 2004, "Measuring the Reliability of Qualitative Text
    Analysis Data", Quality & Quantity 38, section 5; Krippendorff 1995, Sociological Methodology 25).
    Units of one reading that overlap are taken as one.
    """
    apart = [tuple(_apart(each)) for each in readings]
    between = [tuple(_between(each, length)) for each in apart]
    off = sum(_off(apart[a], between[a], apart[b], between[b]) for a, b in combinations(range(len(apart)), 2))
    return Sums(
        2 * off / (len(apart) - 1),
        Counter(end - start for each in apart for start, end in each),
        Counter(end - start for each in between for start, end in each),
        len({unit for each in apart for unit in each}),
        sum(count < len(apart) for count in Counter(unit for each in apart for unit in each).values()),
    )


def _apart(units: Iterable[Stretch]) -> Iterator[Stretch]:
    last: Stretch | None = None
    for start, end in sorted(units):
        if last and start < last[1]:
            last = (last[0], max(last[1], end))
            continue
        if last:
            yield last
        last = (start, end)
    if last:
        yield last


def _between(units: Iterable[Stretch], length: int) -> Iterator[Stretch]:
    at = 0
    for start, end in (*units, (length, length)):
        if at < start:
            yield at, start
        at = end


def _off(
    mine: Sequence[Stretch], my_gaps: Sequence[Stretch], yours: Sequence[Stretch], your_gaps: Sequence[Stretch]
) -> int:
    found = sum((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 for a in mine for b in yours if a[0] < b[1] and b[0] < a[1])
    for units, gaps in ((mine, your_gaps), (yours, my_gaps)):
        found += sum((end - start) ** 2 for start, end in units if any(g[0] <= start and end <= g[1] for g in gaps))
    return found


def only(texts: Iterable[Text], label: str) -> list[Text]:
    """Return texts with one label alone."""
    return [Text(each.length, each.readers, {label: each.of(label)}) for each in texts]


def names(texts: Iterable[Text]) -> list[str]:
    """Return the labels that anybody used."""
    return sorted({label for each in texts for label in each.labels})


def alpha(texts: Sequence[Text]) -> float | None:
    """Return alpha over all labels: 1 − Σ Dₒ / Σ Dₑ, both over the labels (Krippendorff 2004, section 5).

    With one label it is that label's alpha. Over several texts sums add up; no unit and no gap
    crosses from one to the next. None where nobody marked anything.
    """
    found = _drawn(texts, [[1] * len(texts)])
    return float(found[0]) if len(found) else None


def with_interval(texts: Sequence[Text], *, draws: int = 1000, seed: int = 1, level: float = 0.95) -> Alpha:
    """Return alpha with the interval that resampling the texts gives, as in ``alpha.with_interval``."""
    import numpy as np

    rows = [row for each in texts for row in each.labels.values()]
    units, unlike = sum(row.units for row in rows), sum(row.unlike for row in rows)
    low = high = None
    if len(texts) > 1 and draws and units:
        chance = np.random.default_rng(seed)
        found = _drawn(texts, chance.multinomial(len(texts), [1 / len(texts)] * len(texts), size=draws))
        if 2 * len(found) >= draws:
            low, high = map(float, np.quantile(found, [(1 - level) / 2, (1 + level) / 2]))
    return Alpha(alpha(texts), low, high, units, unlike)


def _drawn(texts: Sequence[Text], drawn: Any) -> Any:
    """Return alpha for each draw, which says how often it takes each text; undefined ones are left out."""
    import numpy as np

    weights = np.asarray(drawn, dtype=float)
    seen = weights @ np.array([each.length * each.readers for each in texts], dtype=float)
    sides = [_disagreements([each.of(name) for each in texts], weights, seen) for name in names(texts)]
    if not sides:
        return np.zeros(0)
    observed, expected = (sum(side) for side in zip(*sides, strict=True))
    known = expected > 0
    return 1 - observed[known] / expected[known]


def _disagreements(rows: Sequence[Sums], weights: Any, seen: Any) -> tuple[Any, Any]:
    """Return Dₒ and Dₑ of one label for each draw, both times the length of the texts, which alpha does not need.

    Dₑ = 2 / L · Σ over units of [(N − 1) / 3 · (2ℓ³ − 3ℓ² + ℓ) + ℓ² · Σ over gaps ≥ ℓ of (gap − ℓ + 1)]
    over mL(mL − 1) − Σ ℓ(ℓ − 1), with N units of lengths ℓ in m readings of length L (ibid.).
    """
    import numpy as np

    sizes = sorted({size for row in rows for size in row.lengths})
    if not sizes:
        return np.zeros(len(weights)), np.zeros(len(weights))
    long = np.array(sizes, dtype=float)
    times = weights @ np.array([[row.lengths.get(size, 0) for size in sizes] for row in rows], dtype=float)
    room = weights @ np.array([[_room(row, size) for size in sizes] for row in rows], dtype=float)
    count = times.sum(axis=1, keepdims=True)
    chance = (times * ((count - 1) / 3 * (2 * long**3 - 3 * long**2 + long) + long**2 * room)).sum(axis=1)
    free = seen * (seen - 1) - (times * long * (long - 1)).sum(axis=1)
    off = weights @ np.array([row.off for row in rows], dtype=float)
    return off / np.maximum(seen, 1), np.divide(2 * chance, free, out=np.zeros(len(free)), where=free > 0)


def _room(row: Sums, size: int) -> int:
    """Return in how many places of the gaps a unit of this size would fit."""
    return sum(many * (gap - size + 1) for gap, many in row.gaps.items() if gap >= size)
