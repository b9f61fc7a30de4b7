"""Training material, a task a line: sentences to classify, spans to find, frames to extract on instruction.

Each sentence of running text gives one row a task, those in which nothing is said too. Offsets count code points of
the row's own ``text``. Rows keep article, cluster and split, so that nothing leaks between the parts.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, Final

import msgspec

from workbench.core import text as texts
from workbench.core.annotation import Document, Frame, Span
from workbench.core.strict import Row

name: Final = "tasks"
title: Final = "Training tasks (JSONL)"
suffixes: Final = (".jsonl",)
direction: Final = "write"
loses: Final = frozenset({
    "layers", "review", "regions", "project", "title", "source", "meta", "provenance", "flags", "object ids",
})  # fmt: skip

INSTRUCTION: Final = {
    "stance": "List every position that somebody takes in the sentence, as a JSON array of objects with the keys {}.",
    "commitment": "List everything that somebody would contribute, as a JSON array of objects with the keys {}.",
}
_ASKED: Final = {
    "stance": ("holder", "target", "target_actor", "polarity", "condition", "evidence"),
    "commitment": (
        "actor",
        "type",
        "status",
        "amount",
        "quantity",
        "timeframe",
        "beneficiary",
        "condition",
        "evidence",
    ),
}
_CLASS: Final = {"stance": ("target", "polarity"), "commitment": ("type", "status")}


def write(documents: Iterable[Document], out: BinaryIO, /) -> None:
    """Write the tasks of all documents."""
    for document in documents:
        for row in _rows(document):
            out.write(msgspec.json.encode(row) + b"\n")


def _rows(document: Document) -> Iterator[Row]:
    aside = [Span(each.start, each.end) for each in document.regions]
    for number, place in enumerate(document.sentences or texts.sentences(document.text)):
        sentence = Span(*place)
        if any(sentence.start < other.end and other.start < sentence.end for other in aside):
            continue
        said = document.text[sentence.start : sentence.end]
        known = {"article": document.id, "cluster": document.cluster, "split": document.split, "sentence": number}
        yield {"task": "spans", **known, "text": said, "spans": _spans(document, sentence)}
        for kind, frames in (("stance", document.layer.stances), ("commitment", document.layer.commitments)):
            here = [frame for frame in frames if _inside(frame.span, sentence)]
            found = [{slot: frame.slots.get(slot) for slot in _CLASS[kind]} for frame in here]
            yield {"task": f"{kind} classification", **known, "text": said, "labels": found}
            yield {"task": f"{kind} extraction", **known, **_instruction(kind, here, said, document.text)}


def _inside(span: Span, sentence: Span) -> bool:
    """Say whether a span belongs to the sentence: it begins there."""
    return sentence.start <= span.start < sentence.end


def _spans(document: Document, sentence: Span) -> list[Row]:
    return [
        {
            "start": each.start - sentence.start,
            "end": min(each.end, sentence.end) - sentence.start,
            "label": each.label,
            "actor": each.actor,
        }
        for each in document.layer.entities
        if _inside(each.span, sentence)
    ]


def _instruction(kind: str, frames: list[Frame], said: str, text: str) -> Row:
    asked = _ASKED[kind]
    found = [{slot: _value(frame.slots.get(slot), text) for slot in asked} for frame in frames]
    answer = json.dumps([{slot: value for slot, value in each.items() if value} for each in found], ensure_ascii=False)
    return {"instruction": INSTRUCTION[kind].format(", ".join(asked)), "input": said, "output": answer}


def _value(value: Any, text: str) -> Any:
    return text[value.start : value.end] if isinstance(value, Span) else value
