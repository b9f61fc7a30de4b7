"""The worker: takes jobs from the table one at a time, beats while it works, and outlives bad ones."""

import os
import socket
import threading
import time
import traceback
from datetime import UTC, datetime, timedelta
from typing import Final

import structlog

from workbench.core.errors import WorkbenchError
from workbench.jobs.tasks import TASKS, Bench
from workbench.store import jobs
from workbench.store.jobs import JobRow

BEAT: Final = timedelta(seconds=10)
SILENCE: Final = timedelta(seconds=60)
MOST_TRIES: Final = 3

log = structlog.get_logger("workbench.worker")


class Stopped(Exception):
    """The job was cancelled, or another worker has taken it over."""


def work(bench: Bench, stop: threading.Event, *, idle_seconds: float = 1.0) -> None:
    """Take jobs until told to stop."""
    owner = f"{socket.gethostname()}:{os.getpid()}:{threading.get_ident()}"
    while not stop.is_set():
        try:
            took = work_once(bench, owner)
        except WorkbenchError as problem:
            log.warning("worker.database", problem=problem.sentence)
            took = False
        if not took:
            stop.wait(idle_seconds)


def work_once(bench: Bench, owner: str) -> bool:
    """Take one job and see it through; say whether there was one."""
    now = datetime.now(UTC)
    with bench.database.reading() as session:
        if not jobs.waiting(session, now=now, silent_since=now - SILENCE):
            return False
    with bench.database.writing() as session:
        job = jobs.claim(session, owner, now=now, silent_since=now - SILENCE)
    if job is None:
        return False
    log.info("job.start", job=job.id, kind=job.kind, tries=job.tries)
    with _Pulse(bench, job, owner) as pulse:
        state, note = _outcome(bench, job, pulse)
    with bench.database.writing() as session:
        if state == "queued":
            jobs.again(session, job.id, owner)
        else:
            jobs.end(session, job.id, owner, state, note, now=datetime.now(UTC))
    log.info("job.end", job=job.id, kind=job.kind, state=state, note=note)
    return True


def _outcome(bench: Bench, job: JobRow, pulse: "_Pulse") -> tuple[str, str]:
    if job.tries > MOST_TRIES:
        return "failed", f"Given up after {MOST_TRIES} tries; each ended with its worker."
    try:
        return "done", TASKS[job.kind](bench, job, pulse.progress)
    except Stopped:
        return "cancelled", "Stopped; what was stored stays."
    except WorkbenchError as problem:
        return "failed", problem.sentence
    except Exception:
        log.exception("job.error", job=job.id, kind=job.kind)
        if job.tries < MOST_TRIES:
            return "queued", ""
        return "failed", traceback.format_exc(limit=-6)


class _Pulse:
    """Says that a job is alive, from a thread of its own, and carries its progress."""

    def __init__(self, bench: Bench, job: JobRow, owner: str) -> None:
        self.bench, self.job, self.owner = bench, job, owner
        self.over = threading.Event()
        self.lost = False
        self.last = 0.0
        self.thread = threading.Thread(target=self._beat, daemon=True)

    def __enter__(self) -> "_Pulse":
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.thread.join()

    def progress(self, **values: int) -> None:
        """Store how far the job is, at most twice a second."""
        if "total" in values or time.monotonic() - self.last > 0.5:
            self.last = time.monotonic()
            self._say(**values)
        if self.lost:
            raise Stopped

    def _beat(self) -> None:
        while not self.over.wait(BEAT.total_seconds()):
            self._say()

    def _say(self, **values: int) -> None:
        try:
            with self.bench.database.writing() as session:
                self.lost = not jobs.beat(session, self.job.id, self.owner, now=datetime.now(UTC), **values)
        except WorkbenchError as problem:
            log.warning("job.beat", job=self.job.id, problem=problem.sentence)
