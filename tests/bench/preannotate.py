"""Workbench's suggestions against the bare pipeline: the same model over the same texts, in turns, in one process.

Bare is the model as its package ships it: its own tokeniser, every component, nothing added, one process. The rules are
Workbench's components without the learned one. All read each batch once, a few articles at a time, now one first and
now another; of the batches' ratios the middle one counts, so that what else the machine does bends few of them.
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
    from workbench.nlp.pipeline import PREFERRED, load
    from workbench.settings import resource_root

    path, seeds = articles(folder / "articles.jsonl", count // 2), resource_root() / "seeds"
    texts = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
    bare = spacy.load(model or next(name for name in PREFERRED if find_spec(name)))
    shipped = scheme.parse((seeds / "schemes" / "coalition.toml").read_bytes())
    ours, rules = (load(model, shipped, actors.shipped(seeds / "actors")) for _ in range(2))
    rules.nlp.disable_pipe("workbench_learned")
    turns: list[list[float]] = []
    for at in range(0, len(texts), _BATCH):
        some = texts[at : at + _BATCH]
        documents = [Document(text) for text in some]
        ways = [partial(bare.pipe, some), partial(rules.suggest, documents), partial(ours.suggest, documents)]
        first = len(turns) % len(ways)
        spent = {place % len(ways): _processor(ways[place % len(ways)]) for place in range(first, first + len(ways))}
        turns.append([spent[place] for place in range(len(ways))])
    own = [sum(side) for side in zip(*turns, strict=True)]
    ratios = [median(each[place] / each[0] for each in turns) for place in (1, 2)]
    options = ("--model", model) if model else ()
    whole = run(folder / "home", "preannotate", path, "-o", folder / "out.jsonl", *options)
    words = sum(len(text.split()) for text in texts)
    return [
        Line("articles", f"{len(texts):,}"),
        Line("bare", f"{words / own[0]:,.0f} words a processor second"),
        Line("with the rules", f"{words / own[1]:,.0f} words a processor second"),
        Line("with all suggestions", f"{words / own[2]:,.0f} words a processor second"),
        at_most("processor time of the rules on top of bare", 100 * (ratios[0] - 1), 40, "%"),
        Line("processor time of all on top of bare", f"{100 * (ratios[1] - 1):.0f} %"),
        Line("workbench preannotate, start included", f"{words / whole.seconds:,.0f} words/s by the clock"),
        Line("  peak memory", f"{whole.megabytes:.0f} MB"),
    ]


def _processor(reading: Callable[[], Iterable[object]]) -> float:
    begun = time.process_time()
    for _ in reading():
        pass
    return time.process_time() - begun
