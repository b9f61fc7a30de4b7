"""What UIMA's two files, JSON and XMI, have in common: a CAS as ``dkpro-cassis`` holds it, and what is read in it.

Offsets count UTF-16 units, unless much speaks against it. Annotations become entities: the label is the feature
``value``, else the first text among the features, else the type's name. What links two annotations, and layers that
say something of every token or sentence, are kept in ``meta``.
"""

import re
import warnings
from collections.abc import Callable, Container, Iterable, Mapping
from keyword import iskeyword
from typing import Any, BinaryIO, Final, NamedTuple

import msgspec

from workbench.core.annotation import Document
from workbench.core.errors import Invalid, clause
from workbench.core.strict import Row
from workbench.formats import about
from workbench.formats.foreign import Found, reading, safe_names, word
from workbench.formats.losses import RECORD
from workbench.formats.packing import Packed
from workbench.formats.reading import Options
from workbench.formats.units import Mark, Units
from workbench.formats.webanno import EVERY_TOKEN, NAMED

TYPES: Final = "TypeSystem.xml"
LARGEST: Final = 200 * 2**20
_MOST_FEATURES: Final = 100
_MOST_GENERATIONS: Final = 16
LOSES: Final = RECORD | {"stances", "commitments", "provenance", "object ids", "actors", "flags"}

_DOCUMENT: Final = re.compile(r"\.(?:DocumentAnnotation|DocumentMetaData|TagsetDescription|CASMetadata|Sentence|Sofa)$")
_FRAME: Final = re.compile(r"\.(?:Sofa|NULL|View)$")
_NAME: Final = re.compile(r"[A-Za-z_]\w{0,200}(?:\.\w{1,200}){0,40}", re.ASCII)
_PLACE: Final = frozenset({"begin", "end", "%ID", "%TYPE", "@sofa", "sofa", "%FLAGS"})
_BASES: Final = ("uima.cas.TOP", "uima.cas.AnnotationBase", "uima.tcas.Annotation")


class Thing(NamedTuple):
    """A feature structure as the file gives it: its id, its type and its features."""

    id: str
    type: str
    features: Row


def taken(source: BinaryIO) -> bytes:
    """Return a file's bytes without a byte order mark; raises Invalid where they are too many."""
    raw = source.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise Invalid(f"The file is larger than {LARGEST // 2**20} MB.")
    return raw.removeprefix(b"\xef\xbb\xbf").strip()


