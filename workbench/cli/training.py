"""Practice, hidden tests and what came of them, from the command line."""

from datetime import UTC, datetime

import click

from workbench.cli import show
from workbench.core.measures import Figure
from workbench.core.training import PURPOSES
from workbench.core.words import many
from workbench.services import bench, competence, projects
from workbench.services import training as kept
from workbench.settings import Settings

_PROJECT = click.option("-p", "--project", "slug", required=True)


@click.group()
def training() -> None:
    """Set gold articles aside for practice or as hidden tests."""


@training.command("list")
@_PROJECT
@click.pass_obj
def listing(settings: Settings, slug: str) -> None:
    """List what is set aside, and how the project uses it."""
    with bench.opened(settings) as database, database.reading() as session:
        project = projects.find(session, slug, by=None, act="settle")
        rows, setup = kept.exercises(session, project, limit=None), kept.setup(session, project)
    lines = [("article", "for", "finished by", "gold", "note")]
    lines += [(r.key, r.purpose, str(r.tried), "yes" if r.gold else "not now", r.note) for r in rows]
    show.table(lines)
    said = f"one test in {setup.every} articles" if setup.every else "no tests among the work"
    mark = f"practice to F1 {setup.pass_mark} % first" if setup.pass_mark else "no practice asked for"
    floor = f"leads are told below F1 {setup.floor} %" if setup.floor else "no threshold for tests"
    click.echo(f"{said}; {mark}; {floor}")


@training.command()
@click.argument("keys", nargs=-1, required=True)
@_PROJECT
@click.option("--for", "purpose", default="practice", show_default=True, type=click.Choice(PURPOSES))
@click.option("--note", default="", help="A word of yours, shown with the answers.")
@click.pass_obj
def add(settings: Settings, keys: tuple[str, ...], slug: str, purpose: str, note: str) -> None:
    """Set gold articles aside, named by their keys.

    \b
    workbench training add 001 002 -p coast --note "Mind the conditions"
    workbench training add 003 -p coast --for test
    """
    with bench.opened(settings) as database, database.writing() as session:
        project = projects.find(session, slug, by=None, act="settle")
        count = kept.set_aside(session, project, keys, purpose, note, by=None, now=_now())
    click.echo(f"{many(count, 'article')} set aside for {purpose}")


@training.command()
@click.argument("keys", nargs=-1, required=True)
@_PROJECT
@click.pass_obj
def remove(settings: Settings, keys: tuple[str, ...], slug: str) -> None:
    """Set articles aside no longer; what people made of them stays."""
    with bench.opened(settings) as database, database.writing() as session:
        project = projects.find(session, slug, by=None, act="settle")
        count = kept.set_aside(session, project, keys, None, by=None, now=_now())
    click.echo(f"{many(count, 'article')} put back")


@training.command("set")
@_PROJECT
@click.option("--every", type=int, help="One test in so many articles; 0 for none.")
@click.option("--pass-mark", type=int, help="F1 in percent that practice has to reach before real work; 0 for none.")
@click.option("--floor", type=int, help="F1 in percent below which leads are told of somebody's tests; 0 for none.")
@click.pass_obj
def change(settings: Settings, slug: str, every: int | None, pass_mark: int | None, floor: int | None) -> None:
    """Change how the project uses what is set aside; what is not named stays."""
    with bench.opened(settings) as database, database.writing() as session:
        project = projects.find(session, slug, by=None, act="settle")
        old = kept.setup(session, project)
        kept.change(
            session, project, every=old.every if every is None else every,
            pass_mark=old.pass_mark if pass_mark is None else pass_mark or None,
            floor=old.floor if floor is None else floor or None, by=None, now=_now(),
        )  # fmt: skip
    click.echo("kept; it counts from the next article that somebody takes")


@click.command("competence")
@click.argument("slug", metavar="PROJECT")
@click.pass_obj
def readers(settings: Settings, slug: str) -> None:
    """Print how near to gold everybody reads: work, first tries at practice and hidden tests.

    Of work, what has gold among the newest 1,000 finished readings counts.

    \b
    workbench competence coast
    """
    with bench.opened(settings) as database, database.reading() as session:
        project = projects.find(session, slug, by=None, act="settle")
        lines = competence.everybody(session, project)
    if not lines:
        click.echo("Nothing to compare yet: it takes practice, tests, or articles with gold from others too.")
        return
    rows: list[tuple[str, ...]] = [("name", "work", "practice", "tests", "entities", "commitments", "stances")]
    for line in lines:
        counts = (str(line.articles), str(line.practised), str(line.tested))
        rows.append((line.person, *counts, *map(_figure, (line.entities, line.commitments, line.stances))))
    show.table(rows)


def _figure(figure: Figure) -> str:
    if figure.tally.f1 is None:
        return "–"
    return f"{figure.tally.f1:.2f}" + (f" [{figure.f1[0]:.2f}, {figure.f1[1]:.2f}]" if figure.f1 else "")


def _now() -> datetime:
    return datetime.now(UTC)
