"""An article as sentences of tokens, for the formats that know nothing smaller."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from workbench.core import text as texts
from workbench.core.annotation import Document, Entity


class Token(NamedTuple):
    """A token, where it stands, the entity that it lies in and whether it begins it."""

    text: str
    start: int
    end: int
    entity: Entity | None
    first: bool


def pieces(text: str, entities: Sequence[Entity]) -> list[tuple[int, int]]:
    """Cut the text into tokens, and those again where an entity begins or ends inside one."""
    cuts = sorted({place for each in entities for place in (each.start, each.end)})
    found = []
    for start, end in texts.tokens(text):
        inside = cuts[bisect_right(cuts, start) : bisect_right(cuts, end - 1)]
        found += list(pairwise([start, *inside, end]))
    return found


def sentences(document: Document, entities: Sequence[Entity]) -> Iterator[list[Token]]:
    """Yield the sentences; one that an entity crosses is joined to the next. The entities must not overlap."""
    ends = [end for _, end in document.sentences or texts.sentences(document.text)]
    waiting = iter(entities)
    entity = next(waiting, None)
    sentence: list[Token] = []
    last: Entity | None = None
    for start, end in pieces(document.text, entities):
        while entity and entity.end <= start:
            entity = next(waiting, None)
        inside = entity if entity and entity.start <= start else None
        if (
            sentence
            and bisect_right(ends, sentence[-1].start) != bisect_right(ends, start)
            and (not inside or inside is not last)
        ):
            yield sentence
            sentence = []
        sentence.append(Token(document.text[start:end], start, end, inside, inside is not None and inside is not last))
        last = inside
    if sentence:
        yield sentence
