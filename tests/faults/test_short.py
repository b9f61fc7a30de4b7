"""The short version of what ``make soak`` does for hours."""

import pytest

from tests.faults import __main__ as faults
from tests.faults.places import Skipped


@pytest.mark.slow
@pytest.mark.parametrize("name", ["kill", "lock", "clock"])
def test_what_was_acknowledged_outlives_what_breaks(name: str) -> None:
    try:
        assert faults.run(name, "sqlite", 1, longest=1)
    except Skipped as reason:
        pytest.skip(str(reason))


def test_every_fault_says_which_engine_it_concerns() -> None:
    assert {engine for _, engines in faults.FAULTS.values() for engine in engines} == set(faults.ENGINES)
