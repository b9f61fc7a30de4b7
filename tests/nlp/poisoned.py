"""A suggester that breaks down at certain words; ``python -m tests.nlp.poisoned`` is its process."""

import os
import time
from collections.abc import Iterable, Iterator

from tests.builders import Finder
from workbench.core.annotation import Document, Layer
from workbench.nlp import apart


class Poisoned(Finder):
    """Finds countries; dies, hangs, leaks or raises at the words for it."""

    def suggest(self, articles: Iterable[Document], *, processes: int = 1) -> Iterator[Layer]:
        for each in articles:
            if "SEGFAULT" in each.text:
                os.kill(os.getpid(), 11)
            if "HANG" in each.text:
                time.sleep(600)
            if "LEAK" in each.text:
                self.read.append("x" * 2**31)
            if "RAISE" in each.text:
                raise ZeroDivisionError("a bug in the suggester")
            yield from super().suggest([each])


if __name__ == "__main__":
    apart.suggester = lambda *_: Poisoned("poisoned@1")  # type: ignore[assignment]
    apart.main()
