"""A small project with very many of everything beside its few articles, in a database of either engine."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import insert

from tests.builders import NOW, Coast, decision, opened, suggest, take
from workbench.services import accounts
from workbench.services.decisions import MOST_AT_ONCE
from workbench.store import schema, tallies
from workbench.store.engine import Database

COUNTS: Final = {
    "Project": 10_000, "Person": 50_000, "Membership": 12_000, "Release": 10_000, "Job": 100_000, "Thread": 10_000,
    "Post": 10_000, "Notice": 100_000, "Audit": 100_000, "Batch": 10_000, "ApiToken": 2_000, "SignIn": 1_000,
    "GuidelineVersion": 2_000, "Handover": 2_000, "SchemeVersion": 2_000, "RuleChange": 2_000, "Article": 2_000,
    "Item": 2_000, "Exercise": 2_000, "Parked": 2_000, "Adjudication": 2_000, "Quota": 2_000, "Tally": 2_000,
}  # fmt: skip
"""So many rows of each table; what they refer to is there before them."""
SPANS: Final = 20_000
DECISIONS: Final = 5_000
_CHUNK: Final = 5_000
_FIRST: Final = 1_000
"""The numbers below are of what the small project has itself."""
_LATE: Final = datetime(2100, 1, 1, tzinfo=UTC)


def fill(database: Database, coast: Coast) -> None:
    """Put very many of everything into a bench; Lena is an admin and Mia is told of all of it."""
    with database.writing() as session:
        accounts.set_admin(session, coast.lena.id, True, by=None, now=NOW)
    item = coast.next(coast.noor)
    coast.accept_all(item, coast.noor)
    _decide_often(coast, item)
    take(database, coast.project, opened("long.txt", "France " * SPANS))
    suggest(database, coast.project)
    with database.reading() as session:
        article_id = session.scalars(schema.Article.__table__.select().with_only_columns(schema.Article.id)).first()
    for name, row in _rows(coast, article_id or 0, item).items():
        for start in range(0, COUNTS[name], _CHUNK):
            numbers = range(start, min(start + _CHUNK, COUNTS[name]))
            with database.writing() as session:
                session.execute(insert(getattr(schema, name)), [row(number) for number in numbers])
    taken = 1
    while taken:
        with database.writing() as session:
            taken = tallies.fold(session)
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE" if database.embedded else "VACUUM ANALYZE")


def _member(number: int) -> int:
    """Return somebody of the team of the small project."""
    return _FIRST + COUNTS["Project"] + number


def _decide_often(coast: Coast, item: int) -> None:
    """Let Noor accept and reject one object over and over."""
    first = coast.placed(item, coast.noor)[0]
    toks, number = coast.toks(item, coast.noor), first.version
    while number < DECISIONS:
        some = range(number, min(number + MOST_AT_ONCE, DECISIONS))
        sent = [decision(first.item, ("rejected", "accepted")[each % 2], toks, expect=each) for each in some]
        coast.decide(item, coast.noor, *sent)
        number += len(sent)


def _rows(coast: Coast, article_id: int, item: int) -> dict[str, Callable[[int], dict[str, Any]]]:
    lena, mia, here = coast.lena.id, coast.mia.id, coast.project.id
    layer = coast.desk(item, coast.noor).layer
    assert layer is not None
    late = {"at": NOW}
    return {
        "Person": lambda n: {
            "id": _FIRST + n, "name": f"Person {n:06}", "folded": f"person {n:06}", "password": None, "admin": False,
            "active": True, "created_at": NOW, "email": f"person{n}@example.org", "mail": False,
        },
        "Project": lambda n: {
            "id": _FIRST + n, "slug": f"project-{n}", "title": f"Project {n:06}", "scheme_version": 1,
            "guideline_version": 1, "created_at": NOW,
        },
        "Membership": lambda n: (
            {"project_id": _FIRST + n, "person_id": mia, "role": "reviewer"}
            if n < COUNTS["Project"]
            else {"project_id": here, "person_id": _FIRST + n, "role": "reviewer"}
        ),
        "Release": lambda n: {
            "id": _FIRST + n, "project_id": here, "name": f"release-{n}", "person_id": lena, "seed": "", "articles": 1,
            "manifest_sha256": "0" * 64, "withdrawn_at": None, "withdrawn_why": None, "withdrawn_by": None, **late,
        },
        "Job": lambda n: {
            "id": _FIRST + n, "project_id": here, "person_id": lena, "kind": "suggest", "payload": {}, "state": "done",
            "done": 1, "total": 1, "note": None, "tries": 1, "created_at": NOW, "finished_at": NOW,
            "parent_id": _FIRST if n > COUNTS["Job"] // 2 else None,
        },
        "Thread": lambda n: {
            "id": _FIRST + n, "key": f"thread-{n}", "project_id": here, "article_id": article_id, "person_id": mia,
            "kind": "question", "state": "open", "start": 0, "end": 6, "example": None, **late,
        },
        "Post": lambda n: {
            "id": _FIRST + n, "key": f"post-{n}", "thread_id": _FIRST, "person_id": mia, "body": "Is this one?", **late,
        },
        "Notice": lambda n: {
            "id": _FIRST + n, "person_id": mia, "project_id": here, "thread_id": _FIRST + n % COUNTS["Thread"],
            "article_id": article_id, "by_id": lena, "kind": "answer", "words": "Yes.",
            "read_at": NOW if n < COUNTS["Notice"] // 2 else None, **late,
        },
        "Audit": lambda n: {
            "person_id": lena, "project_id": here, "act": "quota.set", "about": {}, "origin": None, "subject_id": mia,
            **late,
        },
        "Batch": lambda n: {
            "id": _FIRST + n, "project_id": here, "person_id": lena, "state": "done", "report": {}, **late,
        },
        "ApiToken": lambda n: {
            "id": _FIRST + n, "person_id": lena, "name": f"token {n}", "token": f"{n:064}", "scopes": ["read"],
            "created_at": NOW, "expires_at": _LATE, "used_at": None, "revoked_at": NOW, "window_at": None, "calls": 0,
        },
        "SignIn": lambda n: {
            "token": f"{n:064}", "person_id": lena, "created_at": NOW, "expires_at": _LATE, "agent": "a browser",
            "seen_at": NOW + timedelta(seconds=n), "address": None,
        },
        "GuidelineVersion": lambda n: {
            "project_id": here, "version": _FIRST + n, "body": "Read.", "person_id": lena, **late,
        },
        "Handover": lambda n: {
            "project_id": here, "article_id": article_id, "slot": 1, "act": "skip", "by_id": lena, "person_id": mia,
            "comment": "", **late,
        },
        "SchemeVersion": lambda n: {
            "project_id": here, "version": _FIRST + n, "body": "{}", "person_id": lena, **late,
        },
        "RuleChange": lambda n: {
            "project_id": here, "version": _FIRST + n, "touches": ["entity:GPE"], "note": "", "person_id": lena, **late,
        },
        "Article": lambda n: {
            "id": _FIRST + n, "project_id": here, "batch_id": 1, "key": f"more-{n}", "title": f"Barge {n}",
            "text": f"Barge {n} came in.", "text_sha256": f"{n:064}", "words": 4, "language": "en", "signature": b"",
            "url": None, "author": None, "published": None, "file": None, "meta": {}, "regions": [], "split": None,
            "outlet": f"Paper {n}", "cluster": f"more-{n}",
        },
        "Item": lambda n: {
            "id": _FIRST + n, "project_id": here, "article_id": _FIRST + n, "person_id": _member(n), "slot": 1,
            "state": "done", "ready": True, "priority": 0, "purpose": "work", "finished_at": NOW, "lease_no": 1,
            "plain": False,
        },
        "Exercise": lambda n: {
            "article_id": _FIRST + n, "project_id": here, "purpose": "practice" if n < 300 else "test", "note": "",
            "person_id": lena, **late,
        },
        "Parked": lambda n: {
            "article_id": _FIRST + n, "author": "shy@1", "project_id": here, "tries": 3, "trouble": "Hung.", **late,
        },
        "Adjudication": lambda n: {
            "article_id": _FIRST + n, "project_id": here, "state": "waiting", "version": 0, "cards": 1, "ruled": 0,
            "merge": "unanimous", "person_id": None, "finished_at": None, **late,
        },
        "Quota": lambda n: {
            "project_id": here, "person_id": _member(n), "a_day": 5, "in_all": None, "at_once": None,
        },
        "Tally": lambda n: {"project_id": here, "name": f"done:{_member(n)}", "count": 1},
    }  # fmt: skip
