"""Argilla's records (JSON): a text among the fields, spans that people answered and models suggested.

Each person's and each model's spans are a layer; the newest submitted answer, else the last suggestion, is the
reading. Answers that are no spans and discarded ones are kept apart. Records of all three shapes that Argilla wrote
come in; flattened ones, whose columns hold their parts, are refused with a word.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any, BinaryIO, Final, NamedTuple

from workbench.core.annotation import By, Document, Layer, Review, layer_of
from workbench.core.errors import Invalid, Refused
from workbench.core.strict import Row
from workbench.formats import about, addresses
from workbench.formats.foreign import Found, entities_of, joined, keeping, label, mark, rows, word
from workbench.formats.reading import PLAIN, Options, each_row, keys_in
from workbench.formats.units import Units

name: Final = "argilla"
title: Final = "Argilla records (JSON)"
suffixes: Final = (".json", ".jsonl")
direction: Final = "read"
loses: Final[frozenset[str]] = frozenset()

_OLD: Final = frozenset({"annotation_agent", "prediction_agent"})
_READ: Final = frozenset({"fields", "text", "tokens", "responses", "suggestions", "metadata", "vectors", "status"})
_SAID: Final = frozenset({"annotation", "prediction", "id", "external_id", *_OLD})
_FLAT: Final = (".responses", ".suggestion")


class _Answer(NamedTuple):
    """What somebody or a model said to one question."""

    who: str
    question: str
    value: Any
    score: Any = None
    proposed: bool = False
    discarded: bool = False


def sniff(head: bytes, _name: str, /) -> bool:
    """Say whether the file begins with a record of any of the shapes."""
    keys = keys_in(head)
    now = "fields" in keys and not keys.isdisjoint({"responses", "suggestions"})
    return now or not keys.isdisjoint(_OLD) or any(each.endswith(_FLAT) for each in keys)


def read(source: BinaryIO, _name: str, options: Options = PLAIN, /) -> Iterator[Document | Refused]:
    """Read one document a record."""
    return each_row(source, partial(_document, units=Units(options.unit), wanted=options.text))


def _document(row: Row, units: Units, wanted: str | None) -> Document:
    if flat := [each for each in row if each.endswith(_FLAT)]:
        raise Invalid(
            f"This record of Argilla is flattened (“{flat[0]}”); export it with dataset.records.to_json() instead."
        )
    fields: Row = row["fields"] if isinstance(row.get("fields"), dict) else {"text": row.get("text")}
    key = _key(fields, wanted)
    metadata = row.get("metadata") if isinstance(row.get("metadata"), dict) else {}
    known = {name: value for name, value in row.items() if name not in _READ | _SAID}
    known |= {name: value for name, value in fields.items() if name != key} | (metadata or {})
    known["id"] = row.get("id") or row.get("external_id")
    document = about.document(fields[key], addresses.without(known))
    answers = list(_answers(row))
    spans = [each for each in answers if _spans(each.value) is not None and not each.discarded]
    told = [each for each in answers if each not in spans and each.value not in (None, [], "")]
    kept: Row = {
        "answers": [
            {"who": addresses.named(each.who), "question": each.question, "value": each.value} for each in told
        ],
        "vectors": row.get("vectors"),
    }
    return _layered(document, fields[key], spans, units, kept)


def _key(fields: Row, wanted: str | None) -> str:
    """Return the field that holds the text: by its name, else the longest."""
    said = {name: value for name, value in fields.items() if isinstance(value, str)}
    try:
        return about.text_key(said, wanted)
    except Invalid:
        if wanted or not said:
            raise
        return max(said, key=lambda name: len(said[name]))


def _answers(row: Row) -> Iterator[_Answer]:
    """Yield what is suggested and answered, suggestions first, in the shapes of versions 2, 1 and before."""
    for key, proposed in (("suggestions", True), ("responses", False)):
        given = row.get(key)
        if isinstance(given, dict):
            for question, said in given.items():
                for each in rows([said] if isinstance(said, dict) else said, key):
                    yield _answer(each, question, each.get("value"), proposed=proposed)
        else:
            for each in rows(given, key):
                values = each.get("values") if not proposed else {each.get("question_name"): each}
                for question, said in (values if isinstance(values, dict) else {}).items():
                    value = said.get("value") if isinstance(said, dict) else said
                    yield _answer(each, str(question), value, proposed=proposed)
    for key, proposed in (("prediction", True), ("annotation", False)):
        if row.get(key) is not None:
            yield _Answer(word(row.get(f"{key}_agent")) or key, key, row[key], proposed=proposed)


def _answer(said: Row, question: str, value: Any, *, proposed: bool) -> _Answer:
    who = word(said.get("agent")) or "suggestion" if proposed else str(said.get("user_id") or "annotator")
    return _Answer(who, question, value, said.get("score"), proposed, said.get("status") in {"discarded", "draft"})


def _spans(value: Any) -> list[Any] | None:
    """Return an answer that is a list of spans; None for any other."""
    if not isinstance(value, list) or not value:
        return None
    whole = all({"start", "end", "label"} <= each.keys() if isinstance(each, dict) else _old(each) for each in value)
    return value if whole else None


def _old(value: Any) -> bool:
    return isinstance(value, list) and len(value) in {3, 4} and type(value[1]) is type(value[2]) is int


def _found(answer: _Answer) -> Iterator[Found]:
    for place, each in enumerate(_spans(answer.value) or ()):
        row = each if isinstance(each, dict) else dict(zip(("label", "start", "end", "score"), each, strict=False))
        of_all = answer.score[place] if isinstance(answer.score, list) and place < len(answer.score) else answer.score
        score = row.get("score", of_all)
        sure = float(score) if isinstance(score, int | float) and 0 <= score <= 1 else None
        by = By("suggested", answer.who, sure) if answer.proposed else By("added")
        yield Found(mark(row), label(row.get("label")), by=by)


def _layered(document: Document, text: str, spans: list[_Answer], units: Units, kept: Row) -> Document:
    """Return the document with a layer for everybody who marked spans."""
    whose = {each.who: each.proposed for each in spans}
    layers: list[Layer] = []
    said: dict[str, list[Found]] = {who: [] for who in whose}
    for each in spans:
        said[each.who] += _found(each)
    for who, proposed in whose.items():
        found = said[who]
        entities, left = entities_of(text, found, units)
        layers.append(layer_of(who if proposed else addresses.named(who), entities))
        for key, value in left.items():
            kept[key] = joined(kept.get(key), value)
    if not layers:
        return keeping(document, kept)
    proposed = [*whose.values()][-1]
    review = Review() if proposed else Review("reviewed", (layers[-1].author,))
    document = replace(document, layers=tuple(layers) if len(layers) > 1 else None, review=review)
    return keeping(document.carrying(replace(layers[-1], author="")), kept)
