"""What a record's annotations become: a suggester's layer, a person's finished one, gold, or nothing at all."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, Final, Literal

from workbench.core.annotation import Document, Entity, Layer, Object, Review, layer_of
from workbench.core.labels import Labels, relabelled
from workbench.core.record import layer_json
from workbench.formats.losses import FOREIGN
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

    document: Document
    spans: dict[str, int] = field(default_factory=dict)
    left: list[dict[str, Any]] = field(default_factory=list)


def laid(document: Document, laying: Laying) -> Laid:
    """Give a record's annotations the labels, the author and the state that they come in with."""
    left = _doubts(document)
    if laying.role == "plain":
        count = len(document.layer.objects)
        bare = replace(document, layer=Layer(""), layers=None, review=replace(document.review, state="suggested"))
        return Laid(bare, {"left out": count} if count else {}, [])
    layer, changed = document.layer, 0
    out: tuple[Entity, ...] = ()
    if laying.labels:
        layer, changed, out = relabelled(layer, laying.labels)
        left += [_told(each, document.text, "left out", "its label has no counterpart") for each in out]
    counts = {"taken": len(layer.objects) - changed, "mapped": changed, "left out": len(out) + _unplaced(document)}
    if laying.role:
        layer = layer_of(laying.name, [_signed(each, laying) for each in layer.objects])
    return Laid(document.carrying(layer), {name: count for name, count in counts.items() if count}, left[:MOST_LISTED])


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
    document, layer = laid.document, laid.document.layer
    state = document.review.state
    if not layer.objects and state == "suggested":
        return None
    kind = KIND.get(laying.role or "", state)
    author = "gold" if kind == "gold" else laying.name or _author(layer, name)
    review = {name: getattr(document.review, name) for name in _REVIEW}
    if laying.role == "person":
        review |= {"reviewers": [laying.name]}
    return {
        "kind": kind,
        "author": author[:120],
        "person_id": laying.person_id if kind == "reviewed" else None,
        "body": layer_json(layer, document.text),
        "review": review,
        "proposals": len(layer.objects) if kind == "suggested" else 0,
        "certainty": certainty(layer),
    }


def certainty(layer: Layer) -> float | None:
    """Return the mean score of a layer's objects, or None where none has one."""
    scores = [each.by.score for each in layer.objects if each.by.score is not None]
    return round(sum(scores) / len(scores), 4) if scores else None


def _author(layer: Layer, name: str) -> str:
    return next((each.by.suggester for each in layer.objects if each.by.suggester), None) or f"import:{name}"
