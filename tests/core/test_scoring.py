from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from workbench.core import scheme as schemes
from workbench.core.annotation import By, Entity, Frame, Layer, Region, Span, layer_of
from workbench.core.measures import Tally
from workbench.core.mistakes import mistakes
from workbench.core.scores import Case, Cell, Scores, Silence
from workbench.core.scoring import match, score

SCHEME = schemes.parse((Path(__file__).parents[2] / "seeds/schemes/coalition.toml").read_bytes())
TEXT = "Norway will send trainers. Oslo said so.\nSpain waits for the vote."


def entity(
    start: int, end: int, label: str, actor: str | None = None, *flags: str, score: float | None = None
) -> Entity:
    return Entity(f"e{start}", start, end, label, actor, flags=flags, by=By(score=score))


def commitment(start: int, end: int, score: float | None = None, **slots: Any) -> Frame:
    known = {"actor": "Norway", "type": "training", "status": "announced", "evidence": Span(start, end)} | slots
    return Frame("commitment", f"c{start}", known, by=By(score=score))


def stance(start: int, end: int, **slots: Any) -> Frame:
    known = {"holder": "Spain", "target": "participation", "polarity": "undecided", "evidence": Span(start, end)}
    return Frame("stance", f"s{start}", known | slots)


def case(gold: list[Any], predicted: list[Any], alt: dict[str, Any] | None = None, regions: Any = ()) -> Case:
    alternatives: Any = {"commitment": {"c0": alt or {}}, "stance": {"s41": alt or {}}}
    return Case("a", TEXT, layer_of("gold", gold), layer_of("model", predicted), alternatives, regions)


def scored(*args: Any, **more: Any) -> Scores:
    return score([case(*args, **more)], SCHEME, draws=0)


def tally(scores: Scores, name: str) -> Tally:
    return scores.figures[name].tally


def test_an_entity_counts_only_with_its_span_and_label() -> None:
    gold = [entity(0, 6, "GPE"), entity(27, 31, "GPE"), entity(41, 46, "GPE"), entity(17, 25, "ROLE")]
    predicted = [entity(0, 6, "GPE"), entity(27, 31, "ORG"), entity(41, 50, "GPE"), entity(7, 11, "DATE")]
    scores = scored(gold, predicted)
    assert tally(scores, "entities.core") == Tally(1, 4, 3)
    assert tally(scores, "entities.core.partial") == Tally(2, 4, 3)
    assert tally(scores, "entities.extended") == Tally(0, 0, 1)
    assert [(row.label, row.exact, row.partial) for row in scores.labels] == [
        ("GPE", Tally(1, 2, 3), Tally(2, 2, 3)),
        ("ORG", Tally(0, 1, 0), Tally(0, 1, 0)),
        ("DATE", Tally(0, 1, 0), Tally(0, 1, 0)),
        ("ROLE", Tally(0, 0, 1), Tally(0, 0, 1)),
    ]
    assert scores.label_confusion == (
        Cell("GPE", "GPE", 2),
        Cell("GPE", "ORG", 1),
        Cell("ROLE", "–", 1),
        Cell("–", "DATE", 1),
    )


def test_credits_and_boilerplate_are_no_question_on_either_side() -> None:
    gold = [entity(0, 6, "GPE"), entity(27, 31, "ORG", None, "credit")]
    predicted = [entity(0, 6, "GPE"), entity(27, 34, "PERSON"), entity(41, 46, "GPE", None, "boilerplate")]
    assert tally(scored(gold, predicted), "entities.core") == Tally(1, 1, 1)


def test_what_touches_only_a_boilerplate_region_is_left_out() -> None:
    region = Region(41, 66, "boilerplate")
    found = scored([entity(0, 6, "GPE")], [entity(0, 6, "GPE"), entity(41, 46, "GPE")], regions=(region,))
    assert tally(found, "entities.core") == Tally(1, 1, 1)


