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
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy import text

from tests.builders import coast_in, take_texts
from tests.faults.places import Place
from tests.jobs import crew
from tests.jobs.test_parts import ask, job
from tests.nlp import poisoned
from workbench.core.annotation import Document, Layer
from workbench.jobs import shared, worker
from workbench.jobs.tasks import Bench
from workbench.nlp.apart import ApartSuggester
from workbench.services import examining, resources, suggestions
from workbench.settings import Settings, resource_root
from workbench.store.engine import Database
from workbench.store.projects import ProjectRow

SECONDS: Final = 5
"""How long a suggester may be silent over its articles."""
_CREW: Final = 3
_PART: Final = 16
_PACE: Final = 0.1
_ROOT: Final = Path(__file__).parents[2]
_NAME: Final = "poisoned@1"
_AT_WORK: Final = text("SELECT id, owner FROM job WHERE kind = 'part' AND state = 'running' AND tries < 3")
_READ: Final = text("SELECT count(*), count(DISTINCT article_id) FROM layer WHERE author = :name")
_PARKED: Final = text("SELECT a.text, p.trouble FROM parked p JOIN article a ON a.id = p.article_id")
_AGAIN: Final = text("SELECT count(*) FROM job WHERE id = :id AND tries > 1 AND state = 'done'")


@dataclass
class Told:
    """What came of a run: ``killed`` and ``stopped`` are the parts amid which a worker was, ``again`` those of the
    killed that another finished, ``parked`` what was said of each poison."""

    articles: int
    state: str = ""
    layers: int = 0
    read: int = 0
    killed: list[int] = field(default_factory=list)
    stopped: list[int] = field(default_factory=list)
    again: int = 0
    parked: dict[str, str] = field(default_factory=dict)
    unwell: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Say whether all was read once but the poison, which is parked, whoever was killed meanwhile."""
        parked = all(said in self.parked.get(word, "") for word, said in poisoned.SAID.items())
        read = self.layers == self.read == self.articles - len(poisoned.SAID)
        took = self.killed and self.again == len(set(self.killed))
        return bool(took and parked and read and self.state == "done" and not self.unwell)


class _Patient(ApartSuggester):
    """Slow over each article, and silent only for a moment once it has started, however slowly that went."""

    def suggest(self, articles: Iterable[Document], *, processes: int = 1) -> Iterator[Layer]:
        for layer in super().suggest(articles, processes=processes):
            time.sleep(_PACE)
            yield layer

    def _started(self) -> str:
        name = super()._started()
        assert self._child
        self._child.seconds = SECONDS
        return name


class _Poisoned(Bench):
    """Starts its suggester with the first article, as every bench does."""

    def suggester(self, project: ProjectRow) -> Any:
        if not self._loaded:
            root = resource_root()
            self._loaded[_NAME] = _Patient(
                None, resources.default_scheme(root), resources.registry(root),
                memory=1_500_000_000, seconds=60, module=poisoned.__name__,
            )  # fmt: skip
        return self._loaded[_NAME]


def run(where: Place, engine: str, cycles: int) -> bool:
    """Break so many workers at work, wait for the end, and print what came of it."""
    told = storm(where, cycles)
    print(
        f"workers on {engine}: {len(told.killed)} killed and {len(told.stopped)} stopped at work; of the "
        f"{len(set(told.killed))} parts of the killed {told.again} were finished by others; the run is {told.state}; "
        f"{told.articles:,} articles, {told.read:,} read, {told.layers - told.read} read twice, {len(told.parked)} "
        f"parked ({', '.join(sorted(told.parked))}); {'; '.join(told.unwell) or 'doctor --deep: well'}",
        flush=True,
    )
    return told.good


def storm(where: Place, cycles: int) -> Told:
    """Kill a worker at work, then kill or stop one so many times in all; return what came of the run."""
    database = Database(where.url)
    database.upgrade()
    coast = coast_in(database)
    texts = [f"Boat {n} of France left pier {n * 3}." for n in range(60 * cycles)]
    for n, word in enumerate(poisoned.SAID, 1):
        texts[n * len(texts) // 5] += f" It met {word} at sea."
    take_texts(database, coast.project, texts)
    workers = [_worker(where) for _ in range(_CREW)]
    told, chance, begun = Told(len(texts) + 3), random.Random(7), time.monotonic()
    number = ask(coast)
    try:
        for cycle in range(cycles):
            kills = cycle == 0 or chance.random() < 0.6
            _break(database, workers, where, told, kills=kills)
            time.sleep(chance.uniform(0, 2))
        while job(coast, number).state in {"queued", "running"} and time.monotonic() - begun < 60 * cycles + 600:
            assert all(each.poll() is None for each in workers), (where.home / "crew.log").read_text()[-2000:]
            time.sleep(0.2)
    finally:
        for each in workers:
            each.kill()
            each.wait()
    told.state = job(coast, number).state
    _look(database, told)
    return told


def _worker(where: Place) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "tests.faults.crews", where.url, str(where.home)]
    with (where.home / "crew.log").open("ab") as out:
        return subprocess.Popen(command, cwd=_ROOT, stdout=out, stderr=subprocess.STDOUT)


def _break(
    database: Database, workers: "list[subprocess.Popen[bytes]]", where: Place, told: Told, *, kills: bool
) -> None:
    """Kill one at work and start another in its place; or stop one for so long that others take it for dead."""
    part, at = _until(lambda: _frozen(database, workers))
    if kills:
        workers[at].kill()
        workers[at].wait()
        workers[at] = _worker(where)
        told.killed.append(part)
    else:
        time.sleep(5)
        workers[at].send_signal(signal.SIGCONT)
        told.stopped.append(part)


def _until(found: Callable[[], tuple[int, int] | None]) -> tuple[int, int]:
    for _ in range(1200):
        if taken := found():
            return taken
        time.sleep(0.05)
    raise AssertionError("no worker is at work")


def _frozen(database: Database, workers: "list[subprocess.Popen[bytes]]") -> tuple[int, int] | None:
    """Stop a worker that is amid a part, and return both; None where none is."""
    for part, owner in _at_work(database):
        for at, each in enumerate(workers):
            if each.pid == int(owner.split(":")[1]):
                each.send_signal(signal.SIGSTOP)
                if (part, owner) in _at_work(database):
                    return part, at
                each.send_signal(signal.SIGCONT)
    return None


def _at_work(database: Database) -> list[tuple[int, str]]:
    with database.reading() as session:
        return [(part, owner) for part, owner in session.execute(_AT_WORK)]


def _look(database: Database, told: Told) -> None:
    """Note what the database holds in the end."""
    with database.reading() as session:
        told.layers, told.read = session.execute(_READ, {"name": _NAME}).one()
        told.again = sum(session.scalar(_AGAIN, {"id": part}) or 0 for part in set(told.killed))
        for body, trouble in session.execute(_PARKED):
            told.parked[next((word for word in poisoned.SAID if word in body), body)] = trouble
    told.unwell = [each.sentence for each in examining.deep(database, now=datetime.now(UTC)) if not each.well]
    database.dispose()


def main(url: str, home: str) -> None:
    """Be a worker that others take for dead after eight seconds of silence."""
    suggestions.PART = _PART  # type: ignore[misc]
    worker.BEAT, worker.SILENCE = timedelta(seconds=0.5), timedelta(seconds=8)  # type: ignore[misc]
    crew.impatient()
    settings = Settings(home=Path(home), database_url=url, exports=Path(home))
    database = Database(url)
    (worker.work if database.embedded else shared.work)(_Poisoned(database, settings), threading.Event())


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
