"""Addresses by which other tools name annotators stay outside; whose reading is whose stays known."""

import json
from pathlib import Path
from typing import Any

from tests.builders import NOW, Coast
from workbench.core.annotation import Document
from workbench.formats import gold, records
from workbench.formats.files import files
from workbench.services import imports
from workbench.services.imports import Wishes

TEXT = "Poland will send tanks; write to press@gov.example."
HERS, HIS = "Ada.L@news.example", "ada.l@other.example"


def annotated(who: str, label: str, **more: object) -> dict[str, Any]:
    value = {"start": 0, "end": 6, "text": "Poland", "labels": [label]}
    result = {"id": f"r{label}", "from_name": "label", "to_name": "text", "type": "labels", "value": value}
    return {"completed_by": {"id": 3, "email": who}, "created_username": f" {who}, 3", "result": [result], **more}


def exported(folder: Path) -> Path:
    skipped = annotated(HERS, "C", was_cancelled=True)
    task = {"id": 1, "data": {"text": TEXT}, "annotations": [annotated(HERS, "A"), annotated(HIS, "B"), skipped]}
    path = folder / "tasks.json"
    path.write_text(json.dumps([task]))
    return path


def test_each_annotator_of_label_studio_has_a_name_of_their_own_that_is_no_address(tmp_path: Path) -> None:
    [record] = records([exported(tmp_path)])
    assert isinstance(record.item, Document)
    names = [layer.author for layer in record.item.layers or ()]
    assert [name.rpartition("-")[0] for name in names] == ["Ada.L", "ada.l"]
    assert len(set(names)) == 2
    written = gold.dumps(record.item).decode()
    assert HERS not in written
    assert HIS not in written
    assert "press@gov.example" in written  # the text is the text


def test_prodigy_names_annotators_by_no_address_either(tmp_path: Path) -> None:
    span = {"start": 0, "end": 6, "label": "GPE", "token_start": 0, "token_end": 0}
    row = {"text": TEXT, "spans": [span], "answer": "accept", "_annotator_id": HERS, "_session_id": f"set-{HERS}"}
    (tmp_path / "a.jsonl").write_text(json.dumps(row))
    [record] = records([tmp_path])
    assert isinstance(record.item, Document)
    assert record.item.review.reviewers
    assert HERS not in gold.dumps(record.item).decode()


def test_the_receipt_says_that_addresses_became_pseudonyms(coast: Coast, tmp_path: Path) -> None:
    receipt = imports.take(
        coast.database, coast.project.id, files([exported(tmp_path)]), Wishes(), by=None, now=NOW
    )  # fmt: skip
    assert receipt.spans()["e-mail addresses made pseudonyms"] == 2
