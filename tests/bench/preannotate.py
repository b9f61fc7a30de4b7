"""``workbench preannotate`` against a bare ``nlp.pipe`` of the same model over the same texts."""

import sys
from pathlib import Path

from tests.bench.command import run, timed
from tests.bench.measure import Line, articles, at_least, at_most


def lines(folder: Path, count: int, model: str | None) -> list[Line]:
    """Measure both on few articles and on many; their difference is the pace without the start."""
    from workbench.nlp.pipeline import PREFERRED

    few, many = articles(folder / "few.jsonl", max(count // 4, 1)), articles(folder / "many.jsonl", count)
    options = ("--model", model) if model else ()
    name = model or next(each for each in PREFERRED if _installed(each))
    ours = [run(folder / "home", "preannotate", path, "-o", folder / "out.jsonl", *options) for path in (few, many)]
    bare = [timed(folder / "home", sys.executable, "-m", "tests.bench.bare", name, str(path)) for path in (few, many)]
    pace = [pair[1].processor - pair[0].processor for pair in (ours, bare)]
    words = sum(len(line.split()) for line in many.read_text(encoding="utf-8").splitlines())
    return [
        Line("articles", f"{count:,}"),
        Line("bare nlp.pipe, start included", f"{words / bare[1].seconds:,.0f} words/s"),
        Line("workbench preannotate, start included", f"{words / ours[1].seconds:,.0f} words/s"),
        at_least("throughput against bare, start included", bare[1].seconds / ours[1].seconds, 0.8),
        Line("  in processor time", f"{bare[1].processor / ours[1].processor:.2f}"),
        Line("  in processor time, start left out", f"{pace[1] / pace[0]:.2f}"),
        at_most("processor time on top of bare, start left out", 100 * (pace[0] / pace[1] - 1), 40, "%"),
        Line("peak memory, bare", f"{bare[1].megabytes:.0f} MB"),
        Line("peak memory, workbench", f"{ours[1].megabytes:.0f} MB"),
        _growth(count // 4, ours[1].megabytes - ours[0].megabytes),
    ]


def _growth(few: int, megabytes: float) -> Line:
    """Return how much more memory four times the articles take; judged once a quarter fills the buffers."""
    what = "growth of peak memory from a quarter to all"
    return at_most(what, megabytes, 60, "MB") if few >= 600 else Line(what, f"{megabytes:.1f} MB")


def _installed(model: str) -> bool:
    from importlib.util import find_spec

    return find_spec(model) is not None
