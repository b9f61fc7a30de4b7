"""What the words around a contribution make of it: promise, offer, refusal, reserve, request, denial.

The walk starts at the contribution and goes outwards from predicate to governing predicate; each
changes the status that the inner ones gave, or drops it.
"""

from dataclasses import dataclass, field
from typing import Final

from spacy.tokens import Token

from workbench.nlp.clauses import Link, carrier, child, governor, mood, negation, subject
from workbench.nlp.lexicon import Lexicon

_ORDER: Final = (
    "deny", "refuse", "consider", "withdraw", "offer", "commit", "decide", "allow", "aspect", "wait", "request", "own", "give", "say", "think",
)  # fmt: skip
_REPORTING: Final = (
    "deny",
    "request",
    "wait",
    "allow",
    "refuse",
    "think",
    "say",
    "consider",
    "decide",
    "commit",
    "offer",
)
_NEVER_FIRST: Final = frozenset({"aspect", "say", "think", "deny", "wait"})
_OWN: Final = frozenset({"commit", "offer", "refuse", "consider", "wait"})
_YIELDS: Final = {
    "commit": "announced", "decide": "announced", "offer": "offered", "refuse": "ruled_out", "consider": "under_consideration",
    "withdraw": "withdrawn",
}  # fmt: skip
_NEGATED: Final = {"refuse": "under_consideration", "consider": "ruled_out", "offer": "ruled_out"}
_UNPROMISED: Final = frozenset({"plan", "intend", "intention", "intent", "due", "about", "set"})
_UNDECIDED: Final = frozenset({"decide", "decision", "agree", "commit", "approve", "budget", "allocate", "confirm"})
_SELF: Final = frozenset({"want", "hope", "wish", "seek", "like", "push", "expect", "aim"})
_LIGHT: Final = frozenset(
    {
        "make",
        "have",
        "take",
        "give",
        "issue",
        "renew",
        "repeat",
        "announce",
        "reiterate",
        "reach",
        "show",
        "signal",
        "express",
        "voice",
        "confirm",
        "reaffirm",
        "come",
        "face",
        "be",
        "say",
        "indicate",
        "unveil",
        "put",
        "outline",
        "describe",
        "draw",
    }
)
_SILENT: Final = frozenset({"decline", "refuse", "unwilling", "unable", "reluctant", "early", "soon"})
_WH: Final = frozenset({"whether", "if", "how", "when", "where", "why", "what", "who", "which", "whom"})
_PLAIN: Final[dict[str, tuple[str | None, str | None]]] = {
    "will": ("announced", "ruled_out"), "would": ("announced", "ruled_out"), "may": ("under_consideration", "under_consideration"),
    "could": ("possible", "ruled_out"), "can": ("possible", "ruled_out"), "must": ("requested", None), "bare": ("bare", "ruled_out"),
    "done": ("delivered", None), "doing": ("running", "ruled_out"), "does": ("standing", None),
}  # fmt: skip


@dataclass(slots=True)
class Reading:
    """The status of a contribution, who would make it, who asks, and the words that say so.

    ``top`` is the outermost predicate that counts; ``said`` the verb of saying above it.
    """

    anchor: Token
    status: str | None = "bare"
    actor: Token | None = None
    sought: Token | None = None
    top: Token | None = None
    said: Token | None = None
    own: bool = False
    negated: bool = False
    soft: bool = False
    hedged: bool = False
    asked: bool = False
    predicates: list[Token] = field(default_factory=list)
    cues: list[Token] = field(default_factory=list)
    classes: list[str] = field(default_factory=list)


def read(anchor: Token, kinds: frozenset[str], lexicon: Lexicon) -> Reading | None:
    """Read the status of a contribution from its anchor outwards; None where nothing is committed."""
    reading = Reading(anchor, actor=subject(anchor), top=anchor, predicates=[anchor])
    kind = next((each for each in _ORDER if each in kinds and each not in _NEVER_FIRST), "give")
    if kind in {"give", "own"}:
        _plain(reading, anchor)
    else:
        _apply(reading, kind, anchor)
    inner = anchor
    while reading.status is not None and (link := governor(inner)) is not None and link.token not in reading.predicates:
        if _is_question(inner):
            reading.asked = True
        if not _step(reading, inner, link, lexicon):
            break
        inner = link.token
    return _settled(reading)


