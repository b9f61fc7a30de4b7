"""What libraries say of problems, as part of our sentences."""

import pytest

from workbench.core.errors import clause


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (ValueError("It is broken."), "It is broken"),
        (ValueError("On two\n  lines ... "), "On two lines"),
        (EOFError(), "no reason is given"),
        (UnicodeDecodeError("utf-8", b"a\xff", 1, 2, "invalid start byte"), "it is not UTF-8 throughout"),
        (ValueError("x" * 5000), "x" * 300),
    ],
)
def test_a_problem_is_said_in_one_line_without_a_stop(problem: Exception, said: str) -> None:
    assert clause(problem) == said
