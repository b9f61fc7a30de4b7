"""Work outside requests: taken once, tried again when its worker died, stopped when asked, never in the way."""

import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType

import pytest

from tests.builders import Coast, Finder, take_texts
from workbench.core.annotation import Document, Layer
from workbench.core.errors import NotAllowed
from workbench.jobs import tasks, worker
from workbench.jobs.tasks import Bench
from workbench.services import imports
from workbench.services import jobs as asked
from workbench.services.jobs import JobRow
from workbench.settings import Settings
from workbench.store import articles, jobs


class Broken(Finder):
    """Fails in a way that nobody foresaw."""

    def suggest(self, articles: Iterable[Document], *, processes: int = 1) -> Iterator[Layer]:
        raise ZeroDivisionError("a bug in the suggester")


@pytest.fixture
def bench(coast: Coast, settings: Settings) -> Bench:
    """A bench whose suggester is a quick one, and one article that waits for it."""
    take_texts(coast.database, coast.project, ["Spain sent a barge."])
    return with_suggester(coast, settings, Finder())


def with_suggester(coast: Coast, settings: Settings, suggester: Finder) -> Bench:
    return Bench(coast.database, settings, {"coast@1@0": suggester})


def ask(coast: Coast, kind: str = "suggest", **payload: object) -> int:
    with coast.database.writing() as session:
        about = {"project": "coast"} | payload
        lead = coast.seen_by(coast.lena)
        return asked.ask(session, lead, kind, about, by=coast.lena, now=datetime.now(UTC))


def job(coast: Coast, number: int) -> JobRow:
    with coast.database.reading() as session:
        return next(row for row in jobs.listing(session, coast.project.id) if row.id == number)


def test_a_job_is_done_and_says_what_it_came_to(coast: Coast, bench: Bench) -> None:
    number = ask(coast)
    assert worker.work_once(bench, "w1")
    done = job(coast, number)
    assert (done.state, done.note) == ("done", "1 article: 1 entity, 0 stances, 0 commitments")
    assert (done.total, done.tries) == (1, 1)
    assert not worker.work_once(bench, "w1")


def test_asking_twice_for_a_run_that_waits_gives_the_same_job(coast: Coast) -> None:
    assert ask(coast) == ask(coast)


def test_only_who_may_suggest_asks_for_a_run(coast: Coast) -> None:
    with coast.database.writing() as session, pytest.raises(NotAllowed):
        reviewer = coast.seen_by(coast.mia)
        asked.ask(session, reviewer, "suggest", {}, by=coast.mia, now=datetime.now(UTC))


def test_a_job_whose_worker_fell_silent_is_taken_over(coast: Coast, bench: Bench) -> None:
    number = ask(coast)
    long_ago = datetime.now(UTC) - timedelta(minutes=5)
    with coast.database.writing() as session:
        assert jobs.claim(session, "dead", now=long_ago, silent_since=long_ago) is not None
    assert worker.work_once(bench, "w2")
    assert (job(coast, number).state, job(coast, number).tries) == ("done", 2)


def test_a_job_whose_worker_is_alive_is_left_alone(coast: Coast, bench: Bench) -> None:
    ask(coast)
    now = datetime.now(UTC)
    with coast.database.writing() as session:
        jobs.claim(session, "w1", now=now, silent_since=now - worker.SILENCE)
    assert not worker.work_once(bench, "w2")


def test_a_worker_that_comes_back_cannot_close_a_job_that_another_has(coast: Coast) -> None:
    number = ask(coast)
    long_ago, now = datetime.now(UTC) - timedelta(minutes=5), datetime.now(UTC)
    with coast.database.writing() as session:
        jobs.claim(session, "w1", now=long_ago, silent_since=long_ago)
        jobs.claim(session, "w2", now=now, silent_since=now - worker.SILENCE)
        assert not jobs.beat(session, number, "w1", now=now)
        jobs.end(session, number, "w1", "failed", "too late", now=now)
        assert jobs.beat(session, number, "w2", now=now, done=1)
    assert job(coast, number).state == "running"


