"""Releases of which something was lost or changed in the database: each address says so, and nothing of them leaves."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from flask import Flask
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from tests.api.calling import Program
from tests.builders import Coast
from tests.releasing import finish, make
from tests.web.browsing import Browser
from workbench.services import tokens
from workbench.store.schema.releases import Release, ReleaseFile, ReleaseRecord

NOT_JSON, OTHERS = b'{"format": "work', b'{"format": "workbench/release", "version": 2}'


Damage = Callable[[Session], object]


def lost(name: str) -> Damage:
    return lambda session: session.execute(delete(ReleaseFile).where(ReleaseFile.name == name))


def turned(name: str, body: bytes, *, hashed: bool = False) -> Damage:
    def damage(session: Session) -> None:
        session.execute(update(ReleaseFile).where(ReleaseFile.name == name).values(body=body))
        if hashed:
            session.execute(update(Release).values(manifest_sha256=sha256(body).hexdigest()))

    return damage


def record(line: bytes) -> Damage:
    return lambda session: session.execute(update(ReleaseRecord).where(ReleaseRecord.place == 1).values(line=line))


CHANGED = (("2026", "2027"), ("2027", "2026"))
DAMAGE: dict[str, tuple[Damage, str]] = {
    "no manifest": (lost("manifest.json"), "The manifest of 2026 is missing"),
    "a manifest cut off": (turned("manifest.json", NOT_JSON), "The manifest of 2026 is not what was released"),
    "a manifest that is no JSON": (turned("manifest.json", NOT_JSON, hashed=True), "is no manifest of a release"),
    "a manifest of a later version": (turned("manifest.json", OTHERS, hashed=True), "is no manifest of a release"),
    "no scheme": (lost("scheme.json"), "scheme.json of 2026 is missing on this bench"),
    "no data sheet": (lost("datasheet.md"), "datasheet.md"),
    "a data sheet that is no text": (turned("datasheet.md", b"\xff\xfe"), "is not what was released"),
    "a record of nothing": (record(b"{}"), "not what was released|cannot be read any more"),
    "a record that is no JSON": (record(b"{"), "not what was released|cannot be read any more"),
    "a record gone": (lambda session: session.execute(delete(ReleaseRecord)), "not what was released"),
}


@pytest.fixture(params=DAMAGE)
def damaged(request: pytest.FixtureRequest, coast: Coast) -> str:
    """A release with damage, beside one like it; what its file says of that."""
    finish(coast, 2)
    make(coast, "2026")
    damage, said = DAMAGE[request.param]
    with coast.database.writing() as session:
        damage(session)
    make(coast, "2027")
    return said


@pytest.mark.parametrize("query", ["", "?format=conll", "?no_text=on"])
def test_nothing_of_a_damaged_release_leaves_and_the_answer_says_why(lena: Browser, damaged: str, query: str) -> None:
    answer = lena.get(f"/projects/coast/releases/2026/file{query}")
    assert answer.status_code == 422
    assert re.search(damaged, answer.text)


@pytest.mark.parametrize(
    "path",
    ["2026", "2026?check=1", "2026/changes?since=2027", "2027/changes?since=2026", "2027/changes?since=2026&as=json"],
)
def test_every_page_of_a_damaged_release_answers(lena: Browser, damaged: str, path: str) -> None:
    answer = lena.get(f"/projects/coast/releases/{path}")
    assert answer.status_code in {200, 404, 422}, answer.text
    assert "Something broke" not in answer.text


def test_a_program_is_told_what_is_wrong_with_a_damaged_release(app: Flask, coast: Coast, damaged: str) -> None:
    with coast.database.writing() as session:
        _, secret = tokens.make(session, "mine", ("read", "export"), 1, by=coast.lena, now=datetime.now(UTC))
    program = Program(app.test_client(), secret)
    checked = program.get("/projects/coast/releases/2026/verify")
    assert checked.status_code == 200
    assert checked.json and checked.json["problems"]
    for path in ("", "/file", "/changes?since=2027"):
        answer = program.get(f"/projects/coast/releases/2026{path}")
        assert answer.status_code in {200, 422}, answer.text
        assert path != "/file" or answer.status_code == 422
