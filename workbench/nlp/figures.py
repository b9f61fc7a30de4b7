"""Figures of speech: *is dragging its feet*, *came on board*, *put two frigates on the table*."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Final

from workbench.nlp.clauses import SUBJECTS, child, controller, mood, negation
from workbench.nlp.commitments import Draft, drafted
from workbench.nlp.engagements import left_open, side
from workbench.nlp.given import things
from workbench.nlp.lexicon import is_type
from workbench.nlp.movements import CARRIED
from workbench.nlp.scene import Scene
from workbench.nlp.things import Thing, typed, venture
from workbench.nlp.tree import Token

_GAP: Final = 3
_WIDE: Final = 14
_OBJECT: Final = "…"
_END: Final = "$"
_AFTER: Final = frozenset({
    "too", "either", "anyway", "altogether", "as", "but", "and", "at", "until", "before", "after", "outright", "flatly",
    "flat", "politely", "publicly", "citing",
})  # fmt: skip
_NEAR: Final = 10
_BROKEN: Final = frozenset({",", ";", ":", "–", "—", "(", ".", "and", "or", "but"})
_NO: Final = frozenset({"no", "not", "nothing", "none"})
_TURNED: Final = {"refuse": "consider", "consider": "refuse"}
"""What a class is read as where the figure itself says no: *wants nothing to do with*, *made no promises*."""

_HELD: Final = frozenset({"keep", "leave"})
"""Verbs that others are the object of in the passive: *officers must be kept out*."""

_GIVEN: Final = frozenset({"give"})
_MEANS: Final = CARRIED | {"weapons_ammunition"}
_SPEAKING: Final = frozenset({"us", "me"})


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of speech: verb, last token, class and type, and whether an object or a *no* stands inside."""

    verb: Token
    last: int
    kind: str
    label: str
    loaded: bool
    denied: bool


def figured(scene: Scene, known: list[Draft]) -> Iterator[Draft]:
    """Yield the commitments in figures of speech; what was read of their verb beats all but those with an object."""
    told = [(each.anchor.i, {one.i for one in (each.anchor, *each.predicates)}) for each in (d.reading for d in known)]
    spoken = {_OBJECT, _END, *chain.from_iterable(scene.words)}
    for token in scene.tokens:
        figure = _figure(scene, token, spoken) if not scene.asks(token) else None
        alone = figure is not None and figure.last == token.i
        passive = child(token, "auxpass") is not None and (token.lemma_ in _HELD or alone)
        if (
            figure is None
            or passive
            or (not figure.loaded and any(token.i in one and end <= figure.last for end, one in told))
        ):
            continue
        us = _us(scene, figure)
        if given := _given(scene, figure, us):
            yield from drafted(scene, token, frozenset({_class(figure)}), given, us)


def meant(scene: Scene, verb: Token) -> list[Thing]:
    """List what a party gives by a figure of speech that starts with a verb: *foots the bill*."""
    figure = _figure(scene, verb, {_OBJECT, _END, *chain.from_iterable(scene.words)})
    return _given(scene, figure, None) if figure is not None and figure.kind in {"commit", "decide", "offer"} else []


def _figure(scene: Scene, verb: Token, spoken: set[str]) -> Figure | None:
    """Return the figure of speech that starts with a verb, of words that the sentence has."""
    rows = scene.lexicon.figures.get(verb.lemma_.lower(), ()) if verb.pos_ in {"VERB", "AUX"} else ()
    likely = (row for row in rows if spoken.issuperset(row[0]))
    return next((found for row in likely if (found := matched(scene, verb, *row))), None)


def _us(scene: Scene, figure: Figure) -> Token | None:
    """Return the speakers, where a figure names them: *count us in*, *it is a no from us*."""
    words = scene.doc[figure.verb.i + 1 : figure.last + 1]
    return next((each for each in words if each.lower_ in _SPEAKING and scene.quote(each) is not None), None)


def _class(figure: Figure) -> str:
    """Return the class that the operators read: a promise that is denied is a refusal by its mood."""
    no = negation(figure.verb) is not None
    governed = figure.verb.dep_ in {"xcomp", "advcl"} and mood(figure.verb) == "bare"
    if figure.kind in {"commit", "decide"} and (no or governed):
        return "own"
    denied = figure.denied or (figure.kind == "consider" and figure.verb.lemma_ == "make")
    return _TURNED.get(figure.kind, figure.kind) if denied and no else figure.kind


def matched(scene: Scene, verb: Token, rest: tuple[str, ...], kind: str, label: str) -> Figure | None:
    """Return the figure that starts with a verb, if all its words follow."""
    at, reach = verb.i, _GAP
    for word in rest:
        if word == _END:
            if not _ends(scene, at):
                return None
        elif word == _OBJECT:
            reach = _WIDE
        else:
            found = _next(scene, at, word, reach)
            if found is None:
                return None
            at, reach = found, _GAP
    return Figure(verb, at, kind, label, _OBJECT in rest, not _NO.isdisjoint(rest))


def _next(scene: Scene, at: int, word: str, reach: int) -> int | None:
    """Return where a word follows, past no break of the clause and no other subject where it must be near."""
    for token in scene.doc[at + 1 : min(at + reach + 2, scene.sentence.end)]:
        if word in {token.lower_, token.lemma_.lower()}:
            return int(token.i)
        if reach == _GAP and (token.text in _BROKEN or token.dep_ in SUBJECTS):
            return None
    return None


def _ends(scene: Scene, at: int) -> bool:
    after = scene.doc[at + 1] if at + 1 < scene.sentence.end else None
    return after is None or after.is_punct or after.is_space or after.lower_ in _AFTER


def _until(scene: Scene, figure: Figure) -> int:
    """Return the last token that may still belong to a figure: before the next predicate beside it."""
    after = scene.doc[figure.last + 1 : min(figure.last + 1 + _NEAR, scene.sentence.end)]
    return next(
        (each.i - 1 for each in after if each.dep_ == "conj" and each.pos_ in {"VERB", "AUX"}), figure.last + _NEAR
    )


def _given(scene: Scene, figure: Figure, us: Token | None) -> list[Thing]:
    """List what a figure is about: its object, what follows it, its own type, or what was last spoken of."""
    end = scene.doc[figure.last] if scene.doc[figure.last].lower_ not in _SPEAKING else figure.verb
    if figure.loaded:
        return things(scene, figure.verb, _GIVEN)
    actor = us or controller(figure.verb)
    topic = typed(scene, actor) if figure.verb.lemma_ == "be" and actor is not None else ()
    if means := [Thing(each.type, end) for each in topic if each.type in _MEANS]:
        return means[:1]
    for hit in sorted(scene.things.values(), key=lambda each: each.first):
        token = scene.doc[hit.last]
        if figure.last < hit.first <= _until(scene, figure) and figure.verb.is_ancestor(token):
            if hit.label == "elsewhere":
                return []
            if is_type(hit.label):
                return [Thing(hit.label, token)]
            if venture(scene, token):
                return [side(scene, token)]
    if actor is None:
        return []
    if actor.dep_ == "csubj" and (loaded := things(scene, actor, _GIVEN)):
        return [Thing(each.type, end) for each in loaded]
    return [Thing(figure.label or left_open(scene, figure.verb.i, actor), end)]
