"""Who would act: for whom officials speak, whom *we*, *it* and *he* mean, who was asked, who stands in a headline."""

import pytest

from tests.nlp.proposing import commitments

POLICE = "“We will send 200 police officers to Gaza,” "


@pytest.mark.parametrize(
    ("sayer", "state"),
    [
        ("said an official at the Omani Foreign Ministry, who asked not to be named.", "Oman"),
        ("an official in the Norwegian prime minister's office said.", "Norway"),
        ("a spokesman for the French military told reporters.", "France"),
        ("a diplomat from Ghana said.", "Ghana"),
        ("said one senior adviser to the Turkish president.", "Turkey"),
        ("a presidential aide in Seoul said.", "South Korea"),
        ("said Chile's Ana Ruiz.", "Chile"),
        ("Finnish Rear Admiral Antti Laine said.", "Finland"),
        ("said a diplomat who asked not to be named.", None),
    ],
)
def test_officials_speak_for_their_state(sayer: str, state: str | None) -> None:
    found = commitments(POLICE + sayer)
    assert {actor for actor, *_ in found} == ({state} if state else set())


@pytest.mark.parametrize(
    ("text", "state"),
    [
        (
            "Peru welcomed the plan. “We will send 300 soldiers to Haiti,” Defence Secretary Ana Ruiz said.",
            "Peru",
        ),
        (
            "Canada has ruled that out. In Tokyo, Defence Minister Ken Sato said: “We will send 300 men to Haiti.”",
            "Japan",
        ),
        (
            "Aides to the Swedish king laughed. The plan is simple enough. “We will send 300 soldiers abroad,” "
            "Foreign Minister Eva Lund said.",
            "Sweden",
        ),
    ],
)
def test_ministers_without_a_state_speak_for_that_of_the_paragraph(text: str, state: str) -> None:
    assert (state, "troops_ground", "announced") in commitments(text)


def test_secretaries_are_those_of_a_state_that_has_such_posts() -> None:
    text = "A fleet sailed for the Gulf.\n\n“We will send two frigates,” Defense Secretary Al Brown said.\n\n"
    assert ("United States", "maritime", "announced") in commitments(text + "The United States and Oman agreed.")
    assert commitments(text.replace("Defense", "Shadow Defence") + "The United States and Oman agreed.") == set()
