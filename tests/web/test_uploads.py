"""Uploaded files whose job is not stored are nobody's, and go."""

import io
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import event

from tests.builders import Coast
from tests.web.browsing import Browser
from workbench.core.errors import Unavailable
from workbench.services import tokens
from workbench.settings import Settings
from workbench.store import jobs
from workbench.store.engine import Database

PATHS = ("/projects/coast/articles", "/projects/coast/move-in", "/api/v1/projects/coast/imports")
Post = Callable[[str], int]


@pytest.fixture
def post(app: Flask, lena: Browser, coast: Coast) -> Post:
    """Send a file, to a page by a form and to the API with a token; return the status."""
    app.testing, app.config["PROPAGATE_EXCEPTIONS"] = False, False
    from datetime import UTC, datetime

    with coast.database.writing() as session:
        _, secret = tokens.make(session, "t", ("import", "read"), 30, by=coast.lena, now=datetime.now(UTC))

    def sent(path: str) -> int:
        form = {"files": (io.BytesIO(b"A boat."), "a.txt")}
        if path.startswith("/api"):
            return app.test_client().post(
                path, data=form, headers={"Authorization": f"Bearer {secret}"}, content_type="multipart/form-data"
            ).status_code  # fmt: skip
        return lena.post(path, form).status_code

    return sent


def kept(settings: Settings) -> int:
    folder = settings.home / "uploads"
    return len(list(folder.iterdir())) if folder.exists() else 0


@pytest.mark.parametrize("path", PATHS)
def test_files_stay_with_their_job(post: Post, settings: Settings, path: str) -> None:
    assert post(path) < 400
    assert kept(settings) == 1


@pytest.mark.parametrize("path", PATHS)
def test_files_go_where_their_job_cannot_be_queued(
    post: Post, settings: Settings, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object, **__: object) -> int:
        raise Unavailable("The database is busy; what you sent was not stored. Try again.")

    monkeypatch.setattr(jobs, "add", busy)
    assert post(path) == 503
    assert kept(settings) == 0


@pytest.mark.parametrize("path", PATHS)
def test_files_go_where_their_job_is_lost_at_the_last_moment(
    post: Post, settings: Settings, path: str, database: Database
) -> None:
    from workbench.store.schema import Job

    def broken(*_: object) -> None:
        raise RuntimeError("the machine is out of order")

    event.listen(Job, "after_insert", broken)
    try:
        assert post(path) == 500
    finally:
        event.remove(Job, "after_insert", broken)
    assert kept(settings) == 0
