"""What the desk's page asks for besides its decisions: article, state, the next article, waivers."""

import gzip
from typing import Any, Final

import msgspec
from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from workbench.core import workflow
from workbench.services import desk, review, waivers
from workbench.services.projects import Project
from workbench.services.review import Opened
from workbench.web import sent
from workbench.web.compression import compressed
from workbench.web.session import lease, person, reading, utc_now, within, writing

bp = Blueprint("desk", __name__, url_prefix="/projects/<slug>/items/<int:item_id>")
_WANTED: Final = msgspec.json.Decoder(waivers.Wanted)

WEEK = 7 * 24 * 3600
BEATS = 6
"""How often in a lease a desk on which somebody reads says so."""


@bp.get("/data")
@within("read")
def data(project: Project, item_id: int) -> ResponseReturnValue:
    """Answer with how the article stands: what was decided, and where to send what."""
    with reading() as session:
        found = review.opened(session, project, item_id, by=person())
        work = desk.decided(session, found)
        waived = waivers.standing(session, found.item.article_id, by=person())
    return _json(
        {
            "item": desk.item(found, guideline=project.guideline_version),
            "urls": urls(project, found),
            "me": {"id": person().id, "name": person().name},
            "csrf": generate_csrf(),
            "beat": max(10, int(lease().total_seconds() / BEATS)),
            "waived": waived,
            **work,
        }
    )


@bp.get("/article")
@within("read")
def article(project: Project, item_id: int) -> ResponseReturnValue:
    """Answer with what decisions do not change; kept by the browser under the name of its edition."""
    with reading() as session:
        found = review.opened(session, project, item_id, by=person())
        edition, packed = desk.edition(found, project.scheme_version), compressed()
        response = _compressible(desk.parcel(session, found, edition, packed=packed), packed=packed)
    same = request.args.get("v") == edition
    response.headers["Cache-Control"] = f"private, max-age={WEEK}, immutable" if same else "private, no-cache"
    return response


@bp.get("/log")
@within("read")
def log(project: Project, item_id: int) -> ResponseReturnValue:
    """Answer with every decision on the article, for undo and for the history."""
    with reading() as session:
        found = review.opened(session, project, item_id, by=person())
        rows, _ = desk.log(session, found)
    body, packed = msgspec.json.encode({"log": rows}), compressed()
    return _compressible(gzip.compress(body, 5, mtime=0) if packed else body, packed=packed)


@bp.post("/stay")
@within("review")
def stay(project: Project, item_id: int) -> ResponseReturnValue:
    """Renew the lease of somebody who reads without deciding; say whether the article is still theirs."""
    with writing() as session:
        held = review.stay(session, project, item_id, by=person(), now=utc_now(), lease=lease())
    return _json({"held": held})


@bp.get("/ahead")
@within("review")
def ahead(project: Project, item_id: int) -> ResponseReturnValue:
    """Answer with where the next article can be fetched before this one is finished."""
    with reading() as session:
        after = review.upcoming(session, project, by=person(), now=utc_now(), but=item_id)
        found = review.opened(session, project, after, by=person()) if after else None
    return _json({"article": urls(project, found)["article"] if found else None})


@bp.post("/waivers")
@within("review")
def waive(project: Project, item_id: int) -> ResponseReturnValue:
    """Keep that something which looks odd is right."""
    wanted = sent.read(_WANTED, "This is no waiver")
    with writing() as session:
        waivers.waive(session, project, item_id, wanted, by=person(), now=utc_now())
    return _json({"ok": True})


def urls(project: Project, found: Opened) -> dict[str, str]:
    """Return the addresses that the desk of an article works with."""
    slug, item_id = project.slug, found.item.id
    on_item = {
        "data": "desk.data", "log": "desk.log", "ahead": "desk.ahead", "waivers": "desk.waive",
        "decisions": "review.decide", "finish": "review.finish", "skip": "review.skip", "reopen": "review.reopen",
        "mentions": "review.mentions", "threads": "talk.on_item", "stay": "desk.stay",
    }  # fmt: skip
    in_project = {
        "next": "review.next_item", "queue": "review.queue", "actors": "actors.search", "carry": "review.carry",
        "guideline": "projects.guideline_part", "articles": "articles.listing", "board": "board.page",
    }  # fmt: skip
    if workflow.may(project.role, "adjudicate"):
        in_project["adjudication"] = "adjudication.listing"
    edition = desk.edition(found, project.scheme_version)
    return {
        **{name: url_for(endpoint, slug=slug, item_id=item_id) for name, endpoint in on_item.items()},
        **{name: url_for(endpoint, slug=slug) for name, endpoint in in_project.items()},
        "article": url_for("desk.article", slug=slug, item_id=item_id, v=edition),
        "mentionable": url_for("talk.mentionable", slug=slug, article=found.item.article_id),
        "signin": url_for("people.sign_in"),
    }


def _json(body: Any) -> Response:
    return Response(msgspec.json.encode(body), mimetype="application/json")


def _compressible(body: bytes, *, packed: bool) -> Response:
    """Return JSON that holds no secret, and therefore goes out gzipped to browsers that read that."""
    response = Response(body, mimetype="application/json")
    response.vary.update({"Accept-Encoding", "Cookie"})
    if packed:
        response.content_encoding = "gzip"
    return response
