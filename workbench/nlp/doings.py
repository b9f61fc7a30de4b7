"""What a verb that contributes in itself stands for: train, fund, command, run, join, help."""

from typing import Final

from workbench.nlp.arguments import arguments
from workbench.nlp.clauses import child
from workbench.nlp.engagements import WATCHING, side, watched
from workbench.nlp.given import things
from workbench.nlp.lexicon import is_type
from workbench.nlp.scene import Scene
from workbench.nlp.things import Thing, joint, typed, venture
from workbench.nlp.tree import Token

_STAFF: Final = frozenset({"troops_ground", "police_civilian"})
_RUN: Final = frozenset({"facility", "fund"})
_DEFINITE: Final = frozenset({"the", "this", "that"})
_SHARES: Final = frozenset({"part", "more", "bit", "share", "weight", "role", "gap", "void", "hole"})
_GIVEN: Final = frozenset({"give"})
_HELPED: Final = frozenset({"state", "force", "group", "alliance", "region"})


def itself(scene: Scene, verb: Token, kinds: frozenset[str]) -> list[Thing]:
    """List what a verb that contributes in itself stands for: train, fund, command, join."""
    own = scene.lexicon.own.get(verb.lemma_.lower(), "unspecified")
    if own == "unspecified":
        return _unspecified(scene, verb, kinds)
    objects = list(arguments(verb, _GIVEN))
    if own == "hq_command":
        return _commanded(scene, verb)
    if own == "logistics" and verb.lemma_ in {"host", "house"}:
        hosted = things(scene, verb, _GIVEN)
        return [Thing("hq_command" if each.type == "hq_command" else own, each.token) for each in hosted[:1]]
    if verb.lemma_ in WATCHING:
        return watched(verb)
    if own == "training":
        return [Thing(own, objects[0])] if objects else []
    if own == "financing":
        return _paid(scene, verb, kinds)
    return [Thing(own, next(iter(arguments(verb, kinds)), verb))]


def _commanded(scene: Scene, verb: Token) -> list[Thing]:
    """List the undertaking that a party leads, or runs where that is not only to keep something going."""
    objects = list(arguments(verb, _GIVEN))[:1]
    if verb.lemma_ != "run":
        return [Thing("hq_command", each) for each in objects if venture(scene, each) or _headquarters(scene, each)]
    whole = [each for each in objects if each.dep_ != "pobj" and any(one.lower_ in _DEFINITE for one in each.lefts)]
    led = (each for each in whole if venture(scene, each, narrow=True) or each.lemma_ in _RUN)
    return [Thing("hq_command", each) for each in led] or things(scene, verb, _GIVEN)


def _headquarters(scene: Scene, noun: Token) -> bool:
    return any(thing.type == "hq_command" for thing in typed(scene, noun))


def _paid(scene: Scene, verb: Token, kinds: frozenset[str]) -> list[Thing]:
    """List what paying amounts to: money, and arms where it buys them."""
    given = [thing for thing in things(scene, verb, kinds) if thing.type in {"financing", "weapons_ammunition"}]
    money = [thing for thing in given if thing.type == "financing"]
    if verb.lemma_ in scene.lexicon.group("spending"):
        paid_for = next((each for each in verb.children if each.dep_ == "prep" and each.lower_ == "for"), None)
        staff = child(verb, "dobj") if verb.lemma_ == "pay" and not money else None
        if staff is not None and any(each.type in _STAFF for each in typed(scene, staff)):
            return [Thing("financing", staff)]
        if not money and (verb.lemma_ != "pay" or paid_for is None):
            return []
        bought = child(paid_for, "pobj") if paid_for is not None else None
        counted = bought is not None and child(bought, "nummod") is not None
        arms = (
            [each for each in typed(scene, bought) if each.type == "weapons_ammunition"] if bought and counted else []
        )
        return money or [Thing("financing", bought or verb), *arms] if paid_for is not None else money
    arms = [thing for thing in given if thing.type == "weapons_ammunition"]
    paid = money or given or [Thing("", next(iter(arguments(verb, kinds)), verb))]
    return [Thing("financing", paid[0].token), *arms]


def _unspecified(scene: Scene, verb: Token, kinds: frozenset[str]) -> list[Thing]:
    """List what *contribute, join, help, support* amount to."""
    objects = list(arguments(verb, kinds))
    given = things(scene, verb, kinds)
    objects += [
        found
        for each in verb.children
        if each.dep_ in {"prep", "dative"} and each.lower_ == "to" and (found := child(each, "pobj"))
    ]
    parts = [each for noun in objects for each in noun.children if each.lower_ == "in"]
    objects += [found for each in parts if (found := child(each, "pobj"))]
    if any((hit := scene.things.get(each.i)) is not None and hit.label == "elsewhere" for each in objects):
        return []
    helping = verb.lemma_ in scene.lexicon.group("helping")
    if verb.lemma_ == "join" and (lent := _lent(scene, verb)):
        return lent
    if given and not helping:
        return [side(scene, each.token) if _among(scene, each.token) else each for each in given]
    if verb.lemma_ == "join" and not objects and verb.dep_ in {"pcomp", "xcomp"}:
        return [Thing("unspecified", verb)]
    if verb.lemma_ == "join":
        return [side(scene, each) for each in objects[:1] if venture(scene, each)]
    helped = [each for each in objects if venture(scene, each, narrow=helping) or is_party(scene, each)]
    if helping and (lent := _lent(scene, verb)):
        return lent
    if helping:
        aided = given if verb.lemma_ in {"reinforce", "bolster", "shield", "secure"} else ()
        return [Thing("unspecified", each) for each in [*helped, *(thing.token for thing in aided)][:1]]
    direct = [each for each in objects if each.dep_ == "dobj" and each.head == verb]
    others = [each for each in direct if each not in helped and each.lemma_ not in _SHARES]
    return [] if others else [side(scene, helped[0]) if helped else Thing("unspecified", verb)]


def _among(scene: Scene, noun: Token) -> bool:
    """Say whether what is named is the undertaking that a party is part of: *take part in the force*."""
    return noun.dep_ == "pobj" and noun.head.lower_ in {"in", "to"} and joint(scene, noun)


def _lent(scene: Scene, verb: Token) -> list[Thing]:
    """List what somebody helps with: *reinforce the mission with 300 soldiers*."""
    withs = [each for each in verb.children if each.dep_ == "prep" and each.lower_ == "with"]
    cargo = [found for each in withs if (found := child(each, "pobj")) is not None]
    return [thing for each in cargo for thing in typed(scene, each) if is_type(thing.type)]


def is_party(scene: Scene, token: Token) -> bool:
    """Say whether a noun means a state, a force or another party that can be helped."""
    mention = scene.cast.resolve(token)
    return mention is not None and mention.kind in _HELPED
