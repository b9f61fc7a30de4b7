"""What watches the bench: is it alive, can it work, and its figures."""

from hmac import compare_digest

from flask import Blueprint, Response, current_app, jsonify, request
from flask.typing import ResponseReturnValue

from workbench.core.errors import NotFound, WorkbenchError
from workbench.edge import metrics
from workbench.services import bench, jobs
from workbench.web.session import reading, settings, utc_now

bp = Blueprint("health", __name__)


@bp.get("/health")
def health() -> ResponseReturnValue:
    """Say that the process lives; nothing else is asked."""
    return jsonify({"status": "ok"})


@bp.get("/ready")
def ready() -> ResponseReturnValue:
    """Say whether the bench can work: its database answers, its tables fit, and jobs do not pile up."""
    database = current_app.extensions["workbench"].database
    try:
        bench.check_version(database)
        with reading() as session:
            late = jobs.late(session, now=utc_now())
    except WorkbenchError as problem:
        return jsonify({"status": "not ready", "why": problem.sentence}), 503
    told = {"status": "ok", "database": "ok", "worker": "behind" if late else "ok", "jobs_late": late}
    return jsonify(told), 503 if late and "worker" in request.args else 200


@bp.get("/metrics")
def figures() -> ResponseReturnValue:
    """Answer with figures for Prometheus: to this machine alone, or to whoever knows WORKBENCH_METRICS_TOKEN."""
    if not _may_look():
        raise NotFound("The address is wrong, or what was there has moved.")
    with reading() as session:
        counts = jobs.states(session)
    return Response(metrics.text(counts), content_type=metrics.KIND)


def _may_look() -> bool:
    if token := settings().metrics_token:
        return compare_digest(request.headers.get("Authorization", "").encode(), f"Bearer {token}".encode())
    near = request.remote_addr in {"127.0.0.1", "::1"}
    return near and not {"X-Forwarded-For", "Forwarded"} & {name for name, _ in request.headers}
