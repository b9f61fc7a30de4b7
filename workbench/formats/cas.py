"""UIMA CAS in JSON (0.4.0), as INCEpTION exports it, by way of ``dkpro-cassis``."""

import json
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, Final

from workbench.core.annotation import Document
from workbench.core.errors import Invalid, Refused
from workbench.core.strict import Row, as_object, parse
from workbench.formats import uima
from workbench.formats.foreign import rows
from workbench.formats.reading import PLAIN, Options

name: Final = "cas"
title: Final = "UIMA CAS (ZIP of JSON)"
suffixes: Final = (".zip", ".json")
direction: Final = "both"
loses: Final = uima.LOSES

_WHOLE: Final = "uima.tcas.DocumentAnnotation"


def sniff(head: bytes, _name: str, /) -> bool:
    """Say whether the file is a CAS in JSON."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(b"{") and (b'"%TYPES"' in head[:2000] or b'"%FEATURE_STRUCTURES"' in head)


def read(source: BinaryIO, name: str, options: Options = PLAIN, /) -> Iterator[Document | Refused]:
    """Read the file as one document, of its first view."""
    try:
        given = as_object(parse(uima.taken(source)))
        things = _things(given)
        yield uima.document(uima.checked(lambda: _cas(given, things)), things, name, options)
    except Invalid as problem:
        yield Refused(problem.sentence)


def _things(given: Row) -> list[uima.Thing]:
    found = given.get("%FEATURE_STRUCTURES")
    if isinstance(found, dict):
        found = [{"%ID": id, **as_object(each)} for id, each in found.items()]
    return [
        uima.Thing(str(each.get("%ID")), str(each.get("%TYPE")), each) for each in rows(found, "feature structures")
    ]


def _cas(given: Row, things: list[uima.Thing]) -> Any:
    """Load the CAS; types that it uses and does not declare are filled in."""
    import cassis

    declared = as_object(given.get("%TYPES") or {})
    uima.check_descent({kind: str(as_object(each).get("%SUPER_TYPE")) for kind, each in declared.items()})
    for kind, features in declared.items():
        uima.check_features(kind, len(as_object(features)))
        for each in (kind, *as_object(features)):
            if not each.startswith("%"):
                uima.check_name(each)
    declared = dict(declared)
    for kind, (base, features) in uima.bases(things).items():
        known = kind == _WHOLE or cassis.typesystem.is_predefined(uima.check_name(kind))
        if kind not in declared and not known:
            declared[kind] = _declared(kind, base, [uima.check_name(each) for each in features])
    whole = {**given, "%TYPES": declared, "%VIEWS": given.get("%VIEWS") or {}}
    return cassis.load_cas_from_json(json.dumps(whole))


def _declared(kind: str, base: str, features: list[str]) -> Row:
    own = [each for each in features if each not in {"sofa", "begin", "end"}]
    return {
        "%NAME": kind, "%SUPER_TYPE": base, **{each: {"%NAME": each, "%RANGE": "uima.cas.TOP"} for each in own},
    }  # fmt: skip


def write(documents: Iterable[Document], out: BinaryIO, /) -> None:
    """Write an archive with one CAS a document and what is known of them; labels go to INCEpTION's named entities."""
    typesystem = uima.types()
    uima.pack(documents, out, ".json", lambda each: str(uima.cas_of(each, typesystem).to_json()))
