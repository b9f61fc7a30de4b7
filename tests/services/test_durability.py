"""Backups and moves: from either engine into either, whole or not at all."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import insert

from tests.builders import NOW, TEXTS, Coast, coast_of, person
from workbench.core.errors import Invalid
from workbench.services import bench, durability, examining, releases
from workbench.settings import Settings, secret_key
from workbench.store import copying
from workbench.store.copying import moment
from workbench.store.engine import Database
from workbench.store.schema import Job


@pytest.fixture
def other(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """An empty database of the other engine."""
    if engine == "postgresql":
        yield f"sqlite:///{tmp_path / 'other.db'}"
        return
    if "postgresql" not in request.config.getoption("engines"):
        yield f"sqlite:///{tmp_path / 'other.db'}"
        return
    server = request.getfixturevalue("server")
    name = server.make()
    yield server.url(name)
    server.drop(name)


def worked(coast: Coast) -> None:
    """Leave decisions, a finished article and a job behind."""
    item = coast.next(coast.mia)
    coast.accept_all(item, coast.mia)
    coast.finish(item, coast.mia)
    rest = {"state": "done", "done": 1, "tries": 1, "created_at": NOW}
    with coast.database.writing() as session:
        first = session.scalar(insert(Job).values(kind="suggest", payload={"a": 1.5}, **rest).returning(Job.id))
        session.execute(insert(Job).values(kind="part", payload={}, parent_id=first, **rest))


def sums(url: str) -> dict[str, copying.Sums]:
    database = Database(url)
    with moment(database) as read:
        found = copying.sums(read)
    database.dispose()
    return found


def test_a_bench_moves_to_the_other_engine_and_back_and_stays_the_same(
    coast: Coast, settings: Settings, other: str, tmp_path: Path
) -> None:
    worked(coast)
    durability.move(coast.database, other)
    there = Database(other)
    back = f"sqlite:///{tmp_path / 'back.db'}"
    durability.move(there, back)
    assert sums(settings.database_url) == sums(other) == sums(back)
    person(there, "Pia")  # the numbers go on where they stopped
    again = coast_of(there)
    item = again.next(again.noor)
    again.accept_all(item, again.noor)
    again.finish(item, again.noor)
    assert [each.sentence for each in examining.deep(there, now=NOW) if not each.well] == []
    there.dispose()


def test_a_target_that_holds_something_is_left_alone(coast: Coast, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'full.db'}"
    full = Database(url)
    full.upgrade()
    person(full, "Somebody")
    full.dispose()
    before = sums(url)
    with pytest.raises(Invalid, match=r"not empty: it has rows in person.* name an empty one"):
        durability.move(coast.database, url)
    assert sums(url) == before


def test_a_copy_that_is_cut_off_leaves_nothing(coast: Coast, tmp_path: Path) -> None:
    def cut(table: str, _rows: int) -> None:
        if table == "article":
            raise KeyboardInterrupt

    url = f"sqlite:///{tmp_path / 'cut.db'}"
    with pytest.raises(KeyboardInterrupt):
        durability.move(coast.database, url, cut)
    assert {each.rows for each in sums(url).values()} == {0}


def test_a_backup_comes_back_into_either_engine(coast: Coast, settings: Settings, other: str, tmp_path: Path) -> None:
    worked(coast)
    (settings.home / "uploads" / "a").mkdir(parents=True)
    (settings.home / "uploads" / "a" / "b.txt").write_text("One boat.")
    key = secret_key(settings)
    target = tmp_path / "backups" / "monday"
    durability.backup(settings, coast.database, target, now=NOW)
    assert (target / "secret").stat().st_mode & 0o777 == 0o600
    again = Settings(
        home=tmp_path / "again", database_url=f"sqlite:///{tmp_path / 'again' / 'workbench.db'}", exports=target
    )
    for url in (None, other):
        durability.restore(again, target, to=url)
        assert sums(url or again.database_url) == sums(settings.database_url)
    assert secret_key(again) == key
    assert (again.home / "uploads" / "a" / "b.txt").read_text() == "One boat."
    restored = Database(again.database_url)
    with restored.reading() as session:
        assert {each.text for each in releases.records(session, coast.project, "suggested")} <= set(TEXTS)
    restored.dispose()
    with pytest.raises(Invalid, match="exists already"):
        durability.restore(again, target, to=None)
    with pytest.raises(Invalid, match="exists already"):
        durability.backup(settings, coast.database, target, now=NOW)


@pytest.mark.parametrize(("kind", "far"), [("nfs4", True), ("fuse.sshfs", True), ("ext4", False)])
def test_a_network_file_system_is_recognised(tmp_path: Path, kind: str, far: bool) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"disk / ext4 rw 0 0\nhost:/x {tmp_path} {kind} rw 0 0\n")
    assert bench.file_system(tmp_path / "bench", mounts) == (kind, far)
