"""The check of a bench that others can reach."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.builders import Coast
from workbench.services import deploy, durability, passwords, people
from workbench.settings import Settings, secret_key


def mounts(settings: Settings, more: str = "") -> Path:
    """Write down a machine's mounts: a local disk, and more."""
    file = settings.home.with_name("mounts")
    file.write_text(f"/dev/sda1 / ext4 rw 0 0\n{more}")
    return file


def wrong(settings: Settings, more: str = "") -> dict[str, str]:
    """Return what is not well; that the tests' PostgreSQL waits for no disk is known and has a test of its own."""
    found = deploy.examine(settings, now=datetime.now(UTC), mounts=mounts(settings, more))
    quick = set() if settings.embedded else {"Durability"}
    return {each.about: each.sentence for each in found if not each.well and each.about not in quick}


def test_a_server_that_waits_for_no_disk_is_named(fit: Settings, engine: str) -> None:
    found = deploy.examine(fit, now=datetime.now(UTC), mounts=mounts(fit))
    [durable] = [each for each in found if each.about == "Durability"]
    assert durable.well == (engine == "sqlite")
    assert engine == "sqlite" or durable.sentence == "synchronous_commit off, fsync off"


@pytest.fixture
def fit(settings: Settings, coast: Coast) -> Settings:
    """A bench that lacks nothing."""
    secret_key(settings)
    with coast.database.writing() as session:
        made = people.add(session, "Ada", admin=True, by=None, now=datetime.now(UTC))
        passwords.give(session, made.id, "four plain words here", by=None, now=datetime.now(UTC))
    durability.backup(settings, coast.database, settings.home / "backups" / "today", now=datetime.now(UTC))
    return replace(settings, secure=True, hosts=("bench.example.org",))


def test_a_bench_that_lacks_nothing_is_well(fit: Settings) -> None:
    assert wrong(fit) == {}


def test_each_thing_that_is_missing_is_named(fit: Settings, coast: Coast) -> None:
    assert set(wrong(replace(fit, secure=False))) == {"TLS"}
    assert set(wrong(replace(fit, hosts=()))) == {"Hosts"}
    (fit.home / "secret").chmod(0o644)
    fit.home.chmod(0o755)
    assert set(wrong(fit)) == {"Secret key", "Folder"}
    (fit.home / "secret").chmod(0o600)
    fit.home.chmod(0o700)
    with coast.database.writing() as session:
        people.add(session, "Eve", admin=True, by=None, now=datetime.now(UTC))
    assert wrong(fit) == {"Admin's password": "Eve has none; run: workbench people password Eve"}


def test_debugging_is_off(fit: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLASK_DEBUG", "1")
    assert set(wrong(fit)) == {"Debugging"}


def test_an_embedded_database_lies_on_a_local_disk_and_is_backed_up(fit: Settings, engine: str, tmp_path: Path) -> None:
    if engine != "sqlite":
        return
    assert set(wrong(fit, f"box:/x {fit.home.parent} nfs4 rw 0 0\n")) == {"File system"}
    elsewhere = tmp_path / "elsewhere"
    assert set(wrong(replace(fit, backups=elsewhere))) == {"Backup"}
    (fit.home / "backups").rename(elsewhere)
    assert set(wrong(fit)) == {"Backup"}
    assert wrong(replace(fit, backups=elsewhere)) == {}
    (elsewhere / "today" / "backup.json").write_text("{}")
    assert set(wrong(replace(fit, backups=elsewhere))) == {"Backup"}


def test_a_backup_of_last_week_is_too_old(fit: Settings, coast: Coast) -> None:
    late = datetime.now(UTC) + timedelta(days=7)
    found = deploy.examine(fit, now=late, mounts=mounts(fit))
    [kept] = [each for each in found if each.about == "Backup"]
    assert (kept.well, kept.sentence) == (False, "the newest is 168 hours old")


def test_a_bench_that_is_not_there_is_told_in_words(settings: Settings, tmp_path: Path) -> None:
    home = tmp_path / "none"
    found = wrong(replace(settings, home=home, database_url=f"sqlite:///{home / 'workbench.db'}"))
    assert {"Folder", "Secret key", "Database"} <= set(found)
