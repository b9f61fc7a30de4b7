"""The vectors that the browser's tests share with these: both count the same spans."""

import json
from pathlib import Path

import pytest

from workbench.core import desk
from workbench.core.annotation import Span
from workbench.core.text import paragraphs, sentences, snap, tokens, utf16

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "offsets.json").read_text("utf-8"))


@pytest.mark.parametrize("case", VECTORS, ids=lambda case: case["name"])
def test_spans_tokens_and_units_agree(case: dict) -> None:
    text, toks = case["text"], tokens(case["text"])
    span = Span(case["start"], case["end"])
    assert text[span.start : span.end] == case["quote"]
    assert desk.wire_span(span, toks) == case["span"]
    assert desk.span_from_wire(case["span"], toks, len(text)) == span
    start, _ = paragraphs(text)[case["paragraph"]]
    assert [utf16(text[start:edge]) for edge in span] == case["units"]
    assert [list(snap(toks, *sentence) or ()) for sentence in sentences(text)] == case["sentences"]


@pytest.mark.parametrize("case", VECTORS, ids=lambda case: case["name"])
def test_paragraphs_carry_their_tokens_in_units(case: dict) -> None:
    text, toks = case["text"], tokens(case["text"])
    for (start, end), row in zip(paragraphs(text), case["paragraphs"], strict=True):
        first, last = snap(toks, start, end) or (0, 0)
        cut = [(utf16(text[start:a]), utf16(text[a:b])) for a, b in toks[first:last]]
        assert row["text"] == text[start:end]
        assert row["tokens"] == [unit for pair in cut for unit in pair]
