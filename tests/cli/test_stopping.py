"""Stopping a server while somebody's request is under way: it is finished and answered first."""

import contextlib
import fcntl
import os
import signal
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
import requests

from tests.bench.serving import free_port
from tests.builders import Coast, person
from tests.faults.serving import Server
from workbench.core.workflow import SCOPES
from workbench.services import tokens
from workbench.settings import Settings

GUNICORN = (
    "-m", "gunicorn", "-c", str(Path(__file__).parents[2] / "workbench" / "deploy" / "gunicorn.conf.py"),
    "workbench.wsgi:app",
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="who has opened a file shows on Linux alone")
@pytest.mark.parametrize(
    ("served", "signals"),
    [((), [signal.SIGTERM]), ((), [signal.SIGTERM, signal.SIGINT]), (GUNICORN, [signal.SIGTERM])],
    ids=["waitress", "waitress asked twice", "gunicorn"],
)
def test_what_is_under_way_is_finished_before_the_server_ends(
    settings: Settings, coast: Coast, engine: str, served: tuple[str, ...], signals: list[signal.Signals]
) -> None:
    if engine != "sqlite":
        pytest.skip("what holds a write up here is the embedded file's turn")
    person(coast.database, "Admin")
    with coast.database.writing() as session:
        secret = tokens.make(session, "stop", tuple(SCOPES), 1, by=coast.mia, now=datetime.now(UTC))[1]
    server = Server(settings.home, settings.database_url, free_port(), command=served)
    answers: list[requests.Response] = []
    with (settings.home / "workbench.db-turn").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        sender = threading.Thread(target=lambda: answers.append(next_item(server.base, secret)))
        sender.start()
        while not waits(server.process.pid, turn.name):
            assert sender.is_alive(), "the request did not wait for its turn"
        for each in signals:
            server.process.send_signal(each)
        fcntl.flock(turn, fcntl.LOCK_UN)
        sender.join()
    assert answers[0].status_code == 200, answers[0].text
    assert server.process.wait(60) == 0
    with coast.database.reading() as session:
        assert coast.desk(answers[0].json()["item"], coast.mia).item.person_id == coast.mia.id


def next_item(base: str, secret: str) -> requests.Response:
    headers = {"Authorization": f"Bearer {secret}"}
    return requests.post(f"{base}/api/v1/projects/coast/items/next", json={}, headers=headers, timeout=120)


def waits(group: int, path: str) -> bool:
    """Say whether a process of a group has opened a file, which is what it does to wait for its turn."""
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            own = os.getpgid(int(process.name)) == group
            if own and any(str(each.readlink()) == path for each in (process / "fd").iterdir()):
                return True
    return False
