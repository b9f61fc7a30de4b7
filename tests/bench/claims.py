"""Many clients claim a long queue at once: what is claimed twice, what is lost, and what the next item costs.

Each client is somebody of the team with a thread of its own, in one of several processes as web servers
are; a claim is the service that the web calls. Claims are then compared with the table: every item has to be held by
exactly who was told so. After ``BOUND`` seconds an engine (``--minutes``) clients stop, and what was claimed by then
is compared; ``--items 1000000 --minutes 600`` claims a million.
"""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final

from sqlalchemy import insert, select

from tests import postgres
from tests.bench.measure import Line
from workbench.core.errors import Unavailable
from workbench.core.workflow import Person
from workbench.services import people, projects, review
from workbench.services.projects import Project
from workbench.settings import resource_root
from workbench.store import items
from workbench.store.engine import Database
from workbench.store.schema import Article, Batch, Item

NOW: Final = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LEASE: Final = timedelta(hours=1)
CLIENTS: Final = 32
PROCESSES: Final = 16
QUEUE = 100_000
PROBES: Final = 300
BOUND = 240.0
CHUNK: Final = 2_000


def lines(folder: Path, _count: int, _model: str | None) -> list[Line]:
    """Claim everything on both engines, and time the next item before that."""
    found: list[Line] = []
    with databases(folder) as engines:
        for name, database in engines:
            project, team = prepared(database)
            found += probed(name, database, project, team[0])
            found += claimed(name, database, project, team)
            database.dispose()
    return found


@contextmanager
def databases(folder: Path) -> Iterator[list[tuple[str, Database]]]:
    """Yield an empty database of each engine that this machine has."""
    embedded = Database(f"sqlite:///{folder / 'workbench.db'}")
    programs = postgres.programs()
    if programs is None:
        yield [("SQLite", embedded)]
        return
    with postgres.served(programs) as server:
        yield [("SQLite", embedded), ("PostgreSQL", Database(server.url(server.make())))]


def prepared(database: Database) -> tuple[Project, list[Person]]:
    """Make a project with a team and a queue of articles that wait."""
    database.upgrade()
    with database.writing() as session:
        lead = people.add(session, "Lead", by=None, now=NOW)
        project = projects.create(session, "long", "Long", by=lead, now=NOW, root=resource_root())
        team = [people.add(session, f"Client {n}", by=None, now=NOW) for n in range(CLIENTS)]
        for each in team:
            people.set_role(session, project.id, each.id, "reviewer", by=lead, now=NOW)
        batch: dict[str, Any] = {"project_id": project.id, "person_id": None, "state": "done", "at": NOW, "report": {}}
        session.execute(insert(Batch), [batch | {"id": 1}])
    for start in range(0, QUEUE, CHUNK):
        with database.writing() as session:
            articles = [_article(project.id, n) for n in range(start + 1, min(start + CHUNK, QUEUE) + 1)]
            session.execute(insert(Article), articles)
            session.execute(insert(Item), [_item(project.id, row["id"]) for row in articles])
    if not database.embedded:
        with database.engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("VACUUM ANALYZE")
    return project, team


def _article(project_id: int, number: int) -> dict[str, Any]:
    return {
        "id": number, "project_id": project_id, "batch_id": 1, "key": f"a-{number:07}", "title": None,
        "text": f"Article {number}.", "text_sha256": f"{number:064}", "words": 2, "language": "en", "outlet": None,
        "url": None, "author": None, "published": None, "file": None, "meta": {}, "regions": [],
        "cluster": f"a-{number:07}", "signature": b"", "split": None,
    }  # fmt: skip


def _item(project_id: int, article_id: int) -> dict[str, Any]:
    return {
        "project_id": project_id, "article_id": article_id, "slot": 1, "ready": True, "plain": False,
        "state": "waiting", "priority": 0, "lease_no": 0, "rank": random.Random(article_id).randrange(1000),
    }  # fmt: skip


class _Back(Exception):
    """Takes a claim back, so that the queue stays as long as it is."""


