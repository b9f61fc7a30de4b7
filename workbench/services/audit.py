"""The audit log for people: each act in words, a page at a time, and as CSV."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

import msgspec
from sqlalchemy.orm import Session

from workbench.core import pages, workflow
from workbench.core.errors import Invalid
from workbench.core.workflow import Person
from workbench.formats.tables import safe
from workbench.services.accounts import check_admin
from workbench.services.projects import Project
from workbench.store import audit
from workbench.store.audit import AuditRow, Sieve

WORDS: Final = {
    "actors.change": "changed the actors",
    "guideline.change": "changed the guidelines",
    "identity.link": "linked an account at a provider",
    "identity.end": "unlinked an account at a provider",
    "labels.map": "mapped foreign labels",
    "password.link": "made a link for a new password",
    "password.set": "set a password",
    "person.active": "deactivated or reactivated",
    "person.add": "made an account",
    "person.admin": "made admin, or no longer",
    "person.invite": "made an invitation",
    "person.rename": "renamed",
    "project.add": "made a project",
    "quota.set": "set a quota",
    "release.create": "made a release",
    "release.withdraw": "withdrew a release",
    "release.words": "changed the words of a data sheet",
    "role.set": "set a role",
    "rules.change": "changed the rules",
    "scheme.change": "changed the scheme",
    "sign_in": "signed in",
    "sign_in.failed": "could not sign in",
    "sign_in.end": "signed a browser out",
    "training.set": "changed training",
    "training.articles": "set articles aside for training",
    "token.add": "made a token for a program",
    "token.revoke": "revoked a token",
    "suggester.start": "chose where drafts start",
}
HEAD: Final = ("at", "who", "act", "to", "project", "from", "about")


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody filters by, as they typed it; days are ISO dates, the last one included."""

    act: str = ""
    who: str = ""
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the log; ``before`` is where the next one goes on."""

    rows: tuple[AuditRow, ...]
    acts: tuple[tuple[str, str], ...]
    before: int | None


def page(session: Session, project: Project | None, wish: Wish, *, before: int | None, by: Person) -> Page:
    """Return a page of a project's log, or of the whole site's for an admin."""
    sieve = _sieve(project, wish, by)
    rows, onward = pages.cut(audit.page(session, sieve, before=before, limit=pages.SIZE + 1))
    acts = tuple((act, words(act)) for act in audit.acts(session, sieve.project_id))
    return Page(tuple(rows), acts, onward)


def table(session: Session, project: Project | None, wish: Wish, *, by: Person) -> Iterator[str]:
    """Yield the log as lines of CSV; what a spreadsheet would take for a formula is quoted."""
    sieve = _sieve(project, wish, by)
    yield _line(HEAD)
    for row in audit.everything(session, sieve):
        about = msgspec.json.encode(row.about).decode()
        cells = (row.person, row.act, row.subject, row.project, row.origin, about)
        yield _line((row.at.strftime("%Y-%m-%dT%H:%M:%SZ"), *(str(safe(cell or "")) for cell in cells)))


def words(act: str) -> str:
    """Return an act in words."""
    return WORDS.get(act, act.replace(".", ": ").replace("_", " "))


def told(about: dict[str, Any]) -> str:
    """Return the details of an act as words."""
    pairs = ((name.replace("_", " "), value) for name, value in about.items() if value not in (None, "", [], {}))
    return ", ".join(f"{name} {_value(value)}" for name, value in pairs)[:300]


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return " ".join(f"{name.replace('_', ' ')} {_value(each)}" for name, each in value.items())
    if isinstance(value, list):
        return " ".join(_value(each) for each in value)
    return str(value)


def _sieve(project: Project | None, wish: Wish, by: Person) -> Sieve:
    if project is None:
        check_admin(by)
    else:
        workflow.check(project.role, "settle")
    until = _day(wish.until)
    return Sieve(
        project_id=project.id if project else None,
        act=wish.act[:40],
        who=wish.who.strip()[:80],
        since=_day(wish.since),
        until=until + timedelta(days=1) if until and until.date() < date.max else None,
    )


def _day(text: str) -> datetime | None:
    if not text:
        return None
    try:
        return datetime.combine(date.fromisoformat(text), time(), UTC)
    except ValueError:
        raise Invalid(f"“{text[:20]}” is no day; write it like 2026-03-02.") from None


def _line(cells: tuple[str, ...]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()
