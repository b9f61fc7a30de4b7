"""Stances and commitments as the record holds them, each with its rule and cue; how sure they are is learned."""

from typing import Final

from workbench.core.annotation import By, Frame, Value
from workbench.nlp import slots
from workbench.nlp.commitments import Draft
from workbench.nlp.conditions import Range
from workbench.nlp.scene import principal
from workbench.nlp.stances import Position
from workbench.nlp.tree import Token

_EACH: Final = frozenset({"each", "apiece", "both"})
_FIRM: Final = frozenset({"announced", "conditional"})


def commitment(draft: Draft, identity: str) -> Frame:
    """Write a commitment down."""
    scene, reading = draft.scene, draft.reading
    money = draft.thing.type == "financing"
    values: dict[str, Value] = {
        "actor": draft.party[0],
        "type": draft.thing.type,
        "status": draft.status,
        "evidence": slots.span(scene, draft.evidence),
        "condition": slots.span(scene, draft.condition),
        "amount": slots.amount(scene, *draft.evidence) if money else None,
        "quantity": None if money else slots.quantity(scene, draft.thing.token),
        "timeframe": slots.span(scene, _when(draft)),
        "beneficiary": _beneficiary(draft),
        "sought_by": (draft.sought.principal or draft.sought.actor) if draft.sought else None,
        "speaker": draft.speaker.actor if draft.speaker else None,
        "joint_amount": _joint(draft),
        "strength": strength(draft) if draft.status in _FIRM else None,
        "attribution": _attribution(draft),
        "hedged": draft.hedged,
        "partial": draft.partial,
    }
    return Frame("commitment", identity, _filled(values), {"actor": draft.party[1]}, _by(reading.classes, reading.cues))


def stance(position: Position, identity: str) -> Frame:
    """Write a stance down."""
    scene, holder = position.scene, position.holder
    values: dict[str, Value] = {
        "holder": holder.actor,
        "on_behalf_of": holder.principal or position.on_behalf_of if holder.kind == "person" else holder.actor,
        "speaker": position.speaker.actor if position.speaker else None,
        "target": position.target,
        "target_actor": position.target_actor,
        "polarity": position.polarity,
        "evidence": slots.span(scene, position.evidence),
        "condition": slots.span(scene, position.condition),
        "attribution": _attribution(position),
        "negated": position.negated,
        "hedged": position.hedged,
        "partial": position.partial,
    }
    return Frame("stance", identity, _filled(values), {"holder": holder.id}, _by(position.rules, position.cues))


def strength(draft: Draft) -> str:
    """Return how firm the words are: a vow or *will* is firm, *would*, a plan or readiness soft."""
    reading = draft.reading
    if reading.classes[-1:] == ["would"] and reading.said is not None and draft.status == "announced":
        return "firm"
    promised = {"commit", "will", "doing"} & set(reading.classes)
    return "soft" if reading.soft or (draft.status == "conditional" and not promised) else "firm"


def _joint(draft: Draft) -> bool:
    """Say whether a sum or number is given for several actors together, not for each."""
    counted = slots.amount(draft.scene, *draft.evidence) or slots.quantity(draft.scene, draft.thing.token)
    return draft.joint and counted is not None and not any(each.lower_ in _EACH for each in draft.scene.tokens)


def _when(draft: Draft) -> Range | None:
    """Return when it is to happen; the date of a promise is not that of its fulfilment."""
    anchor = draft.reading.anchor
    told = anchor.tag_ in {"VBD", "VBN"} and {"commit", "offer", "decide"} & set(draft.reading.classes)
    return slots.timeframe(draft.scene, [draft.thing.token, *(() if told else (anchor,))])


def _beneficiary(draft: Draft) -> str | None:
    """Return the state that it is for; who begs for something begs for itself."""
    if draft.thing.type == "sanctions":
        return None
    reading = draft.reading
    found = slots.beneficiary(draft.scene, reading.predicates, [draft.thing.token], draft.party[0])
    begs = draft.sought is not None and reading.cues[-1].lemma_ in {"beg", "plead", "need", "implore"}
    sought = principal(draft.sought) if draft.sought is not None and begs else None
    return found or (sought[0] if sought is not None and (sought[1] or "").startswith("state:") else None)


def _attribution(said: Draft | Position) -> str:
    return "direct" if said.direct else "indirect" if said.speaker else "narrator"


def _by(rules: list[str], cues: list[Token]) -> By:
    words = " ".join(each.text for each in sorted(set(cues), key=lambda each: each.i))
    rule = "+".join(dict.fromkeys(rules)) or "plain"
    return By(cue=f"{rule}: {words}")


def _filled(values: dict[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in values.items() if value not in (None, False)}
