"""Label Studio's JSON: tasks with annotations, predictions and drafts.

Offsets are those of its browser, so UTF-16 is tried first; where ``value.text`` disagrees, the quote counts.
Of several annotations the ground truth, else the newest, is the reading; all of them are kept as layers.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import Any, BinaryIO, Final

import msgspec

from workbench.core.annotation import By, Document, Entity, Layer, Review, layer_of
from workbench.core.errors import Invalid, Refused
from workbench.core.scheme import Scheme
from workbench.core.text import utf16
from workbench.formats import about
from workbench.formats.foreign import Found, entities_of, keeping, label, mark, rows, text_in, word, words
from workbench.formats.losses import RECORD
from workbench.formats.reading import PLAIN, Options, Row, each_item, keys_in
from workbench.formats.units import Units

name: Final = "label_studio"
title: Final = "Label Studio (JSON)"
suffixes: Final = (".json",)
direction: Final = "both"
loses: Final = RECORD | {"stances", "commitments", "provenance"}

_SPANS: Final = frozenset({"labels", "hypertextlabels", "paragraphlabels"})
_SLOTS: Final = ("actor", "actor_id", "flags")


def sniff(head: bytes, _name: str, /) -> bool:
    """Say whether the file begins with a task."""
    keys = keys_in(head)
    return "data" in keys and bool(keys & {"annotations", "predictions", "completions"}) and "%TYPES" not in keys


def read(source: BinaryIO, _name: str, options: Options = PLAIN, /) -> Iterator[Document | Refused]:
    """Read one document a task."""
    return each_item(source, partial(_document, units=Units(options.unit, "utf-16"), wanted=options.text))


def _document(task: Row, units: Units, wanted: str | None) -> Document:
    stuff = task.get("data")
    if not isinstance(stuff, dict):
        raise Invalid("The task has no “data” with the text.")
    key = about.text_key(stuff, wanted)
    text = text_in(stuff, key)
    known = {"id": task.get("id"), **{each: value for each, value in stuff.items() if each != key}}
    document = about.document(text, known)
    readings = [*_readings(task, "annotations"), *_readings(task, "predictions")]
    kept: Row = {"drafts": task.get("drafts"), "cancelled": _cancelled(task)}
    layers, chosen = [], 0
    for place, one in enumerate(readings):
        layer, left = _layer(text, one, units)
        kept = {name: _joined(kept.get(name), left.get(name)) for name in kept.keys() | left.keys()}
        layers.append(layer)
        if _weight(one) >= _weight(readings[chosen]):
            chosen = place
    kept = {name: kept[name] for name in sorted(kept)}
    if not layers:
        return keeping(document, kept)
    document = replace(document, layers=tuple(_distinct(layers)) if len(layers) > 1 else None)
    document = replace(document.carrying(replace(layers[chosen], author="")), review=_review(readings[chosen]))
    return keeping(document, kept)


def _readings(task: Row, key: str) -> list[Row]:
    """Return the annotations or predictions that are written out and were not cancelled."""
    given = task.get(key) or []
    if not isinstance(given, list):
        raise Invalid(f"“{key}” is no list.")
    return [each for each in given if isinstance(each, dict) and not each.get("was_cancelled")]


def _cancelled(task: Row) -> list[Any]:
    given = task.get("annotations") or []
    return [each for each in given if isinstance(each, dict) and each.get("was_cancelled")]


def _weight(reading: Row) -> tuple[bool, bool, str]:
    """Return what makes one reading count more than another: ground truth, a person's, newer."""
    return bool(reading.get("ground_truth")), "model_version" not in reading, str(reading.get("updated_at") or "")


def _review(reading: Row) -> Review:
    if "model_version" in reading:
        return Review()
    return Review("gold" if reading.get("ground_truth") else "reviewed", (_author(reading),))


def _author(reading: Row) -> str:
    if "model_version" in reading:
        return word(reading["model_version"]) or "prediction"
    by = reading.get("completed_by")
    by = by.get("email") or by.get("id") if isinstance(by, dict) else by
    return str(by) if isinstance(by, str | int) else "annotator"


def _distinct(layers: list[Layer]) -> Iterator[Layer]:
    """Yield layers under different names: a person's second annotation is a layer of its own."""
    seen: set[str] = set()
    for layer in layers:
        author, number = layer.author, 2
        while author in seen:
            author, number = f"{layer.author} ({number})", number + 1
        seen.add(author)
        yield replace(layer, author=author)


def _joined(before: Any, more: Any) -> Any:
    return [*(before or []), *more] if isinstance(more, list) else more or before


