"""Terms that a party sets, parts of what is sent, and offers in words of readiness."""

import pytest

from tests.nlp.proposing import commitments, slot


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Egypt tied its offer of trainers to a halt in the fighting.", "Egypt training conditional"),
        ("Peru made the dispatch of a brigade conditional on a UN vote.", "Peru troops_ground conditional"),
        ("Ghana wants assurances on pay before it sends its engineers.", "Ghana troops_ground under_consideration"),
        ("Brazil insists on a mandate before committing any troops.", "Brazil troops_ground under_consideration"),
        ("Unless Berlin pays, Chile will not open its airfields.", "Germany financing requested"),
        ("A first batch of 200 Kenyan police landed on Tuesday.", "Kenya police_civilian delivered"),
        ("The first of ten Canadian helicopters will arrive in May.", "Canada air_support announced"),
        ("Another 300 soldiers are to follow from Ghana.", "Ghana troops_ground announced"),
        ("A Polish field hospital opened in Kharkiv last week.", "Poland humanitarian_reconstruction delivered"),
        ("Tirana said 80 Albanian soldiers had joined the mission.", "Albania troops_ground delivered"),
        ("No further German money will be forthcoming.", "Germany financing ruled_out"),
        ("Madrid is not in a position to send a frigate.", "Spain maritime ruled_out"),
        ("Nepal stands ready with 500 soldiers.", "Nepal troops_ground offered"),
        ("India is lukewarm about sending peacekeepers.", "India troops_ground under_consideration"),
        ("Namibia will not be sending anyone.", "Namibia unspecified ruled_out"),
        ("Togo told the AU that it could not spare anybody.", "Togo unspecified ruled_out"),
        ("Korean shipyards would repair damaged vessels.", "South Korea logistics announced"),
        ("Kuwait will write off Syria's debt.", "Kuwait financing announced"),
        ("Riga will put aside 40 million euros.", "Latvia financing announced"),
    ],
)
def test_terms_parts_and_readiness(text: str, expected: str) -> None:
    assert expected in {" ".join(each) for each in commitments(text)}


def test_what_an_offer_is_tied_to_is_its_condition() -> None:
    assert slot("Egypt tied its offer of trainers to a ceasefire.", "condition") == "to a ceasefire"


@pytest.mark.parametrize(
    "text",
    [
        "Norway tied the game in the last minute.",
        "Ghana wants an answer before the rains come.",
        "The first of ten meetings will arrive at a text.",
        "Chile insists that Peru must act before it sends its engineers.",
    ],
)
def test_terms_of_other_things_are_left_alone(text: str) -> None:
    assert not {each for each in commitments(text) if each[0] in {"Norway", "Ghana", "Chile"}}
