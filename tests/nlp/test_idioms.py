"""Commitments and stances that are worded in whole constructions, and how the component keeps its words."""

from pathlib import Path

import spacy

from tests.nlp.proposing import commitments, stances, suggester
from workbench.nlp.lexicon import hits, read
from workbench.settings import resource_root


def test_a_deployment_that_hinges_on_a_backstop_is_two_commitments() -> None:
    text = "Any Dutch deployment to Ukraine would depend on an American backstop."
    assert commitments(text) == {
        ("Netherlands", "troops_ground", "conditional"),
        ("United States", "security_guarantee", "requested"),
    }


def test_only_if_is_a_request_by_who_says_so() -> None:
    text = "Emmanuel Macron said the plan could only work if the US provides air cover."
    assert commitments(text) == {("United States", "air_support", "requested")}
    assert ("Emmanuel Macron", "coalition", "conditional") in stances(text)


def test_waiting_for_somebody_to_act_is_a_request_and_undecided() -> None:
    text = "Norway is waiting for Germany to offer jets."
    assert commitments(text) == {("Germany", "air_support", "requested")}
    assert stances(text) == {("Norway", "participation", "undecided")}


def test_a_headquarters_is_given_by_the_state_that_hosts_it() -> None:
    text = "The headquarters of the force will be based in Paris."
    assert commitments(text) == {("France", "hq_command", "announced")}


def test_letting_others_use_what_is_ones_own_is_ones_own() -> None:
    text = "Djibouti has agreed to let the ships refuel at its port."
    assert commitments(text) == {("Djibouti", "logistics", "announced")}


def test_a_request_that_is_declined_is_ruled_out_by_who_declines() -> None:
    text = "Brazil declined an invitation to join the mission."
    assert commitments(text) == {("Brazil", "unspecified", "ruled_out")}


def test_a_plan_that_is_frozen_is_withdrawn() -> None:
    text = "Spain has frozen plans to send 300 soldiers to Lebanon."
    assert commitments(text) == {("Spain", "troops_ground", "withdrawn")}


def test_no_longer_is_withdrawn() -> None:
    text = "Iceland will no longer host the coalition's patrol planes."
    assert commitments(text) == {("Iceland", "logistics", "withdrawn")}


def test_such_support_is_what_was_last_said_to_be_given() -> None:
    text = "Sweden wants Germany to send jets. Germany has refused to offer such support."
    assert ("Germany", "air_support", "ruled_out") in commitments(text)


def test_a_relative_clause_gives_its_head() -> None:
    text = "The soldiers that Norway has promised to send are ready."
    assert ("Norway", "troops_ground", "announced") in commitments(text)


def test_neither_nor_is_neutral() -> None:
    assert {polarity for _, _, polarity in stances("Nepal neither supports nor opposes the sanctions.")} == {"neutral"}


def test_no_position_is_neutral_and_no_position_yet_is_undecided() -> None:
    assert stances("Switzerland takes no position on the sanctions.") == {("Switzerland", "sanctions", "neutral")}
    text = "Mexico has not taken a position on the sanctions."
    assert stances(text) == {("Mexico", "sanctions", "undecided")}


def test_the_longest_words_count() -> None:
    lexicon = read(resource_root() / "seeds" / "patterns")
    doc = spacy.blank("en")("air-defence system")
    assert [
        hit.label for hit in hits(doc[:], [(each.lower_, each.lemma_.lower()) for each in doc], lexicon.things)
    ] == ["weapons_ammunition"]


def test_a_saved_component_keeps_its_scheme_and_its_words(tmp_path: Path) -> None:
    finder = suggester().nlp.get_pipe("workbench_frames")
    finder.to_disk(tmp_path / "frames")
    other = type(finder)("workbench_frames")
    other.from_disk(tmp_path / "frames")
    assert other.lexicon.tables == finder.lexicon.tables
    assert other.scheme == finder.scheme
