"""What other tools' files have in common: spans in some unit, and things that only ``meta`` can take."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count
from typing import Any, Final, NamedTuple

from workbench.core.annotation import By, Document, Entity, layer_of
from workbench.core.errors import Invalid
from workbench.formats import about, addresses
from workbench.formats.losses import FOREIGN
from workbench.formats.units import Decided, Mark, Units

ADDED: Final = By("added")


class Found(NamedTuple):
    """A labelled span as the file gives it."""

    mark: Mark
    label: str
    id: str = ""
    by: By = ADDED
    actor: str | None = None
    actor_id: str | None = None
    flags: tuple[str, ...] = ()


def reading(
    text: str,
    row: Mapping[str, Any],
    found: Sequence[Found],
    units: Units,
    kept: Mapping[str, Any] | None = None,
    file: str | None = None,
) -> Document:
    """Build a document with the spans laid over it; those without a place are kept as ``unplaced``."""
    document = about.document(text, row, file)
    entities, left = entities_of(text, found, units)
    if text != document.text:
        entities = [replace(each, start=each.start - 1, end=each.end - 1) for each in entities if each.start]
    told = {key: value for key, value in left.items() if value}
    return keeping(document.carrying(layer_of("", entities)), {**(kept or {}), **told})


def entities_of(text: str, found: Sequence[Found], units: Units) -> tuple[list[Entity], dict[str, Any]]:
    """Return the entities, and what has to be told: the unit, spans moved to their quotes, spans without a place."""
    decided, places = units.place(text, [each.mark for each in found])
    taken = {each.id for each in found}
    names = (name for name in (f"e{number}" for number in count(1)) if name not in taken)
    given = {""}
    entities, unplaced, moved = [], [], []
    for each, place in zip(found, places, strict=True):
        if place.span is None:
            unplaced.append(row_of(each))
            continue
        if place.moved:
            moved.append(row_of(each))
        name = each.id if each.id not in given else next(names)
        given.add(name)
        entities.append(Entity(name, *place.span, each.label, each.actor, each.actor_id, each.flags, each.by))
    return entities, {**counted(decided, units), "moved": moved, "unplaced": unplaced}


def counted(decided: Decided, units: Units) -> dict[str, Any]:
    """Return what has to be told of a document's offsets: an unusual unit, that it was told, what else it may be."""
    unit = decided.unit if decided.unit != units.usual else None
    return {"unit": unit, "unit_told": bool(unit and units.told) or None, "unit_or": ", ".join(decided.rivals)}


def keeping(document: Document, kept: Mapping[str, Any]) -> Document:
    """Return the document with what it has no place for in ``meta``; empty things are left out."""
    kept = addresses.without({key: value for key, value in kept.items() if value not in (None, [], {}, "")})
    if not kept:
        return document
    before = document.meta.get(FOREIGN)
    return replace(
        document, meta={**document.meta, FOREIGN: {**(before if isinstance(before, Mapping) else {}), **kept}}
    )


def joined(before: Any, more: Any) -> Any:
    """Return what is kept of one reading with what is of the next; a list that was begun so goes on."""
    if not isinstance(more, list):
        return more or before
    if not before:
        return [*more]
    before += more
    return before


def mark(row: Mapping[str, Any], start: str = "start", end: str = "end", quote: str = "text") -> Mark:
    """Read a span of a JSON row; raises Invalid where it has no whole numbers."""
    first, last, said = row.get(start), row.get(end), row.get(quote)
    if type(first) is not int or type(last) is not int:
        raise Invalid(f"A span has no whole numbers as {start} and {end}.")
    return Mark(first, last, said if isinstance(said, str) else None)


def rows(value: Any, what: str) -> list[dict[str, Any]]:
    """Return a JSON value that must be a list of objects, or nothing at all; raises Invalid."""
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise Invalid(f"“{what}” is no list of objects.")
    return value


UNLABELLED: Final = "unlabelled"


def label(value: Any) -> str:
    """Return a label, or that there is none; raises Invalid where it is no text."""
    if not value and not isinstance(value, bool | int):
        return UNLABELLED
    if not isinstance(value, str):
        raise Invalid("A span's label is no text.")
    return value


def text_in(row: Mapping[str, Any], key: str = "text") -> str:
    """Return the text of a record; raises Invalid where there is none."""
    if not isinstance(said := row.get(key), str):
        raise Invalid(f"The record has no text under “{key}”.")
    return said


def words(value: Any) -> tuple[str, ...]:
    """Return the texts in a list, or none."""
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()


def word(value: Any) -> str | None:
    """Return a text, or None."""
    return value if isinstance(value, str) and value else None


def safe_names(documents: Iterable[Document]) -> Iterator[tuple[str, Document]]:
    """Yield each document with a name for its file: its id where that is safe and new, else its number."""
    seen: set[str] = set()
    for number, document in enumerate(documents, 1):
        plain = document.id.replace("-", "").replace("_", "")
        good = plain.isascii() and plain.isalnum() and len(document.id) <= 100
        name = document.id if good and document.id.lower() not in seen else f"article{number:06}"
        seen.add(name.lower())
        yield name, document


def row_of(found: Found) -> dict[str, Any]:
    """Return a span as it is told of where it has no place, or another."""
    return {"start": found.mark.start, "end": found.mark.end, "text": found.mark.quote, "label": found.label}
