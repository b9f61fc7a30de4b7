"""Carrying one decision to other mentions in one's queue, and letting stand what looks odd."""

from workbench.api.calls import Call, operation
from workbench.api.shapes.carrying import Carried, CarryWish, Mention, MentionQuery, Mentions, Waivers, WaiverWish
from workbench.core.propagation import Wish
from workbench.services import propagation, review, waivers
from workbench.services.propagation import Order, Place

ITEM = "/projects/<slug>/items/<int:item_id>"


@operation("GET", f"{ITEM}/mentions", tag="review", act="review", query=MentionQuery, told=Mentions)
def mentions(call: Call) -> Mentions:
    """List the mentions elsewhere in your queue that a decision on this item would reach."""
    wish = Wish(**call.query.model_dump())
    rows = propagation.preview(call.session, call.project, wish, but=call.path["item_id"], by=call.by)
    return Mentions(items=[Mention.model_validate(row) for row in propagation.shown(rows)])


@operation("POST", "/projects/<slug>/mentions", tag="review", act="review", body=CarryWish, told=Carried)
def carry(call: Call) -> Carried:
    """Carry a decision to the mentions named; what has changed since the look is left as it is."""
    wish = call.body
    about = wish.model_dump(exclude={"places"})
    order = Order(**about, places=[Place(**each.model_dump()) for each in wish.places])
    return Carried.model_validate(propagation.carry(call.session, call.project, order, by=call.by, now=call.now))


@operation("POST", "/projects/<slug>/mentions/<txn>/undo", tag="review", act="review", told=Carried)
def take_back(call: Call) -> Carried:
    """Take a carried decision back wherever nothing was decided since."""
    done = propagation.take_back(call.session, call.project, call.path["txn"], by=call.by, now=call.now)
    return Carried.model_validate(done)


@operation("GET", f"{ITEM}/waivers", tag="review", act="review", told=Waivers)
def list_waivers(call: Call) -> Waivers:
    """Tell what you let stand in this article."""
    return _standing(call)


@operation("POST", f"{ITEM}/waivers", tag="review", act="review", body=WaiverWish, told=Waivers)
def waive(call: Call) -> Waivers:
    """Keep that something which looks odd is right, or no longer; the same key does it once."""
    wanted = waivers.Wanted(**call.body.model_dump())
    waivers.waive(call.session, call.project, call.path["item_id"], wanted, by=call.by, now=call.now)
    return _standing(call)


def _standing(call: Call) -> Waivers:
    item = review.opened(call.session, call.project, call.path["item_id"], by=call.by).item
    return Waivers(waived=waivers.standing(call.session, item.article_id, by=call.by))
