"""Label Studio's tasks as documents.

Of several annotations the ground truth, else the newest, is the reading; all of them are kept as layers. A draft
counts where nothing else is there. Exports as JSON_MIN, with the regions beside the text, come in as well.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import Any, Final

from workbench.core.annotation import By, Document, Layer, Review, layer_of
from workbench.core.errors import Invalid
from workbench.core.strict import Row
from workbench.formats import about, addresses
from workbench.formats.foreign import UNLABELLED, Found, entities_of, joined, keeping, label, mark, rows, word, words
from workbench.formats.label_studio_texts import Shown, shown
from workbench.formats.units import Units

PEOPLE: Final = ("annotations", "completions")
UNNAMED: Final = "prediction"
SLOTS: Final = ("actor", "actor_id", "flags")
_SPANS: Final = frozenset({"labels", "hypertextlabels", "paragraphlabels"})
_MINIMAL: Final = ("id", "annotator", "annotation_id", "created_at", "updated_at", "lead_time")


def document_of(task: Row, units: Units, wanted: str | None) -> Document:
    """Build the document of a task; raises Invalid where it has no text."""
    task = task if "data" in task else _whole(task)
    stuff = task.get("data")
    if not isinstance(stuff, dict):
        raise Invalid("The task has no “data” with the text.")
    readings = [*_readings(task, *PEOPLE), *_predictions(task)]
    readings = readings or [each | {"draft": True} for each in _readings(task, "drafts") if each.get("result")]
    key, text = shown(stuff, wanted, marked_up=any(_marked_up(each) for each in readings))
    known = {"id": task.get("id"), **{each: value for each, value in stuff.items() if each != key}}
    if not isinstance(stuff[key], str):
        known[key] = [{name: said for name, said in each.items() if name != "text"} for each in stuff[key]]
    document = about.document(text.text, known)
    kept: Row = {"drafts": task.get("drafts"), "cancelled": _cancelled(task)}
    layers, chosen = [], 0
    for place, one in enumerate(readings):
        layer, left = _layer(text, one, units)
        for name, value in left.items():
            kept[name] = joined(kept.get(name), value)
        layers.append(layer)
        if _weight(one) >= _weight(readings[chosen]):
            chosen = place
    kept["pseudonyms"] = addresses.replaced(_named(each) for each in readings if "model_version" not in each)
    kept = {name: kept[name] for name in sorted(kept)}
    if not layers:
        return keeping(document, kept)
    document = replace(document, layers=tuple(_distinct(layers)) if len(layers) > 1 else None)
    document = replace(document.carrying(replace(layers[chosen], author="")), review=_review(readings[chosen]))
    return keeping(document, kept)


def _whole(row: Row) -> Row:
    """Return a row of JSON_MIN, or an annotation with its task (as target storages get it), as the task that it was."""
    if isinstance(task := row.get("task"), dict) and "result" in row:
        return {**task, "annotations": [{key: value for key, value in row.items() if key != "task"}]}
    regions = {key: value for key, value in row.items() if isinstance(value, list) and any(map(_region, value))}
    results = [
        {"from_name": key, "type": next(kind for kind in _SPANS if kind in each), "value": each}
        for key, value in regions.items()
        for each in value
        if _region(each)
    ]
    if not results and "annotation_id" not in row:
        raise Invalid("The task has no “data” with the text.")
    said = {"completed_by": row.get("annotator"), "updated_at": row.get("updated_at"), "result": results}
    stuff = {key: value for key, value in row.items() if key not in regions and key not in _MINIMAL}
    return {"id": row.get("id"), "data": stuff, "annotations": [said]}


def _region(value: Any) -> bool:
    return isinstance(value, dict) and "start" in value and not _SPANS.isdisjoint(value)


def _marked_up(reading: Row) -> bool:
    return any(each.get("type") == "hypertextlabels" for each in rows(reading.get("result"), "result"))


def _readings(task: Row, *keys: str) -> list[Row]:
    """Return the annotations or predictions that are written out and were not cancelled."""
    found: list[Row] = []
    for key in keys:
        given = task.get(key) or []
        if not isinstance(given, list):
            raise Invalid(f"“{key}” is no list.")
        found += [each for each in given if isinstance(each, dict) and not each.get("was_cancelled")]
    return found


def _predictions(task: Row) -> list[Row]:
    """Return the predictions, and those that only annotations show, each once."""
    found = [{"model_version": None, **each} for each in _readings(task, "predictions")]
    known = {each["id"] for each in found if isinstance(each.get("id"), int)}
    for each in _readings(task, *PEOPLE):
        seen = each.get("prediction")
        if isinstance(seen, dict) and seen.get("result") and seen.get("id") not in known:
            known |= {seen["id"]} if isinstance(seen.get("id"), int) else set()
            found.append({"model_version": None, **seen})
    return found


def _cancelled(task: Row) -> list[Any]:
    given = [*(task.get("annotations") or []), *(task.get("completions") or [])]
    return [each for each in given if isinstance(each, dict) and each.get("was_cancelled")]


def _weight(reading: Row) -> tuple[bool, bool, str]:
    """Return what makes one reading count more than another: ground truth, a person's, newer."""
    return bool(reading.get("ground_truth")), "model_version" not in reading, str(reading.get("updated_at") or "")


