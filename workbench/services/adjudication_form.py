"""The form in which an adjudicator changes a reading before it is taken."""

from dataclasses import dataclass, replace

from workbench.core.annotation import Entity, Frame, Object, Span
from workbench.core.scheme import Scheme, Slot


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the form: ``kind`` is choice, flag, words or text."""

    name: str
    title: str
    kind: str
    value: str
    choices: tuple[tuple[str, str], ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """The form in which a reading is changed before it is taken."""

    card: str
    choice: int
    fields: tuple[Field, ...]
    problem: str | None


def form(
    text: str, card: str, choice: int, base: Object, scheme: Scheme, given: dict[str, str], problem: str | None
) -> Form:
    """Return the form for a reading, with what somebody has typed already."""
    if isinstance(base, Entity):
        labels = tuple((label.name, label.title) for label in scheme.labels)
        found = [
            Field("label", "Label", "choice", base.label, labels, True),
            Field("words", "Words", "words", text[slice(*base.span)], required=True),
            Field("actor", "Actor", "text", base.actor or ""),
        ]
    else:
        found = [_field(text, base, slot) for slot in scheme.slots(base.kind)]
    typed = (replace(each, value=given.get(each.name, "")) for each in found)
    return Form(card, choice, tuple(typed if given else found), problem)


def _field(text: str, base: Frame, slot: Slot) -> Field:
    value, must = base.slots.get(slot.name), slot.wanted(base.slots)
    name = f"slot-{slot.name}"
    if slot.kind == "flag":
        return Field(name, slot.title, "flag", "on" if value else "")
    if isinstance(value, Span):
        return Field(name, slot.title, "words", text[slice(*value)], required=must)
    if slot.kind != "choice" or (slot.open_prefix and str(value or "").startswith(slot.open_prefix)):
        kind = "words" if slot.kind == "span" else "text"
        return Field(name, slot.title, kind, str(value or ""), required=must)
    choices = (("", "–"), *((choice.name, choice.title or choice.name) for choice in slot.choices))
    return Field(name, slot.title, "choice", str(value or ""), choices, must)
