"""What formats cannot hold: named before an export, counted in its receipt, taken off in round trips.

``loses`` of a format consists of the keys of ``ASPECTS``. The other way round, what a foreign file says
and a document has no place for is kept in the document's ``meta`` under ``FOREIGN`` and counted by ``carried``.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Final, NamedTuple

from workbench.core.annotation import PLURALS, By, Document, Entity, Layer, Object, Review, Source, layer_of

FOREIGN: Final = "foreign"
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Aspect(NamedTuple):
    """Something that a format may lose: in words, how often a document has it, the document without it."""

    says: str
    count: Callable[[Document], int]
    without: Callable[[Document], Document]


def flat(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """Leave out entities that overlap an earlier one; of two that begin alike the longer stays."""
    kept: list[Entity] = []
    for each in sorted(entities, key=lambda entity: (entity.start, -entity.end, entity.id)):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return tuple(kept)


def trimmed(entities: Iterable[Entity], text: str) -> tuple[Entity, ...]:
    """Take white space off the edges of entities; what is nothing else goes."""
    kept = []
    for each in entities:
        said = text[each.start : each.end]
        start, end = each.start + len(said) - len(said.lstrip()), each.end - len(said) + len(said.rstrip())
        if start < end:
            kept.append(replace(each, start=start, end=end))
    return tuple(sorted(kept, key=lambda entity: (entity.start, entity.end, entity.id)))


def strip(document: Document, loses: Iterable[str]) -> Document:
    """Return what is left of a document in a format with these losses."""
    wanted = set(loses)
    for name, aspect in ASPECTS.items():
        if name in wanted:
            document = aspect.without(document)
    return document


def lost(document: Document, loses: Iterable[str]) -> Counter[str]:
    """Count what a format with these losses will drop of a document."""
    counts = {name: ASPECTS[name].count(document) for name in ASPECTS if name in set(loses)}
    return Counter({name: count for name, count in counts.items() if count})


def words(loses: Iterable[str]) -> str:
    """Say in words what a format with these losses cannot hold."""
    return ", ".join(ASPECTS[name].says for name in ASPECTS if name in set(loses)) or "nothing is lost"


def carried(document: Document) -> Counter[str]:
    """Count what a foreign file said that only ``meta`` could take: relations, spans without a place, and so on."""
    kept = document.meta.get(FOREIGN)
    rows = kept.items() if isinstance(kept, Mapping) else ()
    return Counter({name: len(value) for name, value in rows if isinstance(value, list | dict)})


def _layers(document: Document, change: Callable[[Layer], Layer]) -> Document:
    layers = None if document.layers is None else tuple(change(layer) for layer in document.layers)
    return replace(document, layer=change(document.layer), layers=layers)


def _each(document: Document, change: Callable[[Object], Object]) -> Document:
    return _layers(document, lambda layer: layer_of(layer.author, [change(each) for each in layer.objects]))


def _changed(layer: Layer, rows: Mapping[str, Any]) -> Layer:
    return replace(layer, **rows)


def no_controls(text: str) -> str:
    """Put U+FFFD in the place of each character that XML cannot hold, so that offsets stay."""
    return _CONTROLS.sub("\ufffd", text)


def _without_controls(document: Document) -> Document:
    document = replace(document, text=no_controls(document.text))
    return _each(
        document, lambda each: replace(each, label=no_controls(each.label)) if isinstance(each, Entity) else each
    )


def _kind(plural: str) -> Aspect:
    return Aspect(
        plural,
        lambda document: len(getattr(document.layer, plural)),
        lambda document: _layers(document, lambda layer: _changed(layer, {plural: ()})),
    )


def _field(name: str, says: str, empty: Any) -> Aspect:
    return Aspect(
        says,
        lambda document: int(getattr(document, name) != empty),
        lambda document: replace(document, **{name: empty}),
    )


def _entities(says: str, has: Callable[[Entity], bool], **empty: Any) -> Aspect:
    return Aspect(
        says,
        lambda document: sum(map(has, document.layer.entities)),
        lambda document: _each(document, lambda each: replace(each, **empty) if isinstance(each, Entity) else each),
    )


def _trimmed(layer: Layer, text: str) -> Layer:
    return layer_of(layer.author, [*trimmed(layer.entities, text), *layer.stances, *layer.commitments])


def _renumbered(layer: Layer) -> Layer:
    rows = {
        plural: tuple(replace(each, id=f"{kind[0]}{place}") for place, each in enumerate(getattr(layer, plural), 1))
        for kind, plural in PLURALS.items()
    }
    return _changed(layer, rows)


ASPECTS: Final[dict[str, Aspect]] = {
    "stances": _kind("stances"),
    "commitments": _kind("commitments"),
    "edges": Aspect(
        "white space at the edges of entities",
        lambda document: len(set(document.layer.entities) - set(trimmed(document.layer.entities, document.text))),
        lambda document: _layers(document, partial(_trimmed, text=document.text)),
    ),
    "overlaps": Aspect(
        "entities that overlap others",
        lambda document: len(document.layer.entities) - len(flat(document.layer.entities)),
        lambda document: _layers(document, lambda layer: replace(layer, entities=flat(layer.entities))),
    ),
    "actors": _entities(
        "whom entities name", lambda each: bool(each.actor or each.actor_id), actor=None, actor_id=None
    ),
    "flags": _entities("flags of entities", lambda each: bool(each.flags), flags=()),
    "provenance": Aspect(
        "who proposed and decided an object",
        lambda document: sum(each.by != By() for each in document.layer.objects),
        lambda document: _each(document, lambda each: replace(each, by=By())),
    ),
    "object ids": Aspect(
        "ids of objects",
        lambda document: len(document.layer.objects),
        lambda document: _layers(document, _renumbered),
    ),
    "layers": _field("layers", "each reviewer's own reading", None),
    "review": _field("review", "state of the review", Review()),
    "regions": _field("regions", "regions", ()),
    "sentences": _field("sentences", "sentences", ()),
    "id": _field("id", "the article's id", ""),
    "title": _field("title", "headline", None),
    "language": _field("language", "language", "en"),
    "source": _field("source", "outlet, address, author, date, file", Source()),
    "meta": _field("meta", "further metadata", {}),
    "project": Aspect(
        "project and release",
        lambda document: int(bool(document.project or document.release)),
        lambda document: replace(document, project=None, release=None),
    ),
    "cluster": _field("cluster", "cluster of near-duplicates", None),
    "split": _field("split", "part of the data set", None),
    "controls": Aspect(
        "control characters in the text, which XML cannot hold",
        lambda document: len(_CONTROLS.findall(document.text)),
        _without_controls,
    ),
    "text": Aspect("white space between words", lambda _: 1, lambda document: document),
}
"""In the order in which they are taken off."""

RECORD: Final = frozenset({"layers", "review", "regions", "sentences", "project", "cluster", "split"})
"""What no other tool's format knows of."""
