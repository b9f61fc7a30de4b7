"""Records of Argilla and Potato, and Label Studio's tables: no span is lost, or it is said what to do."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from workbench.core.annotation import Document
from workbench.core.errors import Refused
from workbench.formats import records
from workbench.formats.losses import FOREIGN

TEXT = "Poland 🇵🇱 will send tanks to Ukraine."
UKRAINE = TEXT.index("Ukraine")
POLAND = {"start": 0, "end": 6, "label": "GPE"}
SECOND = {"start": UKRAINE, "end": UKRAINE + 7, "label": "GPE"}


@pytest.fixture
def read(tmp_path: Path) -> Any:
    """Read what one file holds, recognised by its content."""

    def reading(name: str, content: object, format: str) -> list[Document | Refused]:
        said = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
        (tmp_path / name).write_bytes(said.encode())
        found = list(records([tmp_path]))
        assert {each.format for each in found} == {format}
        return [each.item for each in found]

    return reading


def spans(document: Document) -> dict[str, list[str]]:
    layers = document.layers or (document.layer,)
    return {each.author: [document.text[slice(*one.span)] for one in each.entities] for each in layers}


NOW = {
    "id": "a1", "fields": {"text": TEXT}, "metadata": {"outlet": "Gazette"}, "status": "completed",
    "suggestions": {"spans": {"value": [POLAND], "score": [0.9], "agent": "ner@2"}},
    "responses": {
        "spans": [{"value": [POLAND, SECOND], "user_id": "u1"}, {"value": [SECOND], "user_id": "u2"}],
        "tone": [{"value": "calm", "user_id": "u1"}],
    },
}  # fmt: skip
BEFORE = {
    "fields": {"text": TEXT}, "external_id": "a1", "metadata": {"outlet": "Gazette"},
    "suggestions": [{"question_name": "spans", "value": [POLAND], "score": 0.9, "agent": "ner@2"}],
    "responses": [
        {"user_id": "u1", "status": "submitted", "values": {
            "spans": {"value": [POLAND, SECOND]}, "tone": {"value": "calm"}}},
        {"user_id": "u2", "status": "submitted", "values": {"spans": {"value": [SECOND]}}},
    ],
}  # fmt: skip


@pytest.mark.parametrize("record", [NOW, BEFORE])
def test_argillas_people_and_models_have_a_layer_each(read: Any, record: dict[str, Any]) -> None:
    [found] = read("a.json", [record], "argilla")
    assert spans(found) == {"ner@2": ["Poland"], "u1": ["Poland", "Ukraine"], "u2": ["Ukraine"]}
    assert (found.id, found.source.outlet, found.review.state, found.review.reviewers) == (
        "a1", "Gazette", "reviewed", ("u2",),
    )  # fmt: skip
    assert found.layers[0].entities[0].by.score == 0.9
    assert found.meta[FOREIGN]["answers"] == [{"who": "u1", "question": "tone", "value": "calm"}]


def test_argillas_old_tuples_come_in_and_a_discarded_answer_does_not(read: Any) -> None:
    old = {
        "text": TEXT, "tokens": TEXT.split(), "prediction": [["GPE", 0, 6, 0.7]], "prediction_agent": "old@1",
        "annotation": [["GPE", UKRAINE, UKRAINE + 7]], "annotation_agent": "mia",
    }  # fmt: skip
    discarded = {**NOW, "suggestions": {}, "responses": {"spans": [
        {"value": [POLAND], "user_id": "u1", "status": "discarded"}]}}  # fmt: skip
    first, second = read("a.jsonl", f"{json.dumps(old)}\n{json.dumps(discarded)}\n", "argilla")
    assert spans(first) == {"old@1": ["Poland"], "mia": ["Ukraine"]}
    assert second.layer.entities == ()
    assert second.meta[FOREIGN]["answers"][0]["value"] == [POLAND]


def test_flattened_records_of_argilla_are_refused_with_what_to_do(read: Any) -> None:
    [refused] = read("a.jsonl", {"text": TEXT, "spans.responses": [[POLAND]]}, "argilla")
    assert "export it with dataset.records.to_json()" in refused.sentence


@pytest.mark.parametrize("by_question", [False, True])
def test_potatos_spans_come_in_with_their_person(read: Any, by_question: bool) -> None:
    marked = [{"start": 0, "end": 6, "span": "Poland", "annotation": "GPE"}]
    row = {
        "user_id": "mia@example.org", "instance_id": "7", "displayed_text": TEXT, "behavioral_data": {"time": 3},
        "span_annotations": {"names": marked} if by_question else marked, "label_annotations": {"tone": {"calm": "1"}},
    }  # fmt: skip
    [found] = read("annotated_instances.jsonl", row, "potato")
    assert [(found.text[slice(*each.span)], each.label) for each in found.layer.entities] == [("Poland", "GPE")]
    assert (found.id, found.review.state, "@" in found.review.reviewers[0]) == ("7", "reviewed", False)
    assert found.meta[FOREIGN]["answers"] == [{"question": "tone", "value": {"calm": "1"}}]


def test_potatos_state_of_a_person_is_refused_with_what_to_do(read: Any) -> None:
    [refused] = read("user_state.json", {"user_id": "mia", "instance_id_to_span_to_value": []}, "potato")
    assert "import annotated_instances.jsonl" in refused.sentence


@pytest.mark.parametrize(("name", "mark"), [("x.csv", ","), ("x.tsv", "\t")])
def test_label_studios_tables_bring_their_regions(read: Any, name: str, mark: str) -> None:
    end = len("[AP] ") + UKRAINE + 2 + 7  # its browser counts UTF-16
    regions = [{"start": end - 7, "end": end, "text": "Ukraine", "labels": ["GPE"]}]
    cells = [f"[AP] {TEXT}", "9", json.dumps(regions), "2", "31", "2026-03-01T10:00:00Z", "2026-03-01T10:00:00Z", "3.5"]
    header = ["text", "id", "label", "annotator", "annotation_id", "created_at", "updated_at", "lead_time"]
    out = io.StringIO()
    csv.writer(out, delimiter=mark).writerows([header, cells])
    [found] = read(name, out.getvalue(), "label_studio")
    assert [(found.text[slice(*each.span)], each.label) for each in found.layer.entities] == [("Ukraine", "GPE")]
    assert found.id == "9"
