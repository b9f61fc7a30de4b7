"""``workbench export`` against a bare JSON dump of the same records."""

import json
import time
from pathlib import Path

from tests.bench.command import PROJECT, Failed, run
from tests.bench.importing import arrived
from tests.bench.measure import Line, at_most


def lines(folder: Path, count: int, _model: str | None) -> list[Line]:
    """Measure the export of suggested records, its start left out, and ``json.dumps`` of what it wrote."""
    home, _, came = arrived(folder, count)
    out = folder / "suggested.jsonl"
    start = run(home, "--help")
    whole = run(home, "export", "--project", PROJECT, "--state", "suggested", "-o", out)
    written, bare = _dumped(out, folder / "bare.jsonl")
    if written != count:
        raise Failed(f"{count} articles went in, {written} records came out.")
    seconds, processor = whole.seconds - start.seconds, whole.processor - start.processor
    return [
        Line("records", f"{count:,} ({out.stat().st_size / 1e6:.1f} MB)"),
        Line("peak memory of their import before", f"{came.megabytes:.0f} MB"),
        Line("start of the command", f"{start.seconds:.2f} s"),
        Line("workbench export, start left out", f"{count / seconds:,.0f} records/s"),
        Line("", f"{count / processor:,.0f} records a second of processor time"),
        Line("bare JSON dump", f"{count / bare:,.0f} records a second of processor time"),
        at_most("work against that of the bare dump", processor / bare, 2.5, "times"),
        Line("peak memory", f"{whole.megabytes:.0f} MB"),
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
