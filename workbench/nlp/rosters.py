"""What a mission is made of and what will be there: *will start with six ships*, *there will be Dutch boots*."""

from collections.abc import Iterator
from typing import Final

from workbench.nlp.clauses import child, members, mood, negation, owner, subject
from workbench.nlp.commitments import Draft, drafted, multiplied
from workbench.nlp.scene import Scene
from workbench.nlp.statuses import Reading
from workbench.nlp.things import Thing, joint, typed
from workbench.nlp.tree import Token

_SPARED: Final = frozenset({"offer", "spare", "give", "send", "lend", "contribute"})


def existing(scene: Scene, verb: Token) -> Iterator[Draft]:
    """Read *there will be Dutch boots in Ukraine*, *no German money will be forthcoming*."""
    noun = child(verb, "attr") if child(verb, "expl") is not None and mood(verb) in {"will", "would"} else None
    if noun is not None and negation(verb) is None:
        yield from _owned(scene, verb, members(noun))
    word, topic = child(verb, "acomp"), child(verb, "nsubj")
    if word is not None and topic is not None and word.lower_ == "forthcoming" and mood(verb) in {"will", "would"}:
        yield from _owned(scene, verb, members(topic))


def starting(scene: Scene, verb: Token) -> Iterator[Draft]:
    """Read *the mission will start with six warships*: those who send it are not told, so it gives them."""
    topic = child(verb, "nsubj")
    load = next((child(each, "pobj") for each in verb.rights if each.dep_ == "prep" and each.lower_ == "with"), None)
    if topic is None or load is None or not joint(scene, topic) or mood(verb) not in {"will", "would"}:
        return
    given = [thing for each in members(load) for thing in _means(scene, each)]
    yield from drafted(scene, verb, frozenset({"give"}), given, topic) if given else ()


def consisting(scene: Scene, verb: Token) -> Iterator[Draft]:
    """Read *the mission consists of two French frigates and a Greek one*."""
    topic = child(verb, "nsubj", "nsubjpass")
    link = next((each for each in verb.rights if each.dep_ == "prep" and each.lower_ in {"of", "from"}), None)
    first = child(link, "pobj") if link is not None else child(verb, "dobj")
    if topic is not None and first is not None and joint(scene, topic) and negation(verb) is None:
        yield from _owned(scene, verb, members(first))


def lacking(scene: Scene, verb: Token) -> Iterator[Draft]:
    """Read *has no ships to spare*, *had neither troops nor money to offer*."""
    told = (each for each in verb.subtree if each.i > verb.i and each.tag_ == "VB" and each.lemma_ in _SPARED)
    inner, who = next(told, None), subject(verb)
    if inner is None or who is None or verb.dep_ == "relcl":
        return
    noun = inner.head if inner.dep_ in {"relcl", "acl"} else child(inner, "nsubj")
    if noun is None or noun.left_edge.lower_ not in {"no", "neither"}:
        return
    reading = Reading(verb, "ruled_out", who, top=verb, predicates=[verb, inner], negated=True)
    reading.note("refuse", noun.left_edge)
    given = [thing for each in members(noun) for thing in _means(scene, each)]
    yield from multiplied(scene, reading, given, "ruled_out", None) if given else ()


def _owned(scene: Scene, verb: Token, nouns: list[Token]) -> Iterator[Draft]:
    """Yield what each of some things is, and whose: a bare *one* is of the kind before it."""
    last: str | None = None
    for noun in nouns:
        whose = owner(noun)
        given = [Thing(last, noun)] if last is not None and noun.lower_ in {"one", "ones"} else _means(scene, noun)
        last = given[0].type if given else last
        if given and whose is not None and scene.parties(whose):
            yield from drafted(scene, verb, frozenset({"give"}), given[:1], whose)


def _means(scene: Scene, noun: Token) -> list[Thing]:
    return [thing for thing in typed(scene, noun) if thing.type not in {"elsewhere", "unspecified"}]
