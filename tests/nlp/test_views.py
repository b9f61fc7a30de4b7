"""Views in figures of speech, and what only looks like one."""

import pytest

from tests.nlp.proposing import frames, stances


@pytest.mark.parametrize(
    ("text", "holder", "target", "polarity"),
    [
        ("Malta has thrown its weight behind the plan.", "Malta", "coalition", "supports"),
        ("The mission starts in June. Latvia has no such qualms.", "Latvia", "coalition", "supports"),
        ("Cyprus is fully behind the mission.", "Cyprus", "coalition", "supports"),
        ("Brunei takes a dim view of the mission.", "Brunei", "coalition", "opposes"),
        ("Nicaragua set its face against the sanctions.", "Nicaragua", "sanctions", "opposes"),
        ("Paris wants the ships there. Algiers will not have it.", "Algeria", "participation", "opposes"),
        ("Uganda wants out.", "Uganda", "participation", "opposes"),
        (
            "Vienna, which will hear of no foreign troops, is at odds with Rome.",
            "Austria",
            "troop_deployment",
            "opposes",
        ),
        ("Norway is no fan of the plan.", "Norway", "coalition", "opposes"),
        ("Zambia opposes “any club that goes behind the council’s back”.", "Zambia", "coalition", "opposes"),
        ("Jakarta believes that the patrols hand Moscow a pretext.", "Indonesia", "coalition", "opposes"),
        ("Lebanon would accept monitors “from any land that asks”.", "Lebanon", "coalition", "supports"),
        ("Angola rejects the body as illegitimate.", "Angola", "coalition", "opposes"),
        (
            "Oslo would give the money only when Kyiv settles the matter, State Secretary Kari Vik told the Post.",
            "Kari Vik",
            "participation",
            "conditional",
        ),
    ],
)
def test_a_figure_of_speech_tells_a_view(text: str, holder: str, target: str, polarity: str) -> None:
    assert (holder, target, polarity) in stances(text)


@pytest.mark.parametrize(
    "text",
    [
        "Peru had not heard of the meeting.",
        "Ghana, for its part, urged patience.",
        "Tunisia could come out against it.",
        "Fiji, which regards the islands as its own, to be taken by force if necessary, was silent.",
        "Togo called on the coalition.",
        "The Philippine army would protect the port.",
        "Laos is suspending its trains if the river rises.",
    ],
)
def test_plain_words_are_no_view(text: str) -> None:
    assert stances(text) == set()


def test_evidence_tells_which_mission_is_meant_and_no_more() -> None:
    text = "Nepal opposes any mission that lacks a mandate. Qatar argued against taking part on the grounds of cost."
    assert [text[each.span.start : each.span.end] for each in frames(text, "stance")] == [
        "Nepal opposes any mission that lacks a mandate",
        "Qatar argued against taking part",
    ]
