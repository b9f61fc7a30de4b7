"""Whatever is decided, in whatever order: the log replays to the stored state, which is the model's."""

import shutil
import tempfile
from functools import cache
from pathlib import Path

import hypothesis.strategies as st
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tests.builders import HARBOUR, coast_in, coast_of, decision
from workbench.core import desk
from workbench.core.annotation import Entity, Frame, Object
from workbench.store import work
from workbench.store.engine import Database

TOKS = desk.pieces(HARBOUR)
LABELS = ("GPE", "ORG", "PERSON")


@cache
def begun() -> Path:
    """A bench whose first article lies on Mia's desk, made once and copied for every run."""
    path = Path(tempfile.mkdtemp(prefix="workbench-log-")) / "workbench.db"
    database = Database(f"sqlite:///{path}")
    database.upgrade()
    coast = coast_in(database)
    coast.next(coast.mia)
    database.dispose()
    return path


class Desk(RuleBasedStateMachine):
    """One reviewer's session, with a model beside it: object, status and version by id."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="workbench-log-"))
        path = self.folder / "workbench.db"
        shutil.copy(begun(), path)
        self.coast = coast_of(Database(f"sqlite:///{path}"))
        self.item = self.coast.next(self.coast.mia)
        self.model = {
            each.item.id: (each.item, "suggested", 0) for each in self.coast.placed(self.item, self.coast.mia)
        }
        self.sent: list = []
        self.added = 0

    def teardown(self) -> None:
        with self.coast.database.reading() as session:
            layer = self.coast.desk(self.item, self.coast.mia).layer
            marks = {row.oid: (row.status, row.version, row.body) for row in work.marks(session, layer.id)}
            replayed = {}
            for row in work.history(session, layer.id):
                before = replayed.get(row.oid)
                assert row.version == (before[1] + 1 if before else 1)
                replayed[row.oid] = (row.after["status"], row.version, row.after["body"])
        assert replayed == marks
        assert layer.rev == len(self.sent)
        self.coast.database.dispose()
        shutil.rmtree(self.folder)

    def decide(self, item: Object, status: str, **rest: object) -> None:
        version = self.model[item.id][2] if item.id in self.model else 0
        sent = decision(item, status, TOKS, expect=version, **rest)
        answer = self.coast.decide(self.item, self.coast.mia, sent)
        assert answer["verdicts"][0]["verdict"] == "applied", answer
        self.model[item.id] = (item, status, version + 1)
        self.sent.append(sent)

    def chosen(self, data: st.DataObject, kind: type | None = None) -> tuple[Object, str, int]:
        known = [each for each in self.model.values() if kind is None or isinstance(each[0], kind)]
        return data.draw(st.sampled_from(known))

    @rule(data=st.data(), status=st.sampled_from(desk.STATUSES))
    def settle(self, data: st.DataObject, status: str) -> None:
        self.decide(self.chosen(data)[0], status, act="undo" if status == "suggested" else None)

    @rule(data=st.data(), label=st.sampled_from(LABELS))
    def relabel(self, data: st.DataObject, label: str) -> None:
        item = self.chosen(data, Entity)[0]
        self.decide(Entity(item.id, item.start, item.end, label), "accepted", act="relabel")

    @rule(data=st.data(), start=st.integers(0, len(HARBOUR) - 3), length=st.integers(1, 12))
    def move(self, data: st.DataObject, start: int, length: int) -> None:
        end = min(len(HARBOUR), start + length)
        if desk.snap(TOKS, start, end):
            item = self.chosen(data, Entity)[0]
            self.decide(Entity(item.id, start, end, item.label), "accepted", act="edges")

    @rule(first=st.integers(0, len(TOKS) - 1), label=st.sampled_from(LABELS))
    def add(self, first: int, label: str) -> None:
        self.added += 1
        self.decide(Entity(f"a-{self.added}", *TOKS[first], label), "accepted", act="add")

    @rule(data=st.data(), actor=st.sampled_from(["France", "Italy", None]))
    def fill(self, data: st.DataObject, actor: str | None) -> None:
        item = self.chosen(data, Frame)[0]
        slot = "actor" if item.kind == "commitment" else "holder"
        slots = {name: value for name, value in (dict(item.slots) | {slot: actor}).items() if value is not None}
        self.decide(Frame(item.kind, item.id, slots, {slot: None}), "accepted", act="edit")

    @precondition(lambda self: self.sent)
    @rule(data=st.data())
    def send_again(self, data: st.DataObject) -> None:
        sent = data.draw(st.sampled_from(self.sent))
        assert self.coast.decide(self.item, self.coast.mia, sent)["verdicts"][0]["verdict"] == "duplicate"

    @rule(data=st.data(), off=st.sampled_from([-1, 1, 7]))
    def send_stale(self, data: st.DataObject, off: int) -> None:
        item, status, version = self.chosen(data)
        sent = decision(item, status, TOKS, expect=version + off, act="edit")
        assert self.coast.decide(self.item, self.coast.mia, sent)["verdicts"][0]["verdict"] == "conflict"

    @rule(data=st.data())
    def send_nonsense(self, data: st.DataObject) -> None:
        item, _, version = self.chosen(data, Entity)
        sent = decision(item, "accepted", TOKS, expect=version, span=[9, 2])
        assert self.coast.decide(self.item, self.coast.mia, sent)["verdicts"][0]["verdict"] == "invalid"

    @invariant()
    def the_desk_shows_the_model(self) -> None:
        found = {
            each.item.id: (content(each.item), each.status, each.version)
            for each in self.coast.placed(self.item, self.coast.mia)
        }
        assert found == {oid: (content(item), *rest) for oid, (item, *rest) in self.model.items()}


def content(item: Object) -> tuple[object, ...]:
    """Return what an object says, without where it comes from."""
    if isinstance(item, Entity):
        return (item.span, item.label, item.actor, item.actor_id)
    return (item.kind, dict(item.slots), dict(item.ids))


TestDesk = Desk.TestCase
TestDesk.settings = settings(
    max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck), print_blob=True
)
