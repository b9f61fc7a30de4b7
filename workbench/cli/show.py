"""What commands print and write: how far something is, tables, files that appear when they are whole."""

import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory
from typing import BinaryIO

import click

from workbench.core.errors import Invalid, clause

Tell = Callable[..., None]


@contextmanager
def progress(label: str, *, quiet: bool = False) -> Iterator[Tell]:
    """Yield a function that hears how much is ``done`` and of what ``total``; written to stderr."""
    if quiet:
        yield lambda done=0, total=None: None
    elif sys.stderr.isatty():
        with click.progressbar(length=1, label=label, file=sys.stderr, show_pos=True) as bar:

            def grow(done: int = 0, total: int | None = None) -> None:
                if total is not None:
                    bar.length = max(total, 1)
                elif done > (bar.length or 0):
                    bar.length = done
                bar.update(done - bar.pos)

            yield grow
    else:
        yield _lines(label)


def _lines(label: str) -> Tell:
    last, of = time.monotonic(), 0

    def say(done: int = 0, total: int | None = None) -> None:
        nonlocal last, of
        of = total or of
        if done and (time.monotonic() - last > 5 or done == of):
            last = time.monotonic()
            click.echo(f"{label}: {done}" + (f" of {of}" if of else ""), err=True)

    return say


def table(rows: Sequence[tuple[str, ...]]) -> None:
    """Print rows in columns as wide as they need to be."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))] if rows else []
    for row in rows:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


@contextmanager
def inputs(paths: Iterable[str]) -> Iterator[list[str]]:
    """Yield the paths, with what comes on standard input as a file in place of ``-``."""
    with TemporaryDirectory() as folder:
        given = Path(folder) / "stdin"
        if "-" in (paths := list(paths)):
            with given.open("wb") as file:
                shutil.copyfileobj(sys.stdin.buffer, file)
        yield [str(given) if path == "-" else path for path in paths]


@contextmanager
def output(path: str) -> Iterator[BinaryIO]:
    """Yield a stream that becomes the file only when everything went well."""
    if path == "-":
        yield sys.stdout.buffer
        return
    target = Path(path)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}-", delete=False) as file:
            fresh = Path(file.name)
            try:
                yield file  # type: ignore[misc]
            except BaseException:
                fresh.unlink()
                raise
        fresh.chmod(0o644)
        fresh.replace(target)
    except OSError as problem:
        raise Invalid(f"{path} cannot be written: {clause(problem)}.") from None
