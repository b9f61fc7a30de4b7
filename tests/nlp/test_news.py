"""Ordinary wordings of news: who would give what, in clauses that the parser or the wording makes hard."""

import pytest

from tests.nlp.proposing import commitments, stances


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("India declined to join the US-led coalition.", ("India", "unspecified", "ruled_out")),
        ("Rome said it would take part in the stabilisation force.", ("Italy", "unspecified", "announced")),
        ("Tokyo has decided against sending minesweepers.", ("Japan", "maritime", "ruled_out")),
        (
            "Ireland's cabinet will decide next week whether to send peacekeepers.",
            ("Ireland", "troops_ground", "under_consideration"),
        ),
        ("Britain has to decide whether it will send ships.", ("United Kingdom", "maritime", "under_consideration")),
        (
            "A decision on whether to send ships will be made next week, Dutch Prime Minister Dick Schoof said.",
            ("Netherlands", "maritime", "under_consideration"),
        ),
        (
            "She would not be drawn on how many jets Britain would send.",
            ("United Kingdom", "air_support", "under_consideration"),
        ),
        ("Jordan's King Abdullah said his country would help train police.", ("Jordan", "training", "announced")),
        ("Italy said it could help monitor the truce.", ("Italy", "police_civilian", "offered")),
        (
            "Denmark said it was open to having Danish soldiers take part in the force.",
            ("Denmark", "troops_ground", "offered"),
        ),
        ("Estonia is ready to contribute up to one company of troops.", ("Estonia", "troops_ground", "offered")),
        ("Romania will act as a logistics hub.", ("Romania", "logistics", "announced")),
        ("Poland will let allies use its bases.", ("Poland", "logistics", "announced")),
        (
            "Senegal is among several West African nations that have offered troops.",
            ("Senegal", "troops_ground", "offered"),
        ),
        ("Sweden's latest package includes 18 Archer howitzers.", ("Sweden", "weapons_ammunition", "announced")),
        ("Sending troops is not on the table, Giorgia Meloni said.", ("Italy", "troops_ground", "ruled_out")),
        ("The last French soldiers left Senegal on Thursday.", ("France", "troops_ground", "withdrawn")),
        ("The US said it would end its funding for the mission.", ("United States", "financing", "withdrawn")),
        ("No Americans would set foot in Gaza, a US official said.", ("United States", "troops_ground", "ruled_out")),
        ("Two frigates will be sent, the Spanish defence ministry said.", ("Spain", "maritime", "announced")),
        (
            "Norway's contribution of troops is under discussion.",
            ("Norway", "troops_ground", "under_consideration"),
        ),
        (
            "Germany's cabinet approved a plan to station a brigade in Lithuania.",
            ("Germany", "troops_ground", "announced"),
        ),
    ],
)  # fmt: skip
def test_a_contribution_is_read_with_its_actor_type_and_status(text: str, found: tuple[str, str, str]) -> None:
    assert found in commitments(text)


def test_a_name_that_the_parser_put_into_the_clause_before_is_the_subject_of_its_verb() -> None:
    found = commitments("Vilnius has offered soldiers and Riga has offered drones.")
    assert found == {("Lithuania", "troops_ground", "offered"), ("Latvia", "weapons_ammunition", "offered")}


def test_an_answer_without_words_for_what_is_given_means_what_was_asked_for() -> None:
    asked = "The Philippines has asked Japan and Australia to send ships. "
    found = commitments(asked + "Canberra said it would consider the request, while Tokyo has already agreed.")
    assert {("Australia", "maritime", "under_consideration"), ("Japan", "maritime", "announced")} <= found


def test_officers_are_police_where_the_article_speaks_of_police() -> None:
    assert commitments("Kenya will send police. It pledged 300 more officers.") >= {
        ("Kenya", "police_civilian", "announced")
    }


@pytest.mark.parametrize(
    "text",
    [
        "Ukraine's allies have agreed to provide security guarantees.",
        "The envoy told ABC radio that ships are for parades.",
        "The UN is monitoring the situation.",
    ],
)
def test_what_is_anothers_or_no_contribution_is_no_commitment(text: str) -> None:
    assert commitments(text) == set()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Israel will not allow Turkish soldiers into Gaza.", ("Israel", "troop_deployment", "opposes")),
        ("Mogadishu said Ethiopian troops were no longer welcome.", ("Somalia", "troop_deployment", "opposes")),
        (
            "Ethiopia objected to Egyptian troops being deployed in Somalia.",
            ("Ethiopia", "troop_deployment", "opposes"),
        ),
        (
            "The Kremlin said any Western contingent would be treated as a legitimate target.",
            ("Russia", "troop_deployment", "opposes"),
        ),
    ],
)
def test_a_position_on_anothers_troops_is_a_stance(text: str, found: tuple[str, str, str]) -> None:
    assert found in stances(text)
