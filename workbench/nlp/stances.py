"""Stances: who takes which position on what."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Token

from workbench.core.scheme import Pairs
from workbench.nlp import slots
from workbench.nlp.clauses import carrier, child, governor, members, mood, negation, subject
from workbench.nlp.commitments import Draft, voice
from workbench.nlp.mentions import Mention
from workbench.nlp.scene import Scene, principal
from workbench.nlp.slots import Range

_FLIP: Final = {"supports": "opposes", "opposes": "supports"}
_TURNED: Final = frozenset({"refuse", "decline"})
_PREPOSITIONS: Final = frozenset({"to", "for", "of", "on", "about", "with", "against", "behind", "as", "by", "in"})
_OFFERS: Final = frozenset({"participation"})
_LIGHT: Final = frozenset(
    {
        "express",
        "reaffirm",
        "voice",
        "reiterate",
        "declare",
        "pledge",
        "give",
        "offer",
        "renew",
        "confirm",
        "have",
        "repeat",
        "throw",
        "state",
        "lend",
        "signal",
    }
)
_NAMED: Final = frozenset(
    {
        "call",
        "describe",
        "dismiss",
        "brand",
        "label",
        "denounce",
        "condemn",
        "regard",
        "see",
        "hail",
        "deride",
        "criticise",
        "criticize",
    }
)


@dataclass(slots=True)
class Position:
    """A stance before it is written down; ranges are tokens."""

    scene: Scene
    holder: Mention
    target: str
    polarity: str
    evidence: Range
    rule: str
    cues: list[Token]
    condition: Range | None = None
    target_actor: str | None = None
    speaker: Mention | None = None
    direct: bool = False
    negated: bool = False
    hedged: bool = False
    partial: bool = False
    dual: bool = False


def positions(scene: Scene, promised: list[Draft], pairs: Pairs) -> list[Position]:
    """List the stances that a sentence expresses, those that go with commitments first."""
    found = [position for draft in promised for position in _dual(draft, pairs)]
    if not scene.asks:
        found += _judgements(scene)
    return _distinct(found)


def _dual(draft: Draft, pairs: Pairs) -> Iterator[Position]:
    """Yield the stance that a promise, refusal or request expresses."""
    scene, reading = draft.scene, draft.reading
    target = pairs.target.get(draft.thing.type, pairs.otherwise)
    if draft.sought is not None:
        holder, polarity, provider = draft.sought, "supports", draft.party[0]
    elif reading.own or draft.direct or draft.condition is not None:
        holder, polarity, provider = _holder(draft), pairs.polarity.get(draft.status, ""), None
        if target == "security_guarantee":
            provider = draft.party[0]
    else:
        return
    if not polarity or not target:
        return
    yield Position(
        scene, holder, target, polarity, draft.evidence, draft.rule, reading.cues, draft.condition, provider,
        draft.speaker, draft.direct, reading.negated, draft.hedged, draft.partial, dual=True,
    )  # fmt: skip


def _holder(draft: Draft) -> Mention:
    """Return the person who speaks for the actor where there is one, else the actor."""
    if draft.mention.kind != "person" and draft.speaker is not None and draft.speaker.kind == "person":
        if draft.speaker.principal == draft.party[0]:
            return draft.speaker
    return draft.mention


def _judgements(scene: Scene) -> Iterator[Position]:
    for token in scene.sentence:
        if token.pos_ == "VERB":
            if token.lemma_ in _NAMED and (called := list(_called(scene, token))):
                yield from called
            elif polarities := scene.lexicon.judges(token):
                yield from _verbal(scene, token, "opposes" if "opposes" in polarities else "supports")
        elif token.pos_ in {"ADJ", "NOUN"} and token.dep_ in {"acomp", "attr", "dobj", "pobj"}:
            yield from _predicative(scene, token)


def _verbal(scene: Scene, verb: Token, polarity: str) -> Iterator[Position]:
    """Yield what a verb of judgement says: X welcomed Y, Y was condemned by X."""
    turned = _outlook(verb)
    if turned is None:
        return
    if turned != (negation(verb) is not None):
        polarity = _FLIP[polarity]
        if polarity == "supports":
            return
    agent = child(verb, "agent")
    passive = child(verb, "nsubjpass")
    holder = (child(agent, "pobj") if agent is not None else None) if passive is not None else _subject(verb)
    for noun in [passive] if passive is not None else _objects(verb):
        yield from _held(scene, verb, holder, noun, polarity, [verb])


def _outlook(verb: Token) -> bool | None:
    """Say whether what governs a verb turns its sense; None where it does not assert it."""
    how = mood(carrier(verb))
    if how in {"may", "could", "can", "must"}:
        return None
    if verb.dep_ == "xcomp":
        if verb.head.lemma_ in _TURNED:
            return True
        return False if verb.head.lemma_ in {"continue", "begin", "keep", "want"} else None
    if how == "bare" and verb.dep_ not in {"ROOT", "conj", "advcl", "pcomp", "acl"}:
        return None
    if any(each.dep_ == "mark" and each.lower_ in {"if", "whether", "unless", "to"} for each in verb.children):
        return None
    return None if any(each.lower_ == "to" and each.dep_ == "aux" for each in verb.children) else False


def _subject(verb: Token) -> Token | None:
    for _ in range(3):
        if (found := subject(verb)) is not None:
            return found
        if verb.dep_ == "acl":
            return verb.head
        link = governor(verb)
        if link is None or link.bond in {"content", "noun"}:
            return None
        verb = link.token
    return None


def _objects(verb: Token) -> Iterator[Token]:
    for each in verb.children:
        if each.dep_ in {"dobj", "attr"}:
            yield each
        elif each.dep_ == "prep" and each.lower_ in _PREPOSITIONS and (found := child(each, "pobj")) is not None:
            yield found


def _held(
    scene: Scene, verb: Token, holder: Token | None, noun: Token, polarity: str, cues: list[Token]
) -> Iterator[Position]:
    if holder is None:
        return
    for each in members(noun):
        target = _target(scene, each, verb)
        if target is None:
            continue
        for mention, _ in scene.parties(holder):
            if principal(mention) is None and mention.kind != "person":
                continue
            if target[0] == f"actor:{mention.actor}" or target[1] in {mention.actor, mention.principal}:
                continue
            yield _position(scene, mention, holder, target, polarity, [verb, *cues], each)
        return


def _position(
    scene: Scene,
    mention: Mention,
    holder: Token,
    target: tuple[str, str | None],
    polarity: str,
    cues: list[Token],
    noun: Token,
) -> Position:
    verb = cues[0]
    hanging = slots.condition(scene, [verb])
    near = [holder] if holder.sent == scene.sentence and abs(holder.i - verb.i) < 25 else []
    stretch = slots.evidence(scene, cues, [*near, noun], [hanging])
    speaker, direct = voice(scene, verb, holder)
    return Position(
        scene, mention, target[0], "conditional" if hanging else polarity, stretch, f"judge:{polarity}", cues, hanging, target[1],
        speaker, direct, negation(verb) is not None, slots.hedged(scene, *stretch),
    )  # fmt: skip


def _target(scene: Scene, noun: Token, verb: Token) -> tuple[str, str | None] | None:
    """Return the target that a noun stands for, and whose it is."""
    lemma = noun.lemma_.lower()
    if lemma in scene.lexicon.tables["stances"]["reverse"]["nouns"] or noun.lower_ in {"it", "that", "this"}:
        return None
    whose = next(
        (
            found
            for each in noun.lefts
            if each.dep_ in {"poss", "amod", "nmod", "compound"} and (found := scene.cast.of(each))
        ),
        None,
    )
    owner = (
        (whose.principal or whose.actor)
        if whose is not None and whose.kind in {"state", "person", "alliance", "region"}
        else None
    )
    if (hit := scene.targets.get(noun.i)) is not None:
        if hit.label in _OFFERS and owner is None:
            return None
        return hit.label, owner if hit.label in {"participation", "troop_deployment", "security_guarantee"} else None
    mention = scene.cast.of(noun)
    if mention is None or not mention.actor:
        return None
    if mention.kind in {"group", "force"}:
        return "coalition", None
    return (f"actor:{mention.actor}", None) if noun.head is verb or noun.head.head is verb else None


def _called(scene: Scene, verb: Token) -> Iterator[Position]:
    """Yield what *called the plan a mistake* says."""
    judged = [
        each
        for each in verb.subtree
        if each.dep_ in {"oprd", "attr", "amod", "pobj", "acomp", "dobj"} and each.i > verb.i
    ]
    noun = child(verb, "dobj", "nsubjpass")
    if noun is None and (clause := child(verb, "ccomp")) is not None:
        noun = subject(clause)
    for polarity in ("opposes", "supports"):
        words = scene.lexicon.called(polarity) | scene.lexicon.judgement("adjectives", polarity)
        cue = next((each for each in judged if each.lemma_.lower() in words), None)
        if cue is not None and noun is not None and cue is not noun and negation(verb) is None:
            yield from _held(scene, verb, _subject(verb), noun, polarity, [cue])
            return


def _predicative(scene: Scene, word: Token) -> Iterator[Position]:
    """Yield what *said the mission was vital* or *is opposed to the plan* says."""
    kind = "adjectives" if word.pos_ == "ADJ" else "nouns"
    for polarity in ("supports", "opposes"):
        called = scene.lexicon.called(polarity) if word.pos_ == "NOUN" else frozenset()
        verb = carrier(word)
        if word.lemma_.lower() in scene.lexicon.judgement(kind, polarity) and (noun := _complement(word)) is not None:
            holder = (
                subject(word)
                if verb is not word
                else _subject(word.head)
                if word.head.lemma_ in _LIGHT | {"in"}
                else None
            )
            yield from _held(scene, word, holder, noun, polarity, [verb if verb is not word else word.head])
            return
        if word.lemma_.lower() in called | scene.lexicon.judgement("adjectives", polarity) and verb is not word:
            said = governor(verb)
            topic = subject(word)
            if (
                said is None
                or said.bond != "content"
                or topic is None
                or negation(word) is not None
                or mood(verb) in {"may", "could", "must"}
            ):
                return
            yield from _held(scene, word, subject(said.token), topic, polarity, [verb])
            return


def _complement(word: Token) -> Token | None:
    for each in word.children:
        if (
            each.dep_ == "prep"
            and each.lower_ in {"to", "for", "of", "about", "behind"}
            and (found := child(each, "pobj")) is not None
        ):
            return found
    return None


def _distinct(found: list[Position]) -> list[Position]:
    kept: list[Position] = []
    for each in found:
        if not any(
            other.holder.actor == each.holder.actor
            and other.target == each.target
            and _overlap(other.evidence, each.evidence)
            for other in kept
        ):
            kept.append(each)
    return sorted(kept, key=lambda each: each.evidence)


def _overlap(one: Range, other: Range) -> bool:
    return min(one[1], other[1]) > max(one[0], other[0])
