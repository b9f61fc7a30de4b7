"""How far the readers of a release's articles agree, gathered while its records go by.

Of each article only its counts are kept, so a release of any size can be measured. What is counted and
where the formulas come from: ``agreement``, ``alpha``, ``unitizing``.
"""

from collections.abc import Mapping
from itertools import combinations
from typing import Final

from workbench.core import agreement, unitizing
from workbench.core.agreement import Article
from workbench.core.alpha import Alpha, Units
from workbench.core.annotation import Layer
from workbench.core.measures import Figure, Tally, figures, total
from workbench.core.record import Json
from workbench.core.scheme import Scheme
from workbench.core.words import many

DRAWS: Final = 1000
ROWS_DRAWN: Final = 2_000_000
"""The most rows that are drawn for the intervals of F1, so that large releases are resampled less often."""
MAIN: Final = {
    "units": "entities as stretches",
    "entities": "entities by token",
    "commitments.status": "the status of commitments",
    "stances.polarity": "the polarity of stances",
}
"""What the data sheet tells in words."""


class Measured:
    """What the articles with two or more readings come to."""

    def __init__(self, scheme: Scheme) -> None:
        self._scheme = scheme
        self._counted: list[dict[str, Units]] = []
        self._units: list[unitizing.Text] = []
        self._pairs: list[dict[str, Tally]] = []

    def add(self, key: str, text: str, readings: Mapping[str, Layer]) -> None:
        """Count an article; one reading tells nothing."""
        if len(readings) < 2:
            return
        article = Article(key, text, readings)
        self._counted.append(agreement.questions(article))
        self._units.append(agreement.unitized(article))
        pairs = [agreement.tallies(*two, self._scheme) for two in combinations(readings.values(), 2)]
        self._pairs.append({name: total(each[name] for each in pairs) for name in agreement.PAIRED})

    def json(self) -> Json | None:
        """Return the figures as the manifest lists them; None where no article was read twice."""
        articles = len(self._counted)
        if not articles:
            return None
        alphas = agreement.alphas(self._counted, draws=DRAWS, seed=1)
        alphas |= agreement.stretches(self._units, draws=DRAWS, seed=1)
        paired = figures(self._pairs, draws=max(100, min(DRAWS, ROWS_DRAWN // articles)))
        return {
            "articles": articles,
            "alpha": {name: _alpha(found) for name, found in sorted(alphas.items())},
            "f1": {name: _f1(found) for name, found in paired.items()},
        }


def _alpha(found: Alpha) -> Json:
    low_high = None if found.low is None or found.high is None else [_short(found.low), _short(found.high)]
    return {"value": _short(found.value), "interval": low_high, "units": found.units, "unlike": found.unlike}


def _f1(found: Figure) -> Json:
    low_high = None if found.f1 is None else [_short(each) for each in found.f1]
    return {"value": _short(found.tally.f1), "interval": low_high, "pairs": found.tally.right}


def _short(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def told(found: Json | None) -> str:
    """Return the main figures in words, for a data sheet and a paper."""
    if found is None:
        return "not measured, for of no article the readings of two people are here"
    parts = [
        f"{_figure(found['alpha'][name])} for {words}"
        for name, words in MAIN.items()
        if name in found["alpha"] and found["alpha"][name]["value"] is not None
    ]
    of = f"{many(found['articles'], 'article')} with two or more readings"
    if not parts:
        return f"nothing to tell from {of}, whose readings give everything the same value"
    return f"Krippendorff's alpha {', '.join(parts)}, over {of} (95 % intervals from resampling articles)"


def _figure(row: Json) -> str:
    low_high = f" [{row['interval'][0]:.2f}, {row['interval'][1]:.2f}]" if row["interval"] else ""
    return f"{row['value']:.2f}{low_high}"
