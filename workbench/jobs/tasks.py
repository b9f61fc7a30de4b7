"""The tasks, by the kind of job: each may be run again from its start without doing anything twice."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from workbench.core.errors import NotFound
from workbench.core.release import Wishes as Release
from workbench.core.words import many
from workbench.core.workflow import Person
from workbench.formats import reader
from workbench.formats.apart import parsed
from workbench.formats.reading import Options
from workbench.jobs import mail, movein, webhooks
from workbench.jobs.tries import Later
from workbench.services import actors, imports, projects, release_making, releases, suggesters, suggestions
from workbench.services import movein as moving
from workbench.services.imports import Wishes
from workbench.services.receipts import Receipt
from workbench.services.suggestions import Suggested
from workbench.settings import Settings, resource_root
from workbench.store import jobs
from workbench.store.engine import Database
from workbench.store.jobs import JobRow
from workbench.store.projects import ProjectRow

Progress = Callable[..., None]
"""Hears how much is ``done``, and of what ``total``; raises Stopped where the job was cancelled."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What a task may come to instead of a note: jobs of one kind that workers share, with their payloads."""

    kind: str
    payloads: list[dict[str, Any]]


@dataclass(slots=True)
class Bench:
    """What a task works with; a suggester is loaded once and kept."""

    database: Database
    settings: Settings
    _loaded: dict[str, Any] = field(default_factory=dict)

    def suggester(self, project: ProjectRow) -> Any:
        """Return the suggester for a project's scheme and actors; it runs in a process of its own."""
        from workbench.nlp.apart import ApartSuggester

        with self.database.reading() as session:
            scheme = projects.scheme(session, project)
            registry = actors.registry(session, project, root=resource_root())
            key = f"{project.slug}@{project.scheme_version}@{actors.source(session, project)[0]}"
        if key not in self._loaded:
            self.close()
            wished = self.settings
            made = ApartSuggester(
                wished.model, scheme, registry, memory=wished.suggester_memory, seconds=wished.suggester_seconds
            )
            self._loaded = {key: made}
        return self._loaded[key]

    def close(self) -> None:
        """End the suggester's process."""
        for each in self._loaded.values():
            if close := getattr(each, "close", None):
                close()
        self._loaded = {}


def project_of(bench: Bench, slug: str) -> ProjectRow:
    """Return a project by its slug, as the machine itself sees it."""
    with bench.database.reading() as session:
        return projects.find(session, slug, by=None, act="suggest")


def run_suggest(
    bench: Bench, slug: str, progress: Progress, *, processes: int = 1, stretch: tuple[int, int | None] = (0, None)
) -> Suggested:
    """Pre-annotate what a project has not had pre-annotated, or a stretch of it."""
    project = project_of(bench, slug)
    found = bench.suggester(project)
    if stretch == (0, None):
        progress(done=0, total=suggestions.waiting(bench.database, project.id, found.name))
    return suggestions.suggest(
        bench.database,
        project.id,
        found,
        now=_now,
        progress=lambda done: progress(done=done),
        processes=processes,
        stretch=stretch,
    )


def run_import(
    bench: Bench,
    slug: str,
    paths: list[str],
    wishes: Wishes,
    progress: Progress,
    *,
    by: int | None,
    instead_of: int | None = None,
    begun: Callable[[int], object] = lambda batch_id: None,
) -> Receipt:
    """Import files or folders into a project, perhaps instead of an import that was cut off."""
    project = project_of(bench, slug)
    options = replace(wishes.options, limits=bench.settings.limits)
    text_of = moving.text_finder(bench.database, project.id) if wishes.laying.attaches else None
    return imports.take(
        bench.database,
        project.id,
        parsed(paths, wishes.format.name if wishes.format else None, options, text_of, ready=True),
        wishes,
        by=by,
        now=_now(),
        progress=lambda done: progress(done=done),
        instead_of=instead_of,
        begun=begun,
    )


