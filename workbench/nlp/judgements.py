"""Judgements: praise, criticism, support and reserve, told by verbs, adjectives and nouns."""

from collections.abc import Iterator
from typing import Final

from workbench.core.scheme import Pairs
from workbench.nlp.clauses import carrier, child, mood, negation, subject
from workbench.nlp.naming import called
from workbench.nlp.positions import held, holder_of, targets
from workbench.nlp.scene import Scene
from workbench.nlp.stances import Position
from workbench.nlp.targets import Target
from workbench.nlp.things import typed
from workbench.nlp.tree import Token
from workbench.nlp.verdicts import CERTAIN, predicative

_PREPOSITIONS: Final = frozenset(
    {"to", "for", "of", "on", "about", "with", "against", "behind", "by", "in", "at", "from"}
)
_ASSERTING: Final = frozenset({
    "continue", "begin", "keep", "want", "threaten", "vow", "promise", "pledge", "agree", "prepare", "plan", "decide",
    "rush", "move", "choose", "join", "quick", "swift", "happy", "glad", "pleased", "proud",
})  # fmt: skip
_AWAY: Final = frozenset({"out", "gone", "off", "away", "home", "withdrawn", "removed", "expelled"})
_TURNED_TO: Final = frozenset({"back", "weight", "doubt", "scorn"})
_CREDITING: Final = frozenset({
    "thank", "praise", "commend", "applaud", "congratulate", "laud", "credit", "criticise", "criticize", "condemn",
    "blame", "slam", "attack", "fault", "chide",
})  # fmt: skip
_ADDRESSING, _TO = frozenset({"call", "appeal", "plead"}), frozenset({"on", "to", "with"})
_VAGUE: Final = ("craving", "pleading", "voicing", "tolerating", "wishing", "weighing", "responding")
"""Groups of verbs that judge nothing by what they say of an image."""

_DOUBTING: Final = frozenset({"doubt", "question", "dispute", "query"})
_WEIGHABLE: Final = frozenset({"peace_process", "alliance_membership", "concessions", "coalition", "burden_sharing"})


def judgements(scene: Scene, pairs: Pairs) -> Iterator[Position]:
    """Yield the stances of a sentence that stand in words of judgement."""
    for token in scene.tokens:
        if token.pos_ not in {"VERB", "ADJ", "NOUN"} or scene.asks(token):
            continue
        if token.pos_ == "VERB":
            calling = list(called(scene, token, pairs)) if token.lemma_ in scene.lexicon.group("naming") else []
            names = token.lemma_ == "call" and child(token, "dobj") is not None
            yield from calling if calling or names else _verbal(scene, token, pairs)
            yield from _mutual(scene, token)
        elif token.dep_ in {"acomp", "attr", "dobj", "pobj", "oprd"}:
            yield from predicative(scene, token, pairs)


def _verbal(scene: Scene, verb: Token, pairs: Pairs) -> Iterator[Position]:
    """Yield what a verb of judgement says: X welcomed Y, Y was condemned by X."""
    polarities = scene.lexicon.judges(verb)
    weighs = verb.lemma_ in scene.lexicon.group("weighing")
    if not polarities and verb.lemma_ != "abstain" and not (weighs and verb.tag_ not in {"VBZ", "VBP"}):
        return
    negated = negation(verb) is not None
    turned = _turned(verb, negated=negated)
    neither = next((each for each in (verb, verb.head) for other in each.children if other.lower_ == "neither"), None)
    if turned is None or (neither is not None and neither != verb):
        return
    granted = verb.lemma_ == "accept" and mood(verb) in {"will", "would"}
    if not negated and not turned and not granted and verb.lemma_ in scene.lexicon.group("tolerating"):
        return
    polarity = "undecided" if weighs else "neutral" if verb.lemma_ == "abstain" else min(polarities)
    if neither is not None:
        polarity = "neutral" if child(verb, "conj") is not None else "opposes"
    elif turned != negated:
        if polarity != "supports":
            return
        polarity = "opposes"
    agent, passive = child(verb, "agent"), child(verb, "nsubjpass")
    if passive is None and agent is not None:
        passive = (child(verb.head, "nsubjpass") if verb.dep_ == "conj" else None) or _participle(verb)
    holder = (child(agent, "pobj") if agent is not None else _source(verb)) if passive is not None else holder_of(verb)
    if (gone := unwanted(verb)) is not None:
        polarity, passive = "opposes", gone
    for noun in [passive] if passive is not None else [*_merits(verb), *_objects(verb)]:
        deeper = noun.head.tag_ == "VB" and noun.head != verb and noun.dep_ != "nsubj"
        limits = _WEIGHABLE if weighs else _WEIGHABLE - {"coalition"} if deeper else None
        found = [each for each in targets(scene, noun, verb, pairs) if limits is None or each.name in limits]
        if not found and noun.dep_ == "pobj" and noun.head.lower_ == "for" and verb.lemma_ in _CREDITING:
            found = [Target(pairs.target.get(each.type, pairs.otherwise)) for each in typed(scene, noun)][:1]
        found = found or _implied(scene, noun, verb)
        for target in found:
            yield from held(scene, verb, holder, noun, target, polarity, [verb])
        if found:
            return


