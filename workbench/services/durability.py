"""Backups that are checked when they are made and when they come back, and moves between engines.

A backup is a folder of one shape, whatever engine it was taken from: the rows as an SQLite file, the uploads, the
secret key, and a list of sums. It comes back into either engine.
"""

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from typing import Any, Final

import msgspec

from workbench.core.errors import Invalid
from workbench.settings import Settings, open_home
from workbench.store import copying
from workbench.store.copying import Sums, moment
from workbench.store.engine import Database

MANIFEST: Final = "backup.json"
ROWS: Final = "workbench.db"
UPLOADS: Final = "uploads"
SECRET: Final = "secret"  # noqa: S105  the name of a file

Told = Callable[[str, int], None]


class _Manifest(msgspec.Struct):
    """What a backup says of itself."""

    format: str
    tables: str | None
    made: datetime
    sums: dict[str, Sums]


def backup(settings: Settings, database: Database, target: Path, *, now: datetime) -> dict[str, Sums]:
    """Write a backup while the bench is in use; raises Invalid where the target exists."""
    if target.exists():
        raise Invalid(f"{target} exists already; name a folder that does not, so that no backup is written over.")
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}-{token_hex(4)}")
    part.mkdir(mode=0o700)
    try:
        _write_rows(database, part / ROWS)
        found = checked(part / ROWS)
        for name in (UPLOADS, SECRET):
            _bring(settings.home / name, part / name)
        manifest = _Manifest("workbench/backup@1", database.version()[0], now, found)
        (part / MANIFEST).write_bytes(msgspec.json.format(msgspec.json.encode(manifest)))
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
        database.vacuum_into(path)
    else:
        copied = Database(f"sqlite:///{path}")
        try:
            copied.upgrade()
            copying.copy(database, copied)
        finally:
            copied.dispose()
    path.chmod(0o600)


def checked(path: Path) -> dict[str, Sums]:
    """Return the sums of a file of rows; raises Invalid where the file is damaged."""
    database = Database(f"sqlite:///{path}")
    try:
        with moment(database) as read:
            said = read.exec_driver_sql("PRAGMA integrity_check(1)").scalar()
            if said != "ok":
                raise Invalid(f"{path.name} of the backup is damaged: {said}.")
            found = copying.sums(read)
        database.settle()
        return found
    finally:
        database.dispose()


def restore(settings: Settings, source: Path, *, to: str | None) -> dict[str, Sums]:
    """Bring a backup back into a place that holds nothing; raises Invalid where it does, or the backup is damaged."""
    manifest = _manifest(source)
    url = to or settings.database_url
    open_home(settings)
    part = settings.home / f".restore-{token_hex(4)}.db"
    try:
        shutil.copyfile(source / ROWS, part)
        part.chmod(0o600)
        if (found := checked(part)) != manifest.sums:
            differ = [name for name in manifest.sums if manifest.sums[name] != found.get(name)]
            raise Invalid(f"The backup is not what it was: {', '.join(differ)} differ. Take an older one.")
        _place(part, url)
        for name in (UPLOADS, SECRET):
            if not (settings.home / name).exists():
                _bring(source / name, settings.home / name)
    finally:
        for each in settings.home.glob(f"{part.name}*"):
            each.unlink()
    return found


def _place(part: Path, url: str) -> None:
    if url.startswith("sqlite"):
        target = Path(url.removeprefix("sqlite:///"))
        if target.exists():
            raise Invalid(f"{target} exists already; move it away first. Nothing was restored.")
        _settle(part)
        part.rename(target)
        return
    copied = Database(f"sqlite:///{part}")
    try:
        move(copied, url)
    finally:
        copied.dispose()


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
        return msgspec.json.decode((source / MANIFEST).read_bytes(), type=_Manifest)
    except (OSError, msgspec.DecodeError):
        raise Invalid(f"{source} is no backup: it has no {MANIFEST} that can be read.") from None


def _bring(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore_dangling_symlinks=True)
    elif source.exists():
        shutil.copyfile(source, target)
        target.chmod(0o600)


def _settle(path: Path) -> None:
    """Wait until the disk has a file, or all that a folder holds."""
    inside: list[Any] = sorted(path.rglob("*")) if path.is_dir() else []
    for each in (*inside, path, path.parent):
        number = os.open(each, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
