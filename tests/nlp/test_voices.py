"""Whose view it is and what about: spokespersons, answers without a verb, reserve, verdicts by image, threats."""

import pytest

from tests.nlp.proposing import commitments, stances


@pytest.mark.parametrize(
    ("text", "holder", "target", "polarity"),
    [
        (
            "Belarus would stay on with 200 soldiers if the council blessed it, its envoy in Accra, Maria Lopez, said.",
            "Maria Lopez",
            "troop_deployment",
            "conditional",
        ),
        (
            "Washington sent 200 soldiers. The administration welcomed the mission.",
            "United States",
            "coalition",
            "supports",
        ),
        ("The mission has Denmark's full support.", "Denmark", "coalition", "supports"),
        ("Spain is confident the mission will start, spokesperson Ana Ruiz said.", "Ana Ruiz", "coalition", "supports"),
        ("Hamas has not said whether it would accept the force.", "Hamas", "coalition", "undecided"),
        ("Oman declined to say whether it would back the mission.", "Oman", "participation", "undecided"),
        ("Baghdad wants foreign troops out by 2027.", "Iraq", "troop_deployment", "opposes"),
        ("Turkey says the mission has no place in the Black Sea.", "Turkey", "coalition", "opposes"),
        (
            "“There will be no foreign soldiers here,” Serbian President Milo Dusan said.",
            "Milo Dusan",
            "troop_deployment",
            "opposes",
        ),
        (
            "“It would be absurd to let the mission die,” French Foreign Minister Jean Petit said.",
            "Jean Petit",
            "coalition",
            "supports",
        ),
        (
            "“It is only right that allies pay more of the bill,” said Norwegian Defence Minister Kari Berg.",
            "Kari Berg",
            "burden_sharing",
            "supports",
        ),
        ("Iran said any ship that joins the patrols would be treated as a target.", "Iran", "coalition", "opposes"),
        (
            "Israeli Defence Minister Gideon Raz went further, calling the mission “a fancy-dress ball with rifles”.",
            "Gideon Raz",
            "coalition",
            "opposes",
        ),
        (
            "Latvian Foreign Minister Ilze Ozola described the mission as “our umbrella in a storm”.",
            "Ilze Ozola",
            "coalition",
            "supports",
        ),
        ("Kyiv thanked Oslo for its missiles.", "Ukraine", "military_aid", "supports"),
        (
            "Egypt will mediate. Greece offered two frigates. Jordan welcomed the Greek offer.",
            "Jordan",
            "participation",
            "supports",
        ),
        (
            "Poland will send 200 soldiers. Israel said it regretted the delay.",
            "Israel",
            "troop_deployment",
            "supports",
        ),
        (
            "Italy joined the Open Skies Coalition. Finland's president, Mika Aho, praised the coalition.",
            "Mika Aho",
            "coalition",
            "supports",
        ),
        ("The Quad remains open to dialogue.", "Quad", "peace_process", "supports"),
        ("Minsk has turned its back on the peace plan.", "Belarus", "peace_process", "opposes"),
        ("The plan has angered Moscow.", "Russia", "coalition", "opposes"),
        ("The decision to send troops delighted Kyiv.", "Ukraine", "troop_deployment", "supports"),
        ("Mexico has yet to form a view of the mission.", "Mexico", "coalition", "undecided"),
        (
            "Canada votes. The Labour leader, Anna Holt, criticised the government for its cheques.",
            "Anna Holt",
            "participation",
            "opposes",
        ),
        (
            "Norwegian Prime Minister Kari Berg left. On money she was blunter: Norway would add €20 million if asked.",
            "Kari Berg",
            "participation",
            "conditional",
        ),
        (
            "Norway would stay with 200 troops if Mali blessed the operation, its envoy in Accra, Maria Lopez, said.",
            "Maria Lopez",
            "troop_deployment",
            "conditional",
        ),
        (
            "'German soldiers will not be stationed there,' Chancellor Max Krug told reporters.",
            "Max Krug",
            "troop_deployment",
            "opposes",
        ),
    ],
)
def test_a_view_is_given_to_whoever_holds_it(text: str, holder: str, target: str, polarity: str) -> None:
    assert (holder, target, polarity) in stances(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Not one soldier,” Polish Prime Minister Adam Nowak said.", {("Poland", "troops_ground", "ruled_out")}),
        (
            "Asked about frigates, Chilean President Ana Ruiz replied: “Not a single ship.”",
            {("Chile", "maritime", "ruled_out")},
        ),
        (
            "“The trains yes, the soldiers no,” Bulgarian Prime Minister Ivan Petkov said.",
            {("Bulgaria", "troops_ground", "ruled_out")},
        ),
        ("Nato: ‘Not our boots’", {("NATO", "troops_ground", "ruled_out")}),
        ("“No Turkish soldiers,” Israeli Foreign Minister Noa Levi said.", set()),
        ("“There will be no foreign soldiers in Kosovo,” Serbian President Milo Dusan said.", set()),
        (
            "Poland will send ships. Chile’s defence minister would not be drawn on when a decision might come.",
            {("Poland", "maritime", "announced"), ("Chile", "unspecified", "under_consideration")},
        ),
        (
            "Chile's ambassador to Haiti, Pedro Salas, met reporters. It might be prepared to train recruits, he said.",
            {("Chile", "training", "under_consideration")},
        ),
        (
            "Poland will send ships. “We hope France will be next,” said Philippine President Ramon Cruz.",
            {("Poland", "maritime", "announced"), ("France", "unspecified", "requested")},
        ),
    ],
)
def test_an_answer_without_a_verb_or_a_name_is_its_speakers(text: str, expected: set[tuple[str, str, str]]) -> None:
    assert commitments(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Japan described the talks as “productive”.",
        "Norway said it was too soon to say whether others would follow.",
        "“No doubt,” Polish Prime Minister Adam Nowak said.",
    ],
)
def test_what_is_no_view_stays_silent(text: str) -> None:
    assert stances(text) == commitments(text) == set()
