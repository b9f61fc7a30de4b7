"""What is not running text."""

import pytest

from workbench.core.regions import regions


def kinds(text: str) -> list[tuple[str, str]]:
    return [(region.kind, text[region.start : region.end]) for region in regions(text)]


def test_a_first_line_without_a_full_stop_is_the_headline() -> None:
    assert kinds("Allies meet in Paris\n\nThe allies met on Monday.\n") == [("headline", "Allies meet in Paris")]


def test_an_article_that_opens_with_a_sentence_has_no_headline() -> None:
    assert kinds("The allies met on Monday.\nThey left.\n") == []


def test_a_glued_credit_makes_a_caption() -> None:
    text = "The leaders met.\nHands are shaken at the summitReuters\nThen they left.\n"
    assert kinds(text) == [("caption", "Hands are shaken at the summitReuters"), ("credit", "Reuters")]


def test_a_marked_caption_is_found_with_its_credit() -> None:
    text = "The leaders met.\nAFPMathieu Garrel waves[/caption]\n"
    assert kinds(text) == [("credit", "AFP"), ("caption", "AFPMathieu Garrel waves[/caption]")]


@pytest.mark.parametrize(
    "line",
    [
        "Read more: what the force would do",
        "SIGN UP to our FREE daily email",
        "Subscribe to The Ledger",
        "This site uses cookies to work.",
        "If you value our reporting, support us from £5 a month. There is no paywall.",
        "Related: ten questions",
        "© 2026 The Ledger. All rights reserved.",
    ],
)
def test_page_furniture_is_boilerplate(line: str) -> None:
    assert ("boilerplate", line) in kinds(f"The leaders met.\n\n{line}\n")


@pytest.mark.parametrize(
    "line",
    [
        "Read the treaty, he told them, and signed it.",
        "Support for Ukraine is growing across Europe.",
        "Germany will contribute from next month.",
        "Join the coalition, she urged Spain.",
        "Reuters reported the talks first.",
    ],
)
def test_running_text_is_left_alone(line: str) -> None:
    assert kinds(f"The leaders met.\n\n{line}\n") == []


def test_line_ends_of_every_kind_are_understood() -> None:
    assert kinds("Allies meet\r\n\r\nThe allies met.\r\n") == [("headline", "Allies meet")]
