"""Looks at uploaded files, and what a project made of foreign labels."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from workbench.store.schema import Article, Batch, Job, LabelMapping, Layer, MoveIn


@dataclass(frozen=True, slots=True)
class LookRow:
    """Uploaded files that were looked at, with the job that works on them."""

    id: int
    project_id: int
    person_id: int
    state: str
    folder: str
    options: dict[str, Any]
    found: dict[str, Any] | None
    at: datetime
    job_id: int | None
    job: str | None
    done: int | None
    note: str | None


def add(
    session: Session, project_id: int, folder: str, options: dict[str, Any], *, by: int, now: datetime
) -> int:  # fmt: skip
    """Keep that files were uploaded to be looked at; return the number."""
    row = MoveIn(
        project_id=project_id, person_id=by, job_id=None, state="looking", folder=folder, options=options, found=None,
        at=now,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row.id


def one(session: Session, project_id: int, look_id: int) -> LookRow | None:
    """Return a look by its number."""
    columns = (
        MoveIn.id, MoveIn.project_id, MoveIn.person_id, MoveIn.state, MoveIn.folder, MoveIn.options, MoveIn.found,
        MoveIn.at, MoveIn.job_id, Job.state, Job.done, Job.note,
    )  # fmt: skip
    query = select(*columns).join(Job, Job.id == MoveIn.job_id, isouter=True)
    found = session.execute(query.where(MoveIn.id == look_id, MoveIn.project_id == project_id)).one_or_none()
    return LookRow(*found) if found else None


def change(session: Session, look_id: int, *, among: Iterable[str], **values: Any) -> bool:
    """Change a look that is in one of these states; say whether it was."""
    query = update(MoveIn).where(MoveIn.id == look_id, MoveIn.state.in_(list(among))).values(**values)
    return session.scalar(query.returning(MoveIn.id)) is not None


def open_looks(session: Session, project_id: int) -> list[tuple[int, datetime, str]]:
    """Return the looks that wait to be confirmed, newest first."""
    query = select(MoveIn.id, MoveIn.at, MoveIn.state).where(MoveIn.project_id == project_id)
    rows = session.execute(query.where(MoveIn.state.in_(["looking", "looked"])).order_by(MoveIn.id.desc()).limit(10))
    return [(row[0], row[1], row[2]) for row in rows]


def newest_options(session: Session, project_id: int) -> dict[str, Any]:
    """Return how the files that a project took in last were read."""
    query = select(MoveIn.options).where(MoveIn.project_id == project_id, MoveIn.state == "done")
    return session.scalar(query.order_by(MoveIn.id.desc()).limit(1)) or {}


def mapping(session: Session, project_id: int) -> dict[str, str | None]:
    """Return what the project made of foreign labels."""
    query = select(LabelMapping.theirs, LabelMapping.ours).where(LabelMapping.project_id == project_id)
    return {theirs: ours for theirs, ours in session.execute(query)}  # noqa: C416 - rows are no pairs to a type checker


def keep_mapping(session: Session, project_id: int, found: Mapping[str, str | None]) -> None:
    """Keep what the project makes of these labels, in place of what it made of them before."""
    mine = (LabelMapping.project_id == project_id, LabelMapping.theirs.in_(list(found)))
    session.execute(delete(LabelMapping).where(*mine))
    if rows := [{"project_id": project_id, "theirs": theirs, "ours": ours} for theirs, ours in found.items()]:
        session.execute(insert(LabelMapping), rows)


def known(session: Session, project_id: int, digests: list[str]) -> dict[str, tuple[str, bool]]:
    """Return, by their hash, the texts that are here: the article's key, and whether it has gold."""
    gold = select(Layer.id).where(Layer.article_id == Article.id, Layer.kind == "gold").exists()
    query = select(Article.text_sha256, Article.key, gold).join(Batch, Batch.id == Article.batch_id)
    query = query.where(Article.project_id == project_id, Article.text_sha256.in_(digests), Batch.state == "done")
    return {sha256: (key, bool(has)) for sha256, key, has in session.execute(query)}


def text_of(session: Session, project_id: int, *, sha256: object, key: object) -> str | None:
    """Return the text of the article with this hash, or where no hash is given with this id."""
    query = select(Article.text).where(Article.project_id == project_id)
    if isinstance(sha256, str):
        return session.scalar(query.where(Article.text_sha256 == sha256))
    return session.scalar(query.where(Article.key == key)) if isinstance(key, str) else None