def test_two_workers_never_take_the_same_job(coast: Coast) -> None:
    numbers = [ask(coast, "import", folder=str(n)) for n in range(8)]
    taken: list[int] = []

    def claim(owner: str) -> None:
        now = datetime.now(UTC)
        with coast.database.writing() as session:
            found = jobs.claim(session, owner, now=now, silent_since=now - worker.SILENCE)
        taken.append(found.id if found else 0)

    threads = [threading.Thread(target=claim, args=(f"w{n}",)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == numbers


def test_a_job_that_breaks_is_tried_three_times_and_then_says_why(
    coast: Coast, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_texts(coast.database, coast.project, [f"Spain sent barge {n} past pier {n * 7}." for n in range(6)])
    bench = with_suggester(coast, settings, Broken("broken@1"))
    number = ask(coast)
    monkeypatch.setattr(worker, "PAUSE", timedelta())
    while worker.work_once(bench, "w1"):
        pass
    failed = job(coast, number)
    assert (failed.state, failed.tries) == ("failed", 3)
    assert "a bug in the suggester" in str(failed.note)


def test_a_job_that_keeps_killing_its_worker_is_given_up(coast: Coast, bench: Bench) -> None:
    number = ask(coast)
    long_ago = datetime.now(UTC) - timedelta(minutes=30)
    with coast.database.writing() as session:
        for minute in range(3):
            at = long_ago + timedelta(minutes=5 * minute)
            jobs.claim(session, f"dead-{minute}", now=at, silent_since=at)
    assert worker.work_once(bench, "w9")
    assert job(coast, number).state == "failed"
    assert "Given up after 3 tries" in str(job(coast, number).note)


def test_a_refusal_is_a_sentence_and_not_tried_again(coast: Coast, bench: Bench) -> None:
    number = ask(coast, "import", folder="gone")
    worker.work_once(bench, "w1")
    assert (job(coast, number).state, job(coast, number).tries) == ("failed", 1)
    assert job(coast, number).note == "The files of this import are gone; import them again."


def test_a_cancelled_job_that_waits_is_never_begun(coast: Coast, bench: Bench) -> None:
    number = ask(coast)
    with coast.database.writing() as session:
        asked.cancel(session, coast.seen_by(coast.lena), number, now=datetime.now(UTC))
    assert not worker.work_once(bench, "w1")
    assert job(coast, number).state == "cancelled"


def test_a_cancelled_job_stops_and_keeps_what_it_has(coast: Coast, settings: Settings) -> None:
    rows = [f"Boat {n} of France left pier {n * 3}." for n in range(130)]
    take_texts(coast.database, coast.project, rows)

    class Cancelled(Finder):
        def suggest(self, articles: Iterable[Document], *, processes: int = 1) -> Iterator[Layer]:
            yield from super().suggest(articles)
            if len(self.read) < 100:
                with coast.database.writing() as session:
                    asked.cancel(session, coast.seen_by(coast.lena), number, now=datetime.now(UTC))
                time.sleep(0.6)

    number = ask(coast)
    bench = with_suggester(coast, settings, Cancelled("slow@1"))
    worker.work_once(bench, "w1")
    assert (job(coast, number).state, job(coast, number).note) == ("cancelled", "Stopped; what was stored stays.")
    with coast.database.reading() as session:
        assert articles.count_unsuggested(session, coast.project.id) == 130 - 61


def test_uploaded_files_are_imported_and_cleared_away(coast: Coast, bench: Bench, tmp_path: Path) -> None:
    folder = tmp_path / "upload"
    folder.mkdir()
    (folder / "a.txt").write_text("One boat.")
    (folder / "b.txt").write_bytes(b"\xff\xfe\xff")
    number = ask(coast, "import", folder=str(folder), skip_bad=True, by=coast.lena.id)
    worker.work_once(bench, "w1")
    assert job(coast, number).note == "1 taken, 0 skipped, 1 refused"
    assert not folder.exists()


def test_an_import_whose_worker_was_killed_is_taken_whole_by_the_next(
    coast: Coast, bench: Bench, tmp_path: Path
) -> None:
    folder = tmp_path / "upload"
    folder.mkdir()
    (folder / "boats.jsonl").write_text("".join(f'{{"text": "Boat {n} at pier {n * 3}."}}\n' for n in range(300)))
    number = ask(coast, "import", folder=str(folder))
    long_ago = datetime.now(UTC) - timedelta(minutes=5)
    with coast.database.writing() as session:
        taken = jobs.claim(session, "dead", now=long_ago, silent_since=long_ago)
    assert taken is not None

    def killed(done: int = 0, total: int | None = None) -> None:
        if done > 200:
            raise SystemExit  # after the first chunk is stored

    with pytest.raises(SystemExit), unswept(imports.articles):
        tasks.TASKS["import"](bench, taken, killed)
    assert worker.work_once(bench, "w2")
    assert (job(coast, number).state, job(coast, number).note) == ("done", "300 taken, 0 skipped, 0 refused")


@contextmanager
def unswept(module: ModuleType) -> Iterator[None]:
    """Leave what an import has stored where it is, as a kill does."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "abandon", lambda session, batch_id: None)
        yield


def test_a_worker_goes_on_until_it_is_told_to_stop(coast: Coast, bench: Bench) -> None:
    number, stop = ask(coast), threading.Event()
    thread = threading.Thread(target=worker.work, args=(bench, stop), kwargs={"idle_seconds": 0.01})
    thread.start()
    for _ in range(500):
        if job(coast, number).state == "done":
            break
        time.sleep(0.02)
    stop.set()
    thread.join(timeout=10)
    assert job(coast, number).state == "done"
    assert not thread.is_alive()


def test_every_kind_of_job_has_a_task_and_an_act_that_allows_it() -> None:
    assert set(asked.NEEDS) <= set(tasks.TASKS)
