"""A process of its own for what may break: bounded memory and time, no secrets, and lines both ways.

The parent's end is Apart: what it starts knows no database and no setting, may write no file, and is ended when it
is silent for too long. The child's end is ``fenced``: two streams, while whatever prints goes nowhere.
"""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from queue import Empty, Queue
from types import TracebackType
from typing import IO, BinaryIO, Final, Self

try:
    import fcntl
    import resource
except ImportError:  # not on Windows, where only the parent's patience is a limit
    fcntl = resource = None  # type: ignore[assignment]

OUT_OF_MEMORY: Final = 77
_KEPT: Final = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TEMP", "SYSTEMROOT", "LD_LIBRARY_PATH")
_ALONE: Final = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
"""Who works beside others leaves the other cores to them; a thread for each of many would take the room, too."""
_CHUNK: Final = 2**18
_AHEAD: Final = 64
"""How many chunks are taken off the child while its parent is busy, so that both work."""
_PIPE: Final = 2**20
"""What the child can say before anybody takes it off, where the system (Linux) lets a pipe be so wide."""


class Died(Exception):
    """The other process broke down or was ended; the message says of what, to follow “it”."""


class Apart:
    """A Python module that runs in a process of its own; ``with`` ends it."""

    def __init__(self, module: str, *, memory: int, seconds: int) -> None:
        self.memory, self.seconds = memory, seconds
        told = {name: os.environ[name] for name in _KEPT if name in os.environ}
        told |= dict.fromkeys(_ALONE, "1")
        told |= {"PYTHONPATH": str(Path(__file__).parents[1]), "PYTHONDONTWRITEBYTECODE": "1"}
        command = [sys.executable, "-P", "-m", module, str(memory), str(seconds)]
        self.process = subprocess.Popen(  # noqa: S603
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0, env=told
        )
        _widen(self.process.stdout)
        self._chunks: Queue[bytes] = Queue(_AHEAD)
        self._left = False
        threading.Thread(target=self._listen, daemon=True).start()
        self._heard = bytearray()
        self._looked = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._left = True
        self.process.kill()
        with contextlib.suppress(OSError):
            self.process.stdin.close()  # type: ignore[union-attr]
        self.process.wait()
        with contextlib.suppress(Empty):
            while True:  # room for what the listener has in hand
                self._chunks.get_nowait()

    def tell(self, line: bytes) -> None:
        """Send a line; raises Died."""
        assert self.process.stdin is not None
        view = memoryview(line + b"\n")
        try:
            while view:
                view = view[self.process.stdin.write(view) :]
        except OSError:
            raise Died(self._fate()) from None

    def hear(self) -> bytes:
        """Return the next line; raises Died."""
        until = time.monotonic() + self.seconds
        while (end := self._heard.find(b"\n", self._looked)) < 0:
            self._looked = len(self._heard)
            try:
                chunk = self._chunks.get(timeout=max(0.0, until - time.monotonic()))
            except Empty:
                self.process.kill()
                raise Died(f"took more than {self.seconds} seconds") from None
            if not chunk:
                self._chunks.put(chunk)  # for whoever asks again
                raise Died(self._fate())
            self._heard += chunk
        line = bytes(self._heard[:end])
        del self._heard[: end + 1]
        self._looked = 0
        return line

    def _listen(self) -> None:
        """Take what the child says off it, until it ends or nobody wants to hear it; nothing stands for its end."""
        assert self.process.stdout is not None
        with self.process.stdout as out:
            while not self._left and (chunk := os.read(out.fileno(), _CHUNK)):
                self._chunks.put(chunk)
        self._chunks.put(b"")

    def _fate(self) -> str:
        try:
            code = self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return "fell silent"
        if code == OUT_OF_MEMORY:
            return f"took more than {self.memory / 1e6:,.0f} MB of memory"
        if resource and code == -signal.SIGXCPU:
            return f"took more than {self.seconds} seconds of processor time"
        if code == -signal.SIGKILL:
            return "was ended by the system (SIGKILL), as happens where the machine's memory is used up"
        if code < 0:
            return f"broke down ({signal.Signals(-code).name})"
        return f"ended by itself (code {code})"


def _widen(pipe: IO[bytes] | None) -> None:
    if pipe is not None and hasattr(fcntl, "F_SETPIPE_SZ"):
        with contextlib.suppress(OSError):
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE)


class Fenced:
    """The child's end: streams to its parent, and its limits."""

    def __init__(self, arguments: list[str]) -> None:
        memory, self.seconds = map(int, arguments)
        self.source: BinaryIO = os.fdopen(os.dup(0), "rb")
        self.out: BinaryIO = os.fdopen(os.dup(1), "wb")
        nowhere = os.open(os.devnull, os.O_RDWR)
        os.dup2(nowhere, 0)
        os.dup2(nowhere, 1)
        if resource:
            _bound(resource.RLIMIT_AS, memory)
            _bound(resource.RLIMIT_CORE, 0)
            _bound(resource.RLIMIT_FSIZE, 0)
        self.renew()

    def renew(self) -> None:
        """Grant the next piece of work its processor time."""
        if resource:
            used = resource.getrusage(resource.RUSAGE_SELF)
            _bound(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + self.seconds + 1)

    def say(self, *parts: bytes) -> None:
        """Send a line."""
        self.out.writelines((*parts, b"\n"))


def _bound(what: int, most: int) -> None:
    _, hard = resource.getrlimit(what)
    with contextlib.suppress(ValueError, OSError):  # where the system has no such limit
        resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def fenced(arguments: list[str]) -> Fenced:
    """Take up the child's end of the lines; for the ``__main__`` of a module that runs apart."""
    if sys.platform != "win32":
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to stop
    return Fenced(arguments)
