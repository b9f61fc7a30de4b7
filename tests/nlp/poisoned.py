"""A suggester that breaks down at certain words; ``python -m tests.nlp.poisoned`` is its process.

It is started anew after each of them, so it leans on little.
"""

import os
import time
from collections.abc import Iterable, Iterator
from typing import Final

from workbench.core.annotation import Document, Entity, Layer, layer_of
from workbench.nlp import apart

SAID: Final = {
    "SEGFAULT": "SIGSEGV",
    "HANG": "seconds",
    "LEAK": "MB of memory",
    "RAISE": "a bug in the suggester",
}
"""What breaks it, and what must be said of that."""


class Poisoned:
    """Finds how an article begins; dies, hangs, leaks or raises at the words for it."""

    name = "poisoned@1"

    def __init__(self) -> None:
        self.held: list[str] = []

    def suggest(self, articles: Iterable[Document], *, processes: int = 1) -> Iterator[Layer]:
        for each in articles:
            if "SEGFAULT" in each.text:
                os.kill(os.getpid(), 11)
            if "HANG" in each.text:
                time.sleep(600)
            if "LEAK" in each.text:
                self.held.append("x" * 2**31)
            if "RAISE" in each.text:
                raise ZeroDivisionError("a bug in the suggester")
            yield layer_of(self.name, [Entity("e1", 0, len(each.text.split()[0]), "GPE")])


if __name__ == "__main__":
    apart.suggester = lambda *_: Poisoned()  # type: ignore[assignment]
    apart.main()
