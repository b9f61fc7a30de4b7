"""Three workers share one run of suggestions while they are killed and stopped, over articles that break suggesters.

In the end every article that can be read has one layer, each that cannot is parked, and the run is done.
``python -m tests.faults.crews DATABASE HOME`` is one of the workers.
"""

import random
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy import text

from tests.builders import coast_in, take_texts
from tests.faults.places import Place
from tests.jobs import crew
from tests.jobs.test_parts import ask, job
from workbench.jobs import shared, worker
from workbench.jobs.tasks import Bench
from workbench.nlp.apart import ApartSuggester
from workbench.services import examining, resources, suggestions
from workbench.settings import Settings, resource_root
from workbench.store.engine import Database
from workbench.store.projects import ProjectRow

_CREW: Final = 3
_PART: Final = 16
_POISON: Final = ("SEGFAULT", "HANG", "LEAK", "RAISE")
_ROOT: Final = Path(__file__).parents[2]
_NAME: Final = "poisoned@1"


class _Poisoned(Bench):
    """Starts its suggester with the first article, as every bench does: one that is slow to start ends no worker."""

    def suggester(self, project: ProjectRow) -> Any:
        if not self._loaded:
            root = resource_root()
            self._loaded[_NAME] = ApartSuggester(
                None, resources.default_scheme(root), resources.registry(root),
                memory=1_500_000_000, seconds=15, module="tests.nlp.poisoned",
            )  # fmt: skip
        return self._loaded[_NAME]


def run(where: Place, engine: str, cycles: int) -> bool:
    """Kill or stop a worker so many times, wait for the end, and print what came of it."""
    database = Database(where.url)
    database.upgrade()
    coast = coast_in(database)
    texts = [f"Boat {n} of France left pier {n * 3}." for n in range(60 * cycles)]
    for n, word in enumerate(_POISON):
        texts[(n + 1) * len(texts) // 5] += f" It met {word} at sea."
    take_texts(database, coast.project, texts)
    workers = [_worker(where) for _ in range(_CREW)]
    chance, begun = random.Random(7), time.monotonic()
    number = ask(coast)
    try:
        for _ in range(cycles):
            time.sleep(chance.uniform(1, 4))
            _break(workers, where, chance)
        while job(coast, number).state in {"queued", "running"} and time.monotonic() - begun < 60 * cycles + 600:
            assert all(each.poll() is None for each in workers), (where.home / "crew.log").read_text()[-2000:]
            time.sleep(0.5)
    finally:
        for each in workers:
            each.kill()
            each.wait()
    return _told(database, engine, cycles, len(texts) + 3, job(coast, number).state)


def _worker(where: Place) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "tests.faults.crews", where.url, str(where.home)]
    with (where.home / "crew.log").open("ab") as out:
        return subprocess.Popen(command, cwd=_ROOT, stdout=out, stderr=subprocess.STDOUT)


def _break(workers: "list[subprocess.Popen[bytes]]", where: Place, chance: random.Random) -> None:
    """Kill one and start another in its place; or stop one for so long that others take it for dead."""
    at = chance.randrange(_CREW)
    if chance.random() < 0.6:
        workers[at].kill()
        workers[at].wait()
        workers[at] = _worker(where)
    else:
        workers[at].send_signal(signal.SIGSTOP)
        time.sleep(5)
        workers[at].send_signal(signal.SIGCONT)


def _told(database: Database, engine: str, cycles: int, articles: int, state: str) -> bool:
    with database.reading() as session:
        layers, read = session.execute(
            text("SELECT count(*), count(DISTINCT article_id) FROM layer WHERE author = :name"), {"name": _NAME}
        ).one()
        parked = session.scalar(text("SELECT count(*) FROM parked WHERE author = :name"), {"name": _NAME})
    unwell = [each.sentence for each in examining.deep(database, now=datetime.now(UTC)) if not each.well]
    database.dispose()
    print(
        f"workers on {engine}: {cycles} killed or stopped; the run is {state}; {articles:,} articles, {read:,} read, "
        f"{layers - read} read twice, {parked} parked; {'; '.join(unwell) or 'doctor --deep: well'}",
        flush=True,
    )
    return (state, layers, read, parked, unwell) == ("done", read, articles - len(_POISON), len(_POISON), [])


def main(url: str, home: str) -> None:
    """Be a worker that others take for dead after three seconds of silence."""
    suggestions.PART = _PART  # type: ignore[misc]
    worker.BEAT, worker.SILENCE = timedelta(seconds=0.5), timedelta(seconds=3)  # type: ignore[misc]
    crew.impatient()
    settings = Settings(home=Path(home), database_url=url, exports=Path(home))
    database = Database(url)
    (worker.work if database.embedded else shared.work)(_Poisoned(database, settings), threading.Event())


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
