"""The worker: sees one job through after the other, beats while it works, and outlives bad ones.

On PostgreSQL jobs are delivered by Procrastinate (``jobs.shared``); on the embedded engine workers look into the table.
"""

import os
import socket
import threading
import time
import traceback
from datetime import UTC, datetime, timedelta
from typing import Final

import structlog

from workbench.core.errors import NoRoom, Unavailable, WorkbenchError
from workbench.jobs.tasks import TASKS, Bench, Parts
from workbench.jobs.tries import Later
from workbench.services import tallying
from workbench.store import jobs
from workbench.store.jobs import JobRow

BEAT: Final = timedelta(seconds=10)
SILENCE: Final = timedelta(seconds=60)
MOST_TRIES: Final = 3
PAUSE: Final = timedelta(seconds=2)
HOLD: Final = timedelta(seconds=10)
"""How long a job is held up by a database that cannot take it; no try of the job's is lost by it."""
_STAYS: Final = ("suggest", "part", "combine")
"""Kinds of jobs that store what they have bit by bit; others store all in the end."""
_UNKNOWN: Final = (
    "This worker's Workbench knows no work of the kind “{}”; start the worker anew with the version that serves the "
    "bench, then try again."
)
_BUSY: Final = "The database is busy or out of reach; this goes on by itself."
_NO_ROOM: Final = "The disk is full; this goes on by itself once there is room."
_QUIET: Final = 60.0
_FOLDS: Final = 1_000

log = structlog.get_logger("workbench.worker")


class Stopped(Exception):
    """The job was cancelled, or another worker has taken it over."""


class Paused(Exception):
    """The worker is to end; the job goes back into the queue."""


def owner() -> str:
    """Return a name for this worker that no other has."""
    return f"{socket.gethostname()}:{os.getpid()}:{threading.get_ident()}"


def work(bench: Bench, stop: threading.Event, *, idle_seconds: float = 1.0) -> None:
    """Take jobs from the table until told to stop; in quiet minutes look after the file."""
    me, tidied = owner(), time.monotonic()
    while not stop.is_set():
        try:
            took = work_once(bench, me, stop)
        except WorkbenchError as problem:
            log.warning("worker.database", problem=problem.sentence)
            took = False
        if not took and time.monotonic() - tidied > _QUIET:
            bench.database.tidy()
            tallying.take_in(bench.database, most=_FOLDS)
            tidied = time.monotonic()
        if not took:
            stop.wait(idle_seconds)


def work_once(bench: Bench, owner: str, stop: threading.Event | None = None) -> bool:
    """Take one job from the table and see it through; say whether there was one."""
    now = datetime.now(UTC)
    with bench.database.reading() as session:
        if not jobs.waiting(session, now=now, silent_since=now - SILENCE):
            return False
    with bench.database.writing() as session:
        job = jobs.claim(session, owner, now=now, silent_since=now - SILENCE)
    if job is None:
        return False
    perform(bench, job, owner, stop)
    return True


def perform(bench: Bench, job: JobRow, owner: str, stop: threading.Event | None = None) -> None:
    """See a job through that this worker has taken."""
    log.info("job.start", job=job.id, kind=job.kind, tries=job.tries)
    with _Pulse(bench, job, owner, stop) as pulse:
        state, note = _outcome(bench, job, pulse)
        while not _told(bench, job, owner, state, note):
            if (stop or threading.Event()).wait(HOLD.total_seconds()):
                return
    tallying.take_in(bench.database, most=_FOLDS)
    log.info("job.end", job=job.id, kind=job.kind, state=state, note=note)


def _told(bench: Bench, job: JobRow, owner: str, state: str, note: str | Parts | Later) -> bool:
    """Store what a job came to; False where the database cannot take it now."""
    try:
        _tell(bench, job, owner, state, note)
    except Unavailable as problem:
        log.warning("job.database", job=job.id, kind=job.kind, problem=problem.sentence)
        return False
    return True


def _tell(bench: Bench, job: JobRow, owner: str, state: str, note: str | Parts | Later) -> None:
    now = datetime.now(UTC)
    with bench.database.writing() as session:
        if isinstance(note, Parts):
            jobs.split(session, job, owner, note.kind, note.payloads, now)
        elif isinstance(note, Later):
            jobs.again(session, job.id, owner, due=note.due, payload=note.payload, note=note.note, tries=0)
        elif state == "paused":
            jobs.again(session, job.id, owner, counted=False)
        elif state == "held up":
            jobs.again(session, job.id, owner, due=now + HOLD, counted=False, note=note)
        elif state == "queued":
            jobs.again(session, job.id, owner, due=now + PAUSE)
        else:
            jobs.end(session, job.id, owner, state, note, now=now)


def _outcome(bench: Bench, job: JobRow, pulse: "_Pulse") -> tuple[str, str | Parts | Later]:
    if job.tries > MOST_TRIES:
        return "failed", f"Given up after {MOST_TRIES} tries; each ended with its worker."
    if job.kind not in TASKS:
        return "failed", _UNKNOWN.format(job.kind)
    if not job.payload:
        return "failed", "What was asked for cannot be read any more; ask for it again."
    try:
        return "done", TASKS[job.kind](bench, job, pulse.progress)
    except Stopped:
        return "cancelled", f"Stopped; {'what was stored stays' if job.kind in _STAYS else 'nothing of it is kept'}."
    except Paused:
        return "paused", ""
    except Unavailable as problem:
        log.warning("job.database", job=job.id, kind=job.kind, problem=problem.sentence)
        return "held up", _NO_ROOM if isinstance(problem, NoRoom) else _BUSY
    except WorkbenchError as problem:
        return "failed", problem.sentence
    except Exception:
        log.exception("job.error", job=job.id, kind=job.kind)
        if job.tries < MOST_TRIES:
            return "queued", ""
        return "failed", traceback.format_exc(limit=-6)


class _Pulse:
    """Says that a job is alive, from a thread of its own, and carries its progress."""

    def __init__(self, bench: Bench, job: JobRow, owner: str, stop: threading.Event | None) -> None:
        self.bench, self.job, self.owner, self.stop = bench, job, owner, stop
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
        if self.stop and self.stop.is_set():
            raise Paused

    def _beat(self) -> None:
        while not self.over.wait(BEAT.total_seconds()):
            self._say()

    def _say(self, **values: int) -> None:
        try:
            with self.bench.database.writing() as session:
                self.lost = not jobs.beat(session, self.job.id, self.owner, now=datetime.now(UTC), **values)
        except WorkbenchError as problem:
            log.warning("job.beat", job=self.job.id, problem=problem.sentence)
