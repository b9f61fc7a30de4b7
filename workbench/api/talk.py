"""Questions and comments on passages."""

from workbench.api import paging
from workbench.api.calls import Call, operation
from workbench.api.shapes.base import Done
from workbench.api.shapes.review import (
    NameQuery,
    Names,
    NewPost,
    NewThread,
    Post,
    StateWish,
    Thread,
    ThreadPage,
    ThreadQuery,
    ThreadRef,
    Threads,
)
from workbench.core.desk import pieces, span_from_wire
from workbench.services import inbox, review, talk
from workbench.services.talk import Talk

THREADS = "/projects/<slug>/items/<int:item_id>/threads"


@operation("GET", THREADS, tag="talk", act="read", told=Threads)
def threads_on_item(call: Call) -> Threads:
    """List the threads on the article of an item that you may see."""
    found = review.opened(call.session, call.project, call.path["item_id"], by=call.by)
    rows = talk.on_article(call.session, call.project, found.item.article_id, by=call.by)
    return Threads(items=[_told(each) for each in rows])


@operation("POST", THREADS, tag="talk", act="review", body=NewThread, told=ThreadRef, status=201)
def begin_thread(call: Call) -> ThreadRef:
    """Begin a thread on a passage, or on the whole article; the same key begins it once."""
    wish, number = call.body, call.path["item_id"]
    text = review.opened(call.session, call.project, number, by=call.by).document.text
    span = span_from_wire(wish.span, pieces(text), len(text)) if wish.span else None
    made = talk.begin(
        call.session, call.project, number, key=wish.key, kind=wish.kind, span=span, body=wish.body, by=call.by,
        now=call.now,
    )  # fmt: skip
    return ThreadRef(id=made)


@operation("GET", "/projects/<slug>/threads", tag="talk", act="review", query=ThreadQuery, told=Threads)
def list_threads(call: Call) -> Threads:
    """List threads, oldest first: all for leads and adjudicators, your own for others."""
    asked, after = call.query, paging.after(call.query.after)
    rows, more = talk.listing(
        call.session, call.project, open_only=asked.open, after=after, limit=asked.limit, by=call.by
    )  # fmt: skip
    return Threads(items=[_told(each) for each in rows], next=paging.cursor(more) if more else None)


@operation("GET", "/projects/<slug>/mentionable", tag="talk", act="review", query=NameQuery, told=Names)
def mentionable(call: Call) -> Names:
    """Tell whom you may mention behind an @, by name: those in whose name a word begins like `begun`, so many."""
    asked, article_id = call.query, None
    if asked.item is not None:
        article_id = review.opened(call.session, call.project, asked.item, by=call.by).item.article_id
    rows, everybody = inbox.mentionable(
        call.session, call.project, article_id, asked.begun, by=call.by, limit=asked.limit
    )  # fmt: skip
    return Names(names=[row.name for row in rows], all=everybody)


@operation("GET", "/projects/<slug>/threads/<int:thread_id>", tag="talk", act="review", query=ThreadPage, told=Thread)
def thread(call: Call) -> Thread:
    """Tell one thread."""
    before = paging.after(call.query.before) or None
    return _told(talk.one(call.session, call.project, call.path["thread_id"], before=before, by=call.by))


@operation("POST", "/projects/<slug>/threads/<int:thread_id>/posts", tag="talk", act="review", body=NewPost, told=Done)
def post(call: Call) -> Done:
    """Say something in a thread."""
    wish = call.body
    talk.answer(
        call.session, call.project, call.path["thread_id"], key=wish.key, body=wish.body, by=call.by, now=call.now
    )  # fmt: skip
    return Done()


@operation("PUT", "/projects/<slug>/threads/<int:thread_id>/state", tag="talk", act="review", body=StateWish, told=Done)
def set_thread_state(call: Call) -> Done:
    """Close a thread, or open it again."""
    talk.set_state(call.session, call.project, call.path["thread_id"], call.body.state, by=call.by)
    return Done()


def _told(each: Talk) -> Thread:
    row = each.thread
    return Thread(
        id=row.id, kind=row.kind, state=row.state, person=row.person, at=row.at, article=row.article,
        item=row.item_id, start=row.start, end=row.end, quote=row.quote,
        posts=[Post.model_validate(said) for said in each.posts],
        earlier=paging.cursor(each.earlier) if each.earlier else None,
    )  # fmt: skip
