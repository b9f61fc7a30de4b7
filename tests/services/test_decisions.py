"""Decisions: each once, in order, checked against text and scheme, and never without a trace."""

import pytest
from sqlalchemy import select

from tests.builders import HARBOUR, NOW, Coast, commitment, decision, entity
from workbench.core import desk
from workbench.core.annotation import Entity
from workbench.core.errors import Invalid, NotAllowed, NotFound, Stale
from workbench.store.schema import Decision

TOKS = desk.pieces(HARBOUR)
FRANCE = entity(HARBOUR, "France", actor="France", actor_id="state:FRA")


@pytest.fixture
def item(coast: Coast) -> int:
    """HARBOUR, on Mia's desk, with two countries, an offer and a refusal proposed."""
    return coast.next(coast.mia)


def verdicts(answer: dict) -> list[str]:
    return [each["verdict"] for each in answer["verdicts"]]


def why(answer: dict) -> str:
    return answer["verdicts"][0]["why"]


def state(coast: Coast, item: int, oid: str) -> desk.Placed:
    return next(each for each in coast.placed(item, coast.mia) if each.item.id == oid)


def log(coast: Coast, item: int) -> list[Decision]:
    layer = coast.desk(item, coast.mia).layer
    assert layer is not None
    with coast.database.reading() as session:
        return list(session.scalars(select(Decision).where(Decision.layer_id == layer.id).order_by(Decision.id)))


def test_an_accepted_proposal_says_who_proposed_it_and_that_it_was_kept(coast: Coast, item: int) -> None:
    answer = coast.decide(item, coast.mia, decision(FRANCE, "accepted", TOKS))
    assert (verdicts(answer), answer["rev"]) == (["applied"], 1)
    by = state(coast, item, "e1").item.by
    assert (by.origin, by.suggester, by.score, by.decided) == ("suggested", "finder@1", 0.8, "accepted")
    assert by.at == "2026-03-02T09:00:00Z"


def test_a_changed_proposal_is_corrected_and_a_new_object_added(coast: Coast, item: int) -> None:
    moved = Entity("e1", 0, 14, "ORG")
    fresh = entity(HARBOUR, "frigates", "WEAPON", id="a-1")
    coast.decide(item, coast.mia, decision(moved, "accepted", TOKS), decision(fresh, "accepted", TOKS, act="add"))
    assert state(coast, item, "e1").item.by.origin == "corrected"
    assert state(coast, item, "a-1").item.by.origin == "added"


def test_a_correction_that_is_taken_back_counts_as_suggested_again(coast: Coast, item: int) -> None:
    moved = Entity("e1", 0, 14, "ORG", "France", "state:FRA")
    coast.decide(item, coast.mia, decision(moved, "accepted", TOKS, act="edges"))
    coast.decide(item, coast.mia, decision(FRANCE, "accepted", TOKS, expect=1, act="undo"))
    assert state(coast, item, "e1").item.by.origin == "suggested"


def test_what_was_accepted_in_bulk_says_so(coast: Coast, item: int) -> None:
    coast.decide(item, coast.mia, decision(FRANCE, "accepted", TOKS, act="bulk", bulk=True))
    assert state(coast, item, "e1").item.by.decided == "bulk"


def test_the_same_key_is_applied_once(coast: Coast, item: int) -> None:
    sent = decision(FRANCE, "accepted", TOKS)
    first, again = coast.decide(item, coast.mia, sent), coast.decide(item, coast.mia, sent)
    assert (verdicts(first), verdicts(again)) == (["applied"], ["duplicate"])
    assert (again["rev"], again["verdicts"][0]["version"], len(log(coast, item))) == (1, 1, 1)


def test_a_key_twice_in_one_parcel_is_applied_once(coast: Coast, item: int) -> None:
    sent = decision(FRANCE, "accepted", TOKS)
    assert verdicts(coast.decide(item, coast.mia, sent, sent)) == ["applied", "duplicate"]


def test_a_key_of_another_article_is_refused(coast: Coast, item: int) -> None:
    coast.decide(item, coast.mia, decision(FRANCE, "accepted", TOKS, key="k-1"))
    other = coast.next(coast.noor)
    [first, *_] = coast.placed(other, coast.noor)
    answer = coast.decide(other, coast.noor, decision(first.item, "accepted", coast.toks(other, coast.noor), key="k-1"))
    assert verdicts(answer) == ["invalid"]


def test_a_decision_on_an_older_version_meets_the_newer_one(coast: Coast, item: int) -> None:
    coast.decide(item, coast.mia, decision(FRANCE, "rejected", TOKS))
    answer = coast.decide(item, coast.mia, decision(FRANCE, "accepted", TOKS))
    [verdict] = answer["verdicts"]
    assert (verdict["verdict"], verdict["object"]["status"], verdict["object"]["version"]) == (
        "conflict",
        "rejected",
        1,
    )
    assert (verdict["who"], verdict["when"]) == ("Mia", NOW)
    assert state(coast, item, "e1").status == "rejected"


def test_one_bad_decision_stops_none_of_its_neighbours(coast: Coast, item: int) -> None:
    bad = decision(FRANCE, "accepted", TOKS, span=[0, 999])
    good = decision(entity(HARBOUR, "Italy", id="e2"), "rejected", TOKS)
    assert verdicts(coast.decide(item, coast.mia, bad, good)) == ["invalid", "applied"]


@pytest.mark.parametrize(
    "span", [[0, 0], [3, 1], [-1, 1], [0, 999], [0, 1, -1, 0], [0, 1, 0, 900], [0], "0-1", None, [0.0, 1], [True, 2]]
)
def test_a_span_outside_the_text_is_invalid(coast: Coast, item: int, span: object) -> None:
    answer = coast.decide(item, coast.mia, decision(FRANCE, "accepted", TOKS, span=span))
    assert verdicts(answer) == ["invalid"]
    assert log(coast, item) == []


