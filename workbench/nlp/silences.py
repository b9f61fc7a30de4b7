"""Reserve towards what others plan: *has not said whether it would accept it*, *abstained*, *will not take sides*."""

from collections.abc import Iterator
from typing import Final

from workbench.core.scheme import Pairs
from workbench.nlp.clauses import carrier, child, governor, members, negation, subject
from workbench.nlp.contributions import contributed
from workbench.nlp.positions import held, holder_of, targets
from workbench.nlp.sayings import embedded
from workbench.nlp.scene import Scene
from workbench.nlp.stances import Position
from workbench.nlp.targets import Target
from workbench.nlp.tree import Token

_TELLING: Final = frozenset({"say", "tell", "decide", "specify", "disclose", "reveal", "confirm", "clarify", "answer"})
_DECLINING: Final = frozenset({"decline", "refuse", "soon", "early", "premature", "unable"})
_OWN: Final = frozenset({"it", "they", "he", "she", "we"})
_OBJECTING: Final = frozenset({"raise", "voice", "have", "make", "lodge", "express"})
_TAKING: Final = frozenset({"take", "pick", "choose"})
_STANDING: Final = frozenset({"stand", "get", "be", "put"})
_HINDERING: Final = frozenset({"block", "obstruct", "hinder", "impede", "stop", "prevent", "veto", "hamper", "thwart"})
_RESPONDING: Final = frozenset({
    "accept", "support", "back", "endorse", "welcome", "oppose", "reject", "tolerate", "allow", "agree", "recognise",
    "recognize", "stand", "think", "favour", "favor", "approve", "respect", "honour", "observe", "veto", "block",
})  # fmt: skip


def silences(scene: Scene, pairs: Pairs) -> Iterator[Position]:
    """Yield the reserve of whoever does not say what it thinks of something, or keeps out of it."""
    for verb in scene.tokens:
        if verb.pos_ == "VERB" and not scene.asks(verb) and (last := _aloof(verb)) is not None:
            named = "coalition" if verb.lemma_ in _HINDERING else scene.memory.judged or "coalition"
            target = Target("participation" if last.lemma_ == "side" else named)
            cues = [verb, verb.head] if verb.lemma_ in _HINDERING else [verb]
            yield from held(scene, verb, holder_of(verb), last, target, "neutral", cues)
        if verb.pos_ == "VERB" and verb.lemma_ in _TELLING and not scene.asks(verb) and _withheld(verb):
            for clause in verb.rights:
                if clause.dep_ in {"ccomp", "advcl", "xcomp"}:
                    yield from _reserved(scene, verb, clause, pairs)


def _aloof(verb: Token) -> Token | None:
    """Return the last word of an abstention: *took no sides*, *will not stand in the way*, *nor block it*."""
    noun = child(verb, "dobj")
    if verb.lemma_ == "abstain":
        return verb if child(verb, "prep") is None else None
    if verb.lemma_ in _OBJECTING and noun is not None and noun.lemma_ == "objection" and child(noun, "prep") is None:
        return noun if any(each.lower_ == "no" for each in noun.lefts) else None
    both = verb.dep_ == "conj" and any(each.lower_ == "neither" for each in verb.head.lefts)
    if both and verb.lemma_ in _HINDERING and verb.head.lemma_ not in _RESPONDING:
        return noun or verb
    if negation(verb) is None:
        return None
    if verb.lemma_ in _TAKING and noun is not None and noun.lemma_ == "side":
        return noun
    ways = (child(each, "pobj") for each in verb.rights if each.lower_ == "in")
    if verb.lemma_ in _STANDING and (way := next(filter(None, ways), None)) is not None and way.lemma_ == "way":
        return way
    return None


def _withheld(verb: Token) -> bool:
    """Say whether an answer is not given."""
    above = governor(verb)
    declined = above is not None and above.bond == "control" and above.token.lemma_ in _DECLINING
    return negation(verb) is not None or declined


def _reserved(scene: Scene, verb: Token, clause: Token, pairs: Pairs) -> Iterator[Position]:
    named, holder = subject(clause), holder_of(verb)
    own = named is not None and (named.lower_ in _OWN or _same(scene, named, holder))
    if not own or clause.lemma_ not in _RESPONDING or not embedded(clause):
        return
    if contributed(scene, clause, scene.lexicon.classes(clause)):
        return
    ends = [child(each, "pobj") if each.dep_ == "prep" else each for each in carrier(clause).rights]
    for noun in [one for each in ends if each is not None for one in members(each)]:
        if found := targets(scene, noun, clause, pairs):
            for target in found:
                yield from held(scene, verb, holder, noun, target, "undecided", [verb])
            return


def _same(scene: Scene, named: Token, holder: Token | None) -> bool:
    """Say whether it is the party itself, or its state, whose answer is withheld."""
    one = scene.cast.resolve(named)
    other = scene.cast.resolve(holder) if holder is not None else None
    return one is not None and other is not None and one.actor in {other.actor, other.principal}
