"""UIMA CAS in XMI, as INCEpTION exports it, by way of ``dkpro-cassis``: with its type system beside it, or without."""

import io
import re
from collections.abc import Container, Iterable, Iterator
from typing import Any, BinaryIO, Final
from xml.etree import ElementTree

from workbench.core.annotation import Document
from workbench.core.errors import Invalid, Refused, clause
from workbench.core.strict import Row
from workbench.formats import uima
from workbench.formats.losses import no_controls
from workbench.formats.reading import PLAIN, Options

name: Final = "xmi"
title: Final = "UIMA CAS XMI (ZIP with type system)"
suffixes: Final = (".zip", ".xmi")
direction: Final = "both"
loses: Final = uima.LOSES | {"controls"}

_XMI: Final = "http://www.omg.org/XMI"
_DECLARATION: Final = re.compile(r"\s*<\?xml[^>]*\?>")
_UTF16: Final = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))


def sniff(head: bytes, _name: str, /) -> bool:
    """Say whether the file is XML that names XMI."""
    try:
        start = _decoded(head[:4000], errors="replace").lstrip()
    except Invalid:
        return False
    return start.startswith("<") and _XMI in start


def read(source: BinaryIO, name: str, options: Options = PLAIN, /) -> Iterator[Document | Refused]:
    """Read the file as one document, of its first view."""
    try:
        root, raw = _parsed(uima.taken(source))
        things = [_thing(each) for each in root]
        types = options.beside.get(uima.TYPES) or options.beside.get(".xml")
        yield uima.document(uima.checked(lambda: _cas(raw, things, types)), things, name, options)
    except Invalid as problem:
        yield Refused(problem.sentence)


def _decoded(raw: bytes, errors: str = "strict") -> str:
    encoding = next((found for mark, found in _UTF16 if raw.startswith(mark)), "utf-8")
    try:
        return raw.decode(encoding, errors).removeprefix("\ufeff")
    except UnicodeDecodeError as problem:
        raise Invalid(f"Byte {problem.start + 1:,} of the file is not {encoding.upper()}.") from None


def _parsed(raw: bytes) -> tuple[ElementTree.Element, bytes]:
    """Return the tree and its bytes in UTF-8; raises Invalid for a document type and whatever is no XML."""
    text = _DECLARATION.sub("", _decoded(raw), count=1)
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise Invalid("The XML declares a document type or entities, which no CAS does.")
    try:
        return ElementTree.fromstring(text), text.encode()  # noqa: S314 - without a document type nothing expands
    except ElementTree.ParseError as problem:
        raise Invalid(f"This is no XML: {clause(problem)}.") from None


def _thing(element: ElementTree.Element) -> uima.Thing:
    space, _, short = element.tag.removeprefix("{").rpartition("}")
    kind = re.sub(r"^http:/+|\.ecore$", "", space).replace("/", ".")
    features: Row = {key.rpartition("}")[2]: value for key, value in element.attrib.items()}
    for each in element:
        features.setdefault(each.tag, []).append(each.text or "")
    for place in ("begin", "end"):
        if re.fullmatch(r"\d{1,18}", str(features.get(place, ""))):
            features[place] = int(features[place])
    return uima.Thing(str(features.pop("id", "")), f"{kind}.{short}".removeprefix("uima.noNamespace."), features)


def _cas(raw: bytes, things: list[uima.Thing], types: bytes | None) -> Any:
    """Load the CAS; types and features that it uses and its type system does not know are filled in."""
    import cassis

    known = _types(types) if types else cassis.TypeSystem()
    lists = {(each.type, name) for each in things for name, value in each.features.items() if isinstance(value, list)}
    for kind, (base, features) in uima.bases(things).items():
        if kind in {"uima.cas.NULL", "uima.cas.Sofa", "uima.cas.View"}:
            continue
        if not known.contains_type(uima.check_name(kind)):
            known.create_type(kind, base)
        _fill(known, known.get_type(kind), [uima.check_name(each) for each in features if each != "id"], lists)
    for kind in known.get_types():
        for feature in kind.all_features:
            uima.check_name(feature.name)
    return cassis.load_cas_from_xmi(io.BytesIO(raw), known)


def _types(raw: bytes) -> Any:
    """Load a type system, once it is known to be no larger than the library can take."""
    import cassis

    root, said = _parsed(raw)
    parents: dict[str, str] = {}
    for each in root.iter():
        if each.tag.rpartition("}")[2] == "typeDescription":
            told = {child.tag.rpartition("}")[2]: child for child in each}
            name, above = (str(told[key].text) if key in told else "" for key in ("name", "supertypeName"))
            parents[name] = above
            uima.check_features(name, len(told.get("features", ())))
    uima.check_descent(parents)
    return cassis.load_typesystem(io.BytesIO(said))


def _fill(known: Any, kind: Any, features: list[str], lists: Container[tuple[str, str]]) -> None:
    there = {each.name.removesuffix("_") for each in kind.all_features} | {"sofa", "begin", "end", "elements"}
    for each in features:
        if each not in there:
            many = (kind.name, each) in lists
            known.create_feature(kind, each, "uima.cas.StringArray" if many else "uima.cas.String")


def write(documents: Iterable[Document], out: BinaryIO, /) -> None:
    """Write an archive with one XMI a document, their type system, and what is known of them."""
    typesystem = uima.types()
    declared = typesystem.to_xml().encode()
    uima.pack(documents, out, ".xmi", lambda each: str(uima.cas_of(each, typesystem, no_controls).to_xmi()), declared)
