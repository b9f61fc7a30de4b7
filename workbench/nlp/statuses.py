"""What one cue does to a status: promise, offer, refusal, reserve, withdrawal; tense and modals alone."""

from dataclasses import dataclass, field
from typing import Final

from workbench.nlp.clauses import carrier, child, mood, negation, planned, subject
from workbench.nlp.tree import Token

OWN: Final = frozenset({"commit", "offer", "refuse", "consider", "wait", "withhold"})
"""Classes of cues that are the actor's own attitude, and so a stance as well."""

THREATENED: Final = "threatened"
"""A withdrawal that is only threatened: nothing unless a condition goes with it."""

_YIELDS: Final = {
    "commit": "announced", "decide": "announced", "offer": "offered", "refuse": "ruled_out",
    "consider": "under_consideration", "withdraw": "withdrawn",
}  # fmt: skip
_NEGATED: Final = {"refuse": "under_consideration", "consider": "ruled_out", "offer": "ruled_out"}
_UNPLANNED: Final = frozenset(
    {"plan", "intend", "intention", "intent", "due", "about", "set", "aim", "determined", "go"}
)
_PLEDGING: Final = frozenset({"announce", "pledge", "promise", "offer", "unveil", "volunteer"})
_UNDECIDED: Final = frozenset({"decide", "decision", "agree", "commit", "approve", "budget", "allocate", "committed"})
_ONCE_PLANNED: Final = frozenset({"expect", "plan", "intend", "mean", "aim"})
"""Plans that came to nothing where they are told of as *had been expected*."""

_TALKING: Final = frozenset({"discuss", "debate", "talk", "consult", "study", "review", "assess"})
"""Deliberation that is only not held, which rules nothing out."""

_TOLD: Final = frozenset({"say", "announce", "confirm", "tell", "declare", "state", "reveal", "report", "write", "add"})
_GLADLY: Final = frozenset({"gladly", "happily", "willingly"})
_PLAIN: Final[dict[str, tuple[str | None, str | None]]] = {
    "will": ("announced", "ruled_out"),
    "would": ("announced", "ruled_out"),
    "may": ("under_consideration", "under_consideration"),
    "could": ("possible", "ruled_out"),
    "can": ("possible", "ruled_out"),
    "must": ("requested", None),
    "bare": ("bare", "ruled_out"),
    "done": ("delivered", None),
    "doing": ("running", "ruled_out"),
    "does": ("standing", None),
}


@dataclass(slots=True)
class Reading:
    """The status of a contribution, who would make it, who asks, and the words that say so.

    ``top`` is the outermost predicate that counts; ``said`` the verb of saying above it.
    """

    anchor: Token
    status: str | None = "bare"
    actor: Token | None = None
    fallback: Token | None = None
    sought: Token | None = None
    top: Token | None = None
    said: Token | None = None
    own: bool = False
    negated: bool = False
    soft: bool = False
    shared: bool = False
    topic: Token | None = None
    hanging: tuple[int, int] | None = None
    hedged: bool = False
    asked: bool = False
    predicates: list[Token] = field(default_factory=list)
    cues: list[Token] = field(default_factory=list)
    classes: list[str] = field(default_factory=list)

    def note(self, kind: str, cue: Token) -> None:
        """Remember a cue and its class."""
        self.classes.append(kind)
        self.cues.append(cue)
        self.own = self.own or kind in OWN


def plain(reading: Reading, verb: Token) -> None:
    """Read the status that a verb has by its modal or tense alone."""
    holder = carrier(verb)
    how, no = mood(holder), negation(verb)
    if how == "bare" and (_headline(holder) or planned(holder)):
        how = "will"
    reading.status = _PLAIN[how][no is not None]
    reading.negated = no is not None
    reading.soft = how == "would"
    if reading.status == "announced" and any(each.lower_ in _GLADLY for each in holder.children):
        reading.status = "offered"
        reading.note("offer", holder)
        return
    if any(each.lower_ == "longer" for each in holder.children) and how in {"will", "would", "does", "doing"}:
        reading.status = "withdrawn"
        reading.note("withdraw", holder)
    elif no is not None and reading.status == "ruled_out":
        reading.note("refuse", no)
    elif how == "may":
        reading.note("consider", next(each for each in holder.children if each.dep_ == "aux"))
    elif how != "bare":
        reading.note(how, next((each for each in holder.children if each.dep_ == "aux"), holder))


def at_home(verb: Token) -> bool:
    """Say whether it is told that somebody's troops go nowhere: *our soldiers stay home*."""
    needed = verb.lemma_ == "need" and child(verb, "auxpass") is not None
    if not needed and (verb.lemma_ not in {"stay", "remain"} or mood(verb) not in {"does", "will", "would", "must"}):
        return False
    home = (each.lower_ for each in verb.rights if each.dep_ in {"advmod", "acomp", "prep", "dobj", "attr", "npadvmod"})
    inside = (each.lower_ for one in verb.rights if one.lower_ in {"at", "in"} for each in one.rights)
    return any(each in {"home", "put"} for each in home) or any(each in {"home", "barracks"} for each in inside)


