"""Sentence by sentence through an article: its scenes, and the candidates in each."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span

from workbench.nlp.attribution import quotes
from workbench.nlp.learned.candidates import OPEN, Carrier, Party, Setting, carriers, parties
from workbench.nlp.learned.features import Sides, View, of_pair
from workbench.nlp.lexicon import Lexicon, is_type
from workbench.nlp.mentions import debris, text_of
from workbench.nlp.scene import Scene

_SILENT = frozenset({"boilerplate", "credit"})
_MARKS = re.compile('[“„«"]')
_HOPELESS = -2.0
"""Log odds of a word below which no party makes it a contribution."""

_SHORT = 200
"""Tokens of a passage; longer texts are articles, which say more in passing."""

_NAMED = frozenset({"noun", "name", "own", "modified"})


@dataclass(slots=True)
class Candidate:
    """A contribution word with a party, what a model sees of both, and the log odds that they belong together."""

    scene: Scene
    setting: Setting
    it: Carrier
    party: Party
    about: list[str]
    pair: list[str]
    odds: float = 0.0

    @property
    def seen(self) -> list[str]:
        """Return everything that a model sees."""
        return self.about + self.pair


def scenes(doc: Doc, lexicon: Lexicon) -> Iterator[tuple[Scene, Setting, list[Carrier]]]:
    """Yield the sentences with contribution words and parties, leaving out boilerplate and credits."""
    said = quotes(doc) if _MARKS.search(text_of(doc)) else []
    silent = [(start, end) for start, end, kind in debris(doc) if kind in _SILENT]
    titles = [(start, end) for start, end, kind in debris(doc) if kind == "headline"]
    triggers = {doc.vocab.strings[word] for word in lexicon.triggers}
    heard = (each for each in doc.sents if any(token.lemma in triggers or token.lower in triggers for token in each))
    told = [Scene(each, doc._.cast, lexicon, said) for each in heard if not _within(each, silent)]
    setting = Setting(_usual(told), long=len(doc) > _SHORT)
    for scene in told:
        setting = replace(setting, headline=_within(scene.sentence, titles), parties=[])
        if found := carriers(scene, setting):
            setting.parties = parties(scene)
            if setting.parties:
                yield scene, setting, found
        named = _types(scene)
        setting = replace(setting, previous=named[-1] if named else setting.previous)


def _usual(told: list[Scene]) -> str:
    """Return the type that an article speaks of most."""
    found = Counter(label for scene in told for label in _types(scene))
    return min(found, key=lambda label: (-found[label], label)) if found else OPEN


def _types(scene: Scene) -> list[str]:
    return [hit.label for hit in scene.things.values() if is_type(hit.label) and hit.label != OPEN]


def _within(sentence: Span, stretches: list[tuple[int, int]]) -> bool:
    return any(start < sentence.end_char and sentence.start_char < end for start, end in stretches)


def candidates(
    scene: Scene, setting: Setting, found: list[Carrier], worth: Callable[[list[str]], float] | None = None
) -> Iterator[Candidate]:
    """Yield each contribution word with each party; parties in a coordination look alike.

    With ``worth``, words that it rates as hopeless are left out, and it rates the others.
    """
    types = {each.label for each in found if each.source in _NAMED}
    view = View(scene, setting, types)
    first = {each.token.i: each for each in setting.parties}
    for it in found:
        about = view.of_carrier(it)
        odds = worth(about) if worth is not None else 0.0
        if odds < _HOPELESS:
            continue
        pairs: dict[int, tuple[list[str], float]] = {}
        sides = Sides(view, it)
        for party in setting.parties:
            base = first.get(party.base.i, party)
            if party.token == it.token:
                continue
            if base.token.i not in pairs:
                pair = of_pair(sides, base)
                pairs[base.token.i] = pair, odds + (worth(pair) if worth is not None else 0.0)
            yield Candidate(scene, setting, it, party, about, *pairs[base.token.i])
