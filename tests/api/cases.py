"""Calls made up from the OpenAPI description (schemathesis): what it allows, and what it forbids."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

from tests.builders import Coast, person
from workbench.core.workflow import SCOPES, Person
from workbench.services import people, tokens

CHECKS: Final = [
    not_a_server_error, content_type_conformance, negative_data_rejection, response_schema_conformance,
    status_code_conformance,
]  # fmt: skip
MODES: Final = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
NUMBERS: Final = st.sampled_from([1, 2, 3])


@dataclass
class Tried:
    """How many calls were made, by status, and what was wrong with answers."""

    calls: int = 0
    statuses: dict[int, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)


def tried(app: Flask, coast: Coast, role: str, *, cases: int) -> Tried:
    """Call every operation so many times with what fits and so many times with what does not."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    headers = {"Authorization": f"Bearer {_secret(coast, role)}"}
    found = Tried()
    for result in schema.get_all_operations():
        operation = result.ok()
        for mode in MODES:
            _try(operation, mode, headers, cases, found)
    return found


def _secret(coast: Coast, role: str) -> str:
    now = datetime.now(UTC)
    if role == "admin":
        with coast.database.writing() as session:
            made = people.add(session, "Ada", admin=True, by=None, now=now)
        who = Person(made.id, made.name, True)
    else:
        who = person(coast.database, f"Some {role}", role, coast.project)
    with coast.database.writing() as session:
        return tokens.make(session, "cases", tuple(SCOPES), 30, by=who, now=now)[1]


def _try(operation: Any, mode: GenerationMode, headers: dict[str, str], cases: int, found: Tried) -> None:
    @settings(
        max_examples=cases, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(operation.as_strategy(generation_mode=mode), st.booleans(), NUMBERS)
    def run(case: Any, near: bool, number: int) -> None:
        if near and mode is GenerationMode.POSITIVE:
            _bring_near(case, number)
        answer = case.call(headers=headers)
        found.calls += 1
        found.statuses[answer.status_code] = found.statuses.get(answer.status_code, 0) + 1
        try:
            case.validate_response(answer, checks=CHECKS)
        except FailureGroup as group:
            found.wrong += [f"{operation.label}: {each}"[:1500] for each in group.exceptions]

    run()


def _bring_near(case: Any, number: int) -> None:
    """Let an address name what is there, but for the token that the calls are made with."""
    for name in case.path_parameters:
        kept = name == "token_id" or not name.endswith("_id")
        case.path_parameters[name] = "coast" if name == "slug" else 999 if kept else number
