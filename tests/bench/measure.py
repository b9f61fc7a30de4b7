"""What a bench finds, and how it is printed; articles to run through."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import Final

SEEDS: Final = Path(__file__).parents[2] / "seeds" / "articles"


@dataclass(frozen=True, slots=True)
class Line:
    """One measured value; ``aim`` is what it should reach, ``met`` whether it does."""

    what: str
    value: str
    aim: str = ""
    met: bool | None = None


def at_least(what: str, value: float, aim: float) -> Line:
    """Return a ratio that should reach an aim."""
    return Line(what, f"{value:.2f}", f"≥ {aim:.2f}", value >= aim)


def at_most(what: str, value: float, aim: float, unit: str) -> Line:
    """Return an amount that should stay under an aim."""
    return Line(what, f"{value:.1f} {unit}", f"≤ {aim:g} {unit}", value <= aim)


def table(lines: Sequence[Line]) -> str:
    """Return the lines as a plain table."""
    verdicts = {None: "", True: "met", False: "MISSED"}
    rows = [(line.what, line.value, line.aim, verdicts[line.met]) for line in lines]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        f"  {what:<{widths[0]}}  {value:>{widths[1]}}  {aim:>{widths[2]}}  {verdict}".rstrip()
        for what, value, aim, verdict in rows
    )


def articles(path: Path, count: int) -> Path:
    """Write the articles of ``seeds/``, over and over, as JSONL; each has a line of its own, so that none is a twin."""
    texts = [file.read_bytes().decode() for file in sorted(SEEDS.glob("*.txt"))]
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for number, text in enumerate(islice(cycle(texts), count), 1):
            whole = f"{text.rstrip()}\n\nCopy {number} of the bench.\n"
            out.write(json.dumps({"id": f"bench-{number:06}", "text": whole}, ensure_ascii=False) + "\n")
    return path
