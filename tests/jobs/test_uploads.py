"""Uploaded files go with their import: when it is stopped, or when it failed and nobody tried it again."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.builders import Coast
from tests.jobs.test_worker import ask, job
from workbench.core.errors import Invalid
from workbench.jobs import movein, worker
from workbench.jobs.tasks import Bench
from workbench.jobs.tries import Later
from workbench.services import jobs as asked
from workbench.services.jobs import KEPT
from workbench.settings import Settings
from workbench.store import jobs
from workbench.store.jobs import JobRow

NOBODY = {"role": "person", "name": "Nobody", "labels": {}, "replace_gold": False}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The files of an import, none of which can be read."""
    (tmp_path / "upload").mkdir()
    (tmp_path / "upload" / "a.txt").write_bytes(b"\xff\xfe\xff")
    return tmp_path / "upload"


def _forget(coast: Coast, settings: Settings, after: timedelta) -> str | Later | None:
    """See through what is due by then to remove files; None where nothing is."""
    later = datetime.now(UTC) + after
    with coast.database.writing() as session:
        found: JobRow | None = jobs.claim(session, "later", now=later, silent_since=datetime.now(UTC) - worker.SILENCE)
    if found is None:
        return None
    assert found.kind == "forget"
    return movein.forget(Bench(coast.database, settings), found, lambda **_: None)


def _again(coast: Coast, number: int) -> None:
    with coast.database.writing() as session:
        asked.retry(session, coast.seen_by(coast.lena), number, now=datetime.now(UTC))


def _stop(coast: Coast, number: int) -> None:
    with coast.database.writing() as session:
        asked.cancel(session, coast.seen_by(coast.lena), number, now=datetime.now(UTC))


def test_files_of_an_import_that_was_stopped_go_once_its_worker_has_heard(
    coast: Coast, settings: Settings, folder: Path
) -> None:
    number = ask(coast, "import", folder=str(folder))
    _stop(coast, number)
    assert _forget(coast, settings, timedelta(0)) is None
    with pytest.raises(Invalid, match="files of this import are removed"):
        _again(coast, number)
    _forget(coast, settings, timedelta(minutes=2))
    assert not folder.exists()


def test_files_of_an_import_that_failed_wait_a_day_to_be_tried_again(
    coast: Coast, settings: Settings, folder: Path
) -> None:
    bench, number = Bench(coast.database, settings), ask(coast, "import", folder=str(folder), **NOBODY)
    for _ in range(2):
        worker.work_once(bench, "w1")
        assert job(coast, number).state == "failed"
        assert folder.exists()
        _again(coast, number)
    waits = _forget_while_queued(coast, settings, number)
    assert isinstance(waits, Later)
    assert folder.exists()


def _forget_while_queued(coast: Coast, settings: Settings, number: int) -> str | Later:
    with coast.database.reading() as session:
        assert jobs.under_way(session, number)
    forgetting = JobRow(0, None, "forget", {"import": number}, "running", 0, None, None, 1, datetime.now(UTC), None,
                        None)  # fmt: skip
    return movein.forget(Bench(coast.database, settings), forgetting, lambda **_: None)


def test_files_of_an_import_that_nobody_tried_again_are_removed_and_it_says_so(
    coast: Coast, settings: Settings, folder: Path
) -> None:
    number = ask(coast, "import", folder=str(folder), **NOBODY)
    worker.work_once(Bench(coast.database, settings), "w1")
    assert _forget(coast, settings, KEPT - timedelta(hours=1)) is None
    _forget(coast, settings, KEPT + timedelta(minutes=1))
    assert not folder.exists()
    assert (job(coast, number).note or "").endswith("Nobody tried it again; its files are removed.")
    with pytest.raises(Invalid, match="files of this import are removed"):
        _again(coast, number)
