"""A PostgreSQL server of our own: Debian's, on a socket in a folder that goes when the tests end."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
from sqlalchemy import URL

_QUICK = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
_SAFE = "-c max_wal_size=64MB -c min_wal_size=32MB"

_LOCALE = "-E UTF8 --locale=C.UTF-8 --locale-provider=icu --icu-locale=en-US"  # sorts as people do, like most servers


def programs() -> Path | None:
    """Return the folder of the newest installed server, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    beside = shutil.which("initdb")
    return Path(beside).parent if beside else None


def _quickest() -> Path | None:
    """Return memory that is a folder, if there is enough: databases are copied there in a quarter of the time."""
    memory = Path("/dev/shm")
    return memory if memory.is_dir() and shutil.disk_usage(memory).free > 2**31 else None


@contextmanager
def served(programs: Path, *, inside: Path | None = None, **environment: str) -> Iterator["Server"]:
    """Start a server and stop it at the end; one ``inside`` a folder waits for the disk, as one in use must."""
    folder = Path(tempfile.mkdtemp(prefix="wbpg-", dir=inside or _quickest()))
    user = [] if os.geteuid() else ["runuser", "-u", "postgres", "--"]  # it refuses to run as root
    if user:
        shutil.chown(folder, "postgres")
    control = [*user, str(programs / "pg_ctl"), "-D", str(folder / "data"), "-s"]
    subprocess.run([*control, "initdb", "-o", f"-U postgres -A trust --no-sync {_LOCALE}"], check=True)
    options = f"-k {folder} -c listen_addresses='' -c max_connections=60 {_SAFE if inside else _QUICK}"
    running = Server(folder, (*control, "-w", "-l", str(folder / "log"), "-o", options), environment)
    running.control("start")
    try:
        yield running
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=True)
        shutil.rmtree(folder, ignore_errors=True)


class Server:
    """Makes databases and drops them."""

    def __init__(self, folder: Path, command: Sequence[str], environment: dict[str, str]) -> None:
        self.folder, self._command, self._environment = folder, command, os.environ | environment
        self.made = 0

    def url(self, name: str) -> str:
        """Return the address of a database."""
        where = URL.create("postgresql+psycopg", "postgres", database=name, query={"host": str(self.folder)})
        return where.render_as_string()

    def make(self, template: str = "template1") -> str:
        """Make a database like another; return its name."""
        self.made += 1
        name = f"bench_{self.made}"
        self._run(f'CREATE DATABASE {name} TEMPLATE "{template}"')
        return name

    def drop(self, name: str) -> None:
        """Drop a database, whoever is still connected."""
        self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def control(self, *verb: str) -> bool:
        """Start, restart or ask for the server's status; say whether it did so."""
        done = subprocess.run([*self._command, *verb], check=False, env=self._environment, stdout=subprocess.DEVNULL)
        return done.returncode == 0

    def crash(self) -> None:
        """End the server as a crash does, and start it again."""
        assert self.control("-m", "immediate", "restart")

    def revive(self) -> None:
        """Start the server where it gave up, and wait until it answers again."""
        for _ in range(60):
            if self.control("status") or self.control("start"):
                with suppress(psycopg.OperationalError):
                    return self._run("SELECT 1")
            time.sleep(1)
        raise AssertionError((self.folder / "log").read_text()[-2000:])

    def _run(self, statement: str) -> None:
        with psycopg.connect(f"host={self.folder} user=postgres dbname=postgres", autocommit=True) as connection:
            connection.execute(statement)
