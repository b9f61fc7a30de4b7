"""From what the network tells to frames: with the slots that the rules would have filled from the same words."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from workbench.core.annotation import By, Frame
from workbench.nlp import slots
from workbench.nlp.clauses import carrier, mood, negation
from workbench.nlp.commitments import Draft, complete
from workbench.nlp.conditions import Range, condition, trailing
from workbench.nlp.learned.decoding import Told
from workbench.nlp.learned.relations import base
from workbench.nlp.mentions import Mention
from workbench.nlp.scene import Scene, principal
from workbench.nlp.stances import Position
from workbench.nlp.statuses import Reading
from workbench.nlp.things import Thing
from workbench.nlp.tree import Token
from workbench.nlp.writing import commitment, stance

LEARNED: Final = "learned"
"""How the cue of an added frame names its rule."""

ACTOR: Final = "actor"
_SAYING: Final = frozenset({"say", "think"})
_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass"})
_WONDERING: Final = frozenset({"wonder", "ask", "question"})
_PREDICATES: Final = frozenset({"VERB", "AUX"})
_HIGH: Final = 14
"""Words above one that are looked at for predicates."""


def frame(told: Told) -> Frame | None:
    """Return the frame that a claim comes to, without a number, by its likeliest status or polarity that it can have.

    None where a slot that it needs is not to be found in the sentence.
    """
    scene = told.claim.line.scene
    if _asked(scene, scene.doc[told.core]):
        return None
    write = _stance if told.claim.kind == "stance" else _commitment
    found = next((made for main in told.mains if (made := write(told, main)) is not None), None)
    if found is None or "evidence" not in found.slots:
        return None
    return replace(found, by=By(cue=f"{LEARNED}: {_words(told)}"))


def _asked(scene: Scene, token: Token) -> bool:
    """Say whether a word stands in a question, direct or not: *diplomats wonder whether Brazil would send troops*."""
    if scene.asks(token):
        return True
    chain = [token, *token.ancestors]
    return any(
        above.lemma_ in _WONDERING and any(mark.lower_ in {"whether", "if"} for mark in below.children)
        for below, above in pairwise(chain)
    )


def _words(told: Told) -> str:
    """Return the words that the network found the most telling, with what modifies the predicate above them."""
    scene = told.claim.line.scene
    core = scene.doc[told.core]
    top = next(iter(_predicates(scene, core, told.evidence)), core)
    found = {each.i: each for each in (core, top)}
    found |= {each.i: each for each in carrier(top).lefts if each.dep_ in {"aux", "neg"}}
    return " + ".join(found[place].lower_ for place in sorted(found))


def _commitment(told: Told, status: str) -> Frame | None:
    """Return a commitment with its evidence, speaker and flags, None without the asker or condition that it needs."""
    claim, scene = told.claim, told.claim.line.scene
    core = scene.doc[told.core]
    predicates = _predicates(scene, core, told.evidence) or [core]
    own = None if claim.before else base(claim.heads[0])
    reading = Reading(predicates[0], status, own, top=predicates[-1], predicates=predicates)
    reading.shared = own is None or not told.evidence[0] <= own.i < told.evidence[1]
    sought = _asker(told, predicates) if status == "requested" else None
    hanging = _hanging(scene, predicates) if status == "conditional" else None
    if (status == "requested" and sought is None) or (status == "conditional" and hanging is None):
        return None
    reading.note(LEARNED, predicates[0])
    _note(scene, reading, predicates)
    thing = Thing(told.label, _thing(told))
    draft = Draft(scene, reading, thing, status, claim.mention, claim.party, (0, 0), hanging, sought, things=[thing])
    complete(draft)
    draft.evidence = told.evidence
    return commitment(draft, "")


def _note(scene: Scene, reading: Reading, predicates: Sequence[Token]) -> None:
    for each in predicates:
        for kind in sorted(scene.lexicon.classes(each) - _SAYING):
            reading.note(kind, each)
        reading.negated = reading.negated or negation(each) is not None
        reading.classes.append(mood(carrier(each)))
    reading.soft = "would" in reading.classes


def _predicates(scene: Scene, token: Token, evidence: Range) -> list[Token]:
    """Return the predicates above a word within the evidence, the nearest first, the word itself where it is one."""
    found: list[Token] = []
    for _ in range(_HIGH):
        if evidence[0] <= token.i < evidence[1] and (token.pos_ in _PREDICATES or scene.lexicon.classes(token)):
            found.append(token)
        if token.head is token:
            break
        token = token.head
    return found


def _thing(told: Told) -> Token:
    """Return the word of the evidence that names what is given, else the most telling one."""
    scene, (start, end) = told.claim.line.scene, told.evidence
    hits = [each for each in scene.things.values() if start <= each.last < end and each.label == told.label]
    return scene.doc[min(hits, key=lambda each: abs(each.last - told.core)).last] if hits else scene.doc[told.core]


def _hanging(scene: Scene, predicates: list[Token]) -> Range | None:
    """Return the condition that something hangs on."""
    return condition(scene, predicates, negated=True) or trailing(scene, predicates)


def _asker(told: Told, predicates: Sequence[Token]) -> Mention | None:
    """Return who asks: the subject highest above the evidence that is not the party itself, else the speaker."""
    scene = told.claim.line.scene
    for predicate in reversed([predicates[0], *predicates[0].ancestors]):
        for each in predicate.children:
            if each.dep_ in _SUBJECTS:
                for mention, _ in scene.parties(each):
                    if (name := principal(mention)) is not None and name[0] != told.claim.name:
                        return mention
    spoken = scene.speaker(scene.doc[told.core])
    name = principal(spoken) if spoken is not None else None
    return spoken if name is not None and name[0] != told.claim.name else None


def _target(told: Told) -> str | None:
    """Return the target as a frame holds it: one that is an actor by its name, None where the evidence has no other."""
    if told.label != ACTOR:
        return told.label
    scene, (start, end) = told.claim.line.scene, told.evidence
    named = (scene.cast.at(scene.doc[place]) for place in range(start, end))
    others = (principal(each) for each in named if each is not None)
    own = {told.claim.name, told.claim.party[0]}
    return next((f"{ACTOR}:{each[0]}" for each in others if each is not None and each[0] not in own), None)


def _stance(told: Told, polarity: str) -> Frame | None:
    """Return a stance, None without the condition or the actor as its target that it needs."""
    claim, scene, target = told.claim, told.claim.line.scene, _target(told)
    core = scene.doc[told.core]
    predicates = _predicates(scene, core, told.evidence) or [core]
    hanging = _hanging(scene, predicates) if polarity == "conditional" else None
    if target is None or (polarity == "conditional" and hanging is None):
        return None
    quote = scene.quote(core)
    speaker = scene.speaker(core) if quote is not None else _reported(scene, core)
    position = Position(
        scene, claim.mention, target, polarity, told.evidence, [LEARNED], [core], hanging, None, speaker,
        quote is not None, any(negation(each) is not None for each in predicates), slots.hedged(scene, *told.evidence),
        False, claim.party[0] if claim.mention.kind == "person" else None,
    )  # fmt: skip
    return stance(position, "")


def _reported(scene: Scene, token: Token) -> Mention | None:
    """Return who is the subject of the verb of saying above a word."""
    for each in token.ancestors:
        if scene.lexicon.classes(each) & _SAYING:
            named = (scene.parties(subject) for subject in each.children if subject.dep_ in _SUBJECTS)
            return next((mention for found in named for mention, _ in found), None)
    return None
