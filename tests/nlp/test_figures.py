"""Figures of speech and small words of newspapers: who is in, who is out, who has not made up its mind."""

import pytest

from tests.nlp.proposing import commitments, frames, stances

BEFORE = "Allied leaders met in Paris to discuss the mission. "


@pytest.mark.parametrize(
    ("text", "actor", "status"),
    [
        ("Canada is holding fire.", "Canada", "under_consideration"),
        ("French officials are dragging their feet.", "France", "under_consideration"),
        ("Spain wants nothing to do with the mission.", "Spain", "ruled_out"),
        ("Italy made no promises.", "Italy", "under_consideration"),
        ("Chile is in no position to help.", "Chile", "ruled_out"),
        ("Poland is not going.", "Poland", "ruled_out"),
        ("The Bahamas jumped on board.", "Bahamas", "announced"),
        ("Japan has resisted calls for it to take part.", "Japan", "ruled_out"),
    ],
)
def test_a_figure_of_speech_tells_where_a_party_stands(text: str, actor: str, status: str) -> None:
    assert (actor, "unspecified", status) in commitments(BEFORE + text)


def test_a_figure_of_speech_takes_its_object_or_what_follows_it() -> None:
    assert ("Belgium", "maritime", "offered") in commitments("Belgium has put two minehunters on the table.")
    assert ("France", "training", "ruled_out") in commitments("Paris turned up its nose at training Haitian recruits.")


def test_an_attitude_in_a_figure_of_speech_is_a_stance_as_well() -> None:
    assert ("Canada", "participation", "undecided") in stances(BEFORE + "Canada is sitting on the fence.")


@pytest.mark.parametrize(
    "text", ["Ghana is ready for the rains.", "The talks went down to the wire.", "Did Canada get cold feet?"]
)
def test_the_same_words_about_other_things_commit_nobody(text: str) -> None:
    assert commitments(BEFORE + text) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Japan’s contribution will be two patrol boats.", ("Japan", "maritime", "announced")),
        ("Denmark’s offer was 50 medics.", ("Denmark", "humanitarian_reconstruction", "offered")),
        ("Germany announced no fresh money.", ("Germany", "financing", "ruled_out")),
        ("Nigeria doubled its pledge on Friday.", ("Nigeria", "unspecified", "delivered")),
        ("Sweden will fly in a company of rangers.", ("Sweden", "troops_ground", "announced")),
        ("The Quad will launch a maritime patrol.", ("Quad", "maritime", "announced")),
        ("Jamaica has 24 troops on the island.", ("Jamaica", "troops_ground", "delivered")),
        ("A plan by Britain to send troops was shelved.", ("United Kingdom", "troops_ground", "withdrawn")),
        ("A force to be led by Britain will watch the truce.", ("United Kingdom", "hq_command", "announced")),
        ("Gulf states agreed to send 500 troops.", ("Gulf states (collective)", "troops_ground", "announced")),
        ("Spain is considering a military contribution.", ("Spain", "unspecified", "under_consideration")),
    ],
)
def test_nominal_and_phrasal_wording_is_read(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in commitments(text)


def test_a_threat_to_withdraw_counts_with_its_condition_alone() -> None:
    threat = "Uganda threatened to pull out its 4,500 troops"
    assert commitments(f"{threat} if salaries are not paid.") == {("Uganda", "troops_ground", "conditional")}
    assert commitments(f"{threat}.") == set()


def test_what_is_said_not_to_be_given_beside_an_offer_is_ruled_out() -> None:
    text = "Finland can offer staff officers, not ships, its minister, Antti Koskela, said."
    assert ("Finland", "maritime", "ruled_out") in commitments(text)


def test_a_condition_may_follow_a_dash_and_is_no_contribution_itself() -> None:
    text = "Egypt said it could provide monitors - provided the UN Security Council mandates them."
    assert {each.slots["status"] for each in frames(text, "commitment")} == {"conditional"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("There was scepticism from Abidjan.", ("Ivory Coast", "coalition", "opposes")),
        ("The mission drew a cool response from Ghana.", ("Ghana", "coalition", "opposes")),
        ("Russia’s ambassador condemned the build-up.", ("Russia", "troop_deployment", "opposes")),
        ("Niger’s leader, Gen Moussa Diallo, praised the mission.", ("Moussa Diallo", "coalition", "supports")),
        ("Spain’s defence minister praised the mission.", ("Spain", "coalition", "supports")),
        ("Portugal does not intend to send soldiers.", ("Portugal", "troop_deployment", "opposes")),
        ("Greece is not in favour of the mission.", ("Greece", "coalition", "opposes")),
        ("Spain is critical of the mission.", ("Spain", "coalition", "opposes")),
        ("China reacted with scorn.", ("China", "coalition", "opposes")),
        ("Haiti’s government begged for helicopters.", ("Haiti", "participation", "supports")),
    ],
)
def test_positions_are_read_from_nouns_offices_and_pleas(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in stances(text)


def test_we_in_a_communique_is_who_issued_it() -> None:
    text = "Joint statement of the Quad\n\nWe welcome the mission. We will send two frigates."
    assert commitments(text) == {("Quad", "maritime", "announced")}
    assert ("Quad", "coalition", "supports") in stances(text)
    assert commitments("A letter to the editor\n\nWe will send two frigates.") == set()
