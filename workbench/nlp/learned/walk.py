"""Sentence by sentence through an article: its scenes, and the candidates in each."""

from collections import Counter
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass, replace

from workbench.nlp import hearing
from workbench.nlp.learned.candidates import OPEN, Carrier, Party, Setting, carriers, parties
from workbench.nlp.learned.features import Sides, View, of_pair
from workbench.nlp.lexicon import Lexicon, is_type
from workbench.nlp.mentions import debris
from workbench.nlp.scene import Memory, Scene
from workbench.nlp.tree import Doc

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
    """Yield the sentences with contribution words and parties, leaving out questions, boilerplate and credits."""
    titles = [(start, end) for start, end, kind in debris(doc) if kind == "headline"]
    told = [_afresh(each) for each in hearing.scenes(doc, lexicon) if each.asked < 0]
    setting = Setting(_usual(told), long=len(doc) > _SHORT)
    for scene in told:
        setting = replace(setting, headline=hearing.within(scene.sentence, titles), parties=[])
        if found := carriers(scene, setting):
            setting.parties = parties(scene)
            if setting.parties:
                yield scene, setting, found
        named = _types(scene)
        setting = replace(setting, previous=named[-1] if named else setting.previous)


def _afresh(known: Scene) -> Scene:
    """Return a sentence with what is known of its words, but nothing to remember."""
    scene = copy(known)
    scene.memory = Memory()
    return scene


def _usual(told: list[Scene]) -> str:
    """Return the type that an article speaks of most."""
    found = Counter(label for scene in told for label in _types(scene))
    return min(found, key=lambda label: (-found[label], label)) if found else OPEN


def _types(scene: Scene) -> list[str]:
    return [hit.label for hit in scene.things.values() if is_type(hit.label) and hit.label != OPEN]


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
