"""What is broken, and how: each break takes a scene, breaks it for a while and mends it again."""

import os
import random
import signal
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Final

from sqlalchemy import text

from tests import postgres
from tests.faults.serving import Server
from tests.faults.storm import Ledger
from workbench.services import durability, examining
from workbench.settings import Settings
from workbench.store.engine import Database


@dataclass
class Scene:
    """A server at work and what it works on."""

    server: Server
    database: Database
    folder: Path
    shared: postgres.Server | None
    longest: int
    ledger: Ledger
    chance: random.Random = field(default_factory=lambda: random.Random(7))


Break = Callable[[Scene], None]
_HOLDER: Final = """
import sys, time
from sqlalchemy import text
from workbench.store.engine import Database
database = Database(sys.argv[1])
with database.engine.connect().execution_options(write=True) as connection:
    connection.begin()
    if not database.embedded:
        connection.execute(text("LOCK TABLE item, layer, decision IN ACCESS EXCLUSIVE MODE"))
    time.sleep(float(sys.argv[2]))
"""
GUNICORN: Final = (
    "-m",
    "gunicorn",
    "-c",
    str(files("workbench") / "deploy" / "gunicorn.conf.py"),
    "workbench.wsgi:app",
)
_OTHERS: Final = "FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"


def kill(scene: Scene) -> None:
    """Let them work for a moment, then kill the server and start it again."""
    time.sleep(scene.chance.uniform(0.5, 2.5))
    scene.server.kill()
    scene.server.again()


def lock(scene: Scene) -> None:
    """Let another process hold the database, or PostgreSQL's busiest tables, against everybody."""
    url = scene.database.engine.url.render_as_string(hide_password=False)
    seconds = str(scene.chance.choice([1, 8, scene.longest]))
    subprocess.run([sys.executable, "-c", _HOLDER, url, seconds], check=True)
    time.sleep(1)


def full(scene: Scene) -> None:
    """Fill the disk that the database lies on, and free it again."""
    filler = scene.folder / "small" / "filler"
    if scene.database.embedded:  # its log would hold for a while what it has room for already
        with closing(scene.database.engine.raw_connection()) as connection:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with suppress(OSError), filler.open("wb", buffering=0) as out:
        while out.write(bytes(2**14)):
            pass
    time.sleep(4)
    filler.unlink(missing_ok=True)
    if scene.shared:
        scene.shared.revive()
    time.sleep(2)


def io(scene: Scene) -> None:
    """Have every third wait for the disk fail for a while."""
    flag = scene.folder / "failing"
    flag.touch()
    time.sleep(2)
    flag.unlink()
    if scene.shared:
        scene.shared.revive()
    time.sleep(2)


def backup(scene: Scene) -> None:
    """Make a backup while all of them save, restore it, and find in it all that was acknowledged before it began."""

    def made(folder: Path) -> str:
        settings = Settings(scene.server.home, scene.database.engine.url.render_as_string(hide_password=False), folder)
        durability.backup(settings, scene.database, folder / "made", now=datetime.now(UTC))
        again = Settings(folder / "home", f"sqlite:///{folder / 'again.db'}", folder)
        durability.restore(again, folder / "made", to=None)
        return again.database_url

    _second(scene, made)


def copy(scene: Scene) -> None:
    """Copy the bench to a database of either engine while all of them save, as ``workbench db copy`` does."""

    def made(folder: Path) -> str:
        to_shared = scene.shared and scene.chance.random() < 0.5
        url = (
            scene.shared.url(scene.shared.make()) if scene.shared and to_shared else f"sqlite:///{folder / 'again.db'}"
        )
        durability.move(scene.database, url, lambda _table, _rows: None)
        return url

    _second(scene, made)


def _second(scene: Scene, made: Callable[[Path], str]) -> None:
    """Have a second bench made, and find in it all that was acknowledged before, and nothing that never was."""
    begun, acked = time.monotonic(), set(scene.ledger.acked)
    with tempfile.TemporaryDirectory(dir=scene.folder) as base:
        second = Database(made(Path(base)))
        there, now = _keys(second), _keys(scene.database)
        assert acked <= there <= now, (len(acked - there), len(there - now))
        unwell = [each for each in examining.deep(second, now=datetime.now(UTC)) if not each.well]
        assert not unwell, unwell
        second.dispose()
    time.sleep(max(0, 10 - (time.monotonic() - begun)))


def _keys(database: Database) -> set[str]:
    with database.reading() as session:
        return set(session.scalars(text("SELECT key FROM decision")))


def cut(scene: Scene) -> None:
    """End every connection to PostgreSQL, kill one of its processes, or crash it and start it again."""
    assert scene.shared
    time.sleep(scene.chance.uniform(1, 3))
    how = scene.chance.randrange(3)
    if how == 0:
        scene.shared.crash()
    else:
        with scene.database.engine.connect() as connection:
            if how == 1:
                connection.execute(text(f"SELECT pg_terminate_backend(pid) {_OTHERS}"))
            victims = connection.scalars(text(f"SELECT pid {_OTHERS} LIMIT 1")).all()
        if how == 2 and victims:
            with suppress(ProcessLookupError):
                os.kill(victims[0], signal.SIGKILL)
    scene.database.dispose()
    scene.shared.revive()


def renew(scene: Scene) -> None:
    """Have gunicorn put new web processes in the place of those at work, as an upgrade without a pause does."""
    time.sleep(scene.chance.uniform(1, 3))
    os.kill(scene.server.process.pid, signal.SIGHUP)


def clock(scene: Scene) -> None:
    """Set the server's clock an hour ahead or back, while the rest of the world goes on."""
    time.sleep(scene.chance.uniform(1, 3))
    with (scene.folder / "clock").open("r+b") as out:  # never empty, for the server has it in its memory
        out.write(struct.pack("q", scene.chance.choice([-3660, 0, 3660])))