def test_a_span_may_begin_inside_a_token(coast: Coast, item: int) -> None:
    coast.decide(item, coast.mia, decision(FRANCE, "accepted", TOKS, span=[0, 1, 2, -1]))
    assert state(coast, item, "e1").item.span == (2, 5)


def test_a_label_that_the_scheme_does_not_have_is_invalid(coast: Coast, item: int) -> None:
    assert "“BOAT” is not in the scheme" in why(
        coast.decide(item, coast.mia, decision(FRANCE, "accepted", TOKS, label="BOAT"))
    )


def test_a_value_that_the_scheme_does_not_list_is_invalid(coast: Coast, item: int) -> None:
    frame = commitment(HARBOUR, "offered two frigates", type="submarines")
    assert "submarines" in why(coast.decide(item, coast.mia, decision(frame, "accepted", TOKS)))


def test_a_frame_may_be_stored_before_it_is_complete(coast: Coast, item: int) -> None:
    frame = commitment(HARBOUR, "offered two frigates", id="a-1", actor=None)
    assert verdicts(coast.decide(item, coast.mia, decision(frame, "accepted", TOKS, act="add"))) == ["applied"]


def test_a_kind_an_act_or_a_status_that_does_not_exist_is_invalid(coast: Coast, item: int) -> None:
    wrong = [
        decision(FRANCE, "accepted", TOKS, act="bless"),
        decision(FRANCE, "blessed", TOKS),
        decision(FRANCE, "accepted", TOKS, key=""),
    ]
    wrong[1].act = "accept"
    assert verdicts(coast.decide(item, coast.mia, *wrong)) == ["invalid"] * 3


def test_an_object_keeps_its_kind(coast: Coast, item: int) -> None:
    frame = commitment(HARBOUR, "offered two frigates", id="e1")
    assert "of the kind entity" in why(coast.decide(item, coast.mia, decision(frame, "accepted", TOKS)))


def test_a_rejected_object_may_be_one_that_the_scheme_no_longer_holds(coast: Coast, item: int) -> None:
    gone = decision(FRANCE, "rejected", TOKS, label="BOAT")
    assert verdicts(coast.decide(item, coast.mia, gone)) == ["applied"]


def test_a_finished_article_takes_no_decisions(coast: Coast, item: int) -> None:
    coast.accept_all(item, coast.mia)
    coast.finish(item, coast.mia)
    answer = coast.decide(item, coast.mia, decision(FRANCE, "rejected", TOKS, expect=1))
    assert (verdicts(answer), answer["rev"]) == (["closed"], 4)


def test_a_page_with_another_text_is_stale(coast: Coast, item: int) -> None:
    with pytest.raises(Stale, match="reload"):
        coast.decide(item, coast.mia, decision(FRANCE, "accepted", TOKS), text_sha256="0" * 64)
    with pytest.raises(Stale, match="reload"):
        coast.decide(item, coast.mia, decision(FRANCE, "accepted", TOKS), tokeniser="wb0")


def test_only_who_opened_the_article_decides(coast: Coast, item: int) -> None:
    sha = {"text_sha256": "0" * 64}
    with pytest.raises(NotFound):
        coast.decide(item, coast.noor, decision(FRANCE, "accepted", TOKS), **sha)
    with pytest.raises(NotAllowed):
        coast.decide(item, coast.otto, decision(FRANCE, "accepted", TOKS), **sha)


def test_a_parcel_has_fifty_decisions_at_most(coast: Coast, item: int) -> None:
    with pytest.raises(Invalid, match="at most 50"):
        coast.decide(item, coast.mia, *[decision(FRANCE, "accepted", TOKS) for _ in range(51)])


def test_undo_is_a_decision_that_names_what_it_undoes(coast: Coast, item: int) -> None:
    coast.decide(item, coast.mia, decision(FRANCE, "rejected", TOKS, key="k-1"))
    back = decision(FRANCE, "suggested", TOKS, expect=1, act="undo", undoes="k-1")
    assert verdicts(coast.decide(item, coast.mia, back)) == ["applied"]
    assert (state(coast, item, "e1").status, state(coast, item, "e1").version) == ("suggested", 2)
    assert [(row.act, row.undoes) for row in log(coast, item)] == [("reject", None), ("undo", "k-1")]


def test_the_log_says_what_was_there_before_and_after(coast: Coast, item: int) -> None:
    coast.decide(item, coast.mia, decision(FRANCE, "accepted", TOKS, label="NORP", act="relabel"))
    [row] = log(coast, item)
    assert (row.before["status"], row.before["body"]["label"]) == ("suggested", "GPE")
    assert (row.after["status"], row.after["body"]["label"]) == ("accepted", "NORP")
    assert (row.person_id, row.version, row.scheme, row.guideline, row.at) == (coast.mia.id, 1, 1, 1, NOW)


def test_text_beyond_the_basic_plane_keeps_its_offsets(coast: Coast) -> None:
    coast.next(coast.mia)
    ferry = coast.next(coast.noor)
    text = coast.desk(ferry, coast.noor).document.text
    toks = coast.toks(ferry, coast.noor)
    money = entity(text, "€20 million", "MONEY", id="a-1")
    coast.decide(ferry, coast.noor, decision(money, "accepted", toks, act="add"))
    kept = next(each.item for each in coast.placed(ferry, coast.noor) if each.item.id == "a-1")
    assert text[kept.start : kept.end] == "€20 million"
