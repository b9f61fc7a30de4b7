"""Break things under sixteen reviewers: ``python -m tests.faults [NAME…] [--engine ENGINE] [--cycles N]``.

kill: the server is killed; lock: another process holds the database; full: its disk has no room; io: waiting for the
disk fails; cut: PostgreSQL is restarted and its connections end. After each, every acknowledgement is looked for.
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from sqlalchemy import text

from tests import postgres
from tests.bench.serving import free_port
from tests.faults import storm
from tests.faults.serving import Server
from workbench.store.engine import Database

Break = Callable[[Server, Database, random.Random], None]
_HOLDER: Final = """
import sys, time
from workbench.store.engine import Database
with Database(sys.argv[1]).engine.connect().execution_options(write=True) as connection:
    connection.begin()
    time.sleep(float(sys.argv[2]))
"""
_CUT: Final = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
_MOUNT: Final = ("mount", "-t", "tmpfs", "-o", "size=120m", "tmpfs")
_SHIM: Final = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>
static int fails(void) { const char *at = getenv("FAULT_FLAG"); return at && access(at, F_OK) == 0; }
int fdatasync(int fd) {
  int (*real)(int) = dlsym(RTLD_NEXT, "fdatasync");
  if (fails() && rand() % 3 == 0) { errno = EIO; return -1; }
  return real(fd);
}
int fsync(int fd) {
  int (*real)(int) = dlsym(RTLD_NEXT, "fsync");
  if (fails() && rand() % 3 == 0) { errno = EIO; return -1; }
  return real(fd);
}
"""


def kill(server: Server, _database: Database, chance: random.Random) -> None:
    """Let them work for a moment, then kill the server and start it again."""
    time.sleep(chance.uniform(0.5, 2.5))
    server.kill()
    server.again()


def lock(_server: Server, database: Database, chance: random.Random) -> None:
    """Let another process hold the database for write."""
    url = database.engine.url.render_as_string(hide_password=False)
    subprocess.run([sys.executable, "-c", _HOLDER, url, str(chance.choice([1, 8, LONGEST[0]]))], check=True)
    time.sleep(1)


def full(server: Server, _database: Database, _chance: random.Random) -> None:
    """Fill the disk that the bench lies on, and free it again."""
    filler = server.home / "filler"
    with suppress(OSError), filler.open("wb", buffering=0) as out:
        while out.write(bytes(2**14)):
            pass
    time.sleep(4)
    filler.unlink(missing_ok=True)
    time.sleep(2)


def io(server: Server, _database: Database, _chance: random.Random) -> None:
    """Have every third wait for the disk fail for a while."""
    flag = server.home.parent / "failing"
    flag.touch()
    time.sleep(2)
    flag.unlink()
    time.sleep(2)


def cut(_server: Server, database: Database, chance: random.Random) -> None:
    """End every connection to PostgreSQL, or restart it at once."""
    time.sleep(chance.uniform(1, 3))
    if chance.random() < 0.5:
        with database.engine.connect() as connection:
            connection.execute(
                text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
            )
    else:
        RUNNING[0].restart()


FAULTS: Final[dict[str, tuple[Break, str]]] = {
    "kill": (kill, "both"),
    "lock": (lock, "sqlite"),
    "full": (full, "sqlite"),
    "io": (io, "sqlite"),
    "cut": (cut, "postgresql"),
}
RUNNING: list[postgres.Server] = []
LONGEST = [20]


@contextmanager
def place(name: str, engine: str, folder: Path) -> Iterator[tuple[Path, str, dict[str, str]]]:
    """Return a home, a database and what else the server must know; raises Skipped where this machine cannot."""
    home = folder / "home"
    home.mkdir(mode=0o700)
    extra: dict[str, str] = {}
    if name == "full" and subprocess.run([*_MOUNT, home], check=False).returncode:
        raise Skipped("a small disk cannot be mounted here (that takes root)")
    if name == "io":
        if not (compiler := shutil.which("gcc") or shutil.which("cc")):
            raise Skipped("there is no C compiler")
        (folder / "shim.c").write_text(_SHIM)
        subprocess.run([compiler, "-shared", "-fPIC", "-o", folder / "shim.so", folder / "shim.c", "-ldl"], check=True)
        extra = {"LD_PRELOAD": str(folder / "shim.so"), "FAULT_FLAG": str(folder / "failing")}
    try:
        if engine == "sqlite":
            yield home, f"sqlite:///{home / 'workbench.db'}", extra
        elif programs := postgres.programs():
            with postgres.served(programs) as running:
                RUNNING[:] = [running]
                yield home, running.url(running.make()), extra
        else:
            raise Skipped("PostgreSQL is not installed")
    finally:
        if name == "full":
            subprocess.run(["umount", home], check=False)


class Skipped(Exception):
    """The machine cannot do this."""


def run(name: str, engine: str, cycles: int) -> bool:
    """Break one thing so many times; print what came of it."""
    breaks, _ = FAULTS[name]
    chance = random.Random(7)
    with (
        tempfile.TemporaryDirectory(prefix=f"faults-{name}-") as base,
        place(name, engine, Path(base)) as (home, url, extra),
    ):
        database = Database(url)
        database.upgrade()
        seats = storm.seats(database)
        server = Server(home, url, free_port(), **extra)
        try:
            with storm.storm(server.base, seats, storm.Ledger(Path(base) / "ledger")) as ledger:
                for _ in range(cycles):
                    breaks(server, database, chance)
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
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(FAULTS))
    parser.add_argument("--engine", choices=["sqlite", "postgresql"], help="default: every engine that it concerns")
    parser.add_argument("--cycles", type=int, default=10)
    parser.add_argument("--locked", type=int, default=20, help="the longest lock in seconds (default: 20)")
    options = parser.parse_args()
    LONGEST[:] = [options.locked]
    os.nice(5)
    good = True
    for name in options.names or FAULTS:
        for engine in ("sqlite", "postgresql"):
            if FAULTS[name][1] not in {"both", engine} or options.engine not in {None, engine}:
                continue
            try:
                good &= run(name, engine, options.cycles)
            except Skipped as reason:
                print(f"{name} on {engine}: SKIPPED, {reason}", flush=True)
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