def _step(reading: Reading, inner: Token, link: Link, lexicon: Lexicon) -> bool:
    """Let one governor act; say whether the walk goes on beyond it."""
    outer = link.token
    if link.bond == "aside":
        if reading.actor is None and outer.pos_ in {"VERB", "AUX"}:
            reading.actor = _controller(outer)
        return False
    if link.bond == "joined":
        return _join(reading, inner, outer)
    if link.bond == "noun" and outer.pos_ in {"NOUN", "PROPN", "PRON"}:
        return _nominal(reading, outer, inner, lexicon)
    kinds = lexicon.classes(outer)
    order = _REPORTING if link.bond == "content" else _ORDER
    kind = next((each for each in order if each in kinds), None)
    return _govern(reading, kind, outer, link)


def _govern(reading: Reading, kind: str | None, outer: Token, link: Link) -> bool:
    if outer.lemma_ == "be" and link.bond == "control" and carrier(outer) is outer:
        kind = "decide"
    if kind == "say":
        return _say(reading, outer, link)
    if kind == "think":
        reading.hedged, reading.said = True, outer
        return False
    if kind in {"request", "wait"}:
        return _request(reading, outer, link, waiting=kind == "wait")
    reading.predicates.append(outer)
    if kind == "allow":
        reading.actor, reading.top = subject(outer), outer
        reading.status = "bare" if reading.status in {"bare", "announced"} else None
        _plain(reading, outer)
        return True
    if kind in {"commit", "offer", "refuse", "decide"} and link.bond == "control" and _other_subject(reading, outer):
        reading.status = None
        return False
    if kind is None or kind in {"give", "own"}:
        if link.bond == "control" and reading.actor is None:
            reading.actor = subject(outer)
        return link.bond == "control" and kind is not None
    if reading.actor is None or link.bond == "control":
        reading.actor = reading.actor or subject(outer)
    reading.top = outer
    if kind == "aspect":
        _plain(reading, outer) if reading.status == "bare" else None
    else:
        _apply(reading, kind, outer)
    return True


def _other_subject(reading: Reading, outer: Token) -> bool:
    """Say whether what is promised is that somebody else acts: *pledged money for Ukraine to buy arms*."""
    own = subject(reading.anchor)
    return own is not None and reading.actor is own and subject(outer) is not None and own.i > outer.i


def _say(reading: Reading, outer: Token, link: Link) -> bool:
    above = governor(outer)
    refused = above is not None and above.bond == "control" and above.token.lemma_ in _SILENT
    if refused or (reading.asked and negation(outer) is not None):
        reading.status, reading.own, reading.asked = "under_consideration", True, False
        reading.negated = negation(outer) is not None or (above is not None and above.token.lower_.startswith("un"))
        reading.cues.append(above.token if refused and above else outer)
        reading.classes.append("withhold")
        reading.top = above.token if refused and above else outer
        reading.predicates.append(outer)
        return False
    if negation(outer) is not None:
        reading.status = None
    if link.bond == "control" and reading.actor is None:
        reading.status = None
    reading.said = outer
    return False


def _request(reading: Reading, outer: Token, link: Link, *, waiting: bool) -> bool:
    asked = _addressee(outer) if link.bond == "control" else None
    if reading.actor is None and asked is None:
        if outer.lemma_ in _SELF and reading.status == "bare" and negation(outer) is None:
            reading.actor, reading.status, reading.soft = subject(outer), "announced", True
            reading.predicates.append(outer)
            reading.cues.append(outer)
            reading.classes.append("wish")
            reading.top = outer
            return True
        reading.status = None
        return False
    if (
        reading.status not in {"bare", "announced", "offered", "possible", "standing", "running", "requested"}
        or negation(outer) is not None
    ):
        reading.status = None
        return False
    reading.actor = reading.actor or asked
    reading.status, reading.sought, reading.top = "requested", _controller(outer), outer
    reading.predicates.append(outer)
    reading.cues.append(outer)
    reading.classes.append("wait" if waiting else "request")
    reading.own = waiting
    return True


