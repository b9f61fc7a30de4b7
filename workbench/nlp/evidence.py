"""Where a frame's evidence starts and ends."""

from collections.abc import Iterable
from typing import Final

from workbench.nlp.clauses import np_end
from workbench.nlp.conditions import Range
from workbench.nlp.scene import Scene
from workbench.nlp.tree import Token

_BREAKS: Final = frozenset({";", ":", "—", "–"})


def evidence(scene: Scene, tokens: Iterable[Token], things: Iterable[Token], drop: Iterable[Range | None]) -> Range:
    """Return the shortest stretch with all tokens and the phrases of what is given, edges trimmed."""
    places = [each.i for each in tokens]
    start, end = min(places), max(places) + 1
    for each in things:
        start, end = min(start, _np_first(scene, each)), max(end, _np_last(scene, each))
    start = max(start, scene.opening) if scene.opening < end else start
    for cut in drop:
        if cut is not None and start < cut[0] < end <= cut[1] + 1:
            end = cut[0]
        if cut is not None and cut[0] <= start < cut[1] < end:
            start = cut[1]
    return trimmed(scene, start, end)


def _np_last(scene: Scene, noun: Token) -> int:
    """Return where a noun phrase ends: with the whole of a sum, before a dash or semicolon."""
    end = np_end(noun)
    mention = scene.cast.at(noun)
    while mention is not None and end < len(scene.doc) and scene.doc[end].idx < mention.end:
        end += 1
    return next((i for i in range(noun.i + 1, end) if scene.doc[i].text in _BREAKS), end)


def _np_first(scene: Scene, noun: Token) -> int:
    edges = (each.left_edge.i for each in noun.lefts if each.dep_ not in {"punct", "cc", "prep", "advmod"})
    start = min([noun.i, *edges])
    return next((i + 1 for i in range(noun.i - 1, start - 1, -1) if scene.doc[i].text in _BREAKS), start)


def trimmed(scene: Scene, start: int, end: int) -> Range:
    """Take punctuation, white space and conjunctions off both edges; an open quotation keeps its mark."""
    doc = scene.doc
    while start < end - 1 and (
        doc[start].is_space or (doc[start].is_punct and doc[start].text not in '“"‘(') or doc[start].dep_ == "cc"
    ):
        start += 1
    while end - 1 > start and (
        doc[end - 1].is_space
        or (doc[end - 1].is_punct and doc[end - 1].text not in '”"’)')
        or doc[end - 1].dep_ == "cc"
    ):
        end -= 1
    if doc[start].text in '“"' and not any(doc[i].text in '”"' for i in range(start + 1, end)):
        start += 1
    if (
        end < len(doc)
        and doc[end].text in '”"'
        and doc[end].text
        and sum(doc[i].text in '“”"' for i in range(start, end)) % 2
    ):
        end += 1
    return start, end
