"""Workers beside a server or by themselves."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from typing import Final

import click

from workbench.jobs import tasks
from workbench.jobs import worker as jobs
from workbench.services import bench
from workbench.settings import Settings

_BREATH: Final = 1.0


@click.command()
@click.option("--once", is_flag=True, help="Stop when nothing is left to do.")
@click.option("--processes", default=1, show_default=True, type=click.IntRange(1, 64), help="How many work at once.")
@click.option("--beside", type=int, hidden=True, help="End when this process, which started it, has ended.")
@click.pass_obj
def worker(settings: Settings, once: bool, processes: int, beside: int | None) -> None:
    """Work through imports, suggestion runs and releases; any number may run, with PostgreSQL on any machines.

    \b
    workbench worker --processes 4
    """
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    if beside:
        threading.Thread(target=_end_with, args=(beside, stop), daemon=True).start()
    if processes > 1:
        crew(processes, stop, once=once)
        return
    with bench.opened(settings) as database, contextlib.closing(tasks.Bench(database, settings)) as place:
        if not database.embedded:
            from workbench.jobs import shared  # with asyncio and a driver, of which the web process has no need

            shared.work(place, stop, wait=not once)
        elif once:
            while not stop.is_set() and jobs.work_once(place, f"once:{time.time_ns()}", stop):
                pass
        else:
            jobs.work(place, stop)


def crew(count: int, stop: threading.Event, *, once: bool = False) -> None:
    """Keep so many workers at work; one that dies is replaced, in a moment, lest one that cannot start keeps trying."""
    command = [sys.executable, "-m", "workbench", "worker", "--beside", str(os.getpid()), *(["--once"] if once else [])]
    team = [subprocess.Popen(command) for _ in range(count)]  # noqa: S603
    while not stop.wait(0.5):
        ended = [each for each in team if each.poll() is not None]
        if ended and not stop.wait(_BREATH):
            team += [subprocess.Popen(command) for each in ended if not once or each.returncode < 0]  # noqa: S603
        team = [each for each in team if each not in ended]
        if not team:
            return
    for each in team:
        each.terminate()
    for each in team:
        each.wait()


def _end_with(process: int, stop: threading.Event) -> None:
    while os.getppid() == process:
        time.sleep(1)
    stop.set()
