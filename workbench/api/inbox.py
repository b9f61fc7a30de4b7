"""The inbox: what one was told, in all projects."""

from workbench.api import paging
from workbench.api.calls import Call, operation
from workbench.api.shapes.base import Done
from workbench.api.shapes.inbox import Inbox, InboxQuery, Notice, ReadWish
from workbench.core.errors import NotFound
from workbench.services import inbox


@operation("GET", "/inbox", tag="talk", scope="read", query=InboxQuery, told=Inbox, name="inbox")
def page(call: Call) -> Inbox:
    """List what one was told, newest first."""
    before = paging.after(call.query.after) or None
    rows, more = inbox.page(call.session, call.by, unread=call.query.unread, before=before)
    onward = paging.cursor(more) if more else None
    unread = inbox.unread(call.session, call.by)
    return Inbox(items=[Notice.model_validate(row) for row in rows], next=onward, unread=unread)


@operation("POST", "/inbox/read", tag="talk", scope="review", body=ReadWish, told=Done)
def mark_read(call: Call) -> Done:
    """Mark a notice read, or all of them."""
    wanted = call.body.notice
    if inbox.read(call.session, wanted, by=call.by, now=call.now) is None and wanted:
        raise NotFound("There is no such notice in your inbox.")
    return Done()
