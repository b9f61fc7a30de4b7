"""Guidelines as work goes on: decisions under earlier ones, examples from questions, reasons that lack a rule."""

from workbench.api import paging
from workbench.api.calls import Call, operation
from workbench.api.shapes.base import Done, Nothing, Paged
from workbench.api.shapes.guidelines import (
    CloseWish,
    GuidelineRef,
    LookAgain,
    OldDecision,
    OldDecisions,
    OldRuleQuery,
    OpenReason,
    Reasons,
    RuleWish,
    SettledReason,
    Touched,
    TouchedList,
)
from workbench.api.shapes.queues import Handed
from workbench.services import examples, old_rules, reasons
from workbench.services.old_rules import Decided

OLD = "/projects/<slug>/guidelines/<int:version>/decisions"
REASONS = "/projects/<slug>/adjudication/reasons"


@operation("GET", "/projects/<slug>/guidelines/changes", tag="guidelines", act="read", query=Paged, told=TouchedList)
def guideline_changes(call: Call) -> TouchedList:
    """List what versions of the guidelines touch, newest first."""
    asked, before = call.query, paging.after(call.query.after) or None
    found = old_rules.changes(call.session, call.project, before=before, limit=asked.limit + 1)
    rows, onward = paging.page(found, asked.limit, by="version")
    return TouchedList(items=[Touched.model_validate(row) for row in rows], next=onward)


@operation("GET", OLD, tag="guidelines", act="settle", query=OldRuleQuery, told=OldDecisions)
def old_decisions(call: Call) -> OldDecisions:
    """List the decisions that were taken before a version and that it touches."""
    found = old_rules.change(call.session, call.project, call.path["version"])
    after = paging.after(call.query.after)
    rows, more = old_rules.decided(call.session, call.project, found, by=call.by, after=after)
    return OldDecisions(items=[_told(each) for each in rows], next=paging.cursor(more) if more else None)


def _told(each: Decided) -> OldDecision:
    row = each.row
    return OldDecision(
        id=row.id, item=row.item_id, article=row.article, kind=row.kind, status=row.status, guideline=row.guideline,
        person=row.person, before=each.before, quote=each.quote, behind=each.behind, says=each.says,
    )  # fmt: skip


@operation("POST", f"{OLD}/again", tag="guidelines", act="settle", body=LookAgain, told=Handed)
def look_again(call: Call) -> Handed:
    """Return finished readings to their readers, with the rule that changed."""
    found = old_rules.change(call.session, call.project, call.path["version"])
    sent, refused = old_rules.look_again(
        call.session, call.project, found, call.body.items, by=call.by, now=call.now
    )  # fmt: skip
    return Handed(count=sent, refused=refused)


@operation(
    "POST", "/projects/<slug>/threads/<int:thread_id>/example", tag="guidelines", act="settle", body=Nothing,
    told=GuidelineRef, matched=True,
)  # fmt: skip
def keep_example(call: Call) -> GuidelineRef:
    """Put an answered question into the guidelines as an example."""
    version = _seen(call)
    made = examples.keep(
        call.session, call.project, call.path["thread_id"], seen=version, by=call.by, now=call.now
    )  # fmt: skip
    return GuidelineRef(version=made)


def _seen(call: Call) -> int:
    """Return the version of the guidelines, which If-Match has to name."""
    version = int(call.project.guideline_version)
    call.seen(f"guidelines-{version}")
    return version


@operation("GET", REASONS, tag="guidelines", act="adjudicate", told=Reasons)
def list_reasons(call: Call) -> Reasons:
    """List the reasons given for rulings that no rule answers yet, and what came of earlier ones."""
    waiting = [OpenReason.model_validate(each) for each in reasons.todos(call.session, call.project)]
    settled = [SettledReason.model_validate(each) for each in reasons.settled(call.session, call.project)]
    return Reasons(waiting=waiting, settled=settled)


@operation("POST", f"{REASONS}/rule", tag="guidelines", act="settle", body=RuleWish, told=GuidelineRef, matched=True)
def write_rule(call: Call) -> GuidelineRef:
    """Put a rule that answers a reason into the guidelines, with passages as examples."""
    wish, version = call.body, _seen(call)
    made = reasons.write_rule(
        call.session, call.project, wish.reason, wish.upto, wish.words, wish.rulings, seen=version, by=call.by,
        now=call.now,
    )  # fmt: skip
    return GuidelineRef(version=made)


@operation("POST", f"{REASONS}/close", tag="guidelines", act="settle", body=CloseWish, told=Done)
def close_reason(call: Call) -> Done:
    """Close a reason without a rule; it comes back with the next ruling that gives it."""
    wish = call.body
    reasons.let_be(call.session, call.project, wish.reason, wish.upto, wish.note, by=call.by, now=call.now)
    return Done()
