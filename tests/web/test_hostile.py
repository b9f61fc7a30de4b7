"""What nobody sends by accident: every address, every form and every body that is none, as an admin and lead."""

import json
from itertools import cycle, islice
from urllib.parse import quote_plus, urljoin, urlsplit

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests import hostile
from tests.builders import NOW, Coast
from tests.releasing import finish as make_gold
from tests.releasing import make
from tests.web.browsing import Browser
from tests.web.conftest import Seat
from tests.web.forms import Form, Forms
from tests.web.test_doors import address, rules
from workbench.services import accounts
from workbench.web.security import HEADERS

STARTS = (
    "/projects", "/account", "/account/tokens", "/people", "/log", "/projects/coast/queue", "/projects/coast/plan",
    "/projects/coast/rules", "/projects/coast/board", "/projects/coast/team", "/inbox", "/api",
)  # fmt: skip
ENDS = {"people.sign_out", "accounts.end_sign_ins"}
"""What signs the browser out."""
LATE = {"people.set_role", "accounts.change", "accounts.change_password"}
"""What may take the browser's rights, and so comes last."""

SHOWN = {"text/html", "application/json", "application/problem+json", "text/javascript", "text/plain"}
"""What is shown by browsers as it comes; nothing else leaves but as a file."""
KEPT = {"desk.article"}
"""What one's own browser may keep, beside what is asked for by ETag."""


@pytest.fixture
def boss(app: Flask, seat: Seat, coast: Coast) -> Browser:
    """A lead who is an admin too, on a bench that answers what breaks instead of handing it on."""
    app.testing, app.config["PROPAGATE_EXCEPTIONS"] = False, False
    with coast.database.writing() as session:
        accounts.set_admin(session, coast.lena.id, True, by=None, now=NOW)
    return seat(coast.lena)


def well(answer: TestResponse, what: str) -> None:
    """Check that an answer is no error of ours and leads nowhere else."""
    assert answer.status_code < 500, f"{answer.status_code} for {what[:200]}"
    there = urlsplit(answer.location or "")
    assert not there.netloc, f"{answer.location} for {what[:200]}"
    answer.close()


def test_no_address_breaks_on_a_name_or_number_that_is_none(app: Flask, boss: Browser) -> None:
    turn, form = cycle(hostile.PATHS), {"csrf_token": boss.token}
    for rule in rules(app):
        for argument in rule.arguments - {"filename"}:
            for value in islice(turn, 2):
                path = address(rule, **{argument: value})
                if "GET" in (rule.methods or ()):
                    well(boss.get(path), f"GET {path}")
                if "POST" in (rule.methods or ()) and rule.endpoint not in ENDS:
                    well(boss.client.post(path, data=form), f"POST {path}")


def test_no_address_breaks_on_a_body_that_is_none(app: Flask, boss: Browser) -> None:
    jsons = [(json.dumps(value).encode(), "application/json") for value in hostile.VALUES]
    turn, headers = cycle([*hostile.BODIES, *jsons]), {"X-CSRFToken": boss.token}
    for rule in rules(app):
        if "POST" in (rule.methods or ()) and rule.endpoint not in ENDS:
            for body, kind in islice(turn, 5):
                answer = boss.client.post(address(rule), data=body, content_type=kind, headers=headers)
                well(answer, f"{rule.rule} {kind} {body!r}")


def test_every_address_protects_its_answer(app: Flask, boss: Browser, coast: Coast) -> None:
    make_gold(coast)
    make(coast, "x")
    form, answers, files = {"csrf_token": boss.token}, 0, set()
    for rule in app.url_map.iter_rules():
        for method in (rule.methods or set()) & {"GET", "POST", "PUT"}:
            if rule.endpoint not in ENDS:
                path = address(rule, filename="js/app.js", item_id="2")
                answer = boss.client.open(path, method=method, data=form if method == "POST" else None)
                files |= {rule.endpoint} if protected(answer, rule.endpoint) else set()
                answers += 1
    assert answers > 190
    assert {"releases.download", "releases.release_file", "audit.site_csv"} & files


def protected(answer: TestResponse, endpoint: str) -> bool:
    """Check the headers of an answer; say whether it is a file."""
    told = f"{answer.request.method} {answer.request.path}: {answer.status_code} {answer.mimetype}"
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS, told
    kept = answer.headers["Cache-Control"]
    own = kept.startswith("private, ") and (endpoint in KEPT or answer.headers.get("ETag"))
    assert kept == "no-store" or own or endpoint == "static", (told, kept)
    file = answer.headers.get("Content-Disposition", "").startswith("attachment")
    assert file or answer.mimetype in SHOWN, told
    answer.close()
    return file


@pytest.mark.parametrize("body", [b"null", b"[]", b'"x"', b"1", b'{"reason":[],"key":1,"body":{},"state":null}'])
@pytest.mark.parametrize("path", ["items/1/skip", "threads/1/posts", "threads/1/state"])
def test_what_a_script_sends_is_a_json_object_with_texts(boss: Browser, path: str, body: bytes) -> None:
    headers = {"X-CSRFToken": boss.token}
    answer = boss.client.post(f"/projects/coast/{path}", data=body, content_type="application/json", headers=headers)
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")


