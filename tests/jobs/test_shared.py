"""Jobs on PostgreSQL: delivered with what they are about, and taken over from workers that die."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from tests.builders import Coast, take_texts
from tests.jobs import crew
from tests.jobs.test_parts import ask, job
from workbench.jobs import shared
from workbench.services import jobs as asked
from workbench.services import suggestions
from workbench.settings import Settings
from workbench.store import jobs
from workbench.store.schema import Job, Layer

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _shared(engine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if engine != "postgresql":
        pytest.skip("the embedded engine has no deliveries")
    for name, value in (("HEARTBEAT", 0.5), ("STALLED", 3.0), ("_LOOK", 0.5)):
        monkeypatch.setattr(shared, name, value)


def drain(coast: Coast, settings: Settings) -> None:
    # in a thread of its own, since tests of pages leave an event loop running in this one
    with ThreadPoolExecutor(1) as alone:
        bench = crew.bench(settings.database_url, str(settings.home))
        alone.submit(shared.work, bench, threading.Event(), wait=False).result()


def until(holds: Callable[[], bool]) -> None:
    for _ in range(600):
        if holds():
            return
        time.sleep(0.1)
    raise AssertionError("it never came to that")


def deliveries(coast: Coast) -> int:
    with coast.database.reading() as session:
        return session.scalar(text("SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'")) or 0


def test_a_job_is_delivered_if_and_only_if_it_was_kept(coast: Coast, settings: Settings) -> None:
    with pytest.raises(RuntimeError), coast.database.writing() as session:
        asked.ask(session, coast.seen_by(coast.lena), "suggest", {}, by=coast.lena, now=datetime.now(UTC))
        raise RuntimeError("half-way")
    assert deliveries(coast) == 0
    number = ask(coast)
    assert deliveries(coast) == 1
    drain(coast, settings)
    assert (job(coast, number).state, job(coast, number).tries) == ("done", 1)
    assert deliveries(coast) == 0


def test_a_cancelled_job_is_delivered_and_not_begun(coast: Coast, settings: Settings) -> None:
    number = ask(coast)
    with coast.database.writing() as session:
        asked.cancel(session, coast.seen_by(coast.lena), number, now=datetime.now(UTC))
    drain(coast, settings)
    assert (job(coast, number).state, job(coast, number).tries) == ("cancelled", 0)


def test_what_a_killed_worker_had_is_finished_by_another(
    coast: Coast, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suggestions, "CHUNK", 8)
    take_texts(coast.database, coast.project, [f"Boat {n} of France left pier {n * 3}." for n in range(40)])
    number = ask(coast)
    command = [sys.executable, "-m", "tests.jobs.crew", settings.database_url, str(settings.home), "0.2"]
    dying = subprocess.Popen(command, cwd=ROOT)
    until(lambda: job(coast, number).state == "running")
    dying.kill()
    dying.wait()
    stop = threading.Event()
    bench = crew.bench(settings.database_url, str(settings.home))
    living = threading.Thread(target=shared.work, args=(bench, stop))
    living.start()
    try:
        until(lambda: job(coast, number).state == "done")
    finally:
        stop.set()
        living.join(timeout=30)
    assert job(coast, number).tries == 2
    with coast.database.reading() as session:
        counted = select(func.count(), func.count(Layer.article_id.distinct())).where(Layer.author == "slow@1")
        assert tuple(session.execute(counted).one()) == (43, 43)


def test_a_job_that_came_from_elsewhere_is_delivered_by_whoever_looks_after_them(
    coast: Coast, settings: Settings
) -> None:
    now = datetime.now(UTC)
    with coast.database.writing() as session:
        row = dict.fromkeys(("total", "note", "owner", "beat_at", "due_at", "finished_at", "parent_id", "person_id"))
        payload = {"project": "coast"}
        about = {"kind": "suggest", "payload": payload, "state": "queued", "done": 0, "tries": 0, "created_at": now}
        session.add(Job(project_id=coast.project.id, **row, **about))
    drain(coast, settings)
    with coast.database.reading() as session:
        assert [each.state for each in jobs.listing(session, coast.project.id)] == ["done"]


def test_a_worker_that_is_told_to_stop_gives_its_job_back(
    coast: Coast, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suggestions, "CHUNK", 2)
    take_texts(coast.database, coast.project, [f"Boat {n} of France left pier {n * 3}." for n in range(40)])
    number = ask(coast)
    stop = threading.Event()
    slow = crew.bench(settings.database_url, str(settings.home), 0.2)
    worker = threading.Thread(target=shared.work, args=(slow, stop))
    worker.start()
    until(lambda: job(coast, number).done > 0)
    stop.set()
    worker.join(timeout=30)
    assert (job(coast, number).state, job(coast, number).tries) == ("queued", 0)
    drain(coast, settings)
    assert job(coast, number).state == "done"
