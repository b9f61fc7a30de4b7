"""Sixteen reviewers save while something breaks; then what they were told is compared with what is there.

Each client writes a line to a ledger outside the bench, and waits for the disk, before it believes an acknowledgement.
"""

import json
import os
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import requests
from sqlalchemy import text

from tests.bench.generated import Namer
from tests.bench.generated import text as invented
from tests.builders import coast_of, opened, person, project, suggest, take
from workbench.core import desk
from workbench.core.annotation import Document
from workbench.core.desk import pieces
from workbench.core.text import TOKENISER, digest
from workbench.services import examining, people
from workbench.store.engine import Database

CLIENTS = 16


@dataclass
class Ledger:
    """What was acknowledged, on a disk that the bench does not know."""

    path: Path
    acked: dict[str, tuple[int, str, str, int]] = field(default_factory=dict)
    answers: dict[int, int] = field(default_factory=dict)
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def believe(self, told: dict[str, tuple[int, str, str, int]]) -> None:
        """Keep what one answer acknowledged, by the keys."""
        with self._turn, self.path.open("a") as out:
            out.writelines(json.dumps([key, *each]) + "\n" for key, each in told.items())
            out.flush()
            os.fsync(out.fileno())
            self.acked |= told

    def count(self, code: int) -> None:
        with self._turn:
            self.answers[code] = self.answers.get(code, 0) + 1


@dataclass
class Seat:
    """One reviewer with an article of their own."""

    name: str
    item: int
    text: str
    link: str


def seats(database: Database, clients: int = CLIENTS) -> list[Seat]:
    """Make a project, its reviewers, and an article on the desk of each."""
    person(database, "Admin")
    made = project(database, person(database, "Lena"))
    for name, role in (("Mia", "reviewer"), ("Noor", "reviewer"), ("Otto", "viewer")):
        person(database, name, role, made)
    crew = [person(database, f"Reader {number}", "reviewer", made) for number in range(clients)]
    texts = [invented(600, 60, seed) for seed in range(clients)]
    take(database, made, *[opened(f"{number}.txt", each) for number, each in enumerate(texts)])
    suggest(database, made, Namer())  # type: ignore[arg-type]
    coast, now = coast_of(database), datetime.now(UTC)
    found = []
    for who in crew:
        item = coast.next(who, now)
        with database.writing() as session:
            token = people.make_link(session, who.id, "sign_in", now=now)
        found.append(Seat(who.name, item, coast.desk(item, who).document.text, f"/sign-in/{token}"))
    return found


class Client(threading.Thread):
    """Accepts and rejects one proposal after the other, and never gives a decision up."""

    def __init__(self, base: str, seat: Seat, ledger: Ledger, over: threading.Event, batch: int = 1) -> None:
        super().__init__(daemon=True)
        self.batch = batch
        self.base, self.seat, self.ledger, self.over = base, seat, ledger, over
        self.web = requests.Session()
        self.address = f"{base}/projects/coast/items/{seat.item}"
        self.token = ""
        self.trouble = ""

    def enter(self) -> None:
        """Sign in and fetch the page's token."""
        self.web.get(self.base + self.seat.link, timeout=30).raise_for_status()
        page = self.web.get(f"{self.base}/account", timeout=30).text
        found = re.search(r'<meta name="csrf-token" content="([^"]+)"', page)
        assert found, page[:500]
        self.token = found[1]

    def run(self) -> None:
        try:
            toks = pieces(self.seat.text)
            names = Namer().suggest([Document(self.seat.text)])
            objects = list(next(names).entities)
            versions = dict.fromkeys((each.id for each in objects), 0)
            for turn in range(0, 10**9, self.batch):
                if self.over.is_set():
                    return
                some = [objects[(turn + n) % len(objects)] for n in range(self.batch)]
                wanted = [("accepted" if versions[each.id] % 2 == 0 else "rejected", each) for each in some]
                self.decide([(each, status, versions[each.id]) for status, each in wanted], toks)
                for each in some:
                    versions[each.id] += 1
        except Exception as problem:
            self.trouble = f"{type(problem).__name__}: {problem}"

    def decide(self, wanted: list[tuple[Any, str, int]], toks: Any) -> None:
        """Send decisions until they are acknowledged."""
        sent = [decided(each, status, expect, toks) for each, status, expect in wanted]
        body = {"text_sha256": digest(self.seat.text), "tokeniser": TOKENISER, "decisions": sent}
        while not self.over.is_set():
            try:
                answer = self.web.post(
                    f"{self.address}/decisions", json=body, headers={"X-CSRFToken": self.token}, timeout=90
                )
            except requests.RequestException:
                self.ledger.count(0)
                time.sleep(0.1)
                continue
            self.ledger.count(answer.status_code)
            if answer.status_code in {503, 507}:
                assert answer.status_code == 507 or answer.headers.get("Retry-After"), "a 503 without Retry-After"
                time.sleep(0.5)
                continue
            assert answer.status_code == 200, (answer.status_code, answer.text[:300])
            believed = {}
            for told, (each, status, expect), one in zip(answer.json()["verdicts"], wanted, sent, strict=True):
                assert told["verdict"] in {"applied", "duplicate"}, told
                assert told["version"] == expect + 1, told
                believed[one["key"]] = (self.seat.item, each.id, status, expect + 1)
            self.ledger.believe(believed)
            return


def decided(each: Any, status: str, expect: int, toks: Any) -> dict[str, Any]:
    """Return a decision as the desk sends it."""
    key = str(uuid4())
    return {
        "key": key, "txn": key, "at": datetime.now(UTC).isoformat(), "act": status[:6], "kind": "entity",
        "id": each.id, "expect": expect, "after": desk.state_wire(each, status, toks) | {"status": status},
    }  # fmt: skip


@contextmanager
def storm(base: str, found: list[Seat], ledger: Ledger, batch: int = 1) -> Iterator[Ledger]:
    """Let all reviewers work until the block ends, ``batch`` decisions a time; raises what stopped any of them."""
    over = threading.Event()
    crew = [Client(base, seat, ledger, over, batch) for seat in found]
    for each in crew:
        each.enter()
    for each in crew:
        each.start()
    try:
        yield ledger
    finally:
        over.set()
        for each in crew:
            each.join(timeout=120)
    assert not (troubles := [each.trouble for each in crew if each.trouble]), troubles[:3]


@dataclass(frozen=True)
class Verdict:
    """What the comparison came to."""

    acked: int
    stored: int
    lost: int
    altered: int
    doubled: int
    unwell: tuple[str, ...]

    @property
    def good(self) -> bool:
        return not (self.lost or self.altered or self.doubled or self.unwell)


def compared(database: Database, ledger: Ledger) -> Verdict:
    """Compare the ledger with the log of decisions, and look at the bench deeply."""
    query = (
        "SELECT d.key, i.id, d.oid, d.version, d.after FROM decision d "
        "JOIN layer l ON l.id = d.layer_id JOIN item i ON i.article_id = l.article_id AND i.person_id = l.person_id"
    )
    with database.reading() as session:
        rows = session.execute(text(query)).all()
    there = {key: (item, oid, json.loads(after)["status"], version) for key, item, oid, version, after in rows}
    acts = [(item, oid, version) for _, item, oid, version, _ in rows]
    lost = [key for key in ledger.acked if key not in there]
    altered = [key for key, told in ledger.acked.items() if key in there and there[key] != told]
    unwell = tuple(each.sentence for each in examining.deep(database, now=datetime.now(UTC)) if not each.well)
    return Verdict(len(ledger.acked), len(rows), len(lost), len(altered), len(acts) - len(set(acts)), unwell)
