"""Several suggesters from the command line."""

import json
from pathlib import Path

import pytest

from tests.builders import HARBOUR
from tests.cli.conftest import Shell


@pytest.fixture
def two(bench: Shell, tmp_path: Path) -> Shell:
    """A bench on which another tool's suggestions lie beside the first."""
    path = tmp_path / "doccano.jsonl"
    path.write_text(json.dumps({"text": HARBOUR, "label": [[0, 6, "NORP"]]}) + "\n")
    bench("import", path, "-p", "coast", "--as-suggestions", "mymodel@3")
    return bench


def test_suggesters_are_listed_and_one_is_chosen(two: Shell) -> None:
    said = two("suggesters", "-p", "coast").stdout
    assert "mymodel@3  1         1" in said
    assert "start from the newest" in said
    assert "drafts start here" in two("suggesters", "-p", "coast", "--start", "finder@1").stdout
    assert "start from the newest" in two("suggesters", "-p", "coast", "--start-newest").stdout
    assert "no suggester “x@1”" in two("suggesters", "-p", "coast", "--start", "x@1", code=1).output


def test_two_are_compared(two: Shell) -> None:
    said = two("compare", "finder@1", "mymodel@3", "-p", "coast").stdout
    assert said.startswith("1 article read by both; 2 only by finder@1, 0 only by mymodel@3.")
    assert "entity, other label: 1" in said
    assert "GPE “France” | NORP “France”" in said


def test_a_merge_is_previewed_and_then_done(two: Shell) -> None:
    merge = ("combine", "finder@1", "mymodel@3", "-p", "coast", "--rule", "prefer", "--as", "both@1")
    said = two(*merge, code=1).output
    assert "both@1 would have 4 proposals on 1 article, and as it is on 2 more." in said
    assert "both@1" not in two("suggesters", "-p", "coast").stdout
    assert two(*merge, "--yes").stdout == "both@1 has new layers over 3 articles.\n"
    assert "both@1     3" in two("suggesters", "-p", "coast").stdout
