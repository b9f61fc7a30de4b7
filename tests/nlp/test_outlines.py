"""Contributions that are the topic themselves, participles, idioms with us, and conditions that open a sentence."""

import pytest

from tests.nlp.proposing import commitments, frames, slot, stances


@pytest.mark.parametrize(
    ("text", "actor", "kind", "status"),
    [
        ("Half of the 4,000 soldiers would come from Turkey.", "Turkey", "troops_ground", "announced"),
        ("No troops will come from Spain.", "Spain", "troops_ground", "ruled_out"),
        ("On the list of offers are Bulgarian deminers.", "Bulgaria", "humanitarian_reconstruction", "offered"),
        ("The plan foresees a Turkish squadron in the Black Sea.", "Turkey", "air_support", "announced"),
        ("Nairobi says its troops will be home by Christmas.", "Kenya", "troops_ground", "withdrawn"),
        ("Lithuania has 50 instructors ready to go.", "Lithuania", "training", "offered"),
        ("Greece has two frigates on standby.", "Greece", "maritime", "offered"),
        ("Plans for a Dutch contingent have fallen through.", "Netherlands", "troops_ground", "withdrawn"),
        ("US surveillance flights ended on Monday.", "United States", "intelligence_surveillance", "withdrawn"),
        ("Warsaw's contribution is limited to logistics.", "Poland", "logistics", "announced"),
        ("Austria confined itself to demining.", "Austria", "humanitarian_reconstruction", "announced"),
        ("Paris made the dispatch of its soldiers dependent on a ceasefire.", "France", "troops_ground", "conditional"),
        ("The deployment of Senegalese troops has been put off.", "Senegal", "troops_ground", "withdrawn"),
        ("An Irish offer of trainers has been withdrawn.", "Ireland", "training", "withdrawn"),
        ("The Portuguese offer is modest: a hospital ship.", "Portugal", "maritime", "offered"),
        ("What Turkey will bring is ships.", "Turkey", "maritime", "announced"),
        ("A German battalion in Ukraine is conceivable.", "Germany", "troops_ground", "under_consideration"),
        ("Dutch soldiers would be unthinkable.", "Netherlands", "troops_ground", "ruled_out"),
        ("A Finnish battalion is not conceivable.", "Finland", "troops_ground", "ruled_out"),
        ("Norwegian jets are not unthinkable.", "Norway", "air_support", "under_consideration"),
        ("Finland said that its troops were needed at home.", "Finland", "troops_ground", "ruled_out"),
    ],
)  # fmt: skip
def test_what_is_given_may_be_the_topic(text: str, actor: str, kind: str, status: str) -> None:
    assert commitments(text) == {(actor, kind, status)}


def test_lists_hold_what_each_party_gives() -> None:
    assert commitments("The pledges include a Danish frigate and 200 Irish engineers.") == {
        ("Denmark", "maritime", "announced"),
        ("Ireland", "troops_ground", "announced"),
    }
    assert commitments("Among the offers are a Norwegian field hospital and Latvian drones.") == {
        ("Norway", "humanitarian_reconstruction", "offered"),
        ("Latvia", "weapons_ammunition", "offered"),
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sierra Leone says it is willing to contribute a company.", "Sierra Leone troops_ground offered"),
        ("Haiti was offered three helicopters by the Bahamas.", "Bahamas air_support offered"),
        ("Burundi was promised money for its troops by the European Union.", "European Union financing announced"),
        ("Germany has stepped up its help, supplying two more batteries.", "Germany weapons_ammunition delivered"),
        ("The Dutch cabinet gave the green light to sending 150 marines.", "Netherlands troops_ground announced"),
        ("Bangladesh is standing by with two battalions.", "Bangladesh troops_ground offered"),
        ("Georgia's offer to host a logistics centre was accepted.", "Georgia logistics offered"),
        ("Kuwait followed suit with $50 million.", "Kuwait financing delivered"),
        ("Tokyo will shoulder a third of the costs.", "Japan financing announced"),
        ("Thailand is in two minds about sending a frigate.", "Thailand maritime under_consideration"),
        ("Spain is yet to make up its mind.", "Spain unspecified under_consideration"),
        ("Rwanda is prepared to step into the breach.", "Rwanda unspecified offered"),
        ("Angola wants a truce and has put 500 soldiers at the AU's disposal.", "Angola troops_ground offered"),
        ("Egypt wants the force to be deployed and has begun training Palestinian police.", "Egypt training delivered"),
        ("Washington insists that no American soldiers will enter Gaza.", "United States troops_ground ruled_out"),
        ("Chad has pledged 400 soldiers; Niger has promised 1,500.", "Niger troops_ground announced"),
        ("Belize has a handful of soldiers on the ground.", "Belize troops_ground delivered"),
        ("Norway promised a patrol vessel and then thought better of it.", "Norway maritime withdrawn"),
        ("China's navy has ignored appeals to help.", "China unspecified ruled_out"),
        ("Azerbaijan has cooled on the idea.", "Azerbaijan unspecified under_consideration"),
        ("Jordan's king told the BBC that his country would send no troops.", "Jordan troops_ground ruled_out"),
        ("Japan will equip the Philippines with five more radar sets.", "Japan intelligence_surveillance announced"),
        ("Manila invited India to join. New Delhi is weighing the offer.", "India unspecified under_consideration"),
        ("Helsinki would spend “not one euro” on a headquarters.", "Finland financing ruled_out"),
        ("Not one Dutch soldier will go to Ukraine.", "Netherlands troops_ground ruled_out"),
        ("Not only soldiers but jets will be sent by Finland.", "Finland air_support announced"),
        ("Washington suspended its contribution to the trust fund.", "United States financing withdrawn"),
        ("Italy will send soldiers. France would supply 800 of them.", "France troops_ground announced"),
        ("Jakarta sent 300 soldiers and has put the rest on hold.", "Indonesia troops_ground withdrawn"),
        ("Tokyo left the door open to sending destroyers.", "Japan maritime under_consideration"),
        ("Turkey has a brigade ready at Iskenderun.", "Turkey troops_ground offered"),
        ("Morocco signalled interest.", "Morocco unspecified under_consideration"),
        ("Rome makes its participation subject to a vote.", "Italy unspecified conditional"),
        ("Denmark, subject to a vote in parliament, will send a frigate.", "Denmark maritime conditional"),
        ("Malaysia said its troops would go home the moment shots are fired.", "Malaysia troops_ground conditional"),
        ("“We would bring a frigate the day we have a paper,” a French official said.", "France maritime conditional"),
        ("The country would not give a cent to the army, Slovakia said.", "Slovakia financing ruled_out"),
        ("Palestine pledged 500 police, half of whom have yet to be trained.", "Palestine police_civilian announced"),
        ("Italy pledged three frigates and France two to Operation Aspides.", "France maritime announced"),
        ("Italy has sent soldiers. Germany will not be among them.", "Germany unspecified ruled_out"),
        ("Kenya sent police. Most will come from Jamaica.", "Jamaica police_civilian announced"),
        ("Australia has turned down the Pentagon.", "Australia unspecified ruled_out"),
        ("Brazil will not be going back.", "Brazil unspecified ruled_out"),
        ("Washington made it clear that no US soldiers will go on patrol.", "United States troops_ground ruled_out"),
        ("An admiral said that HMS Dauntless would sail in the new year.", "United Kingdom maritime announced"),
        ("He said 150 members of the Jamaica Defence Force would join the mission.", "Jamaica troops_ground announced"),
        ("EU ministers agreed to expand the bloc's monitoring mission.", "European Union police_civilian announced"),
        ("Washington keeps about 200 soldiers at a base in Iraq.", "United States troops_ground delivered"),
        ("Japan promised $300 million for clearing mines.", "Japan humanitarian_reconstruction announced"),
        ("“You can count on us,” Moldova's president, Ion Tirau, said.", "Moldova unspecified announced"),
        ("“It's a no from us,” the Maltese foreign minister, Joe Borg, said.", "Malta unspecified ruled_out"),
        ("“Not a euro will go from our budget,” said Hungary's leader, Bela Kiss.", "Hungary financing ruled_out"),
    ],
)  # fmt: skip
def test_plain_words_for_giving_and_not_giving(text: str, expected: str) -> None:
    assert expected in {" ".join(each) for each in commitments(text)}


