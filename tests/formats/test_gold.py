import io
import json
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from tests.formats.documents import documents
from workbench.core.annotation import Document
from workbench.core.errors import Invalid, Refused
from workbench.core.record import layer_json
from workbench.formats import detect, gold

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "exports" / "gold.schema.json").read_bytes())
VALID = Draft202012Validator(SCHEMA)
GOLDEN = ROOT / "tests" / "golden" / "gold.jsonl"
TEXT = "Łódź 😀: the UK will send 500 troops if asked."


def _minimal(**more: object) -> bytes:
    return json.dumps({"format": "workbench/gold", "version": 1, "text": TEXT, **more}, ensure_ascii=False).encode()


@given(documents())
@settings(deadline=None)
def test_a_round_trip_changes_neither_the_document_nor_a_byte(document: Document) -> None:
    line = gold.dumps(document)
    assert gold.loads(line) == document
    assert gold.dumps(gold.loads(line)) == line


@given(documents())
@settings(deadline=None, max_examples=50)
def test_every_record_keeps_the_published_schema(document: Document) -> None:
    row = json.loads(gold.dumps(document))
    assert list(VALID.iter_errors(row)) == []
    for key in row.keys() - {"layers"}:
        assert list(VALID.iter_errors({name: value for name, value in row.items() if name != key})), key


@given(documents())
@settings(deadline=None, max_examples=50)
def test_quotes_are_cut_from_the_text_by_code_points(document: Document) -> None:
    row = json.loads(gold.dumps(document))
    for each in [*row["entities"], *(frame["evidence"] for frame in row["stances"] + row["commitments"])]:
        assert row["text"][each["start"] : each["end"]] == each["text"]


@given(documents())
@settings(deadline=None, max_examples=50)
def test_a_line_joined_from_a_stored_reading_is_the_line_of_the_document(document: Document) -> None:
    document = replace(document, layers=None)
    body = layer_json(document.layer, document.text)
    assert gold.joined(document, msgspec.json.encode(body).decode()) == gold.dumps(document)
    body["entities"].reverse()
    assert gold.joined(document, json.dumps(body)) == gold.dumps(document)


def _spoilt(**change: object) -> str:
    [document, *_] = map(gold.loads, GOLDEN.read_bytes().splitlines())
    body = json.loads(msgspec.json.encode(layer_json(document.layer, document.text)))
    body["entities"][0] |= change
    return msgspec.json.encode(body).decode()


@pytest.mark.parametrize(
    "change", [{"end": 10**6}, {"text": "else"}, {"by": 3}, {"start": 30, "end": 20}, {"score": 1}, {"label": ""}]
)
def test_a_stored_reading_that_does_not_fit_its_text_is_no_line(change: dict[str, object]) -> None:
    [document, *_] = map(gold.loads, GOLDEN.read_bytes().splitlines())
    with pytest.raises(Invalid):
        gold.joined(document, _spoilt(**change))


def test_a_stored_reading_gives_no_id_twice() -> None:
    [document, *_] = map(gold.loads, GOLDEN.read_bytes().splitlines())
    with pytest.raises(Invalid, match="Two objects"):
        gold.joined(document, _spoilt(id=document.layer.entities[1].id))


def test_the_golden_file_reads_and_writes_to_the_same_bytes() -> None:
    out = io.BytesIO()
    found = list(gold.read(io.BytesIO(GOLDEN.read_bytes()), "gold.jsonl"))
    assert [each.review.state for each in found if isinstance(each, Document)] == ["gold", "reviewed", "suggested"]
    gold.write([each for each in found if isinstance(each, Document)], out)
    assert out.getvalue() == GOLDEN.read_bytes()
    assert detect(GOLDEN.read_bytes(), "anything.txt") is gold
    for line in GOLDEN.read_bytes().splitlines():
        VALID.validate(json.loads(line))


def test_a_record_of_ones_own_may_leave_out_what_it_has_not_got() -> None:
    document = gold.loads(_minimal(entities=[{"start": 12, "end": 14, "label": "GPE"}]))
    [entity] = document.layer.entities
    assert (TEXT[entity.start : entity.end], entity.id, document.review.state) == ("UK", "e1", "suggested")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b'{"format":"workbench/gold","version":2}', "version 2"),
        (b'{"version":1,"text":"x"}', "format"),
        (_minimal().replace(b'"version": 1', b'"version": 1, "version": 1'), "twice"),
        (_minimal(meta={"x": float("nan")}), "not JSON"),
        (b'{"format":"workbench/gold","version":1,"text":"\\ud83d"}', "not JSON"),
        (b'{"format":"workbench/gold","version":1,"text":"a\\u0000"}', "NUL"),
        (b'\xff{"format":', "UTF-8"),
        (_minimal(extra=1), "extra"),
        (_minimal(text_sha256="0" * 64), "text_sha256"),
        (_minimal(entities=[{"start": 12.0, "end": 14, "label": "GPE"}]), "$.entities[0].start"),
        (_minimal(entities=[{"start": 12, "end": 14, "label": "GPE", "text": "EU"}]), "reads “UK”"),
        (_minimal(entities=[{"start": 12, "end": 400, "label": "GPE"}]), "outside"),
        (_minimal(entities=[{"id": "a", "start": 0, "end": n, "label": "GPE"} for n in (1, 2)]), "id “a”"),
        (_minimal(stances=[{"holder": "UK"}]), "evidence"),
        (_minimal(stances=[{"evidence": {"start": 0, "end": 4}, "negated": "no"}]), "negated"),
        (_minimal(commitments=[{"evidence": {"start": 0, "end": 4}, "own": 3}]), "own"),
        (_minimal(regions=[{"start": 3, "end": 3, "kind": "caption"}]), "3–3"),
        (_minimal(source={"published": "yesterday"}), "published"),
        (b"[1]", "no JSON object"),
        (b'{"meta":' + b"[" * 9000 + b"]" * 9000 + b"}", "deep"),
    ],
)
def test_what_breaks_the_contract_is_refused_with_a_sentence(line: bytes, says: str) -> None:
    with pytest.raises(Invalid) as caught:
        gold.loads(line)
    assert says in caught.value.sentence


def test_a_bad_line_is_yielded_and_the_rest_is_read() -> None:
    source = io.BytesIO(b"\xef\xbb\xbf" + _minimal() + b"\r\n\n{broken\n" + _minimal())
    first, bad, last = gold.read(source, "gold.jsonl")
    assert isinstance(first, Document)
    assert isinstance(last, Document)
    assert isinstance(bad, Refused)
    assert bad.line == 3


def test_one_megabyte_of_text_with_a_thousand_spans_comes_back() -> None:
    text = ("Kyiv 😀 " * 150_000)[:1_000_000]
    rows = [{"start": 7 * n, "end": 7 * n + 4, "label": "GPE", "text": "Kyiv"} for n in range(1000)]
    line = _minimal(entities=rows).replace(json.dumps(TEXT, ensure_ascii=False).encode(), json.dumps(text).encode())
    document = gold.loads(line)
    assert gold.loads(gold.dumps(document)) == document
