"""Conflicts that a program has settled by a strategy: looked at, done, taken back."""

import pytest

from tests.api.calling import Program
from tests.builders import Coast
from tests.teams import crew, read, with_rules

MERGES = "/projects/coast/adjudication/merges"


@pytest.fixture(autouse=True)
def three_readings(coast: Coast) -> None:
    with_rules(coast, readers=3)
    [third] = crew(coast, 1)
    for who, wish in ((coast.mia, {"e1": None}), (coast.noor, {}), (third, {})):
        read(coast, who, wish)


def test_a_merge_is_a_preview_unless_it_is_asked_for_and_is_taken_back_in_one_step(lena: Program) -> None:
    wish = {"strategy": "unanimous"}
    look = lena.post(MERGES, wish).json
    assert ([row["settles"] for row in look["items"]], look["txn"]) == ([1], None)
    assert lena.get("/projects/coast/export").data == b""
    done = lena.post(MERGES, wish | {"preview": False}).json
    assert done["items"] == look["items"]
    assert len(lena.get("/projects/coast/export").data.splitlines()) == 1
    assert lena.post(f"{MERGES}/{done['txn']}/undo", {}).json == {"articles": 1}
    assert lena.post(MERGES, wish).json == look


def test_merging_is_for_leads_and_knows_its_strategies(lena: Program, mia: Program) -> None:
    assert mia.post(MERGES, {"strategy": "majority"}).status_code == 403
    assert lena.post(MERGES, {"strategy": "guess"}).status_code == 422
