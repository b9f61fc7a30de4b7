"""What plain news prose of other outlets taught: clauses without a verb, single marks, sums, answers, verdicts."""

import pytest

from tests.nlp.proposing import commitments, stances


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Italy will contribute a field hospital and Pakistan combat engineers.",
            {("Italy", "humanitarian_reconstruction", "announced"), ("Pakistan", "troops_ground", "announced")},
        ),
        (
            "Italy will send two ships, and Spain a frigate.",
            {("Italy", "maritime", "announced"), ("Spain", "maritime", "announced")},
        ),
        (
            "France offered jets and Germany, tankers",
            {("France", "air_support", "offered"), ("Germany", "logistics", "offered")},
        ),
        (
            "France offered jets and Germany, tankers.",
            {("France", "air_support", "offered"), ("Germany", "logistics", "offered")},
        ),
        (
            "Norway will send a frigate and US-made missiles to Ukraine.",
            {("Norway", "weapons_ammunition", "announced")},
        ),
    ],
)
def test_a_clause_without_a_verb_speaks_for_its_own_party(text: str, expected: set[tuple[str, str, str]]) -> None:
    assert commitments(text) == expected


@pytest.mark.parametrize(
    ("text", "actor", "kind", "status"),
    [
        ("Manila would send observers were a truce to be agreed.", "Philippines", "police_civilian", "conditional"),
        ("Brussels gave way. The EU pledged €35m.", "European Union", "financing", "announced"),
        ("Canada's HMCS Regina sailed through the strait on Saturday.", "Canada", "maritime", "delivered"),
        ("Germany will not be sending anything this year.", "Germany", "unspecified", "ruled_out"),
        ("France will take a decision on sending troops in May.", "France", "troops_ground", "under_consideration"),
        ("South Korea asked for more time.", "South Korea", "unspecified", "under_consideration"),
        ("Kuala Lumpur is weighing the invitation.", "Malaysia", "unspecified", "under_consideration"),
        ("Paris turned down the request.", "France", "unspecified", "ruled_out"),
        ("New Delhi was quick to decline.", "India", "unspecified", "ruled_out"),
        ("Colombo has agreed to house the control room.", "Sri Lanka", "hq_command", "announced"),
        ("Rwanda has offered to fill any gaps.", "Rwanda", "unspecified", "offered"),
        ("India hoped that France would come aboard.", "France", "unspecified", "requested"),
        (
            "It was a blow when Germany once again refused to promise tanks.",
            "Germany",
            "weapons_ammunition",
            "ruled_out",
        ),
        ("'We will send 300 troops,' the British prime minister said.", "United Kingdom", "troops_ground", "announced"),
        (
            "3,000 British troops to deploy once a truce is signed, Whitcombe tells MPs",
            "United Kingdom",
            "troops_ground",
            "conditional",
        ),
        ("Peru has offered prison guards and advice.", "Peru", "police_civilian", "offered"),
        ("Italy would stay on with 300 soldiers if the UN blessed it.", "Italy", "troops_ground", "conditional"),
        ("Spain, which closed a base in 2024, has cut its contribution by half.", "Spain", "unspecified", "withdrawn"),
        ("Ghana sent soldiers. Nigeria has pledged 2,400 of them.", "Nigeria", "troops_ground", "announced"),
        ("It went on when Ghana pledged 120 monitors and Togo 80.", "Togo", "police_civilian", "announced"),
        (
            "The Bahamas is still making up its mind about sending marines.",
            "Bahamas",
            "troops_ground",
            "under_consideration",
        ),
        (
            "Kenya has not made up its mind on whether to return to Congo.",
            "Kenya",
            "unspecified",
            "under_consideration",
        ),
        ("Burundi was putting its offer of two battalions on ice.", "Burundi", "troops_ground", "withdrawn"),
        ("Nigeria replied that its pledge depended on Benin's consent.", "Nigeria", "unspecified", "conditional"),
        ("France has offered to instruct the new force in mine clearance.", "France", "training", "offered"),
        ("France will leave behind 40 armoured vehicles.", "France", "weapons_ammunition", "announced"),
    ],
)
def test_what_is_committed_is_found(text: str, actor: str, kind: str, status: str) -> None:
    assert (actor, kind, status) in commitments(text)


@pytest.mark.parametrize(
    "text",
    [
        "The Indian Navy operates 12 of the Boeing-built planes.",
        "The four governments of the Quad did not discuss giving it any aircraft.",
        "When France sent troops in 2024 it failed.",
        "Four years after its soldiers left Goma, Kenya is silent.",
    ],
)
def test_what_a_party_has_or_did_not_talk_about_commits_nobody(text: str) -> None:
    assert commitments(text) == set()


def test_what_a_party_is_said_to_be_doing_may_have_no_cue_of_its_own() -> None:
    assert commitments("The Danes are additionally said to be lending a field hospital.") == {
        ("Denmark", "humanitarian_reconstruction", "announced")
    }


def test_what_a_mission_may_not_do_without_asks_nobody_for_a_contribution() -> None:
    text = "Norway said that the mission in Mali would fail without an invitation from its government."
    assert commitments(text) == set()


def test_who_is_left_short_is_not_withdrawn() -> None:
    told = commitments("Denmark withdrew its only warship, leaving commanders short of escorts.")
    assert told == {("Denmark", "maritime", "withdrawn")}


@pytest.mark.parametrize(
    ("text", "holder", "target", "polarity"),
    [
        ("The plan calls for one ship. It is opposed by Iran.", "Iran", "coalition", "opposes"),
        ("Greece is the plan's most vocal backer in Europe.", "Greece", "coalition", "supports"),
        ("Kenya said the mission had run its course and should be wound up.", "Kenya", "coalition", "opposes"),
        ("Ghana said the talks must go on.", "Ghana", "peace_process", "supports"),
        ("Moscow said foreign troops in Ukraine would be a red line.", "Russia", "troop_deployment", "opposes"),
        ("Spain argued that sanctions were not working.", "Spain", "sanctions", "opposes"),
        ("Beijing urged all sides to return to the negotiating table.", "China", "peace_process", "supports"),
        ("Rwanda said it saw no need for foreign troops.", "Rwanda", "troop_deployment", "opposes"),
        ("Turkey has made no secret of its distaste for the mission.", "Turkey", "coalition", "opposes"),
        ("Italy paid. The Norwegian government said it stood behind the coalition.", "Norway", "coalition", "supports"),
        ("France was quick to endorse the proposal.", "France", "coalition", "supports"),
        ("Hungary was the only state to oppose the plan.", "Hungary", "coalition", "opposes"),
    ],
)
def test_a_verdict_is_heard(text: str, holder: str, target: str, polarity: str) -> None:
    assert (holder, target, polarity) in stances(text)


def test_what_is_called_by_a_quotation_is_no_praise() -> None:
    told = stances("Ghana called the idea of underwriting the force “throwing good money after bad”.")
    assert "supports" not in {polarity for _, _, polarity in told}


def test_a_plural_does_not_end_a_quotation_in_single_marks() -> None:
    text = (
        "'Our allies' ships will not sail,' Germany said. 'We will send troops,' Chancellor Karl Ott of Germany said."
    )
    assert commitments(text) == {("Germany", "troops_ground", "announced")}
