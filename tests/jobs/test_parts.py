"""Long runs in parts that workers share, and articles that no suggester survives."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select, update

from tests.builders import Coast, Finder, take_texts
from tests.nlp.poisoned import SAID
from workbench.core.errors import Invalid, NotAllowed
from workbench.jobs import worker
from workbench.jobs.tasks import Bench
from workbench.nlp.apart import ApartSuggester
from workbench.services import jobs as asked
from workbench.services import resources, suggestions
from workbench.services.jobs import JobRow
from workbench.settings import Settings, resource_root
from workbench.store import jobs, unread
from workbench.store.schema import Article, Layer


@pytest.fixture
def poisoned() -> Iterator[ApartSuggester]:
    root = resource_root()
    limits = {"memory": 1_500_000_000, "seconds": 12, "module": "tests.nlp.poisoned"}
    made = ApartSuggester(None, resources.default_scheme(root), resources.registry(root), **limits)  # type: ignore[arg-type]
    yield made
    made.close()


def ask(coast: Coast, kind: str = "suggest", **payload: object) -> int:
    with coast.database.writing() as session:
        lead = coast.seen_by(coast.lena)
        return asked.ask(session, lead, kind, {"project": "coast"} | payload, by=coast.lena, now=datetime.now(UTC))


def job(coast: Coast, number: int) -> JobRow:
    with coast.database.reading() as session:
        return next(row for row in jobs.listing(session, coast.project.id) if row.id == number)


def bench_with(coast: Coast, settings: Settings, suggester: object) -> Bench:
    return Bench(coast.database, settings, {"coast@1@0": suggester})


def drain(bench: Bench) -> int:
    count = 0
    while worker.work_once(bench, f"w{count % 2}"):
        count += 1
    return count


def test_a_long_run_is_done_in_parts_that_are_told_as_one(
    coast: Coast, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suggestions, "PART", 10)
    take_texts(coast.database, coast.project, [f"Boat {n} of France left pier {n * 3}." for n in range(25)])
    bench = bench_with(coast, settings, Finder("second@1"))
    number = ask(coast)
    assert drain(bench) == 4
    whole = job(coast, number)
    assert (whole.state, whole.done, whole.total, whole.note) == ("done", 28, 28, "28 articles in 3 parts")
    with coast.database.reading() as session:
        assert [row.id for row in jobs.listing(session, coast.project.id)] == [number]
        assert unread.count(session, coast.project.id, "second@1") == 0


def test_a_run_that_is_stopped_stops_its_parts(
    coast: Coast, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suggestions, "PART", 2)
    bench = bench_with(coast, settings, Finder("second@1"))
    number = ask(coast)
    assert worker.work_once(bench, "w1")
    with coast.database.writing() as session:
        asked.cancel(session, coast.seen_by(coast.lena), number, now=datetime.now(UTC))
    assert drain(bench) == 0
    assert job(coast, number).state == "cancelled"


def test_a_part_that_fails_fails_the_run_and_says_why(
    coast: Coast, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suggestions, "PART", 2)
    number = ask(coast)
    assert worker.work_once(bench_with(coast, settings, Finder("second@1")), "w1")
    lost = Bench(coast.database, settings, {"coast@1@0": None})
    monkeypatch.setattr(worker, "MOST_TRIES", 1)
    drain(lost)
    assert job(coast, number).state == "failed"
    assert "2 parts failed, the first with: Traceback" in str(job(coast, number).note)


@pytest.mark.parametrize("word", SAID)
def test_an_article_that_breaks_the_suggester_is_parked_and_the_others_are_read(
    coast: Coast, settings: Settings, poisoned: ApartSuggester, word: str
) -> None:
    take_texts(coast.database, coast.project, ["Spain sent a barge.", f"Norway saw {word} at sea.", "Italy sang."])
    number = ask(coast)
    drain(bench_with(coast, settings, poisoned))
    done = job(coast, number)
    assert done.state == "done"
    assert str(done.note).startswith("5 articles: ")
    assert str(done.note).endswith(", 1 parked because they could not be read")
    with coast.database.reading() as session:
        [row], _ = suggestions.listing(session, coast.seen_by(coast.lena))
        assert unread.count(session, coast.project.id, poisoned.name) == 0
    assert (row.tries, row.author) == (3, "poisoned@1")
    assert SAID[word] in row.trouble


@pytest.mark.parametrize("limits", [{"memory": 20_000_000, "seconds": 60}, {"memory": 10**9, "seconds": 0}])
def test_a_suggester_that_may_not_take_what_it_needs_to_start_says_so(limits: dict[str, int]) -> None:
    root = resource_root()
    about = (None, resources.default_scheme(root), resources.registry(root))
    with pytest.raises(Invalid, match=r"reads nothing: it .*WORKBENCH_SUGGESTER_MEMORY"):
        ApartSuggester(*about, **limits, module="tests.nlp.poisoned")


def test_a_suggester_that_has_no_memory_for_any_article_says_so_in_a_sentence(
    coast: Coast, settings: Settings, poisoned: ApartSuggester
) -> None:
    take_texts(coast.database, coast.project, [f"Boat {n} LEAKs at pier {n * 3}." for n in range(5)])
    with coast.database.writing() as session:
        session.execute(delete(Layer))
        session.execute(update(Article).values(text=Article.text + " LEAK"))
    number = ask(coast)
    drain(bench_with(coast, settings, poisoned))
    assert (job(coast, number).state, job(coast, number).tries) == ("failed", 1)
    assert "reads nothing: it took more than 1,500 MB of memory. It may need more" in str(job(coast, number).note)


def test_a_parked_article_is_tried_again_when_a_lead_says_so(coast: Coast, settings: Settings) -> None:
    class Shy(Finder):
        def suggest(self, articles, *, processes=1):  # type: ignore[no-untyped-def]
            for each in articles:
                if "ferry" in each.text and not self.read:
                    raise ValueError("no ferries")
                yield from Finder("shy@1").suggest([each])

    shy = Shy("shy@1")
    ask(coast)
    drain(bench_with(coast, settings, shy))
    with coast.database.writing() as session, pytest.raises(NotAllowed):
        suggestions.release(session, coast.seen_by(coast.mia))
    with coast.database.writing() as session:
        assert suggestions.release(session, coast.seen_by(coast.lena)) == 1
    shy.read.append("ferries are fine now")
    number = ask(coast)
    drain(bench_with(coast, settings, shy))
    assert str(job(coast, number).note).startswith("1 article: ")
    with coast.database.reading() as session:
        assert suggestions.count_parked(session, coast.project) == 0


def test_a_job_that_failed_is_tried_again_when_a_lead_says_so(coast: Coast, settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "upload"
    bench = bench_with(coast, settings, Finder())
    number = ask(coast, "import", folder=str(folder))
    drain(bench)
    assert job(coast, number).state == "failed"
    folder.mkdir()
    (folder / "a.txt").write_text("One boat.")
    with coast.database.writing() as session:
        asked.retry(session, coast.seen_by(coast.lena), number, now=datetime.now(UTC))
    drain(bench)
    assert (job(coast, number).state, job(coast, number).note) == ("done", "1 taken, 0 skipped, 0 refused")
    with coast.database.writing() as session, pytest.raises(Invalid):
        asked.retry(session, coast.seen_by(coast.lena), number, now=datetime.now(UTC))


def test_two_runs_over_the_same_articles_leave_one_layer_each(coast: Coast, settings: Settings) -> None:
    class Racing(Finder):
        def suggest(self, articles, *, processes=1):  # type: ignore[no-untyped-def]
            rows = list(articles)
            if not self.read:
                self.read.append("begun")
                suggestions.suggest(coast.database, coast.project.id, self, now=lambda: datetime.now(UTC))
            yield from Finder(self.name).suggest(rows)

    found = suggestions.suggest(coast.database, coast.project.id, Racing("racing@1"), now=lambda: datetime.now(UTC))
    assert found.articles == 0
    with coast.database.reading() as session:
        query = select(func.count()).select_from(Layer).where(Layer.author == "racing@1")
        assert session.scalar(query) == 3
