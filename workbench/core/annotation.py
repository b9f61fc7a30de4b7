"""What an article says: entities, stances and commitments, each with its provenance.

A layer is one author's reading of one article: a person's, a suggester's or gold. Offsets are
half-open and count code points of the article's text.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import Any, Final, Literal, NamedTuple

Kind = Literal["entity", "stance", "commitment"]
KINDS: Final[tuple[Kind, ...]] = ("entity", "stance", "commitment")
PLURALS: Final[dict[Kind, str]] = {"entity": "entities", "stance": "stances", "commitment": "commitments"}


class Span(NamedTuple):
    """A stretch of text, ``start <= i < end``."""

    start: int
    end: int

    def overlap(self, other: "Span") -> float:
        """Return the shared length over the joint length (Jaccard), 0 to 1."""
        shared = min(self.end, other.end) - max(self.start, other.start)
        return max(0, shared) / max(1, max(self.end, other.end) - min(self.start, other.start))


Value = str | bool | Span | None
"""What a slot holds: a name or choice, a flag, a stretch of the text, or nothing."""


@dataclass(frozen=True, slots=True)
class By:
    """Where an object comes from and who stands behind it.

    ``origin`` is suggested, corrected or added; ``decided`` accepted, bulk, ruled or None;
    ``score`` a calibrated probability; ``at`` an RFC 3339 time in UTC; ``cue`` says in a few
    words why it was proposed, ``reason`` in the adjudicator's why it was ruled so.
    """

    origin: str = "suggested"
    suggester: str | None = None
    score: float | None = None
    decided: str | None = None
    at: str | None = None
    votes: tuple[int, int] | None = None
    cue: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """A mention of somebody, some place or something, by the scheme's labels."""

    id: str
    start: int
    end: int
    label: str
    actor: str | None = None
    actor_id: str | None = None
    flags: tuple[str, ...] = ()
    by: By = By()

    kind: Final[Kind] = field(default="entity", init=False, repr=False)

    @property
    def span(self) -> Span:
        """Return where it stands."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Frame:
    """A stance or a commitment: slots by name, as the scheme lists them.

    The slot ``evidence`` is always there and holds a Span. ``ids`` holds the registry's ids of
    slots that have an ``…_id`` beside them in the record (actor, holder).
    """

    kind: Literal["stance", "commitment"]
    id: str
    slots: Mapping[str, Value]
    ids: Mapping[str, str | None] = field(default_factory=dict)
    by: By = By()

    @property
    def span(self) -> Span:
        """Return where its evidence stands."""
        evidence = self.slots["evidence"]
        assert isinstance(evidence, Span)
        return evidence

    def actor(self, slot: str) -> str | None:
        """Return the name in a slot that names an actor, a choice or free text."""
        value = self.slots.get(slot)
        return value if isinstance(value, str) else None


Object = Entity | Frame


@dataclass(frozen=True, slots=True)
class Layer:
    """One author's reading of one article."""

    author: str
    entities: tuple[Entity, ...] = ()
    stances: tuple[Frame, ...] = ()
    commitments: tuple[Frame, ...] = ()

    @property
    def objects(self) -> tuple[Object, ...]:
        """Return everything in it: entities, then stances, then commitments."""
        return (*self.entities, *self.stances, *self.commitments)


def layer_of(author: str, objects: Iterable[Object]) -> Layer:
    """Sort objects by position into a layer."""
    kinds: dict[str, list[Any]] = {kind: [] for kind in KINDS}
    for item in objects:
        kinds[item.kind].append(item)
    return Layer(
        author,
        tuple(sorted(kinds["entity"], key=_ENTITY)),
        tuple(sorted(kinds["stance"], key=_position)),
        tuple(sorted(kinds["commitment"], key=_position)),
    )


_ENTITY: Final = attrgetter("start", "end", "id")


def _position(item: Frame) -> tuple[int, int, str]:
    return (*item.span, item.id)


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the text that is not running text: headline, caption, credit or boilerplate."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where an article came from; ``published`` is a date as YYYY-MM-DD."""

    outlet: str | None = None
    url: str | None = None
    author: str | None = None
    published: str | None = None
    file: str | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """How far an article has come: suggested, reviewed or gold, and through whom."""

    state: str = "suggested"
    reviewers: tuple[str, ...] = ()
    adjudicator: str | None = None
    agreement: Mapping[str, Any] | None = None
    guideline: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """An article with one reading of it: what every format reads and writes."""

    text: str
    layer: Layer = Layer("")
    id: str = ""
    project: str | None = None
    release: str | None = None
    title: str | None = None
    language: str = "en"
    source: Source = Source()
    meta: Mapping[str, Any] = field(default_factory=dict)
    cluster: str | None = None
    split: str | None = None
    regions: tuple[Region, ...] = ()
    sentences: tuple[tuple[int, int], ...] = ()
    review: Review = Review()
    layers: tuple[Layer, ...] | None = None

    def carrying(self, layer: Layer) -> "Document":
        """Return the same article with another reading."""
        return replace(self, layer=layer)
