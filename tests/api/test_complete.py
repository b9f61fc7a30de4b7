"""Everything that the browser can do, programs can do: each address that changes something has its operation."""

import io
import json
from collections import Counter
from uuid import uuid4

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.api.calling import Program
from tests.api.conftest import Holding
from tests.builders import HARBOUR, Coast
from tests.teams import read, with_rules
from workbench.api.shapes.base import Given, Told
from workbench.services import audit

SAME = {
    "accounts.add": "add_person", "accounts.change": "rename_person", "actors.add": "add_actor",
    "actors.change": "change_actor_lines", "actors.learn": "learn_names", "adjudication.finish": "finish_case",
    "adjudication.merge": "merge", "adjudication.rule": "rule", "adjudication.save": "rule",
    "adjudication.send_back": "return_readings",
    "adjudication.undo": "undo_ruling", "adjudication.undo_merge": "undo_merge", "articles.add": "import_articles",
    "articles.again": "retry_job", "articles.cancel": "cancel_job", "articles.release": "free_parked",
    "articles.suggest": "suggest", "inbox.open_one": "mark_read", "inbox.read_all": "mark_read",
    "old_rules.look_again": "look_again", "reasons.let_be": "close_reason", "reasons.write_rule": "write_rule",
    "talk.keep_example": "keep_example", "training.change": "change_training",
    "training.set_aside": "set_aside", "training.start": "start_practice",
    "desk.stay": "lease", "desk.waive": "waive", "movein.add": "look_at_files", "movein.again": "look_at_files_again",
    "movein.cancel": "cancel_look", "movein.confirm": "confirm_look",
    "people.add_member": "join", "people.set_role": "change_role",
    "projects.change_guideline": "change_guideline", "projects.change_scheme": "change_scheme",
    "projects.create": "create_project", "queues.change_plan": "change_rules", "queues.give": "give_items",
    "queues.lane_people": "list_quotas",
    "queues.let_go": "let_go", "queues.send_back": "return_item", "queues.set_quotas": "set_quota",
    "releases.change_words": "change_words", "releases.create": "create_release",
    "releases.withdraw": "withdraw_release", "review.carry": "carry", "review.decide": "decide",
    "review.finish": "finish", "review.reopen": "reopen", "review.skip": "skip", "review.take_back": "take_back",
    "rules.change": "change_rules", "suggesters.combine": "combine", "suggesters.start": "choose_start",
    "talk.answer": "post", "talk.begin": "begin_thread", "talk.set_state": "set_thread_state",
    "tokens.make": "make_token", "tokens.revoke": "revoke_token",
}  # fmt: skip
OF_BROWSERS = {
    "accounts.change_about", "accounts.change_password", "accounts.end_sign_ins", "openid.unlink", "people.invitation",
    "people.reset", "people.sign_in", "people.sign_out",
}  # fmt: skip
"""What is about signing in with a browser."""


