"""A program with a token."""

from dataclasses import dataclass
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

ROOT = "/api/v1"


@dataclass
class Program:
    """A client that sends its token with every call."""

    client: FlaskClient
    secret: str

    def call(self, method: str, path: str, **rest: Any) -> TestResponse:
        headers = {"Authorization": f"Bearer {self.secret}"} | rest.pop("headers", {})
        return self.client.open(f"{ROOT}{path}", method=method, headers=headers, **rest)

    def get(self, path: str, **rest: Any) -> TestResponse:
        return self.call("GET", path, **rest)

    def post(self, path: str, body: Any = None, **rest: Any) -> TestResponse:
        return self.call("POST", path, **({"json": body} if body is not None else {}), **rest)

    def put(self, path: str, body: Any, **rest: Any) -> TestResponse:
        return self.call("PUT", path, json=body, **rest)
