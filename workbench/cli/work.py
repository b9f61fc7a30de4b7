"""The verbs of the main job: import, suggest, export, and what needs no database."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from workbench.cli import show
from workbench.core.annotation import Document
from workbench.core.errors import Invalid
from workbench.formats import FORMATS, reader, records, writer
from workbench.formats.reading import Options
from workbench.jobs import tasks
from workbench.services import bench, evaluation_report, receipts, resources, suggestions
from workbench.services import evaluation as evaluations
from workbench.services.imports import Wishes
from workbench.services.receipts import Receipt
from workbench.settings import Settings, resource_root

PROJECT = click.option("-p", "--project", "slug", required=True, help="The project's name in addresses.")
FORMAT = click.option("--format", "fmt", help="The format, where it should not be told from the content.")
ENCODING = click.option("--encoding", help="Confirm an encoding other than UTF-8, such as cp1252.")
TEXT = click.option("--text", "text", help="The key or column that holds the text.")


@click.command("import")
@click.argument("paths", nargs=-1, required=True)
@PROJECT
@FORMAT
@ENCODING
@TEXT
@click.option("--create", is_flag=True, help="Make the project if it does not exist.")
@click.option("--skip-bad", is_flag=True, help="Take the good records of a file that has bad ones.")
@click.option("--as-suggestions", metavar="NAME", help="Take every reading that comes along as this suggester's.")
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), help="Write the receipt as JSON lines.")
@click.pass_obj
def import_(
    settings: Settings, paths: tuple[str, ...], slug: str, fmt: str | None, encoding: str | None, text: str | None,
    create: bool, skip_bad: bool, as_suggestions: str | None, report: Path | None,
) -> None:  # fmt: skip
    """Bring articles in: files, folders, patterns and ZIPs of .txt, .jsonl, .csv and .html.

    \b
    workbench import articles/ --project coast --create
    workbench import 'wire/*.txt' --project coast --encoding cp1252

    Exact twins are skipped, near-duplicates share a cluster, and a file with a bad record leaves
    nothing of itself behind unless --skip-bad is given. Exit code 1 if anything was refused.
    """
    wishes = Wishes(reader(fmt) if fmt else None, Options(encoding=encoding, text=text), skip_bad, as_suggestions)
    with bench.opened(settings) as database:
        if create:
            bench.ensure_project(database, slug, slug, now=_now(), root=resource_root())
        with show.progress("Importing") as tell:
            receipt = tasks.run_import(tasks.Bench(database, settings), slug, list(paths), wishes, tell, by=None)
    _tell_receipt(receipt, report)
    if not receipt.complete:
        sys.exit(1)


def _tell_receipt(receipt: Receipt, report: Path | None) -> None:
    for line in receipt.lines:
        if line.what != "taken" or line.why:
            place = ", ".join(filter(None, (line.file, f"line {line.line}" if line.line else "")))
            twin = f" ({line.key})" if line.what == "skipped" else ""
            click.echo(": ".join(filter(None, (line.what, place, line.why))) + twin)
    click.echo(", ".join(f"{receipt.count(what)} {what}" for what in ("taken", "skipped", "refused")))
    if report:
        report.write_bytes(receipts.report_lines(receipt))


@click.command()
@PROJECT
@click.option("--model", help="A spaCy package or path; otherwise WORKBENCH_MODEL, otherwise the best installed.")
@click.option("--processes", default=1, show_default=True, type=click.IntRange(1, 64))
@click.pass_obj
def suggest(settings: Settings, slug: str, model: str | None, processes: int) -> None:
    """Let spaCy propose entities, stances and commitments for articles that have no proposals yet.

    \b
    workbench suggest --project coast
    """
    chosen = bench.with_model(settings, model)
    with bench.opened(chosen) as database, show.progress("Suggesting") as tell:
        found = tasks.run_suggest(tasks.Bench(database, chosen), slug, tell, processes=processes)
    click.echo(
        f"{found.articles} articles: {found.entities} entities, {found.stances} stances, "
        f"{found.commitments} commitments"
    )


@click.command()
@click.argument("inputs", nargs=-1, required=True)
@click.option("-o", "--output", default="-", help="The file to write; - is the standard output.", show_default=True)
@FORMAT
@ENCODING
@TEXT
@click.option("--model", help="A spaCy package or path.")
@click.option("--processes", default=1, show_default=True, type=click.IntRange(1, 64))
@click.option("--skip-bad", is_flag=True, help="Go on after a record that cannot be read; it is reported.")
@click.pass_obj
def preannotate(
    settings: Settings, inputs: tuple[str, ...], output: str, fmt: str | None, encoding: str | None,
    text: str | None, model: str | None, processes: int, skip_bad: bool,
) -> None:  # fmt: skip
    """Turn text, JSONL or a folder into suggested records, without a database and at any size.

    \b
    workbench preannotate articles/ -o suggested.jsonl
    zcat wire.jsonl.gz | workbench preannotate - > suggested.jsonl
    """
    from workbench.nlp import suggester

    root = resource_root()
    loaded = suggester(model or settings.model, resources.default_scheme(root), resources.registry(root))
    refused: list[str] = []
    options = Options(encoding=encoding, text=text)
    quiet = output == "-"
    with show.inputs(inputs) as paths, show.progress("Reading", quiet=quiet) as tell, show.output(output) as out:
        source = _readable(paths, fmt, options, refused, skip_bad=skip_bad)
        written = 0
        for document in suggestions.preannotate(source, loaded, processes=processes):
            writer("gold").write([document], out)
            written += 1
            tell(done=written)
    for sentence in refused:
        click.echo(f"refused: {sentence}", err=True)
    click.echo(f"{written} records written, {len(refused)} refused", err=True)
    if refused:
        sys.exit(1)


def _readable(
    inputs: list[str], fmt: str | None, options: Options, refused: list[str], *, skip_bad: bool
) -> Iterator[Document]:
    for found in records(inputs, fmt, options):
        if isinstance(found.item, Document):
            yield suggestions.named(found.item, found.file)
            continue
        sentence = f"{found.file}: {found.item}"
        if not skip_bad:
            raise Invalid(f"{sentence} Nothing was written; --skip-bad goes on without it.")
        refused.append(sentence)


@click.command()
@click.option("--gold", "gold", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--predictions", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Default: a fresh run."
)
@click.option(
    "--articles",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Texts of a gold file without them.",
)
@click.option("--split", type=click.Choice(["train", "dev", "test"]), help="Only the gold records of one split.")
@click.option("--by", help="Measure apart by this key of the gold records' meta, such as register.")
@click.option("--model", help="A spaCy package or path, for a fresh run.")
@click.option("--as", "shape", default="text", show_default=True, type=click.Choice(["text", "json", "html"]))
@click.option("-o", "--output", default="-", show_default=True)
@click.option("--limit", default=25, show_default=True, help="How many mistakes of each sort to list.")
@click.pass_obj
def evaluate(
    settings: Settings, gold: Path, predictions: Path | None, articles: Path | None, split: str | None,
    by: str | None, model: str | None, shape: evaluation_report.Shape, output: str, limit: int,
) -> None:  # fmt: skip
    """Score predictions, or a fresh run of the suggester, against gold records.

    \b
    workbench evaluate --gold gold.jsonl
    workbench evaluate --gold gold.jsonl --predictions mine.jsonl --as html -o report.html
    """
    report = evaluations.evaluate(
        gold, predictions, model=model or settings.model, articles=articles, split=split, by=by, limit=limit
    )
    with show.output(output) as out:
        out.write(evaluation_report.render(report, shape).encode())


@click.command()
def formats() -> None:
    """List the formats that are read and written, and what each cannot hold."""
    rows = [("name", "files", "direction", "cannot hold")]
    rows += [
        (each.name, " ".join(each.suffixes), each.direction, ", ".join(sorted(each.loses)) or "nothing is lost")
        for each in FORMATS.values()
    ]
    show.table(rows)


def _now() -> datetime:
    return datetime.now(UTC)
