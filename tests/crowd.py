"""A project with more of everything than a page holds."""

from datetime import timedelta
from typing import Any, Final

from sqlalchemy import insert, select

from tests.builders import NOW, Coast, opened, take
from workbench.store import schema

READERS: Final = 120
ARTICLES: Final = 60


def crowd(coast: Coast) -> list[str]:
    """Add readers, and articles that are set aside, parked, disputed and were skipped; return the articles' keys."""
    take(coast.database, coast.project, *(opened(f"{n:03}.txt", f"Barge {n} came in.") for n in range(ARTICLES)))
    with coast.database.writing() as session:
        here = {"project_id": coast.project.id}
        rows = session.execute(select(schema.Article.id, schema.Article.key).order_by(schema.Article.id.desc()))
        found = rows.all()[:ARTICLES][::-1]
        same = {"password": None, "admin": False, "active": True, "created_at": NOW}
        people = [{"name": f"Reader {n:03} Ost", "folded": f"reader {n:03} ost"} | same for n in range(READERS)]
        numbers = session.scalars(insert(schema.Person).returning(schema.Person.id), people).all()
        session.execute(insert(schema.Membership), [here | {"person_id": n, "role": "reviewer"} for n in numbers])
        kept: dict[Any, dict[str, Any]] = {
            schema.Exercise: {"purpose": "test", "note": "", "person_id": coast.lena.id},
            schema.Parked: {"author": "shy@1", "tries": 3, "trouble": "ValueError: no ferries"},
            schema.Adjudication: {"state": "waiting", "version": 0, "cards": 1, "ruled": 0, "merge": "unanimous"},
            schema.Handover: {"slot": 1, "act": "skip", "by_id": coast.mia.id, "comment": "Too long."},
        }
        for table, values in kept.items():
            rows_of = [
                here | values | {"article_id": number, "at": NOW + timedelta(minutes=n)}
                for n, (number, _) in enumerate(found)
            ]
            session.execute(insert(table), rows_of)
    return [key for _, key in found]
