"""Taking data out: records as they are now, and releases."""

from collections.abc import Iterator
from dataclasses import asdict
from tempfile import TemporaryFile
from typing import IO, Any, Final

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workbench.core import datasheet, pages, splits
from workbench.core.errors import WorkbenchError
from workbench.core.release import UNKNOWN, Wishes, check_name
from workbench.core.words import many
from workbench.formats import WRITERS, losses, writer
from workbench.services import (
    jobs,
    markdown,
    release_changes,
    release_checks,
    release_files,
    release_making,
    releases,
    tallying,
)
from workbench.services.projects import Project
from workbench.settings import resource_root
from workbench.web.session import bench, person, reading, settings, utc_now, within, writing
from workbench.web.wording import WORDS, title_of

bp = Blueprint("releases", __name__, url_prefix="/projects/<slug>")

AT_ONCE: Final = 2000
"""How many articles are released within a request; more are left to a worker."""
MOST_CHANGES: Final = 400


@bp.get("/export")
@within("export")
def page(project: Project) -> ResponseReturnValue:
    """Show what could be taken out, in which formats and with what losses, and the releases."""
    return _page(project, {}, {"name": f"{utc_now():%Y-%m-%d}", "split": "80/10/10", "seed": "1", "licence": ""})


def _page(project: Project, errors: dict[str, str], form: dict[str, str]) -> str:
    tallying.take_in(bench().database)
    with reading() as session:
        counts = releases.counted(session, project)
        before = request.args.get("before", type=int)
        rows, more = pages.cut(releases.listing(session, project, before=before, limit=pages.SIZE + 1))
        missing = datasheet.missing(releases.words(session, project).body)
    return render_template(
        "releases/page.html",
        counts=counts,
        formats=WRITERS.values(),
        losses=losses.words,
        choices=_choices(),
        rows=rows,
        more=more,
        missing=missing,
        errors=errors,
        form=form,
    )


def _choices() -> list[tuple[str, str]]:
    return [(name, fmt.title) for name, fmt in WRITERS.items()]


@bp.get("/export/file")
@within("export")
def download(project: Project) -> ResponseReturnValue:
    """Send records as a file, made whole before the first byte leaves."""
    state, chosen = request.args.get("state", "gold"), request.args.get("format", "gold")
    fmt = writer(chosen)
    file = TemporaryFile()  # noqa: SIM115 - closed when it is sent
    with reading() as session:
        names = releases.names(session, project) if request.args.get("names") else None
        releases.write(session, project, state, fmt, file, names=names, by=person())
    return _sent(file, f"{project.slug}-{state}-{utc_now():%Y%m%d}{fmt.suffixes[0]}")


def _sent(file: IO[bytes], name: str) -> Response:
    file.seek(0)

    def chunks() -> Iterator[bytes]:
        with file:
            yield from iter(lambda: file.read(65_536), b"")

    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(chunks(), mimetype="application/octet-stream", headers=headers)


@bp.post("/releases")
@within("settle")
def create(project: Project) -> ResponseReturnValue:
    """Make a release, at once or through a worker where there is much."""
    form = request.form.to_dict()
    try:
        name = check_name(form.get("name", "").strip())
    except WorkbenchError as problem:
        return _page(project, {"name": problem.sentence}, form), 422
    try:
        said = form.get("split", "").strip()
        parts = None if said == "none" else splits.shares(said)
    except WorkbenchError as problem:
        return _page(project, {"split": problem.sentence}, form), 422
    wishes = Wishes(
        form.get("licence", "").strip() or UNKNOWN,
        parts,
        form.get("seed", "").strip()[:64] or "1",
        text="no_text" not in form,
        layers="layers" in form,
    )
    try:
        return _made(project, name, wishes)
    except WorkbenchError as problem:
        return _page(project, {"name": problem.sentence}, form), 422


def _made(project: Project, name: str, wishes: Wishes) -> ResponseReturnValue:
    with reading() as session:
        count = releases.count(session, project)
    if count > AT_ONCE:
        payload = {"project": project.slug, "name": name, "wishes": asdict(wishes), "by": person().id}
        with writing() as session:
            jobs.ask(session, project, "release", payload, by=person(), now=utc_now())
        flash(
            f"{many(count, 'article is', 'articles are')} being released; the Articles page tells how far that is.",
            "ok",
        )
        return redirect(url_for("releases.page", slug=project.slug), 303)
    made = release_making.create(
        bench().database, project, name, wishes, by=person(), now=utc_now(), root=resource_root(),
        webhooks=settings().webhooks,
    )  # fmt: skip
    flash(f"{made.name} is released.", "ok")
    return redirect(url_for("releases.release", slug=project.slug, name=made.name), 303)


