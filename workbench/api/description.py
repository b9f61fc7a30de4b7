"""The OpenAPI 3.1 description, generated from the operations and their shapes."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Final

from flask import Flask
from pydantic import BaseModel
from spectree import Response, SpecTree

from workbench import __version__
from workbench.api.shapes.base import Problem
from workbench.core import workflow
from workbench.core.workflow import ACTS, ROLES, SCOPES
from workbench.edge import problems

SPEC: Final = SpecTree(
    "flask",
    title="Workbench",
    version=__version__,
    mode="strict",
    naming_strategy=lambda model: model.__name__,
    nested_naming_strategy=lambda _parent, child: child,
    validation_error_model=Problem,
)
PROBLEM: Final = {
    "description": "A problem document (RFC 9457); `code` is stable.",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}
KEY: Final = {
    "name": "Idempotency-Key", "in": "header", "required": False,
    "description": (
        "A fresh name for this act, such as a UUID. Sent again within a day, the same request gets the same answer."
    ),
    "schema": {"type": "string", "minLength": 1, "maxLength": 80, "pattern": "^[!-~]+$"},
}  # fmt: skip
MATCH: Final = {
    "name": "If-Match", "in": "header", "required": True, "schema": {"type": "string"},
    "description": "The ETag of the version that is changed; without it 428, with another 412.",
}  # fmt: skip
NONE_MATCH: Final = {
    "name": "If-None-Match", "in": "header", "required": False, "schema": {"type": "string"},
    "description": "An ETag that you have; where it is still current, 304 and no body.",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One operation: its address, what it takes and tells, and what it needs.

    ``act`` is what a role in the project has to reach (the policy table of the core); ``scope`` what the token
    has to be good for where no project is meant; what is told once is ``secret`` and never kept; ``uploads`` and
    ``sends`` name media types that are not JSON.
    """

    method: str
    path: str
    tag: str
    act: str | None = None
    scope: str | None = None
    admin: bool = False
    query: type[BaseModel] | None = None
    body: type[BaseModel] | None = None
    told: type[BaseModel] | None = None
    status: int = 200
    matched: bool = False
    secret: bool = False
    uploads: tuple[str, ...] = ()
    sends: tuple[str, ...] = ()
    name: str | None = None

    @property
    def keyed(self) -> bool:
        """Say whether an answer is kept for who sends the same request again."""
        return self.method != "GET" and not self.secret


def documented(op: Operation, run: Callable[..., Any]) -> Callable[..., Any]:
    """Tell the description about an operation."""
    shapes = {f"HTTP_{op.status}": op.told}
    decorate = SPEC.validate(
        query=op.query, json=op.body, resp=Response(**shapes), tags=(op.tag,), skip_validation=True,
        operation_id=op.name or run.__name__,
    )  # fmt: skip
    return decorate(run)  # type: ignore[no-any-return]


def description(app: Flask) -> dict[str, Any]:
    """Return the description of every operation of an app."""
    kept = app.extensions.get("workbench.description")
    if kept is None:
        SPEC.app = app
        kept = app.extensions["workbench.description"] = _whole(app, deepcopy(SPEC.spec))
    return kept


def _whole(app: Flask, spec: dict[str, Any]) -> dict[str, Any]:
    known = {f"{op.method} {op.name or view.__name__}": op for view, op in _operations(app)}
    for methods in spec["paths"].values():
        for method, told in methods.items():
            _complete(told, known[f"{method.upper()} {told['operationId']}"])
    spec["info"]["description"] = (
        "Everything that the browser can do, over the same services. Lists are walked by `next` and `after`; an answer "
        "that can be read again carries an ETag; what changes something takes an Idempotency-Key."
    )
    spec["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    spec["security"] = [{"token": []}]
    spec["components"]["schemas"]["Problem"]["properties"]["code"]["examples"] = list(problems.codes())
    spec["x-scopes"], spec["x-codes"] = dict(SCOPES), _codes()
    spec["components"]["schemas"].pop("Problems", None)
    return spec


def _codes() -> list[dict[str, Any]]:
    return [{"code": code, "status": status, "means": means} for code, (status, means) in problems.codes().items()]


def _operations(app: Flask) -> list[tuple[Any, Operation]]:
    views = app.view_functions.values()
    return [(view, view.operation) for view in views if hasattr(view, "operation")]


def _complete(told: dict[str, Any], op: Operation) -> None:
    headers = [KEY] if op.keyed else []
    headers += [MATCH] if op.matched else [NONE_MATCH] if op.method == "GET" and not op.sends else []
    told["parameters"] = [*told["parameters"], *headers]
    for parameter in told["parameters"]:
        if parameter["in"] == "path" and parameter["schema"].get("type") == "integer":
            parameter["schema"] = {"type": "integer", "minimum": 0, "maximum": 2**63 - 1}
    told["responses"].pop("422", None)
    told["responses"]["default"] = PROBLEM
    if op.sends:
        anything = {"schema": {"type": "string", "format": "binary"}}
        told["responses"]["200"] = {"description": "The bytes.", "content": dict.fromkeys(op.sends, anything)}
    elif op.method == "GET":
        told["responses"]["304"] = {"description": "What you have is still current."}
    if op.uploads:
        told["requestBody"] = {"required": True, "content": {kind: _upload(kind) for kind in op.uploads}}
    elif op.body and not any(field.is_required() for field in op.body.model_fields.values()):
        told["requestBody"]["required"] = False
    told["x-scope"] = op.scope or workflow.scope_of(op.act or "read")
    if op.act:
        told["x-roles"] = [role for role in ROLES if role in ACTS[op.act]]
    told["x-admin"] = op.admin


def _upload(kind: str) -> dict[str, Any]:
    if kind != "multipart/form-data":
        return {"schema": {"type": "string", "format": "binary"}}
    files = {"type": "array", "minItems": 1, "items": {"type": "string", "format": "binary"}}
    return {"schema": {"type": "object", "properties": {"files": files}, "required": ["files"]}}
