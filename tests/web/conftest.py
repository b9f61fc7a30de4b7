"""Browsers of the people in the coast."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.builders import Coast
from tests.web.browsing import Browser
from workbench.core.workflow import Person

Seat = Callable[[Person | None], Browser]


@pytest.fixture
def seat(app: Flask, coast: Coast) -> Seat:
    """Open a browser, signed in as somebody or as nobody."""

    def opened(who: Person | None) -> Browser:
        browser = Browser(app.test_client(), coast.database)
        if who:
            browser.enter(who)
        return browser

    return opened


@pytest.fixture
def nobody(seat: Seat) -> Browser:
    return seat(None)


@pytest.fixture
def mia(seat: Seat, coast: Coast) -> Browser:
    return seat(coast.mia)


@pytest.fixture
def lena(seat: Seat, coast: Coast) -> Browser:
    return seat(coast.lena)
