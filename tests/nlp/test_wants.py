"""What a party wants, whoever should give it: things needed or begged for, orders, what should be done with ships."""

import pytest

from tests.nlp.proposing import frames, stances


@pytest.mark.parametrize(
    ("text", "holder", "target", "polarity"),
    [
        (
            "Kyiv hosted the talks. Ukrainian Defence Minister Petro Hnatiuk needs 40 launchers.",
            "Petro Hnatiuk",
            "military_aid",
            "supports",
        ),
        ("Chad is still looking for soldiers for its border force.", "Chad", "troop_deployment", "supports"),
        ("Latvia has requested two minesweepers.", "Latvia", "participation", "supports"),
        ("Libya pleaded for a bigger force of 900 troops.", "Libya", "troop_deployment", "supports"),
        ("The hosts are pleased. Denmark is hoping for three frigates.", "Denmark", "participation", "supports"),
        ("The Scottish National Party wants the soldiers brought home.", "Scottish National Party", None, "opposes"),
        ("Sweden demanded that the frigates be withdrawn.", "Sweden", "participation", "opposes"),
        ("Norway wants the mission kept at full strength.", "Norway", "coalition", "supports"),
        (
            "“Send the helicopters now,” Malian President Issa Keita told reporters.",
            "Issa Keita",
            "participation",
            "supports",
        ),
        (
            "“Bring our soldiers home,” Italian Prime Minister Ugo Bianchi said.",
            "Ugo Bianchi",
            "troop_deployment",
            "opposes",
        ),
    ],
)
def test_who_wants_something_is_for_it_and_who_wants_it_gone_against(
    text: str, holder: str, target: str | None, polarity: str
) -> None:
    found = {(who, what) for who, _, what in stances(text)} if target is None else stances(text)
    assert ((holder, polarity) if target is None else (holder, target, polarity)) in found


@pytest.mark.parametrize(
    "text",
    [
        "The Danish navy will need ten ships.",
        "Greece called the frigates “toys”.",
        "Portugal did not ask for a plane.",
        "Hungary asked how the ships were deployed.",
    ],
)
def test_ones_own_needs_names_and_questions_are_no_wishes(text: str) -> None:
    assert not [each for each in frames(text, "stance") if each.slots["polarity"] == "supports"]
