"""Names by their class: ships, spokespersons, datelines, pacts, companies, bodies that every state has."""

import pytest

from tests.nlp.reading import actor, labelled


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Chile sent the frigate Almirante Cochrane on Friday.",
            {("Chile", "GPE"), ("frigate Almirante Cochrane", "WEAPON"), ("Friday", "DATE")},
        ),
        (
            "The Yavuz, a Barbaros-class frigate, left, and the Yavuz is old.",
            {("Yavuz", "WEAPON"), ("Barbaros-class frigate", "WEAPON")},
        ),
        (
            "The frigate Ghana promised is late; a car carrier waits.",
            {("frigate", "WEAPON"), ("Ghana", "GPE")},
        ),
        (
            "Peru buys 24 KF-21 jets, BrahMos cruise missiles and four patrol vessels.",
            {("Peru", "GPE"), ("24", "QUANTITY"), ("KF-21 jets", "WEAPON"), ("BrahMos cruise missiles", "WEAPON"),
             ("four", "QUANTITY"), ("patrol vessels", "WEAPON")},
        ),
        (
            "Army spokesman Felix Mbayo spoke, and a spokesman declined.",
            {("Army spokesman", "ROLE"), ("Felix Mbayo", "PERSON")},
        ),
        (
            "Armed Forces Minister Zoe Lam met Minister of State for Foreign Affairs Adel Harbi.",
            {("Armed Forces Minister", "ROLE"), ("Zoe Lam", "PERSON"),
             ("Minister of State for Foreign Affairs", "ROLE"),
             ("Adel Harbi", "PERSON")},
        ),
        (
            "ACCRA/LAGOS -- Talks began. Nobody in Lagos knew of the Accra Compact. The Compact is short.",
            {("ACCRA", "GPE"), ("LAGOS", "GPE"), ("Lagos", "GPE"), ("Accra Compact", "ALLIANCE"),
             ("Compact", "ALLIANCE")},
        ),
        (
            "Updated June 11, 2027 06:12 JST\n\nThey met on June 8 and 9.",
            {("June 11, 2027 06:12 JST", "DATE"), ("June 8 and 9", "DATE")},
        ),
        (
            "Ships left the Suez Canal, said Ann Lee of consultancy Blue Ledger.",
            {("Suez Canal", "LOC"), ("Ann Lee", "PERSON"), ("Blue Ledger", "ORG")},
        ),
        (
            "A Kremlin spokesman laughed. They dined at the Kremlin.",
            {("Kremlin", "ORG"), ("Kremlin", "FAC")},
        ),
    ],
)  # fmt: skip
def test_names_are_told_by_the_words_around_them(text: str, wanted: set[tuple[str, str]]) -> None:
    assert labelled(text) == wanted


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("PM VOWS TO PUT SHIPS IN THE GULF\nThe ships leave on Monday.", set()),
        ("PRESIDENT KARVONEN VOWS TO SEND SHIPS\nAnna Karvonen was speaking in Turku.", {"KARVONEN", "Anna Karvonen"}),
    ],
)
def test_a_line_in_capitals_tells_no_name_that_the_article_does_not(text: str, people: set[str]) -> None:
    assert {words for words, label in labelled(text) if label == "PERSON"} == people


@pytest.mark.parametrize(
    ("text", "words", "wanted"),
    [
        ("In Hanoi, the Trade Ministry called it unwise.", "Trade Ministry", "Vietnam"),
        ("Foreign Ministry spokesman Le Van Duc spoke in Hanoi.", "Foreign Ministry", "Vietnam"),
        ("Ghana offered men. Parliament must agree.", "Parliament", "Ghana"),
        ("The Senate in Manila agreed.", "Senate", "Philippines"),
        ("Britain waits, and Parliament will vote.", "Parliament", "UK Parliament"),
        ("Britain waits. It says that the Army is ready.", "Army", "British Army"),
        ("The Ministry of Defence in Paris said no.", "Ministry of Defence", "France"),
        ("The US waits, and Congress will vote.", "Congress", "US Congress"),
        ("The note came from Washington, which has frozen the money.", "Washington", "United States"),
        ("He lives in London, which has nine million people.", "London", None),
        ("She chaired a meeting of defence ministers in Brussels.", "Brussels", None),
        ("DJIBOUTI, March 3 (Reuters) - Rain fell.", "DJIBOUTI", None),
        ("Soldiers died in Ukraine as PM shrugs off the jibe.", "PM", None),
        ("India told PTI that India waits.", "PTI", "Press Trust of India"),
    ],
)
def test_bodies_and_capitals_are_linked_by_where_they_stand(text: str, words: str, wanted: str | None) -> None:
    assert actor(text, words) == wanted