def _addressee(verb: Token) -> Token | None:
    """Return who is asked: the object, or the object of *on*, *to*, *for* or *with*."""
    if (found := child(verb, "dobj", "dative")) is not None and found.tag_ != "VBG":
        return found if found.pos_ != "ADP" else child(found, "pobj")
    for each in verb.children:
        if each.dep_ == "prep" and each.lower_ in {"on", "upon", "to", "for", "with"}:
            return child(each, "pobj")
    return None


def _nominal(reading: Reading, noun: Token, inner: Token, lexicon: Lexicon) -> bool:
    """Read a noun that governs a contribution: an offer to send, countries willing to help."""
    kind = next(iter(lexicon.classes(noun)), None)
    if kind is None or carrier(inner).dep_ == "relcl":
        if reading.actor is None and inner.tag_ != "VB":
            reading.actor = noun
        reading.top = inner
        return False
    verb = noun.head
    if kind == "request":
        answer = (
            next((each for each in ("refuse", "consider") if each in lexicon.classes(verb)), None)
            if noun.dep_ == "dobj"
            else None
        )
        if answer is None or reading.status != "bare":
            reading.status = None
            return False
        reading.actor, reading.top = subject(verb), verb
        reading.predicates += [noun, verb]
        _apply(reading, answer, verb)
        return True
    reading.predicates.append(noun)
    reading.actor = owner(noun) or reading.actor
    reading.top = noun
    _apply(reading, kind, noun)
    if noun.dep_ in {"dobj", "attr", "nsubjpass"} and verb.lemma_ in _LIGHT:
        reading.actor = reading.actor or (subject(verb) if noun.dep_ != "nsubjpass" else None)
        reading.predicates.append(verb)
        reading.top = verb
        if mood(verb) in {"must", "may", "could"}:
            reading.status = None
    return False


def owner(noun: Token) -> Token | None:
    """Return whose offer, plan or decision it is: the possessor, or the noun after *of* or *by*."""
    named = (each for each in noun.lefts if each.dep_ in {"poss", "amod", "compound", "nmod"})
    if (found := next((each for each in named if each.dep_ == "poss" or each.shape_[:1] == "X"), None)) is not None:
        return found
    for each in noun.children:
        if each.dep_ in {"prep", "agent"} and each.lower_ in {"of", "by", "from"}:
            return child(each, "pobj")
    return None


def _join(reading: Reading, inner: Token, head: Token) -> bool:
    """Pass from a conjunct to the verb that it is coordinated with."""
    if head.pos_ not in {"VERB", "AUX", "ADJ"}:
        return False
    if subject(inner) is None and reading.actor is None:
        reading.actor = subject(head) if subject(head) is not None else None
    if (
        reading.status in {"bare", "delivered"}
        and mood(carrier(inner)) in {"bare", "done"}
        and not child(carrier(inner), "aux")
    ):
        reading.status = "bare" if mood(carrier(head)) in {"bare", "will", "would"} else reading.status
        if reading.status == "bare":
            _plain(reading, head)
    return True


def _controller(verb: Token) -> Token | None:
    """Return the subject of a verb, or the one that it shares with its governor."""
    for _ in range(4):
        if (found := subject(verb)) is not None:
            return found
        link = governor(verb)
        if link is None or link.bond == "content":
            return None
        if link.bond == "noun":
            return link.token
        verb = link.token
    return None


