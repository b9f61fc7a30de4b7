"""A job that meets a busy database: it is tried again."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

import pytest

from tests.builders import Coast, Finder, take_texts
from tests.jobs.test_worker import ask, job, with_suggester
from workbench.core.annotation import Document, Layer
from workbench.core.errors import Unavailable
from workbench.jobs import worker
from workbench.settings import Settings


def test_a_job_that_finds_the_database_busy_is_tried_again(
    coast: Coast, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Late(Finder):
        def suggest(self, articles: Iterable[Document], *, processes: int = 1) -> Iterator[Layer]:
            if not self.read:
                self.read.append("")
                raise Unavailable("The database is busy; what you sent was not stored. Try again.")
            return super().suggest(articles)

    take_texts(coast.database, coast.project, ["Spain sent a barge."])
    number = ask(coast)
    bench = with_suggester(coast, settings, Late("late@1"))
    monkeypatch.setattr(worker, "PAUSE", timedelta())
    while worker.work_once(bench, "w1"):
        pass
    assert (job(coast, number).state, job(coast, number).tries) == ("done", 2)
