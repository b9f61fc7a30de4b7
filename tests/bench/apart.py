"""What it costs to parse files in a process of their own: the same import, apart and in this process, in one run."""

import os
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import msgspec

from tests.bench.generated import text
from tests.bench.measure import Line, at_least
from tests.builders import person, project
from workbench.formats.apart import parsed
from workbench.formats.files import files
from workbench.services import imports
from workbench.services.imports import Wishes
from workbench.store.engine import Database

_TOKENS: Final = 750


def lines(folder: Path, count: int, _model: str | None) -> list[Line]:
    """Import the same articles in turns, apart and here, and compare the best of each."""
    path = folder / "articles.jsonl"
    rows = [{"id": f"a{seed}", "text": text(_TOKENS, 60, seed)} for seed in range(count)]
    path.write_bytes(b"".join(msgspec.json.encode(row) + b"\n" for row in rows))
    here, apart = [], []
    for turn in range(3):
        here.append(_timed(folder / f"here{turn}.db", files([path])))
        apart.append(_timed(folder / f"apart{turn}.db", parsed([path])))
    (wall_here, cpu_here), (wall_apart, cpu_apart) = min(here), min(apart)
    return [
        Line("articles", f"{count:,}"),
        Line("read in this process", f"{count / wall_here:,.0f} articles/s"),
        Line("read in a process of its own, its start included", f"{count / wall_apart:,.0f} articles/s"),
        at_least("speed apart against speed here", wall_here / wall_apart, 0.5),
        Line("processor time apart against here", f"{cpu_apart / cpu_here:.2f}"),
    ]


def _timed(path: Path, source: object) -> tuple[float, float]:
    database = Database(f"sqlite:///{path}")
    database.upgrade()
    made = project(database, person(database, "Lena"))
    begun, used = time.perf_counter(), _used()
    receipt = imports.take(database, made.id, source, Wishes(), by=None, now=datetime.now(UTC))  # type: ignore[arg-type]
    seconds, cpu = time.perf_counter() - begun, _used() - used
    assert receipt.complete
    database.dispose()
    return seconds, cpu


def _used() -> float:
    own, children = os.times()[:2], os.times()[2:4]
    return sum(own) + sum(children)