def _headline(verb: Token) -> bool:
    """Say whether it is the infinitive of a headline: *Japan to fund sonar*."""
    to = any(each.lower_ == "to" and each.dep_ == "aux" for each in verb.children)
    if not to or subject(verb) is None:
        return False
    if verb.dep_ == "ccomp" and verb.i < verb.head.i and child(verb, "mark") is None:
        return True
    return verb.dep_ == "ROOT" or (verb.dep_ in {"conj", "ccomp"} and verb.head.dep_ == "ROOT" and _headline(verb.head))


def apply(reading: Reading, kind: str, predicate: Token) -> None:
    """Let a cue of a class act on the status so far."""
    noun = predicate.pos_ == "NOUN"
    no = _no(predicate) if noun else negation(predicate)
    reading.note(kind, predicate)
    inner = reading.status or "bare"
    how = "done" if noun else mood(carrier(predicate))
    if kind == "deny":
        reading.status = None
    elif no is not None:
        reading.negated = True
        reading.status = _when_negated(kind, predicate) if inner in {"bare", "ruled_out", "possible"} else None
        reading.own = reading.own or reading.status == "ruled_out"
    else:
        pending = predicate.lemma_ == "decide" and how in {"will", "would", "bare"} and _upon(predicate)
        reading.status = (
            "under_consideration" if pending or _still_open(predicate) else _wrapped(kind, inner, predicate)
        )
    if kind == "decide" and predicate.lemma_ in _ONCE_PLANNED and predicate.dep_ == "ROOT" and _had(predicate):
        reading.status = None
    if reading.status == "under_consideration":
        reading.asked = False
    if reading.status in {"announced", "offered"} and how in {"may", "could", "must"}:
        reading.status = "requested" if how == "must" else "under_consideration"
    if kind == "withdraw" and how in {"may", "could", "can", "must", "would"}:
        told = carrier(predicate).dep_ == "ccomp" and carrier(predicate).head.lemma_ in _TOLD
        if how != "would" or not told:
            reading.status = THREATENED if how == "would" and no is None else None
    reading.soft = reading.soft or predicate.lemma_ in {"prepare", "plan", "intend", "hope", "aim", "intention", "draw"}


def _had(verb: Token) -> bool:
    return any(each.lower_ == "had" and each.dep_ == "aux" for each in verb.lefts)


def _still_open(noun: Token) -> bool:
    """Say whether a decision is still to be taken: *a decision on sending troops will be made in May*."""
    verb = noun.head
    taken = (
        noun.lemma_ == "decision" and noun.dep_ in {"nsubjpass", "dobj"} and verb.lemma_ in {"take", "make", "reach"}
    )
    return taken and mood(verb) in {"will", "would"}


def _upon(verb: Token) -> bool:
    """Say whether it is on something, not to do it, that somebody decides: *will decide on the deployment*."""
    return any(each.dep_ == "prep" and each.lower_ in {"on", "about", "over"} for each in verb.rights)


def _no(noun: Token) -> Token | None:
    first = next((each for each in noun.children if each.lower_ in {"no", "neither"}), None)
    return first if first is not None else (negation(noun.head) if noun.dep_ in {"dobj", "attr"} else None)


def _when_negated(kind: str, predicate: Token) -> str | None:
    lemma = predicate.lemma_.lower()
    if lemma in _UNDECIDED:
        return "under_consideration"
    if lemma in _UNPLANNED or (lemma in _PLEDGING and _empty(predicate)):
        return "ruled_out"
    if kind == "offer" and predicate.pos_ == "VERB" and lemma != "prepare":
        return None
    return None if lemma in _TALKING else _NEGATED.get(kind)


def _empty(verb: Token) -> bool:
    """Say whether it is nothing that somebody promises: *announced no fresh money*, *offered no troops*."""
    objects = (each for each in verb.children if each.dep_ == "dobj")
    return any(each.lower_ == "nothing" or any(one.lower_ == "no" for one in each.lefts) for each in objects)


def _wrapped(kind: str, inner: str, predicate: Token) -> str | None:
    """Return what a cue makes of an inner status; a threat to stop is not yet the end."""
    if inner in {"withdrawn", THREATENED} and predicate.lemma_ == "threaten":
        return THREATENED
    if predicate.lower_ == "unable":
        return "under_consideration" if inner in {"bare", "announced"} else None
    if kind in {"commit", "decide", "offer"}:
        return _YIELDS[kind] if inner in {"bare", "possible", "standing", "running"} else inner
    if kind == "withdraw" and inner == "withdrawn":
        return "announced"
    if kind == "withdraw" and inner == "under_consideration":
        return "ruled_out"
    if inner == "withdrawn" or (kind == "withdraw" and inner == "ruled_out"):
        return inner if kind in {"decide", "commit"} else None
    if kind == "refuse" and inner == "ruled_out":
        return "under_consideration"
    if kind == "consider" and inner == "ruled_out":
        return None
    return _YIELDS.get(kind)