def _implied(scene: Scene, noun: Token, verb: Token) -> list[Target]:
    """Return what is judged by its owner or an image: *praised Fiji’s courage*, *denounced “a war by stealth”*."""
    if noun.dep_ != "dobj" or any(verb.lemma_ in scene.lexicon.group(name) for name in _VAGUE):
        return []
    whose = child(noun, "poss")
    mention = scene.cast.resolve(whose) if whose is not None else None
    if mention is not None and mention.actor and verb.lemma_ in _CREDITING:
        return [Target(f"actor:{mention.actor}")]
    quote = scene.quote(noun)
    opened = quote is not None and verb.i < quote.start and noun.left_edge.i <= quote.start and whose is None
    return [Target(scene.memory.judged or "coalition")] if opened else []


def _mutual(scene: Scene, verb: Token) -> Iterator[Position]:
    """Read *Ghana and Togo accused each other*: each of the two is against the other."""
    other, holder = child(verb, "dobj"), holder_of(verb)
    if other is None or other.lower_ != "other" or holder is None or not (judged := scene.lexicon.judges(verb)):
        return
    pair = [mention.actor for mention, _ in scene.parties(holder)]
    if len(pair) == 2 and any(each.lower_ == "each" for each in other.lefts):
        for actor in pair:
            yield from held(scene, verb, holder, other, Target(f"actor:{actor}"), min(judged), [verb])


def _merits(verb: Token) -> Iterator[Token]:
    """Yield what somebody is thanked or blamed for, which tells more than whom: *thanked Oslo for its jets*."""
    for each in verb.rights if verb.lemma_ in _CREDITING and child(verb, "dobj") is not None else ():
        if each.dep_ == "prep" and each.lower_ == "for" and (found := child(each, "pobj", "pcomp")) is not None:
            yield found


def unwanted(verb: Token) -> Token | None:
    """Return what somebody wants gone: *wants foreign troops out by May*."""
    if verb.lemma_ != "want":
        return None
    away = next((each for each in verb.subtree if each.lower_ in _AWAY and each.i > verb.i), None)
    noun = child(verb, "dobj") or (subject(away) if away is not None else None)
    return noun if away is not None and away.head in {verb, noun} and noun is not None and noun.i < away.i else None


def _participle(verb: Token) -> Token | None:
    """Return what a participle judges: *a proposal backed by Washington and opposed by Moscow*."""
    top = verb
    while top.dep_ == "conj" and top.head.pos_ == "VERB":
        top = top.head
    return top.head if top.dep_ in {"acl", "relcl"} else None


def _source(verb: Token) -> Token | None:
    """Return where a judgement comes from: *was welcomed in Beirut*."""
    place = next((each for each in verb.children if each.dep_ == "prep" and each.lower_ in {"in", "from"}), None)
    return child(place, "pobj") if place is not None else None


def _turned(verb: Token, *, negated: bool = False) -> bool | None:
    """Say whether what governs a verb turns its sense; None where it does not assert it."""
    how = mood(carrier(verb))
    if how in CERTAIN and not (negated and how in {"can", "could"}):
        return None
    if verb.dep_ == "xcomp":
        if verb.head.lemma_ in {"refuse", "decline"}:
            return True
        return False if verb.head.lemma_ in _ASSERTING else None
    alone = verb.dep_ in {"acl", "relcl"} and verb.head.dep_ == "attr"
    if alone and any(each.lower_ in {"only", "first", "last", "latest"} for each in verb.head.lefts):
        return False
    if how == "bare" and verb.dep_ not in {"ROOT", "conj", "advcl", "pcomp", "acl"}:
        return None
    for each in verb.children:
        if (each.dep_ == "mark" and each.lower_ in {"if", "whether", "unless"}) or (
            each.dep_ == "aux" and each.lower_ == "to"
        ):
            return None
    return False


def _objects(verb: Token) -> Iterator[Token]:
    """Yield what a verb may judge; of *neither supports nor opposes it*, the shared object."""
    other = child(verb, "conj")
    shared = child(other, "dobj") if other is not None and child(verb, "dobj") is None else None
    for each in verb.children:
        if each.dep_ == "dobj" and each.tag_ == "WDT" and verb.dep_ == "relcl":
            yield verb.head
            continue
        found = child(each, "pobj", "pcomp") if each.dep_ == "prep" and each.lower_ in _PREPOSITIONS else None
        if found is not None and (found.lower_ == "part" or (verb.lemma_ in _ADDRESSING and each.lower_ in _TO)):
            continue
        if each.dep_ in {"xcomp", "ccomp"} and each.tag_ == "VB" and (aim := child(each, "dobj")) is not None:
            yield aim
        if each.dep_ == "xcomp" and each.lemma_ in {"return", "come", "get"}:
            yield from (aim for to in each.rights if to.lower_ == "to" and (aim := child(to, "pobj")) is not None)
        if each.dep_ == "ccomp" and verb.lemma_ in _DOUBTING and (topic := subject(each)) is not None:
            yield topic
        if each.dep_ in {"dobj", "attr"} or (each.dep_ in {"xcomp", "ccomp"} and each.tag_ == "VBG"):
            yield each
        elif found is not None:
            yield found
    if (idiom := child(verb, "dobj")) is not None and idiom.lemma_ in _TURNED_TO:
        yield from (found for on in idiom.rights if on.dep_ == "prep" and (found := child(on, "pobj")) is not None)
    if shared is not None and other is not None and subject(other) is None:
        yield shared
