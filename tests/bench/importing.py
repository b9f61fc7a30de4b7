"""``workbench import`` of many pre-annotated articles against the least that puts the same records into SQLite."""

import json
import random
import sqlite3
import time
from hashlib import sha256
from pathlib import Path
from typing import Final

from tests.bench.command import PROJECT, Run, run
from tests.bench.generated import Namer
from tests.bench.measure import Line, articles
from workbench.core.annotation import Document
from workbench.formats import gold

TOKENS: Final = 750
SPANS: Final = 60
_NAMES: Final = ("Norvania", "Amber Strait", "Clara Duarte", "Harbour Council", "Ola Brekke", "Port Selwick")
_WORDS: Final = [
    f"{first}{middle}{last}"
    for first in "bcdfglmnprst"
    for middle in ("an", "el", "or", "in", "u")
    for last in ("ta", "ri", "mo", "s", "ck", "der", "")
]
"""Enough words that no two articles are nearly the same."""


def text(seed: int) -> str:
    """Return an invented article of 750 tokens with 60 names, unlike any other."""
    chance = random.Random(seed)
    named = [True] * SPANS + [False] * (TOKENS - 2 * SPANS)
    chance.shuffle(named)
    words = [chance.choice(_NAMES if each else _WORDS) for each in named]
    lines = [" ".join(words[at : at + 60]) for at in range(0, len(words), 60)]
    return "".join(f"{line[0].upper()}{line[1:]}.\n" for line in lines)


def annotated(path: Path, count: int) -> Path:
    """Write invented articles with a proposal for each name, one gold-shaped record a line."""
    with path.open("wb") as out:
        for number in range(count):
            article = Document(text(number), id=f"bench-{number:06}", title=f"Article {number}")
            [layer] = Namer().suggest([article])
            out.write(gold.dumps(article.carrying(layer)) + b"\n")
    return path


def prepared(folder: Path, count: int) -> tuple[Path, Path, float]:
    """Make a home with a project and import plain articles; return the home, the file and the import's seconds."""
    home, path = folder / "home", articles(folder / "articles.jsonl", count)
    run(home, "init")
    return home, path, run(home, "import", path, "--project", PROJECT, "--create").seconds


def arrived(folder: Path, count: int, database: str | None = None) -> tuple[Path, Path, Run]:
    """Make a home with a project and import pre-annotated articles; return the home, the file and the run."""
    home, path = folder / "home", annotated(folder / "annotated.jsonl", count)
    run(home, "init", database=database)
    return home, path, run(home, "import", path, "--project", PROJECT, "--create", database=database)


def lines(folder: Path, count: int, _model: str | None) -> list[Line]:
    """Measure the import, its start left out, and the least that puts the same records into SQLite."""
    home, path, whole = arrived(folder, count)
    start = run(home, "--help")
    seconds, processor = whole.seconds - start.seconds, whole.processor - start.processor
    bare_seconds, bare = _bare(path, folder / "bare.db")
    return [
        Line("articles", f"{count:,} of {TOKENS} tokens with {SPANS} proposals"),
        Line("start of the command", f"{start.seconds:.2f} s"),
        Line("workbench import, start left out", f"{count / seconds:,.0f} articles/s"),
        Line("", f"{count / processor:,.0f} articles a second of processor time, two processes together"),
        Line("", f"{path.stat().st_size / 1e6 / seconds:.2f} MB/s"),
        Line("bare loop from JSON into SQLite", f"{count / bare_seconds:,.0f} articles/s"),
        Line("", f"{count / bare:,.0f} articles a second of processor time"),
        Line("times the bare loop, by the clock", f"{seconds / bare_seconds:.1f}"),
        Line("times the bare loop, by processor time", f"{processor / bare:.1f}"),
        Line("peak memory", f"{whole.megabytes:.0f} MB"),
    ]


def _bare(path: Path, target: Path) -> tuple[float, float]:
    """Read, hash and store the records with nothing else; return the seconds by the clock and of processor time."""
    begun, used = time.perf_counter(), time.process_time()
    with sqlite3.connect(target) as database, path.open("rb") as rows:
        database.execute("CREATE TABLE article (id INTEGER PRIMARY KEY, name TEXT, text TEXT, sha256 TEXT, body TEXT)")
        for line in rows:
            row = json.loads(line)
            body = json.dumps([row["entities"], row["stances"], row["commitments"]], ensure_ascii=False)
            values = (row["id"], row["text"], sha256(row["text"].encode()).hexdigest(), body)
            database.execute("INSERT INTO article (name, text, sha256, body) VALUES (?, ?, ?, ?)", values)
    return time.perf_counter() - begun, time.process_time() - used
