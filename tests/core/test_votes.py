"""How reviewers divided over an article."""

from tests.builders import HARBOUR, article, commitment, entity, layer, stance
from workbench.core.votes import soft
from workbench.formats import gold


def votes(*layers, found=()):
    return soft(gold.record(article(HARBOUR, *found, id="a", layers=tuple(layers))))


FRANCE = entity(HARBOUR, "France")


def test_one_reading_is_no_vote() -> None:
    assert votes(layer("r1", FRANCE), found=[FRANCE]) is None


def test_labels_are_counted_most_frequent_first() -> None:
    other = entity(HARBOUR, "France", "NORP")
    found = votes(layer("r1", other), layer("r2", FRANCE), layer("r3", FRANCE), found=[FRANCE])
    assert found["reviewers"] == ["r1", "r2", "r3"]
    assert found["entities"] == [
        {"id": "e1", "for": 3, "of": 3, "label": {"GPE": 2, "NORP": 1}, "actor": {"": 3}},
    ]


def test_who_has_nothing_there_is_not_for_it() -> None:
    [found] = votes(layer("r1"), layer("r2", FRANCE), found=[FRANCE])["entities"]
    assert (found["for"], found["of"], found["label"]) == (1, 2, {"GPE": 1})


def test_slots_of_frames_are_counted_by_their_evidence() -> None:
    gold_one = commitment(HARBOUR, "offered two frigates")
    near = commitment(HARBOUR, "offered two frigates to the", id="c7", status="pledged")
    far = stance(HARBOUR, "refused to send ships")
    found = votes(layer("r1", near, far), layer("r2", gold_one), found=[gold_one, far])
    assert found["commitments"][0]["status"] == {"offered": 1, "pledged": 1}
    assert found["stances"][0]["for"] == 1


def test_two_who_give_the_same_have_a_vote_each_though_their_evidence_is_one() -> None:
    both = "offered two frigates"
    france, italy = (commitment(HARBOUR, both, id=f"c{n}", actor=name) for n, name in ((1, "France"), (2, "Italy")))
    alone = commitment(HARBOUR, both, id="c9", actor="Italy", status="pledged")
    found = votes(layer("r1", italy, france), layer("r2", alone), found=[france, italy])["commitments"]
    assert [(each["for"], each["actor"]) for each in found] == [(1, {"France": 1}), (2, {"Italy": 2})]
    assert found[1]["status"] == {"offered": 1, "pledged": 1}
