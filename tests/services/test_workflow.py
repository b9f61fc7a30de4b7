"""The workflow against a model: whatever people do, no work is lost and no gold comes without its rule."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule, run_state_machine_as_test
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import postgres
from tests.builders import LEASE, Coast, coast_of, decision
from tests.teams import all_items, given, with_rules
from tests.watched import Watched
from workbench.core import desk
from workbench.core.annotation import Document
from workbench.core.desk import Placed
from workbench.core.errors import WorkbenchError
from workbench.core.text import TOKENISER, digest
from workbench.core.workflow import Person
from workbench.services import adjudication, handing, layers, people, review
from workbench.store import adjudication as kept
from workbench.store import work
from workbench.store.engine import Database
from workbench.store.schema import Item

READERS = st.integers(0, 2)
PLACE = st.integers(0, 8)
ANY = st.integers(0, 99)


class Life(Watched):
    """Three readers, a lead and an adjudicator at three articles, with a clock that may go back."""

    @initialize(readers=st.integers(1, 3), merge=st.sampled_from(["unanimous", "majority"]))
    def begin(self, readers: int, merge: str) -> None:
        self.merge = merge
        with_rules(self.coast, readers=readers, merge=merge)

    @rule(who=READERS)
    def take_the_next(self, who: int) -> None:
        self.taken(self.team[who])

    def taken(self, by: Person) -> int | None:
        """Let somebody take the next article; return it."""
        found = None
        with suppress(WorkbenchError), self.coast.database.writing() as session:
            seen = self.coast.seen_by(by)
            if found := review.next_item(session, seen, by=by, now=self.now, lease=LEASE):
                review.begin(session, seen, found, by=by, now=self.now, lease=LEASE)
        return found

    @rule(who=READERS, reject=st.integers(0, 3), done=st.booleans())
    def read(self, who: int, reject: int, done: bool) -> None:
        by, item = self.team[who], self.taken(self.team[who])
        if item is None:
            return
        self.decide_all(by, item, reject)
        if done:
            with suppress(WorkbenchError):
                self.coast.finish(item, by, self.now)

    @rule(who=READERS, reject=st.integers(0, 3))
    def read_all(self, who: int, reject: int) -> None:
        for _ in range(3):
            self.read(who, reject, True)

    @rule(who=READERS, place=PLACE)
    def open_one(self, who: int, place: int) -> None:
        by = self.team[who]
        with suppress(WorkbenchError), self.coast.database.writing() as session:
            review.begin(session, self.coast.seen_by(by), self.item(place), by=by, now=self.now, lease=LEASE)

    @rule(who=READERS, place=PLACE, which=ANY, good=st.booleans())
    def decide_even_if_it_is_no_longer_theirs(self, who: int, place: int, which: int, good: bool) -> None:
        self.decide(self.team[who], self.item(place), which, "accepted" if good else "rejected")

    @rule(who=READERS, place=PLACE)
    def finish_even_if_it_is_no_longer_theirs(self, who: int, place: int) -> None:
        with suppress(WorkbenchError):
            self.coast.finish(self.item(place), self.team[who], self.now)

    @rule(place=PLACE, act=st.sampled_from(["skip", "let go", "reopen"]))
    def lay_aside_or_take_up(self, place: int, act: str) -> None:
        item = self.item(place)
        by = self.reader(item)
        with suppress(WorkbenchError), self.coast.database.writing() as session:
            seen = self.coast.seen_by(by)
            if act == "skip":
                review.skip(session, seen, item, "Because", by=by, now=self.now)
            elif act == "let go":
                handing.let_go(session, seen, item, by=by, now=self.now)
            else:
                review.reopen(session, seen, item, by=by, now=self.now, lease=LEASE)

    @rule(place=PLACE)
    def send_back(self, place: int) -> None:
        with suppress(WorkbenchError), self.coast.database.writing() as session:
            seen = self.coast.seen_by(self.ada)
            handing.send_back(session, seen, self.item(place), "Look again", by=self.ada, now=self.now)

    @rule(place=PLACE, who=st.integers(-1, 2))
    def give(self, place: int, who: int) -> None:
        with suppress(WorkbenchError):
            given(self.coast, [self.item(place)], self.team[who] if who >= 0 else None)

    @rule(readers=st.integers(1, 3))
    def change_the_rules(self, readers: int) -> None:
        with_rules(self.coast, readers=readers, merge=self.merge)

    @rule(active=st.booleans())
    def keep_rita_out_or_let_her_in(self, active: bool) -> None:
        with self.coast.database.writing() as session:
            people.set_active(session, self.team[2].id, active, by=self.coast.lena, now=self.now)

    @rule(minutes=st.integers(-300, 300))
    def let_time_pass_or_set_the_clock_back(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(choice=st.integers(-1, 2), finish=st.booleans(), undo=st.booleans())
    def adjudicate(self, choice: int, finish: bool, undo: bool) -> None:
        with self.coast.database.reading() as session:
            keys = [row.key for row in kept.listing(session, self.coast.project.id, "waiting", after=0, limit=9)]
        for key in keys[:1]:
            with suppress(WorkbenchError), self.coast.database.writing() as session:
                self.rule_on(session, key, choice, finish, undo)

    def rule_on(self, session: Session, key: str, choice: int, finish: bool, undo: bool) -> None:
        seen = self.coast.seen_by(self.ada)
        for card in adjudication.opened(session, seen, key, by=self.ada).found.cards:
            version = adjudication.opened(session, seen, key, by=self.ada).row.version
            taken = choice if 0 <= choice < len(card.readings) else None
            adjudication.rule(session, seen, key, card.id, taken, seen=version, by=self.ada, now=self.now)
        for act, wanted in ((adjudication.undo, undo), (adjudication.finish, finish)):
            if wanted:
                version = adjudication.opened(session, seen, key, by=self.ada).row.version
                act(session, seen, key, seen=version, by=self.ada, now=self.now)

    def item(self, place: int) -> int:
        items = all_items(self.coast)
        return items[place % len(items)]

    def reader(self, item: int) -> Person:
        """Return who has an item, or else the first of the team."""
        with self.coast.database.reading() as session:
            number = session.scalars(select(Item.person_id).where(Item.id == item)).one()
        return next((each for each in self.team if each.id == number), self.team[0])

    def decide(self, by: Person, item: int, which: int, status: str) -> None:
        """Send one decision as a desk would; what is acknowledged goes into the model."""
        with self.coast.database.reading() as session:
            article, document, placed = self.draft(session, by, item)
        if placed:
            chosen = placed[which % len(placed)]
            self.send(by, item, article, document.text, [(chosen, status)])

    def decide_all(self, by: Person, item: int, reject: int) -> None:
        """Reject one object where ``reject`` is its place from 1, and accept what else is undecided."""
        with self.coast.database.reading() as session:
            article, document, placed = self.draft(session, by, item)
        wishes = [(each, "rejected" if n == reject else "accepted") for n, each in enumerate(placed, 1)]
        self.send(by, item, article, document.text, [(each, s) for each, s in wishes if each.status != s])

    def draft(self, session: Session, by: Person, item: int) -> tuple[int, Document, list[Placed]]:
        article = session.scalars(select(Item.article_id).where(Item.id == item)).one()
        layer_id, document = work.draft(session, article, by.id), work.text(session, article)
        placed = layers.placed(session, work.layer(session, layer_id), document.text) if layer_id else []
        return article, document, placed

    def send(self, by: Person, item: int, article: int, text: str, wishes: list[tuple[Placed, str]]) -> None:
        toks = desk.pieces(text)
        sent = [decision(each.item, status, toks, expect=each.version) for each, status in wishes]
        with suppress(WorkbenchError):
            answer = self.coast.decide(item, by, *sent, now=self.now, text_sha256=digest(text), tokeniser=TOKENISER)
            for (each, status), verdict in zip(wishes, answer["verdicts"], strict=True):
                if verdict["verdict"] == "applied":
                    self.sent.setdefault((by.id, article), {})[each.item.id] = status
                    self.count += 1


@contextmanager
def copies(engine: str, template: str, folder: Path, server: postgres.Server | None) -> Iterator[Callable[[], Coast]]:
    """Yield what makes a fresh coast, as often as it is asked."""
    made: list[str] = []

    def fresh() -> Coast:
        if engine == "sqlite":
            path = folder / f"{len(made)}.db"
            shutil.copy(template, path)
            made.append(str(path))
            return coast_of(Database(f"sqlite:///{path}"))
        assert server
        made.append(server.make(template))
        return coast_of(Database(server.url(made[-1])))

    yield fresh
    for name in made if server else ():
        server.drop(name)


@pytest.mark.slow
def test_no_path_loses_work_or_reaches_gold_without_its_rule(
    engine: str, templates: Callable[[str, bool], str], tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    server = request.getfixturevalue("server") if engine == "postgresql" else None
    with copies(engine, templates(engine, True), tmp_path, server) as fresh:
        machine = type("Life", (Life,), {"fresh": staticmethod(fresh)})
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=12 if engine == "sqlite" else 5,
                stateful_step_count=30,
                deadline=None,
                suppress_health_check=list(HealthCheck),
                derandomize=True,
            ),
        )
