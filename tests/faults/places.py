"""Where things are broken: a small disk, a disk that fails, a clock that can be set."""

import shutil
import struct
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests import postgres

_MOUNT: Final = ("mount", "-t", "tmpfs", "-o")
_SIZES: Final = {"sqlite": "size=120m", "postgresql": "size=400m"}
_SHIM: Final = Path(__file__).with_name("shim.c")


class Skipped(Exception):
    """The machine cannot do this."""


@dataclass
class Place:
    """A folder of its own, a home and a database in it, and what the server's process must know."""

    folder: Path
    home: Path
    url: str
    shared: postgres.Server | None = None
    extra: dict[str, str] = field(default_factory=dict)


@contextmanager
def place(name: str, engine: str) -> Iterator[Place]:
    """Make a place for a fault; raises Skipped where this machine cannot."""
    with tempfile.TemporaryDirectory(prefix=f"faults-{name}-") as base:
        folder = Path(base)
        folder.chmod(0o755)  # PostgreSQL runs as somebody else
        extra = _shim(name, folder)
        with _disk(name, engine, folder) as disk:
            if engine == "sqlite":
                home = disk / "home"
                home.mkdir(mode=0o700)
                yield Place(folder, home, f"sqlite:///{home / 'workbench.db'}", extra=extra)
                return
            if not (programs := postgres.programs()):
                raise Skipped("PostgreSQL is not installed")
            home = folder / "home"
            home.mkdir(mode=0o700)
            theirs = {} if name == "clock" else extra  # whose disk fails is PostgreSQL; whose clock, the server
            with postgres.served(programs, inside=disk, **theirs) as running:
                yield Place(folder, home, running.url(running.make()), running, extra if name == "clock" else {})


@contextmanager
def _disk(name: str, engine: str, folder: Path) -> Iterator[Path]:
    """Return the folder that the database lies in; for ``full`` a small disk."""
    if name != "full":
        yield folder
        return
    small = folder / "small"
    small.mkdir()
    if subprocess.run([*_MOUNT, _SIZES[engine], "tmpfs", small], check=False).returncode:
        raise Skipped("a small disk cannot be mounted here (that takes root)")
    try:
        small.chmod(0o755)
        yield small
    finally:
        subprocess.run(["umount", small], check=False)


def _shim(name: str, folder: Path) -> dict[str, str]:
    """Return what makes a process meet a failing disk or a clock that is set; nothing for other faults."""
    if name not in {"io", "clock"}:
        return {}
    if not (compiler := shutil.which("gcc") or shutil.which("cc")):
        raise Skipped("there is no C compiler")
    (folder / "clock").write_bytes(struct.pack("q", 0))
    made = folder / "shim.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-o", made, _SHIM, "-ldl"], check=True)
    return {"LD_PRELOAD": str(made), "FAULT_FLAG": str(folder / "failing"), "FAULT_CLOCK": str(folder / "clock")}
