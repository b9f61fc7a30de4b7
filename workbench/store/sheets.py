"""What leads write for the data sheets of a project's releases."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from workbench.store.schema.releases import SheetWords


@dataclass(frozen=True, slots=True)
class WordsRow:
    """What was written for data sheets, by section."""

    version: int
    body: Mapping[str, str]


def words(session: Session, project_id: int) -> WordsRow:
    """Return what is written for a project's data sheets."""
    table = SheetWords
    query = select(table.version, table.body).where(table.project_id == project_id)
    found = session.execute(query).one_or_none()
    return WordsRow(*found) if found else WordsRow(0, {})


def keep_words(
    session: Session, project_id: int, body: dict[str, str], *, seen: int, by: int | None, now: datetime
) -> bool:
    """Keep what is written for data sheets; False if somebody else changed it since version ``seen``."""
    values = {"version": seen + 1, "body": body, "person_id": by, "at": now}
    if words(session, project_id).version != seen:
        return False
    if seen == 0:
        session.execute(insert(SheetWords).values(project_id=project_id, **values))
        return True
    query = update(SheetWords).where(SheetWords.project_id == project_id, SheetWords.version == seen)
    return session.scalar(query.values(**values).returning(SheetWords.project_id)) is not None
