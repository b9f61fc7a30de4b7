"""Another team's things under one's own address: each looks as absent as what never was, and none is touched."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.api.calling import ROOT, Program
from tests.builders import NOW, Coast, opened, person, project, suggest, take
from tests.releasing import finish, make
from tests.web.conftest import Seat
from tests.web.test_doors import rules
from workbench.core.text import TOKENISER
from workbench.core.workflow import SCOPES
from workbench.services import jobs, movein, old_rules, projects, propagation, talk, tokens
from workbench.services.propagation import Order, Place
from workbench.settings import Settings
from workbench.store import copying
from workbench.store.schema import Article, Batch, Notice

NUMBERS: Final = (
    "item_id", "job_id", "look_id", "batch_id", "person_id", "thread_id", "notice_id", "token_id", "version"
)  # fmt: skip
NEVER: Final[dict[str, Any]] = dict.fromkeys(NUMBERS, 999_999) | {
    name: f"never-{name}" for name in ("key", "name", "txn")
}
HERE: Final = {"slug": "coast", "card": "x"}
WHERE: Final = {"api.mentions": "?surface=Spain&status=accepted", "api.release_diff": "?since=first"}
WITH: Final = {
    "surface": "Spain", "status": "accepted", "label": "GPE", "since": "first", "comment": "Why?", "reason": "Why?",
    "version": "0", "seen": "0", "key": "a-fresh-key", "body": "Why?", "state": "closed", "role": "viewer",
    "why": "Wrong.",
}  # fmt: skip
"""What the fields of any form are filled with."""
SENT: Final[dict[str, dict[str, Any]]] = {
    "Seen": {"version": 0},
    "RulingWish": {"card": "x", "choice": 0, "version": 0},
    "ReturnWish": {"readings": None, "comment": "Why?", "version": 0},
    "WaiverWish": {"key": "a-fresh-key", "finding": "odd", "reason": None},
    "LookAgain": {"items": [1]},
    "Choice": {"role": "plain"},
    "RoleWish": {"role": "viewer"},
    "Comment": {"comment": "Why?"},
    "Reason": {"reason": "Why?"},
    "Decisions": {"text_sha256": "0" * 64, "tokeniser": TOKENISER, "decisions": []},
    "NewThread": {"key": "a-fresh-key", "kind": "question", "body": "Why?"},
    "NewPost": {"key": "a-fresh-key", "body": "Why?"},
    "UnitWish": {"unit": "utf-16"},
    "StateWish": {"state": "closed"},
}
"""What the bodies of programs are filled with, by their shape."""
NOT_IN_HAND: Final = {"queues.let_go", "api.let_go"}
NOTHING_UNDONE: Final = {"review.take_back", "adjudication.undo_merge", "api.take_back", "api.undo_merge"}
QUIET: Final = {"articles.cancel"}
"""What says that nothing was there in another way than by 404, for what never was as well."""
BY_SCRIPTS: Final = {"desk.waive", "review.decide", "talk.begin"}
"""What takes JSON alone; programs send the same."""
OTHERWISE: Final = NOT_IN_HAND | NOTHING_UNDONE | QUIET


NAMED: Final[tuple[tuple[str, str, Callable[[dict[str, Any]], dict[str, Any]]], ...]] = (
    ("POST", "items/give", lambda of: {"items": [of["item_id"]], "person": None}),
    ("POST", "items/give", lambda of: {"items": [1], "person": of["person_id"]}),
    ("POST", "items/priority", lambda of: {"items": [of["item_id"]], "priority": 9}),
    ("POST", "training/articles", lambda of: {"keys": [of["key"]], "purpose": "practice"}),
    ("POST", "parked/again", lambda of: {"article_id": of["item_id"]}),
    ("POST", "mentions", lambda of: CARRIED | {"places": [{"item": of["item_id"], "start": 0, "end": 5}]}),
    ("POST", "suggesters/combine", lambda of: COMBINED | {"second": of["name"]}),
    ("PUT", "rules", lambda of: {"lanes": [{"people": [of["person_id"]], "languages": ["en"]}]}),
    ("PUT", "suggesters/start", lambda of: {"author": of["name"]}),
)
"""Where programs name things in what they send."""
SEEN: Final = {"rules": {"If-Match": '"rules-0"'}}
"""Which version programs say that they have seen."""
CARRIED: Final = {"txn": "carried-here", "surface": "Spain", "status": "rejected", "label": "GPE"}
COMBINED: Final = {"first": "finder@1", "rule": "union", "name": "both@1"}


@pytest.fixture
def theirs(coast: Coast, settings: Settings) -> dict[str, Any]:
    """Another team's project with one of everything; its names and numbers."""
    olga = person(coast.database, "Olga")
    made = project(coast.database, olga, "dyke", "Dyke")
    pim = person(coast.database, "Pim", "reviewer", made)
    dyke = Coast(coast.database, made, olga, pim, olga, olga)
    texts = [f"Spain sent dredger {n} to Norway, and France offered two frigates." for n in range(3)]
    take(coast.database, made, *[opened(f"dyke-{n}.txt", text) for n, text in enumerate(texts)])
    suggest(coast.database, made)
    finish(dyke)
    make(dyke, "theirs", who=olga)
    item, lead, reviewer = dyke.next(pim), dyke.seen_by(olga), dyke.seen_by(pim)
    (folder := settings.home / "uploads" / "theirs").mkdir(parents=True)
    with coast.database.writing() as session:
        asked = {"key": "dyke-thread", "kind": "question", "span": None, "body": "Why?"}
        thread = talk.begin(session, reviewer, item, **asked, by=pim, now=NOW)
        order = Order("dyke-carried", "Spain", "accepted", "GPE", [Place(item, 0, 5)])
        assert propagation.carry(session, reviewer, order, by=pim, now=NOW)["applied"] == 1
        projects.change_guideline(session, lead, "New.", seen=1, by=olga, now=NOW)
        old_rules.mark(session, lead, 2, ["entity:GPE"], "", by=olga, now=NOW)
        return {
            "item_id": item, "thread_id": thread, "person_id": pim.id, "version": 2, "name": "theirs",
            "look_id": movein.begin(session, lead, folder, {}, by=olga, now=NOW),
            "job_id": jobs.ask(session, lead, "suggest", {"project": "dyke"}, by=olga, now=NOW),
            "token_id": tokens.make(session, "theirs", tuple(SCOPES), 9, by=olga, now=datetime.now(UTC))[0],
            "notice_id": session.scalar(select(Notice.id).where(Notice.person_id == olga.id)),
            "batch_id": session.scalar(select(Batch.id).where(Batch.project_id == made.id)),
            "key": session.scalar(select(Article.key).where(Article.project_id == made.id)), "txn": "dyke-carried",
        }  # fmt: skip


