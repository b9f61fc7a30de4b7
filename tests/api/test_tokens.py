"""Tokens: what lets a program in, what keeps it out, and how often it may ask."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from tests.api.calling import Program
from tests.api.conftest import Holding
from tests.builders import NOW, Coast
from workbench.api import calls
from workbench.api.description import Operation
from workbench.app import create_app
from workbench.core.errors import Invalid, NotFound, NotSignedIn
from workbench.services import accounts, people, tokens
from workbench.settings import Settings
from workbench.store.schema import ApiToken


def made(coast: Coast, *scopes: str, days: int = 30, name: str = "a script") -> str:
    with coast.database.writing() as session:
        return tokens.make(session, name, scopes or ("read",), days, by=coast.mia, now=NOW)[1]


def entered(coast: Coast, secret: str, now: datetime = NOW) -> tokens.Holder:
    with coast.database.writing() as session:
        return tokens.enter(session, secret, now=now, most=100)


def test_a_token_names_its_owner_and_keeps_no_secret(coast: Coast) -> None:
    secret = made(coast, "read", "review")
    assert entered(coast, secret).person == coast.mia
    with coast.database.reading() as session:
        row = session.query(ApiToken).one()
    assert secret not in {row.token, row.name} and len(row.token) == 64
    assert row.used_at == NOW


def test_a_token_ends_with_its_day(coast: Coast) -> None:
    secret = made(coast, days=1)
    entered(coast, secret, NOW + timedelta(hours=23))
    with pytest.raises(NotSignedIn):
        entered(coast, secret, NOW + timedelta(days=1))


def test_a_revoked_token_lets_nobody_in(coast: Coast) -> None:
    secret = made(coast)
    with coast.database.writing() as session:
        row = tokens.listing(session, coast.mia, now=NOW)[0]
        with pytest.raises(NotFound):
            tokens.revoke(session, row.id, by=coast.noor, now=NOW)
        tokens.revoke(session, row.id, by=coast.mia, now=NOW)
    with pytest.raises(NotSignedIn):
        entered(coast, secret)


def test_who_is_kept_out_is_kept_out_with_all_tokens(coast: Coast) -> None:
    secret = made(coast)
    with coast.database.writing() as session:
        people.set_active(session, coast.mia.id, False, by=None, now=NOW)
    with pytest.raises(NotSignedIn):
        entered(coast, secret)


@pytest.mark.parametrize(
    ("name", "scopes", "days"),
    [
        ("", ("read",), 1),
        ("x" * 81, ("read",), 1),
        ("x", (), 1),
        ("x", ("all",), 1),
        ("x", ("read",), 0),
        ("x", ("read",), 367),
    ],
)
def test_a_token_that_cannot_be_is_refused(coast: Coast, name: str, scopes: tuple[str, ...], days: int) -> None:
    with coast.database.writing() as session, pytest.raises(Invalid):
        tokens.make(session, name, scopes, days, by=coast.mia, now=NOW)


def test_a_role_that_is_taken_away_is_gone_at_once(mia: Program, coast: Coast) -> None:
    assert mia.get("/projects/coast").status_code == 200
    with coast.database.writing() as session:
        people.set_role(session, coast.project.id, coast.mia.id, "viewer", by=coast.lena, now=NOW)
    assert mia.post("/projects/coast/items/next", {}).status_code == 403
    with coast.database.writing() as session:
        people.set_role(session, coast.project.id, coast.mia.id, None, by=coast.lena, now=NOW)
    assert mia.get("/projects/coast").status_code == 404


def test_a_scope_that_is_missing_is_named(holding: Holding, coast: Coast) -> None:
    answer = holding(coast.lena, "read").post("/projects/coast/items/next", {})
    assert (answer.status_code, answer.json["code"]) == (403, "not_allowed")
    assert "“review”" in answer.json["detail"]


def test_a_token_makes_no_token_that_may_more(holding: Holding, coast: Coast) -> None:
    program = holding(coast.mia, "manage", "read")
    wish = {"name": "child", "scopes": ["review"], "days": 1}
    assert program.post("/account/tokens", wish).status_code == 403
    told = program.post("/account/tokens", wish | {"scopes": ["read"]})
    assert told.status_code == 201
    assert Program(program.client, told.json["token"]).get("/account").json["scopes"] == ["read"]
    assert program.post(f"/account/tokens/{told.json['id']}/revoke").json == {"ok": True}
    assert Program(program.client, told.json["token"]).get("/account").status_code == 401


def test_no_token_a_wrong_one_and_a_cookie_let_nobody_in(app: Flask, coast: Coast) -> None:
    client = app.test_client()
    with coast.database.writing() as session:
        link = people.make_link(session, coast.mia.id, "sign_in", now=datetime.now(UTC))
    client.get(f"/sign-in/{link}")
    for headers in (
        {},
        {"Authorization": "Bearer wb_wrong"},
        {"Authorization": "Basic eDp5"},
        {"Authorization": "Bearer"},
    ):
        answer = client.get("/api/v1/account", headers=headers)
        assert (answer.status_code, answer.json["code"]) == (401, "not_signed_in"), headers
        assert answer.headers["WWW-Authenticate"] == 'Bearer realm="Workbench"'


def test_a_token_is_slowed_down_whichever_process_it_asks(settings: Settings, coast: Coast) -> None:
    with coast.database.writing() as session:
        secret = tokens.make(session, "busy", ["read"], 1, by=coast.mia, now=datetime.now(UTC))[1]
    processes = [Program(create_app(replace(settings, api_rate=3)).test_client(), secret) for _ in range(2)]
    statuses = [processes[n % 2].get("/account").status_code for n in range(4)]
    assert statuses == [200, 200, 200, 429]
    answer = processes[1].get("/account")
    assert 1 <= int(answer.headers["Retry-After"]) <= 61
    assert answer.json["code"] == "too_often"


def test_who_guesses_tokens_is_slowed_down(app: Flask, coast: Coast) -> None:
    client = app.test_client()
    statuses = [
        client.get("/api/v1/account", headers={"Authorization": f"Bearer wb_{n}"}).status_code for n in range(62)
    ]  # fmt: skip
    assert (statuses[0], statuses[-1]) == (401, 429)


@pytest.mark.parametrize("ended", ["revoked", "kept out", "no admin"])
def test_what_arrives_when_its_token_has_ended_is_not_kept(
    root: Program, coast: Coast, monkeypatch: pytest.MonkeyPatch, ended: str
) -> None:
    entered = calls._check_scope

    def meanwhile(op: Operation, holder: tokens.Holder) -> None:
        entered(op, holder)
        with coast.database.writing() as session:
            accounts.set_admin(session, coast.lena.id, True, by=None, now=NOW)
            if ended == "revoked":
                tokens.revoke(session, holder.token_id, by=holder.person, now=NOW)
            elif ended == "kept out":
                people.set_active(session, holder.person.id, False, by=None, now=NOW)
            else:
                accounts.set_admin(session, holder.person.id, False, by=None, now=NOW)

    monkeypatch.setattr(calls, "_check_scope", meanwhile)
    answer = root.post("/people", {"name": "Accomplice", "admin": True})
    assert (answer.status_code, answer.json["code"]) == (401, "not_signed_in")
    with coast.database.reading() as session:
        assert not accounts.search(session, "Accomplice", limit=1)
