"""What a verb of saying does to what is said: names its source, withholds an answer, passes on a report."""

from typing import Final

from spacy.tokens import Token

from workbench.nlp.clauses import Link, carrier, child, controller, governor, negation, subject
from workbench.nlp.statuses import Reading

_SILENT: Final = frozenset({"decline", "refuse", "unwilling", "unable", "reluctant", "early", "soon"})


def say(reading: Reading, outer: Token, link: Link) -> bool:
    """Read a verb of saying: who says so, or who declines to."""
    above = governor(outer)
    silent = above is not None and above.bond == "control" and above.token.lemma_.lower() in _SILENT
    if silent or (reading.asked and negation(outer) is not None):
        top = above.token if silent and above is not None else outer
        reading.status, reading.asked, reading.top = "under_consideration", False, top
        reading.sought = controller(top)
        reading.negated = negation(top) is not None or top.lower_.startswith("un")
        reading.note("withhold", top)
        reading.predicates += [outer, top]
        return False
    if link.bond == "control" and reading.actor is None and child(outer, "nsubjpass") is not None:
        return reported(reading, outer)
    if negation(outer) is not None or (link.bond == "control" and reading.actor is None):
        reading.status = None
    reading.said = outer
    return False


def reported(reading: Reading, outer: Token) -> bool:
    """Read *is reported to have withdrawn*: the subject is passed down, and nobody vouches for it."""
    reading.actor, reading.hedged = subject(outer), True
    reading.predicates.append(outer)
    if reading.status == "bare":
        past = any(each.lower_ == "have" for each in carrier(reading.anchor).children)
        reading.status = "delivered" if past else "announced"
    return False
