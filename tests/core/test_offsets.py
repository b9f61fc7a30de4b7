"""Records without their texts, and the way back."""

import json

import msgspec
import pytest
from hypothesis import given

from tests.builders import HARBOUR, article, commitment, entity, stance
from tests.formats.documents import documents
from workbench.core.annotation import Document
from workbench.core.errors import Invalid
from workbench.core.offsets import LONG, line_of, with_text, without_text
from workbench.formats import gold

NOTED = article(
    HARBOUR, entity(HARBOUR, "France"), commitment(HARBOUR, "offered two frigates"), stance(HARBOUR, "refused")
)


@given(documents())
def test_a_text_comes_back_to_its_place_byte_for_byte(document: Document) -> None:
    row = gold.record(document)
    bare = json.loads(msgspec.json.encode(without_text(json.loads(gold.dumps(document)))))
    if "left_out" not in bare:
        assert msgspec.json.encode(with_text(bare, document.text)) == gold.dumps(document)
    assert with_text(bare, document.text)["text"] == row["text"]


def test_no_word_of_the_text_leaves_with_the_offsets() -> None:
    bare = msgspec.json.encode(without_text(json.loads(gold.dumps(NOTED)))).decode()
    for word in ("two frigates", "refused", "harbour", '"text":'):
        assert word not in bare


def test_a_long_title_and_long_values_of_meta_are_left_out_and_named() -> None:
    row = without_text(gold.record(article(title="x" * 201, meta={"body": "x" * LONG, "desk": "foreign"})))
    assert (row["title"], row["meta"]) == (None, {"desk": "foreign"})
    assert row["left_out"] == ["title", "meta.body"]


def test_another_text_is_refused() -> None:
    with pytest.raises(Invalid, match="SHA-256"):
        with_text(without_text(gold.record(NOTED)), HARBOUR.replace("two", "ten"))


def test_a_gold_record_needs_no_text() -> None:
    with pytest.raises(Invalid, match="workbench/offsets"):
        with_text(gold.record(NOTED), HARBOUR)


def test_readings_are_put_at_the_end_of_a_line() -> None:
    with_layers = article(HARBOUR, layers=(NOTED.layer,))
    plain = gold.dumps(article(HARBOUR))
    layers = msgspec.json.encode(gold.record(with_layers)["layers"])
    assert line_of(plain, layers, bare=False) == gold.dumps(with_layers)
    assert line_of(plain, None, bare=False) == plain
    assert b'"layers":[{' in line_of(plain, layers, bare=True)
    assert b"frigates" not in line_of(plain, layers, bare=True)
