"""Names that show what they are."""

import pytest

from workbench.core.words import legible


@pytest.mark.parametrize("name", ["Zoë Ábel", "Мия", "李明", "Ali (2)", "{{7*7}}", "🚢"])
def test_names_of_every_alphabet_can_be_read(name: str) -> None:
    assert legible(name)


@pytest.mark.parametrize(
    "name",
    ["Le\u200bna", "\u202eaneL", "\u2066Lena", "Le\u00adna", "\ufeffLena", "\u3164", "\u2800", "Le\nna", "Le\x1bna"],
)
def test_what_is_unseen_or_turns_the_rest_around_makes_no_name(name: str) -> None:
    assert not legible(name) and not legible(name, joined=True)


def test_joiners_belong_to_names_of_some_scripts() -> None:
    assert legible("نیک\u200cپی", joined=True) and not legible("Le\u200cna")
