"""``workbench export`` against a bare JSON dump of the same records, on SQLite and on PostgreSQL.

Some hundred articles come in by ``workbench import``; the database multiplies them.
"""

import json
import time
from pathlib import Path
from typing import Final

from sqlalchemy.engine import make_url

from tests import postgres
from tests.bench.command import PROJECT, Failed, Run, run
from tests.bench.copied import copied
from tests.bench.importing import SPANS, TOKENS, arrived
from tests.bench.measure import Line, at_most
from workbench.store.engine import Database
from workbench.store.schema import Article, Item, Layer

_ORIGINALS: Final = 500
_POSTED: Final = 10_000


def lines(folder: Path, count: int, _model: str | None) -> list[Line]:
    """Measure the export of suggested records, its start left out, and ``json.dumps`` of what it wrote."""
    found = [Line("articles", f"{count:,} of {TOKENS} tokens with {SPANS} proposals")]
    found += _measured(folder / "sqlite", count, f"sqlite:///{folder / 'bench.db'}")
    if programs := postgres.programs():
        with postgres.served(programs) as server:
            address = server.url(server.make())
            found += _measured(folder / "postgresql", min(count, _POSTED), address)
    return found


def _measured(folder: Path, count: int, address: str) -> list[Line]:
    engine = make_url(address).get_backend_name()
    folder.mkdir()
    originals = min(count, _ORIGINALS)
    home, *_ = arrived(folder, originals, address)
    database = Database(address)
    with database.engine.begin() as connection:
        copied(connection, [Article, Layer, Item], count // originals - 1)
    database.dispose()
    out = folder / "suggested.jsonl"
    start = run(home, "--help")
    whole = run(home, "export", "--project", PROJECT, "--state", "suggested", "-o", out, database=address)
    return _told(engine, count // originals * originals, out, start, whole)


def _told(engine: str, count: int, out: Path, start: Run, whole: Run) -> list[Line]:
    written, bare = _dumped(out, out.with_name("bare.jsonl"))
    if written != count:
        raise Failed(f"{count} articles went in, {written} records came out.")
    seconds, processor = whole.seconds - start.seconds, whole.processor - start.processor
    return [
        Line(f"{engine}: records", f"{count:,} ({out.stat().st_size / 1e6:.1f} MB)"),
        Line("workbench export, start left out", f"{count / seconds:,.0f} records/s"),
        Line("", f"{count / processor:,.0f} records a second of processor time"),
        Line("bare JSON dump", f"{count / bare:,.0f} records a second of processor time"),
        at_most("work against that of the bare dump", processor / bare, 2.5, "times"),
        Line("peak memory", f"{whole.megabytes:.0f} MB (start of the command: {start.megabytes:.0f} MB)"),
    ]


def _dumped(source: Path, target: Path) -> tuple[int, float]:
    """Dump the records again, a thousand at a time; return how many, and the processor time of dumping alone."""
    written, spent = 0, 0.0
    with source.open("rb") as lines, target.open("w", encoding="utf-8") as out:
        rows = [json.loads(line) for _, line in zip(range(1000), lines, strict=False)]
        while rows:
            begun = time.process_time()
            for row in rows:
                out.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")
            spent += time.process_time() - begun
            written += len(rows)
            rows = [json.loads(line) for _, line in zip(range(1000), lines, strict=False)]
    return written, spent