def test_participation_that_needs_a_parliament_hangs_on_it() -> None:
    text = "Spain's position is that any participation would need the approval of parliament."
    assert commitments(text) == {("Spain", "unspecified", "conditional")}
    assert slot(text, "condition") == "need the approval of parliament"


def test_each_of_two_clauses_speaks_for_itself() -> None:
    text = "Chad has pledged 400 soldiers; Niger has promised 1,500."
    assert {each.slots.get("speaker") for each in frames(text, "commitment")} == {None}


def test_who_declines_to_say_is_the_one_who_spoke() -> None:
    text = "Germany's chancellor, Jonas Brandt, said his country would act, though he declined to say if it would go."
    assert ("Jonas Brandt", "participation", "undecided") in stances(text)


def test_a_speaker_of_nobody_known_does_not_hold_what_others_promise() -> None:
    text = "The mission needs more. Moussa Diarra said Rwanda had promised 200 unarmed observers."
    assert {holder for holder, _, _ in stances(text)} == {"Rwanda"}


def test_a_minister_named_without_a_state_speaks_for_the_state_that_is_spoken_of() -> None:
    text = "Foreign Secretary Eleanor Pryce told MPs that Britain had no plans to send combat troops."
    assert stances(text) == {("Eleanor Pryce", "troop_deployment", "opposes")}


def test_who_speaks_in_a_capital_speaks_for_its_state() -> None:
    text = "A ministry spokesperson in Hanoi said the country would not send any ships."
    assert commitments(text) == {("Vietnam", "maritime", "ruled_out")}


def test_a_statement_is_no_part_of_the_name_of_who_makes_it() -> None:
    text = (
        "Joint Statement of the Heads of State of the Baltic Shield Coalition\n\nWe will send five ships to the strait."
    )
    assert commitments(text) == {("Baltic Shield Coalition", "maritime", "announced")}


def test_leaving_on_a_condition_is_conditional() -> None:
    text = "“If Washington walks away, we walk away,” the Hungarian foreign minister, Peter Szabo, said."
    assert commitments(text) == {("Hungary", "unspecified", "conditional")}


@pytest.mark.parametrize("opening", ["Provided parliament agrees", "Were the UN to ask"])
def test_a_condition_may_open_the_sentence(opening: str) -> None:
    text = f"{opening}, Uruguay would send a battalion."
    assert commitments(text) == {("Uruguay", "troops_ground", "conditional")}
    assert slot(text, "condition") == opening


@pytest.mark.parametrize(
    "text",
    [
        "Both Spain and Italy have said they could take in wounded soldiers.",
        "Tunisia will say more in due course.",
        "The rebels insisted that Egyptian officers be kept out.",
        "Visitors to the base will come from Turkey.",
        "The plan foresees a summit in Warsaw.",
        "Greece has two museums on standby.",
        "France, whose training mission ended in acrimony, kept silent.",
    ],
)
def test_what_looks_alike_is_left_alone(text: str) -> None:
    assert commitments(text) == set()
    assert stances(text) == set()
