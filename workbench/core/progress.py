"""How work goes on: time spent, throughput, when it will be done, and what became of proposals."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from random import Random
from statistics import median
from typing import Final

from workbench.core.annotation import Entity, Layer, Object
from workbench.core.frame_scores import KEYS

IDLE: Final = timedelta(minutes=2)
LEAST_DAYS: Final = 3
LOOK_BACK: Final = 28
REJECTED: Final = "rejected"


def minutes(times: Sequence[datetime]) -> float | None:
    """Return the minutes that decisions took: the gaps between them, each counted as two minutes at most.

    A longer gap is a pause, or reading that left no trace; what was read before the first decision
    is not seen. One decision tells nothing.
    """
    gaps = [max(timedelta(), min(after - before, IDLE)) for before, after in pairwise(times)]
    return sum(gaps, timedelta()).total_seconds() / 60 if gaps else None


def pace(readings: Iterable[Sequence[datetime]]) -> float | None:
    """Return the minutes that one decision took over some readings, or None where nothing tells."""
    told = [(found, len(times)) for times in readings if (found := minutes(times)) is not None]
    return sum(found for found, _ in told) / sum(count for _, count in told) if told else None


def middle(values: Iterable[float]) -> float | None:
    """Return the median, or None of nothing."""
    found = list(values)
    return median(found) if found else None


def by_day(finished: Mapping[date, int], today: date, days: int = LOOK_BACK) -> list[tuple[date, int]]:
    """Return how much was finished on each of the last days, today included."""
    first = today - timedelta(days=days - 1)
    return [(day, finished.get(day, 0)) for n in range(days) if (day := first + timedelta(days=n))]


@dataclass(frozen=True, slots=True)
class Forecast:
    """The day when all is read: as likely before as after ``likely``, and in 8 of 10 cases between the others."""

    early: date
    likely: date
    late: date


def forecast(
    days: Sequence[tuple[date, int]], left: int, today: date, *, draws: int = 400, seed: int = 1
) -> Forecast | None:
    """Say when what is left will be done if days go on as they went since the first one with work.

    Past days are drawn with replacement until nothing is left (a bootstrap of throughput, as in
    Monte Carlo forecasting; Magennis 2011); the days reached by a tenth, half and nine tenths of
    the draws are told. Fewer than three days with work are too few to say anything.
    """
    counts = [count for _, count in days]
    first = next((n for n, count in enumerate(counts) if count), len(counts))
    seen = counts[first:]
    if sum(count > 0 for count in seen) < LEAST_DAYS or left <= 0:
        return None
    chance = Random(seed)  # noqa: S311  a repeatable draw, no secret
    most = 1 + 20 * left * len(seen) // sum(seen)
    found = sorted(_days_until(left, seen, chance, most) for _ in range(draws))
    early, likely, late = (found[int(draws * share)] for share in (0.1, 0.5, 0.9))
    return Forecast(*(today + timedelta(days=n) for n in (early, likely, late)))


def _days_until(left: int, seen: Sequence[int], chance: Random, most: int) -> int:
    days = 0
    while left > 0 and days < most:
        left -= chance.choice(seen)
        days += 1
    return days


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one proposal: its value, what was decided, whether nothing was changed."""

    kind: str
    proposed: str
    decided: str
    same: bool
    item: Object


def fates(proposed: Layer, decided: Layer) -> Iterator[Fate]:
    """Follow each proposal into the reading that was made of it; its value is a label, a status or a polarity."""
    kept = {(each.kind, each.id): each for each in decided.objects}
    for each in proposed.objects:
        found = kept.get((each.kind, each.id))
        if found is None:
            yield Fate(each.kind, value(each), REJECTED, False, each)
        else:
            yield Fate(each.kind, value(each), value(found), found.by.origin == "suggested", each)


def value(item: Object) -> str:
    """Return the label of an entity, the status of a commitment, the polarity of a stance."""
    if isinstance(item, Entity):
        return item.label
    return str(item.slots.get(KEYS[item.kind].main) or "–")
