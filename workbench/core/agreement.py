"""How far readers agree: with each other, with the gold, with the suggester.

For two readings of an article, pairs are formed as in ``scoring``: entities by span and label,
exact or overlapping, frames by who, what and evidence. F1 = 2 · pairs / (objects of both), which is
the same whichever reading is called gold (Hripcsak & Rothschild 2005). For any number of readings,
Krippendorff's alpha is taken over units: every token with its label, and for frames that two or
more readers found, each slot. Alpha for unitizing (``unitizing``) asks of entities whether the same
stretches are marked, edges and all.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from workbench.core import unitizing
from workbench.core.alignment import Group, align, said
from workbench.core.alpha import Alpha, Units, units, units_of, with_interval
from workbench.core.annotation import Entity, Frame, Layer, Span
from workbench.core.entity_scores import LEFT_OUT, entity_tallies, match_entities
from workbench.core.frame_scores import FRAME_KINDS, KEYS, frame_tallies, match_frames
from workbench.core.measures import Figure, Tally, figures
from workbench.core.scheme import Scheme
from workbench.core.text import Piece, snap, tokens

NONE: Final = "–"
PAIRED: Final = (
    "entities.core", "entities.core.partial", "linking", "commitments.strict", "commitments.whole.strict",
    "stances.strict", "stances.whole.strict",
)  # fmt: skip
"""What is counted between two readings; ``whole`` frames also agree in status or polarity."""
_OF_ENTITIES: Final = frozenset({"entities", "units", "linking"})


@dataclass(frozen=True, slots=True)
class Article:
    """An article with the readings of it, by author."""

    key: str
    text: str
    readings: Mapping[str, Layer]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two authors, over the articles that both have read."""

    left: str
    right: str
    articles: int
    figures: Mapping[str, Figure]
    alphas: Mapping[str, Alpha]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far all readers of a set of articles agree, over all and two by two."""

    articles: int
    alphas: Mapping[str, Alpha]
    pairs: tuple[Pair, ...]


def agreement(
    articles: Sequence[Article], scheme: Scheme, *, draws: int = 1000, seed: int = 1, pairwise: bool = True
) -> Agreement:
    """Measure articles that two or more have read; others tell nothing and are left out."""
    shared = [each for each in articles if len(each.readings) > 1]
    counted = [questions(each) for each in shared]
    units = [unitized(each) for each in shared]
    authors = sorted({author for each in shared for author in each.readings})
    found = (_pair(*two, shared, scheme, draws, seed) for two in combinations(authors, 2)) if pairwise else ()
    pairs = tuple(pair for pair in found if pair.articles)
    values = alphas(counted, draws=draws, seed=seed) | stretches(units, draws=draws, seed=seed)
    return Agreement(len(shared), values, pairs)


def unitized(article: Article) -> unitizing.Text:
    """Return how an article's readers divide it into units, label by label, in tokens."""
    toks = tokens(article.text)
    found = [_stretches(layer, toks) for layer in article.readings.values()]
    labels = sorted({label for each in found for label in each})
    sums = {label: unitizing.sums([each.get(label, []) for each in found], len(toks)) for label in labels}
    return unitizing.Text(len(toks), len(found), sums)


def _stretches(layer: Layer, toks: Sequence[Piece]) -> dict[str, list[unitizing.Stretch]]:
    found: dict[str, list[unitizing.Stretch]] = defaultdict(list)
    for entity in counting(layer):
        if touched := snap(toks, entity.start, entity.end):
            found[entity.label].append(touched)
    return found


def stretches(texts: Sequence[unitizing.Text], *, draws: int, seed: int) -> dict[str, Alpha]:
    """Return alpha for unitizing over all labels, ``units``, and of each, ``units.GPE`` and its like."""
    found = {"units": unitizing.with_interval(texts, draws=draws, seed=seed)} if texts else {}
    return found | {
        f"units.{label}": unitizing.with_interval(unitizing.only(texts, label), draws=draws, seed=seed)
        for label in unitizing.names(texts)
    }


def alphas(counted: Sequence[Mapping[str, Units]], *, draws: int, seed: int) -> dict[str, Alpha]:
    """Return alpha for each question that any article answers."""
    names = sorted({name for each in counted for name in each})
    return {
        name: with_interval([each.get(name, Counter()) for each in counted], draws=draws, seed=seed) for name in names
    }


def _pair(left: str, right: str, articles: Sequence[Article], scheme: Scheme, draws: int, seed: int) -> Pair:
    both = [
        Article(each.key, each.text, {left: each.readings[left], right: each.readings[right]})
        for each in articles
        if left in each.readings and right in each.readings
    ]
    rows = [tallies(each.readings[left], each.readings[right], scheme) for each in both]
    main = {"entities", *(f"{kind}s.{KEYS[kind].main}" for kind in FRAME_KINDS)}
    counted = [{name: its for name, its in questions(each).items() if name in main} for each in both]
    found = alphas(counted, draws=draws, seed=seed)
    found["units"] = unitizing.with_interval([unitized(each) for each in both], draws=draws, seed=seed)
    return Pair(left, right, len(both), figures(rows, draws=draws, seed=seed), found)


