"""A worker to be killed, with a quick suggester: ``python -m tests.jobs.crew DATABASE HOME SECONDS``."""

import sys
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.builders import Finder
from workbench.core.annotation import Document, Layer
from workbench.jobs import shared
from workbench.jobs.tasks import Bench
from workbench.settings import Settings
from workbench.store.engine import Database


class Slow(Finder):
    """Takes its time over each article."""

    seconds = 0.0

    def suggest(self, articles: Iterable[Document], *, processes: int = 1) -> Iterator[Layer]:
        for each in articles:
            time.sleep(self.seconds)
            yield from super().suggest([each])


def bench(url: str, home: str, seconds: float = 0.0) -> Bench:
    suggester = Slow("slow@1")
    suggester.seconds = seconds
    settings = Settings(home=Path(home), database_url=url, exports=Path(home))
    return Bench(Database(url), settings, {"coast@1@0": suggester})


def impatient() -> None:
    """Let a worker that is silent for three seconds count as dead."""
    shared.HEARTBEAT, shared.STALLED, shared._LOOK = 0.5, 3.0, 0.5  # type: ignore[misc]


if __name__ == "__main__":
    impatient()
    shared.work(bench(sys.argv[1], sys.argv[2], float(sys.argv[3])), threading.Event())
