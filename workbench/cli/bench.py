"""The verbs that run the bench: init, serve, demo, worker, db, doctor."""

import contextlib
import signal
import socket
import subprocess
import sys
import threading
from datetime import UTC, datetime
from typing import Final

import click

from workbench.cli import keeping, show, workers
from workbench.core.errors import Invalid
from workbench.formats.reading import Options
from workbench.jobs import tasks
from workbench.services import accounts, bench, examining, people, resources, tallying
from workbench.services.imports import Wishes
from workbench.settings import Settings, resource_root, secret_key
from workbench.store.engine import Database

HOST = click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
PORT = click.option("--port", default=8321, show_default=True, type=click.IntRange(1, 65535))
_HEADROOM: Final = 2**20
"""Bytes of a request that is too large which are read nevertheless, so that the answer can say so in our words."""


@click.command()
@click.pass_obj
def init(settings: Settings) -> None:
    """Make a bench: its folder, its tables, and an admin who can make projects.

    \b
    WORKBENCH_HOME=~/coast workbench init
    """
    first = bench.create(settings, now=_now())
    secret_key(settings)
    click.echo(f"The bench is in {settings.home}. “workbench serve” starts it and prints a link for {first.name}.")


@click.command()
@HOST
@PORT
@click.option("--threads", default=4, show_default=True, type=click.IntRange(1, 64))
@click.option("--no-worker", is_flag=True, help="Do not start a worker for imports and suggestions.")
@click.pass_obj
def serve(settings: Settings, host: str, port: int, threads: int, no_worker: bool) -> None:
    """Serve the bench, with a worker beside it, and print a link that signs the admin in once."""
    with bench.opened(settings) as database:
        _serve(settings, database, host, port, threads=threads, with_worker=not no_worker)


@click.command()
@HOST
@PORT
@click.pass_obj
def demo(settings: Settings, host: str, port: int) -> None:
    """Bring up a bench with example articles, pre-annotated, and print a link that signs you in."""
    _check_port(host, port)
    bench.create(settings, now=_now())
    root = resource_root()
    with bench.opened(settings) as database:
        project = bench.ensure_project(database, "coalitions", "Coalitions", now=_now(), root=root)
        place = tasks.Bench(database, settings)
        if bench.is_empty(database, project):
            with show.progress("Importing") as tell:
                articles = [str(root / resources.ARTICLES)]
                tasks.run_import(place, project.slug, articles, Wishes(options=Options()), tell, by=None)
        if bench.unsuggested(database, project):
            _run("suggest", "--project", project.slug)  # in a process of its own, so that this one stays small
        _serve(settings, database, host, port, threads=4, with_worker=True, link=True)


def _serve(
    settings: Settings, database: Database, host: str, port: int, *, threads: int, with_worker: bool, link: bool = False
) -> None:
    from waitress.server import create_server

    from workbench.app import create_app

    _check_port(host, port)
    app = create_app(settings, database)
    server = create_server(
        app, host=host, port=port, threads=threads, ident="Workbench", connection_limit=1000,
        max_request_body_size=settings.upload_limit + _HEADROOM,
        clear_untrusted_proxy_headers=not settings.proxies,
    )  # fmt: skip
    shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104
    _tell(database, f"http://{shown}:{port}", link=link or sys.stdout.isatty())
    click.echo("  Ctrl+C stops it; your work is kept.")
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _interrupted)
    stop = threading.Event()
    helper = threading.Thread(target=workers.crew, args=(1, stop), daemon=True)
    if with_worker:
        helper.start()
    try:
        with contextlib.suppress(KeyboardInterrupt):
            server.run()
    finally:
        server.close()
        stop.set()
        if with_worker:
            helper.join(timeout=20)
        click.echo("\n  Stopped.")


def _tell(database: Database, address: str, *, link: bool) -> None:
    """Say that the bench is ready; a link goes to a terminal, or anywhere while no admin was ever in.

    Under systemd what is printed stays in the journal, where more people read than should be admins.
    """
    with database.writing() as session:
        if not link and accounts.admin_entered(session):
            click.echo(
                f"\n  Workbench is ready at {address}; “workbench people link {bench.FIRST}” makes a sign-in link."
            )
            return
        token = people.make_link(session, people.find(session, bench.FIRST).id, "sign_in", now=_now())
    click.echo(f"\n  Workbench is ready. Open this link, once, within half an hour:\n\n    {address}/sign-in/{token}\n")


def _interrupted(*_: object) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)  # asked again, it would drop what it is finishing
    raise KeyboardInterrupt


def _run(*words: str) -> None:
    if code := subprocess.call([sys.executable, "-m", "workbench", *words]):  # noqa: S603
        sys.exit(code)


def _check_port(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            raise Invalid(
                f"Port {port} on {host} cannot be used ({problem.strerror}); choose another with --port."
            ) from None


@click.group()
def db() -> None:
    """Look after the database."""


@db.command()
@click.pass_obj
def upgrade(settings: Settings) -> None:
    """Bring the tables to the version that this Workbench needs."""
    bench.create(settings, now=_now())
    click.echo("The tables are up to date.")


@db.command()
@click.pass_obj
def recount(settings: Settings) -> None:
    """Count anew what board and queue show, where “workbench doctor --deep” found it wrong.

    \b
    workbench db recount
    """
    with bench.opened(settings) as database:
        click.echo(f"{tallying.anew(database)} articles were counted.")


db.add_command(keeping.bridges)
db.add_command(keeping.copy)


@click.command()
@click.option("--deep", is_flag=True, help="Check every text, span, decision and release as well.")
@click.pass_obj
def doctor(settings: Settings, deep: bool) -> None:
    """Check the installation, the model, the database and the folders; say what to do.

    \b
    workbench doctor --deep
    """
    findings = list(bench.examine(settings, resource_root()))
    if deep and next(each.well for each in findings if each.about == "Database"):
        with bench.opened(settings) as database:
            findings += examining.deep(database, now=_now())
    show.table([("well" if each.well else "NOT WELL", each.about, each.sentence) for each in findings])
    if not all(each.well for each in findings):
        sys.exit(1)


def _now() -> datetime:
    return datetime.now(UTC)
