"""Workbench as its users run it: the command, in a process and a home of its own."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

PROJECT: Final = "bench"
_COMMAND: Final = (sys.executable, "-m", "workbench")


class Failed(Exception):
    """A command of the bench did not end well; the message holds what it printed."""


@dataclass(frozen=True, slots=True)
class Run:
    """A finished command: wall and processor time in seconds, greatest memory in MB, and what it printed.

    Processor time is what to compare where other work shares the machine.
    """

    seconds: float
    processor: float
    megabytes: float
    output: str


def environment(home: Path) -> dict[str, str]:
    """Return the environment of a command whose home is a fresh folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WORKBENCH_")}
    return kept | {"WORKBENCH_HOME": str(home), "PYTHONUNBUFFERED": "1"}


def run(home: Path, *arguments: str | Path) -> Run:
    """Run a ``workbench`` command to its end; raises Failed."""
    return timed(home, *_COMMAND, *map(str, arguments))


def timed(home: Path, *command: str) -> Run:
    """Run any command to its end and take its times and peak memory; raises Failed."""
    log = home / "command.log"
    home.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as out:
        begun = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, env=environment(home))
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    output = log.read_text(errors="replace")
    if process.returncode:
        raise Failed(f"{' '.join(command)} ended with {process.returncode}:\n{output[-2000:]}")
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, output)


def serve(home: Path, port: int) -> subprocess.Popen[bytes]:
    """Start the web process; whoever starts it stops it."""
    with (home / "serve.log").open("wb") as out:
        return subprocess.Popen(
            (*_COMMAND, "serve", "--port", str(port)), stdout=out, stderr=subprocess.STDOUT, env=environment(home)
        )
