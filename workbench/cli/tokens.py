"""Tokens for programs from the command line."""

from datetime import UTC, datetime

import click

from workbench.cli import show
from workbench.core.workflow import SCOPES
from workbench.services import bench, people
from workbench.services import tokens as kept
from workbench.settings import Settings


@click.group()
def token() -> None:
    """Make, list and revoke the tokens by which programs use the HTTP API."""


@token.command()
@click.argument("name")
@click.option("--for", "purpose", default="script", show_default=True, help="What will use it.")
@click.option("--scope", "scopes", multiple=True, default=("read",), type=click.Choice([*SCOPES]))
@click.option("--days", default=90, show_default=True, type=click.IntRange(1, kept.LONGEST), help="How long it lasts.")
@click.pass_obj
def add(settings: Settings, name: str, purpose: str, scopes: tuple[str, ...], days: int) -> None:
    """Make a token for somebody and print it, this once.

    \b
    workbench token add "Mia Berg" --for "nightly export" --scope read --scope export
    """
    with bench.opened(settings) as database, database.writing() as session:
        owner = people.find(session, name)
        _, secret = kept.make(session, purpose, scopes, days, by=owner, now=_now())
    click.echo(secret)


@token.command("list")
@click.argument("name")
@click.pass_obj
def listing(settings: Settings, name: str) -> None:
    """List somebody's tokens, without their secrets."""
    now = _now()
    with bench.opened(settings) as database, database.reading() as session:
        rows = kept.listing(session, people.find(session, name), now=now)
    lines = [("number", "for", "scopes", "state", "last used")]
    for row in rows:
        state = (
            f"until {row.expires_at:%Y-%m-%d}" if kept.is_good(row, now) else "revoked" if row.revoked_at else "expired"
        )
        used = f"{row.used_at:%Y-%m-%d}" if row.used_at else "never"
        lines.append((str(row.id), row.name, " ".join(row.scopes), state, used))
    show.table(lines)


@token.command()
@click.argument("name")
@click.argument("number", type=int)
@click.pass_obj
def revoke(settings: Settings, name: str, number: int) -> None:
    """End one of somebody's tokens, at once and for good."""
    with bench.opened(settings) as database, database.writing() as session:
        kept.revoke(session, number, by=people.find(session, name), now=_now())
    click.echo(f"The token {number} of {name} is revoked.")


def _now() -> datetime:
    return datetime.now(UTC)
