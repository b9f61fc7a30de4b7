"""Who would contribute what, and how firmly: each construction of the cue list once."""

from tests.nlp.proposing import commitments


def test_a_pledge_to_do_something_is_announced() -> None:
    text = "Kenya pledged on Monday to send 600 soldiers to Haiti."
    assert commitments(text) == {("Kenya", "troops_ground", "announced")}


def test_a_pledge_of_something_is_announced() -> None:
    assert commitments("Sweden has promised two frigates.") == {("Sweden", "maritime", "announced")}


def test_an_offer_is_offered() -> None:
    assert commitments("Canada has offered to help Ukraine.") == {("Canada", "unspecified", "offered")}


def test_an_offer_as_a_noun_belongs_to_its_owner() -> None:
    text = "Canberra's offer of two helicopters surprised nobody."
    assert commitments(text) == {("Australia", "air_support", "offered")}


def test_readiness_is_offered() -> None:
    assert commitments("Spain is ready to train Ukrainian recruits.") == {("Spain", "training", "offered")}


def test_will_is_announced() -> None:
    text = "Denmark will give Ukraine 18 howitzers by the end of June."
    assert commitments(text) == {("Denmark", "weapons_ammunition", "announced")}


def test_the_infinitive_of_a_headline_is_announced() -> None:
    assert commitments("Japan to send minesweepers to Gulf") == {("Japan", "maritime", "announced")}


def test_a_plan_in_the_passive_belongs_to_whose_troops_they_are() -> None:
    text = "Troops from France and Italy would be placed in Lebanon."
    assert commitments(text) == {("France", "troops_ground", "announced"), ("Italy", "troops_ground", "announced")}


def test_a_refusal_is_ruled_out() -> None:
    assert commitments("Hungary has refused to send troops.") == {("Hungary", "troops_ground", "ruled_out")}


def test_ruling_out_in_a_participle_takes_the_subject_of_its_sentence() -> None:
    text = "Poland has offered logistics support despite ruling out putting troops on the ground."
    assert commitments(text) == {("Poland", "logistics", "offered"), ("Poland", "troops_ground", "ruled_out")}


def test_will_not_is_ruled_out() -> None:
    assert commitments("Ottawa will not send ground troops.") == {("Canada", "troops_ground", "ruled_out")}


def test_no_soldier_would_is_ruled_out() -> None:
    text = "No German soldier would set foot in Gaza, officials said."
    assert commitments(text) == {("Germany", "troops_ground", "ruled_out")}


def test_not_ruled_out_is_under_consideration() -> None:
    text = "Norway has not ruled out sending jets."
    assert commitments(text) == {("Norway", "air_support", "under_consideration")}


def test_weighing_is_under_consideration() -> None:
    text = "Finland is considering sending two ships to the Red Sea."
    assert commitments(text) == {("Finland", "maritime", "under_consideration")}


def test_declining_to_say_whether_is_under_consideration() -> None:
    text = "Brazil declined to say whether it would send police officers to Haiti."
    assert commitments(text) == {("Brazil", "police_civilian", "under_consideration")}


def test_too_early_to_say_is_under_consideration() -> None:
    text = "Germany and Spain have said it is too early to say."
    assert commitments(text) == {
        ("Germany", "unspecified", "under_consideration"),
        ("Spain", "unspecified", "under_consideration"),
    }


def test_a_condition_beats_a_vow() -> None:
    text = "Sweden vowed to send jets to Ukraine if the truce holds."
    assert commitments(text) == {("Sweden", "air_support", "conditional")}


def test_will_not_without_is_conditional() -> None:
    text = "Malaysia will not deploy its medics without a guarantee from Israel."
    assert ("Malaysia", "humanitarian_reconstruction", "conditional") in commitments(text)


def test_even_if_is_no_condition() -> None:
    text = "Denmark will keep its soldiers in Mali even if the truce collapses."
    assert commitments(text) == {("Denmark", "troops_ground", "announced")}


def test_urging_is_a_request_to_the_one_who_is_urged() -> None:
    text = "Lithuania urged Germany to send missiles to Ukraine."
    assert commitments(text) == {("Germany", "weapons_ammunition", "requested")}


def test_hoping_that_somebody_joins_is_a_request() -> None:
    text = "Egypt hopes that Morocco will join the mission."
    assert commitments(text) == {("Morocco", "unspecified", "requested")}


def test_dependence_is_a_request_to_the_provider() -> None:
    text = "European leaders insisted the plan would be dependent upon an American security guarantee."
    assert commitments(text) == {("United States", "security_guarantee", "requested")}


def test_freezing_is_withdrawn() -> None:
    text = "Washington has suspended military aid to Ukraine."
    assert commitments(text) == {("United States", "weapons_ammunition", "withdrawn")}


def test_handing_over_is_delivered() -> None:
    text = "Australia has handed over 49 tanks to Ukraine."
    assert commitments(text) == {("Australia", "weapons_ammunition", "delivered")}


def test_training_in_progress_is_delivered_and_sending_in_progress_is_announced() -> None:
    text = "Belgium is training Beninese soldiers at Ouidah."
    assert commitments(text) == {("Belgium", "training", "delivered")}
    text = "Singapore is sending a surgical team to Egypt next week."
    assert commitments(text) == {("Singapore", "humanitarian_reconstruction", "announced")}


def test_coordinated_actors_are_one_frame_each() -> None:
    text = "Ireland, Luxembourg and Belgium offered to help Ukraine."
    assert {actor for actor, _, _ in commitments(text)} == {"Ireland", "Luxembourg", "Belgium"}


def test_what_is_left_out_after_a_comma_is_understood() -> None:
    text = "Romania will contribute three vessels, Bulgaria two and Turkey four."
    assert {actor for actor, _, _ in commitments(text)} == {"Romania", "Bulgaria", "Turkey"}


def test_modifiers_of_support_are_one_type_each() -> None:
    text = "The United States cut off military and intelligence support to Ukraine."
    assert {kind for _, kind, _ in commitments(text)} == {"weapons_ammunition", "intelligence_surveillance"}


def test_money_for_arms_is_two_frames() -> None:
    text = "Britain pledged a £2 billion loan to buy 300 missiles for Ukraine."
    assert {kind for _, kind, _ in commitments(text)} == {"financing", "weapons_ammunition"}


def test_a_leader_speaks_of_the_means_of_the_state() -> None:
    text = "Emmanuel Macron offered to send soldiers to Ukraine."
    assert commitments(text) == {("France", "troops_ground", "offered")}
