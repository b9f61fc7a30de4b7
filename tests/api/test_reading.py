"""What programs read: lists, articles, the desk, figures, exports."""

import io
import json

import pytest

from tests.api.calling import Program
from tests.builders import Coast
from workbench.formats import gold


def test_a_program_learns_who_it_acts_for(mia: Program) -> None:
    told = mia.get("/account").json
    assert told and (told["name"], told["admin"]) == ("Mia", False)
    assert told["scopes"] == ["export", "import", "manage", "read", "review"]


def test_lists_are_walked_by_their_cursors(mia: Program) -> None:
    keys, after = [], None
    while True:
        page = mia.get("/projects/coast/articles", query_string={"limit": 2} | ({"after": after} if after else {})).json
        assert page
        keys += [each["key"] for each in page["items"]]
        after = page["next"]
        if not after:
            break
    assert len(keys) == len(set(keys)) == 3


def test_a_cursor_that_is_none_is_refused(mia: Program) -> None:
    for cursor in ("x", "YWZ0ZXI6LTE", "😀", "YWZ0ZXI6OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5"):
        answer = mia.get("/projects/coast/articles", query_string={"after": cursor})
        assert (answer.status_code, answer.json["code"]) == (422, "invalid"), cursor


def test_an_article_comes_as_a_record_that_reads_back(mia: Program) -> None:
    key = mia.get("/projects/coast/articles").json["items"][0]["key"]
    answer = mia.get(f"/projects/coast/articles/{key}")
    document = gold.document(answer.json)
    assert document.id == key and document.layer.entities


def test_what_has_not_changed_is_not_sent_again(mia: Program) -> None:
    path = "/projects/coast/articles"
    first = mia.get(path)
    again = mia.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert first.headers["Cache-Control"] == "private, no-cache"


def test_the_board_and_the_agreement_come_as_figures(lena: Program) -> None:
    board = lena.get("/projects/coast/board").json
    assert board["articles"] == 3
    assert lena.get("/projects/coast/agreement").status_code == 200


def test_an_export_streams_the_records_of_a_state(lena: Program) -> None:
    answer = lena.get("/projects/coast/export", query_string={"state": "suggested"})
    assert answer.mimetype == "application/jsonl"
    records = [json.loads(line) for line in answer.data.splitlines()]
    assert len(records) == 3
    assert next(gold.read(io.BytesIO(answer.data), "x")).id == records[0]["id"]  # type: ignore[union-attr]


def test_an_unknown_query_is_refused_and_named(mia: Program) -> None:
    answer = mia.get("/projects/coast/articles?find=x&colour=red")
    assert answer.status_code == 422
    assert answer.json["errors"] == [{"field": "query.colour", "why": "Extra inputs are not permitted"}]


def test_every_list_of_a_project_answers(lena: Program, coast: Coast) -> None:
    for path in (
        "scheme",
        "guidelines",
        "rules",
        "team",
        "jobs",
        "imports",
        "suggesters",
        "items",
        "threads",
        "adjudication",
        "releases",
    ):
        assert lena.get(f"/projects/coast/{path}").status_code == 200, path


@pytest.mark.parametrize("path", ["/projects", "/projects/coast", "/projects/coast/guidelines"])
def test_reading_a_version_that_is_not_there_is_a_problem_and_tells_nothing_else(mia: Program, path: str) -> None:
    answer = mia.get(path, headers={"If-Match": '"another"'})
    assert (answer.status_code, answer.mimetype) == (412, "application/problem+json")
    assert answer.json["code"] == "unmatched"
    assert mia.get(path, headers={"If-Match": mia.get(path).headers["ETag"]}).status_code == 200
