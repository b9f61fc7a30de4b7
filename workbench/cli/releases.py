"""What goes out: records, and releases."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from workbench.cli import show
from workbench.core import splits
from workbench.core.errors import Invalid
from workbench.core.release import UNKNOWN, Wishes
from workbench.core.words import many
from workbench.formats import setup, writer
from workbench.services import (
    bench,
    news,
    projects,
    release_changes,
    release_checks,
    release_files,
    release_making,
    releases,
)
from workbench.services.release_checks import withdrawn
from workbench.settings import Settings, resource_root

PROJECT = click.option("-p", "--project", "slug", required=True, help="The project's name in addresses.")


@click.command()
@PROJECT
@click.option("--state", default="gold", show_default=True, type=click.Choice(list(releases.STATES)))
@click.option("--format", "fmt", default="gold", show_default=True, help="See “workbench formats”.")
@click.option("-o", "--output", help="The file to write; - is the standard output. Default: in WORKBENCH_EXPORTS.")
@click.option("--names", is_flag=True, help="Reviewers' real names instead of pseudonyms.")
@click.option("--since", help="Only gold newer than a release, a time (2026-11-22T10:00:00Z) or a turn (@0 to begin).")
@click.option("--setup", "told", type=click.Path(dir_okay=False, path_type=Path), help="Write the tool's setup, too.")
@click.pass_obj
def export(
    settings: Settings, slug: str, state: str, fmt: str, output: str | None, names: bool, since: str | None,
    told: Path | None,
) -> None:  # fmt: skip
    """Write a project's records: gold, reviewed (gold where there is gold) or suggested.

    \b
    workbench export --project coast --state gold -o gold.jsonl
    workbench export --project coast --since 2026-03 -o news.jsonl     what is gold since the release 2026-03
    workbench export --project coast --since @0 -o all.jsonl           all, and with which turn to ask for the rest
    workbench export --project coast --format docbin -o all.spacy --setup config.cfg     for “spacy train config.cfg”
    """
    chosen = writer(fmt)
    if since and state != "gold":
        raise Invalid("--since is about gold; leave --state out.")
    path = output or str(settings.exports / f"{slug}-{state}{chosen.suffixes[0]}")
    gone: list[str] = []
    with (
        bench.opened(settings) as database,
        news.seen(database, slug, since, None) as (session, turn),
        show.output(path) as out,
    ):
        project = projects.find(session, slug, by=None, act="export")
        if told:
            told.write_text(setup(fmt).content(projects.scheme(session, project)), "utf-8")
        real = releases.names(session, project) if names else None
        if since:
            found, gone = news.changed(session, project, since, names=real, turn=turn)
            written = releases.write_all(found, chosen, out)
        else:
            written = releases.write(session, project, state, chosen, out, names=real)
    for key in gone:
        click.echo(f"no longer gold: {key}", err=True)
    click.echo(f"{many(written, 'record')} written" + ("" if path == "-" else f" to {path}"), err=True)
    if turn is not None:
        click.echo(f"next time: --since @{turn}", err=True)


@click.group()
def release() -> None:
    """Make, check, compare and give out named, immutable snapshots of a project's gold."""


@release.command()
@click.argument("name")
@PROJECT
@click.option("--licence", default=UNKNOWN, show_default=True, help="Of articles whose import named none.")
@click.option("--split", default="80/10/10", show_default=True, help="Shares of train, dev and test, or “none”.")
@click.option("--seed", default="1", show_default=True, help="Another seed draws all parts anew.")
@click.option("--layers", is_flag=True, help="Keep each reviewer's own reading, and the votes.")
@click.option("--no-text", is_flag=True, help="Offsets and hashes only, for texts that may not be passed on.")
@click.option("--names", is_flag=True, help="Reviewers' real names instead of pseudonyms.")
@click.pass_obj
def create(
    settings: Settings, name: str, slug: str, licence: str, split: str, seed: str, layers: bool, no_text: bool,
    names: bool,
) -> None:  # fmt: skip
    """Make a release of a project's gold, as it is at this moment.

    \b
    workbench release create 2026-03 --project coast --licence CC-BY-4.0
    """
    parts = None if split == "none" else splits.shares(split)
    wishes = Wishes(licence, parts, seed[:64], text=not no_text, layers=layers, names=names)
    with bench.opened(settings) as database, show.progress("Releasing") as tell:
        with database.reading() as session:
            project = projects.find(session, slug, by=None, act="settle")
        made = release_making.create(
            database, project, name, wishes, by=None, now=_now(), root=resource_root(), webhooks=settings.webhooks,
            progress=lambda done: tell(done=done),
        )  # fmt: skip
    click.echo(f"{made.name}: {many(made.articles, 'article')}, manifest {made.manifest_sha256}")
    if settings.webhooks:
        click.echo(f"{len(settings.webhooks)} notices wait for a worker to send them.", err=True)


