"""The queue and the desk: take an item, decide, finish it; and the talk on passages."""

from datetime import datetime

from workbench.api import paging
from workbench.api.calls import Call, operation
from workbench.api.shapes.base import Done, Nothing, Paged
from workbench.api.shapes.review import (
    DecisionLog,
    Decisions,
    Desk,
    Finished,
    NextItem,
    NextWish,
    ObjectQuery,
    Objects,
    Queue,
    QueueItem,
    QueueQuery,
    Reason,
    Verdicts,
)
from workbench.core import desk
from workbench.core.text import TOKENISER, digest
from workbench.services import decisions, queues, review
from workbench.services import desk as desks

STATES = {"todo": ("waiting", "open", "returned")}
ITEM = "/projects/<slug>/items/<int:item_id>"


@operation("GET", "/projects/<slug>/items", tag="review", act="read", query=QueueQuery, told=Queue)
def queue(call: Call) -> Queue:
    """List the queue in its order."""
    asked = call.query
    rows = queues.page(
        call.session, call.project, states=STATES.get(asked.show, (asked.show,)), after=paging.after(asked.after),
        limit=asked.limit + 1, by=call.by, by_worth=asked.order == "worth",
    )  # fmt: skip
    page, onward = paging.page(rows, asked.limit)
    return Queue(items=[QueueItem.model_validate(row) for row in page], next=onward)


@operation("POST", "/projects/<slug>/items/next", tag="review", act="review", body=NextWish, told=NextItem)
def next_item(call: Call) -> NextItem:
    """Take the next item: one that you have open, else a fresh one, leased to you."""
    found = review.next_item(
        call.session, call.project, by=call.by, now=call.now, lease=call.lease, but=call.body.but
    )  # fmt: skip
    if found:
        review.begin(call.session, call.project, found, by=call.by, now=call.now, lease=call.lease)
    return NextItem(item=found)


@operation("POST", f"{ITEM}/lease", tag="review", act="review", body=Nothing, told=Desk)
def lease(call: Call) -> Desk:
    """Take this item if it is free, or renew your lease, and tell what lies on the desk."""
    number = _number(call)
    review.begin(call.session, call.project, number, by=call.by, now=call.now, lease=call.lease)
    review.stay(call.session, call.project, number, by=call.by, now=call.now, lease=call.lease)
    return _desk(call)


@operation("GET", ITEM, tag="review", act="read", told=Desk)
def item(call: Call) -> Desk:
    """Tell what lies on the desk, without taking it."""
    return _desk(call)


@operation("GET", f"{ITEM}/objects", tag="review", act="read", query=ObjectQuery, told=Objects)
def objects(call: Call) -> Objects:
    """List the objects on the desk as they stand, by kind and place; another `rev` says that they changed meanwhile."""
    found, asked = _opened(call), call.query
    after = paging.behind(asked.after)
    page, more = desks.objects(call.session, found, after=after, limit=asked.limit)
    rev = found.layer.rev if found.layer else 0
    return Objects(rev=rev, items=page, next=paging.cursor(more) if more else None)


@operation("GET", f"{ITEM}/log", tag="review", act="read", query=Paged, told=DecisionLog)
def log(call: Call) -> DecisionLog:
    """List the decisions on the article, oldest first."""
    asked, after = call.query, paging.after(call.query.after)
    page, more = desks.log(call.session, _opened(call), after=after, limit=asked.limit)
    return DecisionLog(items=page, next=paging.cursor(more) if more else None)


def _opened(call: Call) -> review.Opened:
    return review.opened(call.session, call.project, _number(call), by=call.by)


def _number(call: Call) -> int:
    return int(call.path["item_id"])


def _desk(call: Call) -> Desk:
    found = _opened(call)
    text = found.document.text
    return Desk(
        item=found.item.id, article=found.document.id, state=found.item.state, mine=found.mine,
        leased_until=found.item.leased_until, text=text, text_sha256=digest(text), tokeniser=TOKENISER,
        tokens=[[start, end] for start, end in desk.pieces(text)], **desks.some(call.session, found),
    )  # fmt: skip


@operation("POST", f"{ITEM}/decisions", tag="review", act="review", body=Decisions, told=Verdicts)
def decide(call: Call) -> Verdicts:
    """Store decisions in order; each has a verdict of its own, and one that fails stops no other.

    What is answered `applied` is kept; the same key sent again is answered `duplicate`.
    """
    sent = [decisions.Sent(**{**dict(each), "at": _aware(each.at, call.now)}) for each in call.body.decisions]
    parcel = decisions.Parcel(call.body.text_sha256, call.body.tokeniser, sent)
    told = decisions.decide(
        call.session, call.project, _number(call), parcel, by=call.by, now=call.now, lease=call.lease
    )  # fmt: skip
    return Verdicts.model_validate(told)


def _aware(at: datetime, now: datetime) -> datetime:
    return at if at.tzinfo else now


@operation("POST", f"{ITEM}/finish", tag="review", act="review", body=Nothing, told=Finished)
def finish(call: Call) -> Finished:
    """Close an article on your desk; `unfinished` says what still waits."""
    done = review.finish(call.session, call.project, _number(call), by=call.by, now=call.now)
    return Finished.model_validate(done)


@operation("POST", f"{ITEM}/skip", tag="review", act="review", body=Reason, told=Done)
def skip(call: Call) -> Done:
    """Lay an article aside with a reason; the draft is kept."""
    review.skip(call.session, call.project, _number(call), call.body.reason, by=call.by, now=call.now)
    return Done()


@operation("POST", f"{ITEM}/reopen", tag="review", act="reopen", body=Nothing, told=Done)
def reopen(call: Call) -> Done:
    """Take a finished or skipped article up again; its gold is withdrawn until it is finished anew."""
    review.reopen(call.session, call.project, _number(call), by=call.by, now=call.now, lease=call.lease)
    return Done()
