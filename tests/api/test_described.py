"""Every operation is called as its description allows and as it forbids, by every role; no answer may break or lie.

``make test`` tries few cases, as a viewer and as a lead; ``make soak`` many, in every role (CASES=… says how many).
"""

import os

import pytest
from flask import Flask

from tests.api.cases import tried
from tests.builders import Coast
from workbench.core.workflow import ROLES

CASES = int(os.environ.get("CASES", "1"))


@pytest.mark.slow
@pytest.mark.parametrize("role", ("viewer", "lead") if CASES == 1 else (*ROLES, "admin"))
def test_answers_are_as_described_whatever_is_sent(app: Flask, coast: Coast, role: str) -> None:
    found = tried(app, coast, role, cases=CASES)
    assert found.calls > 80
    assert not found.wrong, "\n\n".join(found.wrong)
