"""What programs can do about learning: inbox, guidelines, reasons, practice and tests, readings beside gold."""

from tests.api.calling import Program
from tests.builders import NOW, Coast, person
from tests.services.test_adjudication import disputed, ruled
from tests.teams import read_this
from tests.training import set_aside, with_gold
from workbench.store import parked

LACKS = "The guidelines do not cover this"


def matched(version: int) -> dict[str, dict[str, str]]:
    return {"headers": {"If-Match": f'"guidelines-{version}"'}}


def asked(mia: Program, coast: Coast) -> tuple[int, int]:
    """Let Mia ask something of Lena; return the item and the thread."""
    item = coast.next(coast.mia)
    wish = {"key": "a-question", "kind": "question", "body": "@Lena is France a GPE here?", "span": [0, 1]}
    made = mia.post(f"/projects/coast/items/{item}/threads", wish)
    assert made.status_code == 201, made.json
    return item, made.json["id"]


def test_notices_are_listed_and_read(lena: Program, mia: Program, coast: Coast) -> None:
    _, thread = asked(mia, coast)
    [notice] = lena.get("/inbox").json["items"]
    assert (notice["kind"], notice["by"], notice["thread_id"], notice["slug"]) == ("mention", "Mia", thread, "coast")
    assert mia.post("/inbox/read", {"notice": notice["id"]}).status_code == 404
    assert lena.post("/inbox/read", {"notice": notice["id"]}).json == {"ok": True}
    told = lena.get("/inbox").json
    assert (told["items"], told["unread"]) == ([], 0)
    assert [each["id"] for each in lena.get("/inbox?unread=false").json["items"]] == [notice["id"]]


def test_an_answered_question_becomes_an_example(lena: Program, mia: Program, coast: Coast) -> None:
    _, thread = asked(mia, coast)
    lena.post(f"/projects/coast/threads/{thread}/posts", {"key": "an-answer", "body": "Yes, it is."})
    where = f"/projects/coast/threads/{thread}/example"
    assert lena.post(where).status_code == 428
    assert mia.post(where, **matched(1)).status_code == 403
    assert lena.post(where, **matched(1)).json == {"version": 2}
    assert "Yes, it is." in lena.get("/projects/coast/guidelines").json["body"]


def test_decisions_under_an_earlier_rule_are_looked_at_again(lena: Program, mia: Program, coast: Coast) -> None:
    item = coast.next(coast.mia)
    read_this(coast, item, coast.mia)
    wish = {"body": "# Newer", "touches": ["entity:GPE"], "note": "States only."}
    assert lena.put("/projects/coast/guidelines", wish, **matched(1)).json == {"version": 2, "body": "# Newer"}
    [change] = mia.get("/projects/coast/guidelines/changes").json["items"]
    assert (change["version"], change["touches"], change["note"]) == (2, ["entity:GPE"], "States only.")
    where = "/projects/coast/guidelines/2/decisions"
    found = lena.get(where).json["items"]
    assert {(each["item"], each["quote"], each["says"]) for each in found} == {
        (item, "France", "GPE"),
        (item, "Italy", "GPE"),
    }
    assert lena.post(f"{where}/again", {"items": [item]}).json == {"count": 1, "refused": []}
    assert coast.desk(item, coast.mia).item.state == "returned"


def test_reasons_for_rulings_become_rules_or_are_closed(lena: Program, mia: Program, coast: Coast) -> None:
    ada = person(coast.database, "Ada", "adjudicator", coast.project)
    key = disputed(coast, {"e1": None, "e2": None}, {})
    ruled(coast, key, 0, 1, ada, reason=LACKS)
    ruled(coast, key, 1, 1, ada, reason="Read too quickly")
    where = "/projects/coast/adjudication/reasons"
    assert mia.get(where).status_code == 403
    waiting = {each["reason"]: each for each in lena.get(where).json["waiting"]}
    picked = [each["id"] for each in waiting[LACKS]["passages"]]
    wish = {"reason": LACKS, "upto": waiting[LACKS]["upto"], "words": "States are GPE.", "rulings": picked}
    assert lena.post(f"{where}/rule", wish, **matched(1)).json == {"version": 2}
    other = waiting["Read too quickly"]
    assert lena.post(f"{where}/close", {"reason": other["reason"], "upto": other["upto"]}).json == {"ok": True}
    told = lena.get(where).json
    assert told["waiting"] == []
    assert {(each["reason"], each["version"]) for each in told["settled"]} == {(LACKS, 2), ("Read too quickly", None)}


def test_gold_is_set_aside_practised_and_reported(lena: Program, mia: Program, coast: Coast) -> None:
    [key] = with_gold(coast)
    made = lena.post("/projects/coast/training/articles", {"keys": [key], "purpose": "practice", "note": "Mind Italy."})
    assert made.json == {"count": 1}
    assert lena.put("/projects/coast/training", {"every": 5, "pass_mark": 60}).json["pass_mark"] == 60
    assert lena.put("/projects/coast/training", {"every": 2}).status_code == 422
    assert mia.get("/projects/coast/training").status_code == 403
    item = mia.post(f"/projects/coast/practice/{key}").json["item"]
    coast.begin(item, coast.mia)
    read_this(coast, item, coast.mia, {"e1": {"label": "ORG"}})
    [step] = mia.get("/projects/coast/practice").json["steps"]
    assert (step["key"], step["state"], step["tries"]) == (key, "done", 1)
    card = mia.get(f"/projects/coast/items/{item}/beside-gold").json
    assert (card["source"], card["note"]) == ("practice", "Mind Italy.")
    assert [(each["kind"], each["start"]) for each in card["differences"]] == [("entity", 0)]
    [line] = lena.get("/projects/coast/readers").json["items"]
    assert (line["person"], line["practised"], line["entities"]["tally"]["gold"]) == ("Mia", 1, 2)
    report = mia.get(f"/projects/coast/readers/{coast.mia.id}").json
    assert [(each["title"], each["articles"]) for each in report["sources"]] == [("practice", 1)]
    assert {"kind": "entity", "gold": "GPE", "read": "ORG", "count": 1} in report["confused"]
    assert mia.get(f"/projects/coast/readers/{coast.noor.id}").status_code == 403
    assert lena.get("/projects/coast/training").json["articles"][0]["tried"] == 1


def test_a_hidden_test_shows_to_leads_alone(lena: Program, mia: Program, coast: Coast) -> None:
    [key] = with_gold(coast)
    set_aside(coast, [key], "test")
    assert [each["purpose"] for each in lena.get("/projects/coast/training").json["articles"]] == ["test"]
    assert mia.get("/projects/coast/practice").json["steps"] == []


def test_parked_articles_are_tried_again(lena: Program, mia: Program, coast: Coast) -> None:
    with coast.database.writing() as session:
        parked.keep(session, coast.project.id, "other@1", {1: "Segmentation fault", 2: "Hung"}, tries=3, now=NOW)
    assert {each["trouble"] for each in lena.get("/projects/coast/parked").json["items"]} == {
        "Segmentation fault",
        "Hung",
    }
    assert mia.post("/projects/coast/parked/again", {}).status_code == 403
    assert lena.post("/projects/coast/parked/again", {"article_id": 1}).json["count"] == 1
    answer = lena.post("/projects/coast/parked/again", {})
    assert (answer.status_code, answer.json["count"]) == (202, 1)
    assert lena.get("/projects/coast/parked").json["items"] == []