def test_a_gold_entity_that_a_reader_calls_boilerplate_is_missed() -> None:
    found = scored([entity(0, 6, "GPE")], [entity(0, 6, "GPE", None, "boilerplate")])
    assert tally(found, "entities.core") == Tally(0, 0, 1)


def test_links_are_judged_on_spans_that_were_found_whatever_their_label() -> None:
    gold = [
        entity(0, 6, "GPE", "Norway"),
        entity(27, 31, "GPE", "Norway"),
        entity(41, 46, "GPE"),
        entity(57, 65, "EVENT", "X"),
    ]
    predicted = [entity(0, 6, "ORG", "norway"), entity(27, 31, "GPE", "Oslo"), entity(41, 46, "GPE", "Spain")]
    scores = scored(gold, predicted)
    assert tally(scores, "linking") == Tally(1, 2, 2)
    assert tally(scores, "unlinked") == Tally(0, 1, 1)


def test_a_frame_pairs_from_an_evidence_overlap_of_three_tenths() -> None:
    # 6 of 20 characters are shared: 0.3; of 21 characters: 0.286.
    assert tally(scored([commitment(0, 20)], [commitment(14, 20)]), "commitments.strict") == Tally(1, 1, 1)
    assert tally(scored([commitment(0, 21)], [commitment(15, 21)]), "commitments.strict") == Tally(0, 1, 1)


def test_frames_pair_one_to_one() -> None:
    found = scored([commitment(0, 25)], [commitment(0, 25), commitment(0, 24)])
    assert tally(found, "commitments.strict") == Tally(1, 2, 1)


def test_of_two_equal_places_the_one_with_the_same_status_is_the_partner() -> None:
    gold = [commitment(0, 25, status="offered")]
    twins = [commitment(0, 25), Frame("commitment", "c9", commitment(0, 25, status="offered").slots)]
    assert tally(scored(gold, twins), "commitments.status.strict") == Tally(1, 1, 1)


def test_alternatives_count_only_in_lenient_mode() -> None:
    predicted = [commitment(0, 25, type="unspecified", status="offered", actor="NATO")]
    alt = {"type": ("unspecified",), "status": ("offered",), "actor": ("NATO",)}
    scores = scored([commitment(0, 25)], predicted, alt)
    assert tally(scores, "commitments.strict") == Tally(0, 1, 1)
    assert tally(scores, "commitments.status.strict") == Tally(0, 0, 0)
    assert tally(scores, "commitments.lenient") == Tally(1, 1, 1)
    assert tally(scores, "commitments.status.lenient") == Tally(1, 1, 1)
    [row] = [row for row in scores.frames["commitment"].values["type"] if row.value == "training"]
    assert (row.strict.found, row.lenient.found, row.lenient.gold, row.lenient.predicted) == (0, 1, 1, 0)


def test_a_wrong_status_keeps_the_pair_and_loses_the_whole() -> None:
    scores = scored([commitment(0, 25)], [commitment(0, 25, status="offered")])
    assert tally(scores, "commitments.strict") == Tally(1, 1, 1)
    assert tally(scores, "commitments.status.strict") == Tally(0, 1, 1)
    assert tally(scores, "commitments.whole.strict") == Tally(0, 1, 1)
    assert scores.frames["commitment"].confusions["status"] == (Cell("announced", "offered", 1),)


def test_a_near_miss_shows_in_the_confusion_of_targets() -> None:
    gold = [stance(41, 66), stance(0, 25, holder="Norway", target="actor:Spain")]
    predicted = [stance(41, 60, target="coalition"), stance(27, 40)]
    scores = scored(gold, predicted)
    assert tally(scores, "stances.lenient") == Tally(0, 2, 2)
    assert scores.frames["stance"].confusions["target"] == (
        Cell("actor:…", "–", 1),
        Cell("participation", "coalition", 1),
        Cell("–", "participation", 1),
    )


