"""Backups that are checked when they are made and when they come back, and moves between engines.

A backup is a folder of one shape, whatever engine it was taken from: the rows as an SQLite file, the uploads, the
secret key, and a list of sums. It comes back into either engine.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from hashlib import file_digest
from pathlib import Path
from secrets import token_hex
from typing import Any, Final

import msgspec
from sqlalchemy.exc import DBAPIError

from workbench.core.errors import Invalid
from workbench.settings import Settings, open_home
from workbench.store import copying
from workbench.store.copying import Sums, moment
from workbench.store.engine import Database, embedded_file

FORMAT: Final = "workbench/backup@1"
MANIFEST: Final = "backup.json"
ROWS: Final = "workbench.db"
UPLOADS: Final = "uploads"
SECRET: Final = "secret"  # noqa: S105  the name of a file
_PART: Final = ".restore-"

Told = Callable[[str, int], None]


class _Manifest(msgspec.Struct):
    """What a backup says of itself: the version of its tables, the sum of the file of rows, and those of its tables."""

    format: str
    tables: str
    made: datetime
    file: str
    sums: dict[str, Sums]


def backup(settings: Settings, database: Database, target: Path, *, now: datetime) -> dict[str, Sums]:
    """Write a backup while the bench is in use; raises Invalid where the target exists."""
    if target.exists():
        raise Invalid(f"{target} exists already; name a folder that does not, so that no backup is written over.")
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}-{token_hex(4)}")
    part.mkdir(mode=0o700)
    try:
        _bring(settings.home, part)
        _write_rows(database, part / ROWS)
        with _opened(part / ROWS) as copied:
            found = _checked(copied)
        _bring(settings.home, part)  # what came while the rows were written
        manifest = _Manifest(FORMAT, str(database.version()[0]), now, _sha256(part / ROWS), found)
        (part / MANIFEST).write_bytes(msgspec.json.format(msgspec.json.encode(manifest)))
        (part / MANIFEST).chmod(0o600)
        _settle(part)
        part.rename(target)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    return found


def newest(folder: Path) -> datetime | None:
    """Return when the newest backup in a folder was made; what is no backup is passed over."""
    found = []
    for manifest in folder.glob(f"*/{MANIFEST}"):
        with suppress(Invalid):
            found.append(_manifest(manifest.parent).made)
    return max(found, default=None)


def _write_rows(database: Database, path: Path) -> None:
    if database.embedded:
        with _readable():
            database.vacuum_into(path)
    else:
        with _opened(path) as copied:
            copied.upgrade()
            copying.copy(database, copied)
    path.chmod(0o600)


@contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except DBAPIError as problem:
        raise Invalid(f"The rows of the backup cannot be read or written ({problem.orig}).") from problem


@contextmanager
def _opened(path: Path) -> Iterator[Database]:
    """Open a file of rows, and leave nothing beside it."""
    database = Database(f"sqlite:///{path}")
    try:
        with _readable():
            yield database
            database.settle()
    finally:
        database.dispose()
        for each in (*_logs(path), path.with_name(f"{path.name}-turn")):
            each.unlink(missing_ok=True)


def _logs(path: Path) -> list[Path]:
    """Return what SQLite would lay over an embedded file: the log of another file must never meet it."""
    return [path.with_name(f"{path.name}{end}") for end in ("-wal", "-shm", "-journal")]


def _checked(database: Database) -> dict[str, Sums]:
    """Return the sums of a file of rows; raises Invalid where it is damaged."""
    with moment(database) as read:
        said = read.exec_driver_sql("PRAGMA integrity_check(1)").scalar()
        if said != "ok":
            raise Invalid(f"The rows of the backup are damaged: {said}. Take an older one.")
        return copying.sums(read)


def restore(settings: Settings, source: Path, *, to: str | None) -> dict[str, Sums]:
    """Bring a backup back into a place that holds nothing; raises Invalid where it does, or the backup is damaged.

    The rows come last: whatever cuts it off, there is no bench, or all of it, and it may be done again.
    """
    manifest = _manifest(source)
    target = embedded_file(to or settings.database_url)
    if target and (there := [each for each in (target, *_logs(target)) if each.exists()]):
        raise Invalid(f"{there[0]} exists already; move it away first. Nothing was restored.")
    open_home(settings)
    folder = target.parent if target else settings.home
    for left in {*folder.glob(f"{_PART}*"), *settings.home.glob(f"{_PART}*")}:  # by one that was cut off
        shutil.rmtree(left) if left.is_dir() else left.unlink()
    part = folder / f"{_PART}{token_hex(4)}"
    try:
        found = _fetched(source, manifest, part)
        _bring_back(source, settings.home)
        if target:
            _settle(part)
            part.rename(target)
        else:
            with _opened(part) as rows:
                move(rows, to or settings.database_url)
    finally:
        part.unlink(missing_ok=True)
    return found


def _fetched(source: Path, manifest: _Manifest, part: Path) -> dict[str, Sums]:
    """Copy the rows of a backup, check them against what it says of them, and bring them to this version's tables."""
    rows = source / ROWS
    if rows.is_symlink() or not rows.is_file():
        raise Invalid(f"{source} is no whole backup: it has no {ROWS} of its own. Take another one.")
    shutil.copyfile(rows, part)
    part.chmod(0o600)
    if _sha256(part) != manifest.file:
        raise Invalid(f"The backup is not what it was: {ROWS} was cut off or changed. Take an older one.")
    with _opened(part) as database:
        version, newest_known = database.version()
        if not version or not database.knows(version):
            raise Invalid(
                f"The backup's tables are of version {version}, newer than this Workbench knows ({newest_known}); "
                "restore it with the Workbench that made it, or a newer one."
            )
        if version != newest_known:
            database.upgrade()
            return _checked(database)
        if differ := [name for name, each in _checked(database).items() if manifest.sums.get(name) != each]:
            raise Invalid(f"The backup is not what it was: {', '.join(differ)} differ. Take an older one.")
    return manifest.sums


