"""A database that is out of reach: every answer says so, in the form that was asked for, and nothing breaks."""

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.builders import Coast
from tests.web.browsing import Browser
from workbench.app import create_app
from workbench.settings import Settings
from workbench.store import engine, tallies
from workbench.store.engine import Database

NOWHERE = "postgresql+psycopg://nobody@127.0.0.1:1/none?connect_timeout=1"


@pytest.fixture
def cut_off(app: Flask, coast: Coast, settings: Settings) -> Browser:
    """The browser of somebody who was signed in when the database went away."""
    browser = Browser(app.test_client(), coast.database)
    browser.enter(coast.mia)
    cookie = browser.client.get_cookie("workbench")
    assert cookie
    without = create_app(replace(settings, database_url=NOWHERE), Database(NOWHERE))
    browser.client = without.test_client()
    browser.client.set_cookie("workbench", cookie.value)
    return browser


@pytest.mark.parametrize("path", ["/", "/projects", "/projects/coast/queue", "/account"])
def test_pages_say_that_the_database_cannot_be_reached(cut_off: Browser, path: str) -> None:
    answer = cut_off.get(path)
    assert (answer.status_code, answer.mimetype, answer.headers["Retry-After"]) == (503, "text/html", "5")
    assert "database" in answer.text


def test_what_is_not_there_is_said_without_a_database(cut_off: Browser) -> None:
    assert cut_off.get("/nowhere").status_code in {404, 503}


def test_programs_get_a_problem_document(cut_off: Browser) -> None:
    answer = cut_off.get("/api/v1/projects", headers={"Authorization": "Bearer wb_x"})
    assert (answer.status_code, answer.mimetype) == (503, "application/problem+json")
    assert answer.json is not None
    assert answer.json["code"] == "unavailable"


def test_the_desk_gets_a_problem_document_and_parts_a_message(cut_off: Browser) -> None:
    data = cut_off.get("/projects/coast/items/1/data", headers={"Accept": "application/json"})
    assert (data.status_code, data.mimetype) == (503, "application/problem+json")
    part = cut_off.get("/projects/coast/queue", headers={"HX-Request": "true"})
    assert part.status_code == 503
    assert "<html" not in part.text


def test_the_process_is_alive_and_says_that_it_is_not_ready(cut_off: Browser) -> None:
    assert cut_off.get("/health").status_code == 200
    assert cut_off.get("/ready").status_code == 503


def while_another_writes(coast: Coast, ask: Callable[[], TestResponse]) -> TestResponse:
    """Return the answer to what is asked while somebody else has the turn to write."""
    answers: list[TestResponse] = []
    with coast.database.writing():
        asking = threading.Thread(target=lambda: answers.append(ask()))
        asking.start()
        asking.join()
    [answer] = answers
    return answer


def test_a_write_whose_turn_does_not_come_is_told_to_come_again(
    mia: Browser, coast: Coast, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not coast.database.embedded:
        pytest.skip("on PostgreSQL nobody takes turns")
    token, item = mia.token, coast.next(coast.mia)
    monkeypatch.setattr(engine, "PATIENCE", 0.05)
    headers = {"X-CSRFToken": token, "Accept": "application/json"}
    address = f"/projects/coast/items/{item}/skip"
    answer = while_another_writes(coast, lambda: mia.client.post(address, json={"reason": "later"}, headers=headers))
    assert answer.json is not None
    assert (answer.status_code, answer.headers["Retry-After"], answer.json["code"]) == (503, "5", "unavailable")


def test_the_board_is_shown_while_nothing_can_be_written(
    mia: Browser, coast: Coast, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not coast.database.embedded:
        pytest.skip("on PostgreSQL nobody takes turns")
    monkeypatch.setattr(engine, "PATIENCE", 0.05)
    monkeypatch.setattr(tallies, "FEW", 2)
    assert while_another_writes(coast, lambda: mia.get("/projects/coast/board")).status_code == 200
