"""Krippendorff's alpha for nominal values: agreement beyond chance, for any number of readers and with gaps.

The published worked examples, and the library ``krippendorff`` on random tables, are its tests.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Units = Counter[tuple[str, ...]]
"""How often which values were given to one thing; who gave them does not matter, gaps are left out."""


@dataclass(frozen=True, slots=True)
class Alpha:
    """An alpha over units that two or more readers valued; None where all values are alike or none is there."""

    value: float | None
    low: float | None
    high: float | None
    units: int
    unlike: int


def units(rows: Iterable[Iterable[str | None]]) -> Units:
    """Count things by the values that they were given; what fewer than two valued tells nothing."""
    return units_of(Counter(tuple(row) for row in rows))


def units_of(rows: Mapping[Any, int]) -> Units:
    """Count things of which it is known how often each row of values was given."""
    counted: Units = Counter()
    for row, times in rows.items():
        values = tuple(sorted(value for value in row if value is not None))
        if len(values) > 1:
            counted[values] += times
    return counted


def coincidences(found: Units) -> dict[tuple[str, str], float]:
    """Return how often one value stood beside another.

    o(c, k) = Σ over units of the number of ordered pairs c, k in the unit / (values in it − 1)
    (Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", part C, step 2).
    """
    cells: dict[tuple[str, str], float] = {}
    for values, times in found.items():
        counts = Counter(values)
        for c, its in counts.items():
            for k, others in counts.items():
                pairs = its * (others - (c == k))
                if pairs:
                    cells[c, k] = cells.get((c, k), 0.0) + times * pairs / (len(values) - 1)
    return cells


def alpha(found: Units) -> float | None:
    """Return alpha = 1 − (n − 1) · Σ o(c, k) / Σ n(c) · n(k), both over c ≠ k.

    That is 1 − Dₒ / Dₑ with the nominal difference (Krippendorff 2011, part C, step 4); n(c) is how
    often c stands in units with two or more values, n the sum over c.
    """
    return _of(coincidences(found))


def _of(cells: Mapping[tuple[str, str], float]) -> float | None:
    each: dict[str, float] = {}
    for (c, _), count in cells.items():
        each[c] = each.get(c, 0.0) + count
    total = sum(each.values())
    chance = total * total - sum(count * count for count in each.values())
    unlike = sum(count for (c, k), count in cells.items() if c != k)
    return 1 - (total - 1) * unlike / chance if chance else None


def with_interval(articles: Sequence[Units], *, draws: int = 1000, seed: int = 1, level: float = 0.95) -> Alpha:
    """Return alpha over all articles, with the interval that resampling them gives.

    Percentile bootstrap with the article as what is drawn (Efron & Tibshirani 1993, ch. 13; Hayes &
    Krippendorff 2007 resample for the same purpose). Coincidences add up over articles, so a draw
    is a weighted sum of their tables. Fewer than two articles, or draws that are mostly undefined,
    give no interval.
    """
    together: Units = Counter()
    for each in articles:
        together.update(each)
    unlike = sum(times for values, times in together.items() if len(set(values)) > 1)
    low, high = _interval(articles, draws, seed, level) if len(articles) > 1 and draws else (None, None)
    return Alpha(alpha(together), low, high, together.total(), unlike)


def _interval(articles: Sequence[Units], draws: int, seed: int, level: float) -> tuple[float | None, float | None]:
    import numpy as np

    tables = [coincidences(each) for each in articles]
    names = sorted({value for table in tables for cell in table for value in cell})
    if len(names) < 2:
        return None, None
    place = {name: n for n, name in enumerate(names)}
    same, unlike = np.zeros((len(tables), len(names))), np.zeros((len(tables), len(names)))
    for n, table in enumerate(tables):
        for (c, k), count in table.items():
            (same if c == k else unlike)[n, place[c]] += count
    chance = np.random.default_rng(seed)
    drawn = chance.multinomial(len(tables), [1 / len(tables)] * len(tables), size=draws)
    counts: Any = drawn @ (same + unlike)
    total = counts.sum(axis=1)
    expected = total**2 - (counts**2).sum(axis=1)
    known = expected > 0
    if known.mean() < 0.5:
        return None, None
    found = 1 - (total[known] - 1) * (drawn @ unlike).sum(axis=1)[known] / expected[known]
    low, high = np.quantile(found, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
