"""Folders as people name them: which files lie there, and how one is opened."""

import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Final

from workbench.core.errors import Refused, clause
from workbench.formats.reading import HEAD

Open = Callable[[str], BinaryIO]
_BENCH: Final = ("secret", "workbench.db")
"""What lies in the home of a bench: a folder that holds one is no folder of articles."""


def walked(folder: Path) -> list[str]:
    """List all files below a folder in their order, without hidden folders and homes of benches."""
    found = []
    for here, below, names in os.walk(folder):
        below[:] = [each for each in below if not each.startswith(".") and not is_bench(Path(here) / each)]
        found += [(Path(here) / each).relative_to(folder).as_posix() for each in names]
    return sorted(found)


def size(path: Path) -> int:
    """Return how many bytes a file has, or all files below a folder that would be read."""
    within = [path / each for each in walked(path)] if path.is_dir() else [path]
    return sum(each.stat().st_size for each in within if each.is_file())


def is_bench(folder: Path) -> bool:
    """Say whether a folder is the home of a bench."""
    return any((folder / each).is_file() for each in _BENCH)


def listed(folder: Path) -> list[str]:
    """List the files of a folder alone."""
    return [each.name for each in folder.iterdir() if each.is_file()]


def opener(folder: Path) -> Open:
    """Return what opens the files below a folder, each read ahead; it raises Refused where one cannot be read."""

    def opened(name: str) -> BinaryIO:
        if (folder / name).exists() and not (folder / name).is_file():
            raise Refused(f"{name} is no file but a pipe or device; save what it brings as a file, and name that.")
        try:
            return io.BufferedReader(io.FileIO(folder / name), HEAD)
        except OSError as problem:
            raise Refused(f"{name} cannot be read: {clause(problem)}.") from None

    return opened
