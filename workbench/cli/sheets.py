"""The words of people in data sheets, and texts put back into records that left without them."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from workbench.cli import show
from workbench.cli.releases import PROJECT, release
from workbench.core import datasheet
from workbench.core.errors import Invalid
from workbench.core.words import many
from workbench.formats.reading import Options, text_of
from workbench.services import bench, projects, rejoining, releases
from workbench.settings import Settings


@release.command()
@PROJECT
@click.option("--from", "source", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The new words.")
@click.pass_obj
def words(settings: Settings, slug: str, source: Path | None) -> None:
    """Print what people have written for the project's data sheets, or replace it by a Markdown file.

    \b
    workbench release words --project coast > words.md      then edit, then:
    workbench release words --project coast --from words.md
    """
    with bench.opened(settings) as database:
        if source is None:
            with database.reading() as session:
                project = projects.find(session, slug, by=None, act="read")
                click.echo(datasheet.words_to(releases.words(session, project).body), nl=False)
            return
        with source.open("rb") as file:
            body = datasheet.words_from(text_of(file, str(source), releases.LONGEST))
        with database.writing() as session:
            project = projects.find(session, slug, by=None, act="settle")
            seen = releases.words(session, project).version
            releases.change_words(session, project, body, seen=seen, by=None, now=datetime.now(UTC))
    click.echo(f"Kept for the next release; still empty: {', '.join(datasheet.missing(body)) or 'nothing'}.")


@click.command()
@click.argument("records", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--texts", required=True, multiple=True, help="Files or folders with the articles.")
@click.option("-o", "--output", default="-", show_default=True)
@click.option("--encoding", help="Confirm an encoding other than UTF-8, such as cp1252.")
@click.option("--skip-missing", is_flag=True, help="Leave out records whose text is not there.")
@click.pass_obj
def rejoin(
    settings: Settings, records: Path, texts: tuple[str, ...], output: str, encoding: str | None, skip_missing: bool
) -> None:
    """Put texts back into records that left without them; each is found and checked by its SHA-256.

    \b
    workbench rejoin coast-2026-03/gold.jsonl --texts articles/ -o gold.jsonl
    """
    missing: list[str] = []
    with (
        show.output(output) as out,
        rejoining.Texts(texts, Options(encoding=encoding, limits=settings.limits)) as found,
    ):
        written = rejoining.rejoin(records, found, out, missing)
        if missing and not skip_missing:
            raise Invalid(
                f"The texts of {len(missing)} of {written + len(missing)} records are not there, so nothing was "
                f"written: {', '.join(missing[:10])}. --skip-missing leaves them out."
            )
    for key in missing:
        click.echo(f"no text: {key}", err=True)
    click.echo(f"{many(written, 'record')} written, {len(missing)} without text", err=True)
    if missing:
        sys.exit(1)