def test_slots_are_judged_on_pairs() -> None:
    gold = [commitment(0, 25, quantity=Span(17, 25), partial=True, speaker="Oslo"), commitment(41, 66, actor="Spain")]
    predicted = [
        commitment(0, 25, quantity=Span(17, 22), partial=False, speaker="OSLO", condition=Span(0, 6)),
        commitment(41, 66, actor="Spain"),
    ]
    slots = scored(gold, predicted).frames["commitment"].slots
    assert (slots["quantity"].right, slots["quantity"].exact, slots["quantity"].gold) == (1, 0, 1)  # 5 of 8 shared
    assert (slots["partial"].agreed, slots["partial"].right, slots["partial"].gold) == (1, 0, 1)
    assert (slots["speaker"].agreed, slots["speaker"].right) == (2, 1)
    assert (slots["condition"].agreed, slots["condition"].predicted, slots["condition"].gold) == (1, 1, 0)


def test_proposals_where_nothing_is_said_are_counted_apart() -> None:
    quiet = Case("b", "Nothing here.\nNor here.", Layer(""), layer_of("model", [commitment(0, 8)]))
    scores = score([case([commitment(0, 25)], [commitment(0, 25), stance(41, 60)]), quiet], SCHEME, draws=0)
    assert scores.silent_articles == Silence(1, 1, 1, 0)
    assert scores.silent_paragraphs == Silence(3, 2, 1, 1)


def test_certainty_is_held_against_what_was_right() -> None:
    predicted = [
        commitment(0, 25, 0.9, status="offered"),
        entity(0, 6, "GPE", score=0.6),
        entity(7, 11, "GPE", score=0.6),
    ]
    tables = scored([commitment(0, 25), entity(0, 6, "GPE")], predicted).reliability
    assert tables["commitments"].error == 0.9
    assert abs((tables["entities"].error or 0) - 0.1) < 1e-9
    assert tables["stances"].error is None


def test_each_mistake_stands_in_its_sentence() -> None:
    gold = [entity(0, 6, "GPE", "Norway"), entity(27, 31, "GPE"), commitment(0, 25, quantity=Span(17, 25))]
    predicted = [entity(0, 6, "GPE", "Spain"), entity(27, 36, "ORG"), commitment(0, 25), stance(41, 65)]
    found = [(each.kind, each.fault, each.sentence) for each in mistakes(match(case(gold, predicted)), SCHEME)]
    assert found == [
        ("entity", "wrong boundary and label", "Oslo said so."),
        ("link", "wrong actor", "Norway will send trainers."),
        ("commitment", "slot quantity", "Norway will send trainers."),
        ("stance", "not in the gold", "Spain waits for the vote."),
    ]


FRAMES = st.lists(
    st.builds(
        lambda start, length, actor, status: commitment(start, start + length, actor=actor, status=status),
        st.integers(0, 50),
        st.integers(1, 16),
        st.sampled_from(["Norway", "Spain"]),
        st.sampled_from(["offered", "announced"]),
    ),
    max_size=7,
)


@given(FRAMES, FRAMES)
def test_when_the_readings_change_places_precision_and_recall_do(gold: list[Frame], predicted: list[Frame]) -> None:
    here, there = scored(gold, predicted), scored(predicted, gold)
    for name in ("commitments.strict", "commitments.lenient"):
        right, found, asked = tally(here, name)
        assert tally(there, name) == Tally(right, asked, found)


@given(FRAMES)
def test_any_reading_against_itself_is_faultless(frames: list[Frame]) -> None:
    scores = scored(frames, frames)
    count = len(frames)
    assert tally(scores, "commitments.whole.strict") == Tally(count, count, count)


def test_gold_against_itself_is_faultless() -> None:
    gold = [entity(0, 6, "GPE", "Norway"), commitment(0, 25), stance(41, 65)]
    scores = scored(gold, gold)
    assert all(figure.tally.right == figure.tally.gold == figure.tally.predicted for figure in scores.figures.values())
    assert not list(mistakes(match(case(gold, gold)), SCHEME))
