"""Stances that go with a commitment, and all stances of a sentence together."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from workbench.core.scheme import Pairs
from workbench.nlp.commitments import Draft, overlap
from workbench.nlp.conditions import Range
from workbench.nlp.mentions import Mention
from workbench.nlp.scene import Scene
from workbench.nlp.targets import target_of
from workbench.nlp.tree import Token

_OWN: Final = re.compile(r"\b(?:its|their|whose) [^.;:]*$")
_POST: Final = re.compile(
    r"^(?!shadow|former).*(?:minister|secretary|president|premier|chancellor|taoiseach|PM)$", re.I
)
_BEFORE: Final = 60
_AIDED: Final = frozenset({"weapons_ammunition", "intelligence_surveillance"})
_ECHOES: Final = frozenset({"invitation", "idea", "suggestion", "sequel", "proposal"})
_ARMS: Final = frozenset({"weapons_ammunition", "troops_ground"})


@dataclass(slots=True)
class Position:
    """A stance before it is written down; ranges are tokens."""

    scene: Scene
    holder: Mention
    target: str
    polarity: str
    evidence: Range
    rules: list[str]
    cues: list[Token]
    condition: Range | None = None
    target_actor: str | None = None
    speaker: Mention | None = None
    direct: bool = False
    negated: bool = False
    hedged: bool = False
    partial: bool = False
    on_behalf_of: str | None = None


def dual(draft: Draft, pairs: Pairs) -> Iterator[Position]:
    """Yield the stance that a promise, refusal or request expresses."""
    reading = draft.reading
    target = _target(draft, pairs)
    hanging = draft.condition
    about = target_of(draft.scene, reading.topic, reading.topic, pairs) if reading.topic is not None else None
    provider = draft.party[0] if target == "security_guarantee" else None
    if "wait" in reading.classes and draft.sought is not None:
        holder, polarity, target, provider = draft.sought, "undecided", pairs.otherwise, None
    elif draft.sought is not None and "depend" in reading.classes:
        holder, polarity, provider = draft.sought, "conditional", None
        hanging = reading.hanging
        target = about.name if about is not None else "coalition"
    elif draft.sought is not None and any(cue.lemma_ == "find" for cue in reading.cues):
        return
    elif draft.sought is not None:
        holder, polarity, provider = draft.sought, "supports", draft.party[0] or None
        polarity = "opposes" if "stop" in reading.classes else polarity
    elif about is not None and reading.own:
        holder, polarity = draft.speaker or draft.mention, pairs.polarity.get(draft.status, "")
        target = about.name if about.name == "troop_deployment" else "coalition"
    elif reading.own or draft.condition is not None or (draft.direct and "will" in reading.classes):
        own = draft.speaker if _ours(draft) else None
        holder, polarity = spokesman(draft.mention, own), pairs.polarity.get(draft.status, "")
    else:
        return
    if polarity and target:
        yield Position(
            draft.scene, holder, target, polarity, draft.evidence, reading.classes, reading.cues, hanging, provider,
            draft.speaker, draft.direct, reading.negated, draft.hedged, draft.partial,
            None if draft.sought is not None else draft.party[0],
        )  # fmt: skip


def _ours(draft: Draft) -> bool:
    """Say whether a speaker whom nobody knows to speak for a party may do so: not where it is named as any other is."""
    known = draft.speaker is not None and draft.speaker.principal is not None
    actor, speaker = draft.reading.actor, draft.speaker
    text = draft.scene.doc.text
    owned = speaker is not None and _OWN.search(text, max(0, speaker.start - _BEFORE), speaker.start) is not None
    owned = owned or (speaker is not None and _in_office(draft.scene, speaker))
    return known or owned or draft.direct or actor is None or draft.scene.cast.of(actor) is None


def _in_office(scene: Scene, speaker: Mention) -> bool:
    """Say whether the article tells that somebody governs: *Ann Lee, the defence secretary*."""
    held = (each for each in scene.cast.mentions if each.label == "ROLE" and each.actor == speaker.actor)
    return any(_POST.search(scene.doc.text[each.start : each.end]) for each in held)


def _target(draft: Draft, pairs: Pairs) -> str:
    """Return the target that goes with a commitment; money for arms is aid like the arms."""
    if draft.thing.type == "financing":
        near = range(*draft.evidence)
        if any(hit.label in _ARMS and hit.last in near for hit in draft.scene.things.values()):
            return pairs.target.get("weapons_ammunition", pairs.otherwise)
    if draft.thing.type in _AIDED and draft.thing.token.lemma_ in _ECHOES:
        return pairs.otherwise
    if draft.thing.type == "unspecified":
        helped = (hit for hit in draft.scene.targets.values() if draft.reading.anchor.i < hit.first < draft.evidence[1])
        if any(hit.label == "peace_process" and hit.last + 1 not in draft.scene.targets for hit in helped):
            return "peace_process"
    return pairs.target.get(draft.thing.type, pairs.otherwise)


def spokesman(holder: Mention, speaker: Mention | None) -> Mention:
    """Return the person who speaks for the holder where there is one, else the holder."""
    if holder.kind == "person" or speaker is None or speaker.kind != "person":
        return holder
    return speaker if speaker.principal in {None, holder.principal or holder.actor} else holder


def distinct(found: list[Position]) -> list[Position]:
    """Keep one stance for each holder, target and whose it is where evidence overlaps: the first."""
    kept: list[Position] = []
    for each in found:
        same = [one for one in kept if one.holder.actor == each.holder.actor and one.target == each.target]
        same = [one for one in same if one.target_actor in {each.target_actor, None} or each.target_actor is None]
        if not any(overlap(one.evidence, each.evidence) for one in same):
            kept.append(each)
    return sorted(kept, key=lambda each: each.evidence)
