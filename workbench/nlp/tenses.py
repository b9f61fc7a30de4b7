"""The status that tense, verb and condition give together, once all cues have acted."""

from typing import Final

from workbench.nlp import slots
from workbench.nlp.background import background, long_ago, told_of
from workbench.nlp.clauses import carrier, child, mood, subject
from workbench.nlp.conditions import Range, condition, trailing
from workbench.nlp.givers import actors, speaker
from workbench.nlp.scene import Scene, principal
from workbench.nlp.statuses import THREATENED, Reading
from workbench.nlp.tree import Token

_ACTS: Final = frozenset({"send", "deploy", "contribute", "dispatch", "donate", "join"})
"""What a party is told to be able to do is not only a capability where it is one of these."""
_SPARING: Final = frozenset({"spare", "muster", "manage"})
"""What a party can spare it offers by saying so, or being said to."""
_CONDITIONABLE: Final = frozenset({"announced", "offered", "possible", "ruled_out"})


def final(scene: Scene, reading: Reading) -> tuple[str | None, Range | None]:
    """Apply the condition, and what tense and verb say together."""
    status = reading.status
    imagined = status == "under_consideration" and any(each.lemma_ == "imagine" for each in reading.cues)
    if status in {"announced", "offered"} and told_of(reading):
        return None, None
    if status == "possible" and any(mention.kind == "force" for mention, _ in actors(scene, reading)):
        return None, None
    leaving = status == "withdrawn" and mood(carrier(reading.anchor)) in {"will", "would", "does"}
    if status in _CONDITIONABLE or imagined or leaving or status == THREATENED:
        hanging = condition(scene, reading.predicates, negated=status == "ruled_out")
        hanging = hanging or trailing(scene, reading.predicates)
        if hanging is not None:
            return "conditional", hanging
    if status == THREATENED or (status == "under_consideration" and _once(reading)):
        return None, None
    if status in {"running", "standing", "delivered"} and reading.anchor.lemma_ in {"support", "back"}:
        return None, None
    if status == "running":
        dated = slots.ahead(scene, reading.predicates)
        return (
            "delivered" if reading.anchor.lemma_ in scene.lexicon.group("running") and not dated else "announced"
        ), None
    if (
        status == "standing"
        and reading.anchor.lemma_ in scene.lexicon.group("passing")
        and slots.ahead(scene, reading.predicates)
    ):
        return "announced", None
    if status == "standing" and reading.anchor.lemma_ in scene.lexicon.group("raising"):
        return "announced", None
    if status == "standing":
        verb = carrier(reading.anchor)
        fits = reading.anchor.lemma_ in scene.lexicon.group("standing") and not _restrictive(verb)
        return ("delivered" if fits else None), None
    passing = reading.anchor.lemma_ in scene.lexicon.group("passing")
    if status == "delivered" and (background(reading) or (passing and not _dated(scene, reading))):
        return None, None
    if (
        status in {"delivered", "withdrawn"}
        and mood(carrier(reading.anchor)) == "done"
        and long_ago(scene, carrier(reading.anchor))
    ):
        return None, None
    return (_possible(scene, reading) if status == "possible" else status), None


def _restrictive(verb: Token) -> bool:
    """Say whether a relative clause only tells which one is meant: it has no comma before it, or says what it has."""
    first = int(verb.left_edge.i)
    return bool(verb.dep_ == "relcl") and (first == 0 or verb.doc[first - 1].text != "," or verb.lemma_ == "have")


def _once(reading: Reading) -> bool:
    """Say whether it is earlier that something was weighed: *had talked of 20,000 soldiers*, unless it is reported."""
    verb = carrier(reading.top or reading.anchor)
    return verb.dep_ == "ROOT" and any(each.lower_ == "had" and each.dep_ == "aux" for each in verb.lefts)


def _dated(scene: Scene, reading: Reading) -> bool:
    """Say whether an action in passing is news after all: *joined the coalition last month*, *followed suit*."""
    loaded = any(each.dep_ == "prep" and each.lower_ == "with" for each in reading.anchor.rights)
    if reading.anchor.lemma_ == "follow":
        return loaded or ((noun := child(reading.anchor, "dobj")) is not None and noun.lower_ == "suit")
    who = subject(reading.anchor)
    counted = who is not None and child(who, "nummod") is not None
    return reading.anchor.lemma_ == "join" and (
        loaded or counted or slots.timeframe(scene, reading.predicates) is not None
    )


def _possible(scene: Scene, reading: Reading) -> str | None:
    """Read what a party says that it could do itself as a soft offer."""
    voice = speaker(scene, reading)[0]
    party = next((principal(mention) for mention, _ in actors(scene, reading)), None)
    chain = {each.i: each for predicate in reading.predicates for each in carrier(predicate).children}
    modal = next((each for each in chain.values() if each.dep_ == "aux" and each.lower_ in {"can", "could"}), None)
    if voice is None and modal is not None and reading.anchor.lemma_ in _SPARING:
        reading.soft = True
        return "offered"
    if voice is None and modal is not None and reading.anchor.lemma_ in _ACTS:
        return "under_consideration"
    if voice is None or party is None or principal(voice) != party or modal is None or "have" in _verbs(modal):
        return None
    reading.soft = True
    reading.note("offer", modal)
    return "offered"


def _verbs(modal: Token) -> set[str]:
    return {each.lower_ for each in modal.head.children if each.dep_ in {"aux", "auxpass"}}