@release.command("list")
@PROJECT
@click.pass_obj
def listing(settings: Settings, slug: str) -> None:
    """List a project's releases, newest first."""
    with bench.opened(settings) as database, database.reading() as session:
        rows = releases.listing(session, projects.find(session, slug, by=None, act="export"))
    show.table(
        [("name", "made", "articles", "manifest", "")]
        + [
            (row.name, f"{row.at:%Y-%m-%d %H:%M}", str(row.articles), row.manifest_sha256[:12], withdrawn(row))
            for row in rows
        ]
    )


@release.command("show")
@click.argument("name")
@PROJECT
@click.option("--file", default="manifest.json", show_default=True, help="Or datasheet.md, methods.md, LICENCES, …")
@click.pass_obj
def show_(settings: Settings, name: str, slug: str, file: str) -> None:
    """Print a release's manifest, or another of its files."""
    with bench.opened(settings) as database, database.reading() as session:
        row = releases.find(session, projects.find(session, slug, by=None, act="export"), name)
        text = releases.text(session, row, file)
    if row.withdrawn_at:
        click.echo(withdrawn(row), err=True)
    click.echo(text, nl=False)


@release.command()
@click.argument("what")
@click.option("-p", "--project", "slug", help="Whose release it is; with a path, whose manifest it should have.")
@click.pass_obj
def verify(settings: Settings, what: str, slug: str | None) -> None:
    """Compute every hash of a release again: of a stored one by its name, or of a folder or ZIP by its path.

    \b
    workbench release verify 2026-03 --project coast
    workbench release verify coast-2026-03.zip
    """
    path = Path(what)
    if slug is None:
        if not path.exists():
            raise Invalid(f"There is no folder or ZIP {what}; for a release on this bench, add --project.")
        verdict = release_checks.exported(path, limits=settings.limits)
    else:
        with bench.opened(settings) as database, database.reading() as session:
            project = projects.find(session, slug, by=None, act="export")
            stored = None if path.exists() else releases.find(session, project, what)
            verdict = (
                release_checks.stored(session, project, stored)
                if stored
                else release_checks.exported(path, session, project, settings.limits)
            )
    for problem in verdict.problems:
        click.echo(problem)
    whole = "is what was released" if not verdict.problems else "is NOT what was released"
    click.echo(f"{verdict.project} {verdict.release} ({verdict.form}, {many(verdict.records, 'record')}) {whole}")
    click.echo(f"manifest {verdict.manifest_sha256}")
    if verdict.withdrawn:
        click.echo(f"Mind that this release is {verdict.withdrawn}", err=True)
    if verdict.problems:
        sys.exit(1)


@release.command()
@click.argument("old")
@click.argument("new")
@PROJECT
@click.option("--as", "shape", default="text", show_default=True, type=click.Choice(["text", "json", "html"]))
@click.option("-o", "--output", default="-", show_default=True)
@click.pass_obj
def diff(settings: Settings, old: str, new: str, slug: str, shape: release_changes.Shape, output: str) -> None:
    """Tell what changed from one release to another, object by object and slot by slot."""
    with bench.opened(settings) as database, database.reading() as session, show.output(output) as out:
        project = projects.find(session, slug, by=None, act="export")
        first, second = (releases.find(session, project, name) for name in (old, new))
        out.write(release_changes.render(release_changes.compare(session, first, second), shape))


@release.command("export")
@click.argument("name")
@PROJECT
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="A folder, or a file named ….zip.")
@click.option("--format", "fmt", help="Other files beside the records; see “workbench formats”.")
@click.option("--layers", is_flag=True, help="With each reviewer's own reading, if the release keeps them.")
@click.option("--no-text", is_flag=True, help="Offsets and hashes only.")
@click.pass_obj
def export_(
    settings: Settings, name: str, slug: str, output: Path, fmt: str | None, layers: bool, no_text: bool
) -> None:
    """Write a release as a folder or ZIP, the same bytes every time.

    \b
    workbench release export 2026-03 --project coast -o coast-2026-03.zip
    """
    with bench.opened(settings) as database, database.reading() as session:
        project = projects.find(session, slug, by=None, act="export")
        row = releases.find(session, project, name)
        wanted = release_files.Wanted(text=not no_text, layers=layers, format=fmt)
        if output.suffix.lower() == ".zip":
            with show.output(str(output)) as out:
                release_files.write_zip(session, project, row, out, wanted)
        else:
            release_files.write_folder(session, row, output, wanted)
    if row.withdrawn_at:
        click.echo(f"Mind that this release is {withdrawn(row)}", err=True)
    click.echo(f"{many(row.articles, 'record')} written to {output}", err=True)


@release.command()
@click.argument("name")
@PROJECT
@click.option("--why", required=True, help="Everybody who looks at the release reads it.")
@click.pass_obj
def withdraw(settings: Settings, name: str, slug: str, why: str) -> None:
    """Record that a release should no longer be used; it stays where it is."""
    with bench.opened(settings) as database, database.writing() as session:
        project = projects.find(session, slug, by=None, act="settle")
        releases.withdraw(session, project, name, why, by=None, now=_now(), webhooks=settings.webhooks)
    click.echo(f"{name} is withdrawn.")


def _now() -> datetime:
    return datetime.now(UTC)
