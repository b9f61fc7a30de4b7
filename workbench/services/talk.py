"""Talk about passages: a reviewer asks or notes something, a lead answers.

Until an article is settled, reviewers see the threads that they began or were told of and nobody
else's, so that a first reading stays blind; leads and adjudicators see all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy.orm import Session

from workbench.core import pages, workflow
from workbench.core.annotation import Span
from workbench.core.errors import Invalid, NotFound
from workbench.core.workflow import Person
from workbench.services import inbox, overlap, review
from workbench.services.projects import Project
from workbench.store import talk
from workbench.store.talk import PostRow, ThreadRow

KINDS: Final = ("question", "comment", "flag")
LONGEST: Final = 10_000
NEWEST: Final = 30
"""So many words of a thread are shown at once, beside the first."""
ON_ARTICLE: Final = 200
"""So many threads are shown beside an article, the newest."""
_TAKEN: Final = "This key names something that was said elsewhere; make a fresh one for each word."


@dataclass(frozen=True, slots=True)
class Talk:
    """A thread with what was said in it: the first word and the newest; ``earlier`` is where words between end."""

    thread: ThreadRow
    posts: tuple[PostRow, ...]
    earlier: int | None


def begin(
    session: Session,
    project: Project,
    item_id: int,
    *,
    key: str,
    kind: str,
    span: Span | None,
    body: str,
    by: Person,
    now: datetime,
) -> int:
    """Begin a thread on a passage, or on the whole article; the same key begins it once."""
    workflow.check(project.role, "review")
    if kind not in KINDS:
        raise Invalid(f"There is no “{kind}”; there are {', '.join(KINDS)}.")
    item = review.item(session, project, item_id)
    made = _before(session, key, by)
    if made and talk.threads(session, project.id, article_id=item.article_id, thread_id=made, limit=1):
        return made
    if made:
        raise Invalid(_TAKEN)
    body = _said(body, optional=kind == "flag")
    thread_id = talk.add(
        session,
        key=key,
        project_id=project.id,
        article_id=item.article_id,
        person_id=by.id,
        kind=kind,
        state="closed" if kind == "comment" else "open",
        start=span.start if span else None,
        end=span.end if span else None,
        at=now,
    )
    if body:
        talk.say(session, key=f"{key[:34]}-1", thread_id=thread_id, person_id=by.id, body=body, at=now)
    others = [] if kind == "comment" else inbox.answerers(session, project)
    about = (thread_id, item.article_id)
    inbox.tell_of_post(session, project, about, body or "A flag without words.", others, "question", by=by, now=now)
    return thread_id


def answer(
    session: Session, project: Project, thread_id: int, *, key: str, body: str, by: Person, now: datetime
) -> None:
    """Say something in a thread; an answer by a lead settles it, a word of the asker opens it again."""
    row = _thread(session, project, thread_id, by)
    if made := _before(session, key, by):
        if made != thread_id:
            raise Invalid(_TAKEN)
        return
    talk.say(session, key=key, thread_id=thread_id, person_id=by.id, body=_said(body), at=now)
    if row.kind != "comment":
        talk.set_state(session, thread_id, "open" if by.id == row.person_id else "answered")
    others = {row.person_id} | talk.speakers(session, thread_id)
    if by.id == row.person_id and len(others) == 1:
        others |= set(inbox.answerers(session, project))
    inbox.tell_of_post(session, project, (thread_id, row.article_id), body, others, "answer", by=by, now=now)


def set_state(session: Session, project: Project, thread_id: int, state: str, *, by: Person) -> None:
    """Close a thread, or open it again."""
    _thread(session, project, thread_id, by)
    if state not in {"open", "closed"}:
        raise Invalid(f"A thread can be opened or closed, not “{state}”.")
    talk.set_state(session, thread_id, state)


def one(session: Session, project: Project, thread_id: int, *, before: int | None = None, by: Person) -> Talk:
    """Return a thread that somebody may see, with the newest of what was said, or the newest before a word."""
    return _talks(session, [_thread(session, project, thread_id, by)], before)[0]


def on_article(session: Session, project: Project, article_id: int, *, by: Person) -> list[Talk]:
    """Return the threads on an article that somebody may see, the newest of very many."""
    whose = None if _sees_all(project) or overlap.settled(session, article_id, by.id) else by.id
    about: dict[str, Any] = {"article_id": article_id, "person_id": whose, "newest": True, "limit": ON_ARTICLE}
    return _talks(session, talk.threads(session, project.id, **about))


def listing(
    session: Session, project: Project, *, open_only: bool, after: int = 0, limit: int, by: Person
) -> tuple[list[Talk], int | None]:
    """Return a page of a project's threads, and where the next one goes on.

    Leads and adjudicators see all, others their own.
    """
    whose = None if _sees_all(project) else by.id
    states = ("open",) if open_only else ()
    found = talk.threads(session, project.id, states=states, person_id=whose, after=after, limit=limit + 1)
    rows, onward = pages.cut(found, limit)
    return _talks(session, rows), onward


def count_open(session: Session, project: Project) -> int:
    """Return how many questions wait for an answer."""
    return talk.count_open(session, project.id)


def _talks(session: Session, rows: Sequence[ThreadRow], before: int | None = None) -> list[Talk]:
    said: dict[int, list[PostRow]] = {}
    for post in talk.posts(session, [row.id for row in rows], before=before, limit=NEWEST + 1):
        said.setdefault(post.thread_id, []).append(post)
    return [_talk(row, said.get(row.id, [])) for row in rows]


def _talk(row: ThreadRow, posts: list[PostRow]) -> Talk:
    newest = posts[-NEWEST:]
    more = len(posts) > NEWEST + 1
    return Talk(row, (*posts[:1], *newest) if more else tuple(posts), newest[0].id if more else None)


def _thread(session: Session, project: Project, thread_id: int, by: Person) -> ThreadRow:
    whose = None if _sees_all(project) else by.id
    rows = talk.threads(session, project.id, thread_id=thread_id, person_id=whose, limit=1)
    if not rows:
        raise NotFound("There is no such question in this project.")
    return rows[0]


def _sees_all(project: Project) -> bool:
    return workflow.may(project.role, "export")


def _key(key: str) -> str:
    if not 8 <= len(key) <= 36:
        raise Invalid("A key has 8 to 36 characters.")
    return key


def _before(session: Session, key: str, by: Person) -> int | None:
    """Return the thread that this key of somebody's made or answered before; raises Invalid for another's key."""
    found = talk.keyed(session, _key(key))
    if found and found[1] != by.id:
        raise Invalid(_TAKEN)
    return found[0] if found else None


def _said(body: str, *, optional: bool = False) -> str:
    body = body.strip()
    if not body and not optional:
        raise Invalid("Write something first.")
    if len(body) > LONGEST:
        raise Invalid(f"That is longer than {LONGEST:,} characters; shorten it.")
    return body
