"""What a record's annotations become: a suggester's layer, a person's finished one, gold, or nothing at all."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, Final, Literal

import msgspec

from workbench.core.annotation import Document, Entity, Object, Review, layer_of
from workbench.core.labels import Labels, relabelled
from workbench.core.record import layer_from
from workbench.formats.losses import FOREIGN, carried
from workbench.formats.ready import EMPTY, Reading, Ready, readied, reading_of
from workbench.services.receipts import MOST_LISTED

_REVIEW: Final = tuple(each.name for each in fields(Review) if each.name != "state")
Role = Literal["plain", "suggestions", "person", "gold"]
KIND: Final[dict[str, str]] = {"suggestions": "suggested", "person": "reviewed", "gold": "gold"}
_REASONS: Final = {
    "unplaced": "its quote or its place is not in the text",
    "moved": "its offsets and its quote disagreed; it was moved to the quote",
}


@dataclass(frozen=True, slots=True)
class Laying:
    """As what annotations come in; without a role each record says so itself, and twins bring nothing.

    ``name`` is the suggester's, or what layers of the person call them; ``replace_gold`` lets gold take the
    place of gold, whose version is kept as withdrawn.
    """

    role: Role | None = None
    name: str = ""
    person_id: int | None = None
    labels: Labels | None = None
    replace_gold: bool = False

    @property
    def attaches(self) -> bool:
        """Say whether layers may come to articles that are here already."""
        return self.role in KIND


AS_IT_COMES: Final = Laying()


@dataclass(frozen=True, slots=True)
class Laid:
    """A record ready to be kept, and what became of its annotations."""

    ready: Ready
    spans: dict[str, int] = field(default_factory=dict)
    left: list[dict[str, Any]] = field(default_factory=list)

    @property
    def document(self) -> Document:
        """Return the article."""
        return self.ready.document


def laid(found: Document | Ready, laying: Laying) -> Laid:
    """Give a record's annotations the labels, the author and the state that they come in with."""
    ready = found if isinstance(found, Ready) else readied(found)
    document, left = ready.document, _doubts(ready.document)
    further = sum(each.objects for each in ready.others)
    if laying.role == "plain":
        bare = replace(document, review=replace(document.review, state="suggested"))
        count = ready.reading.objects + further
        return Laid(replace(ready, document=bare, reading=EMPTY, others=()), {"left out": count} if count else {}, [])
    changed = 0
    out: tuple[Entity, ...] = ()
    if laying.role or laying.labels:
        ready, changed, out = _relaid(ready, laying)
        left += [_told(each, document.text, "left out", "its label has no counterpart") for each in out]
    names = len(_foreign(document).get("pseudonyms") or ())
    aside = sum(count for name, count in carried(document).items() if name not in {*_REASONS, "pseudonyms"})
    counts = {
        "taken": ready.reading.objects - changed,
        "mapped": changed,
        "in further readings": further if ready.others else 0,
        "in readings not asked for": 0 if ready.others else further,
        "left out": len(out) + _unplaced(document),
        "kept aside": aside,
        "e-mail addresses made pseudonyms": names,
    }
    return Laid(ready, {name: count for name, count in counts.items() if count}, left[:MOST_LISTED])


def _relaid(ready: Ready, laying: Laying) -> tuple[Ready, int, tuple[Entity, ...]]:
    """Return a record whose reading has the labels and the author that it comes in with, and none beside it."""
    text, changed = ready.document.text, 0
    out: tuple[Entity, ...] = ()
    layer = layer_from(ready.reading.author, msgspec.json.decode(ready.reading.body), text)
    if laying.labels:
        layer, changed, out = relabelled(layer, laying.labels)
    if laying.role:
        layer = layer_of(laying.name, [_signed(each, laying) for each in layer.objects])
    reading = reading_of(layer, ready.reading.state, text)
    return replace(ready, reading=reading, others=() if laying.role else ready.others), changed, out


def _signed(item: Object, laying: Laying) -> Object:
    by = item.by
    if laying.role == "suggestions":
        return replace(item, by=replace(by, origin="suggested", suggester=laying.name, decided=None))
    if by.origin == "suggested" and by.decided is None:
        by = replace(by, decided="accepted")
    return replace(item, by=by)


def _foreign(document: Document) -> Mapping[str, Any]:
    found = document.meta.get(FOREIGN)
    return found if isinstance(found, Mapping) else {}


def _unplaced(document: Document) -> int:
    return len(_foreign(document).get("unplaced") or ())


def _doubts(document: Document) -> list[dict[str, Any]]:
    return [
        {**each, "what": "left out" if name == "unplaced" else name, "why": why}
        for name, why in _REASONS.items()
        for each in _foreign(document).get(name) or ()
        if isinstance(each, Mapping)
    ]


def _told(entity: Entity, text: str, what: str, why: str) -> dict[str, Any]:
    quote = text[entity.start : entity.end]
    return {
        "start": entity.start, "end": entity.end, "text": quote, "label": entity.label, "what": what, "why": why,
    }  # fmt: skip


def layer_row(laid: Laid, laying: Laying, name: str) -> dict[str, Any] | None:
    """Return a record's layer as it is kept, less the article's number; None where it has nothing to say."""
    document, reading = laid.document, laid.ready.reading
    if not reading.objects and reading.state == "suggested":
        return None
    kind = KIND.get(laying.role or "", reading.state)
    author = "gold" if kind == "gold" else laying.name or reading.author or f"import:{name}"
    review = {name: getattr(document.review, name) for name in _REVIEW}
    if laying.role == "person":
        review |= {"reviewers": [laying.name]}
    return stored(reading, kind, author) | {
        "person_id": laying.person_id if kind == "reviewed" else None,
        "review": review,
    }


def stored(reading: Reading, kind: str, author: str) -> dict[str, Any]:
    """Return a reading as a layer is kept."""
    suggested = kind == "suggested"
    return {
        "kind": kind,
        "author": author[:120],
        "body": reading.body,
        "certainty": reading.certainty,
    } | ({"proposals": reading.objects, "spread": reading.spread, "actors": reading.actors} if suggested else {})


def further_rows(laid: Laid) -> list[dict[str, Any]]:
    """Return a record's further readings as layers are kept."""
    return [stored(each, each.state, each.author or "another") for each in laid.ready.others]
