"""Who would give: the subject of a promise, the agent or owner in the passive, whoever says that there is a plan."""

from typing import Final

from workbench.nlp.attribution import voice
from workbench.nlp.bearers import sailing
from workbench.nlp.clauses import carrier, child, owner, planned, subject
from workbench.nlp.mentions import Mention
from workbench.nlp.scene import PLURALS, Scene
from workbench.nlp.statuses import Reading
from workbench.nlp.things import Thing
from workbench.nlp.tree import Token

_NEW: Final = frozenset({"a", "an", "another", "additional", "further", "more", "extra", "new", "some"})
_PARTS: Final = frozenset({"first", "most", "batch", "half", "rest", "wave", "couple", "handful"})
_HOLDING: Final = frozenset({"keep", "have", "station", "base", "maintain", "deploy", "send", "post", "field"})
_ALL: Final = PLURALS | {"they", "them"}


def find_giver(scene: Scene, reading: Reading, given: list[Thing]) -> None:
    """Find the actor where the subject is what is given, or where there is none."""
    _passive(scene, reading, given)
    topic = child(reading.top, "nsubjpass") if reading.top is not None else None
    topic = topic if topic in reading.predicates else reading.top
    nominal = topic is not None and topic.pos_ == "NOUN" and topic.dep_ in {"nsubj", "nsubjpass"}
    if nominal and reading.actor is None:
        reading.fallback = _sayer(reading)
    elif reading.actor is None and _existential(reading):
        reading.actor = _whose(scene, given[0].token) or _sayer(reading)


def _passive(scene: Scene, reading: Reading, given: list[Thing]) -> None:
    """Find the actor of what is or will be given: the agent, else whose troops they are."""
    verb = carrier(reading.anchor)
    noun = child(verb, "nsubjpass")
    if noun is None and any(thing.token == reading.actor for thing in given):
        noun = reading.actor
    agent = child(verb, "agent") or _agent(verb)
    if noun is None and not (agent is not None and (verb.dep_ == "acl" or planned(verb))):
        return
    reading.actor = child(agent, "pobj") if agent is not None else _whose(scene, noun or verb.head)
    if noun is not None and _some(noun) and reading.actor is None:
        reading.fallback = _sayer(reading)


def _agent(verb: Token) -> Token | None:
    """Return the *by* that the parser hung on what is given: *was promised money for its troops by the EU*."""
    given = child(verb, "dobj") if child(verb, "nsubjpass") is not None else None
    below = verb.subtree if given is not None else ()
    return next((each for each in below if each.lower_ == "by" and each.dep_ == "prep"), None)


def _some(noun: Token) -> bool:
    """Say whether it is new who or what is sent: *up to 800 soldiers*, *a ship*, *additional troops*."""
    return child(noun, "nummod") is not None or any(each.lower_ in _NEW for each in noun.lefts)


def _existential(reading: Reading) -> bool:
    """Say whether nobody is named: *there are no plans to send troops*."""
    verb = carrier(reading.top) if reading.top is not None else reading.anchor
    return any(each.dep_ == "expl" for each in (*verb.children, *verb.head.children))


def _sayer(reading: Reading) -> Token | None:
    """Return the subject of the verb of saying above a reading."""
    verb = carrier(reading.top or reading.anchor)
    for _ in range(3):
        if verb.dep_ == "ccomp" and subject(verb.head) is not None:
            return subject(verb.head)
        verb = verb.head
    return None


def _whose(scene: Scene, noun: Token) -> Token | None:
    """Return whose troops or ships a noun names, by *from*, *of*, a nationality or a possessive."""
    if (noun.tag_ == "NNPS" and scene.cast.of(noun) is not None) or sailing(scene.cast, noun) is not None:
        return noun
    for each in noun.children:
        found = child(each, "pobj") if each.dep_ == "prep" and each.lower_ in {"from", "of"} else None
        if found is not None and (
            scene.cast.of(found) or (found.i in scene.things and (found := _whose(scene, found)))
        ):
            return found
    held = next((each for each in noun.rights if each.dep_ == "relcl" and each.lemma_ in _HOLDING), None)
    if held is not None and (holder := child(held, "nsubj")) is not None and holder.tag_ not in {"WDT", "WP"}:
        return holder
    found = owner(noun)
    return found if found is not None and (found.dep_ == "poss" or scene.cast.of(found) is not None) else None


def actors(scene: Scene, reading: Reading) -> list[tuple[Mention, Token]]:
    """List who would act, a pronoun through the subjects around it where nothing else tells."""
    found = scene.antecedents(reading.actor, reading.anchor) if reading.actor is not None else []
    if found is None:
        return []
    found = found or scene.parties(reading.actor)
    topic = reading.actor is not None and (
        reading.actor.i in scene.things or reading.actor.dep_ == "csubj" or reading.actor.lower_ in _PARTS
    )
    if not found and reading.actor is not None and topic:
        counted = _some(reading.actor) or reading.anchor.lemma_ == "be"
        found = scene.parties(_whose(scene, reading.actor) or (_sayer(reading) if counted else None))
    if not found and reading.fallback is not None:
        found = scene.parties(reading.fallback)
    return found


def speaker(scene: Scene, reading: Reading) -> tuple[Mention | None, bool]:
    """Return who says it, and whether it is quoted."""
    return voice(scene, carrier(reading.top or reading.anchor), reading.actor, reading.said)


def nameless(reading: Reading) -> bool:
    """Say whether it is asked of members at large, of nobody, or in the passive: *called for it to be deployed*."""
    asking = reading.anchor == reading.predicates[0] and reading.classes[:1] == ["request"]
    passive = reading.actor is None and (asking or child(carrier(reading.anchor), "auxpass") is not None)
    return passive or (reading.actor is not None and reading.actor.lemma_ in _ALL)
