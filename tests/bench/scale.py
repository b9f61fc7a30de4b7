"""A project of very many articles on PostgreSQL: what pages take and read beside a tenth of them.

After each request the statements that it sent are run again and explained. A page holds its own where its plans scan
no large table from end to end and touch no more rows than they do in the small project, or few.
"""

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any, Final

from tests import postgres
from tests.api.calling import Program
from tests.bench.command import Failed
from tests.bench.filled import multiply, originals
from tests.bench.measure import Line
from tests.bench.plans import Read, Watch
from tests.builders import Coast
from tests.web.browsing import Browser
from workbench.app import create_app
from workbench.core.workflow import SCOPES
from workbench.services import tokens
from workbench.settings import Settings
from workbench.store.engine import Database

_FEW: Final = 5_000
_ROUNDS: Final = 5
_SECONDS: Final = 5
"""A page that took so long is not opened again."""


@dataclass(frozen=True, slots=True)
class Page:
    """What a page takes, in milliseconds, and what its statements read."""

    spent: float
    reads: list[Read]

    @property
    def rows(self) -> int:
        """Return the rows that its statements touch."""
        return sum(each.rows for each in self.reads)


def lines(folder: Path, count: int, _model: str | None) -> list[Line]:
    """Fill a project with a tenth and with all, and open its pages."""
    programs = postgres.programs()
    if programs is None:
        raise Failed("PostgreSQL is not installed.")
    count = max(count, 50_000)
    inside = Path(tempfile.gettempdir()) if count > 100_000 else None  # memory holds the smaller ones
    with postgres.served(programs, inside=inside) as server:
        few = _opened(folder, server, count // 10)
        many = _opened(folder, server, count)
    found = [Line("articles, with 60 proposals each", f"{count // 10:,}, then {count:,}")]
    for name, page in many.items():
        small = few[name]
        times = f"{small.spent:.0f} ms, then {page.spent:.0f} ms: {page.spent / small.spent:.1f} times"
        worst = [each for each in page.reads if each.scans or each.rows > max(_FEW, 3 * small.rows)]
        rows = f"{small.rows:,}, then {page.rows:,} rows read"
        found.append(Line(name, f"{times}; {rows}", "bounded", not worst))
        found += [Line(f"  {each.rows:,} rows, {', '.join(each.scans)}: {each.statement[:400]}", "") for each in worst]
    return found


def _opened(folder: Path, server: postgres.Server, count: int) -> dict[str, Page]:
    """Return what each page takes in a project of so many articles."""
    database = Database(server.url(server.make()))
    database.upgrade()
    coast, begun = originals(database), time.perf_counter()
    multiply(database, count)
    print(f"{count:,} articles made in {time.perf_counter() - begun:.0f} s", flush=True)
    app = create_app(Settings(home=folder, database_url=str(database.engine.url), exports=folder), database)
    app.testing = True
    mia, lena = (Browser(app.test_client(), database) for _ in range(2))
    mia.enter(coast.mia)
    lena.enter(coast.lena)
    with database.writing() as session:
        now = datetime.now(UTC)
        _, secret = tokens.make(session, "a bench", tuple(SCOPES), 1, by=coast.lena, now=now)
    try:
        return _measured(database, _pages(coast, mia, lena, Program(app.test_client(), secret), count))
    finally:
        database.dispose()


def _pages(coast: Coast, mia: Browser, lena: Browser, program: Program, count: int) -> dict[str, Callable[[], Any]]:
    item, here = coast.next(coast.mia), "/projects/coast"
    of_lena = {
        "articles": "articles",
        "articles, far on": f"articles?after={count * 8 // 10}",
        "articles, how many": "figures",
        "search, found everywhere": "articles?find=Harbour",
        "search, found nowhere": "articles?find=zzzz",
        "search, found once": "articles?find=needle",
        "board": "board",
        "board, live": "board/live",
        "figures of the board": "board/figures",
        "drift on the board": "board/drift",
        "passages": "board/passages?question=entities",
        "proposals decided otherwise": "board/passages?kind=entity&proposed=GPE",
        "adjudication": "adjudication",
        "team": "team",
        "imports": "imports",
        "releases": "export",
        "log": "log",
        "plan": "plan",
        "parked": "parked",
        "questions": "questions",
        "actors": "actors",
        "rules": "rules",
        "training": "training",
        "readers": "readers",
        "suggesters": "suggesters",
    }
    of_programs = {
        "agreement": "agreement",
        "board": "board",
        "jobs": "jobs",
        "quotas": "quotas",
        "readers": "readers",
        "items": "items",
        "articles": "articles",
        "adjudication": "adjudication",
        "export of gold, none new": "export?since=2100-01-01T00:00:00Z",
    }
    return {
        "queue page": lambda: mia.get(f"{here}/queue"),
        "queue as it came": lambda: mia.get(f"{here}/queue?order=came"),
        "queue, what is done": lambda: mia.get(f"{here}/queue?show=done"),
        "queue, gold": lambda: mia.get(f"{here}/queue?show=gold"),
        "next": lambda: mia.get(f"{here}/next"),
        "open an article": lambda: mia.get(f"{here}/items/{item}"),
        "its data": lambda: mia.get(f"{here}/items/{item}/data"),
        "take, save and finish": lambda: _read(coast),
        **{name: lambda path=path: lena.get(f"{here}/{path}") for name, path in of_lena.items()},  # type: ignore[misc]
        "people": lambda: lena.get("/people"),
        **{
            f"api: {name}": lambda path=path: program.get(f"{here}/{path}")  # type: ignore[misc]
            for name, path in of_programs.items()
        },
    }


def _measured(database: Database, pages: dict[str, Callable[[], Any]]) -> dict[str, Page]:
    watch, found = Watch(database), {}
    for name, page in pages.items():
        watch.sent = []
        answer = page()
        assert answer is None or answer.status_code < 400, (name, answer.status_code, answer.text[:300])
        reads, rounds = watch.reads(), list[float]()
        while len(rounds) < _ROUNDS and sum(rounds) < 1000 * _SECONDS:
            begun = time.perf_counter()
            page()
            rounds.append((time.perf_counter() - begun) * 1000)
        found[name] = Page(median(rounds), reads)
    return found


def _read(coast: Coast) -> None:
    item = coast.next(coast.noor)
    coast.accept_all(item, coast.noor)
    coast.finish(item, coast.noor)
