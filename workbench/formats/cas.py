"""UIMA CAS, as INCEpTION exports it: JSON (0.4.0) and XMI in, JSON out.

Offsets count UTF-16 units. Annotations become entities: the label is the feature ``value``, else the first text
among the features, else the type's name. What links two annotations, and layers that say something of every token
or sentence, are kept in ``meta``.
"""

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final, NamedTuple
from xml.etree import ElementTree

import msgspec

from workbench.core.annotation import Document
from workbench.core.errors import Invalid, Refused
from workbench.core.text import utf16
from workbench.formats import about
from workbench.formats.foreign import Found, reading, rows, safe_names, word
from workbench.formats.losses import RECORD
from workbench.formats.packing import Packed
from workbench.formats.reading import PLAIN, Options, Row, as_object, parse
from workbench.formats.units import Mark, Units
from workbench.formats.webanno import EVERY_TOKEN, NAMED

name: Final = "cas"
title: Final = "UIMA CAS (ZIP of JSON; XMI in)"
suffixes: Final = (".zip", ".json", ".xmi")
direction: Final = "both"
loses: Final = RECORD | {"stances", "commitments", "provenance", "object ids", "actors", "flags"}

LARGEST: Final = 200 * 2**20
_XMI: Final = b"http://www.omg.org/XMI"
_DOCUMENT: Final = re.compile(r"\.(?:DocumentAnnotation|DocumentMetaData|TagsetDescription|CASMetadata|Sentence|Sofa)$")
_FRAME: Final = re.compile(r"\.(?:Sofa|NULL|View)$|Array$|\[\]$")
_PLACE: Final = frozenset({"begin", "end", "%ID", "%TYPE", "@sofa", "sofa", "%FLAGS"})


class _Thing(NamedTuple):
    """A feature structure: its id, its type and its features."""

    id: str
    type: str
    features: Row


