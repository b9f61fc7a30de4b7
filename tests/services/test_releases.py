"""What goes out keeps the contract: valid, sorted, the same bytes for the same work."""

import io
import json

import pytest
from jsonschema import Draft202012Validator

from tests.builders import COUNTRIES, TEXTS, Coast
from workbench.core.errors import Invalid
from workbench.formats import WRITERS, gold
from workbench.services import releases
from workbench.settings import resource_root

CONTRACT = Draft202012Validator(json.loads((resource_root() / "exports" / "gold.schema.json").read_text()))


@pytest.fixture
def settled(coast: Coast) -> Coast:
    """Two articles finished, one still open."""
    for who in (coast.noor, coast.mia):
        item = coast.next(who)
        coast.accept_all(item, who)
        coast.finish(item, who)
    coast.next(coast.mia)
    return coast


def written(coast: Coast, state: str, fmt: str = "gold", **options: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with coast.database.reading() as session:
        WRITERS[fmt].write(releases.records(session, coast.project, state, **options), out)
    return out.getvalue()


def rows(content: bytes) -> list[dict]:
    return [json.loads(line) for line in content.split(b"\n") if line]


@pytest.mark.parametrize(("state", "count"), [("gold", 2), ("reviewed", 2), ("suggested", 3)])
def test_every_record_keeps_the_published_contract(settled: Coast, state: str, count: int) -> None:
    found = rows(written(settled, state))
    assert len(found) == count
    for row in found:
        assert not list(CONTRACT.iter_errors(row))
        spans = [*row["entities"], *(each["evidence"] for each in row["stances"] + row["commitments"])]
        assert spans
        assert all(row["text"][each["start"] : each["end"]] == each["text"] for each in spans)


def test_records_come_in_the_order_of_their_ids_and_objects_in_that_of_the_text(settled: Coast) -> None:
    found = rows(written(settled, "suggested"))
    assert [row["id"] for row in found] == sorted(row["id"] for row in found)
    for row in found:
        starts = [each["start"] for each in row["entities"]]
        assert starts == sorted(starts)


@pytest.mark.parametrize("fmt", sorted(WRITERS))
def test_the_same_work_gives_the_same_bytes(settled: Coast, fmt: str) -> None:
    first = written(settled, "gold", fmt)
    assert first
    assert written(settled, "gold", fmt) == first


def test_reviewers_are_pseudonyms_unless_names_are_asked_for(settled: Coast) -> None:
    assert {each for row in rows(written(settled, "gold")) for each in row["review"]["reviewers"]} == {"r2", "r3"}
    with settled.database.reading() as session:
        names = releases.names(session, settled.project)
    real = rows(written(settled, "gold", names=names))
    assert {each for row in real for each in row["review"]["reviewers"]} == {"Mia", "Noor"}


def test_reviewed_takes_gold_where_there_is_gold(settled: Coast) -> None:
    assert {row["review"]["state"] for row in rows(written(settled, "reviewed"))} == {"gold"}


def test_a_state_that_does_not_exist_is_refused_with_those_that_do(coast: Coast) -> None:
    with pytest.raises(Invalid, match="gold, reviewed, suggested"):
        written(coast, "golden")


def test_nothing_done_is_an_empty_file(coast: Coast) -> None:
    assert written(coast, "gold") == b""


def test_counts_agree_with_what_is_written(settled: Coast) -> None:
    with settled.database.reading() as session:
        assert [releases.count(session, settled.project, state) for state in releases.STATES] == [2, 2, 3]


def test_what_is_written_reads_back_whole(settled: Coast) -> None:
    records = [gold.loads(line) for line in written(settled, "suggested").splitlines()]
    assert {record.text for record in records} == set(TEXTS)
    assert {each.actor for record in records for each in record.layer.entities} == set(COUNTRIES)
