"""Jobs that meet what nobody meant: other versions, rows that cannot be read, late kills and stops."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.builders import Coast, Finder
from tests.jobs.test_parts import ask, bench_with, drain, job
from workbench.core.errors import NotFound
from workbench.jobs import tasks, worker
from workbench.services import jobs as asked
from workbench.services import suggestions
from workbench.settings import Settings
from workbench.store import jobs
from workbench.store.schema import Job


def now() -> datetime:
    return datetime.now(UTC)


def test_work_of_a_kind_that_this_version_does_not_know_says_so(coast: Coast, settings: Settings) -> None:
    with coast.database.writing() as session:
        about = {"project_id": coast.project.id, "by": None, "now": now()}
        number = jobs.add(session, "divine", {"project": "coast"}, **about)  # type: ignore[arg-type]
    drain(bench_with(coast, settings, Finder("second@1")))
    assert (job(coast, number).state, job(coast, number).tries) == ("failed", 1)
    assert "knows no work of the kind “divine”; start the worker anew" in str(job(coast, number).note)


@pytest.mark.parametrize("payload", ["{half", '["a list"]', ""])
def test_a_job_that_cannot_be_read_stops_neither_pages_nor_the_next(
    coast: Coast, settings: Settings, payload: str
) -> None:
    bad, good = ask(coast), ask(coast, "import", folder="gone")
    with coast.database.writing() as session:
        session.connection().exec_driver_sql(f"UPDATE job SET payload = '{payload}' WHERE id = {bad}")
    assert drain(bench_with(coast, settings, Finder("second@1"))) == 2
    assert (job(coast, bad).state, job(coast, good).state) == ("failed", "failed")
    assert job(coast, bad).note == "What was asked for cannot be read any more; ask for it again."


def test_what_was_done_before_the_worker_heard_that_it_should_stop_is_told_as_done(
    coast: Coast, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def quick(*_: object) -> str:
        with coast.database.writing() as session:
            asked.cancel(session, coast.seen_by(coast.lena), number, now=now())
        return "all of it came in"

    monkeypatch.setitem(worker.TASKS, "import", quick)
    number = ask(coast, "import")
    drain(bench_with(coast, settings, None))
    assert (job(coast, number).state, job(coast, number).note) == ("done", "all of it came in")


def test_a_part_is_stopped_with_its_whole_and_not_alone(
    coast: Coast, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suggestions, "PART", 2)
    bench, number = bench_with(coast, settings, Finder("second@1")), ask(coast)
    assert worker.work_once(bench, "w1")
    with coast.database.reading() as session:
        part = session.scalars(select(Job.id).where(Job.parent_id == number)).first()
    assert part
    with coast.database.writing() as session, pytest.raises(NotFound):
        asked.cancel(session, coast.seen_by(coast.lena), part, now=now())
    drain(bench)
    assert job(coast, number).state == "done"


@pytest.mark.parametrize("cleared", [False, True], ids=["before its files were removed", "after that"])
def test_an_import_that_came_in_before_its_worker_was_killed_is_told_as_it_was(
    coast: Coast, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cleared: bool
) -> None:
    folder = tmp_path / "upload"
    folder.mkdir()
    (folder / "boats.jsonl").write_text("".join(f'{{"text": "Boat {n} at pier {n * 3}."}}\n' for n in range(30)))
    number, bench = ask(coast, "import", folder=str(folder)), bench_with(coast, settings, Finder())
    long_ago = now() - timedelta(minutes=5)
    with coast.database.writing() as session:
        taken = jobs.claim(session, "dead", now=long_ago, silent_since=long_ago)
    assert taken

    def killed(path: Path, **_: object) -> None:
        for each in path.iterdir() if cleared else ():
            each.unlink()
        if cleared:
            path.rmdir()
        raise SystemExit

    with monkeypatch.context() as patch, pytest.raises(SystemExit):
        patch.setattr(tasks.shutil, "rmtree", killed)
        tasks.TASKS["import"](bench, taken, lambda **_: None)
    drain(bench)
    assert (job(coast, number).state, job(coast, number).note) == ("done", "30 taken, 0 skipped, 0 refused")
    assert not folder.exists()