def _layer(text: str, reading: Row, units: Units) -> tuple[Layer, Row]:
    results = rows(reading.get("result"), "result")
    spans = [each for each in results if word(each.get("type")) in _SPANS]
    names = {word(each.get("id")) for each in spans} - {None}
    slots: dict[Any, Row] = {}
    rest: dict[str, list[Row]] = {}
    for each in results:
        if word(each.get("id")) in names and word(each.get("from_name")) in _SLOTS:
            slots.setdefault(each["id"], {})[each["from_name"]] = _said(each)
        elif word(each.get("type")) not in _SPANS:
            rest.setdefault(_kind(each, names), []).append(each)
    machine = word(reading.get("model_version")) if "model_version" in reading else None
    found = list(chain.from_iterable(_found(each, slots.get(word(each.get("id")), {}), machine) for each in spans))
    entities, left = entities_of(text, found, units)
    return layer_of(_author(reading), entities), {**left, **rest}


def _kind(result: Row, names: set[Any]) -> str:
    if result.get("type") == "relation":
        return "relations"
    return "attributes" if word(result.get("id")) in names else "choices"


def _said(result: Row) -> tuple[str, ...]:
    value = result.get("value")
    return words((value.get("text") or value.get("choices")) if isinstance(value, dict) else None)


def _found(result: Row, slots: Row, machine: str | None) -> Iterator[Found]:
    value = result.get("value")
    if not isinstance(value, dict):
        raise Invalid("A result has no value.")
    offsets = value.get("globalOffsets")
    where = {**value, **offsets} if isinstance(offsets, dict) else value
    by = By("suggested", machine) if machine or result.get("origin") == "prediction" else By("added")
    for number, each in enumerate(value.get(result["type"]) or ["unlabelled"]):
        named = f"{result.get('id') or ''}{f'-{number}' if number else ''}"
        actor, actor_id = (next(iter(slots.get(slot, ())), None) for slot in ("actor", "actor_id"))
        yield Found(mark(where), label(each), named, by, actor, actor_id, tuple(slots.get("flags", ())))


def write(documents: Iterable[Document], out: BinaryIO, /) -> None:
    """Write one array of tasks: suggestions as predictions, all else as annotations."""
    out.write(b"[")
    for number, document in enumerate(documents):
        out.write(b",\n" if number else b"\n")
        out.write(msgspec.json.encode(_task(document)))
    out.write(b"\n]\n")


def _task(document: Document) -> Row:
    results: list[Row] = []
    start, place = 0, 0
    for each in document.layer.entities:
        start, place = start + utf16(document.text[place : each.start]), each.start
        results += _results(each, document.text, start)
    task: Row = {"data": {"text": document.text, **about.row(document)}}
    if document.review.state == "suggested":
        return task | {"predictions": [{"model_version": "workbench", "result": results}]}
    return task | {"annotations": [{"ground_truth": document.review.state == "gold", "result": results}]}


def _results(entity: Entity, text: str, start: int) -> Iterator[Row]:
    quote = text[entity.start : entity.end]
    place: Row = {"start": start, "end": start + utf16(quote)}
    about_it: Row = {"id": entity.id, "to_name": "text"}
    yield {
        **about_it,
        "from_name": "label",
        "type": "labels",
        "value": {**place, "text": quote, "labels": [entity.label]},
    }
    for slot, said in (("actor", entity.actor), ("actor_id", entity.actor_id)):
        if said:
            yield {**about_it, "from_name": slot, "type": "textarea", "value": {**place, "text": [said]}}
    if entity.flags:
        yield {**about_it, "from_name": "flags", "type": "choices", "value": {**place, "choices": list(entity.flags)}}


def config(scheme: Scheme) -> str:
    """Return the labelling configuration for a scheme's entities."""
    from xml.sax.saxutils import quoteattr

    labels = "\n".join(
        f"    <Label value={quoteattr(each.name)} alias={quoteattr(each.name)}/>" for each in scheme.labels
    )
    return f"""<View>
  <Labels name="label" toName="text">
{labels}
  </Labels>
  <Text name="text" value="$text" granularity="word"/>
  <TextArea name="actor" toName="text" perRegion="true" maxSubmissions="1" placeholder="Actor"/>
  <TextArea name="actor_id" toName="text" perRegion="true" maxSubmissions="1" placeholder="Id of the actor"/>
  <Choices name="flags" toName="text" perRegion="true" choice="multiple">
    <Choice value="glued"/><Choice value="credit"/><Choice value="boilerplate"/>
  </Choices>
</View>
"""
