"""How agreement moves from one week or month to the next.

The figures are those of ``agreement``, taken over the articles that were finished in each stretch of time.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, Literal

from workbench.core import agreement, unitizing
from workbench.core.agreement import Article
from workbench.core.alpha import Alpha, with_interval
from workbench.core.annotation import Layer
from workbench.core.entity_scores import match_entities
from workbench.core.measures import Figure, Tally, figures
from workbench.core.scheme import Scheme

By = Literal["week", "month"]
PAIRED: Final = {"linking": "linking", "commitments": "commitments.strict", "stances": "stances.strict"}


@dataclass(frozen=True, slots=True)
class Dated:
    """An article with its readings, the day when they were all in, and what they can be held against."""

    day: date
    article: Article
    gold: Layer | None
    proposed: Mapping[str, Layer]


@dataclass(frozen=True, slots=True)
class Step:
    """A week or month, up to the day before ``until``: alpha of its readers, and F1 beside gold and suggester."""

    start: date
    until: date
    articles: int
    alpha: Alpha
    gold: Figure | None
    suggester: Figure | None


def steps(rows: Sequence[Dated], question: str, by: By, scheme: Scheme, *, draws: int = 200) -> tuple[Step, ...]:
    """Return the figures of one question, such as ``entities.GPE``, for each stretch of time that has articles."""
    found: dict[date, list[Dated]] = defaultdict(list)
    for row in rows:
        found[start_of(row.day, by)].append(row)
    return tuple(_step(start, its, question, by, scheme, draws) for start, its in sorted(found.items()))


def start_of(day: date, by: By) -> date:
    """Return the Monday of a day's week, or the first of its month."""
    return day.replace(day=1) if by == "month" else day - timedelta(days=day.weekday())


def _step(start: date, rows: Sequence[Dated], question: str, by: By, scheme: Scheme, draws: int) -> Step:
    until = start_of(start + timedelta(days=32), "month") if by == "month" else start + timedelta(days=7)
    shared = [row.article for row in rows if len(row.article.readings) > 1]
    gold = [tally for row in rows if row.gold for tally in _beside(row, dict.fromkeys(row.article.readings, row.gold))]
    proposed = [tally for row in rows for tally in _beside(row, row.proposed)]
    sides = (_f1(each, question, scheme, draws) for each in (gold, proposed))
    return Step(start, until, len(rows), _alpha(shared, question, draws), *sides)


def _alpha(articles: Sequence[Article], question: str, draws: int) -> Alpha:
    kind, _, label = question.partition(".")
    if kind != "units":
        counted = (agreement.questions(each).get(question) for each in articles)
        return with_interval([each for each in counted if each is not None], draws=draws)
    texts = [agreement.unitized(each) for each in articles]
    return unitizing.with_interval(unitizing.only(texts, label) if label else texts, draws=draws)


def _beside(row: Dated, others: Mapping[str, Layer]) -> Iterator[tuple[Layer, Layer]]:
    for author, layer in row.article.readings.items():
        if author in others:
            yield others[author], layer


def _f1(pairs: Sequence[tuple[Layer, Layer]], question: str, scheme: Scheme, draws: int) -> Figure | None:
    tallies = [{"f1": _tally(*pair, question, scheme)} for pair in pairs]
    return figures(tallies, draws=draws)["f1"] if tallies else None


def _tally(other: Layer, reading: Layer, question: str, scheme: Scheme) -> Tally:
    kind, _, label = question.partition(".")
    if kind in PAIRED:
        return agreement.tallies(other, reading, scheme)[PAIRED[kind]]
    left, right = (agreement.counting(_only(each, label)) for each in (other, reading))
    return Tally(len(match_entities(left, right).exact), len(right), len(left))


def _only(layer: Layer, label: str) -> Layer:
    return replace(layer, entities=tuple(each for each in layer.entities if label in ("", each.label)))
