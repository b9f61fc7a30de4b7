"""A project's actors on the command line."""

from pathlib import Path

from tests.cli.conftest import Shell

PACT = '{"id": "org:lake", "name": "Lake Pact", "kind": "alliance"}'
CHAD = '{"id": "state:TCD", "aliases": ["Tschad"]}'


def test_own_actors_are_added_listed_and_taken_out(bench: Shell, tmp_path: Path) -> None:
    own = tmp_path / "own.jsonl"
    own.write_text(f"{PACT}\n{CHAD}\n")
    assert "2 lines kept" in bench("actors", "add", own, "-p", "coast").output
    listed = bench("actors", "list", "-p", "coast", "--own").output
    assert "org:lake" in listed
    assert "Tschad" in listed
    assert bench("actors", "export", "--own", "-p", "coast").stdout == own.read_text()
    assert '"org:lake"' in bench("actors", "export", "-p", "coast").stdout


def test_a_file_that_cannot_be_used_says_where_and_changes_nothing(bench: Shell, tmp_path: Path) -> None:
    own = tmp_path / "own.jsonl"
    own.write_text(f'{PACT}\n{{"id": "state:ZZZ", "aliases": ["Nowhere"]}}\n')
    assert "line 2: No actor has the id" in bench("actors", "add", own, "-p", "coast", code=1).output
    assert bench("actors", "export", "--own", "-p", "coast").stdout == ""


def test_nothing_is_taught_before_anybody_has_linked(bench: Shell) -> None:
    assert bench("actors", "taught", "-p", "coast").stdout.strip() == ""
