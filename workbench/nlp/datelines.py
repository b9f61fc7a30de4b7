"""Datelines: *ATHENS, April 27 (Wire) - Greece …*, *Istanbul, Türkiye – Norway …*."""

import re
from typing import Final

from workbench.nlp.actors import Cast
from workbench.nlp.tree import Span, Token

DATELINE: Final = re.compile(
    r"(?:(?<![^\n])[A-ZÀ-Þ]|(?<=[A-Z]/)[A-Z])[\w’'. -]{2,30}(?:/[A-Z ]{3,30}){0,2}"
    r"(?:, [\w. ]{2,24})?(?: ?\([^)\n]{2,30}\))? ?(?:--|[-–—]) "
)
_DASHES: Final = frozenset({"-", "–", "—"})
_REACH: Final = 24


def opening(sentence: Span, cast: Cast) -> int:
    """Return the index of the first word after a dateline, of the sentence where there is none."""
    first = next((token for token in sentence if not token.is_space), None)
    if first is None:
        return sentence.start
    if not first.is_upper or len(first) < 3:
        return _after_town(sentence, first, cast)
    for token in sentence[:_REACH]:
        if token.text in _DASHES and token.i > first.i and sentence.doc[token.i - 1].whitespace_ and token.whitespace_:
            return token.i + 1
    return sentence.start


def _after_town(sentence: Span, first: Token, cast: Cast) -> int:
    """Return the index after a dateline that is not in capitals: *Nairobi, Kenya – Uganda will …*."""
    place = cast.at(first)
    town = place is not None and place.label == "GPE" and place.kind != "state"
    line = DATELINE.match(sentence.doc.text, first.idx) if town else None
    if line is None or not sentence.doc.text[line.end() : line.end() + 1].isupper():
        return sentence.start
    return next((each.i for each in sentence if each.idx >= line.end()), sentence.start)
