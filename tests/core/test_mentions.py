"""Who is meant by an @name."""

import pytest

from workbench.core.mentions import mentioned

NAMES = ["Mia", "Mia Berg", "Noor", "Søren Ås"]


@pytest.mark.parametrize(
    ("body", "meant"),
    [
        ("@Mia look", ["Mia"]),
        ("@mia berg, look", ["Mia Berg"]),
        ("(@Noor) and @noor again", ["Noor"]),
        ("@søren ås: yes", ["Søren Ås"]),
        ("@Miami", []),
        ("write to info@noor", []),
        ("Mia without a sign", []),
        ("@Noor@Mia", ["Noor"]),
        ("@ Noor", []),
        ("@", []),
    ],
)
def test_the_longest_name_behind_a_free_sign_counts(body: str, meant: list[str]) -> None:
    assert mentioned(body, NAMES) == meant
