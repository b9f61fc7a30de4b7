"""Taking data out."""

from collections.abc import Iterator
from tempfile import TemporaryFile

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from workbench.formats import WRITERS, writer
from workbench.services import releases
from workbench.services.projects import Project
from workbench.web.session import reading, utc_now, within

bp = Blueprint("releases", __name__, url_prefix="/projects/<slug>")


@bp.get("/export")
@within("export")
def page(project: Project) -> ResponseReturnValue:
    """Show what could be taken out, in which formats and with what losses."""
    with reading() as session:
        counts = {state: releases.count(session, project, state) for state in releases.STATES}
    choices = [(name, fmt.title) for name, fmt in WRITERS.items()]
    return render_template("releases/page.html", counts=counts, formats=WRITERS.values(), choices=choices)


@bp.get("/export/file")
@within("export")
def download(project: Project) -> ResponseReturnValue:
    """Send records as a file, made whole before the first byte leaves."""
    state, chosen = request.args.get("state", "gold"), request.args.get("format", "gold")
    fmt = writer(chosen)
    file = TemporaryFile()  # noqa: SIM115 - closed when it is sent
    with reading() as session:
        names = releases.names(session, project) if request.args.get("names") else None
        fmt.write(releases.records(session, project, state, names=names), file)
    file.seek(0)
    name = f"{project.slug}-{state}-{utc_now():%Y%m%d}{fmt.suffixes[0]}"

    def chunks() -> Iterator[bytes]:
        with file:
            yield from iter(lambda: file.read(65_536), b"")

    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(chunks(), mimetype="application/octet-stream", headers=headers)