def test_no_form_breaks_on_what_is_typed_into_it(app: Flask, boss: Browser) -> None:
    turn, token = cycle(hostile.TEXTS), boss.token
    found = forms(app, boss)
    assert len(found) > 25
    for endpoint, form in sorted(found, key=lambda each: each[0] in LATE):
        if endpoint not in ENDS:
            for name in sorted(form.fields.keys() - {"csrf_token"}):
                for value in islice(turn, 4):
                    well(_sent(boss, form, token, name, value), f"{endpoint} {name}={value!r}")


def forms(app: Flask, browser: Browser) -> list[tuple[str, Form]]:
    """Return the forms of the pages that one comes to, one of each kind."""
    todo, seen, found = list(STARTS), set(), {}
    adapter, counts = app.url_map.bind("localhost"), dict[str, int]()
    while todo:
        page = todo.pop(0)
        if page in seen or urlsplit(page).netloc or not adapter.test(urlsplit(page).path, "GET"):
            continue
        seen.add(page)
        endpoint, _ = adapter.match(urlsplit(page).path, "GET")
        counts[endpoint] = counts.get(endpoint, 0) + 1
        if counts[endpoint] > 2 or endpoint in {"static", "openid.leave"}:
            continue
        answer = browser.get(page)
        if answer.status_code == 200 and answer.mimetype == "text/html":
            read = Forms(answer.text, page)
            todo += [urljoin(page, link.split("#")[0]) for link in read.links]
            for form in read.forms:
                form.action = urljoin(page, form.action)
                to, _ = adapter.match(urlsplit(form.action).path, form.method)
                found.setdefault((to, *sorted(form.fields)), (to, form))
    return list(found.values())


def _sent(browser: Browser, form: Form, token: str, name: str, value: str) -> TestResponse:
    fields = form.fields | {name: value} | ({"csrf_token": token} if form.method == "POST" else {})
    coded = "&".join(
        f"{quote_plus(key)}={quote_plus(each.encode(errors='surrogatepass'))}" for key, each in fields.items()
    )
    if form.method == "GET":
        return browser.get(f"{form.action.partition('?')[0]}?{coded[:60_000]}")
    return browser.client.post(form.action, data=coded, content_type="application/x-www-form-urlencoded")


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_no_value_of_a_field_holds_a_character_that_cannot_be_stored(boss: Browser, kind: str) -> None:
    form = {"csrf_token": boss.token, "item": ["1", "a\x00b"]}
    answer = boss.client.post("/projects/coast/queue/give", data=form, content_type=kind)
    assert (answer.status_code, "U+0000" in answer.text) == (422, True)


@pytest.mark.parametrize(("path", "field"), [("queue/give", "item"), ("actors/learn", "surface"), ("plan", "people")])
def test_a_form_with_more_fields_than_a_database_takes_is_refused(boss: Browser, path: str, field: str) -> None:
    form = {"csrf_token": boss.token, field: ["1"] * 40_000}
    answer = boss.client.post(f"/projects/coast/{path}", data=form)
    assert (answer.status_code, "5,000 fields at most" in answer.text) == (422, True)


def test_more_articles_than_a_database_takes_are_not_set_aside_at_once(boss: Browser) -> None:
    answer = boss.post("/projects/coast/training/articles", {"keys": "a " * 40_000, "purpose": "practice"})
    assert (answer.status_code, "At most 1,000 articles" in answer.text) == (422, True)


@pytest.mark.parametrize(
    "onward",
    [
        "//evil.example", "/\\evil.example", "\\/evil.example", "https://evil.example", "/%09/evil.example",
        "/\t/evil.example", "///evil.example", "http:evil.example", "javascript:alert(1)", " //evil.example",
        "/\r\nLocation: //evil.example", "/.//evil.example", "//evil.example/%2f..", "/@evil.example",
    ],
)  # fmt: skip
def test_signing_in_leads_to_no_other_site(app: Flask, seat: Seat, coast: Coast, onward: str) -> None:
    answer = seat(coast.mia).get("/sign-in", query_string={"next": onward})
    assert answer.status_code == 303
    there = urlsplit(urljoin("http://localhost/sign-in", answer.location))
    assert there.netloc == "localhost", answer.location
    assert "\\" not in answer.location


@pytest.mark.parametrize("host", ["...", "a" * 9_000])
def test_a_host_that_is_no_name_is_refused_in_plain_words(boss: Browser, host: str) -> None:
    answer = boss.get("/account", headers={"Host": host})
    assert (answer.status_code, answer.mimetype) == (400, "text/plain")
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_a_foreign_host_name_is_in_no_link(boss: Browser) -> None:
    for path in STARTS:
        assert "evil.example" not in boss.get(path, headers={"X-Forwarded-Host": "evil.example"}).text
