"""The inbox: who is told of what, and what they have read.

Blind first readings stay blind: before an article is settled, reviewers can only mention those who
answer questions, where a project has more than one reader an article.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from workbench.core import pages
from workbench.core.mentions import mentioned
from workbench.core.workflow import ACTS, ROLES, Person, may
from workbench.services import overlap
from workbench.services.projects import Project
from workbench.store import inbox, jobs, teams
from workbench.store import overlap as slots
from workbench.store.inbox import NoticeRow
from workbench.store.people import PersonRow


def mentionable(
    session: Session, project: Project, article_id: int | None, begun: str, *, by: Person, limit: int = pages.FEW
) -> tuple[list[PersonRow], bool]:
    """Return by name whom somebody may mention on an article (None: anywhere), and whether that is everybody.

    In each name a word begins like ``begun``.
    """
    roles = _open_to(session, project, article_id, by)
    rows = teams.members(session, project.id, begun=begun.strip()[:80], roles=roles, limit=limit + 2)
    others = [row for row in rows if row.id != by.id]
    return others[:limit], len(others) <= limit


def _open_to(session: Session, project: Project, article_id: int | None, by: Person) -> Collection[str]:
    """Return the roles whose people somebody may mention."""
    settled = article_id is not None and overlap.settled(session, article_id, by.id)
    free = settled or may(project.role, "export") or overlap.rules(session, project.id).rules.readers == 1
    return ROLES if free else ACTS["export"]


def tell_of_post(
    session: Session,
    project: Project,
    thread: tuple[int, int],
    body: str,
    others: Iterable[int],
    kind: str,
    *,
    by: Person,
    now: datetime,
) -> None:
    """Tell those whom a post mentions, and the others whom it concerns; ``thread`` is its number and its article."""
    thread_id, article_id = thread
    known = inbox.named_in(session, project.id, body, _open_to(session, project, article_id, by))
    names = mentioned(body, (name for _, name in known))
    meant = {number for number, name in known if name in names}
    kinds = dict.fromkeys(others, kind) | dict.fromkeys(meant, "mention")
    _tell(session, project, article_id, kinds, body, thread_id=thread_id, by=by, now=now)


def tell_of_tests(
    session: Session, project: Project, article_id: int, words: str, *, by: Person, now: datetime
) -> None:
    """Tell the leads that somebody's hidden tests have come to lie below the project's threshold."""
    leads = dict.fromkeys(answerers(session, project), "test")
    _tell(session, project, article_id, leads, words, thread_id=None, by=by, now=now)


def answerers(session: Session, project: Project) -> list[int]:
    """Return who answers questions in a project: its leads."""
    return [row.id for row in teams.members(session, project.id, roles=ACTS["settle"])]


def tell_of_return(
    session: Session, project: Project, article_id: int, person_id: int, comment: str, *, by: Person, now: datetime
) -> None:
    """Tell somebody that an article came back to them."""
    _tell(session, project, article_id, {person_id: "return"}, comment, thread_id=None, by=by, now=now)


def _tell(
    session: Session,
    project: Project,
    article_id: int,
    kinds: dict[int, str],
    words: str,
    *,
    thread_id: int | None,
    by: Person,
    now: datetime,
) -> None:
    wishes = inbox.wishes(session, project.id, sorted(kinds))
    about = {"project_id": project.id, "article_id": article_id, "thread_id": thread_id, "by_id": by.id, "at": now}
    for person_id, kind in sorted(kinds.items()):
        if person_id == by.id or person_id not in wishes:
            continue
        number = inbox.add(session, person_id=person_id, kind=kind, words=" ".join(words.split())[:300], **about)
        if wishes[person_id]:
            jobs.add(session, "mail", {"notice": number, "attempt": 1}, project_id=None, by=None, now=now)


def page(session: Session, by: Person, *, unread: bool, before: int | None) -> tuple[list[NoticeRow], int | None]:
    """Return a page of somebody's notices, newest first, and where the next one goes on."""
    return pages.cut(inbox.page(session, by.id, unread=unread, before=before, limit=pages.SIZE + 1))


def unread(session: Session, by: Person, *, most: int | None = None) -> int:
    """Return how many notices somebody has not read, counting no further than ``most``."""
    return inbox.unread(session, by.id, most=most)


def desk_of(session: Session, row: NoticeRow, *, by: Person) -> int | None:
    """Return the item on whose desk the passage of a notice can be seen: one's own of that article, if any."""
    own = (each.id for each in slots.of_article(session, row.article_id) if each.person_id == by.id)
    return next(own, None)


def read(session: Session, notice_id: int | None, *, by: Person, now: datetime) -> NoticeRow | None:
    """Mark one of one's notices read, or all; return the one."""
    inbox.mark(session, by.id, notice_id, now=now)
    return inbox.notice(session, notice_id, by.id) if notice_id else None
