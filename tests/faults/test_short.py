"""The short version of what ``make soak`` does for hours; that of clocks is ``tests/services/test_clock.py``."""

import pytest

from tests.faults import __main__ as faults


@pytest.mark.slow
@pytest.mark.parametrize("name", ["kill", "lock", "backup"])
def test_what_was_acknowledged_outlives_what_breaks(name: str) -> None:
    assert faults.run(name, "sqlite", 1, longest=1)


def test_every_fault_says_which_engine_it_concerns() -> None:
    assert {engine for _, engines in faults.FAULTS.values() for engine in engines} == set(faults.ENGINES)
