"""Break things under sixteen reviewers: ``python -m tests.faults [NAME…] [--engine ENGINE] [--cycles N]``.

kill: the server is killed; lock: another process holds the database; full: its disk has no room; io: waiting for the
disk fails; cut: PostgreSQL crashes, loses a process or its connections; clock: the server's clock jumps an hour.
backup, copy: nothing is broken; every ten seconds a backup is made and restored, or the bench copied, and looked at.
renew: gunicorn puts new web processes in the place of those at work.
workers: three workers on one run of suggestions are killed and stopped, over articles that crash, hang and leak.
After each, every acknowledgement is looked for.
"""

import argparse
import os
import time
from collections.abc import Callable
from typing import Final

from tests.bench.serving import free_port
from tests.faults import breaks, crews, storm
from tests.faults.breaks import Break, Scene
from tests.faults.places import Place, Skipped, place
from tests.faults.serving import Server
from workbench.store.engine import Database

ENGINES: Final = ("sqlite", "postgresql")
FAULTS: Final[dict[str, tuple[Break, tuple[str, ...]]]] = {
    "kill": (breaks.kill, ENGINES),
    "lock": (breaks.lock, ENGINES),
    "full": (breaks.full, ENGINES),
    "io": (breaks.io, ENGINES),
    "cut": (breaks.cut, ENGINES[1:]),
    "clock": (breaks.clock, ENGINES),
    "backup": (breaks.backup, ENGINES),
    "copy": (breaks.copy, ENGINES),
    "renew": (breaks.renew, ENGINES),
}
CREWS: Final[dict[str, Callable[[Place, str, int], bool]]] = {"workers": crews.run}


def run(name: str, engine: str, cycles: int, longest: int = 20, batch: int = 1) -> bool:
    """Break one thing so many times while ``batch`` decisions go out at once; print what came of it."""
    if name in CREWS:
        with place(name, engine) as where:
            return CREWS[name](where, engine, cycles)
    with place(name, engine) as where:
        database = Database(where.url)
        database.upgrade()
        seats = storm.seats(database)
        command = breaks.GUNICORN if name == "renew" else ()
        server = Server(where.home, where.url, free_port(), command, **where.extra)
        ledger = storm.Ledger(where.folder / "ledger")
        scene = Scene(server, database, where.folder, where.shared, longest, ledger)
        try:
            with storm.storm(server.base, seats, ledger, batch):
                for _ in range(cycles):
                    FAULTS[name][0](scene)
                time.sleep(2)
        finally:
            server.kill()
        found = storm.compared(database, ledger)
        database.dispose()
    answers = ", ".join(f"{count} × {code or 'no answer'}" for code, count in sorted(ledger.answers.items()))
    print(
        f"{name} on {engine}: {cycles} cycles; {found.acked:,} acknowledged, {found.stored:,} stored; "
        f"{found.lost} lost, {found.altered} altered, {found.doubled} doubled; "
        f"{'; '.join(found.unwell) or 'doctor --deep: well'}; "
        f"answers: {answers}; slowest start {server.slowest:.1f} s",
        flush=True,
    )
    return found.good


def main() -> int:
    """Run the faults that were named; 1 where anything was lost, altered or doubled."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    known = [*FAULTS, *CREWS]
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(known))
    parser.add_argument("--engine", choices=ENGINES, help="default: every engine that it concerns")
    parser.add_argument("--cycles", type=int, default=10)
    parser.add_argument("--locked", type=int, default=20, help="the longest lock in seconds (default: 20)")
    parser.add_argument("--batch", type=int, default=1, help="decisions that a client sends at once (default: 1)")
    options = parser.parse_args()
    os.nice(5)
    good = True
    for name in options.names or known:
        for engine in FAULTS[name][1] if name in FAULTS else ENGINES:
            if options.engine not in {None, engine}:
                continue
            try:
                good &= run(name, engine, options.cycles, options.locked, options.batch)
            except Skipped as reason:
                print(f"{name} on {engine}: SKIPPED, {reason}", flush=True)
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
