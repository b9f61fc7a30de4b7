"""Several worker processes under one command: they share the work, one that dies is replaced, and all stop together."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.builders import Coast
from workbench.services import jobs as asked
from workbench.settings import Settings
from workbench.store import jobs


@pytest.fixture
def crew(settings: Settings, coast: Coast) -> "Iterator[subprocess.Popen[bytes]]":
    """``workbench worker --processes 2`` on the coast."""
    environment = os.environ | {"WORKBENCH_HOME": str(settings.home), "WORKBENCH_DATABASE_URL": settings.database_url}
    command = [sys.executable, "-m", "workbench", "worker", "--processes", "2"]
    running = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    yield running
    if running.poll() is None:
        running.kill()
        running.wait()


def at_work(process: "subprocess.Popen[bytes]") -> set[int]:
    """Return the children of a process that have begun as a program of their own."""
    found = set()
    for each in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            parent = int((each / "stat").read_text().rpartition(")")[2].split()[1])
            if parent == process.pid and b"--beside" in (each / "cmdline").read_bytes():
                found.add(int(each.name))
    return found


def until(holds: Callable[[], bool]) -> None:
    """Wait for a state."""
    end = time.monotonic() + 240
    while not holds():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.1)


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="who has which children shows on Linux alone")
def test_a_crew_works_replaces_who_dies_and_stops_together(
    crew: "subprocess.Popen[bytes]", coast: Coast, home: Path
) -> None:
    until(lambda: len(at_work(crew)) == 2)
    first = at_work(crew)
    dies = min(first)
    os.kill(dies, signal.SIGKILL)
    until(lambda: len(at_work(crew)) == 2 and dies not in at_work(crew))
    numbers = [imported(coast, home / f"files-{n}") for n in range(3)]
    until(lambda: states(coast, numbers) == {"done"})
    crew.send_signal(signal.SIGTERM)
    members = at_work(crew)
    assert crew.wait(timeout=120) == 0
    until(lambda: not any(Path(f"/proc/{each}").exists() for each in members))


def imported(coast: Coast, folder: Path) -> int:
    """Ask for an import of one article."""
    folder.mkdir()
    (folder / "a.txt").write_text(f"A tug left from {folder.name}.")
    with coast.database.writing() as session:
        payload = {"project": "coast", "folder": str(folder), "by": coast.lena.id}
        lead = coast.seen_by(coast.lena)
        return asked.ask(session, lead, "import", payload, by=coast.lena, now=datetime.now(UTC))


def states(coast: Coast, numbers: list[int]) -> set[str]:
    with coast.database.reading() as session:
        return {row.state for row in jobs.listing(session, coast.project.id) if row.id in numbers}
