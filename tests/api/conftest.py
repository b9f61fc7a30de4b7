"""Programs of the people in the coast."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask

from tests.api.calling import Program
from tests.builders import Coast
from workbench.core.workflow import SCOPES, Person
from workbench.services import people, tokens

Holding = Callable[..., Program]


@pytest.fixture
def holding(app: Flask, coast: Coast) -> Holding:
    """Start a program with a token of somebody, good for everything or for some scopes."""

    def started(who: Person, *scopes: str, days: int = 30) -> Program:
        with coast.database.writing() as session:
            _, secret = tokens.make(
                session, "a test", scopes or tuple(SCOPES), days, by=who, now=datetime.now(UTC)
            )  # fmt: skip
        return Program(app.test_client(), secret)

    return started


@pytest.fixture
def lena(holding: Holding, coast: Coast) -> Program:
    return holding(coast.lena)


@pytest.fixture
def mia(holding: Holding, coast: Coast) -> Program:
    return holding(coast.mia)


@pytest.fixture
def root(holding: Holding, coast: Coast) -> Program:
    """A program of an admin of the bench."""
    with coast.database.writing() as session:
        made = people.add(session, "Ada", admin=True, by=None, now=datetime.now(UTC))
    return holding(Person(made.id, made.name, True))
