"""What a predicate contributes: what it hands over, what it is in itself, or whose troops it moves."""

from typing import Final

from workbench.nlp.arguments import arguments
from workbench.nlp.clauses import child, controller, negation, owner, subject
from workbench.nlp.doings import is_party, itself
from workbench.nlp.engagements import engaged, left_open, side
from workbench.nlp.given import things
from workbench.nlp.movements import CARRIED, moved
from workbench.nlp.scene import Scene
from workbench.nlp.things import Thing, typed, venture
from workbench.nlp.tree import Token

_GIVEN: Final = frozenset({"give"})
_AT: Final = frozenset({"in", "on", "at", "off", "around"})
_THERE: Final = frozenset(
    {"area", "region", "island", "ground", "capital", "country", "sea", "station", "zone", "border"}
)
_LEAVING: Final = frozenset({"leave", "withdraw", "depart", "exit", "pull"})
_SINGLE: Final = frozenset({"maritime", "air_support"})
_CLUBS: Final = frozenset({"bloc", "group", "union", "alliance", "pact", "organisation", "deal", "plan", "programme"})
_HUMAN: Final = frozenset({"troops_ground", "police_civilian", "training", "hq_command", "unspecified"})
_ANY: Final = frozenset({"nothing", "anything", "anyone", "anybody"})
_SENDING: Final = frozenset(
    {"spare", "send", "provide", "contribute", "deploy", "supply", "donate", "commit", "give", "offer"}
)


def contributed(scene: Scene, verb: Token, kinds: frozenset[str]) -> list[Thing]:
    """List what a verb contributes: its typed objects, or itself where it says so alone."""
    if verb.pos_ == "NOUN":
        return _nominal(scene, verb, kinds)
    gerund = verb.tag_ == "VBG" and (verb.dep_ in {"compound", "pobj", "amod", "nsubj"} or child(verb, "compound"))
    if gerund or _elsewise(verb):
        return []
    inner = [
        each
        for each in verb.children
        if each.dep_ in {"xcomp", "ccomp"} and scene.lexicon.classes(each) & {"give", "own"}
    ]
    if lets(scene, verb) and verb.lemma_ != "use":
        return _passing(scene, verb)
    plain = scene.lexicon.own.get(verb.lemma_.lower(), "unspecified") in {"unspecified", "maritime", "police_civilian"}
    loaded = things(scene, verb, _GIVEN) if "move" in kinds and "give" in kinds else []
    if loaded and verb.lemma_ in scene.lexicon.group("carrying"):
        return loaded
    if (engagement := engaged(scene, verb)) is not None:
        return [engagement]
    if kinds & {"move", "own"} and plain and (gone := moved(scene, verb, kinds)):
        return gone
    if kinds <= {"move"}:
        return []
    if verb.lemma_ == "have":
        return _present(scene, verb)
    if "own" not in kinds:
        governs = inner and "give" not in kinds and child(verb, "dobj") is None
        given = [] if governs else things(scene, verb, kinds - {"move"})
        given = given or _prolonged(scene, verb) or _shunned(scene, verb, kinds) or _nothing(scene, verb)
        return _teaching(given, verb) or (_left(scene, verb, kinds) if "withdraw" in kinds else [])
    loaded = things(scene, verb, frozenset()) if verb.lemma_ == "contribute" else []
    if not loaded and any(contributed(scene, each, scene.lexicon.classes(each)) for each in inner):
        return []
    return itself(scene, verb, kinds)


def lets(scene: Scene, verb: Token) -> bool:
    """Say whether it is what somebody lets others do: use a road, refuel, land, pass."""
    who = child(verb, "nsubj")
    inner = verb.lemma_ in scene.lexicon.group("passage") and verb.dep_ in {"ccomp", "xcomp"}
    inner = inner and (who is None or verb.lemma_ == "use" or child(who, "poss") is None)
    return inner and "allow" in scene.lexicon.classes(verb.head)


def _passing(scene: Scene, verb: Token) -> list[Thing]:
    """Return what letting others through or onto one's ground amounts to: relief where it is that, else logistics."""
    who = child(verb, "nsubj")
    given = [thing for thing in typed(scene, who) if thing.type not in {"elsewhere", "unspecified"}] if who else []
    relief = any(thing.type == "humanitarian_reconstruction" for thing in given)
    return [Thing("humanitarian_reconstruction" if relief else "logistics", each.token) for each in given[:1]]


def _elsewise(verb: Token) -> bool:
    """Say whether somebody is left in a plight or stopped from doing something, or only stands ready to act."""
    if verb.lemma_ == "stand":
        return child(verb, "acomp") is not None
    if verb.lemma_ == "leave":
        return child(verb, "dobj") is not None and child(verb, "oprd", "acomp") is not None
    return verb.lemma_ == "stop" and any(each.dep_ == "prep" and each.lower_ == "from" for each in verb.rights)


