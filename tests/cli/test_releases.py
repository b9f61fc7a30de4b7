"""Releases from the command line, and the reader that consumers are promised."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders import HARBOUR, article, commitment, entity
from tests.cli.conftest import Shell
from workbench.formats import gold

ROOT = Path(__file__).parents[2]
NOTED = article(HARBOUR + "Later.", entity(HARBOUR, "France"), commitment(HARBOUR, "offered two frigates"), id="h")


@pytest.fixture
def released(bench: Shell, tmp_path: Path) -> Shell:
    """The coast with one gold article and a release of it."""
    row = gold.record(NOTED) | {"review": {"state": "gold"}}
    (tmp_path / "in.jsonl").write_text(json.dumps(row))
    bench("import", tmp_path / "in.jsonl", "-p", "coast")
    said = bench("release", "create", "1.0", "-p", "coast", "--licence", "CC0-1.0").stdout
    assert said.startswith("1.0: 1 article, manifest ")
    return bench


def test_a_release_is_listed_and_shown(released: Shell) -> None:
    assert re.search(
        r"^1\.0 +\d{4}-\d\d-\d\d \d\d:\d\d +1 +[0-9a-f]{12}$", released("release", "list", "-p", "coast").stdout, re.M
    )
    assert json.loads(released("release", "show", "1.0", "-p", "coast").stdout)["release"] == "1.0"
    assert "\nh\tCC0-1.0\n" in released("release", "show", "1.0", "-p", "coast", "--file", "LICENCES").stdout
    assert "there is 1.0" in released("release", "show", "2", "-p", "coast", code=1).stderr
    assert "there is no file" in released("release", "show", "1.0", "-p", "coast", "--file", "x", code=1).stderr.lower()


def test_a_release_goes_out_and_is_verified(released: Shell, tmp_path: Path) -> None:
    out = tmp_path / "coast.zip"
    released("release", "export", "1.0", "-p", "coast", "-o", out)
    first = out.read_bytes()
    released("release", "export", "1.0", "-p", "coast", "-o", out)
    assert out.read_bytes() == first
    for words in (["1.0", "-p", "coast"], [out], [out, "-p", "coast"]):
        assert "is what was released" in released("release", "verify", *words).stdout
    out.write_bytes(first.replace(b"two frigates", b"ten frigates"))
    said = released("release", "verify", out, code=1).stdout
    assert "gold.jsonl was changed" in said
    assert "is NOT what was released" in said
    assert "add --project" in released("release", "verify", "nothing", code=1).stderr


def test_two_releases_are_compared_in_three_shapes(released: Shell, tmp_path: Path) -> None:
    changed = article("Spain sent a ferry.", entity("Spain sent a ferry.", "Spain"), id="s")
    (tmp_path / "more.jsonl").write_text(json.dumps(gold.record(changed) | {"review": {"state": "gold"}}))
    released("import", tmp_path / "more.jsonl", "-p", "coast")
    released("release", "create", "1.1", "-p", "coast", "--split", "none")
    said = released("release", "diff", "1.0", "1.1", "-p", "coast").stdout
    assert "article: 1 added, 0 removed, 1 changed" in said
    told = json.loads(released("release", "diff", "1.0", "1.1", "-p", "coast", "--as", "json").stdout)
    assert [(each["article"], each["what"]) for each in told["changes"]] == [("h", "changed"), ("s", "added")]
    assert told["changes"][0]["slots"]["split"] == ["train", None]
    page = released("release", "diff", "1.0", "1.1", "-p", "coast", "--as", "html").stdout
    assert page.startswith("<!doctype html>")


def test_only_what_is_new_goes_out(released: Shell) -> None:
    assert released("export", "-p", "coast", "--since", "1.0", "-o", "-").stdout == ""
    assert released("export", "-p", "coast", "--since", "2020-01-01", "-o", "-").stdout.count("\n") == 1
    assert "a time such as" in released("export", "-p", "coast", "--since", "x", "-o", "-", code=1).stderr
    assert "next time: --since @1" in released("export", "-p", "coast", "--since", "@0", "-o", "-").stderr
    assert released("export", "-p", "coast", "--since", "@1", "-o", "-").stdout == ""


def test_texts_stay_at_home_and_come_back(released: Shell, tmp_path: Path) -> None:
    out = tmp_path / "bare"
    released("release", "export", "1.0", "-p", "coast", "-o", out, "--no-text")
    released("release", "export", "1.0", "-p", "coast", "-o", tmp_path / "full")
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "other.txt").write_text("Another article.")
    said = released("rejoin", out / "gold.jsonl", "--texts", texts, "-o", tmp_path / "back.jsonl", code=1).stderr
    assert "1 of 1 records are not there, so nothing was written: h." in said
    assert not (tmp_path / "back.jsonl").exists()
    (texts / "harbour.txt").write_text(NOTED.text, newline="")
    released("rejoin", out / "gold.jsonl", "--texts", texts, "-o", tmp_path / "back.jsonl")
    assert (tmp_path / "back.jsonl").read_bytes() == (tmp_path / "full" / "gold.jsonl").read_bytes()
    assert "line 1: " in released("rejoin", tmp_path / "back.jsonl", "--texts", texts, code=1).stderr


def test_a_release_is_withdrawn_with_a_reason(released: Shell, tmp_path: Path) -> None:
    released("release", "withdraw", "1.0", "-p", "coast", code=2)
    released("release", "withdraw", "1.0", "-p", "coast", "--why", "Wrong dates.")
    assert "Wrong dates." in released("release", "list", "-p", "coast").stdout
    said = released("release", "export", "1.0", "-p", "coast", "-o", tmp_path / "out").stderr
    assert "withdrawn" in said
    for what in ("1.0", tmp_path / "out"):
        told = released("release", "verify", what, "-p", "coast")
        assert "is what was released" in told.stdout
        assert re.search(r"this release is withdrawn \d{4}-\d\d-\d\d: Wrong dates\.", told.stderr)


def test_the_words_of_people_go_round(released: Shell, tmp_path: Path) -> None:
    path = tmp_path / "words.md"
    path.write_text("## Motivation\n\nFor a thesis.\n\n## Uses\n\nNone yet.\n")
    said = released("release", "words", "-p", "coast", "--from", path).stdout
    assert "still empty: Composition, Collection process" in said
    assert "## Motivation\n\nFor a thesis.\n\n## Composition" in released("release", "words", "-p", "coast").stdout
    path.write_text("## Purpose\n\nx")
    assert "“Purpose” is no section" in released("release", "words", "-p", "coast", "--from", path, code=1).stderr


def test_the_reader_of_the_contract_works_as_printed(released: Shell, tmp_path: Path) -> None:
    released("release", "export", "1.0", "-p", "coast", "-o", tmp_path / "out")
    snippets = re.findall(r"```python\n(.*?)```", (ROOT / "exports" / "README.md").read_text("utf-8"), re.DOTALL)
    reader = next(each for each in snippets if "from workbench.formats import gold" in each)
    assert len(reader.strip().splitlines()) <= 6
    command = [sys.executable, "-c", reader]
    done = subprocess.run(command, cwd=tmp_path / "out", capture_output=True, text=True, check=True)
    assert done.stdout == "None ['France']\n"
    plain = next(each for each in snippets if "import json" in each)
    subprocess.run([sys.executable, "-c", plain], cwd=tmp_path / "out", check=True)


def test_an_export_brings_what_its_tool_must_be_told(released: Shell, tmp_path: Path) -> None:
    released("export", "-p", "coast", "--format", "label_studio", "-o", "-", "--setup", tmp_path / "labels.xml")
    assert 'value="GPE"' in (tmp_path / "labels.xml").read_text()
    said = released("export", "-p", "coast", "-o", "-", "--setup", tmp_path / "x", code=1).stderr
    assert "docbin and label_studio" in said
