"""What a second worker brings: one suggestion run on PostgreSQL by one process, then by two, in one go.

The suggester takes its time asleep, so that what is measured is the sharing and not the number of cores here.
"""

import subprocess
import sys
import time
from pathlib import Path
from typing import Final

from tests import postgres
from tests.bench.command import Failed
from tests.bench.measure import Line, at_least
from tests.builders import coast_in, take_texts
from tests.jobs.test_parts import ask, job
from workbench.store.engine import Database

_SECONDS: Final = 0.03
_PATIENCE: Final = 600


def lines(folder: Path, count: int, _model: str | None) -> list[Line]:
    """Time the run from the question to its end with one and with two workers."""
    programs = postgres.programs()
    if programs is None:
        raise Failed("PostgreSQL is not installed.")
    count = max(count, 1024)
    with postgres.served(programs) as server:
        one, two = (_seconds(server, folder, count, crew) for crew in (1, 2))
    return [
        Line("articles, in parts of 256", f"{count:,}"),
        Line("one worker", f"{one:.1f} s"),
        Line("two workers", f"{two:.1f} s"),
        at_least("one against two", one / two, 1.6),
    ]


def _seconds(server: postgres.Server, folder: Path, count: int, crew: int) -> float:
    url = server.url(server.make())
    database = Database(url)
    database.upgrade()
    coast = coast_in(database)
    take_texts(database, coast.project, [f"Boat {n} of France left pier {n * 3}." for n in range(count - 3)])
    command = [sys.executable, "-m", "tests.jobs.crew", url, str(folder), str(_SECONDS)]
    workers = [subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for _ in range(crew)]
    try:
        time.sleep(8)  # until all of them listen
        begun = time.perf_counter()
        number = ask(coast)
        while job(coast, number).state != "done":
            if time.perf_counter() - begun > _PATIENCE:
                raise Failed(f"the run did not end: {job(coast, number)}")
            time.sleep(0.1)
        return time.perf_counter() - begun
    finally:
        for each in workers:
            each.kill()
            each.wait()
        database.dispose()
