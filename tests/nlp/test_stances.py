"""Who takes which position on what."""

from tests.nlp.proposing import slot, stances


def test_an_offer_supports_what_it_is_about() -> None:
    assert stances("Canada has offered to help Ukraine.") == {("Canada", "participation", "supports")}


def test_a_refusal_opposes() -> None:
    assert stances("Hungary has refused to send troops.") == {("Hungary", "troop_deployment", "opposes")}


def test_reserve_is_undecided() -> None:
    text = "Finland is considering sending two ships to the Red Sea."
    assert stances(text) == {("Finland", "participation", "undecided")}


def test_a_plan_told_as_fact_is_no_stance() -> None:
    assert stances("Denmark will give Ukraine 18 howitzers by the end of June.") == set()


def test_a_delivery_is_no_stance() -> None:
    assert stances("Australia has handed over 49 tanks to Ukraine.") == set()


def test_asking_others_supports_their_part() -> None:
    text = "Lithuania urged Germany to send missiles to Ukraine."
    assert stances(text) == {("Lithuania", "military_aid", "supports")}
    assert slot(text, "target_actor", "stance") == "Germany"


def test_dependence_makes_the_position_on_the_plan_conditional() -> None:
    text = "European leaders insisted the plan would be dependent upon an American security guarantee."
    assert stances(text) == {("Europe (collective)", "coalition", "conditional")}
    assert slot(text, "condition", "stance") == "dependent upon an American security guarantee"


def test_praise_supports_and_criticism_opposes() -> None:
    assert stances("Japan hailed the ceasefire.") == {("Japan", "peace_process", "supports")}
    assert stances("Russia condemned the sanctions.") == {("Russia", "sanctions", "opposes")}


def test_an_attitude_to_an_actor_names_it() -> None:
    assert stances("Hungary blamed Ukraine for the delay.") == {("Hungary", "actor:Ukraine", "opposes")}


def test_negated_support_opposes() -> None:
    assert stances("Slovakia does not support the sanctions.") == {("Slovakia", "sanctions", "opposes")}


def test_the_object_goes_through_aims_and_ideas() -> None:
    text = "Finland applauds the aims of the ceasefire."
    assert stances(text) == {("Finland", "peace_process", "supports")}


def test_what_is_said_to_be_a_mistake_is_opposed_by_who_says_so() -> None:
    text = "Viktor Orbán said the deployment was a mistake."
    assert {(target, polarity) for _, target, polarity in stances(text)} == {("troop_deployment", "opposes")}


def test_support_as_a_noun_counts() -> None:
    text = "Turkey expressed its full support for the ceasefire."
    assert stances(text) == {("Turkey", "peace_process", "supports")}


def test_a_greeting_is_no_stance() -> None:
    assert stances("Norway's king welcomes the minister at the airport.") == set()


def test_a_question_is_no_stance() -> None:
    assert stances("Does Hungary support the sanctions?") == set()


def test_what_may_be_supported_is_not_yet() -> None:
    assert stances("Hungary may support the sanctions.") == set()


def test_one_holder_in_a_group_is_not_the_group() -> None:
    text = "Niger and Mali rejected the ceasefire."
    assert {holder for holder, _, _ in stances(text)} == {"Niger", "Mali"}
