"""Single decisions saved by sixteen clients at once, against a bare Flask and SQLite loop of the same durability.

Rates depend on what else the machine does; processor time a save, and the ratio of two runs in a row, do not.
"""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Final

import requests

from tests.bench.measure import Line, at_least, at_most
from tests.bench.serving import free_port
from tests.faults import storm
from tests.faults.serving import Server
from workbench.store.engine import Database

BATCH: Final = 20
_SECONDS: Final = 10.0
_TICK: Final = os.sysconf("SC_CLK_TCK")
_BARE: Final = """
import sys, threading
from flask import Flask, request
from waitress import serve
from workbench.store.engine import sqlite
app, turn, here = Flask(__name__), threading.Lock(), threading.local()

def connection():
    if not hasattr(here, "rows"):
        here.rows = sqlite.connect(sys.argv[1], isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            here.rows.execute("PRAGMA " + pragma)
        here.rows.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, body TEXT)")
    return here.rows

@app.get("/")
def ready():
    return "ready"

@app.post("/")
def save():
    with turn:
        connection().execute("INSERT INTO said (body) VALUES (?)", (request.get_data(as_text=True),))
    return {"kept": True}

serve(app, host="127.0.0.1", port=int(sys.argv[2]), threads=6)
"""


class Count(storm.Ledger):
    """Counts acknowledgements without waiting for a disk."""

    def believe(self, told: dict[str, tuple[int, str, str, int]]) -> None:
        self.acked |= told


def lines(folder: Path, _count: int, _model: str | None) -> list[Line]:
    """Save for a while at each, one after the other."""
    ours, our_cpu = _workbench(folder / "home")
    bare, bare_cpu = _bare(folder)
    many, many_cpu = _workbench(folder / "batched", batch=BATCH)
    return [
        Line("saves, sixteen clients", f"{ours:.0f} a second"),
        Line("the bare loop", f"{bare:.0f} a second"),
        at_least("ours against the bare loop", ours / bare, 250 / 675),
        at_most("processor time of a save", our_cpu * 1000, 2.5, "ms"),
        Line("of the bare loop's", f"{bare_cpu * 1000:.2f} ms"),
        Line(f"decisions, sent {BATCH} at a time", f"{many:.0f} a second, {many_cpu * 1000:.2f} ms each"),
        at_least("against one at a time", many / ours, 3),
    ]


def _workbench(home: Path, batch: int = 1) -> tuple[float, float]:
    home.mkdir(mode=0o700)
    database = Database(f"sqlite:///{home / 'workbench.db'}")
    database.upgrade()
    seats = storm.seats(database)
    server = Server(home, f"sqlite:///{home / 'workbench.db'}", free_port())
    try:
        with storm.storm(server.base, seats, Count(home / "ledger"), batch) as ledger:
            time.sleep(1)
            before, spent, begun = len(ledger.acked), used(server.process.pid), time.perf_counter()
            time.sleep(_SECONDS)
            saved, seconds = len(ledger.acked) - before, time.perf_counter() - begun
            return saved / seconds, (used(server.process.pid) - spent) / saved
    finally:
        server.kill()
        database.dispose()


def _bare(folder: Path) -> tuple[float, float]:
    port, over, counts = free_port(), threading.Event(), [0] * storm.CLIENTS
    base = f"http://127.0.0.1:{port}"
    process = subprocess.Popen([sys.executable, "-c", _BARE, str(folder / "bare.db"), str(port)])

    def client(number: int) -> None:
        web = requests.Session()
        while not over.is_set():
            web.post(base, data="x" * 900, timeout=60).raise_for_status()
            counts[number] += 1

    try:
        while True:
            try:
                requests.get(base, timeout=5)
                break
            except requests.RequestException:
                time.sleep(0.1)
        crew = [threading.Thread(target=client, args=(number,)) for number in range(storm.CLIENTS)]
        for each in crew:
            each.start()
        time.sleep(1)
        before, spent, begun = sum(counts), used(process.pid), time.perf_counter()
        time.sleep(_SECONDS)
        saved, seconds = sum(counts) - before, time.perf_counter() - begun
        cpu = (used(process.pid) - spent) / saved
        over.set()
        for each in crew:
            each.join()
        return saved / seconds, cpu
    finally:
        process.kill()
        process.wait()


def used(number: int) -> float:
    """Return the processor seconds that a process has taken."""
    fields = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICK
