"""What the words around a contribution make of it, read from the inside out.

The walk starts at the contribution and goes from predicate to governing predicate: question, denial,
negation, deliberation, offer, request. Each changes the status that the inner ones gave, or drops it.
"""

from collections.abc import Sequence
from typing import Final

from workbench.nlp.clauses import Link, alongside, carrier, child, controller, governor, mood, negation, owner, subject
from workbench.nlp.lexicon import Lexicon
from workbench.nlp.requests import ask, request
from workbench.nlp.sayings import against, chosen, credited, door, embedded, reported, say
from workbench.nlp.statuses import Reading, apply, at_home, plain
from workbench.nlp.strays import represented
from workbench.nlp.tree import Token

_FIRST: Final = ("refuse", "consider", "withdraw", "offer", "commit", "decide", "request", "own", "give")
_ORDER: Final = (
    "deny", "refuse", "consider", "withdraw", "offer", "commit", "decide", "allow", "aspect", "wait", "request", "own",
    "give", "say", "think",
)  # fmt: skip
_REPORTING: Final = (
    "deny", "request", "wait", "allow", "refuse", "think", "say", "consider", "decide", "commit", "offer",
)  # fmt: skip
_LIGHT: Final = frozenset({
    "make", "have", "take", "give", "issue", "renew", "repeat", "announce", "reiterate", "reach", "show", "signal",
    "express", "voice", "confirm", "reaffirm", "face", "be", "say", "indicate", "unveil", "put", "outline", "describe",
    "draw", "approve", "adopt", "pass",
})  # fmt: skip
_ANSWERS: Final = frozenset({"refuse", "consider", "withdraw"})
_HYPOTHETICAL: Final = frozenset(
    {"if", "unless", "once", "until", "before", "when", "whether", "lest", "provided", "till"}
)
_AGES: Final = frozenset({"year", "month", "decade"})
_TELLING: Final = frozenset({"tell"})
"""Verbs that ask in *told them to send*, and only say in *told them that it would*."""


def read(anchor: Token, kinds: frozenset[str], lexicon: Lexicon, given: Sequence[Token] = ()) -> Reading | None:
    """Read the status of what is ``given`` from its anchor outwards; None where nothing is committed."""
    noun = anchor.pos_ == "NOUN"
    reading = Reading(anchor, actor=owner(anchor) if noun else subject(anchor), top=anchor, predicates=[anchor])
    kind = next((each for each in _FIRST if each in kinds), "give")
    if at_home(anchor):
        apply(reading, "refuse", anchor)
    elif kind in {"give", "own"}:
        plain(reading, anchor)
    elif kind == "request":
        ask(reading, anchor, given)
    else:
        apply(reading, kind, anchor)
    if noun:
        verb = anchor.head.head if anchor.dep_ == "pobj" and anchor.head.lower_ == "on" else anchor.head
        ended = anchor.dep_ in {"dobj", "nsubjpass", "pobj"} and lexicon.classes(verb) & {"withdraw", "refuse"}
        if ended or (kind == "withdraw" and anchor.head.lemma_ not in _LIGHT):
            return None
        return _light(reading, anchor)
    inner = anchor
    while reading.status is not None and (link := governor(inner)) is not None and link.token not in reading.predicates:
        reading.asked = reading.asked or embedded(inner)
        if not _step(reading, inner, link, lexicon):
            break
        inner = link.token
    return _settled(reading)


