"""Every operation, for everybody: the role × operation matrix, from the addresses that the app knows."""

import gzip
import io
import re
from collections.abc import Iterator

from flask import Flask
from gunicorn.http.errors import InvalidChunkSize
from werkzeug.routing import Rule

from tests.api.calling import Program
from tests.api.conftest import Holding
from tests.builders import Coast, person, project
from workbench.api.description import Operation
from workbench.core.workflow import ACTS, ROLES, SCOPES, scope_of
from workbench.edge import problems

VALUES = {
    "slug": "coast",
    "item_id": 999,
    "key": "x",
    "job_id": 1,
    "batch_id": 1,
    "person_id": 1,
    "thread_id": 1,
    "token_id": 999,
}

OF_OTHERS = {"api.reader_report"}
"""What is somebody else's in these addresses, and open to leads alone."""


def operations(app: Flask) -> Iterator[tuple[Rule, Operation]]:
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/api/v1/") and rule.endpoint != "api.openapi":
            yield rule, app.view_functions[rule.endpoint].operation  # type: ignore[attr-defined]


def address(rule: Rule, slug: str = "coast") -> str:
    values = VALUES | {"slug": slug}
    path = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(values.get(found[1], 1)), rule.rule)
    return path.removeprefix("/api/v1")


def answers(program: Program, rule: Rule, op: Operation, slug: str = "coast") -> tuple[int, str]:
    body = {} if op.method == "GET" or not op.body else {"json": {}}
    answer = program.call(op.method, address(rule, slug), **body)
    return answer.status_code, (answer.json or {}).get("code", "") if answer.is_json else ""


def test_every_operation_says_what_it_takes(app: Flask) -> None:
    found = list(operations(app))
    assert len(found) > 55
    for rule, op in found:
        assert ("slug" in rule.arguments) == (op.act is not None), rule.rule
        assert op.act in ACTS if op.act else op.scope in SCOPES, rule.rule


def test_each_role_reaches_what_the_policy_says_and_no_more(app: Flask, coast: Coast, holding: Holding) -> None:
    for role in ROLES:
        program = holding(person(coast.database, f"Some {role}", role, coast.project))
        for rule, op in operations(app):
            status, code = answers(program, rule, op)
            where = f"{role} {op.method} {rule.rule} {status} {code}"
            if op.admin or (op.act and role not in ACTS[op.act]):
                assert (status, code) == (403, "not_allowed"), where
            else:
                theirs = rule.endpoint in OF_OTHERS and status == 403
                assert theirs or status not in {401, 403, 405, 500}, where


def test_other_teams_projects_look_absent(app: Flask, coast: Coast, holding: Holding) -> None:
    project(coast.database, coast.lena, "dyke", "Dyke")
    mia = holding(coast.mia)
    for rule, op in operations(app):
        if op.act:
            assert answers(mia, rule, op, "dyke") == (404, "not_found"), rule.rule
            assert answers(mia, rule, op, "no-such-project") == (404, "not_found"), rule.rule


def test_without_a_token_nothing_answers(app: Flask, coast: Coast) -> None:
    nobody = app.test_client()
    for rule, op in operations(app):
        answer = nobody.open(f"/api/v1{address(rule)}", method=op.method)
        assert (answer.status_code, answer.mimetype) == (401, "application/problem+json"), rule.rule


def test_a_token_reaches_no_further_than_its_scopes(app: Flask, coast: Coast, holding: Holding) -> None:
    for scope in SCOPES:
        program = holding(coast.lena, scope)
        for rule, op in operations(app):
            status, code = answers(program, rule, op)
            needed = op.scope or scope_of(op.act or "")
            if needed != scope:
                assert (status, code) == (403, "not_allowed"), f"{scope} {rule.rule}"


def test_an_admin_sees_all(app: Flask, root: Program) -> None:
    for rule, op in operations(app):
        assert answers(root, rule, op)[0] not in {401, 500}, rule.rule


def test_what_is_not_there_is_a_problem_too(app: Flask, mia: Program) -> None:
    for method, path, status in (
        ("GET", "/nothing", 404),
        ("PATCH", "/account", 405),
        ("GET", "/projects/../account", 404),
    ):
        answer = mia.call(method, path)
        assert (answer.status_code, answer.mimetype) == (status, "application/problem+json"), path
        assert answer.json["code"] in problems.codes()


def test_numbers_in_addresses_are_plain_digits(mia: Program) -> None:
    assert mia.get("/projects/coast/items/1").status_code == 200
    assert mia.get("/projects/coast/items/\u0661").status_code == 404


def test_a_packed_body_is_refused_as_what_it_is(lena: Program) -> None:
    packed = gzip.compress(b'{"role": "viewer"}')
    headers = {"Content-Encoding": "gzip", "Content-Type": "application/json"}
    answer = lena.call("PUT", "/projects/coast/team/2", data=packed, headers=headers)
    assert (answer.status_code, answer.json["code"]) == (415, "http_415")


def test_an_invitation_leaves_its_trace_in_the_log(root: Program, coast: Coast) -> None:
    assert root.post(f"/people/{coast.mia.id}/invitation").status_code == 200
    newest = root.get("/log").json["items"][0]
    assert (newest["act"], newest["subject"]) == ("person.invite", "Mia")


def test_chunks_that_a_server_cannot_read_are_their_senders_fault(lena: Program) -> None:
    class Broken(io.BytesIO):
        """What gunicorn hands on where a chunk has no size: its own kind of error."""

        def read(self, size: int | None = -1) -> bytes:
            raise InvalidChunkSize(b"zz")

    chunked = {"wsgi.input": Broken(), "wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}
    kind = {"Content-Type": "application/json"}
    answer = lena.call("POST", "/projects/coast/items/next", headers=kind, environ_overrides=chunked)
    assert (answer.status_code, answer.json["code"]) == (400, "http_400")
