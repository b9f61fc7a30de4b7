"""The conflicts of an article as their page shows them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from workbench.core import text as texts
from workbench.core.adjudication import SORTS, Card
from workbench.core.alignment import said
from workbench.core.annotation import Entity, Frame, Object, Span
from workbench.core.record import object_from
from workbench.core.scheme import Scheme, Slot
from workbench.services.adjudication import Case
from workbench.store.adjudication import RulingRow

KINDS = {"entity": "Entity", "stance": "Stance", "commitment": "Commitment"}
AROUND = 280


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, and whether not every reading covers them."""

    text: str
    strong: bool


@dataclass(frozen=True, slots=True)
class ReadingView:
    """What one reading has: ``number`` is the key that takes it, ``choice`` the reading behind it."""

    number: int
    choice: int
    name: str
    absent: bool
    label: str
    hue: str
    pieces: tuple[Piece, ...]
    actor: str | None


@dataclass(frozen=True, slots=True)
class SlotRow:
    """A slot, and what each reading says in it."""

    title: str
    same: bool
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CardView:
    """A conflict with its passage."""

    id: str
    number: int
    title: str
    before: str
    passage: str
    after: str
    readings: tuple[ReadingView, ...]
    slots: tuple[SlotRow, ...]
    ruled: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class CaseView:
    """An article's conflicts; ``seen`` is the version that a ruling has to name."""

    key: str
    title: str
    state: str
    seen: int
    left: int
    cards: tuple[CardView, ...]
    agreed: int
    reasons: tuple[str, ...]
    can_undo: bool


def view(case: Case, scheme: Scheme) -> CaseView:
    """Return what the page of an article shows."""
    cards = tuple(card_view(case, card, n, scheme) for n, card in enumerate(case.found.cards, 1))
    title = case.document.title or case.document.id
    can_undo = bool(case.ruled) or case.row.state == "done"
    return CaseView(
        case.document.id, title, case.row.state, case.row.version, case.left, cards, len(case.found.settled),
        case.rules.reasons, can_undo,
    )  # fmt: skip


def card_view(case: Case, card: Card, number: int, scheme: Scheme) -> CardView:
    """Return one conflict as it is shown."""
    text, span = case.document.text, card.span
    start, end = _around(text, span)
    shown = [
        _reading(case, card, choice, n, text, scheme) for n, choice in enumerate(case.order, 1)
    ]  # fmt: skip
    ruling = case.ruled.get(card.id)
    lacking = f", missing in {card.readings.count(None)}" if None in card.readings and card.sort != "missing" else ""
    what = SORTS[card.sort] if card.sort != "slot" else ", ".join(_titles(card, scheme))
    return CardView(
        card.id, number, f"{KINDS[card.kind]} · {what}{lacking}", text[start : span.start], text[slice(*span)],
        text[span.end : end], tuple(shown), tuple(_slots(case, card, scheme)),
        _ruled(case, card, ruling, scheme), ruling.reason if ruling else None,
    )  # fmt: skip


def _around(text: str, span: Span) -> tuple[int, int]:
    """Return the sentences that hold a span, no longer than makes sense to read."""
    inside = [piece for piece in texts.sentences(text) if piece[0] < span.end and span.start < piece[1]]
    first, last = (inside[0][0], inside[-1][1]) if inside else span
    return max(first, span.start - AROUND), min(last, span.end + AROUND)


def _titles(card: Card, scheme: Scheme) -> list[str]:
    return [slot.title for slot in scheme.slots(card.kind) if slot.name in card.differs] or list(card.differs)


def _reading(case: Case, card: Card, choice: int, number: int, text: str, scheme: Scheme) -> ReadingView:
    item, name = card.readings[choice], case.names[choice]
    if item is None:
        return ReadingView(number, choice, name, True, "nothing here", "grey", (), None)
    common = [each.span for each in card.readings if each is not None]
    shared = Span(max(span.start for span in common), min(span.end for span in common))
    if isinstance(item, Entity):
        hue = next((label.hue for label in scheme.labels if label.name == item.label), "grey")
        pieces = _pieces(text, item.span, shared)
        return ReadingView(number, choice, name, False, item.label, hue, pieces, item.actor)
    return ReadingView(number, choice, name, False, headline(item, scheme), "grey", (), None)


def _pieces(text: str, span: Span, shared: Span) -> tuple[Piece, ...]:
    if shared.start >= shared.end or span == shared:
        return (Piece(text[slice(*span)], False),)
    cuts = ((span.start, shared.start, True), (shared.start, shared.end, False), (shared.end, span.end, True))
    return tuple(Piece(text[first:last], strong) for first, last, strong in cuts if first < last)


def headline(frame: Frame, scheme: Scheme) -> str:
    """Say a frame in a few words: whose, how and what."""
    names = ("actor", "status", "type") if frame.kind == "commitment" else ("holder", "polarity", "target")
    return " · ".join(_shown(scheme, frame, slot) for slot in names)


def _shown(scheme: Scheme, frame: Frame, slot: str) -> str:
    value = frame.slots.get(slot)
    if value in (None, "", False):
        return "–"
    if value is True:
        return "yes"
    choices = scheme.slot(frame.kind, slot).choices
    return next((choice.title or choice.name for choice in choices if choice.name == value), str(value))


def _slots(case: Case, card: Card, scheme: Scheme) -> Iterator[SlotRow]:
    frames = [card.readings[choice] for choice in case.order]
    for slot in scheme.slots(card.kind) if card.kind != "entity" else ():
        values = tuple(_cell(case.document.text, frame, slot.name, scheme) for frame in frames)
        if any(isinstance(frame, Frame) and said(frame, slot.name) is not None for frame in frames):
            yield SlotRow(slot.title, slot.name not in card.differs, values)


def _cell(text: str, frame: Object | None, slot: str, scheme: Scheme) -> str:
    if not isinstance(frame, Frame):
        return ""
    value = frame.slots.get(slot)
    return text[slice(*value)] if isinstance(value, Span) else _shown(scheme, frame, slot)


def _ruled(case: Case, card: Card, ruling: RulingRow | None, scheme: Scheme) -> str | None:
    if ruling is None:
        return None
    if ruling.body is None:
        return "Nothing here"
    item = object_from(card.kind, ruling.body, case.document.text)
    words = case.document.text[slice(*item.span)]
    words_said = f"{item.label} “{words}”" if isinstance(item, Entity) else headline(item, scheme)
    return f"{words_said}{', edited' if ruling.act == 'edit' else ', merged' if ruling.act == 'merge' else ''}"


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
