"""Label Studio's JSON: tasks with annotations, predictions and drafts.

Offsets are those of its browser, so UTF-16 is tried first; where ``value.text`` disagrees, the quote counts.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import partial
from typing import Any, BinaryIO, Final

import msgspec

from workbench.core.annotation import Document, Entity
from workbench.core.errors import Invalid, Refused
from workbench.core.scheme import Scheme
from workbench.core.strict import Row, parse
from workbench.core.text import utf16
from workbench.formats import about, table
from workbench.formats.label_studio_tasks import PEOPLE, document_of
from workbench.formats.losses import RECORD
from workbench.formats.reading import PLAIN, Options, each_item, keys_in, peeked
from workbench.formats.units import Units

name: Final = "label_studio"
title: Final = "Label Studio (JSON)"
suffixes: Final = (".json",)
direction: Final = "both"
loses: Final = RECORD | {"stances", "commitments", "provenance"}

_DATA: Final = re.compile(rb'"data"\s*:\s*\{')


def sniff(head: bytes, _name: str, /) -> bool:
    """Say whether the file begins with a task."""
    keys = keys_in(head)
    if {"annotation_id", "annotator"} <= keys or _tabled(head):
        return True
    said = bool(keys & {*PEOPLE, "predictions"}) or _DATA.search(head) is not None
    return "data" in keys and said and "%TYPES" not in keys


def read(source: BinaryIO, name: str, options: Options = PLAIN, /) -> Iterator[Document | Refused]:
    """Read one document a task, or one a row of an export as a table."""
    source, head = peeked(source)
    build = partial(document_of, units=Units(options.unit, "utf-16"), wanted=options.text)
    if not _tabled(head):
        yield from each_item(source, build)
        return
    for line, row in table.rows(source, name, options.encoding):
        try:
            yield row if isinstance(row, Refused) else build(_cells(row))
        except Invalid as problem:
            yield Refused(problem.sentence, line)


def _tabled(head: bytes) -> bool:
    """Say whether the file is a table whose columns are those of an export."""
    first = head.split(b"\n", 1)[0]
    return b"{" not in first and all(each in first for each in (b"annotation_id", b"annotator", b"lead_time"))


def _cells(row: Row) -> Row:
    """Return a row with what its cells hold as JSON: regions, and the many choices of one question."""
    return {key: _cell(said) for key, said in row.items()}


def _cell(said: str) -> Any:
    with suppress(Invalid):
        return parse(said.encode()) if said[:2] in {"[{", '["', '{"', "[]"} else said
    return said


def write(documents: Iterable[Document], out: BinaryIO, /) -> None:
    """Write one array of tasks: suggestions as predictions, all else as annotations."""
    out.write(b"[")
    for number, document in enumerate(documents, 1):
        out.write(b",\n" if number > 1 else b"\n")
        out.write(msgspec.json.encode(_task(document, number)))
    out.write(b"\n]\n")


def _task(document: Document, number: int) -> Row:
    results: list[Row] = []
    start, place = 0, 0
    for each in document.layer.entities:
        start, place = start + utf16(document.text[place : each.start]), each.start
        results += _results(each, document.text, start)
    task: Row = {"id": number, "data": {"text": document.text, **about.row(document)}}
    if document.review.state == "suggested":
        return task | {"predictions": [{"model_version": "workbench", "result": results}]}
    gold = document.review.state == "gold"
    return task | {"annotations": [{"id": number, "ground_truth": gold, "result": results}]}


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
