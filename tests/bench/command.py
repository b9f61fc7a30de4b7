"""Workbench as its users run it: the command, in a process and a home of its own."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

PROJECT: Final = "bench"
_LAUNCHED: Final = Path(__file__).with_name("launched.py")
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


def environment(home: Path, database: str | None = None) -> dict[str, str]:
    """Return the environment of a command whose home is a fresh folder, with the embedded database or another."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WORKBENCH_")}
    own = {"WORKBENCH_DATABASE_URL": database} if database else {}
    return kept | {"WORKBENCH_HOME": str(home), "PYTHONUNBUFFERED": "1"} | own


def run(home: Path, *arguments: str | Path, database: str | None = None) -> Run:
    """Run a ``workbench`` command to its end; raises Failed."""
    return timed(home, *_COMMAND, *map(str, arguments), database=database)


def timed(home: Path, *command: str, database: str | None = None) -> Run:
    """Run any command to its end and take its times and peak memory; raises Failed."""
    log, took = home / "command.log", home / "command.json"
    home.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as out:
        launched = [sys.executable, str(_LAUNCHED), str(took), *command]
        code = subprocess.call(launched, stdout=out, stderr=subprocess.STDOUT, env=environment(home, database))
    output = log.read_text(errors="replace")
    if code:
        raise Failed(f"{' '.join(command)} ended with {code}:\n{output[-2000:]}")
    seconds, processor, kilobytes = json.loads(took.read_text())
    return Run(seconds, processor, kilobytes / 1024, output)


def serve(home: Path, port: int) -> subprocess.Popen[bytes]:
    """Start the web process; whoever starts it stops it."""
    with (home / "serve.log").open("wb") as out:
        return subprocess.Popen(
            (*_COMMAND, "serve", "--port", str(port)), stdout=out, stderr=subprocess.STDOUT, env=environment(home)
        )
