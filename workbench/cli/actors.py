"""A project's actors from the command line."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from workbench.cli import show
from workbench.cli.releases import PROJECT
from workbench.core.errors import Invalid
from workbench.core.own_actors import lines
from workbench.formats.reading import text_of
from workbench.services import actors as registry
from workbench.services import bench, projects
from workbench.settings import Settings, resource_root


@click.group()
def actors() -> None:
    """List a project's actors, add its own, and keep the names that review taught."""


@actors.command("list")
@PROJECT
@click.option("--find", default="", help="Only those with a name that begins so.")
@click.option("--own", is_flag=True, help="Only those of which the project's own lines say something.")
@click.option("--most", default=50, show_default=True, type=click.IntRange(1), help="How many at most.")
@click.pass_obj
def listing(settings: Settings, slug: str, find: str, own: bool, most: int) -> None:
    """List actors with what texts call them."""
    with bench.opened(settings) as database, database.reading() as session:
        project = projects.find(session, slug, by=None, act="read")
        rows = registry.listing(session, project, find, own=own, limit=most, root=resource_root())
    show.table([
        (row.actor.id, row.actor.name, row.actor.kind, ", ".join((*row.actor.aliases, *row.actor.adjectives)))
        for row in rows
    ])  # fmt: skip


@actors.command("add")
@PROJECT
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def add(settings: Settings, slug: str, file: Path) -> None:
    """Add the actors of a file, and names to actors that are there; the shape is told in seeds/actors/README.md.

    \b
    {"id": "org:lake", "name": "Lake Pact", "kind": "alliance", "aliases": ["the Pact"]}
    {"id": "state:TCD", "aliases": ["Tchad"]}
    """
    with file.open("rb") as opened:
        rows = [row for _, row in lines(text_of(opened, str(file), registry.LONGEST))]
    if nameless := [number for number, row in enumerate(rows, 1) if not row.get("id")]:
        raise Invalid(f"{file}: record {nameless[0]} has no id; give each one, such as person:jane-doe.")
    with bench.opened(settings) as database, database.writing() as session:
        project = projects.find(session, slug, by=None, act="settle")
        version = registry.add(session, project, rows, **_about())
    click.echo(f"{len(rows)} lines kept; the project's own actors are at version {version}.")


@actors.command("export")
@PROJECT
@click.option("--own", is_flag=True, help="Only the project's own lines, as “actors add” takes them.")
@click.option("-o", "--output", default="-", show_default=True)
@click.pass_obj
def export(settings: Settings, slug: str, own: bool, output: str) -> None:
    """Write a project's registry as JSON lines."""
    with bench.opened(settings) as database, database.reading() as session:
        project = projects.find(session, slug, by=None, act="read")
        if own:
            body = registry.source(session, project)[1].encode()
        else:
            body = registry.jsonl(session, project, root=resource_root())
    with show.output(output) as out:
        out.write(body)


@actors.command("taught")
@PROJECT
@click.option("--keep", multiple=True, metavar="WORDS", help="Keep these words as a name of their actor.")
@click.option("--keep-from", type=click.IntRange(1), help="Keep all that were linked so often or more.")
@click.pass_obj
def taught(settings: Settings, slug: str, keep: tuple[str, ...], keep_from: int | None) -> None:
    """List the names that people linked in review and that the registry does not know; keep some.

    The newest 8,000 links are looked at.
    """
    with bench.opened(settings) as database, database.writing() as session:
        project = projects.find(session, slug, by=None, act="settle")
        rows = registry.harvest(session, project, root=resource_root())
        wanted = {*keep, *(row.surface for row in rows if keep_from and row.count >= keep_from)}
        kept = registry.learn(session, project, wanted, **_about()) if wanted else []
    if not wanted:
        show.table(
            [(row.surface, row.name, row.id or "not in the registry", row.label, str(row.count)) for row in rows]
        )
        return
    for row in kept:
        click.echo(f"{row.surface}: {row.name} ({row.id})")
    click.echo(f"{len(kept)} of {len(wanted)} names kept.")


def _about() -> dict[str, Any]:
    return {"by": None, "now": datetime.now(UTC), "root": resource_root()}