def _plain(reading: Reading, verb: Token) -> None:
    """Read the status that a verb has by its modal or tense alone."""
    holder = carrier(verb)
    how, no = mood(holder), negation(verb)
    if how == "bare" and _heads(holder):
        how = "will"
    reading.status = _PLAIN[how][no is not None]
    reading.negated = no is not None
    reading.soft = how == "would"
    if how in {"will", "would"} and no is not None:
        reading.own = True
        reading.cues.append(no)
        reading.classes.append("refuse")
    elif how != "bare":
        reading.cues.append(next((each for each in holder.children if each.dep_ == "aux"), holder))
        reading.classes.append(how)


def _heads(verb: Token) -> bool:
    """Say whether it is the infinitive of a headline: *Japan to fund sonar*."""
    to = any(each.lower_ == "to" and each.dep_ == "aux" for each in verb.children)
    return (
        to
        and subject(verb) is not None
        and verb.dep_ in {"ROOT", "ccomp", "conj", "parataxis", "dep", "acl", "relcl"}
        and not any(each.lower_ == "for" and each.dep_ == "mark" for each in verb.children)
    )


def _apply(reading: Reading, kind: str, predicate: Token) -> None:
    """Let a cue of a class act on the status so far."""
    no = negation(predicate) if predicate.pos_ != "NOUN" else _no(predicate)
    reading.cues.append(predicate)
    reading.classes.append(kind)
    reading.own = reading.own or kind in _OWN
    inner = reading.status
    if kind == "deny":
        reading.status = None
    elif no is not None:
        reading.negated = True
        reading.status = _when_negated(kind, predicate) if inner in {"bare", "ruled_out"} else None
    else:
        reading.status = _wrapped(kind, inner or "bare", predicate)
    how = mood(carrier(predicate)) if predicate.pos_ != "NOUN" else "done"
    if (
        reading.status in {"announced", "offered"}
        and how in {"may", "could", "must"}
        and predicate is not reading.anchor
    ):
        reading.status = "requested" if how == "must" else "under_consideration"
    if kind == "withdraw" and how in {"may", "could", "can", "must", "would"}:
        reading.status = None


def _no(noun: Token) -> Token | None:
    first = next((each for each in noun.children if each.lower_ in {"no", "neither"}), None)
    return first if first is not None else (negation(noun.head) if noun.dep_ in {"dobj", "attr"} else None)


def _when_negated(kind: str, predicate: Token) -> str | None:
    if predicate.lemma_ in _UNDECIDED:
        return "under_consideration"
    if predicate.lemma_ in _UNPROMISED:
        return "ruled_out"
    if kind == "offer" and predicate.pos_ == "VERB" and predicate.lemma_ != "prepare":
        return None
    return _NEGATED.get(kind)


def _wrapped(kind: str, inner: str, predicate: Token) -> str | None:
    """Return what a cue makes of an inner status."""
    if kind == "consider" and predicate.lemma_ == "unable":
        return "under_consideration" if inner in {"bare", "announced"} else None
    if kind in {"commit", "decide", "offer"}:
        return _YIELDS[kind] if inner in {"bare", "possible", "standing", "running"} else inner
    if inner == "withdrawn" or (kind == "withdraw" and inner in {"ruled_out", "under_consideration"}):
        return inner if kind in {"decide", "commit"} else None
    if kind == "refuse" and inner == "ruled_out":
        return "under_consideration"
    if kind == "consider" and inner == "ruled_out":
        return None
    return _YIELDS.get(kind)


def _is_question(inner: Token) -> bool:
    verb = carrier(inner)
    if verb.dep_ in {"relcl", "acl"}:
        return False
    return any(
        each.lower_ in _WH
        and (each.dep_ in {"mark", "advmod"} or each.tag_ in {"WP", "WDT", "WRB"})
        and (each.lower_ not in {"if", "when"} or verb.dep_ in {"ccomp", "pcomp"})
        for each in verb.lefts
    )


def _settled(reading: Reading) -> Reading | None:
    """Drop what no cue has made a commitment."""
    considered = "consider" in reading.classes
    if reading.asked and not considered:
        return None
    if reading.status in {None, "bare"}:
        return None
    return reading