def _present(scene: Scene, verb: Token) -> list[Thing]:
    """List the troops that a party has somewhere: *Ethiopia has 4,000 soldiers in Somalia*."""
    places = [each for each in verb.subtree if each.dep_ == "pobj" and each.head.lower_ in _AT]
    there = any(is_party(scene, each) or each.lower_ in _THERE or _place(scene, each) for each in places)
    given = [thing for thing in things(scene, verb, _GIVEN) if thing.type in CARRIED]
    counted = [thing for thing in given if child(thing.token, "nummod") is not None or _one(thing) or _few(thing.token)]
    who = subject(verb)
    whose = scene.cast.resolve(who) if who is not None else None
    fielding = whose is not None and whose.kind in {"force", "group"}
    return counted if there and verb.tag_ in {"VBZ", "VBP"} and not fielding else []


def _place(scene: Scene, noun: Token) -> bool:
    mention = scene.cast.at(noun)
    return mention is not None and mention.label in {"GPE", "LOC"}


def _few(noun: Token) -> bool:
    """Say whether it is *a handful of* somebody, or dozens."""
    return noun.head.dep_ == "prep" and noun.head.head.lemma_ in {"handful", "dozen", "hundred", "thousand", "number"}


def _one(thing: Thing) -> bool:
    return thing.type in _SINGLE and any(each.lower_ in {"a", "an"} for each in thing.token.lefts)


def _nothing(scene: Scene, verb: Token) -> list[Thing]:
    """Return what a party is said to give nothing of: *will not be sending anything*, *cannot spare anybody*."""
    noun, who = child(verb, "dobj"), controller(verb)
    if noun is None or noun.lower_ not in _ANY or verb.lemma_ not in _SENDING or who is None:
        return []
    denied = negation(verb) is not None and child(verb, "prt", "dative") is None
    label = left_open(scene, verb.i, who)
    human = noun.lower_.startswith("any") and noun.lower_ != "anything"
    return [Thing("troops_ground" if human and label not in _HUMAN else label, noun)] if denied else []


def _prolonged(scene: Scene, verb: Token) -> list[Thing]:
    """List one's own mission that a party extends: *will expand its operation*."""
    noun = child(verb, "dobj", "nsubjpass") if verb.lemma_ in scene.lexicon.group("raising") else None
    if noun is not None and venture(scene, noun, narrow=True) and (own := side(scene, noun)).type != "unspecified":
        return [own]
    if noun is None or child(noun, "poss") is None:
        return _launched(scene, verb)
    promised = bool(scene.lexicon.classes(noun) & {"commit", "offer"}) or noun.lemma_ == "contribution"
    promised = promised and verb.lemma_ != "renew"
    return [Thing("unspecified", noun)] if promised else [side(scene, noun)] if venture(scene, noun) else []


def _launched(scene: Scene, verb: Token) -> list[Thing]:
    """List the mission that a party sets up, where its words tell what it takes: *will launch a naval patrol*."""
    noun = child(verb, "dobj", "nsubjpass") if verb.lemma_ in scene.lexicon.group("launching") else None
    if noun is None or not venture(scene, noun, narrow=True):
        return []
    return [thing for thing in (side(scene, noun),) if thing.type != "unspecified"]


def _shunned(scene: Scene, verb: Token, kinds: frozenset[str]) -> list[Thing]:
    """List the mission that a party will have no part in: *snubbed the mission*, *stayed out of the coalition*."""
    if verb.lemma_ not in scene.lexicon.group("shunning") or "refuse" not in kinds:
        return []
    return [Thing("unspecified", each) for each in arguments(verb, kinds) if venture(scene, each, narrow=True)][:1]


def _left(scene: Scene, verb: Token, kinds: frozenset[str]) -> list[Thing]:
    """List the mission that a party leaves, or its own that it ends."""
    noun = child(verb, "dobj", "nsubjpass")
    going = verb.lemma_ in _LEAVING or any(each.lower_ == "home" for each in verb.rights)
    if going and (who := child(verb, "nsubj")) is not None and scene.cast.of(who) is None:
        return [thing for thing in typed(scene, who) if thing.type in CARRIED]
    if noun is not None and child(noun, "poss") is not None and venture(scene, noun, narrow=True):
        return [Thing("unspecified", noun)]
    if verb.lemma_ not in scene.lexicon.group("leaving"):
        return []
    left = [each for each in arguments(verb, kinds) if venture(scene, each) and each.lemma_ not in _CLUBS]
    return [Thing("unspecified", each) for each in left][:1]


def _teaching(given: list[Thing], verb: Token) -> list[Thing]:
    """Read people who are sent to train others as training."""
    people = [thing for thing in given if thing.type in {"troops_ground", "police_civilian", "unspecified"}]
    if not people:
        return given
    training = (each for each in verb.subtree if each.lemma_ == "train" and each.pos_ == "VERB")
    if all(child(each, "auxpass") is not None for each in training):
        return given
    return [Thing("training", people[0].token), *(thing for thing in given if thing not in people)]


def _nominal(scene: Scene, noun: Token, kinds: frozenset[str]) -> list[Thing]:
    """List what an offer, pledge or refusal is of."""
    if noun.dep_ == "compound" or owner(noun) is None:
        return []
    return things(scene, noun, kinds)
