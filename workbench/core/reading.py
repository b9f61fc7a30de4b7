"""An article laid out for reading: paragraphs cut into segments where spans begin and end."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from workbench.core import text as texts
from workbench.core.annotation import Entity, Frame, Layer, Region


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text with the same entities over it, innermost first; ``opens`` says that one begins here.

    ``frames`` holds the numbers of the frames whose evidence it is part of, ``starts`` of those whose begins here.
    """

    text: str
    entities: tuple[Entity, ...]
    opens: bool
    frames: tuple[int, ...] = ()
    starts: tuple[int, ...] = ()


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


@dataclass(frozen=True, slots=True)
class Passage:
    """Frames with the paragraph where their evidence begins, and those that follow it without any."""

    paragraphs: tuple[Paragraph, ...]
    frames: tuple[tuple[int, Frame], ...]


def paragraphs(text: str, regions: Iterable[Region], layer: Layer | None = None) -> Iterator[Paragraph]:
    """Lay a text out, with the entities of a layer and the evidence of its frames."""
    regions = list(regions)
    entities = sorted(layer.entities, key=lambda entity: entity.span) if layer else []
    frames = numbered(text, layer) if layer else ()
    for start, end in texts.paragraphs(text):
        inside = [entity for entity in entities if entity.start < end and start < entity.end]
        near = [(n, each) for n, each in frames if each.span.start < end and start < each.span.end]
        yield Paragraph(start, kind_of(start, end, regions), tuple(_segments(text, start, end, inside, near)))


def numbered(text: str, layer: Layer) -> tuple[tuple[int, Frame], ...]:
    """Number frames as the desk does: by paragraph, stances before commitments, then as they begin."""
    starts = [start for start, _ in texts.paragraphs(text)]

    def place(frame: Frame) -> tuple[int, bool, int, int, str]:
        start, end = frame.span
        return bisect_right(starts, start), frame.kind == "commitment", start, -end, frame.id

    return tuple(enumerate(sorted((*layer.stances, *layer.commitments), key=place), 1))


def passages(laid: Iterable[Paragraph], frames: Iterable[tuple[int, Frame]]) -> list[Passage]:
    """Put each frame beside the paragraph where its evidence begins."""
    beside = dict(frames)
    found: list[Passage] = []
    for paragraph in laid:
        begun = tuple((n, beside[n]) for n in sorted(n for segment in paragraph.segments for n in segment.starts))
        if begun or not found:
            found.append(Passage((paragraph,), begun))
        else:
            found[-1] = Passage((*found[-1].paragraphs, paragraph), found[-1].frames)
    return found


def kind_of(start: int, end: int, regions: Iterable[Region]) -> str | None:
    """Return the kind of the region that covers most of a stretch."""
    for region in regions:
        if min(end, region.end) - max(start, region.start) > (end - start) / 2:
            return region.kind
    return None


def _segments(
    text: str, start: int, end: int, entities: list[Entity], frames: list[tuple[int, Frame]]
) -> Iterator[Segment]:
    over: list[Entity | Frame] = [*entities, *(frame for _, frame in frames)]
    cuts = {start, end} | {min(max(edge, start), end) for each in over for edge in each.span}
    for first, last in pairwise(sorted(cuts)):
        covering = sorted((each for each in entities if each.start < last and first < each.end), key=_length)
        opens = any(max(each.start, start) == first for each in covering)
        evidence = tuple(n for n, each in frames if each.span.start < last and first < each.span.end)
        starts = tuple(n for n, each in frames if each.span.start == first)
        yield Segment(text[first:last], tuple(covering), opens, evidence, starts)


def _length(entity: Entity) -> int:
    return entity.end - entity.start