def sniff(head: bytes, _name: str, /) -> bool:
    """Say whether the file is a CAS in JSON or XMI."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    return (start.startswith(b"<") and _XMI in head[:4000]) or (
        start.startswith(b"{") and (b'"%TYPES"' in head[:2000] or b'"%FEATURE_STRUCTURES"' in head)
    )


def read(source: BinaryIO, name: str, options: Options = PLAIN, /) -> Iterator[Document | Refused]:
    """Read the file as one document, of its first view."""
    try:
        raw = source.read(LARGEST + 1)
        if len(raw) > LARGEST:
            raise Invalid(f"The file is larger than {LARGEST // 2**20} MB.")
        things = _xmi(raw) if raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") else _json(raw)
        yield _document(things, name, options)
    except Invalid as problem:
        yield Refused(problem.sentence)


def _json(raw: bytes) -> list[_Thing]:
    given = as_object(parse(raw.removeprefix(b"\xef\xbb\xbf").strip())).get("%FEATURE_STRUCTURES")
    if isinstance(given, dict):
        given = [{"%ID": id, **as_object(each)} for id, each in given.items()]
    return [_Thing(str(each.get("%ID")), str(each.get("%TYPE")), each) for each in rows(given, "feature structures")]


def _xmi(raw: bytes) -> list[_Thing]:
    if b"<!DOCTYPE" in raw or b"<!ENTITY" in raw or b"\0" in raw:
        raise Invalid("The XML declares a document type or entities, which no CAS does.")
    try:
        root = ElementTree.fromstring(raw)  # noqa: S314 - without a document type there is nothing to expand
    except ElementTree.ParseError as problem:
        raise Invalid(f"This is no XML: {problem}.") from None
    return [_thing(each) for each in root]


def _thing(element: ElementTree.Element) -> _Thing:
    space, _, short = element.tag.removeprefix("{").rpartition("}")
    kind = re.sub(r"^http:/+|\.ecore$", "", space).replace("/", ".")
    features: Row = {key.rpartition("}")[2]: value for key, value in element.attrib.items()}
    for place in ("begin", "end"):
        if re.fullmatch(r"\d+", features.get(place, "")):
            features[place] = int(features[place])
    return _Thing(str(features.pop("id", "")), f"{kind}.{short}", features)


def _document(things: list[_Thing], name: str, options: Options) -> Document:
    sofa = next((each for each in things if each.type.endswith(".Sofa")), None)
    text = sofa.features.get("sofaString") if sofa else None
    if sofa is None or not isinstance(text, str):
        raise Invalid("The CAS has no text.")
    found, known = [], dict(options.about)
    kept: dict[str, list[Row]] = {}
    for each in things:
        row = each.features
        if each.type.endswith("DocumentMetaData") and isinstance(row.get("documentTitle"), str):
            known.setdefault("title", row["documentTitle"])
        if type(row.get("begin")) is not int or type(row.get("end")) is not int:
            if not _FRAME.search(each.type):
                kept.setdefault("structures", []).append({"type": each.type, **row})
            continue
        if str(row.get("@sofa", row.get("sofa"))) != sofa.id or _DOCUMENT.search(each.type):
            continue
        if EVERY_TOKEN.search(each.type) or _links(each):
            kept.setdefault("relations" if _links(each) else "layers", []).append({"type": each.type, **row})
        elif row["begin"] < row["end"]:
            one, more = _found(each)
            found.append(one)
            if more:
                kept.setdefault("features", []).append({"type": each.type, "of": each.id, **more})
    file = None if "filename" in options.about else name
    return reading(text, known, found, Units(options.unit or "utf-16"), kept, file)


def _links(thing: _Thing) -> bool:
    return bool({"@Governor", "@Dependent", "Governor", "Dependent"} & thing.features.keys())


def _found(thing: _Thing) -> tuple[Found, Row]:
    """Return the span and the features that are neither its label nor its identifier."""
    more = {key: value for key, value in thing.features.items() if key not in _PLACE and value is not None}
    identifier = word(more.pop("identifier", None))
    says = "value" if word(more.get("value")) else next((key for key, value in more.items() if word(value)), "")
    label = word(more.pop(says, None)) or thing.type.rpartition(".")[2]
    return Found(Mark(thing.features["begin"], thing.features["end"]), label, actor_id=identifier), more


def write(documents: Iterable[Document], out: BinaryIO, /) -> None:
    """Write an archive with one CAS a document and what is known of them; labels go to INCEpTION's named entities."""
    known = []
    with Packed(out) as packed:
        for name, document in safe_names(documents):
            packed.add(f"{name}.json", msgspec.json.encode(_cas(document)))
            row = about.row(document)
            row = {"file": f"{name}.json", "filename": row.pop("file", None), **row}
            known.append(msgspec.json.encode(row) + b"\n")
        packed.add("metadata.jsonl", b"".join(known))


def _cas(document: Document) -> Row:
    text = document.text
    sofa: Row = {"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView", "mimeType": "text"}
    whole: Row = {"%ID": 2, "%TYPE": "uima.tcas.DocumentAnnotation", "@sofa": 1, "begin": 0, "end": utf16(text)}
    things = [{**sofa, "sofaString": text}, {**whole, "language": document.language}]
    at, place = 0, 0
    for number, each in enumerate(document.layer.entities, 3):
        at, place = at + utf16(text[place : each.start]), each.start
        row: Row = {"%ID": number, "%TYPE": NAMED, "@sofa": 1, "begin": at}
        row |= {"end": at + utf16(text[each.start : each.end]), "value": each.label}
        things.append(row | ({"identifier": each.actor_id} if each.actor_id else {}))
    members = [each["%ID"] for each in things[1:]]
    return {
        "%TYPES": {NAMED: _NAMED_TYPE},
        "%FEATURE_STRUCTURES": things,
        "%VIEWS": {"_InitialView": {"%SOFA": 1, "%MEMBERS": members}},
    }


_NAMED_TYPE: Final = {
    "%NAME": NAMED,
    "%SUPER_TYPE": "uima.tcas.Annotation",
    "value": {"%NAME": "value", "%RANGE": "uima.cas.String"},
    "identifier": {"%NAME": "identifier", "%RANGE": "uima.cas.String"},
}
