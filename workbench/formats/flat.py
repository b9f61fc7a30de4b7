"""Gold as flat rows: one an article, an entity, a stance, a commitment, for whoever works in tables."""

from bisect import bisect_right
from collections.abc import Iterator
from typing import Final, Literal

from workbench.core import text as texts
from workbench.core.annotation import PLURALS, By, Document, Frame, Object, Span
from workbench.core.record import SLOTS, WITH_ID

Cell = str | int | float | bool | None
Cells = dict[str, Cell]
Kind = Literal["stance", "commitment"]

_ARTICLE: Final = ("article", "title", "outlet", "published", "url")
_BY: Final = ("origin", "suggester", "score", "decided", "at", "votes_for", "votes_of")


def _slots(kind: Kind) -> Iterator[str]:
    for slot in SLOTS[kind]:
        yield slot
        if slot == WITH_ID[kind]:
            yield f"{slot}_id"
        if slot == "evidence":
            yield from ("start", "end", "sentence")


SHEETS: Final[dict[str, tuple[str, ...]]] = {
    "articles": (
        *_ARTICLE, "author", "file", "language", "cluster", "split", "state", "reviewers", "adjudicator", "guideline",
        "entities", "stances", "commitments", "characters", "text_sha256",
    ),
    "entities": (*_ARTICLE, "id", "text", "label", "actor", "actor_id", "flags", "start", "end", "sentence", *_BY),
    "stances": (*_ARTICLE, "id", *_slots("stance"), "own_slots", *_BY),
    "commitments": (*_ARTICLE, "id", *_slots("commitment"), "own_slots", *_BY),
}  # fmt: skip
"""The sheets and their columns."""


def rows(document: Document) -> Iterator[tuple[str, list[Cell]]]:
    """Yield each row of a document with the sheet that it belongs to."""
    about = _about(document)
    yield "articles", _row("articles", about | _article(document))
    sentences = list(document.sentences) or texts.sentences(document.text)
    for item in document.layer.objects:
        sheet = PLURALS[item.kind]
        yield sheet, _row(sheet, about | _object(item, document.text, sentences))


def _row(sheet: str, cells: Cells) -> list[Cell]:
    return [cells.get(column) for column in SHEETS[sheet]]


def _about(document: Document) -> Cells:
    source = document.source
    return {
        "article": document.id,
        "title": document.title,
        "outlet": source.outlet,
        "published": source.published,
        "url": source.url,
    }


def _article(document: Document) -> Cells:
    layer, review, source = document.layer, document.review, document.source
    return {
        "author": source.author,
        "file": source.file,
        "language": document.language,
        "cluster": document.cluster,
        "split": document.split,
        "state": review.state,
        "reviewers": ", ".join(review.reviewers),
        "adjudicator": review.adjudicator,
        "guideline": review.guideline,
        "entities": len(layer.entities),
        "stances": len(layer.stances),
        "commitments": len(layer.commitments),
        "characters": len(document.text),
        "text_sha256": texts.digest(document.text),
    }


def _object(item: Object, text: str, sentences: list[tuple[int, int]]) -> Cells:
    start, end = item.span
    place = max(0, bisect_right(sentences, start, key=lambda piece: piece[0]) - 1)
    around = text[slice(*sentences[place])] if sentences else None
    cells: Cells = {"id": item.id, "start": start, "end": end, "sentence": around, **_by(item.by)}
    if isinstance(item, Frame):
        return cells | _frame(item, text)
    said = {"text": text[start:end], "label": item.label, "actor": item.actor, "actor_id": item.actor_id}
    return {**cells, **said, "flags": ", ".join(item.flags)}


def _frame(frame: Frame, text: str) -> Cells:
    values: Cells = {
        slot: text[value.start : value.end] if isinstance(value, Span) else value for slot, value in frame.slots.items()
    }
    own = {slot: value for slot, value in sorted(values.items()) if slot not in SLOTS[frame.kind]}
    named: Cells = {f"{slot}_id": value for slot, value in frame.ids.items()}
    return values | named | {"own_slots": "; ".join(f"{slot}={value}" for slot, value in own.items())}


def _by(by: By) -> Cells:
    votes = by.votes or (None, None)
    return {
        "origin": by.origin,
        "suggester": by.suggester,
        "score": by.score,
        "decided": by.decided,
        "at": by.at,
        "votes_for": votes[0],
        "votes_of": votes[1],
    }
