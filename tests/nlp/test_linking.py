"""Whom mentions name: short names, offices, capitals by sense, descriptions."""

import pytest

from tests.nlp.reading import actor, meant


@pytest.mark.parametrize(
    ("text", "words", "wanted"),
    [
        ("Sir Keir Starmer spoke. Sir Keir left.", "Keir", "Keir Starmer"),
        ("Mathieu Garrel spoke. Mr Garrel left.", "Garrel", "Mathieu Garrel"),
        ("David Keir spoke. Mr Keir left.", "Keir", "David Keir"),
        ("Norway’s foreign minister Ola Nordmann came.", "foreign minister", "Ola Nordmann"),
        ("Its defence minister, Sèna Agbodjan, told Benin.", "defence minister", "Sèna Agbodjan"),
        ("Anna Vega, Spain’s prime minister, left. The prime minister was tired.", "prime minister", "Anna Vega"),
        ("London will play host.", "London", "United Kingdom"),
        ("They travelled to London.", "London", None),
        ("Pressure on Kyiv grew.", "Kyiv", "Ukraine"),
        ("Talks were held in Geneva.", "Geneva", None),
        ("Downing Street said so.", "Downing Street", "United Kingdom"),
        ("He went to the White House.", "White House", None),
        ("European capitals wait.", "European", "Europe (collective)"),
        ("The Republican senator spoke in the US.", "Republican", "Republican Party (US)"),
        ("The U.N. and the EU agreed.", "EU", "European Union"),
    ],
)
def test_a_mention_names_its_actor(text: str, words: str, wanted: str | None) -> None:
    assert actor(text, words) == wanted


def test_an_office_without_a_name_is_held_by_who_held_it_that_day() -> None:
    text = "The British prime minister spoke."
    assert actor(text, "prime minister", "2023-05-01") == "Rishi Sunak"
    assert actor(text, "prime minister", "2025-03-10") == "Keir Starmer"


@pytest.mark.parametrize(
    ("text", "word", "wanted"),
    [
        ("British officials met. They agreed.", "They", ["United Kingdom"]),
        ("Norway waits. The country would help.", "country", ["Norway"]),
        ("Germany and Spain met. They agreed.", "They", ["Germany", "Spain"]),
        ("Emmanuel Macron met Keir Starmer. The two leaders agreed.", "leaders", ["Emmanuel Macron", "Keir Starmer"]),
        ("Keir Starmer spoke. He left.", "He", ["Keir Starmer"]),
        ("Norway, which has ships, agreed.", "which", ["Norway"]),
        ("Canberra’s offer was welcome.", "offer", ["Australia"]),
        ("The Trump administration stopped.", "administration", ["United States"]),
        (
            "The coalition of the willing met. All countries agreed.",
            "countries",
            ["Coalition of the Willing (Ukraine)"],
        ),
        ("Nato met. The alliance agreed.", "alliance", ["NATO"]),
        ("Nothing happened. It rained.", "It", []),
    ],
)
def test_words_without_a_name_point_back_to_their_actor(text: str, word: str, wanted: list[str]) -> None:
    assert meant(text, word) == wanted
