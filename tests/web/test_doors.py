"""Every address, for everybody: who gets in, who is sent away, and how."""

import inspect
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests.builders import Coast, person, project
from tests.web.browsing import Browser
from tests.web.conftest import Seat
from workbench.app import create_app
from workbench.core.workflow import ACTS, ROLES, Person
from workbench.settings import Settings
from workbench.web.security import HEADERS

PUBLIC = {
    "static", "health.health", "health.ready", "health.figures",
    "people.sign_in", "people.sign_in_by_link", "people.invitation", "people.reset",
    "openid.start", "openid.back", "openid.leave",
}  # fmt: skip
VALUES = {
    "slug": "coast",
    "item_id": 1,
    "key": "x",
    "job_id": 1,
    "look_id": 1,
    "batch_id": 1,
    "person_id": 1,
    "thread_id": 1,
    "notice_id": 1,
    "version": 1,
    "token_id": 1,
}


def rules(app: Flask) -> Iterator[Rule]:
    own = (rule for rule in app.url_map.iter_rules() if not rule.rule.startswith("/api/"))  # programs: tests/api
    yield from (rule for rule in own if rule.endpoint not in PUBLIC)


def address(rule: Rule, slug: str = "coast", **others: str) -> str:
    values = VALUES | {"slug": slug} | others
    return re.sub(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>", lambda found: str(values.get(found[1], "x")), rule.rule)


def act(app: Flask, rule: Rule) -> str | None:
    """Return what a view says that it takes: the act that its guard was given."""
    told = inspect.getclosurevars(inspect.unwrap(app.view_functions[rule.endpoint], stop=_guarded)).nonlocals
    return told.get("act")


def _guarded(view: object) -> bool:
    return "act" in inspect.getclosurevars(view).nonlocals  # type: ignore[arg-type]


def asked(browser: Browser, rule: Rule, path: str) -> list[int]:
    """Ask an address in every way that it knows; return the statuses."""
    found = []
    for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
        answer = browser.get(path) if method == "GET" else browser.post(path)
        found.append(answer.status_code)
    return found


def test_every_address_of_a_project_says_what_it_takes(app: Flask) -> None:
    for rule in rules(app):
        if rule.rule.startswith("/projects/<slug>"):
            assert act(app, rule) in ACTS, f"{rule.rule} is not behind `within`"


def test_nothing_is_changed_by_asking(app: Flask) -> None:
    for rule in rules(app):
        changes = {"create", "change", "add", "set", "cancel", "finish", "skip", "reopen", "decide", "suggest"}
        if rule.endpoint.split(".")[1].split("_")[0] in changes:
            assert "GET" not in (rule.methods or set()), rule.endpoint


def test_strangers_are_sent_to_sign_in_and_come_back_to_where_they_were(app: Flask, nobody: Browser) -> None:
    for rule in rules(app):
        if "GET" in (rule.methods or set()):
            answer = nobody.get(address(rule))
            assert answer.status_code == 303, rule.rule
            assert answer.location == f"/sign-in?next={address(rule)}", answer.location


def test_strangers_can_send_nothing(app: Flask, nobody: Browser) -> None:
    token = re.search(r'csrf-token" content="([^"]+)"', nobody.get("/sign-in").text)
    assert token
    for rule in rules(app):
        if "POST" in (rule.methods or set()):
            answer = nobody.client.post(address(rule), data={"csrf_token": token[1]})
            assert answer.status_code in {302, 303, 401}, rule.rule
            assert "/sign-in" in (answer.location or "/sign-in"), rule.rule


def test_strangers_who_speak_json_are_told_in_json(app: Flask, nobody: Browser) -> None:
    answer = nobody.get("/projects/coast/items/1/data", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.mimetype) == (401, "application/problem+json")


def test_another_teams_project_looks_absent_everywhere(app: Flask, seat: Seat, coast: Coast) -> None:
    project(coast.database, coast.lena, "dyke", "Dyke")
    browser = seat(coast.mia)
    for rule in rules(app):
        if "slug" in rule.arguments:
            assert set(asked(browser, rule, address(rule, "dyke"))) == {404}, rule.rule
            assert set(asked(browser, rule, address(rule, "no-such-project"))) == {404}, rule.rule


@pytest.mark.parametrize("role", ROLES)
def test_a_role_that_does_not_reach_is_turned_away(app: Flask, seat: Seat, coast: Coast, role: str) -> None:
    browser = seat(person(coast.database, "Pia", role, coast.project))
    for rule in rules(app):
        needed = act(app, rule)
        if needed and role not in ACTS[needed]:
            assert set(asked(browser, rule, address(rule))) == {403}, rule.rule


def test_nothing_breaks_on_an_address_of_something_that_is_not_there(app: Flask, seat: Seat, coast: Coast) -> None:
    browser = seat(Person(coast.lena.id, "Lena"))
    for rule in rules(app):
        if rule.arguments - {"slug"}:
            path = address(rule).replace("/1", "/999999")
            if "GET" in (rule.methods or set()):
                assert browser.get(path).status_code in {403, 404, 422}, rule.rule
            else:
                assert browser.post(path).status_code < 500, rule.rule


def test_nothing_breaks_on_an_empty_form(app: Flask, lena: Browser) -> None:
    for rule in rules(app):
        if "POST" in (rule.methods or set()) and rule.endpoint != "people.sign_out":
            assert lena.post(address(rule)).status_code < 500, rule.rule


def test_a_form_without_the_pages_token_is_refused(app: Flask, lena: Browser) -> None:
    for rule in app.url_map.iter_rules():
        if "POST" in (rule.methods or set()) and not rule.rule.startswith("/api/"):
            answer = lena.client.post(address(rule), data={})
            assert answer.status_code == 400, rule.rule
            assert "reload it and try again" in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "http://localhost.elsewhere.example"},
        {"Origin": "http://localhost:81"},
        {"Origin": "http://[::1"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
def test_a_form_from_another_site_is_refused_even_with_the_token(lena: Browser, headers: dict[str, str]) -> None:
    answer = lena.post("/projects/coast/guidelines", {"body": "pwned", "seen": "1"}, headers=headers)
    assert answer.status_code == 403
    assert "another site" in answer.text


def test_every_answer_carries_the_headers_that_protect_it(app: Flask, lena: Browser, nobody: Browser) -> None:
    static = f"{app.static_url_path}/js/app.js"
    answers = [lena.get(path) for path in ("/projects", "/projects/coast/queue", "/nowhere", static, "/health")]
    answers += [nobody.get("/"), nobody.get("/sign-in"), nobody.client.post("/sign-in"), lena.client.put("/projects")]
    for answer in answers:
        for name, value in HEADERS.items():
            assert answer.headers[name] == value, answer.request.path
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Request-Id"]
    kept = [answer.headers["Cache-Control"] for answer in answers]
    assert kept[3] == "public, max-age=31536000, immutable"
    assert {each for number, each in enumerate(kept) if number != 3} == {"no-store"}


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(seat: Seat, coast: Coast) -> None:
    cookie = seat(None).enter(coast.mia).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_a_bench_behind_tls_has_a_secure_cookie_that_no_subdomain_sets(settings: Settings, coast: Coast) -> None:
    app = create_app(replace(settings, secure=True), coast.database)
    browser = Browser(app.test_client(), coast.database)
    answer = browser.enter(coast.mia)
    assert answer.headers["Set-Cookie"].startswith("__Host-workbench=")
    assert "Secure" in answer.headers["Set-Cookie"]
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]


def test_health_is_told_to_anybody_and_tells_nothing_else(nobody: Browser) -> None:
    assert nobody.get("/health").json == {"status": "ok"}


def test_errors_speak_the_language_of_the_caller(lena: Browser) -> None:
    page = lena.get("/nowhere")
    assert (page.status_code, page.mimetype) == (404, "text/html")
    problem = lena.get("/nowhere", headers={"Accept": "application/json"})
    assert (problem.status_code, problem.mimetype) == (404, "application/problem+json")
    assert problem.json is not None
    assert set(problem.json) == {"type", "title", "status", "code", "detail", "request"}
    toast = lena.get("/nowhere", headers={"HX-Request": "true"})
    assert "<html" not in toast.text
    assert 'id="toasts"' in toast.text


def test_an_error_of_ours_tells_no_internals_and_gives_a_number(app: Flask, lena: Browser) -> None:
    app.testing = False
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.view_functions["health.health"] = lambda: 1 / 0
    answer = lena.get("/health")
    assert answer.status_code == 500
    assert "ZeroDivision" not in answer.text
    assert answer.headers["X-Request-Id"] in answer.text
