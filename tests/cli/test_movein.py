"""Moving in from the command line: a look first, then annotations as what they are to be."""

import json
from pathlib import Path

import pytest

from tests.builders import HARBOUR
from tests.cli.conftest import Shell

NEW = "Turkey and Greece sent a tug."


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    path = tmp_path / "doccano.jsonl"
    rows = [
        {"text": NEW, "label": [[0, 6, "country"], [25, 28, "MISC"]]},
        {"text": HARBOUR, "label": [[0, 6, "country"]]},
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def test_a_preview_tells_what_would_become_of_the_files_and_stores_nothing(bench: Shell, foreign: Path) -> None:
    said = bench("import", foreign, "-p", "coast", "--preview", "--map", "MISC=EVENT").stdout
    assert "doccano.jsonl: doccano" in said
    assert "2 records, 2 annotated" in said
    assert "texts that are in the project already 1" in said
    assert ["country", "2", "GPE"] in [line.split() for line in said.splitlines()]
    assert ["MISC", "1", "EVENT"] in [line.split() for line in said.splitlines()]
    assert said.endswith("2 records with 3 annotations; nothing was stored.\n")
    assert "0 taken" not in bench("import", foreign, "-p", "coast").stdout


def test_offsets_that_may_count_several_things_are_doubted_until_it_is_told(bench: Shell, tmp_path: Path) -> None:
    row = {"text": "😀😀 🇬🇷 🇹🇷", "label": [[0, 2, "MISC"]]}
    (tmp_path / "odd.jsonl").write_text(json.dumps(row))
    said = bench("import", tmp_path / "odd.jsonl", "-p", "coast", "--preview").stdout
    assert "as is usual in the format; nothing in the file decides" in said
    assert "records whose offsets may count something else 1" in said
    said = bench("import", tmp_path / "odd.jsonl", "-p", "coast", "--preview", "--unit", "utf-16").stdout
    assert "utf-16, as was told" in said
    assert "doubts" not in said


def test_a_preview_of_a_bad_file_ends_with_1(bench: Shell, tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text('{"text": "One boat."}\n{broken\n')
    said = bench("import", tmp_path / "bad.jsonl", "-p", "coast", "--preview", code=1).stdout
    assert "- line 2: " in said


def test_suggestions_of_another_tool_come_beside_those_that_are_here(
    bench: Shell, foreign: Path, tmp_path: Path
) -> None:
    words = ("import", foreign, "-p", "coast", "--as-suggestions", "mymodel@3", "--repairs", tmp_path / "repairs.jsonl")
    said = bench(*words).stdout
    assert "as suggestions of mymodel@3" in said
    assert "annotations: 2 mapped, 1 left out" in said
    assert said.endswith("1 taken, 0 skipped, 0 refused, 1 layer added\n")
    [row] = [json.loads(line) for line in (tmp_path / "repairs.jsonl").read_text().splitlines()]
    assert (row["text"], row["label"], row["what"]) == ("tug", "MISC", "left out")


def test_a_mapping_is_saved_for_the_next_time(bench: Shell, foreign: Path) -> None:
    bench("import", foreign, "-p", "coast", "--plain", "--map", "MISC=EVENT", "--save-mapping")
    said = bench("import", foreign, "-p", "coast", "--preview").stdout
    assert ["MISC", "1", "EVENT"] in [line.split() for line in said.splitlines()]


def test_gold_and_finished_readings_come_in(bench: Shell, foreign: Path, tmp_path: Path) -> None:
    bench("import", foreign, "-p", "coast", "--as-person", "Mia")
    assert "2 skipped" in bench("import", foreign, "-p", "coast", "--as-gold", "--map", "country=NORP").stdout
    said = bench("import", foreign, "-p", "coast", "--as-gold", "--replace-gold", "--map", "country=NORP").stdout
    assert said.endswith("0 taken, 0 skipped, 0 refused, 2 layers added\n")
    bench("export", "-p", "coast", "-o", tmp_path / "gold.jsonl")
    rows = [json.loads(line) for line in (tmp_path / "gold.jsonl").read_text().splitlines()]
    assert {entity["label"] for row in rows for entity in row["entities"]} == {"NORP"}


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--as-gold", "--plain"), 2, "Choose one of"),
        (("--replace-gold",), 2, "goes with --as-gold"),
        (("--as-gold", "--map", "PER"), 1, "names no pair"),
        (("--as-gold", "--map", "PER=KING"), 1, "no label “KING”"),
        (("--as-person", "Ivo"), 1, "no reviewer “Ivo” in coast, only Lena"),
    ],
)
def test_what_cannot_be_is_said(bench: Shell, foreign: Path, words: tuple[str, ...], code: int, said: str) -> None:
    assert said in bench("import", foreign, "-p", "coast", *words, code=code).output
