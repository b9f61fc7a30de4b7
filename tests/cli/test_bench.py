"""Making a bench, serving it, looking after it."""

import errno
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.builders import NOW
from tests.cli.conftest import Shell
from tests.cli.test_workers import at_work, until
from workbench.cli import _said
from workbench.cli.bench import _tell
from workbench.services import passwords, people
from workbench.store.engine import Database


def test_init_makes_a_bench_that_nobody_else_can_read(shell: Shell) -> None:
    before = os.umask(0)
    try:
        said = shell("init").output
    finally:
        os.umask(before)
    assert f"The bench is in {shell.home}" in said
    assert shell.home.stat().st_mode & 0o777 == 0o700
    modes = {each.name: each.stat().st_mode & 0o777 for each in shell.home.iterdir()}
    assert modes == dict.fromkeys(("secret", "workbench.db", "workbench.db-turn"), 0o600)
    assert "Admin" in shell("people", "list").output


def test_init_again_leaves_the_bench_as_it_is(bench: Shell) -> None:
    bench("init")
    assert {"Admin", "Lena", "Mia"} <= set(re.findall(r"\w+", bench("people", "list").output))


def test_a_folder_that_cannot_be_written_is_named(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    shell.environment["WORKBENCH_HOME"] = str(tmp_path / "file" / "bench")
    assert f"The folder {tmp_path / 'file' / 'bench'} cannot be written" in shell("init", code=1).stderr


def test_a_database_of_another_kind_is_refused(shell: Shell) -> None:
    shell.environment["WORKBENCH_DATABASE_URL"] = "mysql://host/name"
    assert "SQLite or PostgreSQL, not in mysql" in shell("init", code=1).stderr


def test_a_database_that_does_not_answer_is_said_not_to(shell: Shell, tmp_path: Path) -> None:
    shell.environment["WORKBENCH_DATABASE_URL"] = f"postgresql:///none?host={tmp_path}"
    said = shell("init", code=1).stderr
    assert said.startswith("workbench: The database cannot be used")
    assert "Traceback" not in said


@pytest.mark.parametrize("verb", ["demo", "serve"])
def test_a_port_in_use_is_said_to_be(bench: Shell, verb: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = bench(verb, "--port", port, code=1).stderr
    assert f"Port {port} on 127.0.0.1 cannot be used (Address already in use); choose another with --port." in said


def test_the_doctor_finds_everything_well(bench: Shell) -> None:
    said = bench("doctor").output
    assert "NOT WELL" not in said
    for about in ("Python", "Folder", "SQLite", "Database", "Scheme", "Actors", "Model"):
        assert about in said


def test_the_doctor_says_what_is_not_well(shell: Shell) -> None:
    shell.environment["WORKBENCH_MODEL"] = "en_no_such_model"
    said = shell("doctor", code=1).output
    assert "run “workbench init”" in said
    assert "en_no_such_model" in said


def test_the_doctor_names_a_file_that_can_only_be_read(bench: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, _mode: Path(path).name != "workbench.db")  # root may write any
    assert f"{bench.home / 'workbench.db'} can only be read" in bench("doctor", code=1).output


def test_a_copy_that_finds_no_room_is_named_by_both_its_ends() -> None:
    problem = OSError(errno.ENOSPC, "No space left on device", "here", None, "there")
    assert _said(problem) == "here to there: No space left on device."


def test_an_upgrade_makes_the_tables_and_may_be_repeated(shell: Shell) -> None:
    for _ in range(2):
        assert shell("db", "upgrade").output == "The tables are up to date.\n"


def test_a_worker_that_finds_nothing_to_do_ends(bench: Shell) -> None:
    assert bench("worker", "--once").stdout == ""


@pytest.mark.slow
def test_a_served_bench_answers_has_a_worker_that_is_replaced_and_stops_cleanly(bench: Shell, tmp_path: Path) -> None:
    bench("init")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "workbench", "serve", "--port", str(port)]
    served = subprocess.Popen(
        command,
        cwd=Path(__file__).parents[2],
        env=os.environ | bench.environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert served.stdout is not None
    link = next(found[0] for line in served.stdout if (found := re.search(r"http://\S+/sign-in/\S+", line)))
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=10) as answer:
        assert answer.read() == b'{"status":"ok"}\n'
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    with opener.open(link, timeout=10) as answer:
        assert answer.url.endswith("/projects/coast/queue")
    loaded = Path(f"/proc/{served.pid}/maps")
    if loaded.exists():
        assert "/spacy/" not in loaded.read_text()
    if loaded.exists():
        until(lambda: len(at_work(served)) == 1)
        [worker] = at_work(served)
        os.kill(worker, signal.SIGKILL)
        until(lambda: len(at_work(served)) == 1 and worker not in at_work(served))
    served.send_signal(signal.SIGINT)
    assert served.wait(timeout=30) == 0
    assert "Stopped." in served.stdout.read()


@pytest.mark.parametrize(
    ("way", "terminal", "printed"),
    [("none", False, True), ("link", False, False), ("password", False, False), ("link", True, True)],
)
def test_a_link_is_printed_to_a_terminal_or_while_no_admin_was_ever_in(
    bench: Shell, way: str, terminal: bool, printed: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    bench("init")
    database = Database(f"sqlite:///{bench.home / 'workbench.db'}")
    with database.writing() as session:
        admin = people.find(session, "Admin")
        token = people.make_link(session, admin.id, "sign_in", now=NOW)
        if way == "link":
            people.sign_in_by_link(session, token, agent="", now=NOW)
        if way == "password":
            passwords.give(session, admin.id, "four plain words here", by=None, now=NOW)
    _tell(database, "http://bench", link=terminal)
    database.dispose()
    said = capsys.readouterr().out
    assert ("http://bench/sign-in/" in said) == printed
    assert printed or "workbench people link Admin" in said
