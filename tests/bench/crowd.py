"""Two hundred reviewers at once, each thinking for about five seconds between two acts.

They save decisions one at a time, and every eighth act opens the article anew: its page, and the data that the page
asks for. Each is somewhere in an article when the minute begins, as in a team that has been at work for a while; every
article is opened for the first time within it. Before that, fifty others open theirs one after the other, which tells
the processor time of the server for that. They run in this process, so that part of what they wait for is their
own; read the times with the load of the machine in mind, and the processor time a second as what the web process needs.
"""

import random
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.bench.generated import Namer
from tests.bench.measure import Line, at_most
from tests.bench.saving import Count, used
from tests.bench.serving import free_port
from tests.faults import storm
from tests.faults.serving import Server
from workbench.core.annotation import Document
from workbench.core.desk import pieces
from workbench.store.engine import Database

REVIEWERS: Final = 200
THINKING: Final = 5.0
_SECONDS: Final = 60.0
_OPENING: Final = 8
_OTHERS: Final = 50


@dataclass
class Times:
    """How long each act took, in seconds, and what went wrong."""

    opened: list[float] = field(default_factory=list)
    saved: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


class Reviewer(storm.Client):
    """One who reads and thinks between two acts."""

    def prepare(self) -> None:
        """Read the article, before the time of anybody runs."""
        self.toks = pieces(self.seat.text)
        self.objects = list(next(Namer().suggest([Document(self.seat.text)])).entities)  # type: ignore[arg-type]

    def open(self) -> None:
        """Open the article, as its page does."""
        for part in ("", "/data", "/article"):
            self.web.get(f"{self.address}{part}", timeout=30).raise_for_status()

    def think_and_act(self, times: Times) -> None:
        """Work until it is over."""
        toks, objects = self.toks, self.objects
        versions = dict.fromkeys((each.id for each in objects), 0)
        dice = random.Random(self.seat.item)
        self.over.wait(dice.uniform(0, THINKING))
        for turn in range(dice.randrange(_OPENING), 10**9):
            if self.over.wait(dice.uniform(0.5, 1.5) * THINKING):
                return
            begun = time.perf_counter()
            try:
                if turn % _OPENING == 0:
                    self.open()
                    times.opened.append(time.perf_counter() - begun)
                    continue
                each = objects[turn % len(objects)]
                self.decide([(each, "rejected" if versions[each.id] % 2 else "accepted", versions[each.id])], toks)
                versions[each.id] += 1
                times.saved.append(time.perf_counter() - begun)
            except Exception as problem:
                times.wrong.append(f"{type(problem).__name__}: {problem}")


def lines(folder: Path, _count: int, _model: str | None) -> list[Line]:
    """Let them work for a minute."""
    url = f"sqlite:///{folder / 'workbench.db'}"
    database = Database(url)
    database.upgrade()
    seats = storm.seats(database, REVIEWERS + _OTHERS)
    server = Server(folder, url, free_port())
    times, ledger, over = Times(), Count(folder / "ledger"), threading.Event()
    try:
        crew = [Reviewer(server.base, seat, ledger, over) for seat in seats]
        for each in crew:
            each.enter()
            each.prepare()
        first, again = (_opened(server, crew[REVIEWERS:]) for _ in range(2))
        acting = [threading.Thread(target=each.think_and_act, args=(times,)) for each in crew[:REVIEWERS]]
        for thread in acting:
            thread.start()
        time.sleep(THINKING)
        times.opened.clear(), times.saved.clear()
        before, begun = used(server.process.pid), time.perf_counter()
        time.sleep(_SECONDS)
        busy = (used(server.process.pid) - before) / (time.perf_counter() - begun)
        opened, saved = sorted(times.opened), sorted(times.saved)
        over.set()
        for thread in acting:
            thread.join()
    finally:
        over.set()
        server.kill()
        database.dispose()
    acts = len(opened) + len(saved)
    return [
        Line(f"{REVIEWERS} reviewers", f"{acts / _SECONDS:.0f} acts a second, one core {busy:.0%} busy"),
        at_most("opening an article for the first time, processor time", 1000 * first, 15, "ms"),
        at_most("opening it again, processor time", 1000 * again, 15, "ms"),
        at_most("opening an article (three requests), p95", 1000 * opened[int(0.95 * len(opened))], 100, "ms"),
        at_most("a save, p95", 1000 * saved[int(0.95 * len(saved))], 100, "ms"),
        Line("errors", str(len(times.wrong)), "0", not times.wrong),
    ]


def _opened(server: Server, others: list[Reviewer]) -> float:
    """Return the processor seconds of the server for one of them to open an article."""
    spent = used(server.process.pid)
    for each in others:
        each.open()
    return (used(server.process.pid) - spent) / len(others)
