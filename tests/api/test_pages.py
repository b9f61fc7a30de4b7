"""Lists page by page: each row once and in the same order, however short the pages are and whatever comes meanwhile."""

import pytest

from tests.api.calling import Program
from tests.builders import NOW, Coast, opened, person, project, take
from workbench.services import jobs, talk
from workbench.store import releases

COUNTED = {"manifest_sha256": "", "seed": "", "articles": 0, "person_id": None, "at": NOW}
LISTS = {
    "/people": "id", "/projects": "slug", "/projects/coast/team": "id", "/projects/coast/releases": "name",
    "/projects/coast/jobs": "id", "/projects/coast/imports": "id", "/projects/coast/threads": "id",
    "/projects/coast/articles": "key", "/projects/coast/items": "id",
}  # fmt: skip


@pytest.fixture
def full(coast: Coast) -> Coast:
    """The coast with three more of everything."""
    item = coast.next(coast.mia)
    for number in range(3):
        person(coast.database, f"Émile {number}", "viewer", coast.project)
        project(coast.database, coast.lena, f"more-{number}", "Coast")
        take(coast.database, coast.project, opened("more.txt", f"More of it, {number}."))
        with coast.database.writing() as session:
            key = f"question-{number}"
            lead = coast.seen_by(coast.lena)
            talk.begin(
                session, coast.seen_by(coast.mia), item, key=key, kind="question", span=None, body="Is this one?",
                by=coast.mia, now=NOW,
            )  # fmt: skip
            releases.add(session, coast.project.id, COUNTED | {"name": f"r{number}"}, {"manifest.json": b"{}"})
            jobs.ask(session, lead, "import", {}, by=coast.lena, now=NOW)
    return coast


def walked(program: Program, path: str, limit: int, **query: str) -> list[dict[str, object]]:
    """Return what all pages of a list tell."""
    found, onward = list[dict[str, object]](), None
    while True:
        answer = program.get(path, query_string=query | {"limit": limit} | ({"after": onward} if onward else {}))
        assert answer.status_code == 200, answer.text
        assert len(answer.json["items"]) <= limit
        found += answer.json["items"]
        onward = answer.json["next"]
        if onward is None:
            return found


@pytest.mark.parametrize("path", LISTS)
def test_every_row_of_a_list_is_told_once(full: Coast, root: Program, path: str) -> None:
    whole = root.get(path).json
    assert len(whole["items"]) >= 3
    assert whole["next"] is None
    assert walked(root, path, 1) == walked(root, path, 2) == whole["items"]
    names = [row[LISTS[path]] for row in whole["items"]]
    assert len(set(names)) == len(names)


def test_who_comes_meanwhile_moves_nobody(full: Coast, root: Program) -> None:
    whole = root.get("/people").json["items"]
    first = root.get("/people?limit=2").json
    person(full.database, "Aaron")
    rest = root.get("/people", query_string={"after": first["next"]}).json["items"]
    assert first["items"] + rest == whole


def test_projects_and_people_are_found_by_words_in_their_names(full: Coast, root: Program) -> None:
    assert [row["name"] for row in root.get("/people", query_string={"find": "ÉMILE 1"}).json["items"]] == ["Émile 1"]
    assert [row["name"] for row in root.get("/projects/coast/team?find=oo").json["items"]] == ["Noor"]
    assert len(root.get("/projects?find=oas").json["items"]) == 4


def test_all_words_of_a_long_thread_can_be_read(full: Coast, lena: Program) -> None:
    [thread, *_] = lena.get("/projects/coast/threads").json["items"]
    for number in range(70):
        with full.database.writing() as session:
            talk.answer(
                session, full.seen_by(full.mia), thread["id"], key=f"answer-{number}", body=f"Word {number}",
                by=full.mia, now=NOW,
            )  # fmt: skip
    told, before, pages = set[str](), None, 0
    while before or not pages:
        page = lena.get(f"/projects/coast/threads/{thread['id']}", query_string={"before": before} if before else {})
        assert page.json["posts"][0]["body"] == "Is this one?"
        told |= {post["body"] for post in page.json["posts"]}
        before, pages = page.json["earlier"], pages + 1
        assert len(page.json["posts"]) <= talk.NEWEST + 1
    assert (told, pages) == ({"Is this one?", *(f"Word {number}" for number in range(70))}, 3)


def test_more_than_two_hundred_questions_are_all_within_reach(full: Coast, lena: Program) -> None:
    with full.database.writing() as session:
        for number in range(210):
            talk.begin(
                session, full.seen_by(full.mia), 1, key=f"asked-{number:04}", kind="comment", span=None, body="Look.",
                by=full.mia, now=NOW,
            )  # fmt: skip
    assert len(walked(lena, "/projects/coast/threads", 200, open="false")) == 213
    beside = lena.get("/projects/coast/items/1/threads").json["items"]
    assert len(beside) == talk.ON_ARTICLE
    assert beside[-1]["id"] == max(row["id"] for row in beside), "the newest are there"
