"""W3C Web Annotation (JSON-LD): one annotation an entity, by quote and position, for Recogito and Hypothesis.

The annotations name a text and do not hold it, so it lies beside them. Positions count code points, as the
Recommendation says; most browser tools count UTF-16, so the quotes decide on the way in.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, Final

import msgspec

from workbench.core.annotation import Document, Entity
from workbench.core.errors import Invalid, Refused
from workbench.formats import about
from workbench.formats.foreign import Found, mark, reading, rows, safe_names, word
from workbench.formats.losses import RECORD
from workbench.formats.packing import Packed
from workbench.formats.reading import PLAIN, Options, Row, as_object, items, keys_in, parse
from workbench.formats.text import decode
from workbench.formats.units import Mark, Units

name: Final = "w3c"
title: Final = "W3C Web Annotation (ZIP of .txt and .jsonld)"
suffixes: Final = (".zip", ".jsonld")
direction: Final = "both"
loses: Final = RECORD | {"stances", "commitments", "provenance", "object ids", "actors", "flags"}

_CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"
_AROUND: Final = 32


def sniff(head: bytes, _name: str, /) -> bool:
    """Say whether the file begins with a web annotation."""
    return {"target", "type"} <= keys_in(head) and (b"ns/anno.jsonld" in head or b'"TextQuoteSelector"' in head)


def read(source: BinaryIO, name: str, options: Options = PLAIN, /) -> Iterator[Document | Refused]:
    """Read the annotations over the text that lies beside them as one document."""
    try:
        if ".txt" not in options.beside:
            raise Invalid(f"The annotated text of {name} is missing: put a .txt of the same name beside it.")
        text = decode(options.beside[".txt"], options.encoding)
        found, kept = _all(source)
        file = None if "filename" in options.about else f"{re.sub(r'(?:[.]w3c)?[.]json(?:ld)?$', '', name)}.txt"
        yield reading(text, options.about, found, Units(options.unit), kept, file)
    except Invalid as problem:
        yield problem if isinstance(problem, Refused) else Refused(problem.sentence)


def _all(source: BinaryIO) -> tuple[list[Found], dict[str, list[Any]]]:
    found: list[Found] = []
    kept: dict[str, list[Any]] = {}
    for number, raw in items(source):
        try:
            annotation = as_object(parse(raw))
            places = list(_places(annotation))
        except Invalid as problem:
            raise Refused(f"item {number}: {problem.sentence}") from None
        found += [_found(annotation, place) for place in places]
        if not places:
            kept.setdefault("without a place", []).append(annotation)
        if more := [body for body in _bodies(annotation) if word(body.get("purpose")) not in _TAGS]:
            kept.setdefault("comments", []).append({"of": annotation.get("id"), "body": more})
    return found, kept


_TAGS: Final = frozenset({"tagging", "classifying", "identifying"})


def _bodies(annotation: Row) -> list[Row]:
    return _listed(annotation, "body")


def _listed(row: Row, key: str) -> list[Row]:
    """Return one object or several as a list; what is only an address is none."""
    value = row.get(key)
    return rows([value] if isinstance(value, dict) else None if isinstance(value, str) else value, key)


def _places(annotation: Row) -> Iterator[Mark]:
    """Yield where each target stands; one annotation may have several."""
    for target in _listed(annotation, "target"):
        said = {word(each.get("type")): each for each in _listed(target, "selector")}
        quote, position = said.get("TextQuoteSelector"), said.get("TextPositionSelector")
        exact = word(quote.get("exact")) if quote else None
        if position is not None:
            yield mark(position)._replace(quote=exact)
        elif exact is not None:
            yield Mark(0, 0, exact)


def _found(annotation: Row, place: Mark) -> Found:
    said = {word(each.get("purpose")): each for each in reversed(_bodies(annotation))}
    tag = said.get("tagging") or said.get("classifying") or {}
    identity = said.get("identifying") or {}
    return Found(place, word(tag.get("value")) or "unlabelled", actor_id=word(identity.get("source")))


def write(documents: Iterable[Document], out: BinaryIO, /) -> None:
    """Write an archive: the text and its annotations a document, and what is known of them."""
    known = []
    with Packed(out) as packed:
        for name, document in safe_names(documents):
            packed.add(f"{name}.txt", document.text)
            lines = [
                msgspec.json.encode(_annotation(each, document, f"{name}.txt")) for each in document.layer.entities
            ]
            packed.add(f"{name}.jsonld", b"[" + b",\n".join(lines) + b"]\n")
            row = about.row(document)
            row = {"file": f"{name}.txt", "filename": row.pop("file", None), **row}
            known.append(msgspec.json.encode(row) + b"\n")
        packed.add("metadata.jsonl", b"".join(known))


def _annotation(entity: Entity, document: Document, file: str) -> Row:
    text, start, end = document.text, entity.start, entity.end
    quote = {
        "type": "TextQuoteSelector",
        "exact": text[start:end],
        "prefix": text[max(0, start - _AROUND) : start],
        "suffix": text[end : end + _AROUND],
    }
    body: list[Row] = [{"type": "TextualBody", "purpose": "tagging", "value": entity.label}]
    if entity.actor_id:
        body.append({"type": "SpecificResource", "purpose": "identifying", "source": entity.actor_id})
    selector = [quote, {"type": "TextPositionSelector", "start": start, "end": end}]
    id = f"urn:workbench:{file.removesuffix('.txt')}:{entity.id}"
    target = {"source": file, "selector": selector}
    return {"@context": _CONTEXT, "id": id, "type": "Annotation", "body": body, "target": target}
