"""What a network is shown of a word beside its letters: cues and things by the lexicon, and how it is governed."""

from collections import defaultdict
from typing import Final

from workbench.nlp.clauses import carrier, mood, negation
from workbench.nlp.scene import Scene
from workbench.nlp.tree import Token

_LEVELS: Final = 5
"""How many words above one are looked at."""

_PREDICATES: Final = frozenset({"VERB", "AUX"})


def shown(scene: Scene, *, headline: bool) -> list[set[str]]:
    """Return what is told of each word of a sentence, and of the predicates above it."""
    own: dict[int, set[str]] = defaultdict(set)
    for token in scene.tokens:
        own[token.i] |= _predicate(scene, token)
    below = {token.i: _inherited(own, token) for token in scene.tokens}
    for letter, hits in (("T", scene.things.values()), ("G", scene.targets.values()), ("F", scene.fixed)):
        for hit in hits:
            for place in range(hit.first, hit.last + 1):
                own[place].add(f"{letter}:{hit.label}")
    return [own[token.i] | below[token.i] | _place(scene, token, headline) for token in scene.tokens]


def _predicate(scene: Scene, token: Token) -> set[str]:
    """Return cue classes, mood, negation and opening conjunction of a predicate."""
    kinds = scene.lexicon.classes(token)
    if not kinds and token.pos_ not in _PREDICATES:
        return set()
    verb = carrier(token)
    found = {f"C:{kind}" for kind in kinds} | {f"M:{mood(verb)}"}
    found |= {f"K:{each.lower_}" for each in verb.children if each.dep_ == "mark"}
    return found | {"N"} if negation(token) is not None else found


def _inherited(own: dict[int, set[str]], token: Token) -> set[str]:
    found: set[str] = set()
    for level in range(_LEVELS):
        if token.head is token:
            break
        token = token.head
        found |= {("A" if level else "B") + each for each in own[token.i]}
    return found


def _place(scene: Scene, token: Token, headline: bool) -> set[str]:
    found = {f"D:{token.dep_}", f"P:{token.pos_}"}
    if scene.quote(token) is not None:
        found.add("quoted")
    if scene.asks(token):
        found.add("asked")
    return found | {"headline"} if headline else found
