"""What a suggester's memory does over a long run: all-different articles, full of words never seen before.

``python -m tests.bench.growing ARTICLES PROCESSES`` is its process: it prints after each tenth how many megabytes it
holds.
"""

import random
import re
import resource
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final

from tests.bench.command import timed
from tests.bench.measure import SEEDS, Line, at_most
from workbench.core.annotation import Document

_NAME: Final = re.compile(r"\b[A-Z][a-z]{3,}\b|\b[a-z]{7,}\b")
_SYLLABLES: Final = ("ba", "dor", "kel", "min", "osa", "pri", "quo", "rud", "sta", "tev", "ulm", "vix", "wen", "yar")
_LONGEST: Final = 1500
_STEPS: Final = 10
_PROCESSES: Final = (1, 2)


def lines(folder: Path, count: int, model: str | None) -> list[Line]:
    """Run through the articles in one process and in several; memory after the first tenth must be that of the last."""
    found = [Line("articles, a fourth of their longer words new", f"{count:,}")]
    for processes in _PROCESSES:
        command = (sys.executable, "-m", "tests.bench.growing", str(count), str(processes), model or "")
        curve = [float(each) for each in timed(folder / "home", *command).output.split()]
        told = " ".join(f"{each:.0f}" for each in curve)
        found.append(Line(f"megabytes after each tenth, processes: {processes}", told))
        found.append(at_most("  growth from the first tenth to the last", curve[-1] - curve[0], 40, "MB"))
    return found


def articles(count: int) -> Iterator[Document]:
    """Yield openings of the articles of ``seeds/``, a fourth of their longer words replaced by invented ones."""
    texts = [file.read_bytes().decode()[:_LONGEST].rpartition("\n")[0] for file in sorted(SEEDS.glob("*.txt"))]
    for number in range(count):
        yield Document(text=_NAME.sub(partial(_invented, random.Random(number)), texts[number % len(texts)]))


def _invented(chance: random.Random, found: re.Match[str]) -> str:
    if chance.random() < 0.75:
        return found[0]
    made = "".join(chance.choices(_SYLLABLES, k=4))
    return made.capitalize() if found[0][0].isupper() else made


def main(count: int, processes: int, model: str) -> None:
    """Read the articles and print the megabytes that are held after each tenth."""
    from workbench.core import actors, scheme
    from workbench.nlp import suggester
    from workbench.settings import resource_root

    seeds = resource_root() / "seeds"
    shipped = scheme.parse((seeds / "schemes" / "coalition.toml").read_bytes())
    reader = suggester(model or None, shipped, actors.shipped(seeds / "actors"))
    step = max(1, count // _STEPS)
    for number, _ in enumerate(reader.suggest(articles(count), processes=processes), 1):
        if number % step == 0:
            print(f"{_held():.1f}", flush=True)


def _held() -> float:
    """Return this process's own megabytes, and the most that one of those that read for it, a round each, ever held."""
    fields = Path("/proc/self/statm").read_text().split()
    own = (int(fields[1]) - int(fields[2])) * 4096 / 2**20
    return own + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else "")
