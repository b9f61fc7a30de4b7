"""Proposals as they are kept: beside each layer, how many actors it names that nobody has told of yet."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from workbench.services import actors
from workbench.store import work


def keep(session: Session, project_id: int, rows: Iterable[dict[str, Any]], *, now: datetime) -> list[int]:
    """Keep layers; return their ids in order. Of the ``actors`` that one names, those are counted that are new."""
    counted = []
    for row in rows:
        names = row.get("actors", ())
        known = actors.of_project(session, project_id) if names else None
        fresh = sum(known.by_id(name) is None for name in names) if known else 0
        counted.append({key: value for key, value in row.items() if key != "actors"} | {"fresh": fresh})
    return work.keep_layers(session, counted, now=now)
