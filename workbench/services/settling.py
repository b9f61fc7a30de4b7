"""What becomes of an article once its readings are in: gold, another reader, or an adjudicator's work."""

from dataclasses import replace
from datetime import datetime
from typing import Any, Literal

from sqlalchemy.orm import Session

from workbench.core import adjudication
from workbench.core.adjudication import Comparison
from workbench.core.annotation import Layer, Object, layer_of
from workbench.core.record import layer_from, layer_json
from workbench.core.rules import Rules
from workbench.services import ordering
from workbench.store import adjudication as kept
from workbench.store import overlap, work
from workbench.store.projects import ProjectRow

Outcome = Literal["waiting", "gold", "adjudicate"]


def settle(session: Session, project: ProjectRow, article_id: int, *, now: datetime) -> Outcome:
    """Decide what an article's finished readings come to; while one is awaited, nothing."""
    slots = overlap.of_article(session, article_id, lock=True)
    if not slots or any(each.state != "done" for each in slots):
        ordering.disputed(session, project.id, article_id, slots)
        return "waiting"
    rows = [work.layer(session, each.layer_id) for each in slots if each.layer_id]
    text = work.text(session, article_id).text
    layers = [layer_from(row.author, row.body or {}, text) for row in rows]
    authors = [row.author for row in rows]
    if len(layers) == 1:
        _keep_gold(session, project, article_id, authors, _agreed(layers[0]), text, now=now)
        return "gold"
    wanted = ordering.rules_of(session, project.id)
    found = adjudication.compare(layers, wanted.merge)
    lane = max(0, *(each.lane for each in slots))
    if _needs_more(wanted, len(slots), wanted.most(lane), found):
        places = range(len(slots) + 1, wanted.most(lane) + 1)
        overlap.add(session, project.id, [(article_id, slot, True, slots[0].plain, lane) for slot in places])
        ordering.widened(session, project.id, article_id, slots)
        return "waiting"
    if found.cards:
        work.withdraw_gold(session, article_id)
        kept.open_(session, project.id, article_id, cards=len(found.cards), merge=wanted.merge, now=now)
        return "adjudicate"
    objects = adjudication.outcome(found, {}, at="")
    _keep_gold(session, project, article_id, authors, objects, text, now=now, found=found)
    return "gold"


def _needs_more(wanted: Rules, readings: int, most: int, found: Comparison) -> bool:
    if wanted.adaptive is None or readings != 2 or most <= readings:
        return False
    return 100 * found.agreement < wanted.adaptive


def _agreed(layer: Layer) -> list[Object]:
    return [replace(each, by=replace(each.by, votes=(1, 1))) for each in layer.objects]


def _keep_gold(
    session: Session,
    project: ProjectRow,
    article_id: int,
    authors: list[str],
    objects: list[Object],
    text: str,
    *,
    now: datetime,
    found: Comparison | None = None,
    **more: Any,
) -> None:
    review: dict[str, Any] = {"reviewers": authors, "guideline": project.guideline_version}
    if found:
        review["agreement"] = {"readings": len(authors), "marked": found.groups, "same": found.unanimous}
    work.withdraw_gold(session, article_id)
    gold = {
        "article_id": article_id,
        "kind": "gold",
        "author": "gold",
        "body": layer_json(layer_of("gold", objects), text),
        "review": review | more,
    }
    work.keep_layers(session, [gold], now=now)


def keep_ruled(
    session: Session,
    project: ProjectRow,
    article_id: int,
    authors: list[str],
    objects: list[Object],
    text: str,
    *,
    found: Comparison,
    adjudicator: str,
    now: datetime,
) -> None:
    """Make what an adjudicator's rulings and the agreed objects come to the article's gold."""
    more = {"adjudicator": adjudicator}
    _keep_gold(session, project, article_id, authors, objects, text, now=now, found=found, **more)
