"""``workbench import``: articles come in, with their annotations as whatever they are to be, or are only looked at."""

import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import click

from workbench.cli import show
from workbench.cli.work import ENCODING, FORMAT, PROJECT, TEXT
from workbench.core.errors import Invalid
from workbench.core.words import many
from workbench.formats import reader
from workbench.formats.reading import Options
from workbench.formats.units import UNITS
from workbench.jobs import movein as looks
from workbench.jobs import tasks
from workbench.services import bench, movein, projects, receipts
from workbench.services.imports import Wishes
from workbench.services.laying import Laying
from workbench.services.looking import Found, Look
from workbench.services.movein import Choice
from workbench.services.receipts import Receipt
from workbench.settings import Settings, resource_root
from workbench.store.engine import Database


@click.command("import")
@click.argument("paths", nargs=-1, required=True)
@PROJECT
@FORMAT
@ENCODING
@TEXT
@click.option("--unit", type=click.Choice(UNITS), help="What offsets count, where it should not be found out.")
@click.option("--create", is_flag=True, help="Make the project if it does not exist.")
@click.option("--skip-bad", is_flag=True, help="Take the good records of a file that has bad ones.")
@click.option("--preview", is_flag=True, help="Say what the files hold and what would become of it; store nothing.")
@click.option("--plain", is_flag=True, help="Take the texts without their annotations.")
@click.option("--as-suggestions", metavar="NAME", help="Take every reading that comes along as this suggester's.")
@click.option("--as-person", metavar="NAME", help="Take it as this person's finished reading.")
@click.option("--as-gold", is_flag=True, help="Take it as gold; gold that is there already stays.")
@click.option("--replace-gold", is_flag=True, help="With --as-gold: put it in the place of gold, which is kept aside.")
@click.option("--map", "maps", metavar="THEIRS=OURS", multiple=True, help="What a foreign label becomes; THEIRS= out.")
@click.option("--save-mapping", is_flag=True, help="Keep what --map says for the project's next imports.")
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), help="Write the receipt as JSON lines.")
@click.option("--repairs", type=click.Path(dir_okay=False, path_type=Path), help="Write what to put right, as JSONL.")
@click.pass_obj
def import_(
    settings: Settings, paths: tuple[str, ...], slug: str, fmt: str | None, encoding: str | None, text: str | None,
    unit: str | None, create: bool, skip_bad: bool, preview: bool, plain: bool, as_suggestions: str | None,
    as_person: str | None, as_gold: bool, replace_gold: bool, maps: tuple[str, ...], save_mapping: bool,
    report: Path | None, repairs: Path | None,
) -> None:  # fmt: skip
    """Bring articles in: files, folders, patterns and ZIPs of text, JSON lines, tables and other tools' formats.

    \b
    workbench import articles/ --project coast --create
    workbench import 'wire/*.txt' --project coast --encoding cp1252
    workbench import prodigy.jsonl --project coast --preview
    workbench import predictions.jsonl --project coast --as-suggestions mymodel@3 --map PER=PERSON

    Near-duplicates share a cluster. Texts that are here already are skipped, unless --as-… lays their annotations
    over them as a further layer. A file with a bad record leaves nothing of itself behind unless --skip-bad is
    given. Exit code 1 if anything was refused.
    """
    choice = Choice(*_role(plain, as_suggestions, as_person, as_gold), _labels(maps), replace_gold, skip_bad)
    if replace_gold and not as_gold:
        raise click.UsageError("--replace-gold goes with --as-gold.")
    options = Options(encoding=encoding, text=text, unit=unit)
    with bench.opened(settings) as database:
        if create and not preview:
            bench.ensure_project(database, slug, slug, now=_now(), root=resource_root())
        work = tasks.Bench(database, settings)
        if preview:
            with show.progress("Looking") as tell:
                look = looks.run_look(work, slug, list(paths), fmt, options, tell)
            _tell_look(look, choice)
            sys.exit(1 if any(each.refused for each in look.files) else 0)
        wishes = Wishes(reader(fmt) if fmt else None, options, skip_bad, None, _laying(database, slug, choice))
        if save_mapping:
            _save(database, slug, choice)
        with show.progress("Importing") as tell:
            receipt = tasks.run_import(work, slug, list(paths), wishes, tell, by=None)
    _tell_receipt(receipt, report, repairs)
    if not receipt.complete:
        sys.exit(1)


