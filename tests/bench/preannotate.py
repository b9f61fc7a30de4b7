"""Workbench's suggestions against the bare pipeline: the same model over the same texts, in turns, in one process.

Bare is the model as its package ships it: its own tokeniser, every component, nothing added, one process.
Both read each batch once, a few articles at a time, now one first and now the other; of the batches' ratios the
middle one counts, so that what else the machine does bends few of them.
"""

import json
import time
from collections.abc import Callable, Iterable
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Final

from tests.bench.command import run
from tests.bench.measure import Line, articles, at_most

_BATCH: Final = 4
"""Articles at a time."""


def lines(folder: Path, count: int, model: str | None) -> list[Line]:
    """Measure both in turns, and once the command as its users run it."""
    import spacy

    from workbench.core import actors, scheme
    from workbench.core.annotation import Document
    from workbench.nlp import suggester
    from workbench.nlp.pipeline import PREFERRED
    from workbench.settings import resource_root

    path, seeds = articles(folder / "articles.jsonl", count // 2), resource_root() / "seeds"
    texts = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
    bare = spacy.load(model or next(name for name in PREFERRED if find_spec(name)))
    shipped = scheme.parse((seeds / "schemes" / "coalition.toml").read_bytes())
    ours = suggester(model, shipped, actors.shipped(seeds / "actors"))
    turns: list[list[float]] = []
    for at in range(0, len(texts), _BATCH):
        some = texts[at : at + _BATCH]
        ways = [partial(bare.pipe, some), partial(ours.suggest, [Document(text) for text in some])]
        first = len(turns) % 2
        spent = {place: _processor(ways[place]) for place in (first, 1 - first)}
        turns.append([spent[0], spent[1]])
    own, ratio = [sum(side) for side in zip(*turns, strict=True)], median(each / plain for plain, each in turns)
    options = ("--model", model) if model else ()
    whole = run(folder / "home", "preannotate", path, "-o", folder / "out.jsonl", *options)
    words = sum(len(text.split()) for text in texts)
    return [
        Line("articles", f"{len(texts):,}"),
        Line("bare", f"{words / own[0]:,.0f} words a processor second"),
        Line("with suggestions", f"{words / own[1]:,.0f} words a processor second"),
        at_most("processor time on top of bare", 100 * (ratio - 1), 40, "%"),
        Line("workbench preannotate, start included", f"{words / whole.seconds:,.0f} words/s by the clock"),
        Line("  peak memory", f"{whole.megabytes:.0f} MB"),
    ]


def _processor(reading: Callable[[], Iterable[object]]) -> float:
    begun = time.process_time()
    for _ in reading():
        pass
    return time.process_time() - begun
