"""What is given: verbs of handing over and of work done, goods and kit by name, sums, and what a number means."""

import pytest

from tests.nlp.proposing import commitments, frames


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Croatia would part with six howitzers.", "Croatia weapons_ammunition announced"),
        ("Estonia will feed in data from its radars.", "Estonia intelligence_surveillance announced"),
        ("Sweden is relaying satellite imagery to Kyiv.", "Sweden intelligence_surveillance delivered"),
        ("Oman has come up with two patrol boats.", "Oman maritime delivered"),
        ("Chile came in with $5 million.", "Chile financing delivered"),
        ("Malta has parked a tug at Limassol.", "Malta maritime delivered"),
        ("Qatar will connect a gas line to the Syrian grid.", "Qatar humanitarian_reconstruction announced"),
        ("Italy has repaired two power stations in Syria.", "Italy humanitarian_reconstruction delivered"),
        ("Bahrain will receive the wounded.", "Bahrain humanitarian_reconstruction announced"),
        ("Romania will treat the wounded.", "Romania humanitarian_reconstruction announced"),
        ("Egypt is dredging the harbour at Gaza.", "Egypt logistics delivered"),
        ("Greece has consented to host a supply hub.", "Greece logistics announced"),
        ("Lisbon looks favourably on a request for trainers.", "Portugal training offered"),
        ("Ukraine has approached Spain for a field hospital.", "Spain humanitarian_reconstruction requested"),
        ("Ghana rowed back on its offer of a battalion.", "Ghana troops_ground withdrawn"),
    ],
)
def test_verbs_of_giving_and_of_work_done(text: str, expected: str) -> None:
    assert expected in {" ".join(each) for each in commitments(text)}


