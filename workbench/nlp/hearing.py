"""The sentences of an article that are worth reading: those with a cue, outside boilerplate and credits."""

from itertools import accumulate
from typing import Final

from workbench.nlp.attribution import quotes
from workbench.nlp.ellipses import BARE
from workbench.nlp.lexicon import Lexicon
from workbench.nlp.mentions import debris
from workbench.nlp.scene import Memory, Scene
from workbench.nlp.tree import Doc, Span

_SHORT: Final = 16
_SILENT: Final = frozenset({"boilerplate", "credit"})


def scenes(doc: Doc, lexicon: Lexicon) -> list[Scene]:
    """List the sentences that hold a cue; what is found out about their words is shared by all who ask."""
    if "scenes" not in doc.user_hooks:
        doc.user_hooks["scenes"] = _scenes(doc, lexicon)
    return list(doc.user_hooks["scenes"])


def _scenes(doc: Doc, lexicon: Lexicon) -> list[Scene]:
    said, memory = quotes(doc), Memory()
    silent = [(start, end) for start, end, kind in debris(doc) if kind in _SILENT]
    words = lexicon.triggers
    hits = (each.lemma_ in words or each.lower_ in words for each in doc)
    until = [0, *accumulate(hits)]
    heard = (
        each
        for each in doc.sents
        if (until[each.end] > until[each.start] or (len(each) < _SHORT and _elliptic(each)))
        and not within(each, silent)
    )
    return [Scene(each, doc._.cast, lexicon, said, memory) for each in heard]


def _elliptic(sentence: Span) -> bool:
    """Say whether a sentence may leave its verb to what was said before: *Portugal may*."""
    return any(each.lower_ in BARE for each in sentence)


def within(sentence: Span, stretches: list[tuple[int, int]]) -> bool:
    """Say whether a sentence touches one of the stretches of text."""
    return any(start < sentence.end_char and sentence.start_char < end for start, end in stretches)
