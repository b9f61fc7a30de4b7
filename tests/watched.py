"""What must hold of a workflow at every moment, whatever people did before."""

from collections.abc import Callable

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.builders import NOW, Coast, person
from workbench.core import adjudication as core
from workbench.core.record import layer_from
from workbench.services.adjudication import _effective
from workbench.store import adjudication as kept
from workbench.store import overlap, work
from workbench.store.schema import Article, Decision, Handover, Item, Layer

READERS = st.integers(0, 2)
PLACE = st.integers(0, 8)
ANY = st.integers(0, 99)


class Watched(RuleBasedStateMachine):
    """A coast with a model of what its people were told is kept."""

    fresh: Callable[[], Coast]

    def __init__(self) -> None:
        super().__init__()
        self.coast = self.fresh()
        self.now = NOW
        self.team = [
            self.coast.mia,
            self.coast.noor,
            person(self.coast.database, "Rita", "reviewer", self.coast.project),
        ]
        self.ada = person(self.coast.database, "Ada", "adjudicator", self.coast.project)
        self.merge = "unanimous"
        self.sent: dict[tuple[int, int], dict[str, str]] = {}
        self.count = 0
        self.seen_gold: set[int] = set()
        self.handed = 0

    @invariant()
    def no_acknowledged_decision_is_lost(self) -> None:
        with self.coast.database.reading() as session:
            assert session.scalar(select(func.count()).select_from(Decision)) == self.count
            for (number, article), decided in self.sent.items():
                layer_id = work.draft(session, article, number)
                assert layer_id is not None
                marks = {mark.oid: mark.status for mark in work.marks(session, layer_id)}
                assert marks == decided

    @invariant()
    def nobody_has_two_places_at_an_article_and_what_is_done_has_a_reading(self) -> None:
        with self.coast.database.reading() as session:
            rows = session.execute(select(Item.article_id, Item.person_id, Item.state, Item.layer_id)).all()
        taken = [(article, who) for article, who, _, _ in rows if who is not None]
        assert len(taken) == len(set(taken))
        for _, who, state, layer_id in rows:
            assert (who is not None) == (state in {"open", "returned", "done", "skipped"})
            assert state not in {"done", "returned"} or layer_id is not None

    @invariant()
    def gold_comes_only_by_its_rule(self) -> None:
        with self.coast.database.reading() as session:
            for article, key in session.execute(select(Article.id, Article.key)).all():
                self.check_gold(session, article, key)

    def check_gold(self, session: Session, article: int, key: str) -> None:
        gold = session.scalars(select(Layer.id).where(Layer.article_id == article, Layer.kind == "gold")).all()
        assert len(gold) <= 1
        slots = overlap.of_article(session, article)
        if any(each.state != "done" for each in slots):
            assert not set(gold) - self.seen_gold
            return
        text = work.text(session, article).text
        rows = [work.layer(session, each.layer_id or 0) for each in slots]
        found = core.compare([layer_from(row.author, row.body or {}, text) for row in rows], self.merge)
        if not found.cards:
            assert gold, key
        elif gold:
            row = kept.one(session, self.coast.project.id, article)
            assert row and row.state == "done"
            ruled = _effective(kept.log(session, article))
            assert {card.id for card in found.cards} <= set(ruled)
            assert {each.person_id for each in slots} & {each.person_id for each in ruled.values()} == set()
        self.seen_gold |= set(gold)

    @invariant()
    def what_changed_hands_is_never_forgotten(self) -> None:
        with self.coast.database.reading() as session:
            count = session.scalar(select(func.count()).select_from(Handover)) or 0
        assert count >= self.handed
        self.handed = count

    def teardown(self) -> None:
        self.coast.database.dispose()