def _role(plain: bool, suggester: str | None, person: str | None, gold: bool) -> tuple[str | None, str]:
    chosen = [
        *([("plain", "")] if plain else []),
        *([("suggestions", suggester)] if suggester else []),
        *([("person", person)] if person else []),
        *([("gold", "gold")] if gold else []),
    ]
    if len(chosen) > 1:
        raise click.UsageError("Choose one of --plain, --as-suggestions, --as-person and --as-gold.")
    return chosen[0] if chosen else (None, "")


def _labels(maps: tuple[str, ...]) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for each in maps:
        theirs, sign, ours = each.rpartition("=")
        if not sign or not theirs:
            raise Invalid(f"--map {each} names no pair: write THEIRS=OURS, or THEIRS= to leave that label out.")
        found[theirs] = ours or None
    return found


def _laying(database: Database, slug: str, choice: Choice) -> Laying:
    with database.reading() as session:
        return movein.laying(session, projects.find(session, slug, by=None, act="import"), choice)


def _save(database: Database, slug: str, choice: Choice) -> None:
    with database.writing() as session:
        project = projects.find(session, slug, by=None, act="import")
        movein.keep_labels(session, project, choice.labels or {}, by=None, now=_now())


def _tell_look(look: Look, choice: Choice) -> None:
    for each in look.files:
        _tell_file(each)
    given = choice.labels or {}
    if look.labels:
        rows = [("foreign label", "entities", "becomes")]
        decided = [(theirs, count, given.get(theirs, ours)) for theirs, count, ours in look.labels]
        rows += [(theirs, str(count), ours or "(left out)") for theirs, count, ours in decided]
        show.table(rows)
        click.echo("--map THEIRS=OURS changes that, --save-mapping keeps it; it holds with --as-… or --map.")
    click.echo(f"{many(look.records, 'record')} with {many(look.objects, 'annotation')}; nothing was stored.")


def _tell_file(found: Found) -> None:
    name = found.file or (f"{found.more} further files" if found.more else "")
    click.echo(
        f"{name}: {found.title or 'not recognised'}; {many(found.records, 'record')}, {found.annotated} annotated"
    )
    for title, counts in (
        ("offsets", found.units),
        ("entities", found.labels),
        ("frames", found.frames),
        ("with", found.attributes),
        ("kept aside, for want of a place", found.losses),
        ("doubts", found.doubts),
    ):
        if counts:
            click.echo(f"  {title}: " + ", ".join(f"{what} {count}" for what, count in counts.most_common()))
    for example in found.examples:
        click.echo(f"    - {example}")


def _tell_receipt(receipt: Receipt, report: Path | None, repairs: Path | None) -> None:
    for line in receipt.lines:
        if line.what != "taken" or line.why:
            place = ", ".join(filter(None, (line.file, f"line {line.line}" if line.line else "")))
            twin = f" ({line.key})" if line.what == "skipped" else ""
            click.echo(": ".join(filter(None, (line.what, place, line.why))) + twin)
    if spans := receipt.spans():
        click.echo("annotations: " + ", ".join(f"{count} {what}" for what, count in spans.items()))
    click.echo(receipt.told())
    if report:
        _write(report, receipts.report_lines(receipt))
    if repairs:
        _write(repairs, receipts.repairs(receipts.row(line) for line in receipt.lines))


def _write(path: Path, lines: Iterable[bytes]) -> None:
    with path.open("wb") as out:
        out.writelines(lines)


def _now() -> datetime:
    return datetime.now(UTC)
