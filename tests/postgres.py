"""A PostgreSQL server of our own: Debian's, on a socket in a folder that goes when the tests end."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy import URL

_QUICK = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60"

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
def served(programs: Path) -> Iterator["Server"]:
    """Start a server and stop it at the end."""
    folder = Path(tempfile.mkdtemp(prefix="wbpg-", dir=_quickest()))
    user = [] if os.geteuid() else ["runuser", "-u", "postgres", "--"]  # it refuses to run as root
    if user:
        shutil.chown(folder, "postgres")
    control = [*user, str(programs / "pg_ctl"), "-D", str(folder / "data"), "-s"]
    subprocess.run([*control, "initdb", "-o", f"-U postgres -A trust --no-sync {_LOCALE}"], check=True)
    options = f"-k {folder} -c listen_addresses='' {_QUICK}"
    subprocess.run([*control, "-w", "-l", str(folder / "log"), "-o", options, "start"], check=True)
    try:
        yield Server(folder, (*control, "-m", "immediate", "-w", "-l", str(folder / "log"), "-o", options, "restart"))
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=True)
        shutil.rmtree(folder, ignore_errors=True)


class Server:
    """Makes databases and drops them."""

    def __init__(self, folder: Path, restarting: Sequence[str]) -> None:
        self.folder, self._restarting = folder, restarting
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

    def restart(self) -> None:
        """End the server as a crash does, and start it again."""
        subprocess.run(self._restarting, check=True)

    def _run(self, statement: str) -> None:
        with psycopg.connect(f"host={self.folder} user=postgres dbname=postgres", autocommit=True) as connection:
            connection.execute(statement)