def tallies(left: Layer, right: Layer, scheme: Scheme) -> dict[str, Tally]:
    """Count the pairs of two readings of an article, credits and boilerplate left out."""
    groups = {label.name: label.group for label in scheme.labels}
    found = entity_tallies(match_entities(counting(left), counting(right)), groups)
    for kind in FRAME_KINDS:
        found |= frame_tallies(match_frames(kind, getattr(left, f"{kind}s"), getattr(right, f"{kind}s"), {}))
    return {name: found[name] for name in PAIRED}


def counting(layer: Layer) -> tuple[Entity, ...]:
    """Return the entities that count: those of credits and boilerplate are left out."""
    return tuple(each for each in layer.entities if not LEFT_OUT.intersection(each.flags))


def questions(article: Article) -> dict[str, Units]:
    """Return what an article's readers were asked, and how often which answers stood side by side.

    ``entities`` asks for each token's label, ``entities.GPE`` whether it has that one; ``linking``
    for the actor of a span that two or more have and one names; ``commitments.status`` and its like
    for a slot of a frame that two or more have.
    """
    layers = list(article.readings.values())
    toks = tokens(article.text)
    rows: Counter[tuple[str, ...]] = Counter(zip(*(_labels(layer, toks) for layer in layers), strict=True))
    found = {"entities": units_of(rows)}
    for label in sorted({label for row in rows for label in row} - {NONE}):
        its: Counter[tuple[str, ...]] = Counter()
        for row, times in rows.items():
            its[tuple(label if each == label else NONE for each in row)] += times
        found[f"entities.{label}"] = units_of(its)
    groups = align(layers)
    found["linking"] = units(_actors(group) for group in groups if group.kind == "entity")
    for kind in FRAME_KINDS:
        shared = [group for group in groups if group.kind == kind and len(group.present) > 1]
        for slot in _slots(shared):
            found[f"{kind}s.{slot}"] = units(_values(group, slot) for group in shared)
    return found


def _labels(layer: Layer, toks: Sequence[Piece]) -> list[str]:
    """Return the label of each token; where spans overlap, the shortest one's."""
    labels = [NONE] * len(toks)
    entities = sorted(counting(layer), key=lambda each: (each.start - each.end, each.start))
    for entity in entities:
        if touched := snap(toks, entity.start, entity.end):
            labels[slice(*touched)] = [entity.label] * (touched[1] - touched[0])
    return labels


def _actors(group: Group) -> Iterator[str | None]:
    entities = [each for each in group.present if isinstance(each, Entity)]
    if len({each.span for each in entities}) == 1 and any(each.actor for each in entities):
        yield from (each.actor_id or each.actor or NONE for each in entities)


def _slots(groups: Iterable[Group]) -> list[str]:
    return sorted(
        {slot for group in groups for each in group.present if isinstance(each, Frame) for slot in each.slots}
    )


def _values(group: Group, slot: str) -> Iterator[str]:
    for each in group.present:
        if isinstance(each, Frame):
            value = said(each, slot)
            yield NONE if value is None else str(value)


@dataclass(frozen=True, slots=True)
class Difference:
    """A passage on which readings of an article differ, and what each says there."""

    key: str
    span: Span
    values: Mapping[str, str]


def differences(article: Article, question: str) -> Iterator[Difference]:
    """Yield the passages behind a figure: where readers answer a question differently."""
    kind, _, slot = question.partition(".")
    for group in align(list(article.readings.values())):
        if not (kind in _OF_ENTITIES if group.kind == "entity" else kind == f"{group.kind}s"):
            continue
        answers = {
            author: _said(each, kind, slot) for author, each in zip(article.readings, group.members, strict=True)
        }
        labels = {each.label for each in group.present if isinstance(each, Entity)}
        wanted = slot in labels if kind in {"entities", "units"} and slot else True
        if len(set(answers.values())) > 1 and wanted:
            yield Difference(article.key, group.span, answers)


def _said(item: Entity | Frame | None, kind: str, slot: str) -> str:
    if item is None:
        return NONE
    if isinstance(item, Entity) and kind == "units":
        return f"{item.label} {item.start}–{item.end}"
    if isinstance(item, Entity):
        return item.label if kind == "entities" else item.actor_id or item.actor or NONE
    value = item.slots.get(slot or KEYS[item.kind].main)
    return NONE if value in (None, False) else str(value)
