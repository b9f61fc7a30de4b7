"""Prodigy's tasks, one a line: spans with tokens, and an answer to the whole task.

Only what was accepted becomes entities. The spans of a rejected or ignored task are kept apart, since a rejected span
says what is wrong, not what is there; so are single spans with such an answer. Spans may be given by tokens alone, and
so may the text.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any, BinaryIO, Final

import msgspec

from workbench.core.annotation import By, Document, Entity, Review
from workbench.core.errors import Invalid, Refused
from workbench.core.strict import Row
from workbench.core.text import tokens
from workbench.formats import about, addresses
from workbench.formats.foreign import ADDED, Found, label, mark, reading, rows, text_in, word, words
from workbench.formats.losses import RECORD
from workbench.formats.reading import PLAIN, Options, each_row, keys_in
from workbench.formats.units import Units

name: Final = "prodigy"
title: Final = "Prodigy tasks (JSONL)"
suffixes: Final = (".jsonl",)
direction: Final = "both"
loses: Final = RECORD | {"stances", "commitments", "provenance"}

_ANSWER: Final = re.compile(rb'"answer"\s*:\s*"(?:accept|reject|ignore)"')
_OURS: Final = frozenset({"_input_hash", "_task_hash"})
_DENIED: Final = {"rejected": "reject", "ignored": "ignore"}
_KEPT: Final = ("relations", "options", "accept", "label", "arcs", "config")


def sniff(head: bytes, _name: str, /) -> bool:
    """Say whether the file begins with a task."""
    keys = keys_in(head)
    return bool(keys & {"text", "tokens"}) and bool(keys & _OURS or "spans" in keys or _ANSWER.search(head))


def read(source: BinaryIO, _name: str, options: Options = PLAIN, /) -> Iterator[Document | Refused]:
    """Read one document a task."""
    return each_row(source, partial(_document, units=Units(options.unit)))


def _document(row: Row, units: Units) -> Document:
    pieces = rows(row.get("tokens"), "tokens")
    text = text_in(row) if "text" in row or not pieces else _joined(pieces)
    answer = row.get("answer", "accept")
    places: list[tuple[int, int]] = []
    spans = [_placed(each, pieces, text, places) for each in rows(row.get("spans"), "spans")]
    units.learn(text, [mark(each) for each in pieces if type(each.get("start")) is type(each.get("end")) is int])
    kept = {key: row.get(key) for key in _KEPT}
    kept |= {key: value for key, value in row.items() if key.startswith("_")}
    if answer != "accept":
        kept |= {"answer": answer, "rejected" if answer == "reject" else "ignored": spans}
    meta = row.get("meta")
    known = {key: value for key, value in row.items() if not (key in kept or key in _READ)}
    known |= meta if isinstance(meta, dict) else {"note": meta} if meta else {}
    denied = {told: [each for each in spans if each.get("answer") == says] for told, says in _DENIED.items()}
    if answer == "accept":
        kept |= denied
    found = [_found(each) for each in spans if answer == "accept" and each.get("answer") not in _DENIED.values()]
    return replace(reading(text, addresses.without(known), found, units, kept), review=_review(row, answer))


_READ: Final = frozenset({"text", "tokens", "spans", "answer", "meta", "html", "image"})


def _joined(pieces: list[Row]) -> str:
    """Put a text together from its tokens, one space after each that does not say there is none."""
    return "".join(text_in(each) + " " * (each.get("ws") is not False) for each in pieces).rstrip()


def _placed(span: Row, pieces: list[Row], text: str, places: list[tuple[int, int]]) -> Row:
    """Return a span with offsets: its own, or those of its first and last token, whose places are found once."""
    first, last = span.get("token_start"), span.get("token_end")
    if type(span.get("start")) is int or type(first) is not int or type(last) is not int:
        return span
    if not 0 <= first <= last < len(pieces):
        raise Invalid(f"A span runs from token {first} to {last}; there are {len(pieces)}.")
    places += _places(pieces, text) if not places else ()
    return {**span, "start": places[first][0], "end": places[last][1]}


def _places(pieces: list[Row], text: str) -> list[tuple[int, int]]:
    """Return where the tokens stand: as they say, else one after the other in the text."""
    found: list[tuple[int, int]] = []
    for each in pieces:
        word, said, end = text_in(each), each.get("start"), each.get("end")
        start = said if type(said) is int else text.find(word, found[-1][1] if found else 0)
        if start < 0:
            raise Invalid(f"The token “{word}” is not in the text.")
        found.append((start, end if type(said) is type(end) is int else start + len(word)))
    return found


def _found(span: Row) -> Found:
    suggester, score = word(span.get("source")), span.get("score")
    sure = score if isinstance(score, float | int) and not isinstance(score, bool) and 0 <= score <= 1 else None
    by = By("suggested", suggester, sure, "accepted") if suggester else ADDED
    actor, actor_id = word(span.get("actor")), word(span.get("actor_id"))
    named = word(span.get("id")) or ""
    return Found(mark(span), label(span.get("label")), named, by, actor, actor_id, words(span.get("flags")))


def _review(row: Row, answer: Any) -> Review:
    reviewer = addresses.named(word(row.get("_annotator_id")) or word(row.get("_session_id")) or "")
    seen = answer == "accept" and ("answer" in row or reviewer)
    return Review("reviewed" if seen else "suggested", (reviewer,) if reviewer else ())


def write(documents: Iterable[Document], out: BinaryIO, /) -> None:
    """Write one task a document, with tokens, ready for ``ner.manual`` and ``spans.manual``."""
    for document in documents:
        out.write(msgspec.json.encode(_task(document)) + b"\n")


def _task(document: Document) -> Row:
    text = document.text
    pieces = tokens(text)
    task: Row = {"text": text, "meta": about.row(document)}
    task["tokens"] = [
        {"text": text[start:end], "start": start, "end": end, "id": place, "ws": text[end : end + 1].isspace()}
        for place, (start, end) in enumerate(pieces)
    ]
    task["spans"] = [_span(each, text, pieces) for each in document.layer.entities]
    return task if document.review.state == "suggested" else task | {"answer": "accept"}


def _span(entity: Entity, text: str, pieces: list[tuple[int, int]]) -> Row:
    """Return a span; the last token counts as inside, and there are no tokens where the edges are not theirs."""
    row: Row = {"start": entity.start, "end": entity.end, "label": entity.label}
    first = bisect_left(pieces, (entity.start, 0))
    last = bisect_left(pieces, entity.end, key=lambda piece: piece[1])
    if first <= last < len(pieces) and pieces[first][0] == entity.start and pieces[last][1] == entity.end:
        row |= {"token_start": first, "token_end": last}
    more = {"actor": entity.actor, "actor_id": entity.actor_id, "flags": list(entity.flags)}
    origin = {"source": entity.by.suggester, "score": entity.by.score}
    row |= {"text": text[entity.start : entity.end], "id": entity.id}
    return row | {key: value for key, value in (more | origin).items() if value not in (None, [])}
