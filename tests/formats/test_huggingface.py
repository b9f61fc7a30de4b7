"""The data set that goes out loads with ``datasets``, without a network, and comes in again."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.formats.documents import documents
from tests.formats.test_round_trip import golden_documents, written
from workbench.core.annotation import Document
from workbench.core.errors import Refused
from workbench.formats import detect, huggingface


@pytest.fixture
def loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return what loads an export as its users do, offline and with a cache of its own."""
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_HOME", str(tmp_path / "home"))

    def load(found: list[Document]) -> Any:
        import datasets

        folder = tmp_path / "export"
        with zipfile.ZipFile(io.BytesIO(written("huggingface", found))) as packed:
            packed.extractall(folder)
        return datasets.load_dataset(str(folder), cache_dir=str(tmp_path / "cache"))

    return load


def test_load_dataset_gives_every_part_with_class_labels(loaded: Any) -> None:
    [first, *_] = golden_documents()
    parts = {"train": first, "validation": replace(first, id="b", split="dev"), "unsplit": replace(first, split=None)}
    found = loaded(list(parts.values()))
    assert {part: len(rows) for part, rows in found.items()} == dict.fromkeys(parts, 1)
    [row] = found["train"]
    label = found["train"].features["entities"].feature["label"]
    names = [label.int2str(each["label"]) for each in row["entities"]]
    assert names == [each.label for each in first.layer.entities]
    for each in row["entities"]:
        assert row["text"][each["start"] : each["end"]] == each["text"]
    polarity = found["train"].features["stances"].feature["polarity"]
    assert polarity.names == [first.layer.stances[0].slots["polarity"]]
    assert row["commitments"][0]["evidence"]["text"] in row["text"]


def test_the_file_alone_knows_its_classes_too(loaded: Any, tmp_path: Path) -> None:
    loaded(golden_documents())
    import datasets

    path = str(tmp_path / "export" / "data" / "train.parquet")
    found = datasets.Dataset.from_parquet(path, cache_dir=str(tmp_path / "other"))
    assert found.features["entities"].feature["label"].names == sorted(
        {each.label for document in golden_documents() for each in document.layer.entities}
    )


def test_names_of_classes_may_hold_any_sign(loaded: Any) -> None:
    [first, *_] = golden_documents()
    odd = 'O\'x: "q" \\ \u2028\x85#é😀\ufeff'
    entities = tuple(replace(each, label=odd) for each in first.layer.entities)
    found = loaded([first.carrying(replace(first.layer, entities=entities))])
    assert found["train"].features["entities"].feature["label"].names == [odd]


@given(documents())
@settings(deadline=None, max_examples=20, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
def test_arrow_reads_every_card_and_file(document: Document) -> None:
    from pyarrow import parquet

    with zipfile.ZipFile(io.BytesIO(written("huggingface", [document]))) as packed:
        [data] = [each for each in packed.namelist() if each.endswith(".parquet")]
        [row] = parquet.read_table(io.BytesIO(packed.read(data))).to_pylist()
    assert (row["text"], len(row["entities"])) == (document.text, len(document.layer.entities))


def test_parquet_of_others_comes_in_with_its_text_and_entities() -> None:
    import pyarrow as pa
    from pyarrow import parquet

    spans = [{"start": 0, "end": 4, "label": "GPE"}]
    rows = [{"body": "Kyiv waits.", "headline": "Waiting", "entities": spans, "score": 0.5}, {"body": None}]
    out = io.BytesIO()
    parquet.write_table(pa.Table.from_pylist(rows), out)
    assert detect(out.getvalue(), "x").name == "huggingface"
    good, bad = huggingface.read(io.BytesIO(out.getvalue()), "x.parquet")
    assert isinstance(good, Document)
    assert (good.title, good.meta) == ("Waiting", {"score": 0.5})
    assert [(each.span, each.label) for each in good.layer.entities] == [((0, 4), "GPE")]
    assert isinstance(bad, Refused)
    assert "row 2" in bad.sentence
