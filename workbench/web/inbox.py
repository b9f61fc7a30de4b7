"""The inbox: what one was told, in all projects."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_required

from workbench.core.errors import NotFound
from workbench.services import inbox
from workbench.web.session import person, reading, utc_now, writing

bp = Blueprint("inbox", __name__)


@bp.get("/inbox")
@login_required  # type: ignore[untyped-decorator]
def page() -> ResponseReturnValue:
    """List what one was told, the unread or all."""
    everything = request.args.get("show") == "all"
    with reading() as session:
        before = request.args.get("before", type=int)
        rows, more = inbox.page(session, person(), unread=not everything, before=before)
    return render_template("inbox/page.html", rows=rows, more=more, everything=everything)


@bp.post("/inbox")
@login_required  # type: ignore[untyped-decorator]
def read_all() -> ResponseReturnValue:
    """Mark everything read."""
    with writing() as session:
        inbox.read(session, None, by=person(), now=utc_now())
    return redirect(url_for("inbox.page"), 303)


@bp.post("/inbox/<int:notice_id>")
@login_required  # type: ignore[untyped-decorator]
def open_one(notice_id: int) -> ResponseReturnValue:
    """Mark a notice read and go to what it is about."""
    with writing() as session:
        row = inbox.read(session, notice_id, by=person(), now=utc_now())
        if row is None:
            raise NotFound("There is no such notice in your inbox.")
        own = inbox.desk_of(session, row, by=person())
    if request.form.get("only") == "read":
        return redirect(url_for("inbox.page"), 303)
    if own:
        passage = f"thread-{row.thread_id}" if row.thread_id else None
        return redirect(url_for("review.item", slug=row.slug, item_id=own, _anchor=passage), 303)
    if row.thread_id:
        return redirect(url_for("talk.one", slug=row.slug, thread_id=row.thread_id), 303)
    page = "training.page" if row.kind == "test" else "review.queue"
    return redirect(url_for(page, slug=row.slug), 303)
