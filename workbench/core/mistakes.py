"""Every point in which a reading differs from the gold, with the sentence it stands in."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from workbench.core.annotation import Entity, Frame, Span
from workbench.core.entity_scores import EntityMatch
from workbench.core.frame_scores import FRAME_KINDS, KEYS, FrameMatch
from workbench.core.pairing import same_name
from workbench.core.scheme import Scheme
from workbench.core.scores import Match
from workbench.core.text import Piece, sentences, snap

_SHORTENED: Final = 90


@dataclass(frozen=True, slots=True)
class Mistake:
    """One difference: ``kind`` is entity, link, commitment or stance; ``fault`` says what went wrong.

    ``span`` is its place in the article, ``place`` the same in the ``sentence``. ``gold`` or
    ``predicted`` is None where that reading has nothing; ``why`` is the suggester's cue.
    """

    article: str
    kind: str
    fault: str
    span: Span
    sentence: str
    place: Span
    gold: str | None
    predicted: str | None
    why: str | None = None


def mistakes(match: Match, scheme: Scheme) -> Iterator[Mistake]:
    """Yield the differences in one article: entities, links, commitments, stances, each in reading order."""
    page = _Page(match.case.name, match.case.text, sentences(match.case.text))
    yield from sorted(_entities(match.entities, page), key=_place)
    yield from sorted(_links(match.entities, page), key=_place)
    for kind in FRAME_KINDS:
        who, what, main = KEYS[kind]
        slots = [slot.name for slot in scheme.slots(kind) if slot.name not in {who, what, main, "evidence"}]
        yield from sorted(_frames(match.frames[kind], page, slots), key=_place)


def _place(mistake: Mistake) -> tuple[Span, str]:
    return mistake.span, mistake.fault


@dataclass(frozen=True, slots=True)
class _Page:
    """An article with its sentences, on which mistakes are marked."""

    name: str
    text: str
    sentences: list[Piece]

    def mistake(self, kind: str, fault: str, item: Entity | Frame, gold: object, predicted: object) -> Mistake:
        """Mark a mistake at an object; the other reading, where it has one, is told by the arguments."""
        first, last = snap(self.sentences, *item.span) or (0, 0)
        start, end = (self.sentences[first][0], self.sentences[last - 1][1]) if last else item.span
        start, end = min(start, item.span.start), max(end, item.span.end)
        place = Span(item.span.start - start, item.span.end - start)
        cue = next((each.by.cue for each in (predicted, item) if isinstance(each, Entity | Frame)), None)
        told = [None if each is None else self.told(each) for each in (gold, predicted)]
        return Mistake(self.name, kind, fault, item.span, self.text[start:end], place, told[0], told[1], cue)

    def told(self, value: object) -> str:
        """Return an object or a slot's value in a few words."""
        if isinstance(value, Entity):
            return f"{value.label} “{self.quote(value.span)}”"
        if isinstance(value, Frame):
            named = " · ".join(str(value.slots.get(slot) or "?") for slot in KEYS[value.kind])
            return f"{named} “{self.quote(value.span)}”"
        return f"“{self.quote(value)}”" if isinstance(value, Span) else str(value)

    def quote(self, span: Span) -> str:
        """Return the words of a span, the middle left out where they are many."""
        words = " ".join(self.text[span.start : span.end].split())
        half = _SHORTENED // 2
        return words if len(words) <= _SHORTENED else f"{words[:half].rstrip()} … {words[-half:].lstrip()}"


def _entities(match: EntityMatch, page: _Page) -> Iterator[Mistake]:
    rows, columns = {i for i, _ in match.placed}, {j for _, j in match.placed}
    for i, j in match.placed:
        gold, predicted = match.gold[i], match.predicted[j]
        faults = [
            *(["boundary"] if gold.span != predicted.span else []),
            *(["label"] if gold.label != predicted.label else []),
        ]
        if faults:
            yield page.mistake("entity", f"wrong {' and '.join(faults)}", gold, gold, predicted)
    for i, entity in enumerate(match.gold):
        if i not in rows:
            yield page.mistake("entity", "missed", entity, entity, None)
    for j, entity in enumerate(match.predicted):
        if j not in columns:
            yield page.mistake("entity", "not in the gold", entity, None, entity)


def _links(match: EntityMatch, page: _Page) -> Iterator[Mistake]:
    for i, j in match.bounded:
        gold, predicted = match.gold[i], match.predicted[j]
        if not same_name(gold.actor, predicted.actor):
            fault = "wrong actor" if gold.actor and predicted.actor else "no actor" if gold.actor else "false actor"
            yield page.mistake("link", fault, gold, gold.actor, predicted.actor)


def _frames(match: FrameMatch, page: _Page, slots: list[str]) -> Iterator[Mistake]:
    _, what, main = KEYS[match.kind]
    found = set(match.lenient)
    rows, columns = {i for i, _ in match.near}, {j for _, j in match.near}
    for i, j in match.near:
        gold, predicted = match.gold[i], match.predicted[j]
        if (i, j) not in found:
            yield page.mistake(match.kind, f"wrong {what}", gold, gold, predicted)
        elif not match.agrees((i, j), main):
            yield page.mistake(match.kind, f"wrong {main}", gold, gold, predicted)
        for slot in slots if (i, j) in found else ():
            if not match.agrees((i, j), slot):
                values = gold.slots.get(slot), predicted.slots.get(slot)
                yield page.mistake(match.kind, f"slot {slot}", gold, *values)
    for i, frame in enumerate(match.gold):
        if i not in rows:
            yield page.mistake(match.kind, "missed", frame, frame, None)
    for j, frame in enumerate(match.predicted):
        if j not in columns:
            yield page.mistake(match.kind, "not in the gold", frame, None, frame)
