"""Very long articles: cut at paragraphs for the parser, put together again afterwards."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from workbench.core.annotation import Entity, Frame, Layer, Object, Region, Span, layer_of
from workbench.core.text import paragraphs, sentences

LONGEST: Final = 100_000
"""Characters that the parser reads at a time; the memory that it needs grows with them.

An article longer than that is read in parts, and names are only resolved within each part.
"""


def parts(text: str) -> list[tuple[int, int]]:
    """Cut a text into stretches that the parser can read; nearly always into one."""
    found, start, last = [], 0, 0
    for place in [*_places(text), len(text)] if len(text) > LONGEST else ():
        if place - start > LONGEST:
            found.append((start, last))
            start = last
        last = place
    return [*found, (start, len(text))]


def _places(text: str) -> Iterator[int]:
    """Yield where a cut does least harm: at a paragraph, in a long one at a sentence, in a long one anywhere."""
    for start, end in paragraphs(text):
        yield start
        if end - start > LONGEST // 2:
            for first, last in sentences(text[start:end]):
                yield from range(start + first, start + last, LONGEST)


def within(regions: Iterable[Region], start: int, end: int) -> list[list[int | str]]:
    """List the regions of a part by its own offsets."""
    return [
        [max(region.start, start) - start, min(region.end, end) - start, region.kind]
        for region in regions
        if region.start < end and start < region.end
    ]


def join(author: str, read: Iterable[tuple[int, Layer]]) -> Layer:
    """Put the layers of consecutive parts into one, with new numbers."""
    found: list[Object] = []
    counts: Counter[str] = Counter()
    for offset, layer in read:
        for item in layer.objects:
            counts[item.kind] += 1
            found.append(_moved(item, offset, f"{item.kind[0]}{counts[item.kind]}"))
    return layer_of(author, found)


def _moved(item: Object, offset: int, identity: str) -> Object:
    if isinstance(item, Entity):
        return replace(item, id=identity, start=item.start + offset, end=item.end + offset)
    slots = {
        name: Span(value.start + offset, value.end + offset) if isinstance(value, Span) else value
        for name, value in item.slots.items()
    }
    return Frame(item.kind, identity, slots, item.ids, item.by)
