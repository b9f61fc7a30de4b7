"""What a predicate gives: the typed things among its arguments, and what has no word of its own."""

from typing import Final

from workbench.nlp.arguments import arguments, listed, phrasal, without
from workbench.nlp.clauses import child, members
from workbench.nlp.lexicon import is_type
from workbench.nlp.scene import Scene
from workbench.nlp.things import Thing, priced, typed
from workbench.nlp.tree import Token

_TOWARDS: Final = frozenset({"for", "on", "into"})
_BUYING: Final = frozenset({"buy", "purchase", "procure", "acquire"})
_COUNTED: Final = frozenset({"troops_ground", "air_support", "maritime", "police_civilian", "weapons_ammunition"})
_BOUGHT: Final = frozenset({"weapons_ammunition", "humanitarian_reconstruction"})
_PUTTING: Final = frozenset({"put", "send", "deploy", "dispatch", "commit"})
_BANDS: Final = frozenset({"team", "batch", "squad", "detachment", "instalment"})
_TEAMED: Final = frozenset({"police_civilian", "training", "humanitarian_reconstruction", "hq_command"})
_PULLOUTS: Final = frozenset({"pullout", "pull-out", "withdrawal", "drawdown"})
_REMAINING: Final = frozenset({"rest", "remainder", "lot", "more"})
_MATCHING: Final = frozenset({"match", "double", "triple", "treble", "quadruple", "repeat"})
_AGAIN: Final = frozenset({"that", "this", "it", "them", "figure", "number", "amount"})
_SHARE: Final = frozenset({"percent", "%", "cent"})
_WEALTH: Final = frozenset({"gdp", "gni", "output", "income", "product", "budget", "economy"})


def things(scene: Scene, verb: Token, kinds: frozenset[str]) -> list[Thing]:
    """List what a verb hands over, promises, asks for or withdraws; empty where it is no contribution."""
    found: dict[str, Thing] = {}
    for argument in (*arguments(verb, kinds), *phrasal(scene.lexicon, verb)):
        if found.keys() - {"unspecified"} and argument.dep_ == "pobj":
            break
        for each in (*members(argument), *listed(argument), *without(argument)):
            for thing in typed(scene, each):
                if thing.type == "elsewhere" and not found:
                    return []
                found.setdefault(thing.type, thing)
    if not found and (other := _counted(scene, verb, kinds)) is not None:
        found[other.type] = other
    if "financing" in found and not _BOUGHT & found.keys() and (bought := _bought(scene, verb)) is not None:
        found[bought.type] = bought
    if len(found) > 1:
        found.pop("unspecified", None)
    return [thing for thing in found.values() if is_type(thing.type)]


def _counted(scene: Scene, verb: Token, kinds: frozenset[str]) -> Thing | None:
    """Return what has no word of its own: a number alone, a company, a sum, *that*."""
    return (
        _people(scene, verb)
        or _number(scene, verb, kinds)
        or _unit(scene, verb, kinds)
        or _sum(scene, verb, kinds)
        or _same(scene, verb, kinds)
        or _band(scene, verb, kinds)
    )


def _people(scene: Scene, verb: Token) -> Thing | None:
    """Return the soldiers that somebody puts somewhere, by the name of their people: *will not send Spaniards*."""
    noun = child(verb, "dobj") if verb.lemma_ in _PUTTING else None
    mention = scene.cast.at(noun) if noun is not None and noun.lower_.endswith(("s", "men")) else None
    return (
        Thing("troops_ground", noun) if noun is not None and mention is not None and mention.label == "NORP" else None
    )


def _band(scene: Scene, verb: Token, kinds: frozenset[str]) -> Thing | None:
    """Return what a team or batch is of, which was last spoken of; a pullout is one of troops."""
    last = scene.memory.last if scene.memory.last in _TEAMED else None
    for each in arguments(verb, kinds):
        if each.lemma_ in _BANDS and last is not None:
            return Thing(last, each)
        if each.lemma_ in _PULLOUTS and "decide" in kinds:
            return Thing("troops_ground", each)
    return None


def _sum(scene: Scene, verb: Token, kinds: frozenset[str]) -> Thing | None:
    """Return the money that is a share of an economy or a package: *0.2 per cent of output*, *a $5 million package*."""
    for each in arguments(verb, kinds):
        near = {one.lemma_.lower() for one in each.subtree}
        if (near & _SHARE and near & _WEALTH) or priced(scene, each):
            return Thing("financing", each)
    return None


def _same(scene: Scene, verb: Token, kinds: frozenset[str]) -> Thing | None:
    """Return what was last spoken of, where a party gives as much or twice that: *matched that*."""
    noun = child(verb, "dobj") if verb.lemma_ in _MATCHING and "give" in kinds else None
    again = noun is not None and noun.lower_ in _AGAIN and scene.memory.last is not None
    return Thing(scene.memory.last or "", noun) if noun is not None and again else None


def _number(scene: Scene, verb: Token, kinds: frozenset[str]) -> Thing | None:
    """Return what a number alone counts, which was last spoken of: *pledged 2,400 of them*, *a further 450*."""
    number = child(verb, "dobj") if kinds & {"give", "commit", "offer"} else None
    if number is None or number.lower_ == "one" or (number.tag_ != "CD" and number.lower_ not in _REMAINING):
        return None
    named = (hit.label for hit in reversed(scene.things.values()) if hit.last < verb.i and hit.label in _COUNTED)
    last, mention = next(named, scene.memory.last), scene.cast.at(number)
    return Thing(last, number) if last in _COUNTED and (mention is None or mention.label == "QUANTITY") else None


def _unit(scene: Scene, verb: Token, kinds: frozenset[str]) -> Thing | None:
    """Return the company that is one of soldiers: *promised a company apiece*."""
    given = arguments(verb, kinds) if verb.lemma_ in scene.lexicon.group("fielding") else ()
    return next((Thing("troops_ground", each) for each in given if each.lemma_ == "company"), None)


def _bought(scene: Scene, verb: Token) -> Thing | None:
    """Return the arms or relief that money is for: *a loan to buy missiles*, *$60 million for field hospitals*."""
    for each in verb.subtree:
        found = child(each, "dobj") if each.lemma_ in _BUYING else None
        if each.lower_ in _TOWARDS and each.dep_ == "prep" and each.head in {verb, child(verb, "dobj")}:
            found = child(each, "pobj")
        if found is not None:
            for thing in typed(scene, found):
                if each.lemma_ in _BUYING and thing.type in {"maritime", "air_support"}:
                    return Thing("weapons_ammunition", thing.token)
                if thing.type in _BOUGHT:
                    return thing
    return None
