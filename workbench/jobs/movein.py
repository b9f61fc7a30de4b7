"""Tasks of moving in: files are looked at, what was chosen is read from the job, what nobody confirmed is removed."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.core.errors import NotFound
from workbench.core.words import many
from workbench.formats import reader
from workbench.formats.apart import parsed
from workbench.formats.reading import Options
from workbench.jobs.tries import Later
from workbench.services import looking, projects
from workbench.services import movein as moving
from workbench.services.jobs import KEPT
from workbench.services.laying import AS_IT_COMES, Laying
from workbench.services.looking import Look
from workbench.services.movein import Choice
from workbench.store import jobs, movein
from workbench.store.jobs import JobRow

if TYPE_CHECKING:
    from workbench.jobs.tasks import Bench

Progress = Callable[..., None]


def run_look(
    bench: "Bench", slug: str, paths: list[str], format: str | None, options: Options, progress: Progress
) -> Look:  # fmt: skip
    """Look at files or folders as a project would take them; nothing is kept."""
    with bench.database.reading() as session:
        project = projects.find(session, slug, by=None, act="import")
        scheme = projects.scheme(session, project)
    options = replace(options, limits=bench.settings.limits)
    return looking.look(
        bench.database,
        project.id,
        parsed(paths, format, options, moving.text_finder(bench.database, project.id)),
        scheme,
        format=reader(format) if format else None,
        options=options,
        progress=lambda done: progress(done=done),
    )


def look(bench: "Bench", job: JobRow, progress: Progress) -> str:
    """Look at uploaded files and keep what was found for the page that asks what to do with them."""
    wanted = job.payload
    with bench.database.reading() as session:
        project = projects.find(session, wanted["project"], by=None, act="import")
        row = moving.find(session, project, wanted["look"])
    if not Path(row.folder).is_dir():
        raise NotFound("The files of this preview are gone; upload them again.")
    options = Options(encoding=row.options.get("encoding"), unit=row.options.get("unit"))
    found = run_look(bench, project.slug, [row.folder], row.options.get("format"), options, progress)
    with bench.database.writing() as session:
        movein.change(session, row.id, among=["looking"], state="looked", found=found.row())
    looked = f"{many(found.records, 'record')} with {many(found.objects, 'annotation')}"
    return f"{looked} looked at; nothing is stored yet"


def forget(bench: "Bench", job: JobRow, _progress: Progress) -> str | Later:
    """Remove the files of a look that nobody confirmed, or of an import that came to nothing."""
    return _forget_import(bench, job) if "import" in job.payload else _forget_look(bench, job)


def _forget_import(bench: "Bench", job: JobRow) -> str | Later:
    """Remove the files of an import that failed or was stopped, so that it cannot be tried again any more."""
    number, now = job.payload["import"], datetime.now(UTC)
    with bench.database.writing() as session:
        row = jobs.give_up(session, number, "Nobody tried it again; its files are removed.")
        if row is None and jobs.under_way(session, number):
            return Later("The import is under way.", job.payload, now + KEPT)
        if row and (look_id := row.payload.get("look")):
            movein.change(session, look_id, among=["taking"], state="gone", found=None)
    if row is None:
        return "The import is done."
    shutil.rmtree(row.payload["folder"], ignore_errors=True)
    return "The import came to nothing; its files are removed."


def _forget_look(bench: "Bench", job: JobRow) -> str:
    with bench.database.writing() as session:
        project = projects.find(session, job.payload["project"], by=None, act="import")
        row = moving.find(session, project, job.payload["look"])
        if not movein.change(session, row.id, among=["looking", "looked"], state="gone", found=None):
            return "It was confirmed or cancelled."
    shutil.rmtree(row.folder, ignore_errors=True)
    return "Nobody confirmed it within a day; its files are removed."


def laying_of(bench: "Bench", wanted: dict[str, Any]) -> Laying:
    """Return as what the annotations of an import come in, by its job."""
    if not wanted.get("role"):
        return AS_IT_COMES
    choice = Choice(wanted["role"], wanted["name"], wanted["labels"], wanted["replace_gold"])
    with bench.database.reading() as session:
        return moving.laying(session, projects.find(session, wanted["project"], by=None, act="import"), choice)


def taken(bench: "Bench", wanted: dict[str, Any]) -> None:
    """Say of a look that its files came in."""
    if look_id := wanted.get("look"):
        with bench.database.writing() as session:
            movein.change(session, look_id, among=["taking"], state="done", found=None, at=datetime.now(UTC))