def _review(reading: Row) -> Review:
    if "model_version" in reading or "draft" in reading:
        return Review()
    return Review("gold" if reading.get("ground_truth") else "reviewed", (_author(reading),))


def _author(reading: Row) -> str:
    """Return whose a reading is: a model by its name and version, which is no address, a person by no address."""
    return _named(reading) if "model_version" in reading else addresses.named(_named(reading))


def _named(reading: Row) -> str:
    if "model_version" in reading:
        return word(reading["model_version"]) or UNNAMED
    by = reading.get("completed_by")
    by = by.get("email") or by.get("id") if isinstance(by, dict) else by
    return str(by) if isinstance(by, str | int) else "annotator"


def _distinct(layers: list[Layer]) -> Iterator[Layer]:
    """Yield layers under different names: a person's second annotation is a layer of its own."""
    seen: set[str] = set()
    numbers: Counter[str] = Counter()
    for layer in layers:
        author = layer.author
        while author in seen:
            numbers[layer.author] += 1
            author = f"{layer.author} ({numbers[layer.author] + 1})"
        seen.add(author)
        yield replace(layer, author=author)


def _layer(text: Shown, reading: Row, units: Units) -> tuple[Layer, Row]:
    results = rows(reading.get("result"), "result")
    spans = [each for each in results if word(each.get("type")) in _SPANS]
    names = {word(each.get("id")) for each in spans} - {None}
    slots: dict[Any, Row] = {}
    rest: dict[str, list[Row]] = {}
    for each in results:
        if word(each.get("id")) in names and word(each.get("from_name")) in SLOTS:
            slots.setdefault(each["id"], {})[each["from_name"]] = _said(each)
        elif word(each.get("type")) not in _SPANS:
            rest.setdefault(_kind(each, names), []).append(each)
    machine = (_author(reading), _score(reading)) if "model_version" in reading else None
    named = ((each, slots.get(word(each.get("id")), {})) for each in spans)
    found = list(chain.from_iterable(_found(text, each, said, machine) for each, said in named))
    entities, left = entities_of(text.text, found, units)
    return layer_of(_author(reading), entities), {**left, **rest}


def _kind(result: Row, names: set[Any]) -> str:
    if result.get("type") == "relation":
        return "relations"
    return "attributes" if word(result.get("id")) in names else "choices"


def _said(result: Row) -> tuple[str, ...]:
    value = result.get("value")
    return words((value.get("text") or value.get("choices")) if isinstance(value, dict) else None)


def _score(row: Row) -> float | None:
    score = row.get("score")
    return float(score) if isinstance(score, int | float) and 0 <= score <= 1 else None


def _found(text: Shown, result: Row, slots: Row, machine: tuple[str, float | None] | None) -> Iterator[Found]:
    value = result.get("value")
    if not isinstance(value, dict):
        raise Invalid("A result has no value.")
    by = By("suggested") if result.get("origin") == "prediction" else By("added")
    if machine:
        own = _score(result)
        by = By("suggested", machine[0], machine[1] if own is None else own)
    where = mark(text.place(value))
    for number, each in enumerate(value.get(result["type"]) or [UNLABELLED]):
        named = f"{result.get('id') or ''}{f'-{number}' if number else ''}"
        actor, actor_id = (next(iter(slots.get(slot, ())), None) for slot in ("actor", "actor_id"))
        yield Found(where, label(each), named, by, actor, actor_id, tuple(slots.get("flags", ())))
