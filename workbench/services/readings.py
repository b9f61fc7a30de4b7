"""The readings that records bring: kept with articles that are new, and brought to those that are here."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from workbench.core.errors import Refused
from workbench.services import arriving, weighing
from workbench.services.arriving import Coming
from workbench.services.laying import Laid, Laying, further_rows, layer_row
from workbench.services.receipts import Line
from workbench.store import arriving as under_way
from workbench.store import work


@dataclass(frozen=True, slots=True)
class Run:
    """What readings come with: project, import, as what, and when."""

    project_id: int
    batch_id: int
    laying: Laying
    now: datetime


def keep(session: Session, run: Run, records: list[Laid | Refused], lines: list[Line], came: dict[str, int]) -> None:
    """Keep what records bring, by their lines, which tell afterwards what became of it.

    ``came`` numbers the articles that are new.
    """
    coming: list[tuple[int, Coming]] = []
    kept: list[dict[str, Any]] = []
    for place, record in enumerate(records):
        line = lines[place]
        if not isinstance(record, Laid) or line.key is None:
            continue
        if line.what == "taken":
            lines[place] = replace(line, spans=record.spans or None, left=record.left or None)
            if run.laying.role != "person":
                kept += [{"article_id": came[line.key]} | row for row in _rows(record, run.laying, line.file)]
                continue
        if run.laying.attaches:
            coming.append((place, Coming(line.file, line.key, record, new=line.what == "taken")))
    weighing.keep(session, run.project_id, kept, now=run.now)
    told = arriving.attach(
        session, run.project_id, run.batch_id, [each for _, each in coming], run.laying, now=run.now
    )  # fmt: skip
    for (place, each), change in zip(coming, told, strict=True):
        if change and not each.new:
            lines[place] = change
    _again(session, run, records, lines)


def _rows(record: Laid, laying: Laying, name: str) -> list[dict[str, Any]]:
    """Return what is kept of a record; the reading that counts comes last, since the newest of a kind does."""
    row = layer_row(record, laying, name)
    return further_rows(record) + ([row] if row else [])


def _again(session: Session, run: Run, records: list[Laid | Refused], lines: list[Line]) -> None:
    """Keep the readings of texts that came before with the same import, such as a second annotator's."""
    places = [place for place, line in enumerate(lines) if line.what == "reading"]
    numbers = under_way.numbers(session, run.project_id, [lines[place].key or "" for place in places])
    for place in places:
        line, record = lines[place], records[place]
        assert isinstance(record, Laid) and line.key
        row = layer_row(record, run.laying, line.file)
        assert row is not None
        article_id = numbers[line.key]
        if why := _needless(session, article_id, row):
            lines[place] = replace(line, what="skipped", why=why, spans={"left out": sum(record.spans.values())})
            continue
        weighing.keep(session, run.project_id, [{"article_id": article_id} | row], now=run.now)
        lines[place] = replace(line, what="layer", spans=record.spans or None, left=record.left or None)


def _needless(session: Session, article_id: int, row: dict[str, Any]) -> str | None:
    if under_way.same(session, article_id, (row["kind"],), row["author"], row["body"]):
        return "the same text is here already, with this very layer"
    if row["kind"] == "gold" and work.newest(session, article_id, "gold"):
        return "the same text is here already and has gold"
    return None
