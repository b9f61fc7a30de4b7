import json
from dataclasses import replace

from hypothesis import HealthCheck, Phase, given, settings

from tests.formats.documents import documents
from tests.formats.test_round_trip import golden_documents, written
from workbench.core.annotation import Document


def _rows(*found: Document) -> list[dict]:
    return [json.loads(line) for line in written("tasks", found).split(b"\n")[:-1]]


def test_each_sentence_gives_a_row_a_task_also_where_nothing_is_said() -> None:
    rows = _rows(replace(golden_documents()[0], sentences=(), regions=()))
    promised = [row for row in rows if row["task"] == "commitment classification"]
    assert [row["labels"] for row in promised] == [[{"type": "troops", "status": "pledged"}], []]
    [answer] = [json.loads(row["output"]) for row in rows if row["task"] == "stance extraction"][1]
    assert answer == {
        "holder": "France", "target": "troop_deployment", "polarity": "supports", "evidence": "France backs it",
    }  # fmt: skip


def test_what_is_not_running_text_gives_no_task() -> None:
    document = golden_documents()[0]
    assert not [row for row in _rows(document) if row["sentence"] == 0]
    assert {row["split"] for row in _rows(document)} == {"train"}


@given(documents())
@settings(deadline=None, max_examples=30, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
def test_spans_lie_in_their_sentence(document: Document) -> None:
    for row in _rows(document):
        for each in row.get("spans", ()):
            assert 0 <= each["start"] < each["end"] <= len(row["text"])
