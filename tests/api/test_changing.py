"""What programs change: the desk, projects, jobs; each once, and only from the version that they have seen."""

import json
from uuid import uuid4

from tests.api.calling import Program
from tests.api.conftest import Holding
from tests.builders import Coast

DESK = "/projects/coast/items"


def accepted(desk: dict, key: str | None = None) -> list[dict]:  # type: ignore[type-arg]
    at = "2026-03-02T09:00:00Z"
    return [
        {
            "key": key or str(uuid4()), "txn": str(uuid4()), "at": at, "act": "accept", "kind": each["kind"],
            "id": each["id"], "expect": each["version"],
            "after": {name: value for name, value in each.items() if name not in {"id", "kind", "version", "by"}}
            | {"status": "accepted"},
        }
        for each in desk["objects"]
    ]  # fmt: skip


def test_a_program_reviews_an_article_to_the_end(mia: Program, lena: Program) -> None:
    item = mia.post(f"{DESK}/next", {}).json["item"]
    desk = mia.post(f"{DESK}/{item}/lease", {}).json
    assert desk["mine"] and desk["objects"]
    parcel = {"text_sha256": desk["text_sha256"], "tokeniser": desk["tokeniser"], "decisions": accepted(desk)}
    told = mia.post(f"{DESK}/{item}/decisions", parcel)
    assert {each["verdict"] for each in told.json["verdicts"]} == {"applied"}, told.json
    again = mia.post(f"{DESK}/{item}/decisions", parcel)
    assert {each["verdict"] for each in again.json["verdicts"]} == {"duplicate"}
    assert mia.post(f"{DESK}/{item}/finish", {}).json["outcome"] == "gold"
    assert len(lena.get("/projects/coast/export").data.splitlines()) == 1
    first = lena.get("/projects/coast/export", query_string={"since": "@0"})
    assert len(first.data.splitlines()) == 1
    then = lena.get("/projects/coast/export", query_string={"since": first.headers["Workbench-Next"]})
    assert (then.data, then.headers["Workbench-Next"]) == (b"", first.headers["Workbench-Next"])


def test_one_bad_decision_stops_no_other(mia: Program) -> None:
    item = mia.post(f"{DESK}/next", {}).json["item"]
    desk = mia.get(f"{DESK}/{item}").json
    first, second, *_ = accepted(desk)
    first["expect"] = 7
    parcel = {"text_sha256": desk["text_sha256"], "tokeniser": desk["tokeniser"], "decisions": [first, second]}
    verdicts = mia.post(f"{DESK}/{item}/decisions", parcel).json["verdicts"]
    assert [each["verdict"] for each in verdicts] == ["conflict", "applied"]


def test_what_still_waits_is_named(mia: Program) -> None:
    item = mia.post(f"{DESK}/next", {}).json["item"]
    answer = mia.post(f"{DESK}/{item}/finish", {})
    assert (answer.status_code, answer.json["code"]) == (422, "unfinished")
    assert answer.json["undecided"]


def test_the_same_request_twice_is_carried_out_once(mia: Program) -> None:
    key = {"Idempotency-Key": str(uuid4())}
    item = mia.post(f"{DESK}/next", {}, headers=key).json["item"]
    first = mia.post(f"{DESK}/{item}/skip", {"reason": "a table"}, headers={"Idempotency-Key": "skip-1"})
    second = mia.post(f"{DESK}/{item}/skip", {"reason": "a table"}, headers={"Idempotency-Key": "skip-1"})
    assert (first.status_code, second.status_code, first.data) == (200, 200, second.data)
    assert "Idempotent-Replayed" not in first.headers
    assert second.headers["Idempotent-Replayed"] == "true"
    assert mia.post(f"{DESK}/next", {}, headers=key).json["item"] == item


def test_a_key_that_comes_with_another_request_is_refused(mia: Program) -> None:
    item = mia.post(f"{DESK}/next", {}).json["item"]
    key = {"Idempotency-Key": "one"}
    assert mia.post(f"{DESK}/{item}/skip", {"reason": "a table"}, headers=key).status_code == 200
    answer = mia.post(f"{DESK}/{item}/skip", {"reason": "a list"}, headers=key)
    assert (answer.status_code, answer.json["code"]) == (422, "key_reused")


def test_one_persons_keys_are_not_anothers(mia: Program, holding: Holding, coast: Coast) -> None:
    key = {"Idempotency-Key": "next"}
    noor = holding(coast.noor)
    assert mia.post(f"{DESK}/next", {}, headers=key).json != noor.post(f"{DESK}/next", {}, headers=key).json