@pytest.mark.parametrize(
    ("text", "actor", "kind"),
    [
        ("Belgium will send one A400M.", "Belgium", "logistics"),
        ("Norway will send a P-8A.", "Norway", "intelligence_surveillance"),
        ("Brazil will send three Super Tucanos.", "Brazil", "air_support"),
        ("Latvia will supply jamming equipment.", "Latvia", "weapons_ammunition"),
        ("Poland will supply the flagship.", "Poland", "maritime"),
        ("Austria will provide non-lethal equipment.", "Austria", "logistics"),
        ("Japan will ship a dozen excavators to Odesa.", "Japan", "humanitarian_reconstruction"),
        ("Peru will second two financial investigators.", "Peru", "police_civilian"),
        ("Denmark will share drone footage.", "Denmark", "intelligence_surveillance"),
        ("Nepal will pay one rupee.", "Nepal", "financing"),
    ],
)
def test_goods_and_kit_by_their_names(text: str, actor: str, kind: str) -> None:
    assert commitments(text) == {(actor, kind, "announced")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norway has pledged 300 troops. Denmark is prepared to double that.", "Denmark troops_ground offered"),
        ("Jordan sent 90 gendarmes. Peru would happily provide the lot.", "Peru police_civilian offered"),
        ("Latvia has promised 0.2 per cent of its output.", "Latvia financing announced"),
        ("Bonn? No: Berlin has shelved a €90 million package.", "Germany financing withdrawn"),
        ("Canada's contribution, 20 police trainers, has been approved.", "Canada training announced"),
        ("Sweden will pay for 20 armoured vehicles.", "Sweden weapons_ammunition announced"),
        ("Spain will extend its demining programme.", "Spain humanitarian_reconstruction announced"),
        ("Italy has since joined with a frigate.", "Italy maritime delivered"),
        ("Ireland can spare only staff officers.", "Ireland hq_command offered"),
        ("Kuwait followed with $600 million.", "Kuwait financing delivered"),
        ("Ghana has scrapped plans to lend the mission 40 police officers.", "Ghana police_civilian withdrawn"),
        ("Togo has put off plans to bring home 300 of its soldiers from Mali.", "Togo troops_ground announced"),
        ("Norway has suspended the withdrawal of its troops from Mali.", "Norway troops_ground announced"),
        ("The African Union would run the operation.", "African Union hq_command announced"),
        ("Benin would remain in the force.", "Benin troops_ground announced"),
        ("Malta said it had no ships to offer.", "Malta maritime ruled_out"),
        ("Peru has no coast guard vessel to spare.", "Peru maritime ruled_out"),
        ("Chile will lay on two transport planes.", "Chile logistics announced"),
        ("Vietnam is in talks to send engineers.", "Vietnam troops_ground under_consideration"),
        ("Belgium has ordered a frigate to the Red Sea.", "Belgium maritime delivered"),
        ("Turkey will clear the mines off Odesa.", "Turkey humanitarian_reconstruction announced"),
        ("Brazil will chair the observer mission.", "Brazil hq_command announced"),
        ("Sri Lanka will rotate a second company into Haiti.", "Sri Lanka troops_ground announced"),
        ("Britain will extend the training scheme by a year.", "United Kingdom training announced"),
        ("Gabon can manage only a surgical team.", "Gabon humanitarian_reconstruction offered"),
        ("Italy will send 20 observers. Spain is mulling a joint team.", "Spain police_civilian under_consideration"),
        ("Spain will not put Spaniards back into Mali.", "Spain troops_ground ruled_out"),
        ("No Danish unit would set foot in Libya.", "Denmark troops_ground ruled_out"),
        ("There will be Irish boots in Lebanon.", "Ireland troops_ground announced"),
        ("The force consists of two Greek frigates and a Maltese one.", "Malta maritime delivered"),
        (
            "The Aegean Shield Coalition met. The force will start with six ships.",
            "Aegean Shield Coalition maritime announced",
        ),
        ("Chile's icebreaker is at the coalition's disposal.", "Chile maritime offered"),
        ("Cyprus has let French jets refuel at Paphos.", "Cyprus logistics delivered"),
        ("Iraq has agreed to let food pass.", "Iraq humanitarian_reconstruction announced"),
        ("The EU, which paid the troops' stipends, has cut them by a fifth.", "European Union financing withdrawn"),
        ("Oman has stopped paying the brigade.", "Oman financing withdrawn"),
        ("Turkey and Georgia have been sweeping the Black Sea.", "Georgia maritime delivered"),
        ("France put its name down for a battle group.", "France troops_ground announced"),
        ("Japan said it would love to help.", "Japan unspecified offered"),
        ("Togo will send 90 officers in civilian dress, and a control room.", "Togo hq_command announced"),
        ("Iran provided a company of engineers and a clinic.", "Iran humanitarian_reconstruction delivered"),
        ("Peru offered a tug, a company of rangers and a field hospital.", "Peru troops_ground offered"),
    ],
)
def test_what_has_no_word_of_its_own(text: str, expected: str) -> None:
    assert expected in {" ".join(each) for each in commitments(text)}


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        (
            "Peru will send 200 police as long as Japan foots the bill.",
            "Peru police_civilian conditional",
            "Japan financing requested",
        ),
        (
            "Chad said it would send 400 soldiers, provided the AU paid for its upkeep.",
            "Chad troops_ground conditional",
            "African Union financing requested",
        ),
        (
            "Fiji would send engineers if the United Nations ran the project.",
            "Fiji troops_ground conditional",
            "United Nations hq_command requested",
        ),
    ],
)
def test_what_one_party_makes_its_own_hang_on_is_asked_of_another(text: str, first: str, second: str) -> None:
    assert {" ".join(each) for each in commitments(text)} == {first, second}
    asked = next(each for each in frames(text, "commitment") if each.slots["status"] == "requested")
    assert asked.slots["sought_by"] == first.split(maxsplit=1)[0]


@pytest.mark.parametrize(
    "text",
    [
        "Poland has come with questions.",
        "Spain will repair its ties with Morocco.",
        "The Egyptian pound has been suspended.",
        "France is looking for a new prime minister.",
        "Kenya fed its cattle.",
        "Belgium has ordered two frigates.",
        "Chile has no army.",
        "Spain will chair the meeting.",
        "Tunisia had hoped to lead the contingent.",
        "Malta had been expected to send a patrol boat.",
        "Kuwait has poured money into the army in the past.",
        "Egypt managed a field hospital.",
        "There were Irish boots in Lebanon.",
        "The festival will start with six ships.",
        "“I am not going to run in front of the cabinet,” the Greek defence minister, Nikos Lalas, said.",
        "Bolivia can spare a thought for the victims.",
        "Hungary matched its rival's record.",
    ],
)
def test_what_is_no_contribution_is_left_alone(text: str) -> None:
    assert commitments(text) == set()
