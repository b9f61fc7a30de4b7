"""An object as somebody writes it into a form: places in the text are given by their words."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from workbench.core.annotation import Entity, Frame, Object, Span
from workbench.core.errors import Invalid
from workbench.core.record import WITH_ID
from workbench.core.scheme import Scheme, Slot

Ids = Mapping[str, str | None]
"""The registry's ids of actors, by name."""


def edited(scheme: Scheme, text: str, base: Object, given: Mapping[str, str], ids: Ids) -> Object:
    """Return an object with the values of a form; raises Invalid with what cannot be."""
    if isinstance(base, Entity):
        span = place(text, given.get("words", ""), base.span, "Words")
        actor = given.get("actor", "").strip() or None
        item: Object = replace(
            base, start=span.start, end=span.end, label=given.get("label", ""), actor=actor,
            actor_id=ids.get(actor) if actor else None,
        )  # fmt: skip
    else:
        slots = {slot.name: _value(slot, text, base, given) for slot in scheme.slots(base.kind)}
        who = WITH_ID[base.kind]
        name = slots.get(who)
        item = replace(
            base,
            slots={name: value for name, value in slots.items() if value not in (None, "", False)},
            ids={who: ids.get(name) if isinstance(name, str) else None},
        )
    if problem := next(iter(scheme.problems(item)), None):
        raise Invalid(problem)
    origin = base.by.origin if replace(item, by=base.by) == base else "corrected"
    return replace(item, by=replace(item.by, origin=origin))


def _value(slot: Slot, text: str, base: Frame, given: Mapping[str, str]) -> Any:
    said = given.get(f"slot-{slot.name}", "").strip()
    if slot.kind == "flag":
        return bool(said)
    if slot.kind != "span":
        return said or None
    old = base.slots.get(slot.name)
    return place(text, said, old if isinstance(old, Span) else base.span, slot.title) if said else None


def place(text: str, words: str, near: Span, what: str) -> Span:
    """Find words in a text, the place nearest to where something stood; raises Invalid where they are not."""
    words = words.replace("\r\n", "\n")
    tried = dict.fromkeys((words, words.strip(), words.replace("\n", "\r\n")))
    for wanted in filter(None, tried):
        starts, at = [], text.find(wanted)
        while at >= 0:
            starts.append(at)
            at = text.find(wanted, at + 1)
        if starts:
            start = min(starts, key=lambda n: abs(n - near.start))
            return Span(start, start + len(wanted))
    raise Invalid(f"{what}: “{words[:60]}” does not stand in the text; copy the words exactly as they stand there.")
