"""The slots of a proposal beside who, what and how firmly."""

from tests.nlp.proposing import frames, slot


def test_evidence_leaves_out_the_attribution_and_the_condition() -> None:
    text = "If the truce holds, Sweden would send jets to Ukraine, its foreign minister said."
    assert slot(text, "evidence") == "Sweden would send jets to Ukraine"
    assert slot(text, "condition") == "If the truce holds"


def test_evidence_leaves_out_a_dateline() -> None:
    text = "ATHENS, April 27 (Newswire) - Greece will send a frigate to the Red Sea."
    assert slot(text, "evidence") == "Greece will send a frigate to the Red Sea"


def test_quantity_is_the_number_without_its_noun() -> None:
    assert slot("Kenya will send 600 soldiers to Haiti.", "quantity") == "600"


def test_amount_is_the_money() -> None:
    assert slot("Canada will pay €400 million into the fund.", "amount") == "€400 million"


def test_timeframe_keeps_its_preposition() -> None:
    assert slot("Denmark will give Ukraine howitzers by the end of June.", "timeframe") == "by the end of June"


def test_the_beneficiary_is_whom_it_is_given_to_or_where_it_goes() -> None:
    assert slot("Denmark will give Ukraine howitzers.", "beneficiary") == "Ukraine"
    assert slot("Kenya will send 600 soldiers to Haiti.", "beneficiary") == "Haiti"


def test_the_speaker_is_who_says_so() -> None:
    text = "Poland will send tanks to Ukraine, Emmanuel Macron said."
    assert slot(text, "speaker") == "Emmanuel Macron"
    assert slot(text, "attribution") == "indirect"


def test_the_speaker_of_a_quotation_is_found_in_the_sentence_around_it() -> None:
    text = "“We will send soldiers to Ukraine,” Emmanuel Macron said."
    assert slot(text, "speaker") == "Emmanuel Macron"
    assert slot(text, "attribution") == "direct"
    assert slot(text, "actor") == "France"


def test_the_speaker_of_a_quotation_is_found_across_sentences() -> None:
    text = "Emmanuel Macron was firm. “This is our duty,” he said. “We will send soldiers to Ukraine.”"
    assert slot(text, "actor") == "France"


def test_so_far_is_hedged() -> None:
    assert slot("Hungary has so far refused to send troops.", "hedged") is True


def test_not_all_is_partial() -> None:
    text = "Not all countries in the European Union are prepared to send troops to Ukraine."
    assert slot(text, "partial") is True


def test_would_is_soft_and_will_is_firm() -> None:
    assert slot("Greece will send a frigate.", "strength") == "firm"
    assert slot("Under the plan Greece would send a frigate.", "strength") == "soft"


def test_who_asks_is_kept() -> None:
    assert slot("Lithuania urged Germany to send missiles to Ukraine.", "sought_by") == "Lithuania"


def test_a_proposal_names_its_rule_and_its_cue() -> None:
    [frame] = frames("Kenya pledged to send 600 soldiers to Haiti.", "commitment")
    assert frame.by.cue == "commit: pledged"
    assert frame.by.suggester is not None
    assert frame.by.suggester.startswith("spacy:")
