"""Requests: somebody asks, and who is asked would act; wishes for oneself are plans."""

from collections.abc import Sequence
from typing import Final

from spacy.tokens import Token

from workbench.nlp.clauses import Link, carrier, child, controller, mood, negation, owner, subject
from workbench.nlp.statuses import Reading

_SELF: Final = frozenset({"want", "hope", "wish", "seek", "like", "push", "aim"})
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
    reading.status = "requested" if reading.actor is not None else None
    reading.note("request", verb)


def request(reading: Reading, outer: Token, link: Link, *, waiting: bool) -> bool:
    """Read a verb of asking: the one who is asked would act."""
    asked = addressee(outer) if link.bond == "control" else None
    reading.predicates.append(outer)
    reading.top = outer
    if reading.actor is None and asked is None:
        no = negation(outer)
        if outer.lemma_.lower() not in _SELF or reading.status != "bare" or (no is not None and outer.lemma_ != "want"):
            reading.status = None
            return False
        if no is not None:
            reading.actor, reading.status, reading.negated = subject(outer), "ruled_out", True
            reading.note("refuse", outer)
            return True
        reading.actor, reading.status, reading.soft = subject(outer), "announced", True
        reading.note("wish", outer)
        return True
    if reading.status not in _ASKABLE or negation(outer) is not None:
        reading.status = None
        return False
    reading.actor = reading.actor or asked
    reading.status, reading.sought = "requested", controller(outer)
    reading.note("wait" if waiting else "request", outer)
    return True


def addressee(verb: Token) -> Token | None:
    """Return who is asked: the object, or the object of *on*, *to*, *for* or *with*."""
    if (found := child(verb, "dobj", "dative")) is not None and found.tag_ != "VBG":
        return found if found.pos_ != "ADP" else child(found, "pobj")
    for each in verb.children:
        if each.dep_ == "prep" and each.lower_ in {"on", "upon", "to", "for", "with"}:
            return child(each, "pobj")
    return None
