"""Layers that arrive with an import: kept unseen, and put in their place once it is closed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy.orm import Session

from workbench.services import ordering, settling, weighing
from workbench.services.laying import Laid, Laying, layer_row
from workbench.services.receipts import Line
from workbench.store import adjudication, arriving, items, projects, work
from workbench.store.arriving import UNSEEN, ArrivingRow
from workbench.store.engine import Database

CHUNK: Final = 200


@dataclass(frozen=True, slots=True)
class Coming:
    """A record of a file whose annotations go to an article that is here, by its key."""

    file: str
    key: str
    laid: Laid
    new: bool


def attach(
    session: Session, project_id: int, batch_id: int, coming: list[Coming], laying: Laying, *, now: datetime
) -> list[Line | None]:
    """Keep layers for articles, unseen; return a line for each that had something to say."""
    numbers = arriving.numbers(session, project_id, [each.key for each in coming])
    lines: list[Line | None] = []
    rows: list[dict[str, Any]] = []
    for each in coming:
        row = layer_row(each.laid, laying, each.file)
        if row is None or each.key not in numbers:
            lines.append(None)
            continue
        article_id = numbers[each.key]
        if why := None if each.new else _against(session, article_id, row, laying):
            counted = {"left out": sum(each.laid.spans.values())} if each.laid.spans else None
            lines.append(Line(each.file, "skipped", each.key, why, spans=counted))
            continue
        rows.append({"article_id": article_id} | row)
        told = f"layer added to {each.key}{_as(laying)}"
        lines.append(Line(each.file, "layer", each.key, told, None, each.laid.spans, each.laid.left))
    kept = weighing.keep(session, project_id, [row | {"kind": UNSEEN} for row in rows], now=now)
    arriving.keep(session, batch_id, zip(kept, (row["kind"] for row in rows), strict=True))
    return lines


def _as(laying: Laying) -> str:
    return {"suggestions": f" as suggestions of {laying.name}", "gold": " as gold"}.get(laying.role or "", "")


def _against(session: Session, article_id: int, row: dict[str, Any], laying: Laying) -> str | None:
    """Say why a layer does not come to an article, or None."""
    kinds = (row["kind"], "reviewed") if row["kind"] == "reviewed" else (row["kind"],)
    if arriving.same(session, article_id, kinds, row["author"], row["body"]):
        return "the same text is here already, with this very layer"
    if row["kind"] == "gold" and not laying.replace_gold and work.newest(session, article_id, "gold"):
        return "the same text is here already and has gold; only --replace-gold puts other gold in its place"
    if row["kind"] == "reviewed" and work.draft(session, article_id, row["person_id"]):
        return "the same text is here already, and this person has a reading of it"
    return None


def settle_all(database: Database, project_id: int, batch_id: int, *, now: datetime) -> None:
    """Make the layers of a closed import what they were brought as; may be cut off and done again."""
    while True:
        with database.writing() as session:
            rows = arriving.some(session, batch_id, CHUNK)
            for row in rows:
                _settle(session, project_id, row, now=now)
            ordering.ready(session, project_id, [row.article_id for row in rows if row.kind == "suggested"])
            arriving.arrived(session, [row.layer_id for row in rows])
        if len(rows) < CHUNK:
            return


def _settle(session: Session, project_id: int, row: ArrivingRow, *, now: datetime) -> None:
    if row.kind == "gold":
        work.withdraw_gold(session, row.article_id)
        adjudication.withdraw(session, row.article_id)
        for item_id in arriving.waiting(session, row.article_id):
            items.change_item(session, item_id, state="done", finished_at=now, note="Gold came with an import.")
    work.change_layer(session, row.layer_id, kind=row.kind)
    if row.kind != "reviewed" or row.person_id is None or work.newest(session, row.article_id, "gold"):
        return
    if place := arriving.free_place(session, row.article_id, row.person_id):
        changes = {"person_id": row.person_id, "layer_id": row.layer_id, "state": "done", "finished_at": now}
        items.change_item(session, place, **changes, opened_at=now, minutes=None)
        settling.settle(session, projects.numbered(session, project_id), row.article_id, now=now)