@bp.get("/releases/<name>")
@within("export")
def release(project: Project, name: str) -> ResponseReturnValue:
    """Show a release: its manifest in words, its data sheet, and what can be done with it."""
    verdict = None
    with reading() as session:
        row = releases.find(session, project, name)
        manifest = releases.manifest(session, row)
        sheet = releases.text(session, row, "datasheet.md").replace("\n#", "\n##").partition("\n")[2]
        methods = releases.text(session, row, "methods.md")
        others = [each for each in releases.listing(session, project, limit=pages.SIZE) if each.id != row.id]
        if request.args.get("check"):
            verdict = release_checks.stored(session, project, row)
    context: dict[str, Any] = {"row": row, "manifest": manifest, "methods": methods, "others": others}
    context["agreement"] = [(title_of(name), found) for name, found in _alphas(manifest)]
    choices = [("", "gold records alone"), *(choice for choice in _choices() if choice[0] != "gold")]
    return render_template(
        "releases/release.html", sheet=markdown.html(sheet), verdict=verdict, choices=choices, **context
    )


def _alphas(manifest: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Return the figures of agreement that there are, the main questions first."""
    found = manifest["agreement"]["alpha"] if manifest["agreement"] else {}
    names = [*(name for name in WORDS if name in found), *(name for name in sorted(found) if name not in WORDS)]
    return [(name, found[name]) for name in names if found[name]["value"] is not None]


@bp.get("/releases/<name>/file")
@within("export")
def release_file(project: Project, name: str) -> ResponseReturnValue:
    """Send a release as a ZIP, made whole before the first byte leaves."""
    wanted = release_files.Wanted(
        text="no_text" not in request.args, layers="layers" in request.args, format=request.args.get("format") or None
    )
    file = TemporaryFile()  # noqa: SIM115 - closed when it is sent
    with reading() as session:
        row = releases.find(session, project, name)
        release_files.write_zip(session, project, row, file, wanted)
    return _sent(file, f"{project.slug}-{row.name}.zip")


@bp.get("/releases/<name>/changes")
@within("export")
def changes(project: Project, name: str) -> ResponseReturnValue:
    """Show what changed since another release."""
    whole = request.args.get("as") == "json"
    with reading() as session:
        old, new = (releases.find(session, project, each) for each in (request.args.get("since", ""), name))
        found = release_changes.compare(session, old, new, most=None if whole else MOST_CHANGES)
    if whole:
        headers = {"Content-Disposition": f'attachment; filename="{project.slug}-{old.name}-{new.name}.json"'}
        return Response(release_changes.as_json(found), mimetype="application/json", headers=headers)
    left = sum(sum(row[1:]) for row in found.summary.rows()) - len(found.changes)
    told = {"shown": release_changes.shown, "without_words": release_changes.WITHOUT_WORDS}
    return render_template("releases/changes.html", found=found, left=left, **told)


@bp.post("/releases/<name>/withdraw")
@within("settle")
def withdraw(project: Project, name: str) -> ResponseReturnValue:
    """Record that a release should no longer be used, and why."""
    why = request.form.get("why", "")
    with writing() as session:
        releases.withdraw(session, project, name, why, by=person(), now=utc_now(), webhooks=settings().webhooks)
    flash(f"{name} is withdrawn; the reason is on record.", "ok")
    return redirect(url_for("releases.release", slug=project.slug, name=name), 303)


@bp.get("/data-sheet")
@within("settle")
def words(project: Project) -> ResponseReturnValue:
    """Show what people have written for the data sheets of coming releases."""
    with reading() as session:
        kept = releases.words(session, project)
    return render_template("releases/words.html", kept=kept, sections=datasheet.SECTIONS, asked=datasheet.ASKED)


@bp.post("/data-sheet")
@within("settle")
def change_words(project: Project) -> ResponseReturnValue:
    """Keep what people have written for data sheets."""
    body = {key: request.form.get(key, "").replace("\r\n", "\n") for key in datasheet.SECTIONS}
    seen = request.form.get("seen", 0, type=int)
    with writing() as session:
        releases.change_words(session, project, body, seen=seen, by=person(), now=utc_now())
    flash("Kept; the next release has it in its data sheet.", "ok")
    return redirect(url_for("releases.page", slug=project.slug), 303)