SHOWN = {
    "accounts.account": "account", "accounts.listing": "everybody", "accounts.one": "everybody",
    "actors.listing": "list_actors", "actors.search": "list_actors", "adjudication.agreed": "case",
    "adjudication.article": "case", "adjudication.edit": "case", "adjudication.listing": "cases",
    "adjudication.text": "case", "articles.article": "article", "articles.figures": "list_articles",
    "articles.imports": "imports", "articles.listing": "list_articles", "articles.parked": "list_parked",
    "articles.progress": "list_jobs", "audit.of_project": "project_log", "audit.project_table": "project_log",
    "audit.site": "site_log", "audit.site_table": "site_log", "board.drift": "drift", "board.figures": "agreement",
    "board.live": "progress", "board.page": "progress", "board.passages": "passages",
    "competence.card": "beside_gold", "competence.listing": "list_readers", "competence.report": "reader_report",
    "desk.article": "item", "desk.data": "item", "desk.log": "log", "inbox.page": "inbox", "movein.look": "look",
    "movein.repairs": "receipt", "old_rules.page": "old_decisions", "people.team": "members",
    "projects.guideline": "guideline", "projects.guideline_part": "guideline", "projects.listing": "list_projects",
    "projects.scheme": "scheme", "queues.plan": "rules", "queues.reviewers": "list_quotas",
    "reasons.page": "list_reasons",
    "releases.changes": "release_diff", "releases.download": "export", "releases.page": "list_releases",
    "releases.release": "release", "releases.release_file": "release_zip", "releases.words": "words",
    "review.item": "item", "review.mentions": "mentions", "review.queue": "queue", "rules.page": "guideline_changes",
    "suggesters.page": "list_suggesters", "talk.listing": "list_threads", "talk.mentionable": "mentionable",
    "talk.on_item": "threads_on_item", "talk.one": "thread", "tokens.page": "my_tokens",
    "training.page": "training_setup", "training.practice": "practice",
}  # fmt: skip
LEADS_ON = {
    "adjudication.merge", "desk.ahead", "health.figures", "health.health", "health.ready", "openid.back",
    "openid.leave", "openid.start", "people.invitation", "people.reset", "people.sign_in", "people.sign_in_by_link",
    "review.next_item", "site.home", "static", "tokens.programs",
}  # fmt: skip
"""What shows nothing of its own, is about signing in, or is for machines already."""


@pytest.mark.parametrize(
    ("method", "same", "apart"), [("POST", SAME, OF_BROWSERS), ("GET", SHOWN, LEADS_ON)], ids=["changes", "pages"]
)
def test_each_change_and_each_page_has_its_operation(
    app: Flask, method: str, same: dict[str, str], apart: set[str]
) -> None:
    there = {rule.endpoint for rule in app.url_map.iter_rules() if method in (rule.methods or ())}
    pages = {each for each in there if not each.startswith("api.")} - apart
    assert pages == same.keys(), f"give these an operation: {sorted(pages ^ same.keys())}"
    assert {f"api.{each}" for each in same.values()} <= app.view_functions.keys()


def test_actors_are_added_changed_and_found(lena: Program, mia: Program) -> None:
    wish = {"name": "Harbour Watch", "kind": "organisation", "aliases": ["the Watch"]}
    made = lena.post("/projects/coast/actors", wish)
    assert made.status_code == 201, made.json
    [found] = mia.get("/projects/coast/actors?find=harbour").json["items"]
    assert (found["id"], found["aliases"], found["own"]) == (made.json["id"], ["the Watch"], True)
    lines = lena.get("/projects/coast/actors/lines")
    changed = lena.put("/projects/coast/actors/lines", {"body": ""}, headers={"If-Match": lines.headers["ETag"]})
    assert changed.json == {"version": 2, "body": ""}
    assert mia.get("/projects/coast/actors?find=harbour").json["items"] == []
    stale = lena.put("/projects/coast/actors/lines", {"body": "x"}, headers={"If-Match": lines.headers["ETag"]})
    assert stale.status_code == 412


def test_a_decision_is_carried_and_taken_back(mia: Program, coast: Coast) -> None:
    first = coast.next(coast.mia)
    wish = {"surface": "Spain", "status": "accepted", "label": "GPE", "actor": "Spain", "actor_id": "state:ESP"}
    found = mia.get(f"/projects/coast/items/{first}/mentions", query_string=wish).json["items"]
    assert [each["words"] for each in found] == ["Spain", "Spain"]
    places = [{name: each[name] for name in ("item", "start", "end")} for each in found]
    txn = str(uuid4())
    done = mia.post("/projects/coast/mentions", wish | {"txn": txn, "places": places})
    assert done.json == {"applied": 2, "left": 0}, done.json
    assert mia.post(f"/projects/coast/mentions/{txn}/undo").json == {"applied": 2, "left": 0}


def test_what_looks_odd_is_let_stand(mia: Program, coast: Coast) -> None:
    item = coast.next(coast.mia)
    wish = {"key": str(uuid4()), "finding": "no-actor:e1", "reason": "it is a ship"}
    kept = mia.post(f"/projects/coast/items/{item}/waivers", wish)
    assert kept.json == {"waived": {"no-actor:e1": "it is a ship"}}, kept.json
    assert mia.get(f"/projects/coast/items/{item}/waivers").json == kept.json


