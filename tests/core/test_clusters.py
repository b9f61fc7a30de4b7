from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.core.clusters import NEAR, Clusters, overlap
from workbench.core.signatures import WIDTH, signature

SEEDS = Path(__file__).parents[2] / "seeds" / "articles"
PAIRS = [
    ("haiti-mission-wire", "haiti-mission-regional-reprint"),
    ("red-sea-escort-wire", "red-sea-escort-wire-update"),
]


def _texts() -> dict[str, str]:
    return {path.stem: path.read_bytes().decode() for path in sorted(SEEDS.glob("*.txt"))}


def test_the_near_duplicates_of_the_seeds_are_found_and_nothing_else() -> None:
    texts = _texts()
    clusters = Clusters(texts.__getitem__)
    found = {frozenset((key, each.key)) for key, text in texts.items() for each in clusters.add(key, text).near}
    assert found == {frozenset(pair) for pair in PAIRS}


def test_the_threshold_lies_far_from_pairs_and_from_strangers() -> None:
    texts = _texts()
    pairs = [overlap(texts[one], texts[other]) for one, other in PAIRS]
    strangers = [
        overlap(texts[one], texts[other])
        for one in texts
        for other in texts
        if one < other and {one, other} not in [set(pair) for pair in PAIRS]
    ]
    assert max(strangers) * 5 < NEAR < min(pairs)


def test_stored_signatures_rebuild_the_same_neighbours() -> None:
    texts = _texts()
    first = Clusters(texts.__getitem__)
    marks = {key: first.add(key, text).signature for key, text in texts.items() if not key.endswith("update")}
    again = Clusters(texts.__getitem__, marks.items())
    late = "red-sea-escort-wire-update"
    assert again.add(late, texts[late]) == first.add(late, texts[late])


def test_only_candidates_are_read() -> None:
    texts, asked = _texts(), []
    clusters = Clusters(lambda key: asked.append(key) or texts[key])  # type: ignore[func-returns-value]
    for key, text in texts.items():
        clusters.add(key, text)
    assert len(asked) < 5


def test_a_signature_is_the_same_in_every_version_and_on_every_machine() -> None:
    mark = signature("Benin and Jamaica pledge troops as Haiti mission races to replace Kenyans")
    assert len(mark) == WIDTH
    assert mark[:16].hex() == "1b78ba96bb6da87a187c9a6650b25cba"


@pytest.mark.parametrize("text", ["x", "……", "\ud800", "two words", "🇵🇱 " * 3])
def test_short_and_odd_texts_are_near_themselves(text: str) -> None:
    clusters = Clusters(lambda _: text)
    clusters.add("one", text)
    assert clusters.add("two", text).near == (("one", 1.0),)


@given(st.text(min_size=1), st.text(min_size=1))
@settings(max_examples=50, deadline=None)
def test_overlap_is_symmetric_and_bounded(one: str, other: str) -> None:
    assert 0 <= overlap(one, other) == overlap(other, one) <= 1
    assert overlap(one, one) == 1


def test_the_oldest_is_still_found_when_the_matrix_has_grown() -> None:
    texts = {str(number): " ".join(str(number * prime) for prime in range(1, 30)) for number in range(1, 1100)}
    clusters = Clusters(texts.__getitem__)
    for key, text in texts.items():
        clusters.add(key, text)
    assert clusters.add("again", texts["1"]).near[0] == ("1", 1.0)
