"""The short version of what ``make soak`` does for hours; that of clocks is ``tests/services/test_clock.py``."""

import pytest

from tests.faults import __main__ as faults
from tests.faults import crews
from tests.faults.places import place
from tests.nlp.poisoned import SAID


@pytest.mark.slow
@pytest.mark.parametrize("name", ["kill", "lock", "backup", "copy", "renew"])
def test_what_was_acknowledged_outlives_what_breaks(name: str) -> None:
    assert faults.run(name, "sqlite", 1, longest=1)


@pytest.mark.slow
def test_a_run_outlives_workers_that_are_killed_and_articles_that_break_suggesters(engine: str) -> None:
    with place("workers", engine) as where:
        told = crews.storm(where, 1)
    assert len(told.killed) == told.again == 1
    assert {word: said in told.parked[word] for word, said in SAID.items()} == dict.fromkeys(SAID, True)
    assert all("Traceback" in trouble for trouble in told.parked.values())
    assert told.layers == told.read == told.articles - len(SAID) == 59
    assert (told.state, told.unwell) == ("done", [])
    assert told.good


def test_every_fault_says_which_engine_it_concerns() -> None:
    assert {engine for _, engines in faults.FAULTS.values() for engine in engines} == set(faults.ENGINES)
