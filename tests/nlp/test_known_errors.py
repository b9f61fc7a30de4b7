"""What was once read wrongly on unseen articles: each case stands for a rule, in words of its own."""

import pytest

from tests.nlp.proposing import commitments, stances
from tests.nlp.reading import actor, labelled


@pytest.mark.parametrize(
    ("text", "words", "label"),
    [
        ("Tankers wait in Hormuz as Hormuz stays closed.", "Hormuz", "LOC"),
        ("Bab el-Mandeb is blocked.", "Bab el-Mandeb", "LOC"),
        ("Rafah was shelled again, and Rafah officials fled.", "Rafah", "GPE"),
        ("Settlers in the West Bank fought.", "West Bank", "GPE"),
        ("West Bank leaders protested.", "West Bank", "GPE"),
        ("Finland handed over two minesweepers on Monday.", "two", "QUANTITY"),
        ("Spain will have 300 soldiers there by 2027.", "2027", "DATE"),
        ("The mission will stay beyond 2028.", "2028", "DATE"),
    ],
)
def test_places_numbers_and_years_are_told_from_their_lookalikes(text: str, words: str, label: str) -> None:
    assert (words, label) in labelled(text)


def test_a_surname_that_is_also_a_town_stays_a_person() -> None:
    text = "Anna Lincoln came to Rome. Lincoln spoke first."
    assert ("Lincoln", "PERSON") in labelled(text)


@pytest.mark.parametrize(
    ("text", "words", "wanted"),
    [
        ("King Abdullah of Jordan said no.", "Abdullah", "Abdullah II of Jordan"),
        ("The National Assembly will vote on whether Kenya sends police.", "National Assembly", "National Assembly"),
        ("France waits: the National Assembly votes on Monday.", "National Assembly", "National Assembly (France)"),
    ],
)
def test_names_that_many_bear_are_linked_by_where_they_stand(text: str, words: str, wanted: str) -> None:
    assert actor(text, words) == wanted


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("King Otmar of Norway said his country would send troops.", ("Norway", "troops_ground", "announced")),
        ("Defence Minister Ana Ruiz of Spain refused to send a second ship.", ("Spain", "maritime", "ruled_out")),
        ("Denmark has asked Brazil to take over the lead of the mission.", ("Brazil", "hq_command", "requested")),
        ("Portugal plans to keep a corvette in the strait.", ("Portugal", "maritime", "announced")),
        ("Slovenia is running the control tower at the airport.", ("Slovenia", "logistics", "delivered")),
        ("Slovak soldiers will stay at home.", ("Slovakia", "troops_ground", "ruled_out")),
        ("Nigeria will send 1,500 soldiers, Senegal and Ghana 700 each.", ("Ghana", "troops_ground", "announced")),
        ("Canada and Chile will take part in joint naval patrols.", ("Chile", "maritime", "announced")),
        ("Turkey has offered to patrol the Black Sea.", ("Turkey", "maritime", "offered")),
        ("Jakarta said it was ready to deploy if asked.", ("Indonesia", "troops_ground", "conditional")),
        ("Czech instructors are training a second brigade.", ("Czech Republic", "training", "delivered")),
        ("Germany promised €3 million for field hospitals.", ("Germany", "humanitarian_reconstruction", "announced")),
        ("Australia will send officers but no warship.", ("Australia", "maritime", "ruled_out")),
        ("Italy is not going to send troops.", ("Italy", "troops_ground", "ruled_out")),
        ("Chad said it would never intervene militarily.", ("Chad", "troops_ground", "ruled_out")),
        ("Peru has expressed interest in joining the force.", ("Peru", "unspecified", "under_consideration")),
        ("Estonia said it would send soldiers, as did Latvia.", ("Latvia", "troops_ground", "announced")),
        (
            "Asked if Singapore would send a ship, Defence Minister Gerald Khoo said: “We have taken no decision.”",
            ("Singapore", "maritime", "under_consideration"),
        ),
        (
            "“We are not going to send troops,” said UAE presidential adviser Omar Aziz.",
            ("United Arab Emirates", "troops_ground", "ruled_out"),
        ),
        (
            "“We're sending one of the finest ships,” said Australian defence minister Tom Bell.",
            ("Australia", "maritime", "announced"),
        ),
    ],
)
def test_commitments_are_found_through_the_construction(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in commitments(text)


@pytest.mark.parametrize(
    "text",
    [
        "Will Canada send troops to Haiti?",
        "In 2011 Italy sent jets to Libya.",
        "Taiwan thanked Washington for approving an arms package.",
    ],
)
def test_questions_history_and_thanks_commit_nobody(text: str) -> None:
    assert commitments(text) == set()


def test_a_promise_that_only_tells_which_money_is_meant_is_no_commitment() -> None:
    assert commitments("Sudan urged Qatar to pay the money it had promised.") == {("Qatar", "financing", "requested")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Support from Denmark for the mission remains strong.", ("Denmark", "coalition", "supports")),
        ("Russian criticism of the deployment grew louder.", ("Russia", "troop_deployment", "opposes")),
        (
            "Egypt's offer to send troops was welcomed by Somalia and criticised by Ethiopia.",
            ("Ethiopia", "troop_deployment", "opposes"),
        ),
        ("Hungary blocked the latest package of sanctions.", ("Hungary", "sanctions", "opposes")),
        ("Qatar welcomed the response to the ceasefire proposal.", ("Qatar", "peace_process", "supports")),
        ("The African Union urged members to fund the mission.", ("African Union", "participation", "supports")),
    ],
)
def test_stances_are_found_through_the_construction(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in stances(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Italy will reinforce KFOR with 300 soldiers.", {("Italy", "troops_ground")}),
        ("Denmark will help Ukraine with training.", {("Denmark", "training")}),
        ("The UK will help Ukraine with its reforms.", {("United Kingdom", "unspecified")}),
    ],
)
def test_help_is_of_the_type_of_what_is_lent(text: str, found: set[tuple[str, str]]) -> None:
    assert {(who, kind) for who, kind, _ in commitments(text)} == found