def checked(load: Callable[[], Any]) -> Any:
    """Return what ``dkpro-cassis`` loads; raises Invalid for whatever it cannot, since files come from anybody."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return load()
    except (Invalid, MemoryError):
        raise
    except Exception as problem:  # its own errors tell what is wrong, all others that nobody thought of it
        why = clause(problem) if type(problem).__module__.startswith("cassis") else "it breaks the rules of UIMA"
        raise Invalid(f"This is no CAS that can be read: {why}. Export it anew.") from None


def check_name(said: Any) -> str:
    """Return the name of a type or feature; raises Invalid for anything else, since classes are made of them."""
    if not isinstance(said, str) or not _NAME.fullmatch(said) or any(map(iskeyword, said.split("."))):
        raise Invalid(f"“{str(said)[:80]}” is no name of a type or feature.")
    return said


def bases(things: Iterable[Thing]) -> dict[str, tuple[str, dict[str, None]]]:
    """Return what types a file uses: for each the type that it must at least be, and its features in order."""
    found: dict[str, tuple[str, dict[str, None]]] = {}
    for each in things:
        kind = each.type.removesuffix("[]")
        base, features = found.get(kind, (_BASES[0], {}))
        names = {name.lstrip("@#^"): None for name in each.features if not name.startswith("%")}
        least = _BASES[("sofa" in names) + ({"begin", "end"} <= names.keys())]
        features.update(names)
        found[kind] = (max(base, least, key=_BASES.index), features)
        check_features(kind, len(features))
    return found


def check_features(kind: str, count: int) -> None:
    """Raise Invalid for a type of very many features: the library takes time by the square of their number."""
    if count > _MOST_FEATURES:
        raise Invalid(f"The type “{kind[:80]}” has more than {_MOST_FEATURES} features; leave some out.")


def check_descent(parents: Mapping[str, str]) -> None:
    """Raise Invalid where types descend from each other in a circle, or over more generations than in any project."""
    for kind in parents:
        above: str | None = kind
        for _ in range(_MOST_GENERATIONS):
            above = parents.get(above or "")
        if above is not None:
            raise Invalid(f"The type “{kind[:80]}” has more than {_MOST_GENERATIONS} generations above it.")


def document(cas: Any, things: list[Thing], name: str, options: Options) -> Document:
    """Build the document of the first view from what the file gives; the CAS tells which type is what."""
    sofa = next((each for each in things if each.type.endswith(".Sofa")), None)
    text = sofa.features.get("sofaString") if sofa else None
    if sofa is None or not isinstance(text, str):
        raise Invalid("The CAS has no text.")
    kinds = {each.type: _kinds(cas.typesystem, each.type) for each in things}
    found, known = [], dict(options.about)
    kept: dict[str, list[Row]] = {}
    ids = {each.id for each in things}
    tokens: list[Mark] = []
    for each in things:
        row, says = each.features, kinds[each.type]
        if says("DocumentMetaData") and isinstance(row.get("documentTitle"), str):
            known.setdefault("title", row["documentTitle"])
        where = _kept_under(each, sofa.id, says)
        if where == "entities":
            one, more = _found(each, ids)
            found.append(one)
            if more:
                kept.setdefault("features", []).append({"type": each.type, "of": each.id, **more})
        elif where:
            tokens += [Mark(row["begin"], row["end"])] if where == "layers" else []
            kept.setdefault(where, []).append({"type": each.type, "id": each.id, **each.features})
    file = None if "filename" in options.about else name
    units = Units(options.unit, "utf-16", standard=True)
    units.learn(text, tokens)
    return reading(text, known, found, units, kept, file)


def _kinds(typesystem: Any, name: str) -> Callable[[str | re.Pattern[str]], bool]:
    """Return what says whether a type, or one that it descends from, is of a kind."""
    names = [name]
    if typesystem.contains_type(name):
        kind = typesystem.get_type(name)
        while kind := kind.supertype:
            names.append(kind.name)
    return lambda what: any(each.endswith(what) if isinstance(what, str) else what.search(each) for each in names)


def _links(thing: Thing) -> bool:
    return bool({"@Governor", "@Dependent", "Governor", "Dependent"} & thing.features.keys())


def _kept_under(thing: Thing, sofa: str, says: Callable[[str | re.Pattern[str]], bool]) -> str | None:
    """Return what becomes of a thing: an entity, or the name under which it is kept; None where it only frames."""
    row = thing.features
    if type(row.get("begin")) is not int or type(row.get("end")) is not int:
        return None if _FRAME.search(thing.type) else "structures"
    if says(_DOCUMENT):
        return None
    if str(row.get("@sofa", row.get("sofa"))) != sofa:
        return "other views"
    if _links(thing):
        return "relations"
    if says(EVERY_TOKEN):
        return "layers"
    return "entities" if row["begin"] < row["end"] else "without a place"


def _found(thing: Thing, ids: Container[str]) -> tuple[Found, Row]:
    """Return the span and the features that are neither its label nor its identifier; references are no label."""
    more = {key: value for key, value in thing.features.items() if key not in _PLACE and value is not None}
    identifier = word(more.pop("identifier", None))
    said = (key for key, value in more.items() if word(value) and not all(each in ids for each in value.split()))
    says = "value" if word(more.get("value")) else next(said, "")
    label = word(more.pop(says, None)) or thing.type.rpartition(".")[2]
    return Found(Mark(thing.features["begin"], thing.features["end"]), label, thing.id, actor_id=identifier), more


def types() -> Any:
    """Return a type system with INCEpTION's named entities."""
    import cassis

    found = cassis.TypeSystem()
    named = found.create_type(NAMED, "uima.tcas.Annotation")
    for feature in ("value", "identifier"):
        found.create_feature(named, feature, "uima.cas.String")
    return found


def cas_of(document: Document, typesystem: Any, clean: Callable[[str], str] = str) -> Any:
    """Return a document as a CAS with its entities; ``clean`` takes out what the file cannot hold."""
    import cassis

    cas = cassis.Cas(typesystem, sofa_string=clean(document.text), sofa_mime="text/plain")
    named = typesystem.get_type(NAMED)
    whole = typesystem.get_type("uima.tcas.DocumentAnnotation")
    cas.add(whole(begin=0, end=len(document.text), language=clean(document.language)))
    for each in document.layer.entities:
        identifier = clean(each.actor_id) if each.actor_id else None
        cas.add(named(begin=each.start, end=each.end, value=clean(each.label), identifier=identifier))
    return cas


def pack(
    documents: Iterable[Document], out: BinaryIO, suffix: str, made: Callable[[Document], str], types: bytes = b""
) -> None:
    """Write an archive with a file for each document, their type system if given, and what is known of them."""
    known = []
    with Packed(out) as packed:
        for name, document in safe_names(documents):
            packed.add(f"{name}{suffix}", made(document))
            row = about.row(document)
            row = {"file": f"{name}{suffix}", "filename": row.pop("file", None), **row}
            known.append(msgspec.json.encode(row) + b"\n")
        if types:
            packed.add(TYPES, types)
        packed.add("metadata.jsonl", b"".join(known))
