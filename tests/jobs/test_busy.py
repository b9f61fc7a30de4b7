"""A job that meets a database which cannot take it: it waits, and no try of its is lost."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

import pytest

from tests.builders import Coast, Finder, take_texts
from tests.jobs.test_worker import ask, job, with_suggester
from workbench.core.annotation import Document, Layer
from workbench.core.errors import NoRoom, Unavailable
from workbench.jobs import worker
from workbench.settings import Settings
from workbench.store import jobs

BUSY = "The database is busy; what you sent was not stored. Try again."


class Late(Finder):
    """Finds the database as it is, so many times; then it can be written to."""

    def __init__(self, problem: Unavailable, times: int) -> None:
        super().__init__("late@1")
        self.problem, self.times = problem, times

    def suggest(self, articles: Iterable[Document], *, processes: int = 1) -> Iterator[Layer]:
        self.times -= 1
        if self.times >= 0:
            raise self.problem
        return super().suggest(articles)


@pytest.mark.parametrize(
    ("problem", "said"), [(Unavailable(BUSY), "busy or out of reach"), (NoRoom("The disk is full."), "disk is full")]
)
def test_a_database_that_cannot_take_a_job_costs_no_try(
    coast: Coast, settings: Settings, monkeypatch: pytest.MonkeyPatch, problem: Unavailable, said: str
) -> None:
    take_texts(coast.database, coast.project, ["Spain sent a barge."])
    number = ask(coast)
    bench = with_suggester(coast, settings, Late(problem, worker.MOST_TRIES + 2))
    monkeypatch.setattr(worker, "HOLD", timedelta())
    for _ in range(worker.MOST_TRIES + 2):
        assert worker.work_once(bench, "w1")
        assert (job(coast, number).state, job(coast, number).tries) == ("queued", 0)
        assert said in (job(coast, number).note or "")
    assert worker.work_once(bench, "w1")
    assert (job(coast, number).state, job(coast, number).tries) == ("done", 1)


def test_what_a_job_came_to_is_told_once_the_database_can_take_it(
    coast: Coast, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_texts(coast.database, coast.project, ["Spain sent a barge."])
    number, ended, held = ask(coast), jobs.end, [1, 2]

    def end(*told: object, **more: object) -> None:
        if held:
            held.pop()
            raise Unavailable(BUSY)
        ended(*told, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(jobs, "end", end)
    monkeypatch.setattr(worker, "HOLD", timedelta())
    assert worker.work_once(with_suggester(coast, settings, Finder("late@1")), "w1")
    assert (job(coast, number).state, job(coast, number).tries, held) == ("done", 1, [])
