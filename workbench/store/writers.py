"""Turns of those who write to the embedded file: SQLite has one writer at a time and lets others sleep in steps.

Taking turns is fair.
"""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from workbench.store.trouble import busy

try:
    import fcntl
except ImportError:  # not on Windows, where one process writes
    fcntl = None  # type: ignore[assignment]


class Writers:
    """Those who write: they take turns within this process, and by a file with other processes."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._mutex = threading.Lock()

    @contextmanager
    def taken(self, patience: float) -> Iterator[None]:
        """Hold the turn until the block ends; raises Unavailable where it does not come within so many seconds."""
        until = time.monotonic() + patience
        if not self._mutex.acquire(timeout=patience):
            raise busy()
        try:
            with _held(self.file, until):
                yield
        finally:
            self._mutex.release()


@contextmanager
def _held(path: Path, until: float) -> Iterator[None]:
    """Hold a file against other processes; none may keep the rest waiting for ever."""
    if fcntl is None:
        yield
        return
    pause, file = 0.0005, os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        while not _taken(file):
            if time.monotonic() > until:
                raise busy()
            time.sleep(pause)
            pause = min(2 * pause, 0.005)
        yield
    finally:
        fcntl.flock(file, fcntl.LOCK_UN)  # closing alone would not do while a child that was just made has it open
        os.close(file)


def _taken(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
