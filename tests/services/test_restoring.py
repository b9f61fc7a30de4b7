"""Backups that are not what they were, and restoring that is cut off: a sentence, and nothing half done."""

import json
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from alembic import command

from tests.builders import NOW, Coast
from workbench.core.errors import Invalid
from workbench.services import bench, durability
from workbench.settings import Settings, secret_key
from workbench.store import engine as engines
from workbench.store.engine import Database


@pytest.fixture
def kept(coast: Coast, settings: Settings, tmp_path: Path) -> Path:
    secret_key(settings)
    (settings.home / "uploads" / "a").mkdir(parents=True)
    (settings.home / "uploads" / "a" / "b.txt").write_text("One boat.")
    durability.backup(settings, coast.database, tmp_path / "monday", now=NOW)
    return tmp_path / "monday"


@pytest.fixture
def again(settings: Settings, tmp_path: Path) -> Settings:
    """An empty place to restore into."""
    return replace(settings, home=tmp_path / "again", database_url=f"sqlite:///{tmp_path / 'again' / 'workbench.db'}")


def changed(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "workbench.db", isolation_level=None)) as rows:
        rows.execute("UPDATE person SET name = 'Mallory' WHERE name = 'Mia'")


def resealed(folder: Path) -> None:
    """Change the rows, and the sum of their file too."""
    changed(folder)
    told(folder, file=sha256((folder / "workbench.db").read_bytes()).hexdigest())


def from_tomorrow(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "workbench.db", isolation_level=None)) as rows:
        rows.execute("UPDATE alembic_version SET version_num = '9999'")
    told(folder, tables="9999", file=sha256((folder / "workbench.db").read_bytes()).hexdigest())


def overwritten(folder: Path) -> None:
    with (folder / "workbench.db").open("r+b") as rows:
        rows.seek(4096)
        rows.write(b"\xaa" * 4096)
    told(folder, file=sha256((folder / "workbench.db").read_bytes()).hexdigest())


def told(folder: Path, **news: str) -> None:
    manifest = folder / "backup.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | news))


def linked(folder: Path) -> None:
    (folder / "workbench.db").rename(folder.parent / "elsewhere.db")
    (folder / "workbench.db").symlink_to(folder.parent / "elsewhere.db")


DAMAGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "changed": (changed, "workbench.db was cut off or changed"),
    "changed with its sum": (resealed, "person differ"),
    "cut off": (lambda folder: os.truncate(folder / "workbench.db", 9000), "cut off or changed"),
    "empty": (lambda folder: os.truncate(folder / "workbench.db", 0), "cut off or changed"),
    "encrypted": (lambda folder: (folder / "workbench.db").write_bytes(os.urandom(9000)), "cut off or changed"),
    "without rows": (lambda folder: (folder / "workbench.db").unlink(), "no whole backup"),
    "a link": (linked, "no whole backup"),
    "a page overwritten": (overwritten, "damaged|cannot be read"),
    "of another form": (lambda folder: told(folder, format="workbench/backup@2"), "another form"),
    "of a later version": (from_tomorrow, "version 9999, newer than this Workbench knows"),
    "without sums": (lambda folder: (folder / "backup.json").write_text("{}"), "is no backup"),
}


@pytest.mark.parametrize("how", DAMAGE)
def test_a_backup_that_is_not_what_it_was_is_refused_in_a_sentence(kept: Path, again: Settings, how: str) -> None:
    damage, said = DAMAGE[how]
    damage(kept)
    with pytest.raises(Invalid, match=said):
        durability.restore(again, kept, to=None)
    assert list(again.home.glob("*")) == []


def test_a_backup_that_finds_no_room_is_said_not_to_and_leaves_nothing(
    coast: Coast, settings: Settings, tmp_path: Path
) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, before[1]))
    try:
        with pytest.raises(Invalid, match="rows of the backup cannot be read or written"):
            durability.backup(settings, coast.database, tmp_path / "backups" / "monday", now=NOW)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list((tmp_path / "backups").iterdir()) == []
    assert durability.backup(settings, coast.database, tmp_path / "backups" / "monday", now=NOW)["article"].rows


def test_a_backup_is_its_owners_alone_and_holds_no_links(
    kept: Path, coast: Coast, settings: Settings, tmp_path: Path
) -> None:
    (settings.home / "uploads" / "link").symlink_to("/etc/passwd")
    durability.backup(settings, coast.database, tmp_path / "tuesday", now=NOW)
    assert not (tmp_path / "tuesday" / "uploads" / "link").exists()
    for each in (kept, *kept.rglob("*")):
        assert each.stat().st_mode & 0o077 == 0, each


def test_a_link_in_a_backup_brings_nothing_from_elsewhere(kept: Path, again: Settings, tmp_path: Path) -> None:
    (tmp_path / "private").write_text("x" * 64)
    (kept / "secret").unlink()
    (kept / "secret").symlink_to(tmp_path / "private")
    (kept / "uploads" / "c").symlink_to(tmp_path)
    durability.restore(again, kept, to=None)
    assert sorted(path.name for path in again.home.rglob("*")) == ["a", "b.txt", "uploads", "workbench.db"]


def test_the_log_of_another_file_is_never_laid_over_what_was_restored(kept: Path, again: Settings) -> None:
    again.home.mkdir()
    (again.home / "workbench.db-wal").write_bytes(b"of a bench that was killed")
    with pytest.raises(Invalid, match=r"workbench\.db-wal exists already; move it away first"):
        durability.restore(again, kept, to=None)


def test_a_backup_of_an_older_version_comes_back_as_the_newest(
    kept: Path, again: Settings, coast: Coast, tmp_path: Path
) -> None:
    rows = Database(f"sqlite:///{kept / 'workbench.db'}")
    command.downgrade(engines._alembic(rows.engine), "0023")
    rows.settle()
    rows.dispose()
    shutil.rmtree(again.home, ignore_errors=True)
    told(kept, tables="0023", file=sha256((kept / "workbench.db").read_bytes()).hexdigest())
    durability.restore(again, kept, to=None)
    with bench.opened(again) as restored, restored.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM article").scalar() == 3


def test_restoring_that_is_killed_leaves_no_bench_and_may_be_done_again(
    kept: Path, again: Settings, tmp_path: Path
) -> None:
    script = (
        "import os, signal, sys; from pathlib import Path; from workbench.services import durability\n"
        "from workbench.settings import from_environment\n"
        "was, left = durability._settle, [int(sys.argv[2])]\n"
        "def settle(path):\n"
        "    left[0] -= 1\n"
        "    os.kill(os.getpid(), signal.SIGKILL) if left[0] < 0 else was(path)\n"
        "durability._settle = settle\n"
        "durability.restore(from_environment(), Path(sys.argv[1]), to=None)\n"
    )
    own = os.environ | {"WORKBENCH_HOME": str(again.home), "WORKBENCH_DATABASE_URL": ""}
    for step, whole in ((0, False), (1, False), (2, True)):
        done = subprocess.run([sys.executable, "-c", script, kept, str(step)], env=own, check=False)
        assert done.returncode == (0 if whole else -signal.SIGKILL)
        assert (again.home / "workbench.db").exists() == whole
    assert sorted(path.name for path in again.home.iterdir()) == ["secret", "uploads", "workbench.db"]
    assert (again.home / "uploads" / "a" / "b.txt").read_text() == "One boat."
