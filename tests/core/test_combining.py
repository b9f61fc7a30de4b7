"""Two readings of one article made one."""

import pytest

from tests.builders import HARBOUR, commitment, entity, layer, stance
from workbench.core.combining import Rule, combined

FRANCE, ITALY = entity(HARBOUR, "France"), entity(HARBOUR, "Italy", id="e2")
NAMED = entity(HARBOUR, "France offered", "NORP", "e7")
OFFER, REFUSAL = commitment(HARBOUR, "offered two frigates"), stance(HARBOUR, "refused to send ships")
A = layer("a", FRANCE, OFFER)
B = layer("b", FRANCE, NAMED, ITALY, OFFER, REFUSAL)


@pytest.mark.parametrize(
    ("rule", "entities", "frames"),
    [
        ("union", [("GPE", 0), ("NORP", 0), ("GPE", 51)], 2),
        ("intersection", [("GPE", 0)], 1),
        ("prefer", [("GPE", 0), ("GPE", 51)], 2),
    ],
)
def test_a_rule_says_what_is_kept(rule: Rule, entities: list[tuple[str, int]], frames: int) -> None:
    found = combined(A, B, rule, "both@1")
    assert [(each.label, each.start) for each in found.entities] == entities
    assert len(found.stances) + len(found.commitments) == frames
    assert found.author == "both@1"
    assert [each.id for each in found.entities] == [f"e{n}" for n in range(1, len(entities) + 1)]


@pytest.mark.parametrize("rule", ["union", "intersection", "prefer"])
def test_a_layer_with_itself_is_itself(rule: Rule) -> None:
    found = combined(B, B, rule, "b")
    assert len(found.objects) == len(B.objects)
