"""Agreement: alpha against published worked examples and a library, pairs, intervals, the passages behind them."""

import random
from collections import Counter

import krippendorff
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import HARBOUR, commitment, entity, layer, stance
from workbench.core import scheme as schemes
from workbench.core.agreement import Article, agreement, differences, questions, tallies
from workbench.core.alpha import alpha, coincidences, units, with_interval
from workbench.settings import resource_root

SCHEME = schemes.parse((resource_root() / "seeds/schemes/coalition.toml").read_text("utf-8"))
FOUR = [
    "123321412...",
    "1233224125.3",
    ".3332342251.",
    "12332441251.",
]


def table(rows: list[str]) -> list[list[str | None]]:
    return [[None if value == "." else value for value in column] for column in zip(*rows, strict=True)]


@pytest.mark.parametrize(
    ("rows", "value"),
    [
        # Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", part A: two observers, binary data.
        (["0100000010", "1110010000"], 0.095),
        # The same, part B: two observers, nominal data.
        (["aabbdcccedda", "babbbccceddd"], 0.692),
        # The same, part C: four observers, nominal data with gaps.
        (FOUR, 0.743),
    ],
)
def test_alpha_is_what_krippendorff_worked_out(rows: list[str], value: float) -> None:
    assert alpha(units(table(rows))) == pytest.approx(value, abs=0.0005)


def test_coincidences_are_those_of_the_worked_example() -> None:
    cells = coincidences(units(table(FOUR)))
    assert sum(cells.values()) == pytest.approx(40)
    assert (cells["1", "1"], cells["1", "2"], cells["2", "2"]) == (pytest.approx(7), pytest.approx(4 / 3), 10)


@given(st.lists(st.lists(st.sampled_from(["a", "b", "c", None]), min_size=3, max_size=3), min_size=2, max_size=20))
def test_alpha_is_what_the_library_says(rows: list[list[str | None]]) -> None:
    ours = alpha(units(rows))
    values = [[{"a": 0, "b": 1, "c": 2, None: np.nan}[value] for value in row] for row in rows]
    if ours is not None:
        theirs = krippendorff.alpha(np.array(values).T, level_of_measurement="nominal")
        assert ours == pytest.approx(theirs)
        assert ours <= 1


def test_alike_values_and_single_readings_give_no_alpha() -> None:
    assert alpha(units([["a", "a"], ["a", "a"]])) is None
    assert alpha(units([["a", None], [None, "b"]])) is None


def test_the_interval_holds_the_value_is_seeded_and_narrows_with_more_articles() -> None:
    chance = random.Random(3)

    def article() -> Counter[tuple[str, ...]]:
        rows = [(chance.choice("abc"), chance.choice("abc")) for _ in range(10)]
        return units([(a, b if chance.random() < 0.4 else a) for a, b in rows])

    few, many = [article() for _ in range(6)], [article() for _ in range(150)]
    found, wide = with_interval(many), with_interval(few)
    assert found == with_interval(many)
    assert found.low < found.value < found.high
    assert found.high - found.low < wide.high - wide.low
    assert with_interval(few[:1]).low is None


MIA = layer(
    "r1",
    entity(HARBOUR, "France", "GPE", "e1", actor="France", actor_id="state:FRA"),
    entity(HARBOUR, "Italy", "GPE", "e2"),
    commitment(HARBOUR, "offered two frigates"),
    stance(HARBOUR, "refused to send ships"),
)
NOOR = layer(
    "r2",
    entity(HARBOUR, "France", "ORG", "e1", actor="France", actor_id="org:france"),
    entity(HARBOUR, "Italy", "GPE", "e2"),
    entity(HARBOUR, "harbour watch", "ORG", "e9"),
    commitment(HARBOUR, "offered two frigates", status="promised"),
)


def test_two_readings_are_counted_alike_from_either_side() -> None:
    there, back = tallies(MIA, NOOR, SCHEME), tallies(NOOR, MIA, SCHEME)
    assert there["entities.core"].f1 == back["entities.core"].f1 == pytest.approx(2 / 5)
    assert there["commitments.strict"] == (1, 1, 1)
    assert there["commitments.whole.strict"].right == 0
    assert there["stances.strict"] == (0, 0, 1)


def test_each_question_counts_its_own_units() -> None:
    asked = questions(Article("a", HARBOUR, {"r1": MIA, "r2": NOOR}))
    assert asked["entities"]["GPE", "ORG"] == 1
    assert asked["entities"]["ORG", "–"] == 2
    assert asked["entities.GPE"]["GPE", "–"] == 1
    assert asked["linking"] == {("org:france", "state:FRA"): 1}
    assert asked["commitments.status"] == {("offered", "promised"): 1}
    assert "stances.polarity" not in asked


def test_people_are_compared_over_what_both_have_read() -> None:
    other = layer("r3", entity(HARBOUR, "Italy", "GPE", "e2"))
    articles = [
        Article("a", HARBOUR, {"r1": MIA, "r2": NOOR}),
        Article("b", HARBOUR, {"r1": MIA, "r3": other}),
        Article("c", HARBOUR, {"r2": NOOR}),
    ]
    found = agreement(articles, SCHEME, draws=50)
    assert found.articles == 2
    assert [(pair.left, pair.right, pair.articles) for pair in found.pairs] == [("r1", "r2", 1), ("r1", "r3", 1)]
    assert found.alphas["entities"].units > 20


def test_a_reading_agrees_with_itself() -> None:
    found = agreement([Article(key, HARBOUR, {"r1": MIA, "r2": MIA}) for key in "ab"], SCHEME, draws=50)
    assert found.alphas["entities"].value == 1
    [pair] = found.pairs
    assert {name: figure.tally.f1 for name, figure in pair.figures.items() if figure.tally.gold} == dict.fromkeys(
        [name for name, figure in pair.figures.items() if figure.tally.gold], 1
    )


def test_the_passages_behind_a_figure_are_named() -> None:
    article = Article("a", HARBOUR, {"r1": MIA, "r2": NOOR})
    assert [each.values for each in differences(article, "entities.ORG")] == [
        {"r1": "GPE", "r2": "ORG"},
        {"r1": "–", "r2": "ORG"},
    ]
    [status] = differences(article, "commitments.status")
    assert HARBOUR[slice(*status.span)] == "offered two frigates"
    assert status.values == {"r1": "offered", "r2": "promised"}


def test_stretches_with_another_edge_or_another_label_are_told_apart() -> None:
    wide = layer("r3", entity(HARBOUR, "the harbour watch", "ORG", "e9"))
    narrow = layer("r4", entity(HARBOUR, "harbour watch", "ORG", "e9"))
    found = agreement([Article(key, HARBOUR, {"r3": wide, "r4": narrow}) for key in "ab"], SCHEME, draws=50)
    assert 0 < (found.alphas["units"].value or 0) < 1
    assert (found.alphas["units.ORG"].units, found.alphas["units.ORG"].unlike) == (4, 4)
    [off] = differences(Article("a", HARBOUR, {"r3": wide, "r4": narrow}), "units")
    assert set(off.values.values()) == {"ORG 31–48", "ORG 35–48"}
