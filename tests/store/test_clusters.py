"""Signatures of many articles: the likely ones are found, and what was taken back is forgotten."""

import random
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from workbench.core.clusters import NEAR, overlap
from workbench.core.signatures import signature
from workbench.store.clusters import Neighbours

SEEDS = Path(__file__).parents[2] / "seeds" / "articles"


@pytest.fixture
def neighbours() -> Iterator[Neighbours]:
    with closing(Neighbours()) as made:
        yield made


def words(first: int, count: int) -> str:
    return " ".join(f"word{number}" for number in range(first, first + count))


def test_of_the_seeds_the_near_ones_are_likely_and_hardly_any_other(neighbours: Neighbours) -> None:
    found = set()
    for path in sorted(SEEDS.glob("*.txt")):
        mark = signature(path.read_bytes().decode())
        found |= {frozenset((path.stem, each)) for each in neighbours.likely(mark)}
        neighbours.add(path.stem, path.stem, mark)
    pairs = [
        ("haiti-mission-regional-reprint", "haiti-mission-wire"),
        ("red-sea-escort-wire", "red-sea-escort-wire-update"),
    ]
    assert set(map(frozenset, pairs)) <= found
    assert len(found) < 5


def test_texts_that_share_a_little_more_than_a_quarter_are_found_among_thousands(neighbours: Neighbours) -> None:
    chance = random.Random(3)
    texts = [" ".join(f"w{chance.randrange(10**6)}" for _ in range(300)) for _ in range(300)]
    for number, text in enumerate(texts):
        neighbours.add(str(number), "c", signature(text))
    later = [" ".join([*text.split()[:130], *(f"w{chance.randrange(10**6)}" for _ in range(170))]) for text in texts]
    assert all(NEAR < overlap(*pair) < 0.3 for pair in zip(texts, later, strict=True))
    missed = [number for number, text in enumerate(later) if str(number) not in neighbours.likely(signature(text))]
    assert len(missed) < 3


@pytest.mark.parametrize("text", ["x", "……", "🇵🇱 " * 3, "two words", words(0, 8), words(0, 35), words(0, 36)])
def test_a_text_of_any_length_is_found_again_under_its_cluster(neighbours: Neighbours, text: str) -> None:
    neighbours.add("other", "other", signature(words(1000, 300)))
    neighbours.add("one", "“its” cluster\n", signature(text))
    assert neighbours.likely(signature(text)) == {"one": "“its” cluster\n"}


def test_the_likeliest_comes_first(neighbours: Neighbours) -> None:
    neighbours.add("half", "half", signature(words(0, 100)))
    neighbours.add("whole", "whole", signature(words(0, 200)))
    assert list(neighbours.likely(signature(words(0, 200)))) == ["whole", "half"]


def test_what_is_taken_back_is_likely_no_more_and_what_came_before_is(neighbours: Neighbours) -> None:
    neighbours.add("kept", "kept", signature(words(0, 300)))
    count = neighbours.count
    for number in range(5):
        neighbours.add(f"gone-{number}", "gone", signature(words(number, 300)))
    neighbours.forget(count)
    neighbours.add("new", "new", signature(words(2, 300)))
    assert set(neighbours.likely(signature(words(1, 300)))) == {"kept", "new"}


def test_of_a_text_that_came_very_often_only_the_newest_are_likely(neighbours: Neighbours) -> None:
    mark = signature(words(0, 300))
    for number in range(500):
        neighbours.add(str(number), "c", mark)
    assert set(neighbours.likely(mark)) == {str(number) for number in range(436, 500)}
