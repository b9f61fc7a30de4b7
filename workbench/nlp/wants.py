"""What a party wants, whoever gives it: *pleaded for helicopters*, *“Send the doctors”*, *wants the ship home*."""

from collections.abc import Iterator
from typing import Final

from workbench.core.scheme import Pairs
from workbench.nlp.clauses import child, members, mood, negation, subject
from workbench.nlp.contributions import contributed
from workbench.nlp.judgements import unwanted
from workbench.nlp.lexicon import is_type
from workbench.nlp.positions import held, holder_of
from workbench.nlp.scene import Scene
from workbench.nlp.stances import Position
from workbench.nlp.targets import Target, target_of
from workbench.nlp.things import typed
from workbench.nlp.tree import Token

_OWN: Final = frozenset({"its", "their", "our", "his", "her", "my"})
_DONE: Final = frozenset({"give", "move", "own", "aspect", "decide", "withdraw"})


def wants(scene: Scene, pairs: Pairs) -> Iterator[Position]:
    """Yield the stances of a sentence that are told by what somebody needs, seeks or tells others to do."""
    wishing = scene.lexicon.group("wishing")
    craving = scene.lexicon.group("craving") | scene.lexicon.group("pleading")
    for verb in scene.tokens:
        if verb.pos_ != "VERB" or scene.asks(verb):
            continue
        if verb.lemma_ in craving and negation(verb) is None:
            yield from _craved(scene, verb, pairs)
        if verb.lemma_ in wishing and negation(verb) is None:
            yield from _arranged(scene, verb, pairs)
        if verb.tag_ == "VB" and verb.dep_ in {"ROOT", "ccomp", "conj"} and mood(verb) == "bare":
            yield from _ordered(scene, verb, pairs)


def _craved(scene: Scene, verb: Token, pairs: Pairs) -> Iterator[Position]:
    """Read *needs ten batteries*, *is hoping for four battalions*, *pleaded for a bigger force*."""
    link = next((each for each in verb.rights if each.dep_ == "prep" and each.lower_ == "for"), None)
    bare = verb.lemma_ in scene.lexicon.group("craving")
    noun = child(verb, "dobj") if bare else child(link, "pobj") if link is not None else None
    holder = holder_of(verb)
    if noun is None or holder is None or unwanted(verb) is not None or mood(verb) in {"may", "could", "must", "can"}:
        return
    told = any(one.kind == "person" for one, _ in scene.parties(holder))
    if verb.lemma_ == "need" and (not told or mood(verb) == "will"):
        return
    for each in members(noun):
        if any(word.lower_ in _OWN for word in each.lefts):
            continue
        for target in _things(scene, each, pairs):
            yield from held(scene, verb, holder, each, target, "supports", [verb])


def _things(scene: Scene, noun: Token, pairs: Pairs) -> list[Target]:
    """List the target of a thing that can be contributed."""
    kinds = (each.type for each in typed(scene, noun))
    return [
        Target(pairs.target.get(kind, pairs.otherwise)) for kind in kinds if is_type(kind) and kind != "unspecified"
    ]


def _arranged(scene: Scene, verb: Token, pairs: Pairs) -> Iterator[Position]:
    """Read *wants the frigate brought home*, *demanded that every soldier be withdrawn*, *wants the force kept*."""
    clause = child(verb, "ccomp", "xcomp")
    noun = subject(clause) if clause is not None else None
    if clause is None or noun is None or noun.i < verb.i or clause.tag_ not in {"VBN", "VBD"}:
        return
    kinds = scene.lexicon.classes(clause)
    parted = any(each.lower_ in {":", "how", "whether", "why"} for each in scene.doc[verb.i : clause.i])
    if parted or mood(clause) in {"will", "would", "may", "could"} or not kinds & _DONE:
        return
    ends = "withdraw" in kinds or clause.lemma_ == "go"
    found = target_of(scene, noun, clause, pairs)
    for target in [found] if found is not None and ":" not in found.name else _things(scene, noun, pairs):
        yield from held(scene, verb, holder_of(verb), noun, target, "opposes" if ends else "supports", [verb, clause])


def _ordered(scene: Scene, verb: Token, pairs: Pairs) -> Iterator[Position]:
    """Read *“Send the doctors,”* and *“Bring our boys home,”* of whoever says so."""
    if scene.quote(verb) is None or subject(verb) is not None or any(each.dep_ == "aux" for each in verb.lefts):
        return
    kinds = scene.lexicon.classes(verb)
    ends = "withdraw" in kinds
    if not ends and "give" not in kinds:
        return
    for thing in contributed(scene, verb, kinds)[:1]:
        if is_type(thing.type) and thing.type != "unspecified":
            target = Target(pairs.target.get(thing.type, pairs.otherwise))
            polarity = "opposes" if ends != (negation(verb) is not None) else "supports"
            yield from held(scene, verb, thing.token, thing.token, target, polarity, [verb])