def move(source: Database, url: str, told: Told = lambda table, rows: None) -> None:
    """Copy a bench into an empty database of either engine and prove it equal; all of it arrives, or nothing."""
    target = Database(url)
    try:
        target.upgrade()
        copying.copy(source, target, told)
    finally:
        target.dispose()


def _manifest(source: Path) -> _Manifest:
    try:
        found = msgspec.json.decode((source / MANIFEST).read_bytes(), type=_Manifest)
    except (OSError, msgspec.DecodeError):
        raise Invalid(f"{source} is no backup: it has no {MANIFEST} that can be read.") from None
    if found.format != FORMAT:
        raise Invalid(f"{source} is a backup of another form ({found.format}), which this Workbench does not read.")
    return found


def _bring(home: Path, target: Path) -> None:
    """Copy uploads and the secret key, but for links and what is there already; what goes meanwhile is not missed."""
    for path in (home / SECRET, home / UPLOADS, *sorted((home / UPLOADS).rglob("*"))):
        with suppress(FileNotFoundError):
            _brought(path, target / path.relative_to(home))


def _brought(path: Path, target: Path) -> None:
    if path.is_symlink() or target.exists():
        return
    if path.is_dir():
        target.mkdir(mode=0o700)
    elif path.is_file():
        shutil.copyfile(path, target)
        target.chmod(0o600)


def _bring_back(source: Path, home: Path) -> None:
    """Bring uploads and the secret key back, each whole or not at all, unless the home has its own."""
    part = home / f"{_PART}{token_hex(4)}"
    part.mkdir(mode=0o700)
    try:
        _bring(source, part)
        _settle(part)
        for each in part.iterdir():
            if not (home / each.name).exists():
                each.rename(home / each.name)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _settle(path: Path) -> None:
    """Wait until the disk has a file, or all that a folder holds."""
    inside: list[Any] = sorted(path.rglob("*")) if path.is_dir() else []
    for each in (*inside, path, path.parent):
        number = os.open(each, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
