"""Questions and comments: at the desk as JSON, and on a page for those who answer."""

from typing import Any, Final
from uuid import uuid4

import msgspec
from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workbench.core import pages
from workbench.core.annotation import Span
from workbench.core.desk import pieces, span_from_wire, wire_span
from workbench.edge.fields import texts
from workbench.services import examples, inbox, review, talk
from workbench.services.projects import Project
from workbench.services.talk import Talk
from workbench.web import sent
from workbench.web.session import person, reading, utc_now, within, writing

bp = Blueprint("talk", __name__, url_prefix="/projects/<slug>")


class Begun(msgspec.Struct, forbid_unknown_fields=True):
    """A thread as the desk begins it; ``span`` counts tokens."""

    key: str
    kind: str
    body: str = ""
    span: list[int] | None = None


_BEGUN: Final = msgspec.json.Decoder(Begun)


@bp.get("/items/<int:item_id>/threads")
@within("read")
def on_item(project: Project, item_id: int) -> ResponseReturnValue:
    """Answer with the threads on the article of an item."""
    with reading() as session:
        opened = review.opened(session, project, item_id, by=person())
        found = talk.on_article(session, project, opened.item.article_id, by=person())
    toks = pieces(opened.document.text)
    return _json({"threads": [_wire(each, toks) for each in found]})


@bp.post("/items/<int:item_id>/threads")
@within("review")
def begin(project: Project, item_id: int) -> ResponseReturnValue:
    """Begin a thread on a passage."""
    begun = sent.read(_BEGUN, "This is no question")
    with writing() as session:
        text = review.opened(session, project, item_id, by=person()).document.text
        span = span_from_wire(begun.span, pieces(text), len(text)) if begun.span else None
        thread_id = talk.begin(
            session, project, item_id, key=begun.key, kind=begun.kind, span=span, body=begun.body, by=person(),
            now=utc_now(),
        )  # fmt: skip
    return _json({"id": thread_id})


@bp.post("/threads/<int:thread_id>/posts")
@within("review")
def answer(project: Project, thread_id: int) -> ResponseReturnValue:
    """Say something in a thread."""
    key, body = texts("key", "body")
    with writing() as session:
        talk.answer(session, project, thread_id, key=key, body=body, by=person(), now=utc_now())
    return _after(project, "Your answer is there for whoever asked.")


@bp.post("/threads/<int:thread_id>/state")
@within("review")
def set_state(project: Project, thread_id: int) -> ResponseReturnValue:
    """Close a thread, or open it again."""
    [state] = texts("state")
    with writing() as session:
        talk.set_state(session, project, thread_id, state, by=person())
    return _after(project, "Done.")


@bp.get("/threads/<int:thread_id>")
@within("review")
def one(project: Project, thread_id: int) -> ResponseReturnValue:
    """Show one thread with its passage."""
    with reading() as session:
        before = request.args.get("before", type=int)
        each = talk.one(session, project, thread_id, before=before, by=person())
    return render_template("talk/one.html", each=each, **_FORM)


@bp.post("/threads/<int:thread_id>/example")
@within("settle")
def keep_example(project: Project, thread_id: int) -> ResponseReturnValue:
    """Put an answered question into the guidelines as an example."""
    with writing() as session:
        seen = request.form.get("seen", 0, type=int)
        version = examples.keep(session, project, thread_id, seen=seen, by=person(), now=utc_now())
    flash(f"The guidelines have it as an example, in version {version}.", "ok")
    return redirect(url_for("projects.guideline", slug=project.slug), 303)


@bp.get("/mentionable")
@within("review")
def mentionable(project: Project) -> ResponseReturnValue:
    """Answer with names that one may write behind an @, those with a word that begins like what was typed."""
    article_id, begun = request.args.get("article", type=int), request.args.get("begun", "")
    with reading() as session:
        rows, everybody = inbox.mentionable(session, project, article_id, begun, by=person())
    return _json({"names": [row.name for row in rows], "all": everybody})


@bp.get("/questions")
@within("review")
def listing(project: Project) -> ResponseReturnValue:
    """List questions, the open ones or all."""
    everything, after = request.args.get("show") == "all", request.args.get("after", 0, type=int)
    with reading() as session:
        rows, more = talk.listing(
            session, project, open_only=not everything, after=after, limit=pages.SIZE, by=person()
        )  # fmt: skip
    return render_template("talk/listing.html", rows=rows, more=more, everything=everything, **_FORM)


def _fresh_key() -> str:
    return str(uuid4())


_FORM: Final[dict[str, Any]] = {"fresh_key": _fresh_key, "longest": talk.LONGEST}
"""What the form for an answer takes."""


def _after(project: Project, sentence: str) -> ResponseReturnValue:
    if request.is_json:
        return _json({"ok": True})
    flash(sentence, "ok")
    return redirect(url_for("talk.listing", slug=project.slug), 303)


def _wire(each: Talk, toks: list[tuple[int, int]]) -> dict[str, Any]:
    thread = each.thread
    whole = thread.start is None or thread.end is None
    span = None if whole else Span(thread.start or 0, thread.end or 0)
    return {
        "id": thread.id,
        "kind": thread.kind,
        "state": thread.state,
        "person": thread.person,
        "mine": thread.person_id == person().id,
        "at": thread.at,
        "span": wire_span(span, toks) if span else None,
        "posts": [{"person": post.person, "body": post.body, "at": post.at} for post in each.posts],
    }


def _json(body: Any) -> Response:
    return Response(msgspec.json.encode(body), mimetype="application/json")
