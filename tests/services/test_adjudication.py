"""Where readings differ: cards, rulings, undo, two adjudicators at once, merging, and the gold that follows."""

import json

import pytest

from tests.builders import NOW, Coast, person
from tests.teams import crew, read, with_rules
from workbench.core.annotation import Document, Entity
from workbench.core.edited import edited
from workbench.core.errors import Invalid, NotAllowed, NotFound, Stale
from workbench.core.workflow import Person
from workbench.services import adjudication, merging, projects, releases
from workbench.services.adjudication import Case
from workbench.store import adjudication as kept

ORG = {"label": "ORG"}


@pytest.fixture
def ada(coast: Coast) -> Person:
    return person(coast.database, "Ada", "adjudicator", coast.project)


def disputed(coast: Coast, *wishes: dict, **rules: object) -> str:
    """Let as many people as there are wishes read the first article; return its key."""
    with_rules(coast, readers=len(wishes), **rules)
    people = [coast.mia, coast.noor, *crew(coast, len(wishes) - 2)]
    for who, wish in zip(people, wishes, strict=True):
        read(coast, who, wish)
    with coast.database.reading() as session:
        [row] = kept.listing(session, coast.project.id, "waiting", after=0, limit=9)
    return row.key


def case_of(coast: Coast, key: str, by: Person) -> Case:
    with coast.database.reading() as session:
        return adjudication.opened(session, coast.seen_by(by), key, by=by)


def ruled(coast: Coast, key: str, number: int, choice: int | None, by: Person, **more: object) -> Case:
    case = case_of(coast, key, by)
    more = {"seen": case.row.version} | more
    with coast.database.writing() as session:
        card = case.found.cards[number].id
        adjudication.rule(session, coast.seen_by(by), key, card, choice, by=by, now=NOW, **more)
    return case_of(coast, key, by)


def undone(coast: Coast, key: str, by: Person) -> Case:
    case = case_of(coast, key, by)
    with coast.database.writing() as session:
        adjudication.undo(session, coast.seen_by(by), key, seen=case.row.version, by=by, now=NOW)
    return case_of(coast, key, by)


def finished(coast: Coast, key: str, by: Person) -> None:
    case = case_of(coast, key, by)
    with coast.database.writing() as session:
        adjudication.finish(session, coast.seen_by(by), key, seen=case.row.version, by=by, now=NOW)


def gold(coast: Coast) -> list[Document]:
    with coast.database.reading() as session:
        return list(releases.records(session, coast.project, "gold"))


def test_only_what_differs_becomes_a_card(coast: Coast, ada: Person) -> None:
    key = disputed(coast, {"e1": None}, {"e2": ORG})
    case = case_of(coast, key, ada)
    assert [(card.kind, card.sort) for card in case.found.cards] == [("entity", "missing"), ("entity", "label")]
    assert len(case.found.settled) == 2


def test_rulings_end_in_gold_that_tells_votes_and_adjudicator(coast: Coast, ada: Person) -> None:
    key = disputed(coast, {"e1": None}, {"e2": ORG})
    ruled(coast, key, 0, 1, ada)
    assert ruled(coast, key, 1, 0, ada, reason="The guidelines say so").left == 0
    finished(coast, key, ada)
    [record] = gold(coast)
    told = {each.id: (each.by.decided, each.by.votes) for each in record.layer.objects}
    assert (told["e1"], told["e2"]) == (("ruled", (1, 2)), ("ruled", (1, 2)))
    assert told["c1"] == ("accepted", (2, 2))
    assert [each.by.reason for each in record.layer.entities] == [None, "The guidelines say so"]
    assert record.review.adjudicator == f"r{ada.id}"
    assert [each.label for each in record.layer.entities] == ["GPE", "GPE"]


def test_none_of_these_leaves_the_passage_without(coast: Coast, ada: Person) -> None:
    key = disputed(coast, {"e1": ORG}, {"e1": {"label": "LOC"}})
    ruled(coast, key, 0, None, ada)
    finished(coast, key, ada)
    assert "e1" not in {each.id for each in gold(coast)[0].layer.objects}


