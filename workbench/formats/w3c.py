"""W3C Web Annotation (JSON-LD): one annotation an entity, by quote and position, for Recogito and Hypothesis.

The annotations name a text and do not hold it, so it lies beside them. Positions count code points, as the
Recommendation says; most browser tools count UTF-16, so the quotes decide on the way in. Pages and collections of
annotations come in as well; each label of an annotation is an entity.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, Final

import msgspec

from workbench.core.annotation import Document, Entity
from workbench.core.errors import Invalid, Refused
from workbench.core.strict import Row, as_object, parse
from workbench.formats import about
from workbench.formats.foreign import UNLABELLED, Found, reading, rows, safe_names, word
from workbench.formats.losses import RECORD
from workbench.formats.packing import Packed
from workbench.formats.reading import PLAIN, Options, items, keys_in
from workbench.formats.selectors import places_of
from workbench.formats.text import decode
from workbench.formats.units import Units

name: Final = "w3c"
title: Final = "W3C Web Annotation (ZIP of .txt and .jsonld)"
suffixes: Final = (".zip", ".jsonld")
direction: Final = "both"
loses: Final = RECORD | {"stances", "commitments", "provenance", "object ids", "actors", "flags"}

_CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"
_AROUND: Final = 32


def sniff(head: bytes, _name: str, /) -> bool:
    """Say whether the file begins with a web annotation."""
    keys = keys_in(head)
    known = b"ns/anno.jsonld" in head or b'"TextQuoteSelector"' in head
    return known and "type" in keys and not keys.isdisjoint({"target", "items", "@graph"})


def read(source: BinaryIO, name: str, options: Options = PLAIN, /) -> Iterator[Document | Refused]:
    """Read the annotations over the text that lies beside them as one document."""
    try:
        if ".txt" not in options.beside:
            raise Invalid(
                f"The annotated text of {name} is missing: put a .txt of the same name beside it, "
                "and let the annotations' name end in .jsonld or .w3c.json."
            )
        text = decode(options.beside[".txt"], options.encoding)
        found, kept = _all(source, text)
        file = None if "filename" in options.about else f"{re.sub(r'(?:[.]w3c)?[.]json(?:ld)?$', '', name)}.txt"
        yield reading(text, options.about, found, Units(options.unit), kept, file)
    except Invalid as problem:
        yield problem if isinstance(problem, Refused) else Refused(problem.sentence)


def _all(source: BinaryIO, text: str) -> tuple[list[Found], dict[str, list[Any]]]:
    found: list[Found] = []
    kept: dict[str, list[Any]] = {}
    for number, annotation in _annotations(source):
        try:
            places = list(places_of(annotation, text))
            said = list(_readings(annotation))
        except Invalid as problem:
            raise Refused(f"item {number}: {problem.sentence}") from None
        found += [Found(place, label, actor_id=identity) for place in places for label, identity in said]
        if not places:
            kept.setdefault("without a place", []).append(annotation)
        if told := {key: annotation[key] for key in _TOLD if annotation.get(key)}:
            kept.setdefault("attributes", []).append({"of": annotation.get("id"), **told})
        if more := [body for body in _bodies(annotation) if not _tags(body, annotation)]:
            kept.setdefault("comments", []).append({"of": annotation.get("id"), "body": more})
    return found, kept


def _annotations(source: BinaryIO) -> Iterator[tuple[int, Row]]:
    """Yield the annotations of an array, or of the page or collection that the file is."""
    for number, raw in items(source):
        try:
            row = as_object(parse(raw))
            first = row.get("first")
            page = first if isinstance(first, dict) else row
            inner = rows(page["items"], "items") if "items" in page else rows(page.get("@graph", [row]), "@graph")
        except Invalid as problem:
            raise Refused(f"item {number}: {problem.sentence}") from None
        yield from ((number, each) for each in inner)


_TOLD: Final = ("creator", "created", "modified")
_TAGS: Final = frozenset({"tagging", "classifying", "identifying"})


def _bodies(annotation: Row) -> list[Row]:
    value = annotation["bodyValue"] if "bodyValue" in annotation else annotation.get("body")
    given = value if isinstance(value, list) else [value]
    said = [{"type": "TextualBody", "value": each} if isinstance(each, str) else each for each in given if each]
    return rows(said, "body")


def _tags(body: Row, annotation: Row) -> bool:
    """Say whether a body is a label or an identity: by its own purpose, else by what the annotation is for."""
    own = body.get("purpose", annotation.get("motivation"))
    return not _TAGS.isdisjoint(own if isinstance(own, list) else [own])


def _readings(annotation: Row) -> Iterator[tuple[str, str | None]]:
    """Yield each label of an annotation with the identity that it gives."""
    bodies = [body for body in _bodies(annotation) if _tags(body, annotation)]
    identity = next((word(body.get("source")) for body in bodies if body.get("purpose") == "identifying"), None)
    labels = [found for body in bodies if body.get("purpose") != "identifying" and (found := _label(body))]
    yield from ((label, identity) for label in labels or [UNLABELLED])


def _label(body: Row) -> str | None:
    source = body.get("source")
    told = source if isinstance(source, dict) else {"id": source}
    said = (body.get("value"), body.get("label"), told.get("label"), told.get("id"))
    return next((found for each in said if (found := word(each))), None)


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
