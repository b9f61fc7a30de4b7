"""What a verb of saying does to what is said: names its source, withholds an answer, passes on a report."""

from typing import Final

from workbench.nlp.clauses import Link, carrier, child, controller, governor, negation, owner, subject
from workbench.nlp.lexicon import Lexicon
from workbench.nlp.statuses import Reading
from workbench.nlp.tree import Token

_CHOICES: Final = frozenset(
    {"decide", "determine", "decision", "choose", "choice", "agree", "vote", "confirm", "commit", "mind"}
)
_WH: Final = frozenset({"whether", "if", "how", "when", "where", "why", "what", "who", "which", "whom"})
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


def chosen(reading: Reading, outer: Token, inner: Token) -> bool:
    """Read *will decide whether to send*, *a decision on whether to join*; say whether something is left open so."""
    noun = child(outer, "nsubjpass", "dobj") if outer.lemma_ in {"make", "take", "reach"} else outer
    whether = any(each.lower_ in {"whether", "if"} for each in carrier(inner).lefts)
    if not whether or noun is None or noun.lemma_.lower() not in _CHOICES:
        return False
    reading.status, reading.asked, reading.top = "under_consideration", False, outer
    reading.negated = negation(outer) is not None
    reading.note("consider", noun)
    reading.predicates.append(outer)
    if noun.pos_ == "NOUN":
        reading.actor = owner(noun) or (controller(noun.head) if noun.dep_ == "dobj" else None)
    else:
        reading.actor = reading.actor or controller(outer)
    return True


def reported(reading: Reading, outer: Token) -> bool:
    """Read *is reported to have withdrawn*: the subject is passed down, and nobody vouches for it."""
    reading.actor, reading.hedged = subject(outer), True
    reading.predicates.append(outer)
    if reading.status == "bare":
        past = any(each.lower_ == "have" for each in carrier(reading.anchor).children)
        reading.status = "delivered" if past else "announced"
    return False


def embedded(inner: Token) -> bool:
    """Say whether a clause is a question in another: *whether it would send*, *how many it would send*."""
    verb = carrier(inner)
    if verb.dep_ in {"relcl", "acl"}:
        return False
    for each in verb.lefts:
        if each.dep_ in {"dobj", "nsubjpass", "attr"} and each.left_edge.lower_ in {"how", "what", "which"}:
            return True
        asking = each.lower_ in _WH and (each.dep_ in {"mark", "advmod"} or each.tag_ in {"WP", "WDT", "WRB"})
        if asking and (each.lower_ not in {"if", "when"} or verb.dep_ in {"ccomp", "pcomp"}):
            return True
    return False


def against(inner: Token) -> bool:
    """Say whether it is against doing something that somebody decides: *voted against sending ships*."""
    return bool(carrier(inner).dep_ == "pcomp" and carrier(inner).head.lower_ == "against")


def door(word: Token) -> bool:
    """Say whether it is a door that is left open."""
    what = (subject(word) or child(word.head, "dobj")) if word.lower_ in {"open", "ajar"} else None
    return what is not None and what.lemma_ == "door"


def credited(inner: Token, outer: Token, lexicon: Lexicon) -> bool:
    """Say whether it is for what others do that somebody praises or blames them: *thanked Oslo for sending jets*."""
    verb = carrier(inner)
    return verb.dep_ == "pcomp" and verb.head.lower_ in {"for", "of"} and bool(lexicon.judges(outer))
