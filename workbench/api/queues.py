"""Who reads what: articles returned, given back, given out, put first, and how much each takes on."""

from workbench.api import paging
from workbench.api.calls import Call, operation
from workbench.api.shapes.base import Done, Nothing
from workbench.api.shapes.people import TeamQuery
from workbench.api.shapes.queues import Comment, GiveWish, Handed, PriorityWish, QuotaWish, Share, Shares
from workbench.core.quotas import Quota
from workbench.services import handing, quotas

ITEM = "/projects/<slug>/items/<int:item_id>"


@operation("POST", f"{ITEM}/return", tag="queues", act="adjudicate", body=Comment, told=Done)
def return_item(call: Call) -> Done:
    """Return a finished article to who read it, with a comment; its gold is withdrawn until it is finished anew."""
    number, comment = call.path["item_id"], call.body.comment
    handing.send_back(call.session, call.project, number, comment, by=call.by, now=call.now)
    return Done()


@operation("POST", f"{ITEM}/let-go", tag="queues", act="review", body=Nothing, told=Done)
def let_go(call: Call) -> Done:
    """Give an article back that you have opened; your draft is kept."""
    handing.let_go(call.session, call.project, call.path["item_id"], by=call.by, now=call.now)
    return Done()


@operation("POST", "/projects/<slug>/items/give", tag="queues", act="settle", body=GiveWish, told=Handed)
def give_items(call: Call) -> Handed:
    """Give articles to somebody, or with null to whoever the rules name; what others began is kept."""
    wish = call.body
    done = handing.give(call.session, call.project, wish.items, wish.person, by=call.by, now=call.now)
    return Handed.model_validate(done)


@operation("POST", "/projects/<slug>/items/priority", tag="queues", act="settle", body=PriorityWish, told=Handed)
def prioritise(call: Call) -> Handed:
    """Put articles before all others, or with less than 0 behind them."""
    count = handing.prioritise(call.session, call.project, call.body.items, call.body.priority)
    return Handed(count=count, refused=[])


@operation("GET", "/projects/<slug>/quotas", tag="queues", act="settle", query=TeamQuery, told=Shares)
def list_quotas(call: Call) -> Shares:
    """List what each person who can be given articles takes on and has taken, by name."""
    asked, after = call.query, paging.after(call.query.after)
    found = quotas.listing(
        call.session, call.project, find=asked.find, after=after, limit=asked.limit + 1, now=call.now
    )  # fmt: skip
    rows, onward = paging.page(found, asked.limit)
    return Shares(items=[Share.model_validate(row) for row in rows], next=onward)


@operation("PUT", "/projects/<slug>/quotas/<int:person_id>", tag="queues", act="settle", body=QuotaWish, told=Done)
def set_quota(call: Call) -> Done:
    """Agree on a quota with somebody; it counts from their next article on."""
    quota = Quota(**call.body.model_dump())
    quotas.keep(call.session, call.project, call.path["person_id"], quota, by=call.by, now=call.now)
    return Done()
