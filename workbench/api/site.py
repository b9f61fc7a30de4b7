"""Putting the API into an app."""

from flask import Flask, current_app

from workbench.api import (
    actors,
    adjudication,
    articles,
    carrying,
    figures,
    guidelines,
    inbox,
    log,
    movein,
    people,
    projects,
    queues,
    releases,
    review,
    talk,
    training,
)
from workbench.api.calls import bp
from workbench.api.description import description

THREADS = (
    actors, adjudication, articles, carrying, figures, guidelines, inbox, log, movein, people, projects, queues,
    releases, review, talk, training,
)  # fmt: skip
"""The modules whose functions answer; importing them registers their operations."""


@bp.get("/openapi.json")
def openapi() -> dict[str, object]:
    """Describe all operations, to anybody."""
    return description(current_app)


def install(app: Flask) -> None:
    """Answer under /api/v1, by token alone: cookies and form tokens mean nothing there."""
    app.register_blueprint(bp)
    app.extensions["csrf"].exempt(bp)
    app.extensions["workbench.describe"] = lambda: description(app)
