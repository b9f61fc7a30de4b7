"""An article laid out for reading: paragraphs cut into segments where spans begin and end."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from workbench.core import text as texts
from workbench.core.annotation import Entity, Layer, Region


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text with the same entities over it, innermost first; ``opens`` says that one begins here."""

    text: str
    entities: tuple[Entity, ...]
    opens: bool


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its region's kind, or None for running text, and its segments."""

    start: int
    kind: str | None
    segments: tuple[Segment, ...]

    @property
    def text(self) -> str:
        """Return the paragraph's words."""
        return "".join(segment.text for segment in self.segments)


def paragraphs(text: str, regions: Iterable[Region], layer: Layer | None = None) -> Iterator[Paragraph]:
    """Lay a text out, with the entities of a layer."""
    regions = list(regions)
    entities = sorted(layer.entities, key=lambda entity: entity.span) if layer else []
    for start, end in texts.paragraphs(text):
        inside = [entity for entity in entities if entity.start < end and start < entity.end]
        yield Paragraph(start, kind_of(start, end, regions), tuple(_segments(text, start, end, inside)))


def kind_of(start: int, end: int, regions: Iterable[Region]) -> str | None:
    """Return the kind of the region that covers most of a stretch."""
    for region in regions:
        if min(end, region.end) - max(start, region.start) > (end - start) / 2:
            return region.kind
    return None


def _segments(text: str, start: int, end: int, entities: list[Entity]) -> Iterator[Segment]:
    cuts = {start, end} | {min(max(edge, start), end) for entity in entities for edge in entity.span}
    for first, last in pairwise(sorted(cuts)):
        over = sorted((each for each in entities if each.start < last and first < each.end), key=_length)
        opens = any(max(each.start, start) == first for each in over)
        yield Segment(text[first:last], tuple(over), opens)


def _length(entity: Entity) -> int:
    return entity.end - entity.start
