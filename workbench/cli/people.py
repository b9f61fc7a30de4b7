"""Accounts from the command line."""

from datetime import UTC, datetime

import click

from workbench.cli import show
from workbench.core.workflow import ROLES, Person
from workbench.services import audit, bench, passwords, projects
from workbench.services import people as accounts
from workbench.services.audit import Wish
from workbench.settings import Settings


@click.group()
def people() -> None:
    """Make accounts, links that sign in, and roles."""


@people.command("list")
@click.pass_obj
def listing(settings: Settings) -> None:
    """List everybody who has an account."""
    with bench.opened(settings) as database, database.reading() as session:
        rows = accounts.everybody(session)
    show.table(
        [("name", "", "password")]
        + [
            (row.name, "admin" if row.admin else "" if row.active else "kept out", "yes" if row.has_password else "no")
            for row in rows
        ]
    )


@people.command()
@click.argument("name")
@click.option("--admin", is_flag=True, help="May make projects and see all of them.")
@click.option("-p", "--project", "slug", help="Put them on this project's team.")
@click.option("--role", default="reviewer", show_default=True, type=click.Choice(ROLES))
@click.pass_obj
def add(settings: Settings, name: str, admin: bool, slug: str | None, role: str) -> None:
    """Make an account; “people link” then lets its owner in.

    \b
    workbench people add "Mia Berg" --project coast --role lead
    """
    with bench.opened(settings) as database, database.writing() as session:
        person = accounts.add(session, name, admin=admin, by=None, now=_now())
        if slug:
            project = projects.find(session, slug, by=None, act="settle")
            accounts.set_role(session, project.id, person.id, role, by=None, now=_now())
    click.echo(f"{person.name} has an account; “workbench people link '{person.name}'” prints a link that signs in.")


@people.command()
@click.argument("name")
@click.option("--address", default="http://127.0.0.1:8321", show_default=True, help="Where the bench is served.")
@click.option("--invite", "kind", flag_value="invitation", help="A link to choose a password, good for a week.")
@click.option("--reset", "kind", flag_value="reset", help="A link to choose a new password, good for a day.")
@click.pass_obj
def link(settings: Settings, name: str, address: str, kind: str | None) -> None:
    """Print a link that works once: it signs in within half an hour, or lets its owner choose a password."""
    with bench.opened(settings) as database, database.writing() as session:
        person = accounts.find(session, name)
        if kind == "reset":
            token = accounts.reset_link(session, person.id, by=None, now=_now())
        else:
            token = accounts.make_link(session, person.id, "invite" if kind else "sign_in", now=_now())
    click.echo(f"{address.rstrip('/')}/{kind or 'sign-in'}/{token}")


@people.command()
@click.argument("name")
@click.argument("role", type=click.Choice([*ROLES, "none"]))
@click.option("-p", "--project", "slug", required=True)
@click.pass_obj
def role(settings: Settings, name: str, role: str, slug: str) -> None:
    """Give somebody a role in a project, or none."""
    with bench.opened(settings) as database, database.writing() as session:
        project = projects.find(session, slug, by=None, act="settle")
        person = accounts.find(session, name)
        chosen = None if role == "none" else role
        accounts.set_role(session, project.id, person.id, chosen, by=None, now=_now())
    click.echo(f"{person.name}: {role} in {slug}")


@people.command()
@click.argument("name")
@click.password_option(help="Asked for where it is not given.")
@click.pass_obj
def password(settings: Settings, name: str, password: str) -> None:
    """Give somebody a password and sign them out everywhere."""
    with bench.opened(settings) as database, database.writing() as session:
        person = accounts.find(session, name)
        passwords.give(session, person.id, password, by=None, now=_now())
    click.echo(f"{person.name} has a new password.")


@people.command()
@click.argument("name")
@click.option("--back", is_flag=True, help="Let them in again.")
@click.pass_obj
def deactivate(settings: Settings, name: str, back: bool) -> None:
    """Keep somebody out; their work stays."""
    with bench.opened(settings) as database, database.writing() as session:
        person = accounts.find(session, name)
        accounts.set_active(session, person.id, back, by=None, now=_now())
    click.echo(f"{person.name} {'may sign in again' if back else 'cannot sign in any more'}.")


@people.command()
@click.option("-p", "--project", "slug", help="Of this project alone.")
@click.option("--act", default="", help="Of this kind alone, such as role.set.")
@click.option("--who", default="", help="By or to somebody with this in their name.")
@click.option("--since", default="", help="From this day on, such as 2026-03-02.")
@click.pass_obj
def log(settings: Settings, slug: str | None, act: str, who: str, since: str) -> None:
    """Print the log of administrative acts as CSV, newest first.

    \b
    workbench people log -p coast --act role.set > roles.csv
    """
    machine = Person(0, "", admin=True)
    with bench.opened(settings) as database, database.reading() as session:
        project = projects.find(session, slug, by=None, act="settle") if slug else None
        for line in audit.table(session, project, Wish(act=act, who=who, since=since), by=machine):
            click.echo(line, nl=False)


def _now() -> datetime:
    return datetime.now(UTC)