def test_gold_waits_until_every_conflict_is_ruled_on(coast: Coast, ada: Person) -> None:
    key = disputed(coast, {"e1": None}, {})
    with pytest.raises(Invalid, match="1 conflict still waits"):
        finished(coast, key, ada)


def test_an_edited_reading_is_checked_and_kept_as_corrected(coast: Coast, ada: Person) -> None:
    key = disputed(coast, {"e1": ORG}, {})
    case = case_of(coast, key, ada)
    base = case.found.cards[0].readings[0]
    with coast.database.reading() as session:
        scheme = projects.scheme(session, coast.project)
    given = {"label": "GPE", "words": "France offered", "actor": "France"}
    item = edited(scheme, case.document.text, base, given, {"France": "state:FRA"})
    ruled(coast, key, 0, 0, ada, item=item)
    finished(coast, key, ada)
    [found] = [each for each in gold(coast)[0].layer.entities if each.start == 0]
    assert (found.end, found.label, found.by.origin, found.by.votes) == (14, "GPE", "corrected", (0, 2))
    for wrong, said in (
        ({"words": "Atlantis"}, "does not stand in the text"),
        ({"label": "SHIP"}, "not in the scheme"),
    ):
        with pytest.raises(Invalid, match=said):
            edited(scheme, case.document.text, base, given | wrong, {})


def test_undo_takes_rulings_back_one_by_one_and_gold_first(coast: Coast, ada: Person) -> None:
    key = disputed(coast, {"e1": None}, {"e2": ORG})
    ruled(coast, key, 0, 0, ada)
    ruled(coast, key, 0, 1, ada)
    ruled(coast, key, 1, 0, ada)
    finished(coast, key, ada)
    assert undone(coast, key, ada).row.state == "waiting"
    assert gold(coast) == []
    assert undone(coast, key, ada).left == 1
    assert next(iter(undone(coast, key, ada).ruled.values())).choice == 0
    assert undone(coast, key, ada).left == 2
    with pytest.raises(Invalid, match="no ruling to take back"):
        undone(coast, key, ada)
    with coast.database.reading() as session:
        assert [row.act for row in kept.log(session, 1)] == ["take"] * 3 + ["undo"] * 3


def test_of_two_adjudicators_the_slower_is_told_who_was_faster(coast: Coast, ada: Person) -> None:
    bo = person(coast.database, "Bo", "adjudicator", coast.project)
    key = disputed(coast, {"e1": None}, {"e2": ORG})
    seen = case_of(coast, key, bo).row.version
    ruled(coast, key, 0, 0, ada)
    with pytest.raises(Stale, match="Ada ruled on this article in the meantime"):
        ruled(coast, key, 1, 0, bo, seen=seen)
    assert ruled(coast, key, 1, 0, bo).left == 0


def test_nobody_rules_on_an_article_that_they_read_unless_allowed(coast: Coast) -> None:
    with_rules(coast, readers=2)
    read(coast, coast.lena, {"e1": None})
    read(coast, coast.mia)
    with coast.database.reading() as session:
        [row] = adjudication.waiting(session, coast.seen_by(coast.lena), by=coast.lena)
    assert not row.allowed
    with pytest.raises(NotAllowed, match="You read this article yourself"):
        case_of(coast, row.key, coast.lena)
    with_rules(coast, readers=2, own=True)
    assert case_of(coast, row.key, coast.lena).left == 1


def test_reviewers_do_not_adjudicate(coast: Coast) -> None:
    key = disputed(coast, {"e1": None}, {})
    [third] = crew(coast, 1)
    with pytest.raises(NotAllowed):
        case_of(coast, key, third)


def test_names_are_hidden_and_in_no_telling_order_unless_the_rules_say_otherwise(coast: Coast, ada: Person) -> None:
    key = disputed(coast, {"e1": None}, {})
    assert sorted(case_of(coast, key, ada).names) == ["A", "B"]
    with_rules(coast, readers=2, blind=False)
    assert case_of(coast, key, ada).names == ("Mia", "Noor")


