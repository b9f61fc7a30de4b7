"""What the web process weighs while nobody asks anything of it, and whether spaCy sits in it."""

import re
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from tests.bench.command import Failed, serve
from tests.bench.importing import prepared
from tests.bench.measure import Line, at_most

_PATIENCE: Final = 60
_LIBRARIES: Final = ("spacy", "thinc", "numpy")


def free_port() -> int:
    """Return a port that nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(home: Path, port: int | None = None) -> Iterator[tuple[str, subprocess.Popen[bytes], float]]:
    """Serve a home until the block ends; yield the address, the process and the seconds to its first answer."""
    port = port or free_port()
    address, begun = f"http://127.0.0.1:{port}", time.perf_counter()
    process = serve(home, port)
    try:
        while not _answers(address):
            if process.poll() is not None or time.perf_counter() - begun > _PATIENCE:
                raise Failed(f"workbench serve does not answer:\n{(home / 'serve.log').read_text()[-2000:]}")
            time.sleep(0.05)
        yield address, process, time.perf_counter() - begun
    finally:
        process.terminate()
        process.wait(timeout=20)


def _answers(address: str) -> bool:
    try:
        with urlopen(address, timeout=5) as answer:
            return bool(answer.status)
    except HTTPError:
        return True
    except (URLError, OSError):
        return False


def lines(folder: Path, _count: int, _model: str | None) -> list[Line]:
    """Measure the resident memory of the web process two seconds after its first answer."""
    home, _, _ = prepared(folder, 24)
    with served(home) as (_, process, seconds):
        time.sleep(2)
        mapped = Path(f"/proc/{process.pid}/maps").read_text()
        weight = _resident(process.pid)
        helpers = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        beside = sum(_resident(int(each)) for each in helpers)
    found = [name for name in _LIBRARIES if f"/{name}/" in mapped]
    return [
        Line("to the first answer", f"{seconds:.1f} s"),
        at_most("resident memory of the web process, idle", weight, 120, "MB"),
        Line("resident memory of the worker beside it, idle", f"{beside:.1f} MB"),
        Line("compiled parts of spaCy, thinc, numpy in the web process", ", ".join(found) or "none", "none", not found),
    ]


def _resident(number: int) -> float:
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{number}/status").read_text())
    return int(found[1]) / 1024 if found else 0
