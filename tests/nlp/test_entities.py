"""Entities by the boundary rules of the scheme."""

from dataclasses import replace

import pytest

from tests.nlp.reading import entities, labelled, reader, registry, scheme
from workbench.core.annotation import Document
from workbench.nlp.pipeline import load


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Sir Keir Starmer met Mr Macron.", {("Keir Starmer", "PERSON"), ("Macron", "PERSON")}),
        ("US President Donald Trump spoke.", {("US", "GPE"), ("President", "ROLE"), ("Donald Trump", "PERSON")}),
        ("A European-led force was pro-Trump.", {("European", "NORP"), ("Trump", "PERSON")}),
        ("Nobody in north-west London knew Ukraine‘s plan.", {("London", "GPE"), ("Ukraine", "GPE")}),
        ("They joined the Vilnius summit.", {("Vilnius summit", "EVENT")}),
        ("A Gaza stabilisation force is planned.", {("Gaza", "GPE"), ("stabilisation force", "FORCE")}),
        ("The coalition of the willing met Nato.", {("coalition of the willing", "ALLIANCE"), ("Nato", "ALLIANCE")}),
        ("She will leave at the end of February.", {("the end of February", "DATE")}),
        ("It came back in some 12 months’ time.", {("some 12 months’ time", "DATE")}),
        ("Sweden pays €400 million and C$120m.", {("Sweden", "GPE"), ("€400 million", "MONEY"), ("C$120m", "MONEY")}),
        ("Kenya sends nearly 3,000 soldiers.", {("Kenya", "GPE"), ("nearly 3,000", "QUANTITY")}),
        ("Rebels attacked Goma, and soldiers fled to Goma.", {("Goma", "GPE")}),
        ("They sent Lake Chad two frigates.", {("Lake Chad", "LOC"), ("two", "QUANTITY"), ("frigates", "WEAPON")}),
        ("Jo Ray, chief of the defence staff, went.", {("Jo Ray", "PERSON"), ("chief of the defence staff", "ROLE")}),
    ],
)  # fmt: skip
def test_boundaries_follow_the_scheme(text: str, wanted: set[tuple[str, str]]) -> None:
    assert labelled(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Officials said the coalition and the group would meet leaders for talks soon.",
        "For years a spokesperson declined, shortly after the vote.",
        "The second, the third and half of them agreed 40 per cent.",
    ],
)
def test_what_the_scheme_leaves_out_is_not_proposed(text: str) -> None:
    assert labelled(text) == set()


def test_a_name_broken_by_a_bracket_is_two_people_of_one_name() -> None:
    text = "It fell while (Russian President Vladimir) Putin waited. Vladimir Putin left."
    people = [(text[each.start : each.end], each.actor) for each in entities(text) if each.label == "PERSON"]
    assert people[:2] == [("Vladimir", "Vladimir Putin"), ("Putin", "Vladimir Putin")]


def test_a_glued_credit_is_cut_off_and_flagged() -> None:
    text = "Force talks\n\nThey left the Ghent summitReuters\n\nAFPEmmanuel Macron has promised men today[/caption]\n"
    found = {text[each.start : each.end]: each.flags for each in entities(text)}
    assert found["Ghent summit"] == ("glued",)
    assert found["Reuters"] == ("glued", "credit")
    assert found["AFP"] == ("glued", "credit")
    assert "Emmanuel Macron" in found
    assert found["today"] == ("glued",)


def test_entities_in_boilerplate_are_flagged() -> None:
    text = "Talks go on\n\nFrance agreed.\n\nRead more: Germany explained\n"
    assert {text[each.start : each.end]: each.flags for each in entities(text)}["Germany"] == ("boilerplate",)


def test_a_capital_without_words_of_a_shout_is_no_name() -> None:
    assert ("VOWS", "PERSON") not in labelled("POTUS VOWS TO PUT BOOTS ON THE GROUND\n\nNothing else.")


def test_labels_that_the_scheme_lacks_are_not_proposed() -> None:
    few = replace(scheme(), labels=tuple(label for label in scheme().labels if label.name in {"GPE", "PERSON"}))
    small = load(None, few, registry())
    [layer] = small.suggest([Document("On Monday Keir Starmer sent tanks to Ukraine from Downing Street.")])
    assert {each.label for each in layer.entities} == {"GPE", "PERSON"}


def test_every_proposal_says_why_and_how_sure() -> None:
    found = entities("Norway offered 300 soldiers on Monday, Jonas Gahr Støre said.")
    assert found
    assert all(each.by.cue and each.by.score and 0 < each.by.score < 1 for each in found)
    assert {each.by.suggester for each in found} == {reader().name}


@pytest.mark.parametrize(
    "text", ["x", ".", "😀 مرحبا \u200fhello\r\n\r\n", "A " * 500, "\u2028", "ALL CAPS ONLY", "no capitals at all"]
)
def test_extremes_are_read_without_complaint(text: str) -> None:
    for each in entities(text):
        assert text[each.start : each.end].strip()
