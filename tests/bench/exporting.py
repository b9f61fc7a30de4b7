"""``workbench export`` against a bare JSON dump of the same records."""

import json
import time
from pathlib import Path

from tests.bench.command import PROJECT, Failed, run
from tests.bench.importing import prepared
from tests.bench.measure import Line


def lines(folder: Path, count: int, model: str | None) -> list[Line]:
    """Measure the export of suggested records, its start left out, and ``json.dumps`` of what it wrote."""
    home, _, _ = prepared(folder, count)
    options = ("--model", model) if model else ()
    run(home, "suggest", "--project", PROJECT, *options)
    start = run(home, "--help").seconds
    out = folder / "suggested.jsonl"
    whole = run(home, "export", "--project", PROJECT, "--state", "suggested", "-o", out)
    records = [json.loads(line) for line in out.read_bytes().splitlines()]
    if len(records) != count:
        raise Failed(f"{count} articles went in, {len(records)} records came out.")
    begun = time.perf_counter()
    with (folder / "bare.jsonl").open("w", encoding="utf-8") as dump:
        for record in records:
            dump.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n")
    bare = time.perf_counter() - begun
    seconds = whole.seconds - start
    return [
        Line("records", f"{count:,} ({out.stat().st_size / 1e6:.1f} MB)"),
        Line("start of the command", f"{start:.2f} s"),
        Line("workbench export, start left out", f"{count / seconds:,.0f} records/s"),
        Line("bare JSON dump", f"{count / bare:,.0f} records/s"),
        Line("speed against the bare dump", f"{bare / seconds:.2f}"),
        Line("peak memory", f"{whole.megabytes:.0f} MB"),
    ]
