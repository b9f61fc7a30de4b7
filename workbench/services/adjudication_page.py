"""The conflicts of an article as their page shows them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from workbench.core import text as texts
from workbench.core.adjudication import SORTS, Card, Settled
from workbench.core.alignment import content, said
from workbench.core.annotation import Entity, Frame, Object, Span
from workbench.core.record import object_from
from workbench.core.scheme import Scheme
from workbench.core.text import Piece as Stretch
from workbench.services.adjudication import Case
from workbench.store.adjudication import RulingRow

KINDS = {"entity": "Entity", "stance": "Stance", "commitment": "Commitment"}
AROUND = 280
SHOWN = 25
"""How many conflicts a page holds; a long article may have thousands."""
AGREED = 500


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, and whether not every reading covers them."""

    text: str
    strong: bool


@dataclass(frozen=True, slots=True)
class ReadingView:
    """What ``count`` readings have alike: ``number`` is the key that takes it, ``choice`` the first of them."""

    number: int
    choice: int
    name: str
    count: int
    absent: bool
    label: str
    hue: str
    pieces: tuple[Piece, ...]
    actor: str | None


@dataclass(frozen=True, slots=True)
class SlotRow:
    """A slot, and what each reading that has something says in it."""

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
    total: int
    cards: tuple[CardView, ...]
    here: str | None
    earlier: str | None
    later: str | None
    agreed: int
    reasons: tuple[str, ...]
    can_undo: bool
    names: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an adjudicator is: at a conflict, or with ``onward`` at the next one that waits after it."""

    card: str | None = None
    onward: bool = True


def view(case: Case, scheme: Scheme, spot: Spot) -> CaseView:
    """Return what the page of an article shows: the conflicts around a spot."""
    cards = case.found.cards
    at, here = _place(case, spot)
    first = at - at % SHOWN
    pieces = texts.sentences(case.document.text)
    shown = enumerate(cards[first : first + SHOWN], first + 1)
    return CaseView(
        case.document.id, case.document.title or case.document.id, case.row.state, case.row.version, case.left,
        len(cards), tuple(card_view(case, card, n, scheme, pieces) for n, card in shown),
        here, cards[first - 1].id if first else None, cards[first + SHOWN].id if first + SHOWN < len(cards) else None,
        len(case.found.settled), case.rules.reasons, bool(case.ruled) or case.row.state == "done",
        tuple((n, case.names[n]) for n in case.order),
    )  # fmt: skip


def _place(case: Case, spot: Spot) -> tuple[int, str | None]:
    """Return the number of the conflict to be shown, and the conflict that takes the focus."""
    ids = [card.id for card in case.found.cards]
    at = ids.index(spot.card) if spot.card in ids else 0
    if not spot.onward:
        return at, spot.card
    following = (n % len(ids) for n in range(at, at + len(ids)))
    open_ = next((n for n in following if ids[n] not in case.ruled), None)
    return (at, None) if open_ is None else (open_, ids[open_])


@dataclass(frozen=True, slots=True)
class AgreedRow:
    """Something that needs no ruling: what it is, its words, and how many of the readings say so."""

    kind: str
    label: str
    hue: str
    words: str
    votes: tuple[int, int]


def agreed(case: Case, scheme: Scheme) -> list[AgreedRow]:
    """Return what the readings settled among themselves, in the order of the text, no more than AGREED."""
    found = sorted(case.found.settled, key=lambda each: each.span)[:AGREED]
    hues = {label.name: label.hue for label in scheme.labels}
    return [_agreed(case, each, hues, scheme) for each in found]


def _agreed(case: Case, each: Settled, hues: dict[str, str], scheme: Scheme) -> AgreedRow:
    words = case.document.text[slice(*each.span)]
    if isinstance(each.item, Frame):
        return AgreedRow(KINDS[each.item.kind], headline(each.item, scheme), "grey", words, each.votes)
    if each.item is None:
        return AgreedRow("Nothing", "nothing here", "grey", words, each.votes)
    return AgreedRow("Entity", each.item.label, hues.get(each.item.label, "grey"), words, each.votes)


def card_view(case: Case, card: Card, number: int, scheme: Scheme, pieces: Sequence[Stretch]) -> CardView:
    """Return one conflict as it is shown."""
    text, span = case.document.text, card.span
    start, end = _around(pieces, span)
    alike = _alike(case, card)
    shown = [_reading(case, card, choices, n, scheme) for n, choices in enumerate(alike, 1)]
    ruling = case.ruled.get(card.id)
    lacking = f", missing in {card.readings.count(None)}" if None in card.readings and card.sort != "missing" else ""
    what = SORTS[card.sort] if card.sort != "slot" else ", ".join(_titles(card, scheme))
    return CardView(
        card.id, number, f"{KINDS[card.kind]} · {what}{lacking}", text[start : span.start], text[slice(*span)],
        text[span.end : end], tuple(shown), tuple(_slots(case, card, alike, scheme)),
        _ruled(case, card, ruling, scheme), ruling.reason if ruling else None,
    )  # fmt: skip


def _around(pieces: Sequence[Stretch], span: Span) -> tuple[int, int]:
    """Return the sentences that hold a span, no longer than makes sense to read."""
    touched = texts.snap(pieces, *span)
    inside = pieces[slice(*touched)] if touched else ()
    first, last = (inside[0][0], inside[-1][1]) if inside else span
    return max(first, span.start - AROUND), min(last, span.end + AROUND)


def _titles(card: Card, scheme: Scheme) -> list[str]:
    return [slot.title for slot in scheme.slots(card.kind) if slot.name in card.differs] or list(card.differs)


def _alike(case: Case, card: Card) -> list[list[int]]:
    """Return the readings in the order they are shown, those together that say the same."""
    found: dict[Any, list[int]] = {}
    for choice in case.order:
        found.setdefault(content(card.readings[choice]), []).append(choice)
    return list(found.values())


def _reading(case: Case, card: Card, choices: list[int], number: int, scheme: Scheme) -> ReadingView:
    item, text = card.readings[choices[0]], case.document.text
    who = (number, choices[0], ", ".join(case.names[n] for n in choices), len(choices))
    if item is None:
        return ReadingView(*who, True, "nothing here", "grey", (), None)
    common = [each.span for each in card.readings if each is not None]
    shared = Span(max(span.start for span in common), min(span.end for span in common))
    if isinstance(item, Entity):
        hue = next((label.hue for label in scheme.labels if label.name == item.label), "grey")
        pieces = _pieces(text, item.span, shared)
        return ReadingView(*who, False, item.label, hue, pieces, item.actor)
    return ReadingView(*who, False, headline(item, scheme), "grey", (), None)


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


def _slots(case: Case, card: Card, alike: list[list[int]], scheme: Scheme) -> Iterator[SlotRow]:
    frames = [card.readings[choices[0]] for choices in alike if card.readings[choices[0]]]
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
