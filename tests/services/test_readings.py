"""Several readings of one text in one import: each annotator's is kept, and told."""

import json
from typing import Any

from sqlalchemy import select

from tests.builders import HARBOUR, Coast, article, entity, opened, take
from workbench.core.annotation import Review, layer_of
from workbench.formats import gold
from workbench.services.laying import Laying
from workbench.store.engine import Database
from workbench.store.schema import Layer

WORDS = HARBOUR.split()


def layers(database: Database) -> list[tuple[str, str, int]]:
    """Return the layers of imports: kind, whose, and how many entities."""
    query = select(Layer.kind, Layer.author, Layer.body).where(Layer.body.is_not(None)).order_by(Layer.id)
    with database.reading() as session:
        return [(kind, author, len(body["entities"])) for kind, author, body in session.execute(query)]


def task(text: str, label: str, who: str) -> dict[str, Any]:
    span = {"start": 0, "end": len(WORDS[0]), "label": label}
    return {"text": text, "spans": [span], "_annotator_id": who, "_input_hash": 1, "answer": "accept"}


def jsonl(*rows: object) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


OTHER = f"{HARBOUR} Another text about the same harbour."


def test_a_second_annotator_s_task_becomes_a_layer_of_the_same_article(coast: Coast) -> None:
    before = layers(coast.database)
    rows = jsonl(task(OTHER, "GPE", "mia"), task(OTHER, "ORG", "noor"))
    receipt = take(coast.database, coast.project, opened("a.jsonl", rows))
    assert [line.what for line in receipt.lines] == ["taken", "layer"]
    assert receipt.spans() == {"taken": 2}
    assert layers(coast.database)[len(before) :] == [("reviewed", "mia", 1), ("reviewed", "noor", 1)]


def test_the_very_same_reading_again_is_passed_over_and_counted(coast: Coast) -> None:
    rows = jsonl(task(OTHER, "GPE", "mia"), task(OTHER, "GPE", "mia"))
    receipt = take(coast.database, coast.project, opened("a.jsonl", rows))
    assert [(line.what, line.spans) for line in list(receipt.lines)[1:]] == [("skipped", {"left out": 1})]


def test_every_reading_of_a_label_studio_task_is_kept_the_one_that_counts_last(coast: Coast) -> None:
    before = layers(coast.database)
    value = {"start": 0, "end": len(WORDS[0]), "text": WORDS[0], "labels": ["GPE"]}
    result = [{"id": "a", "from_name": "label", "to_name": "text", "type": "labels", "value": value}]
    task = {
        "data": {"text": OTHER},
        "annotations": [
            {"completed_by": "mia", "result": result, "updated_at": "2026"},
            {"completed_by": "noor", "result": [], "updated_at": "2025"},
        ],
        "predictions": [{"model_version": "m1", "result": result}],
    }
    receipt = take(coast.database, coast.project, opened("a.json", json.dumps([task])))
    assert receipt.spans() == {"taken": 1, "in further readings": 1}
    found = layers(coast.database)[len(before) :]
    assert found == [("reviewed", "noor", 0), ("suggested", "m1", 1), ("reviewed", "mia", 1)]


def test_reviewers_readings_come_back_with_the_gold_they_led_to(coast: Coast) -> None:
    before = layers(coast.database)
    first, second = entity(OTHER, WORDS[0], "e1"), entity(OTHER, WORDS[1], "e1")
    dissent = (layer_of("r71", [first]), layer_of("r72", [second]))
    document = article(OTHER, first, id="a", review=Review("gold", ("r71", "r72")), layers=dissent)
    take(coast.database, coast.project, opened("a.jsonl", gold.dumps(document) + b"\n"))
    assert layers(coast.database)[len(before) :] == [
        ("reviewed", "r71", 1),
        ("reviewed", "r72", 1),
        ("gold", "gold", 1),
    ]


def test_readings_that_nobody_asked_for_are_counted(coast: Coast) -> None:
    first = entity(OTHER, WORDS[0], "e1")
    document = article(OTHER, first, id="a", layers=(layer_of("m1", [first]), layer_of("m2", [first])))
    wishes = {"laying": Laying("suggestions", "old@1")}
    receipt = take(coast.database, coast.project, opened("a.jsonl", gold.dumps(document) + b"\n"), **wishes)
    assert receipt.spans() == {"taken": 1, "in readings not asked for": 2}


def test_a_file_that_fails_takes_further_readings_back(coast: Coast) -> None:
    before = layers(coast.database)
    rows = jsonl(task(OTHER, "GPE", "mia"), task(OTHER, "ORG", "noor"), {"text": 5, "_input_hash": 1})
    receipt = take(coast.database, coast.project, opened("a.jsonl", rows))
    assert [line.what for line in receipt.lines] == ["skipped", "skipped", "refused"]
    assert layers(coast.database) == before


def test_what_only_meta_can_hold_is_counted_in_the_receipt(coast: Coast) -> None:
    row = {"text": OTHER, "entities": [[0, 3, "GPE"]], "relations": [{"id": 3}, {"id": 4}], "label": ["offer"]}
    receipt = take(coast.database, coast.project, opened("a.jsonl", jsonl(row)))
    assert receipt.spans() == {"taken": 1, "kept aside": 3}
