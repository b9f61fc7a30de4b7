"""The ``workbench`` command: each verb parses, calls one service, prints."""

import gc
import sys

import click
from sqlalchemy.exc import DBAPIError

from workbench import COLLECTING, __version__, logs
from workbench.cli import (
    actors,
    bench,
    keeping,
    merging,
    movein,
    parked,
    people,
    releases,
    serving,
    sheets,
    suggesters,
    tokens,
    training,
    work,
    workers,
)
from workbench.core.errors import WorkbenchError
from workbench.settings import from_environment
from workbench.store import trouble


class Commands(click.Group):
    """A group that turns what people can act on into one sentence and exit code 1."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the verb; a refusal is printed, not traced."""
        try:
            return super().invoke(ctx)
        except WorkbenchError as problem:
            click.echo(f"workbench: {problem}", err=True)
            ctx.exit(1)
        except KeyboardInterrupt:
            click.echo("workbench: stopped", err=True)
            ctx.exit(130)
        except BrokenPipeError:
            sys.stderr.close()
            ctx.exit(0)
        except (OSError, DBAPIError) as problem:
            click.echo(f"workbench: {_said(problem)}", err=True)
            ctx.exit(1)


def _said(problem: OSError | DBAPIError) -> str:
    """Say what the disk or the database refused."""
    if isinstance(problem, DBAPIError):
        return f"The database cannot be used: {trouble.said(problem)}."
    where = " to ".join(str(each) for each in (problem.filename, problem.filename2) if each)
    return f"{where or 'The system'}: {problem.strerror or problem}."


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="workbench")
@click.option("-v", "--verbose", is_flag=True, help="Log every request and job.")
@click.pass_context
def main(ctx: click.Context, verbose: bool) -> None:
    """Turn news articles into gold-standard data.

    \b
    workbench demo                                a bench with example articles, and a link that signs you in
    workbench init && workbench serve             a bench of your own
    workbench import articles/ --project coast    bring articles in
    workbench suggest --project coast             let spaCy propose
    workbench export --project coast -o gold.jsonl

    WORKBENCH_HOME names the folder of the embedded database and files (default: .workbench here),
    WORKBENCH_DATABASE_URL another database.
    """
    gc.set_threshold(*COLLECTING)
    ctx.obj = settings = from_environment()
    logs.configure(as_json=settings.log_json, verbose=verbose)


for command in (
    bench.init, bench.serve, bench.demo, workers.worker, bench.db, bench.doctor,
    keeping.backup, keeping.restore,
    movein.import_, work.suggest, suggesters.suggesters, suggesters.compare, suggesters.combine, merging.merge,
    work.preannotate, parked.parked, releases.export, work.evaluate, work.formats,
    serving.check, serving.deploy, people.people, tokens.token, actors.actors, releases.release, sheets.rejoin,
    training.training, training.readers,
):  # fmt: skip
    main.add_command(command)
