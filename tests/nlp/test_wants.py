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


@pytest.mark.parametrize(
    ("text", "holder", "target", "polarity"),
    [
        ("Albania abstained.", "Albania", "coalition", "neutral"),
        ("Switzerland will not take sides.", "Switzerland", "participation", "neutral"),
        ("The patrol is ready. India would not stand in its way.", "India", "coalition", "neutral"),
        ("Washington was told of the patrol and raised no objection.", "United States", "coalition", "neutral"),
        ("Morocco would neither fund the force nor obstruct it.", "Morocco", "coalition", "neutral"),
        ("Iran said any ship that joins will share in the consequences.", "Iran", "coalition", "opposes"),
        (
            "Belarus warned that Western soldiers there would become legitimate targets.",
            "Belarus",
            "troop_deployment",
            "opposes",
        ),
        ("Syria said countries which join it would pay a heavy price.", "Syria", "coalition", "opposes"),
    ],
)
def test_keeping_out_of_it_is_neutral_and_a_threat_is_against_it(
    text: str, holder: str, target: str, polarity: str
) -> None:
    assert (holder, target, polarity) in stances(text)


@pytest.mark.parametrize(
    "text",
    [
        "Slovenia raised objections to the fees.",
        "Croatia will stand in the front row.",
        "Brazil said its ships would be repaired.",
        "Chile said any delay would be regretted.",
    ],
)
def test_other_objections_and_fates_are_no_stances(text: str) -> None:
    assert not [each for each in frames(text, "stance") if each.slots["polarity"] in {"neutral", "opposes"}]


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("Spain will pay for the fuel and accused Oslo of stalling the talks.", "accused Oslo of stalling the talks"),
        ("Peru dismissed the mission as “a parade that nobody watches”.", "“a parade that nobody watches”"),
    ],
)
def test_the_evidence_holds_the_charge_and_the_whole_image(text: str, evidence: str) -> None:
    ends = [text[each.span.start : each.span.end] for each in frames(text, "stance")]
    assert any(each.endswith(evidence) for each in ends)


@pytest.mark.parametrize(
    ("text", "holder", "target", "polarity"),
    [
        (
            "Spain sent a ship to the mission. The Conservatives are wary.",
            "Conservative Party (UK)",
            "coalition",
            "opposes",
        ),
        ("The mission starts in May. Cairo, predictably, is delighted.", "Egypt", "coalition", "supports"),
        ("Togo and Ghana have accused each other of stalling.", "Togo", "actor:Ghana", "opposes"),
        ("Togo and Ghana have accused each other of stalling.", "Ghana", "actor:Togo", "opposes"),
        (
            "Spain is in. Peru’s president, Ana Cruz, doubts that the mission will work.",
            "Ana Cruz",
            "coalition",
            "opposes",
        ),
        ("Cuba called the force “gunboats without manners”.", "Cuba", "coalition", "opposes"),
        ("Serbia has likened the scheme to “renting out the fire brigade”.", "Serbia", "coalition", "opposes"),
        ("Bolivia denounced “the slow arrival of somebody’s war”.", "Bolivia", "coalition", "opposes"),
        ("In Minsk, the foreign ministry welcomed the mission.", "Belarus", "coalition", "supports"),
    ],
)
def test_moods_images_and_quarrels_are_views(text: str, holder: str, target: str, polarity: str) -> None:
    assert (holder, target, polarity) in stances(text)
