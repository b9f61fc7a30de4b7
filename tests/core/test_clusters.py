from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.core.clusters import NEAR, near, overlap
from workbench.core.signatures import WIDTH, signature, values

SEEDS = Path(__file__).parents[2] / "seeds" / "articles"
PAIRS = [
    {"haiti-mission-wire", "haiti-mission-regional-reprint"},
    {"red-sea-escort-wire", "red-sea-escort-wire-update"},
]
TEXTS = {path.stem: path.read_bytes().decode() for path in sorted(SEEDS.glob("*.txt"))}


def test_the_threshold_lies_far_from_pairs_and_from_strangers() -> None:
    pairs = [overlap(*map(TEXTS.__getitem__, pair)) for pair in PAIRS]
    strangers = [overlap(TEXTS[one], TEXTS[two]) for one, two in combinations(TEXTS, 2) if {one, two} not in PAIRS]
    assert max(strangers) * 5 < NEAR < min(pairs)


def test_the_texts_decide_and_the_nearest_comes_first() -> None:
    wire, update, stranger = "red-sea-escort-wire", "red-sea-escort-wire-update", "haiti-mission-wire"
    found = near(TEXTS[wire], [stranger, update, wire], TEXTS.__getitem__)
    assert [each.key for each in found] == [wire, update]
    assert found[0].overlap == 1


def test_no_more_texts_are_read_once_enough_are_near() -> None:
    asked: list[str] = []
    text = TEXTS["red-sea-escort-wire"]
    near(text, map(str, range(1000)), lambda key: asked.append(key) or text)  # type: ignore[func-returns-value]
    assert len(asked) < 10


def test_a_signature_is_the_same_in_every_version_and_on_every_machine() -> None:
    mark = signature("Benin and Jamaica pledge troops as Haiti mission races to replace Kenyans")
    assert len(mark) == WIDTH
    assert mark[:16].hex() == "538961b995530d8ec3b3d53b6a0d1c04"


def test_a_text_that_repeats_itself_has_as_many_values_as_one_that_does_not() -> None:
    once = " ".join(map(str, range(60)))
    assert values(signature(f"{once} {once} {once}")) == values(signature(f"{once} {once}"))
    assert len(values(signature("over and over " * 300 + once))) == 32


@pytest.mark.parametrize("text", ["x", "……", "\ud800", "two words", "🇵🇱 " * 3])
def test_short_and_odd_texts_are_near_themselves(text: str) -> None:
    assert near(text, ["one"], lambda _: text) == (("one", 1.0),)
    assert values(signature(text))


@given(st.text(min_size=1), st.text(min_size=1))
@settings(max_examples=50, deadline=None)
def test_overlap_is_symmetric_and_bounded(one: str, other: str) -> None:
    assert 0 <= overlap(one, other) == overlap(other, one) <= 1
    assert overlap(one, one) == 1
