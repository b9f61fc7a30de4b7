"""Releases that a worker makes."""

from dataclasses import asdict

from tests.builders import NOW, Coast
from tests.releasing import finish
from workbench.core.release import Wishes
from workbench.jobs.tasks import TASKS, Bench
from workbench.services.jobs import ask
from workbench.settings import Settings
from workbench.store import jobs


def test_a_worker_knows_notices_and_releases(coast: Coast, settings: Settings) -> None:
    finish(coast)
    with coast.database.writing() as session:
        payload = {"project": "coast", "name": "big", "wishes": asdict(Wishes()), "by": coast.lena.id}
        ask(session, coast.seen_by(coast.lena), "release", payload, by=coast.lena, now=NOW)
        job = jobs.claim(session, "test", now=NOW, silent_since=NOW)
    place = Bench(coast.database, settings)
    assert job
    assert TASKS[job.kind](place, job, lambda **_: None) == "big is released: 1 in all"
    assert TASKS[job.kind](place, job, lambda **_: None) == "big is released: 1 in all", (
        "doing it again makes no second one"
    )
