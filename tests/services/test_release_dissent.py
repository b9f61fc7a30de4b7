"""What is kept of those who read an article otherwise."""

import json
from pathlib import Path

import pytest

from tests.builders import Coast, person
from tests.releasing import make
from tests.services.test_adjudication import case_of, disputed, finished, ruled
from tests.teams import read, with_rules
from workbench.core.release import Wishes
from workbench.formats import gold
from workbench.services import release_files
from workbench.services.release_checks import exported
from workbench.services.release_files import Wanted


@pytest.fixture
def out(coast: Coast, tmp_path: Path) -> Path:
    """A release, with layers, of an article that two people read alike."""
    with_rules(coast, readers=2)
    read(coast, coast.mia)
    read(coast, coast.noor)
    made = make(coast, wishes=Wishes(layers=True))
    with coast.database.reading() as session:
        release_files.write_folder(session, made, tmp_path / "out", Wanted(layers=True))
    return tmp_path / "out"


def test_each_reviewers_own_reading_is_in_the_record(coast: Coast, out: Path) -> None:
    [line] = (out / "gold.jsonl").read_bytes().splitlines()
    record = gold.loads(line)
    assert record.layers is not None
    assert [layer.author for layer in record.layers] == [f"r{coast.mia.id}", f"r{coast.noor.id}"]
    assert all(layer.entities for layer in record.layers)
    assert gold.dumps(record) == line


def test_votes_tell_how_the_reviewers_divided(coast: Coast, out: Path) -> None:
    [votes] = map(json.loads, (out / "votes.jsonl").read_text().splitlines())
    assert votes["reviewers"] == [f"r{coast.mia.id}", f"r{coast.noor.id}"]
    assert {(each["for"], each["of"]) for each in votes["entities"]} == {(2, 2)}
    assert votes["commitments"][0]["status"] == {"offered": 2}


def test_votes_of_three_who_differ_are_those_that_a_hand_counts_with_the_adjudicators_reason(
    coast: Coast, tmp_path: Path
) -> None:
    ada = person(coast.database, "Ada", "adjudicator", coast.project)
    key = disputed(coast, {"e1": {"label": "ORG"}}, {"e1": None}, {})
    case = case_of(coast, key, ada)
    ruled(
        coast,
        key,
        0,
        next(n for n, each in enumerate(case.found.cards[0].readings) if each),
        ada,
        reason="The guidelines say so",
    )
    finished(coast, key, ada)
    made = make(coast, wishes=Wishes(layers=True))
    with coast.database.reading() as session:
        release_files.write_folder(session, made, tmp_path / "out", Wanted(layers=True))
    [votes] = map(json.loads, (tmp_path / "out" / "votes.jsonl").read_text().splitlines())
    first, second = votes["entities"]
    assert (first["for"], first["of"], first["label"], first["reason"]) == (
        2,
        3,
        {"GPE": 1, "ORG": 1},
        "The guidelines say so",
    )
    assert (second["for"], "reason" in second) == (3, False)


def test_votes_are_part_of_what_was_released(out: Path) -> None:
    assert exported(out).problems == ()
    path = out / "votes.jsonl"
    path.write_text(path.read_text().replace('"for":2', '"for":1', 1))
    assert exported(out).problems[0].startswith("votes.jsonl was changed")
