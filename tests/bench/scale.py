"""A project of very many articles on PostgreSQL: what pages take beside a tenth of them, and which plans would grow.

Rows are made by the database from those of three articles. After each request the statements that it sent are
explained, and a plan that scans a large table from end to end is named.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any, Final

from sqlalchemy import Table as Plain
from sqlalchemy import event, text

from tests import postgres
from tests.bench.command import Failed
from tests.bench.measure import Line
from tests.builders import Coast, coast_in
from tests.web.browsing import Browser
from workbench.app import create_app
from workbench.services import tallying
from workbench.settings import Settings
from workbench.store.engine import Database
from workbench.store.schema import Article, Item, Layer

_LARGE: Final = 10_000
_ROUNDS: Final = 5


@dataclass
class Watch:
    """The statements of a request, and what they would read."""

    database: Database
    sent: list[tuple[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        event.listen(self.database.engine, "before_cursor_execute", self._heard)

    def _heard(self, _conn: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.startswith(("SELECT", "UPDATE", "WITH")):
            self.sent.append((statement, parameters))

    def scans(self) -> list[str]:
        """Return the large scans in the plans of what was sent."""
        found, sent = [], self.sent
        self.sent = []
        with self.database.engine.connect() as connection:
            for statement, parameters in sent:
                if isinstance(parameters, list):
                    continue
                plan = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", parameters).scalar()
                found += [f"{each} in: {' '.join(statement.split())[:160]}" for each in _large(plan[0]["Plan"])]
            connection.rollback()
        self.sent = []
        return found


def _large(plan: dict[str, Any]) -> list[str]:
    found = []
    rows = plan.get("Plan Rows", 0)
    if "Scan" in plan["Node Type"] and "Bitmap" not in plan["Node Type"]:
        whole = plan["Node Type"] == "Seq Scan" or "Index Cond" not in plan
        if whole and plan["Total Cost"] > _LARGE / 10 and rows > 0:
            found.append(
                f"{plan['Node Type']} of {plan.get('Relation Name')}, {rows:,} rows, cost {plan['Total Cost']:,.0f}"
            )
    for each in plan.get("Plans", []):
        found += _large(each)
    return found


def lines(folder: Path, count: int, _model: str | None) -> list[Line]:
    """Fill a project with a tenth and with all, and open its pages."""
    programs = postgres.programs()
    if programs is None:
        raise Failed("PostgreSQL is not installed.")
    count = max(count, 50_000)
    with postgres.served(programs) as server:
        few, _ = _opened(folder, server, count // 10)
        many, scans = _opened(folder, server, count)
    found = [Line("articles, with a layer and an item each", f"{count // 10:,}, then {count:,}")]
    for name, spent in many.items():
        ratio = spent / few[name]
        told = f"{few[name]:.0f} ms, then {spent:.0f} ms: {ratio:.1f} times"
        found.append(Line(name, told, "no large scan", not scans[name]))
        found += [Line(each, "") for each in dict.fromkeys(scans[name])]
    return found


def _opened(folder: Path, server: postgres.Server, count: int) -> tuple[dict[str, float], dict[str, list[str]]]:
    """Return what each page takes in a project of so many articles, and the large scans in its plans."""
    url = server.url(server.make())
    database = Database(url)
    database.upgrade()
    coast = coast_in(database)
    _fill(database, count)
    begun = time.perf_counter()
    tallying.take_in(database, most=count)
    print(f"{count:,} articles taken into the tallies in {time.perf_counter() - begun:.0f} s", flush=True)
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")
    app = create_app(Settings(home=folder, database_url=url, exports=folder), database)
    app.testing = True
    mia, lena = (Browser(app.test_client(), database) for _ in range(2))
    mia.enter(coast.mia)
    lena.enter(coast.lena)
    try:
        return _pages(coast, database, mia, lena, count)
    finally:
        database.dispose()


def _pages(
    coast: Coast, database: Database, mia: Browser, lena: Browser, count: int
) -> tuple[dict[str, float], dict[str, list[str]]]:
    watch = Watch(database)
    item = coast.next(coast.mia)
    pages: dict[str, Callable[[], Any]] = {
        "queue page": lambda: mia.get("/projects/coast/queue"),
        "queue as it came": lambda: mia.get("/projects/coast/queue?order=came"),
        "next": lambda: mia.get("/projects/coast/next"),
        "open an article": lambda: mia.get(f"/projects/coast/items/{item}"),
        "its data": lambda: mia.get(f"/projects/coast/items/{item}/data"),
        "take, save and finish": lambda: _read(coast),
        "articles": lambda: lena.get("/projects/coast/articles"),
        "articles, far on": lambda: lena.get(f"/projects/coast/articles?after={count * 8 // 10}"),
        "search, found everywhere": lambda: lena.get("/projects/coast/articles?find=Harbour"),
        "search, found nowhere": lambda: lena.get("/projects/coast/articles?find=zzzz"),
        "search, found once": lambda: lena.get("/projects/coast/articles?find=needle"),
        "board": lambda: lena.get("/projects/coast/board"),
        "board, live": lambda: lena.get("/projects/coast/board/live"),
        "figures of the board": lambda: lena.get("/projects/coast/board/figures"),
        "adjudication": lambda: lena.get("/projects/coast/adjudication"),
    }
    spent, scans = {}, {}
    for name, page in pages.items():
        answer = page()
        assert answer is None or answer.status_code < 400, (name, answer.status_code, answer.text[:300])
        scans[name] = watch.scans()
        rounds = []
        for _ in range(_ROUNDS):
            begun = time.perf_counter()
            page()
            rounds.append((time.perf_counter() - begun) * 1000)
        spent[name] = median(rounds)
        watch.sent = []
    return spent, scans


def _read(coast: Coast) -> None:
    item = coast.next(coast.noor)
    coast.accept_all(item, coast.noor)
    coast.finish(item, coast.noor)


def _fill(database: Database, count: int) -> None:
    """Multiply the articles, their layers and their items."""
    with database.engine.begin() as connection:
        first, last, number = connection.execute(text("SELECT min(id), max(id), count(*) FROM article")).one()
        times = {"times": count // number, "first": first, "last": last}
        key = "a.id + g.n * (CAST(:last AS bigint) - :first + 1)"
        own = {
            "id": key,
            "key": f"'copy-' || ({key})",
            "text": f"a.text || ' ' || ({key})",
            "text_sha256": f"encode(sha256(convert_to(a.text || ' ' || ({key}), 'UTF8')), 'hex')",
            "cluster": f"'copy-' || ({key})",
        }
        span = "FROM {} a, generate_series(1, CAST(:times AS bigint)) AS g(n) WHERE a.id <= :most"
        moved = f"a.article_id + g.n * {last - first + 1}"
        for table, changed, most in (
            (Article.__table__, own, last),
            (
                Layer.__table__,
                {"id": f"a.id + g.n * {_most(connection, 'layer')}", "article_id": moved},
                0,
            ),
            (Item.__table__, {"id": f"a.id + g.n * {_most(connection, 'item')}", "article_id": moved}, 0),
        ):
            assert isinstance(table, Plain)
            columns = ", ".join(f'"{each.name}"' for each in table.columns)
            values = ", ".join(changed.get(each.name, f'a."{each.name}"') for each in table.columns)
            said = f"INSERT INTO {table.name} ({columns}) SELECT {values} {span.format(table.name)}"
            connection.execute(text(said), times | {"most": most or _most(connection, table.name)})
        connection.execute(text("UPDATE article SET title = 'The needle' WHERE id = (SELECT max(id) FROM article)"))
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")
        for table_name in ("article", "layer", "item"):
            connection.exec_driver_sql(
                f"SELECT setval(pg_get_serial_sequence('{table_name}', 'id'), (SELECT max(id) FROM {table_name}))"
            )


def _most(connection: Any, table: str) -> int:
    found: int = connection.execute(text(f"SELECT max(id) FROM {table}")).scalar_one()
    return found
