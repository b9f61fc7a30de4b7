"""The desk over HTTP: what it is given, what it may send, and what comes back."""

import io
import json
from typing import Any

import msgspec
import pytest
from sqlalchemy import event

from tests.builders import HARBOUR, NOW, Coast, decision, entity, project, take_texts
from tests.web.browsing import Browser
from tests.web.conftest import Seat
from workbench.core import desk
from workbench.core.text import TOKENISER, digest
from workbench.services import people, projects
from workbench.web import sent


def test_the_desk_carries_the_text_before_any_script_runs(mia: Browser) -> None:
    page = mia.get("/projects/coast/next", follow_redirects=True)
    assert page.status_code == 200
    assert "offered two frigates to the harbour watch" in page.text


def test_the_desk_data_decides_finishes_and_leads_on(mia: Browser, coast: Coast) -> None:
    path = mia.get("/projects/coast/next").location
    mia.get(path)
    data = mia.get(f"{path}/data").json
    assert data is not None
    kept = mia.get(data["urls"]["article"]).json
    assert kept is not None
    assert (kept["article"]["text_sha256"], kept["article"]["tokeniser"]) == (digest(HARBOUR), TOKENISER)
    assert [each["status"] for each in kept["proposals"]] == ["suggested"] * 4
    unfinished = mia.send(data["urls"]["finish"], {})
    assert unfinished.status_code == 422
    assert unfinished.json is not None
    assert len(unfinished.json["undecided"]) == 4
    head = ("kind", "id", "version")
    sent = [
        {
            "key": f"k-{n}", "txn": "t", "at": "2026-03-02T09:00:00Z", "act": "accept", "kind": each["kind"],
            "id": each["id"], "expect": each["version"],
            "after": {name: value for name, value in each.items() if name not in head} | {"status": "accepted"},
        }
        for n, each in enumerate(kept["proposals"])
    ]  # fmt: skip
    about = {"text_sha256": digest(HARBOUR), "tokeniser": TOKENISER}
    answer = mia.send(data["urls"]["decisions"], about | {"decisions": sent})
    assert answer.json is not None
    assert [each["verdict"] for each in answer.json["verdicts"]] == ["applied"] * 4
    done = mia.send(data["urls"]["finish"], {})
    assert done.json is not None
    assert done.json["gold"] is True
    assert done.json["next"].startswith("/projects/coast/items/")
    assert coast.seen_by(coast.mia).role == "reviewer"


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b'{"decisions": 3}', b"\xff\xfe", b'{"decisions": [{}]}', b"[" * 100_000,
     json.dumps({"text_sha256": "x", "tokeniser": "wb1", "decisions": [], "more": 1}).encode()],
)  # fmt: skip
def test_what_is_no_decision_is_refused_and_breaks_nothing(mia: Browser, body: bytes) -> None:
    path = mia.get("/projects/coast/next").location
    mia.get(path)
    headers = {"X-CSRFToken": mia.token, "Content-Type": "application/json"}
    answer = mia.client.post(f"{path}/decisions", data=body, headers=headers)
    assert answer.status_code == 422
    assert answer.mimetype == "application/problem+json"


def test_decisions_of_somebody_else_are_not_taken(mia: Browser, seat: Seat, coast: Coast) -> None:
    path = mia.get("/projects/coast/next").location
    mia.get(path)
    noor = seat(coast.noor)
    noor.get(path)
    toks = desk.pieces(HARBOUR)
    sent = msgspec.to_builtins(decision(entity(HARBOUR, "France"), "rejected", toks))
    body = {"text_sha256": digest(HARBOUR), "tokeniser": TOKENISER, "decisions": [sent]}
    assert noor.get(path).status_code == 403
    assert noor.send(f"{path}/decisions", body).status_code == 404


