"""What a party calls something: *called the plan a mistake*, *described it as “a costume party”*."""

from collections.abc import Iterator
from typing import Final

from workbench.core.scheme import Pairs
from workbench.nlp.clauses import child, governor, negation, subject
from workbench.nlp.positions import held, holder_of, targets
from workbench.nlp.scene import Scene
from workbench.nlp.stances import Position
from workbench.nlp.targets import Target
from workbench.nlp.tree import Token

_BESIDE: Final = 6
_THREATS: Final = frozenset({"target", "aggressor", "aggression", "occupier", "enemy", "invader"})


def called(scene: Scene, verb: Token, pairs: Pairs) -> Iterator[Position]:
    """Yield what *called the plan a mistake* says."""
    noun = child(verb, "dobj", "nsubjpass")
    if noun is None and (clause := child(verb, "ccomp", "xcomp")) is not None:
        noun = subject(clause)
    if noun is None or negation(verb) is not None:
        return
    judged = [each for each in verb.subtree if each.i > verb.i and each != noun and each.pos_ in {"NOUN", "ADJ"}]
    threat = next((each for each in judged if each.lemma_ in _THREATS), None)
    if threat is not None and any(each.lower_ in {"any", "every", "all"} for each in noun.lefts):
        for target in targets(scene, noun, verb, pairs) or [Target("coalition")]:
            yield from held(scene, verb, _caller(verb), noun, target, "opposes", [threat])
        return
    judged = [each for each in judged if _predicated(each, verb)]
    for polarity in ("opposes", "supports"):
        words = scene.lexicon.called(polarity) | scene.lexicon.judgement("adjectives", polarity)
        cue = next((each for each in judged if each.lemma_.lower() in words and not _needful(each)), None)
        if cue is not None:
            for target in targets(scene, noun, verb, pairs):
                yield from held(scene, verb, _caller(verb), noun, target, polarity, [cue])
            return
    for image, polarity in _pictured(scene, noun, verb):
        for target in targets(scene, noun, verb, pairs):
            if not target.name.startswith("actor:"):
                yield from held(scene, verb, _caller(verb), noun, target, polarity, [image])


def _needful(word: Token) -> bool:
    """Say whether a word only limits what is said: *by force if necessary*."""
    return word.i > 0 and word.nbor(-1).lower_ in {"if", "where", "as", "when"} and word.pos_ == "ADJ"


def _pictured(scene: Scene, noun: Token, verb: Token) -> Iterator[tuple[Token, str]]:
    """Yield the image in quotation marks that something is called: *called it “a costume party”*."""
    near = range(max(noun.i, verb.i) + 1, min(max(noun.i, verb.i) + _BESIDE, scene.sentence.end))
    quote = next((each for each in scene.quotes if each.start in near), None)
    if quote is None or verb.lemma_ not in scene.lexicon.judgement("verbs_of", "images"):
        return
    words = [scene.doc[i] for i in range(quote.start, quote.end)]
    image = next((each for each in words if each.pos_ in {"NOUN", "VERB"}), None)
    if image is not None and len(words) > 1:
        good = scene.lexicon.judgement("good", "images")
        yield image, "supports" if any(each.lower_ in good for each in words) else "opposes"


def _predicated(word: Token, verb: Token) -> bool:
    """Say whether a word is said of something, not where or how it is said: *as a threat*, not *with dismay*."""
    while word.head not in {word, verb}:
        if word.dep_ == "acl" or (word.dep_ == "prep" and word.lower_ not in {"as", "of"}):
            return False
        word = word.head
    return word.dep_ != "prep" or word.lower_ in {"as", "of"}


def _caller(verb: Token) -> Token | None:
    """Return who calls something so; of *would be seen as a target*, who says it."""
    if child(verb, "nsubjpass") is None:
        return holder_of(verb)
    agent, above = child(verb, "agent"), governor(verb)
    said = subject(above.token) if above is not None and above.bond == "content" else None
    return child(agent, "pobj") if agent is not None else said
