"""Foreign labels find their counterparts in the scheme, or none."""

import pytest

from tests.builders import HARBOUR, entity, layer
from workbench.core.labels import Labels, guess, relabelled
from workbench.core.scheme import Scheme
from workbench.services.resources import default_scheme
from workbench.settings import resource_root


@pytest.fixture(scope="module")
def scheme() -> Scheme:
    return default_scheme(resource_root())


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("PER", "PERSON"), ("person", "PERSON"), ("B-PER", "PERSON"), ("Politician", "PERSON"), ("LOCATION", "LOC"),
        ("organisation", "ORG"), ("ORGANIZATION", "ORG"), ("country", "GPE"), ("MISC", None), ("PRODUCT", None),
        ("http://example.org/ns#Person", "PERSON"), ("", None), ("Persons", "PERSON"), ("TIME", "DATE"),
    ],
)  # fmt: skip
def test_a_foreign_label_is_guessed_by_its_name(scheme: Scheme, theirs: str, ours: str | None) -> None:
    assert guess(theirs, scheme) == ours


def test_every_label_of_the_scheme_is_itself(scheme: Scheme) -> None:
    assert all(guess(label.name, scheme) == label.name for label in scheme.labels)


def test_what_was_decided_goes_before_what_is_guessed(scheme: Scheme) -> None:
    labels = Labels(scheme, {"PER": "ROLE", "ORG": None})
    assert [labels.of(each) for each in ("PER", "ORG", "LOC")] == ["ROLE", None, "LOC"]


def test_a_relabelled_layer_tells_what_changed_and_what_was_left_out(scheme: Scheme) -> None:
    here = layer("a", entity(HARBOUR, "France", "country"), entity(HARBOUR, "Italy", "MISC", "e2"))
    found, changed, left = relabelled(here, Labels(scheme, {}))
    assert [each.label for each in found.entities] == ["GPE"]
    assert (changed, [each.id for each in left]) == (1, ["e2"])
