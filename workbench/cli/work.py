"""The verbs of the main job beside import and export: suggest, and what needs no database."""

import sys
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

import click

from workbench.cli import show
from workbench.core.annotation import Document
from workbench.core.errors import Invalid, Refused
from workbench.core.words import many
from workbench.formats import FORMATS, losses, writer
from workbench.formats.apart import parsed
from workbench.formats.reading import Options
from workbench.jobs import tasks
from workbench.services import bench, evaluation_report, resources, suggestions
from workbench.services import evaluation as evaluations
from workbench.settings import Settings, resource_root

PROJECT = click.option("-p", "--project", "slug", required=True, help="The project's name in addresses.")
FORMAT = click.option("--format", "fmt", help="The format, where it should not be told from the content.")
ENCODING = click.option("--encoding", help="Confirm an encoding other than UTF-8, such as cp1252.")
_DIGITS = 10
TEXT = click.option("--text", "text", help="The key or column that holds the text.")


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
    with (
        bench.opened(chosen) as database,
        closing(tasks.Bench(database, chosen)) as place,
        show.progress("Suggesting") as tell,
    ):
        found = tasks.run_suggest(place, slug, tell, processes=processes)
    click.echo(found.told())


@click.command()
@click.argument("inputs", nargs=-1, required=True)
@click.option("-o", "--output", default="-", help="The file to write; - is the standard output.", show_default=True)
@FORMAT
@ENCODING
@TEXT
@click.option("--model", help="A spaCy package or path.")
@click.option("--processes", default=1, show_default=True, type=click.IntRange(1, 64))
@click.option("--skip-bad", is_flag=True, help="Go on after a record that cannot be read; it is reported.")
@click.option("--shard", metavar="I/N", default="1/1", show_default=True, help="Only every N-th record, from the I-th.")
@click.pass_obj
def preannotate(
    settings: Settings, inputs: tuple[str, ...], output: str, fmt: str | None, encoding: str | None,
    text: str | None, model: str | None, processes: int, skip_bad: bool, shard: str,
) -> None:  # fmt: skip
    """Turn text, JSONL or a folder into suggested records, without a database and at any size.

    \b
    workbench preannotate articles/ -o suggested.jsonl
    zcat wire.jsonl.gz | workbench preannotate - > suggested.jsonl
    workbench preannotate wire.jsonl --shard 3/8 -o suggested-3.jsonl
    """
    first, step = _shard(shard)
    from workbench.nlp import suggester

    root = resource_root()
    loaded = suggester(model or settings.model, resources.default_scheme(root), resources.registry(root))
    refused: list[str] = []
    options = Options(encoding=encoding, text=text, limits=settings.limits)
    quiet = output == "-"
    with show.inputs(inputs) as paths, show.progress("Reading", quiet=quiet) as tell, show.output(output) as out:
        source = islice(_readable(paths, fmt, options, refused, skip_bad=skip_bad), first, None, step)
        written = 0
        for document in suggestions.preannotate(source, loaded, processes=processes):
            writer("gold").write([document], out)
            written += 1
            tell(done=written)
    for sentence in refused:
        click.echo(f"refused: {sentence}", err=True)
    click.echo(f"{many(written, 'record')} written, {len(refused)} refused", err=True)
    if refused:
        sys.exit(1)


def _shard(shard: str) -> tuple[int, int]:
    """Return the place of the first record and the step to the next."""
    number, _, count = shard.partition("/")
    plain = all(each.isdecimal() and len(each) < _DIGITS for each in (number, count))
    if not (plain and 1 <= int(number) <= int(count)):
        raise click.UsageError(f"--shard {shard} is no share: write I/N, such as 3/8 for the third of eight.")
    return int(number) - 1, int(count)


def _readable(
    inputs: list[str], fmt: str | None, options: Options, refused: list[str], *, skip_bad: bool
) -> Iterator[Document]:
    for file, item in _apart(inputs, fmt, options):
        if isinstance(item, Document):
            yield suggestions.named(item, file)
            continue
        sentence = f"{file}: {item}" if file else str(item)
        if not skip_bad:
            raise Invalid(f"{sentence} Nothing was written; --skip-bad goes on without it.")
        refused.append(sentence)


def _apart(inputs: list[str], fmt: str | None, options: Options) -> Iterator[tuple[str, object]]:
    """Yield what files hold, read in a process of its own, with the name of each file."""
    for opened in parsed(inputs, fmt, options):
        if isinstance(opened, Refused):
            yield "", opened
        else:
            yield from ((opened.name, each) for each in opened.items)


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
        (each.name, " ".join(each.suffixes), each.direction, losses.words(each.loses)) for each in FORMATS.values()
    ]
    show.table(rows)
