"""Several suggesters: ``suggesters``, ``compare`` and ``combine``."""

from datetime import UTC, datetime

import click

from workbench.cli import show
from workbench.cli.work import PROJECT
from workbench.core.combining import RULES
from workbench.core.errors import Invalid
from workbench.core.words import many
from workbench.services import bench, projects
from workbench.services import suggesters as several
from workbench.services.suggesters import Comparison
from workbench.settings import Settings


@click.command()
@PROJECT
@click.option("--start", metavar="NAME", help="Let new drafts start from this suggester's layer.")
@click.option("--start-newest", is_flag=True, help="Let them start from the newest layer again.")
@click.pass_obj
def suggesters(settings: Settings, slug: str, start: str | None, start_newest: bool) -> None:
    """List a project's suggesters and choose whose layer new drafts start from.

    \b
    workbench suggesters --project coast
    workbench suggesters --project coast --start mymodel@3
    """
    if start and start_newest:
        raise click.UsageError("Choose one of --start and --start-newest.")
    with bench.opened(settings) as database:
        if start or start_newest:
            with database.writing() as session:
                project = projects.find(session, slug, by=None, act="suggest")
                several.choose_start(session, project, start, by=None, now=datetime.now(UTC))
        with database.reading() as session:
            project = projects.find(session, slug, by=None, act="suggest")
            found, chosen = several.listing(session, project), several.start(session, project)
    table = [("suggester", "articles", "proposals", "last", "")]
    table += [
        (row.author, str(row.articles), str(row.proposals), f"{row.at:%Y-%m-%d %H:%M}",
         "drafts start here" if row.author == chosen else "")
        for row in found.rows
    ]  # fmt: skip
    show.table(table)
    if found.behind:
        click.echo("Much has changed at once and is being counted; these figures are a little behind.")
    if chosen is None:
        click.echo("New drafts start from the newest layer of each article.")


@click.command()
@click.argument("first")
@click.argument("second")
@PROJECT
@click.option("--limit", default=10, show_default=True, help="How many differences of each sort to list.")
@click.pass_obj
def compare(settings: Settings, first: str, second: str, slug: str, limit: int) -> None:
    """Compare two suggesters on the articles that both have read.

    \b
    workbench compare mymodel@3 other@1 --project coast
    """
    with bench.opened(settings) as database:
        with database.reading() as session:
            project = projects.find(session, slug, by=None, act="suggest")
            scheme = projects.scheme(session, project)
        found = several.compare(database, project, first, second, scheme, limit=limit)
    _tell(found)
    for kind, said, count in found.counts:
        click.echo(f"\n{kind}, {said}: {count}")
        for each in found.differences:
            if (each.kind, several.difference(each, found)) == (kind, said):
                pair = " | ".join(value or "–" for value in (each.gold, each.predicted))
                click.echo(f"  {each.article}: {pair}\n    {' '.join(each.sentence.split())}")


def _tell(found: Comparison) -> None:
    both = f"{many(found.articles, 'article')} read by both"
    click.echo(f"{both}; {found.only_first} only by {found.first}, {found.only_second} only by {found.second}.")
    rows = [("", found.first, found.second, "same", "agreement")]
    rows += [
        (
            row.name,
            str(row.first),
            str(row.second),
            str(row.same),
            "" if row.share is None else f"{100 * row.share:.0f} %",
        )
        for row in found.rows
    ]
    show.table(rows)


@click.command()
@click.argument("first")
@click.argument("second")
@PROJECT
@click.option("--rule", type=click.Choice(list(RULES)), required=True, help="What of the two is kept.")
@click.option("--as", "name", required=True, metavar="NAME", help="The name of the new suggester.")
@click.option("--yes", is_flag=True, help="Do it; without this it is only said what would come of it.")
@click.pass_obj
def combine(settings: Settings, first: str, second: str, slug: str, rule: str, name: str, yes: bool) -> None:
    """Make two suggesters' layers those of a third: union, intersection, or the first preferred.

    \b
    workbench combine mymodel@3 other@1 --project coast --rule union --as both@1          what it would come to
    workbench combine mymodel@3 other@1 --project coast --rule union --as both@1 --yes
    """
    with bench.opened(settings) as database:
        with database.reading() as session:
            project = projects.find(session, slug, by=None, act="suggest")
            several.check(session, project, first, second, rule, name)
            scheme = projects.scheme(session, project)
        if not yes:
            found = several.compare(database, project, first, second, scheme, limit=0)
            alone = "" if rule == "intersection" else f", and as it is on {found.only_first + found.only_second} more"
            click.echo(f"{rule}: {RULES[rule]}.")
            click.echo(
                f"{name} would have {many(found.merged[rule], 'proposal')} on {many(found.articles, 'article')}{alone}."
            )
            raise Invalid("Nothing was stored; add --yes to do it.")
        with show.progress("Combining") as tell:
            done = several.combine(
                database, project, first, second, rule, name, now=datetime.now(UTC), progress=lambda n: tell(done=n)
            )
    click.echo(f"{name} has new layers over {many(done, 'article')}.")