def test_a_reading_is_taken_as_changed(lena: Program, coast: Coast) -> None:
    with_rules(coast, readers=2, overlap=100, own=True)
    read(coast, coast.mia)
    read(coast, coast.noor, {"e1": None})
    [waiting] = lena.get("/projects/coast/adjudication").json["items"]
    case = lena.get(f"/projects/coast/adjudication/{waiting['key']}").json
    [card] = case["conflicts"]
    wish = {"card": card["id"], "choice": None, "version": case["version"]}
    bad = lena.post(f"/projects/coast/adjudication/{waiting['key']}/rulings", wish | {"edited": {"words": "Atlantis"}})
    assert (bad.status_code, "does not stand in the text" in bad.json["detail"]) == (422, True)
    edited = {"words": "France", "label": "ORG", "actor": "France"}
    told = lena.post(f"/projects/coast/adjudication/{waiting['key']}/rulings", wish | {"edited": edited})
    assert told.json["conflicts"][0]["ruled"] == "edit", told.json
    back = {"readings": [0], "comment": "Is France a place?", "version": told.json["version"]}
    assert lena.post(f"/projects/coast/adjudication/{waiting['key']}/return", back).status_code == 200
    assert lena.get("/projects/coast/adjudication").json["items"] == []


def test_words_for_data_sheets_are_kept_by_version(lena: Program) -> None:
    kept = lena.get("/projects/coast/data-sheet")
    answer = lena.put("/projects/coast/data-sheet", {"uses": "Research."}, headers={"If-Match": kept.headers["ETag"]})
    assert answer.json["words"] == {"uses": "Research."}
    assert lena.put("/projects/coast/data-sheet", {}, headers={"If-Match": kept.headers["ETag"]}).status_code == 412


def test_two_suggesters_are_combined_by_a_worker(lena: Program) -> None:
    wish = {"first": "finder@1", "second": "other@1", "rule": "union", "name": "both@1"}
    answer = lena.post("/projects/coast/suggesters/combine", wish)
    assert (answer.status_code, "no suggester “other@1”" in answer.json["detail"]) == (422, True)


def test_files_are_looked_at_before_they_come_in(lena: Program) -> None:
    files = {"files": (io.BytesIO(json.dumps({"text": HARBOUR}).encode()), "more.jsonl")}
    look = lena.call("POST", "/projects/coast/move-in", data=files, content_type="multipart/form-data")
    assert look.status_code == 202, look.json
    where = f"/projects/coast/move-in/{look.json['look']}"
    assert (lena.get(where).json["state"], lena.get(where).json["found"]) == ("looking", None)
    early = lena.post(where, {"role": "plain"})
    assert (early.status_code, early.json["code"]) == (409, "stale")
    assert lena.post(f"{where}/cancel").json == {"ok": True}
    assert lena.get(where).json["state"] == "gone"


def test_an_upload_that_is_sent_twice_comes_in_once(lena: Program, holding: Holding) -> None:
    key = {"Idempotency-Key": str(uuid4()), "Content-Type": "application/jsonl"}
    body = json.dumps({"text": "A tug left."}).encode()
    first = lena.call("POST", "/projects/coast/imports", data=body, headers=key)
    again = lena.call("POST", "/projects/coast/imports", data=body, headers=key)
    assert (first.status_code, again.status_code, first.json) == (202, 202, again.json)
    assert again.headers["Idempotent-Replayed"] == "true"
    other = lena.call("POST", "/projects/coast/imports", data=body.replace(b"tug", b"pug"), headers=key)
    assert (other.status_code, other.json["code"]) == (422, "key_reused")
    assert [each["kind"] for each in lena.get("/projects/coast/jobs").json["items"]] == ["suggest", "import"]


