"""The verbs that keep a bench safe and whole: backup, restore, db bridges, db copy."""

from datetime import UTC, datetime
from pathlib import Path

import click

from workbench.cli import show
from workbench.core.words import many
from workbench.services import bench, bridging, durability, projects
from workbench.settings import Settings, database_url


@click.command()
@click.argument("target", required=False, type=click.Path(path_type=Path))
@click.pass_obj
def backup(settings: Settings, target: Path | None) -> None:
    """Write a checked backup into a new folder while the bench is in use, from either engine.

    Without TARGET the folder is named after the time and lies in WORKBENCH_BACKUPS, where “check --deploy” looks.

    \b
    workbench backup
    workbench backup /backups/coast-$(date +%F)
    """
    now = datetime.now(UTC)
    target = target or settings.backup_folder / now.strftime("%Y-%m-%dT%H%M%SZ")
    with bench.opened(settings) as database:
        found = durability.backup(settings, database, target, now=now)
    rows = sum(each.rows for each in found.values())
    click.echo(f"{target} holds {rows:,} rows of {len(found)} tables, and was read again to check it.")


@click.command()
@click.argument("source", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--to", metavar="URL", help="The database to fill; default: the configured one.")
@click.pass_obj
def restore(settings: Settings, source: Path, to: str | None) -> None:
    """Bring a backup back into an empty place, of either engine; nothing is written over.

    \b
    WORKBENCH_HOME=~/again workbench restore /backups/coast-2026-11-28
    workbench restore /backups/coast-2026-11-28 --to postgresql://user@host/coast
    """
    found = durability.restore(settings, source, to=database_url(to) if to else None)
    click.echo(f"Restored and compared: {sum(each.rows for each in found.values()):,} rows of {len(found)} tables.")


@click.command("copy")
@click.option("--to", required=True, metavar="URL", help="An empty database of either engine.")
@click.pass_obj
def copy(settings: Settings, to: str) -> None:
    """Copy the bench into another database, SQLite or PostgreSQL, and prove it equal; all of it, or nothing.

    \b
    workbench db copy --to postgresql://user@host/coast
    """
    with bench.opened(settings) as database, show.progress("Copying") as tell:
        durability.move(database, database_url(to), lambda _table, rows: tell(done=rows))
    click.echo("Copied: every table has as many rows there as here, with the same hashes.")


@click.command()
@click.pass_obj
def bridges(settings: Settings) -> None:
    """Find anew which articles lie between two clusters: once, where they came before imports looked for it.

    \b
    workbench db bridges
    """
    with bench.opened(settings) as database:
        with database.reading() as session:
            every = projects.listing(session, by=None)
        for project in every:
            with show.progress(f"Comparing {project.slug}") as tell:
                found = bridging.anew(database, project.id, progress=tell)
            click.echo(f"{project.slug}: {many(found, 'article')} between clusters.")
