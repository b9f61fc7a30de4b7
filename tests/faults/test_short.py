"""The short version of what ``make soak`` does for hours."""

import pytest

from tests.faults import __main__ as faults


@pytest.mark.slow
@pytest.mark.parametrize("name", ["kill", "lock"])
def test_what_was_acknowledged_outlives_what_breaks(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faults, "LONGEST", [1])
    assert faults.run(name, "sqlite", 1)


def test_every_fault_says_which_engine_it_concerns() -> None:
    assert {engine for _, engine in faults.FAULTS.values()} <= {"both", "sqlite", "postgresql"}
