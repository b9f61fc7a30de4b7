"""Reading what was sent: strictly, and with every fault named by its place."""

import re
from typing import Any, Final

from flask import request
from pydantic import BaseModel, ValidationError
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from workbench.core.errors import Misshapen

_NUL: Final = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
_BROKEN: Final = {"json_invalid", "json_type"}


def raw() -> bytes:
    """Return a JSON body as it came; an empty one stands for an empty object."""
    body = request.get_data()
    if body and request.mimetype != "application/json" and not request.mimetype.endswith("+json"):
        raise UnsupportedMediaType("Send JSON, with Content-Type: application/json.")
    if request.content_encoding not in {None, "identity"}:
        raise UnsupportedMediaType("Send the body as it is: without Content-Encoding.")
    return body or b"{}"


def read(shape: type[BaseModel], body: bytes) -> BaseModel:
    """Read a JSON body; raises Misshapen with every fault and its place."""
    if _NUL.search(body) or b"\x00" in body:
        raise Misshapen("A text holds the character U+0000, which cannot be stored.", [])
    try:
        return shape.model_validate_json(body)
    except ValidationError as problem:
        raise _told(problem, "body") from None


def query(shape: type[BaseModel] | None) -> Any:
    """Read the query of the address; a value that is given twice counts once, the last."""
    given = request.args.to_dict(flat=False)
    if any("\x00" in value for values in given.values() for value in values):
        raise Misshapen("The query holds the character U+0000, which cannot be looked for.", [])
    if shape is None:
        if given:
            raise Misshapen(f"This address takes no query, but “{next(iter(given))}” was sent.", [])
        return None
    try:
        return shape.model_validate({name: values[-1] for name, values in given.items()})
    except ValidationError as problem:
        raise _told(problem, "query") from None


def _told(problem: ValidationError, part: str) -> Exception:
    faults = problem.errors(include_url=False, include_context=False, include_input=False)
    if any(fault["type"] in _BROKEN and not fault["loc"] for fault in faults):
        return BadRequest(f"This is no JSON that can be read: {faults[0]['msg']}.")
    fields = [{"field": ".".join(map(str, (part, *fault["loc"]))), "why": fault["msg"]} for fault in faults[:50]]
    first = fields[0]
    others = f" (and {len(fields) - 1} more)" if len(fields) > 1 else ""
    return Misshapen(f"{first['field']}: {first['why']}{others}.", fields)