def _step(reading: Reading, inner: Token, link: Link, lexicon: Lexicon) -> bool:
    """Let one governor act; say whether the walk goes on beyond it."""
    outer = link.token
    if credited(inner, outer, lexicon):
        reading.status = None
        return False
    if link.bond == "aside":
        return _aside(reading, inner, outer)
    if link.bond == "joined":
        return _join(reading, inner, outer)
    if link.bond == "noun" and outer.pos_ in {"NOUN", "PROPN", "PRON"}:
        return _nominal(reading, outer, inner, lexicon)
    if chosen(reading, outer, inner):
        return bool(outer.pos_ != "NOUN")
    if outer.lemma_ == "have" and link.bond == "content" and inner.tag_ == "VB":
        reading.predicates.append(outer)
        reading.actor = None
        return True
    kinds = lexicon.classes(outer)
    order = _REPORTING if link.bond == "content" else _ORDER
    told = outer.lemma_ in _TELLING or (outer.lemma_ == "insist" and mood(carrier(inner)) != "bare")
    kinds = kinds - {"request"} if link.bond == "content" and told else kinds
    kinds = frozenset({"consider"}) if door(outer) else kinds
    planned = outer.lower_ == "going" and link.bond == "control" and inner.tag_ == "VB"
    if against(inner) and kinds & {"decide", "commit"}:
        kinds = frozenset({"refuse"})
    kind = "decide" if planned else next((each for each in order if each in kinds), None)
    if outer.lemma_ == "be" and link.bond == "control":
        kind, named = "decide", subject(outer)
        aside = carrier(inner).dep_ == "pcomp" and carrier(inner).head.lower_ in {"against", "for", "behind"}
        if aside or (named is not None and named.i > outer.i):
            reading.status = None
            return False
    if kind == "say":
        return say(reading, outer, link)
    if kind == "think":
        reading.hedged, reading.said = True, outer
        passive = link.bond == "control" and reading.actor is None and child(outer, "nsubjpass") is not None
        return reported(reading, outer) if passive and negation(outer) is None else False
    if kind in {"request", "wait"}:
        return request(reading, outer, link, waiting=kind == "wait")
    return _govern(reading, kind, outer, link)


def _aside(reading: Reading, inner: Token, outer: Token) -> bool:
    """Leave a clause that stands beside its governor: it may be hypothetical, and may share its subject."""
    links = [each for each in carrier(inner).lefts if each.dep_ in {"mark", "advmod"}]
    marks = {each.lower_ for each in links}
    if any(each.lower_ == "after" and each.i and each.nbor(-1).lemma_ in _AGES for each in links):
        reading.status = None
    if outer.lower_ in {"long", "soon"} and "as" in marks:
        reading.status = None
    if marks & (_HYPOTHETICAL if mood(carrier(inner)) != "done" else _HYPOTHETICAL - {"when"}):
        reading.status = None
    if reading.actor is None:
        reading.actor = _above(outer)
        reading.fallback = subject(outer.sent.root)
        if reading.status == "bare" and alongside(carrier(inner), outer):
            plain(reading, outer)
            reading.predicates.append(outer)
    return False


def _govern(reading: Reading, kind: str | None, outer: Token, link: Link) -> bool:
    """Let a governing cue act on the status, and share its subject."""
    reading.predicates.append(outer)
    if kind == "allow":
        reading.actor, reading.top = subject(outer), outer
        reading.status = "bare" if reading.status in {"bare", "announced", "standing"} else None
        plain(reading, outer)
        return True
    if kind in {"commit", "offer", "refuse", "decide"} and link.bond == "control" and _others(reading, outer):
        reading.status = None
        return False
    if link.bond == "control":
        reading.actor = reading.actor or (subject(outer) if outer.pos_ != "NOUN" else _above(outer))
    if kind is None or kind in {"give", "own"}:
        if outer.lemma_ in {"help", "assist"} and reading.status == "bare":
            plain(reading, outer)
        return link.bond == "control" and kind is not None
    reading.top = outer
    if kind == "aspect":
        if reading.status == "bare":
            plain(reading, outer)
    else:
        apply(reading, kind, outer)
    return True


def _above(noun: Token) -> Token | None:
    """Return the subject of the verb that a noun stands under: *Turkey is in talks about*."""
    verb = noun
    while verb.pos_ not in {"VERB", "AUX"} and verb.head != verb:
        verb = verb.head
    return controller(verb)


