"""``workbench import`` of many articles against reading and hashing the same file."""

import json
import time
from hashlib import sha256
from pathlib import Path

from tests.bench.command import PROJECT, run
from tests.bench.measure import Line, articles


def prepared(folder: Path, count: int) -> tuple[Path, Path, float]:
    """Make a home with a project and import articles; return the home, the file and the import's seconds."""
    home, path = folder / "home", articles(folder / "articles.jsonl", count)
    run(home, "init")
    return home, path, run(home, "import", path, "--project", PROJECT, "--create").seconds


def lines(folder: Path, count: int, _model: str | None) -> list[Line]:
    """Measure the import, its start left out, and the least that reads and names the same texts."""
    home, path, seconds = prepared(folder, count)
    start = run(home, "--help").seconds
    begun = time.perf_counter()
    for line in path.read_bytes().splitlines():
        sha256(json.loads(line)["text"].encode()).hexdigest()
    bare = time.perf_counter() - begun
    return [
        Line("articles", f"{count:,}"),
        Line("start of the command", f"{start:.2f} s"),
        Line("workbench import, start left out", f"{count / (seconds - start):,.0f} articles/s"),
        Line("", f"{path.stat().st_size / 1e6 / (seconds - start):.2f} MB/s"),
        Line("reading and hashing the same file", f"{count / bare:,.0f} articles/s"),
        Line("time a thousand articles take", f"{1000 * (seconds - start) / count:.1f} s"),
    ]