def probed(name: str, database: Database, project: Project, who: Person) -> list[Line]:
    """Time the next item of a full queue beside one row fetched by its key, taking turns."""
    seat = _seat(database, project, who)

    def following() -> None:
        with suppress(_Back), database.writing() as session:
            assert review.next_item(session, seat, by=who, now=NOW, lease=LEASE)
            raise _Back

    def bare() -> None:
        with database.reading() as session:
            session.execute(select(Item.id, Item.state).where(Item.id == QUEUE // 2)).one()

    spent = _alternately(following, bare)
    ours, theirs = (sorted(times)[int(0.95 * PROBES)] for times in spent)
    return [
        Line(f"{name}: next of {QUEUE:,} open items, p95", f"{1000 * ours:.1f} ms", "≤ 25 ms", ours <= 0.025),
        Line(f"{name}: … over a bare SELECT by its key, p95", f"{ours / theirs:.1f} ×"),
    ]


def _alternately(*acts: Callable[[], None]) -> tuple[list[float], ...]:
    spent: tuple[list[float], ...] = tuple([] for _ in acts)
    for _ in range(PROBES):
        for act, times in zip(acts, spent, strict=True):
            begun = time.perf_counter()
            act()
            times.append(time.perf_counter() - begun)
    return spent


def _seat(database: Database, project: Project, who: Person) -> Project:
    with database.reading() as session:
        return projects.find(session, project.slug, by=who, act="review")


def claimed(name: str, database: Database, project: Project, team: list[Person]) -> list[Line]:
    """Let all clients claim until nothing waits; compare what they were told with the table."""
    address = database.engine.url.render_as_string(hide_password=False)
    shares = [team[n::PROCESSES] for n in range(PROCESSES)]
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        rounds = list(pool.map(_clients, *([each] * PROCESSES for each in (address, project.slug, BOUND)), shares))
    told = {who: items for each, *_ in rounds for who, items in each.items()}
    took = max(until for *_, until in rounds) - min(since for *_, since, _ in rounds)
    return [*_compared(name, database, told, sum(each[1] for each in rounds)), *_paced(name, told, took)]


def _paced(name: str, told: dict[int, list[int]], took: float) -> list[Line]:
    rate = sum(map(len, told.values())) / took
    return [Line(f"{name}: claims a second by the clock; 1,000,000 take", f"{rate:.0f}; {1e6 / rate / 60:.0f} minutes")]


def _clients(
    address: str, slug: str, bound: float, team: list[Person]
) -> tuple[dict[int, list[int]], float, float, float]:
    """Be some of the clients, a thread each.

    Return what each was told, the processor seconds that it took, and when the first began and the last ended.
    """
    database, begun = Database(address), time.monotonic()
    spent, until = time.process_time(), begun + bound
    told: dict[int, list[int]] = {who.id: [] for who in team}
    threads = [threading.Thread(target=_client, args=(database, slug, who, told[who.id], until)) for who in team]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    database.dispose()
    return told, time.process_time() - spent, begun, time.monotonic()


def _client(database: Database, slug: str, who: Person, told: list[int], until: float) -> None:
    """Claim and finish until nothing waits, or the time is over."""
    with database.reading() as session:
        seat = projects.find(session, slug, by=who, act="review")
    while time.monotonic() < until:
        with suppress(Unavailable):  # nothing was claimed: ask again, as browsers do
            with database.writing() as session:
                item = review.next_item(session, seat, by=who, now=NOW, lease=LEASE)
                if item is None:
                    return
                items.change_item(session, item, state="done", finished_at=NOW)
            told.append(item)


def _compared(name: str, database: Database, told: dict[int, list[int]], spent: float) -> list[Line]:
    counts = Counter(item for mine in told.values() for item in mine)
    double = sum(count > 1 for count in counts.values())
    with database.reading() as session:
        rows = session.execute(select(Item.id, Item.person_id, Item.state)).all()
    held = {item: who for item, who, state in rows if state != "waiting"}
    wrong = sum(held.get(item) != who for who, mine in told.items() for item in mine)
    lost = len(held.keys() - counts.keys()) + (QUEUE - len(rows))
    return [
        Line(f"{name}: claims by {len(told)} clients in {PROCESSES} processes", f"{counts.total():,}"),
        Line(f"{name}: claimed twice", str(double), "0", double == 0),
        Line(f"{name}: lost, or held by somebody else than was told", str(lost + wrong), "0", lost + wrong == 0),
        Line(f"{name}: left waiting after {BOUND / 60:.0f} minutes", f"{QUEUE - len(held):,}"),
        Line(f"{name}: claimed and closed, a processor second of the clients", f"{counts.total() / spent:.0f}"),
    ]
