"""A bench that has very many of everything, on both engines: what its pages and answers ask for, and how long they are.

Not many articles (that is ``scale``), but many projects, people, releases, jobs, notices and words about one article:
whatever a list would hold whole if it had no end.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from flask import Flask, url_for
from sqlalchemy import event

from tests import postgres
from tests.api.calling import Program
from tests.bench import crowded
from tests.bench.command import Failed
from tests.bench.measure import Line
from tests.builders import Coast, coast_in
from tests.web.browsing import Browser
from workbench.app import create_app
from workbench.core.workflow import SCOPES
from workbench.services import articles, tokens
from workbench.settings import Settings
from workbench.store.engine import Database

_MOST_QUESTIONS: Final = 40
_MOST_ROWS: Final = 2_000
_MOST_BYTES: Final = 300_000
_LEFT_OUT: Final = {
    "static", "sign_in_by_link", "invitation", "reset", "start", "back", "leave", "openapi", "log.csv", "site_table",
    "project_table", "export", "download", "release_diff", "changes",
}  # fmt: skip
"""What takes a secret or a provider, and files, which are as long as what is in them."""


@dataclass
class Asked:
    """How many questions a request put to the database, and the rows that came back."""

    sent: list[tuple[str, Any]]
    rows: int = 0


@contextmanager
def counted(database: Database) -> Iterator[Asked]:
    """Count what is asked meanwhile."""
    asked = Asked([])

    def hear(_conn: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.startswith(("SELECT", "WITH")):
            asked.sent.append((statement, parameters))

    event.listen(database.engine, "before_cursor_execute", hear)
    try:
        yield asked
    finally:
        event.remove(database.engine, "before_cursor_execute", hear)
    with database.engine.connect() as connection:
        for statement, parameters in asked.sent[: 2 * _MOST_QUESTIONS]:
            asked.rows += len(connection.exec_driver_sql(statement, parameters).all())


def lines(folder: Path, _count: int, _model: str | None) -> list[Line]:
    """Fill a bench on each engine, and open everything in it."""
    programs = postgres.programs()
    if programs is None:
        raise Failed("PostgreSQL is not installed.")
    found = [Line("rows made", ", ".join(f"{count:,} {name}" for name, count in crowded.COUNTS.items()))]
    found += _opened(folder, f"sqlite:///{folder / 'wide.db'}")
    with postgres.served(programs) as server:
        found += _opened(folder, server.url(server.make()))
    return found


def _opened(folder: Path, url: str) -> list[Line]:
    database = Database(url)
    database.upgrade()
    coast, begun = coast_in(database), time.perf_counter()
    crowded.fill(database, coast)
    print(f"{database.engine.dialect.name}: filled in {time.perf_counter() - begun:.0f} s", flush=True)
    app = create_app(Settings(home=folder, database_url=url, exports=folder), database)
    app.testing = True
    try:
        return [_measured(what, database, page) for what, page in sorted(_pages(app, coast, database).items())]
    finally:
        database.dispose()


def _measured(what: str, database: Database, page: Callable[[], Any]) -> Line:
    page()  # templates are compiled, plans are made
    with counted(database) as asked:
        begun = time.perf_counter()
        answer = page()
        size = len(answer.get_data())
        spent = (time.perf_counter() - begun) * 1000
    good = len(asked.sent) <= _MOST_QUESTIONS and asked.rows <= _MOST_ROWS and size <= _MOST_BYTES
    told = f"{answer.status_code}, {spent:.0f} ms, {len(asked.sent)} questions, {asked.rows:,} rows, {size:,} bytes"
    return Line(f"{database.engine.dialect.name} {what}", told, "bounded", good)


def _pages(app: Flask, coast: Coast, database: Database) -> dict[str, Callable[[], Any]]:
    """Return a request for every address that is only looked at, as an admin, and some as who is told of everything."""
    lena, mia = (Browser(app.test_client(), database) for _ in range(2))
    lena.enter(coast.lena)
    mia.enter(coast.mia)
    with database.writing() as session:
        [first] = articles.listing(session, coast.project, after=0, limit=1)
        _, secret = tokens.make(session, "a bench", tuple(SCOPES), 1, by=coast.lena, now=datetime.now(UTC))
    program = Program(app.test_client(), secret)
    known: dict[str, Any] = {
        "slug": "coast", "key": first.key, "person_id": coast.mia.id, "item_id": 1, "thread_id": 1000,
        "name": "release-1", "version": 1, "batch_id": 1, "job_id": 1000, "look_id": 1, "card": "e1",
    }  # fmt: skip
    found: dict[str, Callable[[], Any]] = {}
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            name = rule.endpoint.rpartition(".")[2]
            if "GET" not in (rule.methods or ()) or name in _LEFT_OUT:
                continue
            path = url_for(rule.endpoint, **{each: known[each] for each in rule.arguments})
            _, api, rest = path.rpartition("/api/v1")
            found[path] = lambda ask=(program if api else lena), rest=rest: ask.get(rest)  # type: ignore[misc]
    for path in ("/inbox", "/inbox?show=all", "/projects", "/", "/projects/coast/questions", "/projects/none/queue"):
        found[f"{path} of mia"] = lambda path=path: mia.get(path)  # type: ignore[misc]
    return found