def test_a_request_that_failed_may_be_sent_again_with_its_key(mia: Program) -> None:
    item, key = mia.post(f"{DESK}/next", {}).json["item"], {"Idempotency-Key": "finish"}
    assert mia.post(f"{DESK}/{item}/finish", {}, headers=key).status_code == 422
    desk = mia.get(f"{DESK}/{item}").json
    parcel = {"text_sha256": desk["text_sha256"], "tokeniser": desk["tokeniser"], "decisions": accepted(desk)}
    mia.post(f"{DESK}/{item}/decisions", parcel)
    assert mia.post(f"{DESK}/{item}/finish", {}, headers=key).status_code == 200


def test_a_change_names_the_version_that_it_was_made_from(lena: Program) -> None:
    path = "/projects/coast/guidelines"
    old = lena.get(path)
    assert lena.put(path, {"body": "# New"}).json["code"] == "unnamed"
    etag = {"If-Match": old.headers["ETag"]}
    assert lena.put(path, {"body": "# New"}, headers=etag).json == {"version": 2, "body": "# New"}
    answer = lena.put(path, {"body": "# Newer"}, headers=etag)
    assert (answer.status_code, answer.json["code"]) == (412, "unmatched")


def test_rules_and_scheme_are_changed_as_in_the_browser(lena: Program) -> None:
    rules = lena.get("/projects/coast/rules")
    told = lena.put("/projects/coast/rules", {"readers": 2}, headers={"If-Match": rules.headers["ETag"]})
    assert (told.json["readers"], told.json["version"]) == (2, 1)
    scheme = lena.get("/projects/coast/scheme")
    wish = {"scheme": scheme.json["scheme"]}
    told = lena.put("/projects/coast/scheme", wish, headers={"If-Match": scheme.headers["ETag"]})
    assert told.json == {"version": 2, "conflicts": []}


def test_jobs_are_asked_for_stopped_and_tried_again(lena: Program) -> None:
    job = lena.post("/projects/coast/suggestions").json["job"]
    path = f"/projects/coast/jobs/{job}"
    assert lena.get(path).json["state"] == "queued"
    assert lena.post(f"{path}/retry").json["code"] == "invalid"
    assert lena.post(f"{path}/cancel").json["state"] == "cancelled"
    assert lena.post(f"{path}/retry").json["state"] == "queued"


def test_an_admin_makes_projects_and_accounts(root: Program) -> None:
    assert root.post("/projects", {"title": "North Sea"}).json["slug"] == "north-sea"
    told = root.post("/people", {"name": "Kim"}).json
    assert told["invitation"].startswith("/invitation/")
    assert root.post("/projects/north-sea/team", {"name": "Kim", "role": "lead"}).json["invitation"] is None
    assert root.put(f"/people/{told['id']}/active", {"active": False}).json == {"ok": True}


def test_threads_begin_are_answered_and_closed(mia: Program, lena: Program) -> None:
    item = mia.post(f"{DESK}/next", {}).json["item"]
    wish = {"key": str(uuid4()), "kind": "question", "body": "Is this an offer?", "span": [0, 2]}
    thread = mia.post(f"{DESK}/{item}/threads", wish).json["id"]
    assert mia.post(f"{DESK}/{item}/threads", wish).json["id"] == thread
    posts = f"/projects/coast/threads/{thread}"
    assert lena.post(f"{posts}/posts", {"key": str(uuid4()), "body": "Yes."}).status_code == 200
    assert lena.put(f"{posts}/state", {"state": "closed"}).status_code == 200
    told = mia.get(f"{DESK}/{item}/threads").json["items"]
    assert [(each["state"], len(each["posts"])) for each in told] == [("closed", 2)]


def test_a_body_is_taken_strictly(mia: Program) -> None:
    for body, code in (
        (b"{", "http_400"), (b"[]", "misshapen"), (b"null", "misshapen"),
        (b'{"but": 1.5}', "misshapen"),
        (b'{"but": true}', "misshapen"), (b'{"but": "1"}', "misshapen"), (b'{"but": 1e999}', "misshapen"),
        (b'{"other": 1}', "misshapen"), (b"\xff", "http_400"), (b'{"but": NaN}', "misshapen"),
        (b"[" * 5000, "http_400"),
        (json.dumps({"but": 10**30}).encode(), "misshapen"),
    ):  # fmt: skip
        answer = mia.post(f"{DESK}/next", data=body, content_type="application/json")
        assert answer.json["code"] == code, (body[:40], answer.json)
    answer = mia.post(f"{DESK}/next", data=b"{}", content_type="text/plain")
    assert (answer.status_code, answer.json["code"]) == (415, "http_415")
