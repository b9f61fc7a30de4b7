"""Fuzz the readers, guided by coverage (atheris): ``python -m tests.faults.fuzz [FORMAT…] [--minutes N]``.

Each reader runs in a process of its own, from the golden file and what ``tests/formats`` knows to be hostile.
Only errors of ours may come out of it, within 2 GB and 20 seconds a file.
"""

import argparse
import inspect
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from tests.formats.test_hostile import FILES
from workbench.core.errors import WorkbenchError
from workbench.formats import READERS, records

GOLDEN: Final = Path(__file__).parents[1] / "golden"


def fuzz(name: str, seconds: int, corpus: Path) -> None:
    """Read one made-up file after the other until the time is over; does not return."""
    import atheris

    path = corpus.parent / f"x{READERS[name].suffixes[0]}"

    def read(data: bytes) -> None:
        path.write_bytes(data)
        try:
            for _ in records([path], name):
                pass
        except WorkbenchError as problem:
            assert problem.sentence

    _watched(atheris.instrument_func)
    limits = [f"-max_total_time={seconds}", "-rss_limit_mb=2048", "-timeout=20", "-max_len=65536", "-verbosity=1"]
    atheris.Setup([sys.argv[0], *limits, f"-artifact_prefix={corpus.parent}/", str(corpus)], read)
    atheris.Fuzz()


def _watched(watch: Callable[[Any], Any]) -> None:
    """Let the functions of the readers tell which branches they take."""
    for module in [each for name, each in sys.modules.items() if name.startswith("workbench.formats")]:
        for name, value in vars(module).copy().items():
            if inspect.isfunction(value) and value.__module__ == module.__name__:
                setattr(module, name, watch(value))


def seeds(name: str, folder: Path) -> None:
    """Put files into a folder from which fuzzing starts."""
    suffix = READERS[name].suffixes[0]
    golden = [path.read_bytes() for path in GOLDEN.iterdir() if path.stem == name or path.suffix == suffix]
    for number, content in enumerate([*golden, *FILES]):
        (folder / f"seed-{number}").write_bytes(content)


def run(name: str, seconds: int) -> bool:
    """Fuzz a reader in a process of its own; print how it ended."""
    with tempfile.TemporaryDirectory(prefix="fuzz-") as base:
        corpus = Path(base) / "corpus"
        corpus.mkdir()
        seeds(name, corpus)
        command = [sys.executable, "-m", "tests.faults.fuzz", "--child", str(corpus), "--seconds", str(seconds), name]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"{name}: FAILED\n{done.stdout[-3000:]}", *done.stderr.splitlines()[-3:], sep="\n", flush=True)
        else:
            ends = [line for line in done.stderr.splitlines() if line.startswith("Done")]
            print(f"{name}: {' '.join(ends)}", flush=True)
        return done.returncode == 0


def main() -> int:
    """Fuzz the readers that were named, or all; 1 where anything else than an error of ours came out."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.fuzz", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="FORMAT", help=", ".join(READERS))
    parser.add_argument("--minutes", type=float, default=1)
    parser.add_argument("--seconds", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        fuzz(options.names[0], options.seconds, options.child)
    ended = {name: run(name, round(60 * options.minutes)) for name in options.names or READERS}
    return 0 if all(ended.values()) else 1


if __name__ == "__main__":
    raise SystemExit(main())