@pytest.mark.parametrize(
    ("place", "about", "status", "why"),
    [
        ("decisions", {"text_sha256": digest(HARBOUR), "tokeniser": TOKENISER, "decisions": []}, 401, "no longer"),
        (
            "waivers",
            {"key": "e1", "finding": "odd", "reason": "It is right."},
            403,
            "changed while this was on its way",
        ),
    ],
)
def test_what_arrives_when_its_sender_has_another_role_is_not_kept(
    mia: Browser, coast: Coast, place: str, about: dict[str, Any], status: int, why: str
) -> None:
    path = mia.get("/projects/coast/next").location
    mia.get(path)
    headers = {"X-CSRFToken": mia.token, "Content-Type": "application/json"}

    class OnItsWay(io.BytesIO):
        """A request whose body arrives after Lena has made Mia a viewer."""

        def readinto(self, buffer: Any) -> int:
            with coast.database.writing() as session:
                people.set_role(session, coast.project.id, coast.mia.id, "viewer", by=coast.lena, now=NOW)
            return super().readinto(buffer)

    body = json.dumps(about).encode()
    answer = mia.client.post(f"{path}/{place}", input_stream=OnItsWay(body), content_length=len(body), headers=headers)
    assert answer.status_code == status
    assert why in answer.text


def test_actors_are_found_by_how_they_begin(mia: Browser) -> None:
    found = mia.get("/projects/coast/actors/search?q=fran").json
    assert found is not None
    assert "state:FRA" in {each["id"] for each in found["actors"]}


def test_a_desk_on_which_somebody_reads_says_so_and_is_told_whether_the_article_is_still_theirs(
    mia: Browser, seat: Seat, coast: Coast
) -> None:
    item = mia.get("/projects/coast/next").location
    mia.get(item)
    data = mia.get(f"{item}/data").json
    assert data["beat"] == 600
    assert mia.send(data["urls"]["stay"], {}).json == {"held": True}
    assert seat(coast.noor).send(data["urls"]["stay"], {}).json == {"held": False}


def test_more_than_can_be_decided_at_once_is_not_read(mia: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    path = mia.get("/projects/coast/next").location
    mia.get(path)
    monkeypatch.setattr(sent, "_LONGEST", 1_000)
    answer = mia.send(f"{path}/decisions", {"decisions": "x" * 1_000})
    assert answer.status_code == 422
    assert "at most" in answer.text


def test_a_save_asks_the_database_seven_questions_and_no_more(mia: Browser, coast: Coast) -> None:
    path = mia.get("/projects/coast/next").location
    mia.get(path)
    kept = mia.get(mia.get(f"{path}/data").json["urls"]["article"]).json  # type: ignore[index]
    head = ("kind", "id", "version")
    sent = [
        {
            "key": f"k-{each['id']}", "txn": "t", "at": "2026-03-02T09:00:00Z", "act": "accept", "kind": each["kind"],
            "id": each["id"], "expect": each["version"],
            "after": {name: value for name, value in each.items() if name not in head} | {"status": "accepted"},
        }
        for each in kept["proposals"]  # type: ignore[index]
    ]  # fmt: skip
    about = {"text_sha256": digest(HARBOUR), "tokeniser": TOKENISER}
    asked: list[str] = []
    event.listen(coast.database.engine, "before_cursor_execute", lambda _c, _k, said, *_: asked.append(said))
    token = mia.token
    for each in sent[:2]:
        asked.clear()
        body = about | {"decisions": [each]}
        answer = mia.client.post(f"{path}/decisions", json=body, headers={"X-CSRFToken": token})
    assert answer.json is not None
    assert [each["verdict"] for each in answer.json["verdicts"]] == ["applied"]
    assert len([said for said in asked if not said.startswith("BEGIN")]) == 7


def test_the_same_text_in_two_projects_comes_with_the_scheme_of_each(seat: Seat, coast: Coast) -> None:
    made = [project(coast.database, coast.lena, title.lower(), title) for title in ("Reef", "Bay")]
    for each in made:
        take_texts(coast.database, each)
        with coast.database.writing() as session:
            people.set_role(session, each.id, coast.otto.id, "viewer", by=coast.lena, now=NOW)
            found = projects.find(session, each.slug, by=coast.lena, act="read")
            source = projects.scheme_source(session, found).replace("Country or city", f"Place of {each.title}")
            projects.change_scheme(session, found, source, seen=1, force=True, by=coast.lena, now=NOW)
    otto = seat(coast.otto)
    for first, each in zip((4, 7), made, strict=True):
        data = otto.get(f"/projects/{each.slug}/items/{first}/data").json
        assert data is not None
        assert f"Place of {each.title}" in otto.get(data["urls"]["article"]).text
