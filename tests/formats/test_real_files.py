"""Real files of other tools, where a checkout has them beside it: not a span may go missing."""

import json
import os
import re
from collections import Counter
from pathlib import Path

import pytest

from workbench.core.annotation import Document
from workbench.formats import records
from workbench.formats.losses import carried
from workbench.formats.reading import Options

FOLDER = Path(os.environ.get("WORKBENCH_FOREIGN_FILES", Path(__file__).parents[3] / "shared" / "data" / "formats"))
pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="no real files of other tools: set WORKBENCH_FOREIGN_FILES to a folder that has them"
)


def _read(path: str, format: str | None = None, **told: str) -> tuple[list[Document], Counter[str], str]:
    if not (FOLDER / path).exists():
        pytest.skip(f"{path} is not there")
    found = list(records([FOLDER / path], format, Options(**told)))  # type: ignore[arg-type]
    assert all(isinstance(each.item, Document) for each in found), [
        each for each in found if not isinstance(each.item, Document)
    ][:3]
    documents = [each.item for each in found if isinstance(each.item, Document)]
    return documents, sum((carried(each) for each in documents), Counter()), found[0].format


def _rows(path: str) -> list[dict]:
    return [json.loads(line) for line in (FOLDER / path).read_text().splitlines()]


def _spans(documents: list[Document]) -> int:
    return sum(len(each.layer.entities) for each in documents)


def test_prodigy_news_headlines() -> None:
    path = "prodigy/annotated_news_headlines-ORG-PERSON-LOCATION-ner.jsonl"
    documents, kept, format = _read(path)
    rows = _rows(path)
    assert format == "prodigy"
    assert len(documents) == len(rows)
    accepted, others = (
        sum(len(row.get("spans", [])) for row in rows if (row["answer"] == "accept") is wanted)
        for wanted in (True, False)
    )
    assert _spans(documents) == accepted == 303
    assert kept["rejected"] + kept["ignored"] == others
    assert not kept["unplaced"]
    assert not kept["moved"]


def test_prodigy_relations() -> None:
    path = "prodigy/rel_component_annotations.jsonl"
    documents, kept, format = _read(path)
    rows = _rows(path)
    assert format == "prodigy"
    accepted = [row for row in rows if row["answer"] == "accept"]
    assert _spans(documents) == sum(len(row["spans"]) for row in accepted) > 300
    assert kept["relations"] == sum(len(row.get("relations", [])) for row in rows) > 50
    assert not kept["unplaced"]


def test_doccano_news() -> None:
    documents, kept, format = _read("doccano/admin.jsonl")
    assert format == "doccano"
    assert (len(documents), _spans(documents)) == (454, 444)
    assert not kept["unplaced"]


def test_label_studio_export() -> None:
    documents, kept, format = _read("label_studio/trimmed_task1.json")
    [document] = documents
    assert format == "label_studio"
    assert _spans(documents) == 4
    assert document.text[slice(*document.layer.entities[0].span)] == "Sigrid Brekke"
    assert document.meta["doc_name"]
    assert (document.review.state, document.review.reviewers) == ("reviewed", ("2",))
    assert (kept["drafts"], kept["unplaced"], kept["moved"]) == (1, 0, 0)


def test_conll_of_wikigold_in_iob1() -> None:
    documents, _, format = _read("conll/wikigold.conll.txt")
    assert (format, _spans(documents)) == ("conll", 3558)


def test_conll_of_crossner_in_iob2() -> None:
    documents, _, format = _read("conll/dev.txt")
    lines = (FOLDER / "conll" / "dev.txt").read_text().splitlines()
    assert (format, len(documents)) == ("conll", 541)
    assert _spans(documents) == sum("\tB-" in line for line in lines)


def test_brat_of_conll_2002() -> None:
    documents, kept, format = _read("brat/esp.train-doc-46.ann")
    [document] = documents
    lines = (FOLDER / "brat" / "esp.train-doc-46.ann").read_text().splitlines()
    assert (format, _spans(documents), kept) == ("brat", len(lines), Counter())
    assert document.source.file == "esp.train-doc-46.txt"
    for line in lines:
        assert line.split("\t")[2] in {document.text[slice(*each.span)] for each in document.layer.entities}


def test_docbin_of_a_spacy_project() -> None:
    documents, kept, format = _read("docbin/demo.spacy")
    assert (format, kept["unplaced"]) == ("docbin", 0)
    assert _spans(documents) > 0


def test_webanno_of_gum() -> None:
    path = "webanno/GUM_news_election.tsv"
    documents, kept, format = _read(path)
    rows = [line.split("\t") for line in (FOLDER / path).read_text().splitlines() if line[:1].isdigit()]
    numbered = {part for row in rows for part in re.findall(r"\[(\d+)\]", row[3])}
    single = [row for row in rows if row[3] != "_" and "[" not in row[3]]
    assert (format, _spans(documents)) == ("webanno", len(numbered) + len(single))
    assert kept["relations"] > 50
    [document] = documents
    for row in rows:
        assert row[2] in document.text
    assert "New faces emerge as veteran politicians step down" in document.text


def test_an_inception_project_gives_its_curation() -> None:
    [curated], _, format = _read("inception/curated_project_3_6_1.zip")
    assert format == "webanno"
    assert curated.text == "This is an example sentence."
    [chunk] = curated.layer.entities
    assert (curated.text[slice(*chunk.span)], chunk.label) == ("This", "Chunk")


@pytest.mark.parametrize(("end", "expected"), [("data.json", "cas"), ("debug.xmi", "xmi")])
def test_cas_with_emoji(end: str, expected: str) -> None:
    documents, _, format = _read(f"cas/ser-ref__casWithEmojiUnicodeTextAndAnnotations__{end}")
    [document] = documents
    found = [document.text[slice(*each.span)] for each in document.layer.entities]
    assert (format, found) == (expected, ["🥳", "This", "👳🏻\u200d♀️", "is", "✆", "a", "🧔🏾\u200d♂️", "test", "👻"])


def test_cas_with_slots() -> None:
    documents, kept, format = _read("cas/one-way__tsv3-testSimpleSlotFeature__data.json")
    labels = [each.label for each in documents[0].layer.entities]
    assert (format, labels) == ("cas", ["SimpleLinkHost", "SimpleSpan", "SimpleSpan"])
    assert (kept["layers"], kept["structures"], kept["features"]) == (5, 3, 1)


def test_w3c_annotations_over_a_text(tmp_path: Path) -> None:
    if not (path := FOLDER / "w3c" / "annotations.w3c.json").exists():
        pytest.skip("no annotations are there")
    targets = [each["target"] for each in json.loads(path.read_bytes())]
    selectors = [each["selector"] for one in targets for each in (one if isinstance(one, list) else [one])]
    signs = [" "] * 3000
    for quote, place in selectors:
        signs[place["start"] : place["end"]] = quote["exact"].ljust(place["end"] - place["start"])
    (tmp_path / "a.w3c.json").write_bytes(path.read_bytes())
    (tmp_path / "a.txt").write_text("".join(signs))
    [record] = records([tmp_path])
    assert isinstance(record.item, Document)
    found = sorted(record.item.text[slice(*each.span)] for each in record.item.layer.entities)
    assert (record.format, found) == ("w3c", sorted(quote["exact"] for quote, _ in selectors))
    assert carried(record.item)["moved"] == 1  # one quote is eight characters shorter than its position