def test_files_that_are_sent_again_are_known_by_their_bytes(lena: Program) -> None:
    key = {"Idempotency-Key": str(uuid4())}

    def sent(words: bytes) -> TestResponse:
        form = {"files": (io.BytesIO(words), "harbour.txt")}
        return lena.call(
            "POST", "/projects/coast/imports", data=form, headers=key, content_type="multipart/form-data"
        )  # fmt: skip

    first, again, other = sent(b"A tug left."), sent(b"A tug left."), sent(b"A pug left.")
    assert (first.status_code, again.json, again.headers["Idempotent-Replayed"]) == (202, first.json, "true")
    assert (other.status_code, other.json["code"]) == (422, "key_reused")


def test_the_log_tells_from_where_a_program_acted(lena: Program, coast: Coast) -> None:
    lena.put("/projects/coast/guidelines", {"body": "# New"}, headers={"If-Match": '"guidelines-1"'})
    with coast.database.reading() as session:
        _, line = audit.table(session, coast.seen_by(coast.lena), audit.Wish(act="guideline.change"), by=coast.lena)
    assert ",127.0.0.1," in line


def test_an_admin_renames_promotes_and_signs_out(root: Program, mia: Program, coast: Coast) -> None:
    where = f"/people/{coast.noor.id}"
    assert root.put(f"{where}/name", {"name": "Noor B."}).json == {"ok": True}
    assert root.put(f"{where}/admin", {"admin": True}).json == {"ok": True}
    [found] = [each for each in root.get("/people").json["items"] if each["id"] == coast.noor.id]
    assert (found["name"], found["admin"]) == ("Noor B.", True)
    assert root.post(f"{where}/password-link").json["path"].startswith("/reset/")
    assert root.post(f"{where}/sign-out").json == {"ok": True}
    acts = [each["act"] for each in root.get("/log", query_string={"who": "noor b"}).json["items"]]
    assert acts[:4] == ["sign_in.end", "password.link", "person.admin", "person.rename"]
    assert mia.put(f"{where}/name", {"name": "X"}).status_code == 403


def test_the_log_is_walked_and_sifted(lena: Program, mia: Program) -> None:
    for version in (1, 2):
        lena.put("/projects/coast/guidelines", {"body": "# N"}, headers={"If-Match": f'"guidelines-{version}"'})
    found = lena.get("/projects/coast/log", query_string={"act": "guideline.change", "until": "9999-12-31"}).json
    assert [each["person"] for each in found["items"]] == ["Lena", "Lena"]
    assert lena.get("/projects/coast/log", query_string={"since": "9999-12-31"}).json["items"] == []
    assert lena.get("/projects/coast/log", query_string={"since": "soon"}).status_code == 422
    assert mia.get("/projects/coast/log").status_code == 403


def test_the_passages_behind_a_figure_are_told(lena: Program, mia: Program, coast: Coast) -> None:
    with_rules(coast, readers=2, overlap=100, own=True)
    read(coast, coast.mia)
    read(coast, coast.noor, {"e1": None})
    where = "/projects/coast/agreement"
    [found] = lena.get(f"{where}/passages").json["items"]
    assert {each["by"] for each in found["said"]} == {"Mia", "Noor"}
    two = {"left": "readers", "right": "suggester"}
    assert lena.get(f"{where}/passages", query_string=two | {"since": "2026-01-01"}).status_code == 422
    assert mia.get(f"{where}/passages", query_string=two).status_code == 403
    moved = lena.get(f"{where}/proposals", query_string={"kind": "entity", "proposed": "GPE"}).json["items"]
    assert [each["words"] for each in moved] == [found["words"]]
    assert lena.get(f"{where}/drift", query_string={"by": "month"}).json["steps"][0]["articles"] == 1


def test_no_two_shapes_share_a_name() -> None:
    classes = (each for base in (Given, Told) for each in _below(base))
    names = Counter(each.__name__ for each in classes if each.__module__.startswith("workbench.api"))
    assert not [name for name, count in names.items() if count > 1]


def _below(shape: type) -> set[type]:
    return {one for each in shape.__subclasses__() for one in (each, *_below(each))}