def _suggest(bench: Bench, job: JobRow, progress: Progress) -> str | Parts:
    slug = job.payload["project"]
    project = project_of(bench, slug)
    stretches = suggestions.stretches(bench.database, project.id, bench.suggester(project).name)
    if len(stretches) < 2:
        return run_suggest(bench, slug, progress).told()
    progress(done=0, total=suggestions.waiting(bench.database, project.id, bench.suggester(project).name))
    return Parts("part", [{"project": slug, "first": first, "last": last} for first, last in stretches])


def _part(bench: Bench, job: JobRow, progress: Progress) -> str:
    wanted = job.payload
    found = run_suggest(bench, wanted["project"], progress, stretch=(wanted["first"], wanted["last"]))
    progress(done=found.articles + found.parked, total=found.articles + found.parked)
    return found.told()


def _import(bench: Bench, job: JobRow, progress: Progress) -> str:
    wanted = job.payload
    folder, tried = Path(wanted["folder"]), wanted.get("batch")
    if not (folder.is_dir() or imports.came(bench.database, tried)):
        raise NotFound("The files of this import are gone; import them again.")
    wishes = Wishes(
        format=reader(wanted["format"]) if wanted.get("format") else None,
        options=Options(encoding=wanted.get("encoding"), unit=wanted.get("unit")),
        skip_bad=bool(wanted.get("skip_bad")),
        laying=movein.laying_of(bench, wanted),
    )
    receipt = run_import(
        bench,
        wanted["project"],
        [str(folder)],
        wishes,
        progress,
        by=wanted.get("by"),
        instead_of=tried,
        begun=lambda batch_id: _remember(bench, job, batch=batch_id),
    )
    shutil.rmtree(folder, ignore_errors=True)
    movein.taken(bench, wanted)
    return receipt.told()


def _remember(bench: Bench, job: JobRow, **more: Any) -> None:
    with bench.database.writing() as session:
        jobs.remember(session, job, **more)


def _combine(bench: Bench, job: JobRow, progress: Progress) -> str:
    wanted = job.payload
    project = project_of(bench, wanted["project"])
    two, name = (wanted["first"], wanted["second"]), wanted["name"]
    done = suggesters.combine(
        bench.database, project, *two, wanted["rule"], name, now=_now(), progress=lambda done: progress(done=done)
    )
    return f"{name} has new layers over {many(done, 'article')}"


def _release(bench: Bench, job: JobRow, progress: Progress) -> str:
    wanted = job.payload
    parts = wanted["wishes"]["parts"]
    wishes = Release(**wanted["wishes"] | {"parts": tuple(parts) if parts else None})
    project = project_of(bench, wanted["project"])
    with bench.database.reading() as session:
        if (made := releases.listing(session, project, limit=1)) and made[0].name == wanted["name"]:
            return f"{made[0].name} is released: {made[0].articles} in all"
    row = release_making.create(
        bench.database,
        project,
        wanted["name"],
        wishes,
        by=Person(wanted["by"], ""),
        now=_now(),
        root=resource_root(),
        webhooks=bench.settings.webhooks,
        progress=lambda done: progress(done=done),
    )
    return f"{row.name} is released: {row.articles} in all"


def _notice(bench: Bench, job: JobRow, _progress: Progress) -> str | Later:
    return webhooks.tell(bench.settings, job.payload, now=_now())


def _mail(bench: Bench, job: JobRow, _progress: Progress) -> str | Later:
    return mail.send(bench.database, bench.settings, job.payload, now=_now())


TASKS: Final[dict[str, Callable[[Bench, JobRow, Progress], str | Parts | Later]]] = {
    "suggest": _suggest,
    "part": _part,
    "import": _import,
    "look": movein.look,
    "forget": movein.forget,
    "combine": _combine,
    "release": _release,
    "notice": _notice,
    "mail": _mail,
}


def _now() -> datetime:
    return datetime.now(UTC)