def _others(reading: Reading, outer: Token) -> bool:
    """Say whether what is promised is that somebody else acts: *pledged money for Ukraine to buy arms*."""
    own, promising = subject(reading.anchor), subject(outer)
    return own is not None and reading.actor == own and promising is not None and own.i > outer.i


def _nominal(reading: Reading, noun: Token, inner: Token, lexicon: Lexicon) -> bool:
    """Read a noun that governs a contribution: an offer to send, countries willing to help."""
    kind = next(iter(lexicon.classes(noun)), None)
    verb = carrier(inner)
    reported = verb.dep_ == "acl" and child(verb, "mark") is not None and subject(inner) is not None
    if reported and kind == "request" and reading.status in {"bare", "announced"}:
        reading.status, reading.sought = "requested", owner(noun) or controller(noun.head)
        reading.predicates.append(noun)
        reading.note("request", noun)
        return False
    chosen = kind is None and inner.tag_ == "VBN" and inner.dep_ == "acl" and child(inner, "agent") is None
    if reported or (chosen and "give" not in lexicon.classes(inner)):
        reading.status = None
        return False
    if kind is None or verb.dep_ == "relcl":
        if reading.actor is None and (inner.tag_ != "VB" or represented(noun) is not noun):
            reading.actor = represented(noun)
        reading.top = inner
        return False
    answers = lexicon.classes(noun.head) & _ANSWERS if noun.dep_ in {"dobj", "nsubjpass"} else frozenset()
    if kind == "request" or "withdraw" in answers:
        return _answered(reading, noun, kind, answers)
    reading.predicates.append(noun)
    reading.actor = owner(noun) or reading.actor or (_above(noun) if noun.head.lower_ == "in" else None)
    reading.top = noun
    apply(reading, kind, noun)
    _light(reading, noun)
    return False


def _answered(reading: Reading, noun: Token, kind: str, answers: frozenset[str]) -> bool:
    """Read what becomes of a request, a plan or a promise: declined, weighed, suspended."""
    verb = noun.head
    answers = answers if kind != "request" else answers - {"withdraw"}
    agent = child(verb, "agent")
    deciding = child(agent, "pobj") if agent is not None else owner(noun)
    reading.actor, reading.top = deciding if noun.dep_ == "nsubjpass" else controller(verb), verb
    reading.predicates += [noun, verb]
    reading.status = reading.status if answers else None
    if answers:
        apply(reading, min(answers, key=_ORDER.index), verb)
    return True


def _light(reading: Reading, noun: Token) -> Reading | None:
    """Let the verb of a nominal cue give it its subject: *made an offer*."""
    verb = noun.head
    if noun.dep_ in {"dobj", "attr", "nsubjpass"} and verb.lemma_ in _LIGHT:
        if noun.dep_ != "nsubjpass":
            reading.actor = reading.actor or subject(verb)
        reading.predicates.append(verb)
        reading.top = verb
        if mood(verb) in {"must", "may", "could"}:
            reading.status = None
    return _settled(reading)


def _join(reading: Reading, inner: Token, head: Token) -> bool:
    """Pass from a conjunct to the verb that it is coordinated with."""
    if head.pos_ not in {"VERB", "AUX", "ADJ"}:
        return False
    if subject(inner) is None and reading.actor is None:
        reading.actor, reading.shared = subject(head), carrier(inner).pos_ in {"VERB", "AUX"}
    verb = carrier(inner)
    shares = mood(verb) in {"bare", "done"} and child(verb, "aux") is None
    if reading.status in {"bare", "delivered"} and shares and mood(carrier(head)) in {"bare", "will", "would"}:
        plain(reading, head)
    return True


def _settled(reading: Reading) -> Reading | None:
    """Drop what no cue has made a commitment."""
    if (reading.asked and "consider" not in reading.classes) or reading.status in {None, "bare"}:
        return None
    return reading
