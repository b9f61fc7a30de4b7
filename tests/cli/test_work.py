"""The main job from the command line: in, suggested, out; and what is said when it cannot be done."""

import json
import zipfile
from pathlib import Path

import pytest

from tests.builders import HARBOUR
from tests.cli.conftest import Shell
from workbench.formats import FORMATS


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "harbour.txt").write_text(HARBOUR + "More of it.\n", newline="")
    (folder / "copy.txt").write_text(HARBOUR + "More of it.\n", newline="")
    return folder


def rows(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_an_import_says_what_became_of_every_record(bench: Shell, texts: Path, tmp_path: Path) -> None:
    said = bench("import", texts, "--project", "coast", "--report", tmp_path / "report.jsonl").stdout
    assert "skipped: harbour.txt: the same text is here already" in said
    assert said.endswith("1 taken, 1 skipped, 0 refused\n")
    assert [row["what"] for row in rows(tmp_path / "report.jsonl")] == ["taken", "skipped"]


def test_an_import_that_refuses_something_ends_with_1(bench: Shell, tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text('{"text": "One boat."}\n{broken\n')
    said = bench("import", tmp_path / "bad.jsonl", "--project", "coast", code=1).stdout
    assert "refused: bad.jsonl, line 2: " in said
    assert said.endswith("0 taken, 1 skipped, 1 refused\n")
    assert (
        "1 taken, 0 skipped, 1 refused"
        in bench("import", tmp_path / "bad.jsonl", "--project", "coast", "--skip-bad", code=1).stdout
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("import", "nowhere/", "--project", "coast"), "There is no file or folder nowhere/."),
        (("import", "*.nothing", "--project", "coast"), "No file fits the pattern *.nothing."),
        (("import", ".", "--project", "cost"), "There is no project “cost”; there is coast."),
        (
            ("import", ".", "--project", "coast", "--format", "word"),
            "There is no format “word” to read; there are gold",
        ),
        (("export", "--project", "coast", "--format", "word"), "There is no format “word” to write; there are gold"),
        (("export", "--project", "cost"), "There is no project “cost”"),
        (("suggest", "--project", "cost"), "There is no project “cost”"),
        (("suggest", "--project", "coast", "--model", "en_no_such"), "There is no spaCy model “en_no_such” here"),
        (("preannotate", "nowhere.txt", "-o", "out.jsonl"), "There is no file or folder nowhere.txt."),
        (("export", "--project", "coast", "-o", "/proc/no/where.jsonl"), "/proc/no/where.jsonl cannot be written"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(bench: Shell, words: tuple[str, ...], said: str) -> None:
    refused = bench(*words, code=1)
    assert f"workbench: {said}" in refused.stderr
    assert "Traceback" not in refused.output


def test_a_project_is_made_when_asked(bench: Shell, texts: Path) -> None:
    bench("init")
    bench("import", texts, "--project", "dyke", "--create")
    assert "there is coast, dyke" in bench("suggest", "--project", "x", code=1).stderr


def test_records_are_written_to_a_file_or_to_the_output(bench: Shell, tmp_path: Path) -> None:
    out = tmp_path / "deep" / "out.jsonl"
    said = bench("export", "--project", "coast", "--state", "suggested", "-o", out)
    assert f"3 records written to {out}" in said.stderr
    piped = bench("export", "--project", "coast", "--state", "suggested", "-o", "-")
    assert piped.stdout_bytes == out.read_bytes()
    assert [path.name for path in out.parent.iterdir()] == ["out.jsonl"]


def test_records_go_to_the_folder_for_exports_where_nothing_else_is_said(bench: Shell) -> None:
    said = bench("export", "--project", "coast", "--state", "suggested").stderr
    [path] = (bench.home / "exports").iterdir()
    assert str(path) in said


def test_the_formats_are_listed_with_what_they_lose(bench: Shell) -> None:
    said = bench("formats").output
    assert {line.split()[0] for line in said.splitlines()[1:]} == set(FORMATS)
    assert "nothing is lost" in said
    assert "white space between words" in said


@pytest.mark.slow
def test_the_model_proposes_and_the_proposals_go_out(bench: Shell, texts: Path, tmp_path: Path) -> None:
    bench("import", texts, "--project", "coast")
    said = bench("suggest", "--project", "coast").output
    assert "4 articles: " in said
    bench("export", "--project", "coast", "--state", "suggested", "-o", "out.jsonl")
    assert len(rows(tmp_path / "out.jsonl")) == 4
    assert "0 articles: " in bench("suggest", "--project", "coast").output


@pytest.mark.slow
def test_articles_are_preannotated_without_a_bench(shell: Shell, texts: Path, tmp_path: Path) -> None:
    said = shell("preannotate", texts, "-o", "out.jsonl").stderr
    assert "2 records written, 0 refused" in said
    assert {row["review"]["state"] for row in rows(tmp_path / "out.jsonl")} == {"suggested"}
    assert not shell.home.exists()
    (tmp_path / "bad.jsonl").write_text('{"text": "Spain sent a barge."}\n{broken\n')
    refused = shell("preannotate", "bad.jsonl", "-o", "none.jsonl", code=1).stderr
    assert "--skip-bad" in refused
    assert not (tmp_path / "none.jsonl").exists()
    shell("preannotate", "bad.jsonl", "-o", "some.jsonl", "--skip-bad", code=1)
    assert len(rows(tmp_path / "some.jsonl")) == 1


@pytest.mark.slow
def test_records_are_scored_against_gold(bench: Shell, tmp_path: Path) -> None:
    bench("export", "--project", "coast", "--state", "suggested", "-o", "gold.jsonl")
    said = bench("evaluate", "--gold", "gold.jsonl", "--predictions", "gold.jsonl", "--as", "json").stdout
    assert json.loads(said)
    assert "does not exist" in bench("evaluate", "--gold", "nowhere.jsonl", code=2).output


def test_shards_together_are_the_whole_and_share_nothing(shell: Shell, tmp_path: Path) -> None:
    source = tmp_path / "a.jsonl"
    source.write_text("".join(f'{{"id": "a{n}", "text": "Boat {n}."}}\n' for n in range(5)))
    whole = shell("preannotate", source).stdout.splitlines()
    shares = [shell("preannotate", source, "--shard", f"{n}/2").stdout.splitlines() for n in (1, 2)]
    assert [len(each) for each in shares] == [3, 2]
    assert sorted(shares[0] + shares[1]) == sorted(whole)
    for odd in ("3/2", "0/2", "1/0", "1/2/3", "-1/2", "1.5/3", "", "1/99999999999999999999"):
        assert "is no share" in shell("preannotate", source, "--shard", odd, code=2).output
    assert shell("preannotate", source, "--shard", "6/8").stdout == ""


def test_parked_articles_are_listed_and_let_go(bench: Shell) -> None:
    assert bench("parked", "--project", "coast").stdout == "Nothing is parked.\n"
    assert "0 articles will be tried again" in bench("parked", "--project", "coast", "--again").stdout


def test_preannotate_reads_under_the_limits_that_are_set(shell: Shell, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "many.zip", "w") as packed:
        for number in range(3):
            packed.writestr(f"{number}.txt", "A boat.")
    shell.environment["WORKBENCH_ZIP_ENTRIES"] = "2"
    said = shell("preannotate", "many.zip", "-o", "out.jsonl", code=1).stderr
    assert "many.zip holds too many files" in said
    (tmp_path / "large.jsonl").write_bytes(b'{"text": "A boat.", "x": "' + b"x" * 60_000_000 + b'"}')
    shell.environment["WORKBENCH_READ_MEMORY"] = "180000000"
    said = shell("preannotate", "large.jsonl", "-o", "out.jsonl", code=1).stderr
    assert "took more than 180 MB of memory (WORKBENCH_READ_MEMORY)" in said
