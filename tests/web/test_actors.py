"""The page of a project's actors."""

import pytest

from tests.builders import Coast
from tests.teams import read
from tests.web.browsing import Browser
from workbench.services import actors


def test_actors_are_listed_and_found_by_how_they_begin(mia: Browser) -> None:
    assert "state:FRA" in mia.get("/projects/coast/actors?find=fran").text
    assert "Nobody found" in mia.get("/projects/coast/actors?find=zzzz").text
    assert "added nobody" in mia.get("/projects/coast/actors?own=on").text


def test_a_lead_adds_an_actor_and_names_and_reviewers_do_not(lena: Browser, mia: Browser) -> None:
    new = {"name": "Lake Pact", "kind": "alliance", "aliases": "the Pact\nLake Chad Pact"}
    lena.post("/projects/coast/actors", new)
    lena.post("/projects/coast/actors", {"name": "France", "aliases": "Marianne"})
    page = lena.get("/projects/coast/actors?own=on").text
    assert "org:lake-pact" in page
    assert "Marianne" in page
    assert mia.post("/projects/coast/actors", new).status_code == 403
    assert "Add an actor" not in mia.get("/projects/coast/actors").text


def test_a_name_that_is_taken_is_said_beside_the_field(lena: Browser) -> None:
    answer = lena.post("/projects/coast/actors", {"name": "France", "kind": "group"})
    assert answer.status_code == 422
    assert "France is in the registry already" in answer.text


@pytest.mark.parametrize("kind", ["", "ship"])
def test_an_actor_of_no_kind_is_refused_with_the_kinds_there_are(lena: Browser, kind: str) -> None:
    answer = lena.post("/projects/coast/actors", {"name": "Lake Pact", "kind": kind})
    assert answer.status_code == 422
    assert "Choose a kind for the actor: region, organisation" in answer.text


def test_lines_that_cannot_be_used_stay_in_the_field_with_their_number(lena: Browser, coast: Coast) -> None:
    answer = lena.post("/projects/coast/actors/lines", {"seen": "0", "body": '{"id": "state:ZZZ"}'})
    assert answer.status_code == 422
    assert "line 1" in answer.text
    assert "state:ZZZ" in answer.text


def test_who_speaks_for_nobody_known_is_refused(lena: Browser) -> None:
    answer = lena.post("/projects/coast/actors", {"name": "Lena Orr", "kind": "person", "principal": "Atlantis"})
    assert answer.status_code == 422
    assert "no actor “Atlantis”" in answer.text


def test_the_page_says_how_many_links_names_are_learned_from(
    lena: Browser, coast: Coast, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = coast.placed(coast.next(coast.mia), coast.mia)[0].item
    read(coast, coast.mia, {first.id: {"actor": "Kiribati", "actor_id": "state:KIR"}})
    monkeypatch.setattr(actors, "MOST_LINKS", 1234)
    assert "the newest 1,234 links" in lena.get("/projects/coast/actors").text
