"""An article as sentences of tokens, for the formats that know nothing smaller."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from workbench.core import text as texts
from workbench.core.annotation import Document, Span
from workbench.formats.units import UNITS, Mark, Units, size


def sentences(document: Document, spans: Iterable[Span]) -> Iterator[list[Span]]:
    """Yield the sentences as lists of tokens.

    Tokens are cut again where a span begins or ends inside one, and sentences that a span
    joins are one, so every span consists of whole tokens of one sentence.
    """
    spans = sorted(spans)
    ends = [end for _, end in document.sentences or texts.sentences(document.text)]
    joints = _joined(spans)
    starts = [span.start for span in joints]
    sentence: list[Span] = []
    for token in _pieces(document.text, spans):
        if sentence and bisect_right(ends, sentence[-1].start) != bisect_right(ends, token.start):
            joint = bisect_right(starts, sentence[-1].start) - 1
            if joint < 0 or joints[joint].end <= token.start:
                yield sentence
                sentence = []
        sentence.append(token)
    if sentence:
        yield sentence


def _pieces(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    cuts = sorted({place for span in spans for place in span})
    for start, end in texts.tokens(text):
        inside = cuts[bisect_right(cuts, start) : bisect_right(cuts, end - 1)]
        yield from (Span(*piece) for piece in pairwise([start, *inside, end]))


def _joined(spans: Sequence[Span]) -> list[Span]:
    """Merge spans that overlap; the spans come sorted."""
    found: list[Span] = []
    for span in spans:
        if found and span.start < found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


Piece = tuple[str, Mark]
"""A sentence and where its first token stands."""


def put_together(pieces: Sequence[Piece], marks: Sequence[Mark], told: str | None) -> tuple[str, Units]:
    """Return the text of sentences, and what offsets count: the unit under which every token is where it should be."""
    for unit in [told] if told else ("utf-16", *UNITS):
        text, units = _text(pieces, unit), Units(unit, "utf-16")
        if not any(place.moved for place in units.place(text, marks)[1]):
            return text, units
    return _text(pieces, told or "utf-16"), Units(told, "utf-16")


def _text(pieces: Sequence[Piece], unit: str) -> str:
    """Put sentences together, with as many signs between them as their first tokens' places ask for."""
    parts: list[str] = []
    length = 0
    for said, mark in pieces:
        gap = mark.start - length - size(said[: max(0, said.find(mark.quote or ""))], unit)
        parts += [(" " * (gap - 1) + "\n") * (gap > 0), said]
        length += max(0, gap) + size(said, unit)
    return "".join(parts)
