"""What the wire carries comes back as it was, and provenance follows from what changed."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.builders import HARBOUR, commitment, entity
from tests.formats.documents import TEXTS
from workbench.core import desk
from workbench.core.annotation import By, Span
from workbench.core.desk import Placed
from workbench.core.errors import Invalid
from workbench.core.text import tokens
from workbench.services.resources import default_scheme
from workbench.settings import resource_root

SCHEME = default_scheme(resource_root())
TOKS = tokens(HARBOUR)
FRANCE = entity(HARBOUR, "France", actor="France", by=By(suggester="finder@1", score=0.8))
OFFER = commitment(HARBOUR, "offered two frigates")


@given(TEXTS, st.data())
def test_a_span_survives_the_wire_whatever_it_cuts(text: str, data: st.DataObject) -> None:
    toks = tokens(text)
    assume(toks)
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    assert desk.span_from_wire(desk.wire_span(span, toks), toks, len(text)) == span


@given(st.one_of(st.none(), st.text(), st.integers(), st.lists(st.integers(-5, 40) | st.floats() | st.booleans())))
def test_a_wire_that_is_no_span_is_refused_or_lies_in_the_text(wire: object) -> None:
    try:
        span = desk.span_from_wire(wire, TOKS, len(HARBOUR))
    except Invalid:
        return
    assert 0 <= span.start < span.end <= len(HARBOUR)


@pytest.mark.parametrize("item", [FRANCE, OFFER])
def test_an_object_survives_the_wire_but_for_its_provenance(item: object) -> None:
    state = desk.state_wire(item, "accepted", TOKS)
    read = desk.object_from_wire(item.kind, item.id, state, HARBOUR, TOKS)
    assert replace(read, by=item.by) == item


def test_what_is_kept_as_proposed_is_suggested_and_what_is_changed_corrected() -> None:
    at = "2026-03-02T09:00:00Z"
    kept = desk.provenance(FRANCE, "accepted", FRANCE, bulk=False, at=at)
    moved = desk.provenance(replace(FRANCE, label="NORP"), "accepted", FRANCE, bulk=True, at=at)
    fresh = desk.provenance(FRANCE, "accepted", None, bulk=False, at=at)
    dropped = desk.provenance(FRANCE, "rejected", FRANCE, bulk=False, at=at)
    assert kept.by == By("suggested", "finder@1", 0.8, "accepted", at)
    assert (moved.by.origin, moved.by.decided, moved.by.suggester) == ("corrected", "bulk", "finder@1")
    assert (fresh.by.origin, fresh.by.suggester, fresh.by.score) == ("added", None, None)
    assert (dropped.by.decided, dropped.by.at) == (None, None)


def test_an_outcome_holds_what_was_accepted_in_the_order_of_the_text() -> None:
    italy = entity(HARBOUR, "Italy", id="e2")
    placed = [Placed(italy, "accepted", 1), Placed(OFFER, "rejected", 1), Placed(FRANCE, "accepted", 2)]
    assert desk.outcome("r1", placed).entities == (FRANCE, italy)
    assert desk.outcome("r1", placed).commitments == ()


def test_what_is_left_is_named() -> None:
    lacking = replace(OFFER, slots={**OFFER.slots, "actor": None})
    placed = [Placed(FRANCE, "suggested", 0), Placed(lacking, "accepted", 1)]
    assert desk.undecided(placed) == ["e1"]
    assert desk.incomplete(SCHEME, placed) == [("c1", "Actor is missing.")]


def test_the_scheme_refuses_what_it_does_not_know_and_lets_unfinished_frames_be() -> None:
    desk.check(SCHEME, replace(OFFER, slots={"evidence": OFFER.slots["evidence"]}))
    for wrong in ({"type": "submarines"}, {"flavour": "salty"}, {"hedged": "yes"}):
        with pytest.raises(Invalid):
            desk.check(SCHEME, replace(OFFER, slots={**OFFER.slots, **wrong}))
