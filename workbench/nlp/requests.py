"""Requests: somebody asks, and who is asked would act; wishes for oneself are plans."""

from collections.abc import Sequence
from typing import Final

from workbench.nlp.clauses import Link, carrier, child, controller, mood, negation, owner, subject
from workbench.nlp.statuses import Reading
from workbench.nlp.tree import Token

_SELF: Final = frozenset({"want", "hope", "wish", "seek", "like", "push", "aim"})
_BEGGING: Final = frozenset({"beg", "plead", "appeal", "call", "cry", "clamour"})
_ASKABLE: Final = frozenset({"bare", "announced", "offered", "possible", "standing", "running", "requested"})


def ask(reading: Reading, verb: Token, given: Sequence[Token]) -> None:
    """Read a request for something: the actor is who is asked, or from whom or whose it is."""
    reading.sought, reading.actor = reading.actor, None
    if negation(verb) is not None or mood(carrier(verb)) in {"may", "could"}:
        reading.status = None
        return
    for each in verb.children:
        named = each if each.dep_ in {"dobj", "dative"} and each.pos_ != "ADP" else child(each, "pobj")
        if named is None or named in given or (each.dep_ == "prep" and each.lower_ not in {"from", "on", "upon", "to"}):
            continue
        reading.actor = named
    for noun in given:
        source = next((each for each in noun.children if each.lower_ == "from"), None)
        reading.actor = reading.actor or (child(source, "pobj") if source is not None else None) or owner(noun)
    begging = verb.lemma_ in _BEGGING and reading.sought is not None
    reading.status = "requested" if reading.actor is not None or begging else None
    reading.note("request", verb)


def request(reading: Reading, outer: Token, link: Link, *, waiting: bool) -> bool:
    """Read a verb of asking: the one who is asked would act."""
    asked, asker = _roles(outer) if link.bond == "control" else (None, controller(outer))
    reading.predicates.append(outer)
    reading.top = outer
    if reading.actor is None and asked is None:
        return _wish(reading, outer)
    if reading.status in {"withdrawn", "ruled_out"} and not waiting and negation(outer) is None:
        reading.status, reading.sought = "requested", asker
        reading.note("stop", outer)
        return False
    if reading.status not in _ASKABLE or negation(outer) is not None:
        reading.status = None
        return False
    reading.actor = reading.actor or asked
    reading.status, reading.sought = "requested", asker
    reading.note("wait" if waiting else "request", outer)
    return True


def _roles(verb: Token) -> tuple[Token | None, Token | None]:
    """Return who is asked and who asks, of *was asked by* as well; *had been asked* is background."""
    if child(verb, "nsubjpass") is None:
        return addressee(verb), controller(verb)
    agent = child(verb, "agent")
    past = any(each.lower_ == "had" for each in verb.children)
    return None if past else subject(verb), child(agent, "pobj") if agent is not None else None


def _wish(reading: Reading, verb: Token) -> bool:
    """Read a wish for oneself as a plan: *wants to join*; *does not want to* rules it out."""
    no = negation(verb)
    lemma = verb.lemma_.lower()
    once = verb.dep_ == "ROOT" and any(each.lower_ == "had" and each.dep_ == "aux" for each in verb.lefts)
    if once or lemma not in _SELF or reading.status != "bare" or (no is not None and lemma != "want"):
        reading.status = None
        return False
    reading.actor, reading.negated = subject(verb), no is not None
    reading.status, reading.soft = ("announced", True) if no is None else ("ruled_out", False)
    reading.note("wish" if no is None else "refuse", verb)
    return True


def addressee(verb: Token) -> Token | None:
    """Return who is asked: the object, or the object of *on*, *to*, *for* or *with*."""
    if (found := child(verb, "dobj", "dative")) is not None and found.tag_ != "VBG":
        return found if found.pos_ != "ADP" else child(found, "pobj")
    for each in verb.children:
        if each.dep_ == "prep" and each.lower_ in {"on", "upon", "to", "for", "with"}:
            return child(each, "pobj")
    return None


def beside(reading: Reading) -> bool:
    """Say whether whoever asks is the subject of another verb before: *pressed Chad and asked Togo to send jets*."""
    asking = reading.top if "request" in reading.classes else None
    return asking is not None and asking.dep_ == "conj" and asking.pos_ == "VERB" and child(asking, "nsubj") is None
