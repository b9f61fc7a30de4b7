"""Upgrades on filled tables: down and back, killed in the middle, begun by several at once, of later versions."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import select

from tests.builders import NOW, coast_in, decision
from tests.store.test_migrations import bare, tables
from workbench.core.errors import Invalid
from workbench.services import bench, examining, jobs, people
from workbench.settings import Settings
from workbench.store import engine as engines
from workbench.store.engine import Database
from workbench.store.schema import Item

__all__ = ["bare"]

LASTING = ("person", "project", "membership", "article", "layer", "mark", "decision", "job", "sign_in", "audit")
"""Tables that every version has, and that nothing is taken out of on the way down."""


def filled(database: Database) -> None:
    """Let a reviewer sign in, decide and finish; a lead asks for a run of suggestions."""
    coast = coast_in(database)
    item = coast.next(coast.mia)
    [first, *_] = coast.placed(item, coast.mia)
    coast.decide(item, coast.mia, decision(first.item, "accepted", coast.toks(item, coast.mia)))
    coast.accept_all(item, coast.mia, NOW + timedelta(seconds=90))
    coast.finish(item, coast.mia, NOW + timedelta(minutes=2))
    now = datetime.now(UTC)
    with database.writing() as session:
        people.signed_in(session, coast.mia.id, agent="a browser", now=now)
        jobs.ask(session, coast.seen_by(coast.lena), "suggest", {"project": "coast"}, by=coast.lena, now=now)


def rows(database: Database) -> dict[str, int]:
    with database.engine.connect() as connection:
        return {name: connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar_one() for name in LASTING}


def test_work_survives_the_way_down_to_the_first_version_and_back(bare: Database) -> None:
    bare.upgrade()
    filled(bare)
    before = rows(bare)
    assert all(before.values()), before
    command.downgrade(engines._alembic(bare.engine), "0001")
    assert rows(bare) == before
    bare.upgrade()
    assert rows(bare) == before
    with bare.reading() as session:
        assert set(session.scalars(select(Item.minutes).where(Item.state == "done"))) == {1.5}
    assert [each.sentence for each in examining.deep(bare, now=datetime.now(UTC)) if not each.well] == []


KILLED = """
import os, signal, sys
from sqlalchemy import event
from workbench.store.engine import Database
database, left = Database(sys.argv[1]), [int(sys.argv[2])]
@event.listens_for(database.engine, "before_cursor_execute")
def count(*_):
    left[0] -= 1
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)
database.upgrade()
"""


def upgraded(database: Database, step: int) -> int:
    """Bring the tables of a database to the newest version in a process that is killed at a statement."""
    url = database.engine.url.render_as_string(hide_password=False)
    return subprocess.call([sys.executable, "-c", KILLED, url, str(step)], cwd=Path(__file__).parents[2])


@pytest.mark.slow
def test_an_upgrade_that_is_killed_leaves_the_old_version_whole(bare: Database) -> None:
    bare.upgrade()
    filled(bare)
    command.downgrade(engines._alembic(bare.engine), "0001")
    before, old = rows(bare), tables(bare)
    for step in (20, 60, 110):
        assert upgraded(bare, step) == -signal.SIGKILL
        assert (bare.version()[0], rows(bare), tables(bare)) == ("0001", before, old)
    assert upgraded(bare, -1) == 0
    assert rows(bare) == before
    assert [each.sentence for each in examining.deep(bare, now=datetime.now(UTC)) if not each.well] == []


def test_servers_that_start_at_once_make_one_bench(bare: Database, tmp_path: Path) -> None:
    url = bare.engine.url.render_as_string(hide_password=False)
    own = os.environ | {"WORKBENCH_HOME": str(tmp_path / "bench"), "WORKBENCH_DATABASE_URL": url}
    command = [sys.executable, "-m", "workbench", "init"]
    begun = [subprocess.Popen(command, env=own, cwd=Path(__file__).parents[2]) for _ in range(3)]
    assert [each.wait() for each in begun] == [0, 0, 0]
    with bare.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT name FROM person").scalars().all() == ["Admin"]


def test_tables_of_a_later_version_are_left_alone(bare: Database, tmp_path: Path) -> None:
    bare.upgrade()
    with bare.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    url = bare.engine.url.render_as_string(hide_password=False)
    settings = Settings(home=tmp_path / "bench", database_url=url, exports=tmp_path)
    with pytest.raises(Invalid, match="version 9999, newer than this Workbench knows"), bench.opened(settings):
        pass
    with pytest.raises(Invalid, match="install the Workbench that made them"):
        bench.create(settings, now=NOW)
