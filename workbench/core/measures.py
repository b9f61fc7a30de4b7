"""The arithmetic of a score: shares of what was found, how sure they are, how honest a score is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor
from random import Random
from typing import NamedTuple

Interval = tuple[float, float]


class Tally(NamedTuple):
    """How many were right, of so many predicted and so many in the gold.

    Precision = right / predicted, recall = right / gold, F1 = 2 · right / (predicted + gold)
    (van Rijsbergen 1979); each is None where it would divide by nothing. For an accuracy, where
    both readings answer the same questions, ``predicted == gold`` and all three are that accuracy.
    """

    right: int = 0
    predicted: int = 0
    gold: int = 0

    @property
    def precision(self) -> float | None:
        """Return how much of what was predicted is right."""
        return self.right / self.predicted if self.predicted else None

    @property
    def recall(self) -> float | None:
        """Return how much of the gold was found."""
        return self.right / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """Return the harmonic mean of precision and recall."""
        return 2 * self.right / (self.predicted + self.gold) if self.predicted + self.gold else None


def total(tallies: Iterable[Tally]) -> Tally:
    """Add tallies up (micro-averaging)."""
    return Tally(*map(sum, zip(Tally(), *tallies, strict=True)))


@dataclass(frozen=True, slots=True)
class Figure:
    """A tally over all articles, with the interval of each share; None where nothing can be said."""

    tally: Tally
    precision: Interval | None = None
    recall: Interval | None = None
    f1: Interval | None = None


def figures(
    articles: Sequence[Mapping[str, Tally]], *, draws: int = 1000, seed: int = 1, level: float = 0.95
) -> dict[str, Figure]:
    """Sum each named tally over the articles, and resample the articles for its intervals.

    Percentile bootstrap (Efron & Tibshirani 1993, ch. 13): ``draws`` times, as many articles are
    drawn with replacement as there are; the interval holds the middle ``level`` of the shares. The
    article is what is drawn because mistakes within one article go together. One article, or no
    draws, gives no interval; a draw whose share is undefined is left out.
    """
    names = list(articles[0]) if articles else []
    sums = {name: total(article[name] for article in articles) for name in names}
    if len(articles) < 2 or not draws:
        return {name: Figure(tally) for name, tally in sums.items()}
    rows = [[count for name in names for count in article[name]] for article in articles]
    drawn: dict[str, list[Tally]] = {name: [] for name in names}
    chance = Random(seed)  # noqa: S311  a repeatable draw, no secret
    for _ in range(draws):
        counts = [sum(column) for column in zip(*chance.choices(rows, k=len(rows)), strict=True)]
        for n, name in enumerate(names):
            drawn[name].append(Tally(*counts[3 * n : 3 * n + 3]))
    return {
        name: Figure(
            sums[name],
            _middle([tally.precision for tally in tallies], level),
            _middle([tally.recall for tally in tallies], level),
            _middle([tally.f1 for tally in tallies], level),
        )
        for name, tallies in drawn.items()
    }


def _middle(shares: Iterable[float | None], level: float) -> Interval | None:
    """Return the bounds of the middle ``level`` of the shares, by nearest rank."""
    known = sorted(share for share in shares if share is not None)
    if not known:
        return None
    tail = (1 - level) / 2 * len(known)
    return known[min(floor(tail), len(known) - 1)], known[max(ceil(len(known) - tail) - 1, 0)]


@dataclass(frozen=True, slots=True)
class Bin:
    """The proposals whose score lies in ``low <= score < high``; the last bin includes its end."""

    low: float
    high: float
    count: int
    score: float | None
    right: float | None


@dataclass(frozen=True, slots=True)
class Reliability:
    """How far scores mean what they say; ``error`` and ``brier`` are None where nothing is scored."""

    count: int
    bins: tuple[Bin, ...]
    error: float | None
    brier: float | None


def reliability(rated: Iterable[tuple[float, bool]], *, bins: int = 10) -> Reliability:
    """Compare each proposal's score with whether it was right.

    Expected calibration error = Σ (nᵦ / n) · |share right in the bin − mean score in the bin| over
    bins of equal width (Naeini et al. 2015; Guo et al. 2017); Brier score = mean of
    (score − right)² (Brier 1950).
    """
    found = sorted(rated)
    rows: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for score, right in found:
        rows[min(max(int(score * bins), 0), bins - 1)].append((score, right))
    table = []
    for n, row in enumerate(rows):
        mean = sum(score for score, _ in row) / len(row) if row else None
        share = sum(right for _, right in row) / len(row) if row else None
        table.append(Bin(n / bins, (n + 1) / bins, len(row), mean, share))
    if not found:
        return Reliability(0, tuple(table), None, None)
    off = sum(row.count * abs((row.right or 0) - (row.score or 0)) for row in table) / len(found)
    return Reliability(len(found), tuple(table), off, sum((s - r) ** 2 for s, r in found) / len(found))
