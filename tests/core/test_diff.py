"""Two releases of one article, object by object."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import HARBOUR, By, article, commitment, entity, span, stance
from tests.formats.documents import layers
from workbench.core.annotation import PLURALS
from workbench.core.diff import Change, Summary, changes, merged
from workbench.formats import gold


def compared(old, new) -> list[Change]:
    return changes(gold.record(article(HARBOUR, *old, id="a")), gold.record(article(HARBOUR, *new, id="a")))


FRANCE, ITALY = entity(HARBOUR, "France"), entity(HARBOUR, "Italy", id="e2")
OFFER = commitment(HARBOUR, "offered two frigates")


@given(layers(HARBOUR))
def test_a_record_does_not_differ_from_itself(one) -> None:
    assert compared(one.objects, one.objects) == []


@given(layers(HARBOUR), layers(HARBOUR))
def test_nothing_is_lost_between_two_readings(one, other) -> None:
    found = compared(one.objects, other.objects)
    for kind, plural in PLURALS.items():
        count = Counter(each.what for each in found if each.kind == kind)
        grown = len(getattr(other, plural)) - len(getattr(one, plural))
        assert count["added"] - count["removed"] == grown


def test_a_label_that_changed_is_told_with_both_values() -> None:
    [found] = compared([FRANCE], [entity(HARBOUR, "France", "NORP")])
    assert (found.kind, found.what, found.quote) == ("entity", "changed", "France")
    assert found.slots == {"label": ("GPE", "NORP")}


def test_slots_of_a_commitment_are_compared_one_by_one() -> None:
    [found] = compared([OFFER], [commitment(HARBOUR, "offered two frigates", status="pledged", hedged=True)])
    assert found.slots == {"status": ("offered", "pledged"), "hedged": (False, True)}


def test_who_decided_when_is_no_change() -> None:
    assert compared([FRANCE], [entity(HARBOUR, "France", by=By(decided="accepted", at="2026-01-01T00:00:00Z"))]) == []


def test_another_id_is_no_change() -> None:
    assert compared([FRANCE], [entity(HARBOUR, "France", id="e9")]) == []


def test_an_id_that_moved_to_other_words_is_another_object() -> None:
    found = compared([FRANCE], [entity(HARBOUR, "Italy")])
    assert [(each.what, each.quote) for each in found] == [("removed", "France"), ("added", "Italy")]


def test_an_edge_that_moved_is_a_change() -> None:
    [found] = compared([OFFER], [commitment(HARBOUR, "offered two frigates to the harbour")])
    assert found.what == "changed"
    assert found.slots["evidence"][1]["end"] == span(HARBOUR, "offered two frigates to the harbour").end


def test_what_is_added_and_removed_shows_its_slots() -> None:
    [found] = compared([], [ITALY])
    assert found.what == "added"
    assert found.slots["label"] == (None, "GPE")
    [found] = compared([stance(HARBOUR, "refused")], [])
    assert (found.what, found.slots["polarity"]) == ("removed", ("opposes", None))


def test_a_text_and_a_part_that_changed_are_told() -> None:
    old = gold.record(article(HARBOUR, id="a", split="train"))
    new = gold.record(article(HARBOUR + "More.", id="a", split="test"))
    [found] = changes(old, new)
    assert (found.kind, found.what) == ("article", "changed")
    assert found.slots["split"] == ("train", "test")
    assert "text_sha256" in found.slots


def test_articles_come_and_go() -> None:
    row = gold.record(article(HARBOUR, id="a"))
    assert [each.what for each in changes(None, row)] == ["added"]
    assert [each.what for each in changes(row, None)] == ["removed"]


KEYS = st.sets(st.sampled_from("abcdefgh"))


@given(KEYS, KEYS)
def test_two_streams_are_walked_side_by_side(first: set[str], second: set[str]) -> None:
    pairs = merged([(key, {"id": key}) for key in sorted(first)], [(key, {"id": key}) for key in sorted(second)])
    found = [((old or {}).get("id"), (new or {}).get("id")) for old, new in pairs]
    wanted = [(key if key in first else None, key if key in second else None) for key in sorted(first | second)]
    assert found == wanted


def test_a_summary_counts_by_kind() -> None:
    summary = Summary()
    summary.add(compared([FRANCE], [ITALY]))
    summary.add([])
    assert summary.rows() == [("entity", 1, 1, 0)]
    assert (summary.articles, summary.same) == (2, 1)
