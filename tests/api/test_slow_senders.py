"""Who sends slowly keeps nobody waiting: what is sent is taken in before the transaction that stores it."""

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.api.conftest import Holding
from tests.builders import Coast, person
from workbench.core.workflow import SCOPES
from workbench.services import tokens
from workbench.settings import Settings

FORM = (
    b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
    b"Two boats left the pier.\r\n--x--\r\n"
)
SENT = {
    "records": ("/imports", "application/jsonl", b'{"text": "A boat left."}\n'),
    "files": ("/imports", "multipart/form-data; boundary=x", FORM),
    "a look": ("/move-in", "multipart/form-data; boundary=x", FORM),
    "JSON": ("/actors", "application/json", b"{}"),
}


class Slow(io.BytesIO):
    """A body amid which somebody else writes."""

    def __init__(self, body: bytes, coast: Coast) -> None:
        super().__init__(body)
        self.coast, self.wrote = coast, 0

    def read(self, size: int | None = -1) -> bytes:
        person(self.coast.database, f"Other {self.wrote}")
        self.wrote += 1
        return super().read(size)

    def readinto(self, room: Any) -> int:
        found = self.read(len(room))
        room[: len(found)] = found
        return len(found)


@pytest.fixture
def secret(coast: Coast) -> str:
    with coast.database.writing() as session:
        return tokens.make(session, "a test", tuple(SCOPES), 30, by=coast.lena, now=datetime.now(UTC))[1]


@pytest.mark.parametrize("what", SENT)
@pytest.mark.parametrize("key", [None, "one"])
def test_others_write_while_somebody_sends(app: Flask, coast: Coast, secret: str, what: str, key: str | None) -> None:
    path, kind, body = SENT[what]
    slow = Slow(body, coast)
    headers = {"Authorization": f"Bearer {secret}"} | ({"Idempotency-Key": key} if key else {})
    app.test_client().post(
        f"/api/v1/projects/coast{path}", input_stream=slow, content_length=len(body), content_type=kind,
        headers=headers,
    )  # fmt: skip
    assert slow.wrote


def test_what_is_sent_again_is_kept_once(app: Flask, holding: Holding, coast: Coast, settings: Settings) -> None:
    lena, key = holding(coast.lena), {"Idempotency-Key": "one"}
    for status in (202, 202):
        body = b'{"text": "A boat left."}\n'
        answer = lena.call("POST", "/projects/coast/imports", data=body, headers=key, content_type="application/jsonl")
        assert answer.status_code == status
    assert len(list(Path(settings.home / "uploads").iterdir())) == 1
