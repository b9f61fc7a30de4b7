"""Constructions of plain news prose, over sentences and in headlines: what is committed, and who leans which way."""

import pytest

from tests.nlp.proposing import commitments, stances


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        (
            "Japan, South Korea weigh sending warships to Hormuz escort mission",
            {("Japan", "maritime", "under_consideration"), ("South Korea", "maritime", "under_consideration")},
        ),
        ("Germany mulls frigate for Red Sea", {("Germany", "maritime", "under_consideration")}),
        (
            "France, UK pledge troops for Ukraine",
            {("France", "troops_ground", "announced"), ("United Kingdom", "troops_ground", "announced")},
        ),
    ],
)
def test_headlines_are_read_from_left_to_right(headline: str, expected: set[tuple[str, str, str]]) -> None:
    assert commitments(f"{headline}\n\nIt was a quiet day in the capital.") == expected


def test_a_headline_about_a_meeting_commits_nobody() -> None:
    assert commitments("UK minister meets troops in Estonia\n\nIt was a quiet day in the capital.") == set()


@pytest.mark.parametrize(
    ("text", "actor", "kind", "status"),
    [
        ("Denmark will send 200 troops. Norway said it would follow suit.", "Norway", "troops_ground", "announced"),
        ("Denmark will send troops. Italy confirmed it would do the same.", "Italy", "troops_ground", "announced"),
        ("Washington asked Germany to send frigates. Berlin rejected the call.", "Germany", "maritime", "ruled_out"),
        (
            "Washington asked Canada to send ships. Ottawa has yet to reply.",
            "Canada",
            "maritime",
            "under_consideration",
        ),
        ("There will be no American boots on the ground in Gaza.", "United States", "troops_ground", "ruled_out"),
        ("Britain said there were no plans to deploy British troops.", "United Kingdom", "troops_ground", "ruled_out"),
        ("There are about 2,500 US troops in Iraq.", "United States", "troops_ground", "delivered"),
        ("Two Dutch frigates are already on station in the Gulf.", "Netherlands", "maritime", "delivered"),
        ("Brazil said the country could train Haitian police.", "Brazil", "training", "offered"),
        ("Qatar will make its ports available to the mission.", "Qatar", "logistics", "announced"),
        ("Burundi is reported to have withdrawn its soldiers.", "Burundi", "troops_ground", "withdrawn"),
        ("Spain snubbed the mission.", "Spain", "unspecified", "ruled_out"),
        ("France said it would stay in Syria.", "France", "unspecified", "announced"),
        ("The US has sounded out Ghana about hosting jets.", "Ghana", "logistics", "requested"),
    ],
)
def test_what_is_committed_is_found_through_the_construction(text: str, actor: str, kind: str, status: str) -> None:
    assert (actor, kind, status) in commitments(text)


@pytest.mark.parametrize(
    "text",
    [
        "Canada and France may take part in joint exercises next year.",
        "Mali and Niger, which left the bloc in January, held talks.",
        "Hungary is against sending troops to Ukraine.",
        "Washington asked Paris to stop arming the militia.",
    ],
)
def test_silence_where_nothing_is_committed(text: str) -> None:
    assert commitments(text) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hungary is against sending troops to Ukraine.", ("Hungary", "troop_deployment", "opposes")),
        ("The plan has the backing of Italy.", ("Italy", "coalition", "supports")),
        ("The proposal drew criticism from Moscow.", ("Russia", "coalition", "opposes")),
        ("Russia warned that the deployment would escalate the war.", ("Russia", "troop_deployment", "opposes")),
        ("Iran warned against the presence of foreign forces.", ("Iran", "troop_deployment", "opposes")),
        ("China opposes any cut in funding for the mission.", ("China", "participation", "supports")),
        ("Serbia said it would not accept foreign soldiers.", ("Serbia", "troop_deployment", "opposes")),
        ("Haiti asked for a force, a proposal opposed by Russia.", ("Russia", "coalition", "opposes")),
        ("Egypt has called for the force to be deployed in Gaza.", ("Egypt", "troop_deployment", "supports")),
        ("Britain urged allies to send more troops.", ("United Kingdom", "troop_deployment", "supports")),
        ("Turkey asked Washington to stop arming the militia.", ("Turkey", "military_aid", "opposes")),
        ("Tshisekedi refused to negotiate.", ("Félix Tshisekedi", "peace_process", "opposes")),
        ("Macron said it was essential to send troops.", ("Emmanuel Macron", "troop_deployment", "supports")),
    ],
)
def test_leanings_are_found_without_a_verb_of_judgement(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in stances(text)


def test_ministers_are_the_states_that_were_named_together() -> None:
    text = "The foreign ministers of Egypt and Qatar met in Cairo. The ministers called for a ceasefire."
    assert {("Egypt", "peace_process", "supports"), ("Qatar", "peace_process", "supports")} <= stances(text)
