"""The values of a score: two readings of an article, what pairs with what, and the tables over all."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from workbench.core.annotation import Layer, Region
from workbench.core.entity_scores import EntityMatch
from workbench.core.frame_scores import Alternatives, FrameKind, FrameMatch, SlotTally, ValueTally
from workbench.core.measures import Figure, Reliability, Tally


@dataclass(frozen=True, slots=True)
class Case:
    """One article read twice: by the gold and by whoever is scored."""

    name: str
    text: str
    gold: Layer
    predicted: Layer
    alternatives: Mapping[FrameKind, Alternatives] = field(default_factory=dict)
    regions: tuple[Region, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """What pairs with what in one article."""

    case: Case
    entities: EntityMatch
    frames: Mapping[FrameKind, FrameMatch]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a confusion matrix; ``–`` stands for what has no partner."""

    gold: str
    predicted: str
    count: int


class ValueScore(NamedTuple):
    """One value of a slot, without and with the gold's alternatives."""

    value: str
    strict: ValueTally
    lenient: ValueTally


class LabelScore(NamedTuple):
    """One label: spans to the character, and spans that share one."""

    label: str
    group: str
    exact: Tally
    partial: Tally


@dataclass(frozen=True, slots=True)
class FrameScores:
    """The tables of one kind of frame."""

    values: Mapping[str, tuple[ValueScore, ...]]
    slots: Mapping[str, SlotTally]
    confusions: Mapping[str, tuple[Cell, ...]]


@dataclass(frozen=True, slots=True)
class Silence:
    """What was proposed where the gold has no frame of any kind: how many pieces of text, and frames there."""

    pieces: int
    disturbed: int
    commitments: int
    stances: int


@dataclass(frozen=True, slots=True)
class Part:
    """The articles that share a value, such as a register, and their figures."""

    value: str
    articles: int
    tallies: Mapping[str, Tally]


@dataclass(frozen=True, slots=True)
class Scores:
    """Everything that is measured; ``figures`` are named by kind, slot and mode."""

    articles: int
    figures: Mapping[str, Figure]
    labels: tuple[LabelScore, ...]
    label_confusion: tuple[Cell, ...]
    frames: Mapping[FrameKind, FrameScores]
    silent_articles: Silence
    silent_paragraphs: Silence
    reliability: Mapping[str, Reliability]
