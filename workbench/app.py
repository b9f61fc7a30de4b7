"""``create_app``: the one place where Flask, the database and the settings meet."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import structlog
from flask import Flask
from jinja2 import StrictUndefined

from workbench import logs
from workbench.api import site as api
from workbench.core import pages
from workbench.core.words import many
from workbench.edge import requests
from workbench.jobs.tasks import Bench
from workbench.settings import Settings, resource_root, secret_key
from workbench.store.engine import Database
from workbench.web import (
    accounts,
    actors,
    adjudication,
    articles,
    audit,
    board,
    competence,
    compression,
    desk,
    errors,
    health,
    htmx,
    inbox,
    movein,
    old_rules,
    openid,
    people,
    projects,
    queues,
    reasons,
    releases,
    review,
    rules,
    security,
    session,
    site,
    suggesters,
    talk,
    tokens,
    training,
)


class _App(Flask):
    """Flask, which need not look at every call whether a function is a coroutine: none is."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function as it is."""
        return func


def create_app(settings: Settings, database: Database | None = None) -> Flask:
    """Make the web application; it reads its tables as they are and never loads a model."""
    if not structlog.is_configured():
        logs.configure(as_json=settings.log_json)
    root = resource_root()
    app = _App(
        "workbench",
        template_folder=str(root / "templates"),
        static_folder=str(root / "static"),
        static_url_path=f"/static/{_fingerprint(root / 'static')}",
    )
    app.secret_key = secret_key(settings)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.filters["many"] = many
    app.jinja_env.globals["page_size"] = pages.SIZE
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.extensions["workbench"] = Bench(database or Database(settings.database_url), settings)
    requests.install(app, settings)
    for part in (htmx, security, session, errors, site, compression, openid):
        part.install(app, settings) if part in {security, openid} else part.install(app)
    for thread in (
        accounts, actors, adjudication, articles, audit, board, competence, desk, health, inbox, movein, old_rules,
        openid, people, projects, queues, reasons, releases, review, rules, suggesters, talk, tokens,
        training,
    ):  # fmt: skip
        app.register_blueprint(thread.bp)
    api.install(app)
    return app


def _fingerprint(folder: Path) -> str:
    """Return a name for the static files as they are, so that browsers may keep them for ever."""
    content = sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content.update(path.relative_to(folder).as_posix().encode())
            content.update(path.read_bytes())
    return content.hexdigest()[:12]
