"""``workbench merge``: conflicts settled by a strategy, looked at first and undone in one step."""

from datetime import UTC, datetime

import click

from workbench.cli import show
from workbench.cli.work import PROJECT
from workbench.core.errors import Invalid
from workbench.core.words import many
from workbench.services import bench, merging, people, projects
from workbench.settings import Settings

STRATEGIES = "; ".join(f"{name}: {words}" for name, words in merging.STRATEGIES.items())


@click.command(help=f"Settle by a strategy what waits for adjudicators. {STRATEGIES}.")
@click.argument("strategy", type=click.Choice([*merging.STRATEGIES, "undo"]))
@PROJECT
@click.option("--by", "name", required=True, metavar="PERSON", help="The lead in whose name it is ruled.")
@click.option("--threshold", type=click.FloatRange(0, 1), default=0.9, show_default=True, help="For confidence.")
@click.option("--yes", is_flag=True, help="Do it; without this it is only said what would be settled.")
@click.pass_obj
def merge(settings: Settings, strategy: str, slug: str, name: str, threshold: float, yes: bool) -> None:
    """Settle conflicts, or with ``undo`` take the last merge back."""
    now = datetime.now(UTC)
    with bench.opened(settings) as database, database.writing() as session:
        by = people.find(session, name)
        project = projects.find(session, slug, by=by, act="settle")
        if strategy == "undo":
            last = merging.last(session, project)
            if last is None:
                raise Invalid("There is no merge to take back.")
            touched = merging.undo_merge(session, project, last[0], by=by, now=now)
            click.echo(f"The merge is taken back; articles as they were before: {touched}.")
            return
        rows = merging.merge(session, project, strategy, threshold, by=by, now=now, preview=not yes)
    show.table([("article", "settled", "open")] + [(row.key, str(row.settles), str(row.open)) for row in rows])
    settled = f"{many(sum(row.settles for row in rows), 'conflict')} in {many(len(rows), 'article')}"
    if not yes:
        raise Invalid(f"This would settle {settled}. Nothing was stored; add --yes to do it.")
    click.echo(f"Settled: {settled}. “workbench merge undo” takes it back.")
