"""Is the bench fit to be reached by others? Each thing that is not so is named, with what to do."""

import os
import stat
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from workbench.core.errors import WorkbenchError
from workbench.services import bench, durability, people
from workbench.services.bench import Finding
from workbench.settings import Settings
from workbench.store import accounts, watching
from workbench.store.engine import SAFE_WAL, SQLITE, Database, embedded_file

STALE: Final = timedelta(days=2)


def examine(settings: Settings, *, now: datetime, mounts: Path = Path("/proc/mounts")) -> Iterator[Finding]:
    """Check everything that a bench needs that others can reach."""
    yield _secure(settings)
    yield _hosts(settings)
    debug = os.environ.get("FLASK_DEBUG", "").lower() not in {"", "0", "false"}
    yield Finding("Debugging", not debug, "FLASK_DEBUG is set; unset it" if debug else "off")
    yield _private("Folder", settings.home, 0o700)
    yield _private("Secret key", settings.home / "secret", 0o600)
    if settings.embedded:
        yield _version()
    if file := embedded_file(settings.database_url):
        yield _disk(file.parent, mounts)
    try:
        with bench.opened(settings) as database:
            yield from _inside(database)
    except (WorkbenchError, SQLAlchemyError) as problem:
        yield Finding("Database", False, str(problem).splitlines()[0])
    yield _backup(settings, now)


def _secure(settings: Settings) -> Finding:
    said = "__Host- cookies, HSTS" if settings.secure else "set WORKBENCH_SECURE=1 and let a server in front speak TLS"
    return Finding("TLS", settings.secure, said)


def _hosts(settings: Settings) -> Finding:
    said = " ".join(settings.hosts) or "any name is answered; set WORKBENCH_HOSTS to the names of this bench"
    return Finding("Hosts", bool(settings.hosts), said)


def _private(about: str, path: Path, most: int) -> Finding:
    if not path.exists():
        return Finding(about, False, f"{path.name} is missing; run “workbench init”")
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & ~most:
        return Finding(about, False, f"others may open it (mode {mode:o}); run: chmod {most:o} {path}")
    if path.is_file() and path.stat().st_size < 32:
        return Finding(
            about, False, "it is shorter than 32 bytes; remove it and start again, which signs everybody out"
        )
    return Finding(about, True, f"mode {mode:o}")


def _version() -> Finding:
    said = ".".join(map(str, SQLITE))
    return Finding("SQLite", SQLITE >= SAFE_WAL, said if SQLITE >= SAFE_WAL else f"{said}; 3.51.3 or newer is needed")


def _disk(folder: Path, mounts: Path) -> Finding:
    kind, far = bench.file_system(folder, mounts)
    said = f"{kind} is a network file system, on which SQLite cannot lock; use a local disk or PostgreSQL"
    return Finding("File system", not far, said if far else kind or "unknown")


def _inside(database: Database) -> Iterator[Finding]:
    safe, said = watching.durability(database.engine)
    yield Finding("Durability", safe, said)
    with database.reading() as session:
        admins = [people.numbered(session, each) for each in sorted(accounts.admins(session))]
    without = ", ".join(row.name for row in admins if not row.has_password)
    said = f"{without} has none; run: workbench people password {without}" if without else "each admin has one"
    yield Finding("Admin's password", bool(admins) and not without, said if admins else "there is no admin")


def _backup(settings: Settings, now: datetime) -> Finding:
    folder = settings.backup_folder
    made = durability.newest(folder)
    if made is None:
        if settings.embedded:
            said = f"there is none in {folder} (WORKBENCH_BACKUPS); run “workbench backup” every day"
            return Finding("Backup", False, said)
        return Finding("Backup", True, "left to PostgreSQL's own tools")
    age = now - made
    return Finding("Backup", age < STALE, f"the newest is {age.total_seconds() / 3600:.0f} hours old")
