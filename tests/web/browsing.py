"""Somebody at a browser: signs in as people do, and sends forms and JSON with the page's token."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from workbench.core.workflow import Person
from workbench.services import people
from workbench.store.engine import Database


@dataclass
class Browser:
    """A client that keeps its cookies and knows the page's token."""

    client: FlaskClient
    database: Database

    def enter(self, who: Person) -> TestResponse:
        """Follow a one-time link."""
        with self.database.writing() as session:
            token = people.make_link(session, who.id, "sign_in", now=datetime.now(UTC))
        answer = self.client.get(f"/sign-in/{token}")
        assert answer.status_code == 303, answer.text
        return answer

    @property
    def token(self) -> str:
        """Return the token that the pages of this browser carry."""
        page = self.client.get("/account", follow_redirects=True).text
        found = re.search(r'<meta name="csrf-token" content="([^"]+)"', page)
        assert found, page
        return found[1]

    def get(self, path: str, **rest: Any) -> TestResponse:
        return self.client.get(path, **rest)

    def post(self, path: str, form: dict[str, Any] | None = None, **rest: Any) -> TestResponse:
        """Send a form."""
        return self.client.post(path, data={"csrf_token": self.token} | (form or {}), **rest)

    def send(self, path: str, body: Any) -> TestResponse:
        """Send JSON as the desk does."""
        return self.client.post(path, json=body, headers={"X-CSRFToken": self.token})
