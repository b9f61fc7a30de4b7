"""The web process as it is run for real, to be killed and started again on the same port."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import requests

from tests.bench.command import environment


class Server:
    """``workbench serve``, or another ``command`` of Python, in a process group of its own."""

    def __init__(self, home: Path, url: str, port: int, command: Sequence[str] = (), **extra: str) -> None:
        self.home, self.port = home, port
        self.base = f"http://127.0.0.1:{port}"
        own = {"WORKBENCH_DATABASE_URL": url, "WORKBENCH_BIND": f"127.0.0.1:{port}"}
        self.environment = environment(home) | own | extra
        self.command = command or ("-m", "workbench", "serve", "--no-worker", "--port", str(port))
        self.slowest = 0.0
        self.process = self._started()

    def _started(self) -> "subprocess.Popen[bytes]":
        command = [sys.executable, *self.command]
        with (self.home / "serve.log").open("ab") as out:
            process = subprocess.Popen(
                command, stdout=out, stderr=subprocess.STDOUT, env=self.environment, start_new_session=True
            )
        begun = time.monotonic()
        while time.monotonic() - begun < 60:
            try:
                requests.get(self.base, timeout=5)
            except requests.RequestException:
                assert process.poll() is None, (self.home / "serve.log").read_text()[-2000:]
                time.sleep(0.05)
                continue
            self.slowest = max(self.slowest, time.monotonic() - begun)
            return process
        raise AssertionError("the server does not answer")

    def kill(self) -> None:
        """Kill the whole group, as a power cut does to a process."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def again(self) -> None:
        """Start it again."""
        self.process = self._started()
