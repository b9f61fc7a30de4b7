"""The sentences of an article that are worth reading: those with a cue, outside boilerplate and credits."""

from itertools import accumulate
from typing import Final

from spacy.attrs import LEMMA, LOWER
from spacy.tokens import Doc, Span

from workbench.nlp.attribution import quotes
from workbench.nlp.lexicon import Lexicon
from workbench.nlp.mentions import debris
from workbench.nlp.scene import Memory, Scene

_SILENT: Final = frozenset({"boilerplate", "credit"})


def scenes(doc: Doc, lexicon: Lexicon) -> list[Scene]:
    """List the sentences that hold a cue; what is found out about their words is shared by all who ask."""
    if "scenes" not in doc.user_hooks:
        doc.user_hooks["scenes"] = _scenes(doc, lexicon)
    return list(doc.user_hooks["scenes"])


def _scenes(doc: Doc, lexicon: Lexicon) -> list[Scene]:
    said, memory = quotes(doc), Memory()
    silent = [(start, end) for start, end, kind in debris(doc) if kind in _SILENT]
    keys = lexicon.keys
    hits = (lemma in keys or lower in keys for lemma, lower in doc.to_array([LEMMA, LOWER]).tolist())
    until = [0, *accumulate(hits)]
    heard = (each for each in doc.sents if until[each.end] > until[each.start] and not within(each, silent))
    return [Scene(each, doc._.cast, lexicon, said, memory) for each in heard]


def within(sentence: Span, stretches: list[tuple[int, int]]) -> bool:
    """Say whether a sentence touches one of the stretches of text."""
    return any(start < sentence.end_char and sentence.start_char < end for start, end in stretches)
