"""``workbench parked``: articles that a suggester could not read."""

from typing import Final

import click

from workbench.cli import show
from workbench.cli.work import PROJECT
from workbench.core.words import many
from workbench.services import bench, projects, suggestions
from workbench.settings import Settings

MOST: Final = 200


@click.command()
@PROJECT
@click.option("--again", is_flag=True, help="Let the next run try them again.")
@click.option("--traces", is_flag=True, help="Show where each went wrong.")
@click.pass_obj
def parked(settings: Settings, slug: str, again: bool, traces: bool) -> None:
    """List articles at which a suggester broke down each time, with what went wrong; runs pass them over.

    \b
    workbench parked --project coast --traces
    workbench parked --project coast --again && workbench suggest --project coast
    """
    with bench.opened(settings) as database:
        with database.reading() as session:
            project = projects.find(session, slug, by=None, act="suggest")
            rows, more = suggestions.listing(session, project, limit=MOST)
        if again:
            with database.writing() as session:
                freed = suggestions.release(session, projects.find(session, slug, by=None, act="suggest"))
            click.echo(f"{many(freed, 'article')} will be tried again by the next run.")
            return
    if not rows:
        click.echo("Nothing is parked.")
        return
    show.table([("article", "suggester", "tries", "what went wrong")] + [
        (row.key, row.author, str(row.tries), row.trouble.strip().splitlines()[-1]) for row in rows
    ])  # fmt: skip
    if more:
        click.echo(f"The {MOST} articles that came last; the page of parked articles has the others.")
    if traces:
        for row in rows:
            click.echo(f"\n{row.key}\n{row.trouble}")