def test_an_article_that_is_read_again_is_no_longer_before_an_adjudicator(coast: Coast, ada: Person) -> None:
    key = disputed(coast, {"e1": None}, {})
    coast.reopen(1, coast.lena)
    with pytest.raises(NotFound):
        case_of(coast, key, ada)


def test_only_reasons_of_the_list_are_taken(coast: Coast, ada: Person) -> None:
    key = disputed(coast, {"e1": None}, {})
    with pytest.raises(Invalid, match="not on the project"):
        ruled(coast, key, 0, 0, ada, reason="Because")


def merged(coast: Coast, strategy: str, threshold: float = 0.0, *, preview: bool = False) -> list[merging.Merge]:
    with coast.database.writing() as session:
        project = coast.seen_by(coast.lena)
        return merging.merge(session, project, strategy, threshold, by=coast.lena, now=NOW, preview=preview)


def test_a_merge_is_looked_at_first_makes_gold_and_is_undone_in_one_step(coast: Coast, ada: Person) -> None:
    disputed(coast, {"e1": None}, {}, {})
    [look] = merged(coast, "majority", preview=True)
    assert (look.settles, look.open, gold(coast)) == (1, 1, [])
    merged(coast, "majority")
    [record] = gold(coast)
    assert {each.id: each.by.votes for each in record.layer.objects}["e1"] == (2, 3)
    with coast.database.writing() as session:
        project = coast.seen_by(coast.lena)
        found = merging.last(session, project)
        assert found is not None
        assert merging.undo_merge(session, project, found[0], by=coast.lena, now=NOW) == 1
        assert merging.last(session, project) is None
    assert gold(coast) == []
    assert merged(coast, "majority", preview=True) == [look]


def test_a_merge_by_confidence_takes_sure_proposals_that_somebody_kept(coast: Coast) -> None:
    disputed(coast, {"e1": None}, {})
    assert merged(coast, "confidence", 0.9) == []
    [done] = merged(coast, "confidence", 0.8)
    assert done.settles == 1
    [france, _] = gold(coast)[0].layer.entities
    assert isinstance(france, Entity)


def test_a_unanimous_merge_takes_what_all_who_marked_it_say_alike(coast: Coast) -> None:
    disputed(coast, {"e1": None}, {"e1": None}, {}, {}, merge="unanimous")
    assert merged(coast, "majority", preview=True) == []
    [done] = merged(coast, "unanimous")
    assert (done.settles, done.open) == (1, 1)
    assert {each.id for each in gold(coast)[0].layer.entities} == {"e1", "e2"}


def test_a_unanimous_merge_leaves_what_two_say_differently_and_what_only_one_marked(coast: Coast) -> None:
    disputed(coast, {"e1": ORG, "e2": None}, {"e2": None}, {"e1": None})
    assert merged(coast, "unanimous", preview=True) == []


def test_a_label_that_the_scheme_has_no_more_is_neither_ruled_nor_merged_but_edited(coast: Coast, ada: Person) -> None:
    key = disputed(coast, {"e1": ORG}, {"e1": ORG}, {})
    without(coast, "ORG")
    with pytest.raises(Invalid, match="The scheme has changed since this was read: edit the reading first"):
        ruled(coast, key, 0, 0, ada)
    assert merged(coast, "majority", preview=True) == []
    assert ruled(coast, key, 0, 2, ada).left == 0


def without(coast: Coast, label: str) -> None:
    """Let a lead take a label out of the scheme although it is in use."""
    with coast.database.writing() as session:
        project = coast.seen_by(coast.lena)
        body = json.loads(projects.scheme_source(session, project))
        body["labels"] = [each for each in body["labels"] if each["name"] != label]
        projects.change_scheme(session, project, json.dumps(body), seen=1, force=True, by=coast.lena, now=NOW)