@pytest.fixture
def program(app: Flask, coast: Coast) -> Program:
    """A program of the coast's lead."""
    with coast.database.writing() as session:
        _, secret = tokens.make(session, "a", tuple(SCOPES), 9, by=coast.lena, now=datetime.now(UTC))
    return Program(app.test_client(), secret)


def address(rule: Rule, values: dict[str, Any]) -> str:
    every = HERE | values
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(every[found[1]]), rule.rule) + WHERE.get(rule.endpoint, "")


def told(answer: TestResponse, rule: Rule, theirs: dict[str, Any]) -> tuple[int, str, str]:
    """Return an answer without what differs each time; what never was is called as if it were theirs."""
    text = re.sub(r'"request":"\w+"|<code>\w+</code>|(value|content)="[\w.-]{60,}"', "", answer.text)
    for name in rule.arguments & NEVER.keys():
        text = text.replace(str(NEVER[name]), str(theirs[name]))
    return answer.status_code, text, answer.location or ""


def stored(coast: Coast) -> dict[str, Any]:
    """Return the sums of all tables but those in which every visit leaves its mark."""
    with coast.database.reading(), copying.moment(coast.database) as read:
        found = copying.sums(read)
    return {name: each for name, each in found.items() if name not in {"api_token", "sign_in", "throttle"}}


def test_on_pages_they_are_not_there(app: Flask, coast: Coast, seat: Seat, theirs: dict[str, Any]) -> None:
    browser = seat(coast.lena)
    form, before, asked = WITH | {"csrf_token": browser.token}, stored(coast), 0
    for rule in rules(app):
        if rule.arguments & NEVER.keys() and not rule.rule.startswith("/people/"):
            for method in (rule.methods or set()) & {"GET", "POST"}:
                sent: dict[str, Any] = {"data": form} if method == "POST" else {"query_string": WITH}
                sent["follow_redirects"] = True  # a page says what came of it only once
                both = [
                    told(browser.client.open(address(rule, each), method=method, **sent), rule, theirs)
                    for each in (theirs, NEVER)
                ]
                assert both[0] == both[1], f"{method} {rule.rule}"
                gone = both[0][0] == 404 or rule.endpoint in OTHERWISE | BY_SCRIPTS
                assert gone, f"{method} {rule.rule}: {both[0]}"
                asked += 1
    assert asked > 45
    assert stored(coast) == before


def test_for_programs_they_are_not_there(app: Flask, coast: Coast, program: Program, theirs: dict[str, Any]) -> None:
    before, asked = stored(coast), 0
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith(f"{ROOT}/") and rule.arguments & NEVER.keys():
            op = app.view_functions[rule.endpoint].operation  # type: ignore[attr-defined]
            sent = (
                {"json": SENT.get(op.body.__name__, {}), "headers": {"If-Match": '"guidelines-1"'}} if op.body else {}
            )
            both = [
                told(program.call(op.method, address(rule, each).removeprefix(ROOT), **sent), rule, theirs)
                for each in (theirs, NEVER)
            ]
            where = f"{op.method} {rule.rule}: {both[0]}"
            assert both[0] == both[1], where
            assert both[0][0] == (403 if op.admin else 404) or rule.endpoint in OTHERWISE, where
            asked += 1
    assert asked > 45
    assert stored(coast) == before


def test_what_is_sent_reaches_none_of_them(coast: Coast, program: Program, theirs: dict[str, Any]) -> None:
    for method, path, body in NAMED:
        before, answers = stored(coast), []
        for which in (theirs, NEVER):
            answer = program.call(method, f"/projects/coast/{path}", json=body(which), headers=SEEN.get(path, {}))
            assert path != "rules" or answer.status_code == 422
            text = re.sub(r'"request":"\w+"', "", answer.text)
            for name in NEVER:
                text = text.replace(str(NEVER[name]), str(theirs[name]))
            answers.append((answer.status_code, text))
        assert answers[0] == answers[1], path
        after = stored(coast)
        assert {name for name in before if before[name] != after[name]} <= {"job"}, (path, answers)
