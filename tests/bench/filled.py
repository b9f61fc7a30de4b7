"""A project of as many articles as wanted on PostgreSQL: a hundred that went through people's hands, multiplied.

The database makes the rows from those of the hundred, in one statement a table; nothing is left out, so that each
copy has its text, its sixty proposals, its item, and what was decided, ruled and counted of its original. Readings
were finished one after the other.
"""

from typing import Final

from sqlalchemy import text

from tests.bench import importing
from tests.bench.copied import copied
from tests.bench.generated import Namer
from tests.builders import NOW, Coast, coast_of, opened, person, project, take
from tests.teams import read, with_rules
from workbench.core.annotation import Document, Source
from workbench.formats import gold
from workbench.services import accounts, people, tallying
from workbench.store.engine import Database
from workbench.store.schema import Adjudication, Article, Decision, Item, Layer, Mark, Standing

ORIGINALS: Final = 100
_READ: Final = 4


def originals(database: Database) -> Coast:
    """Make a project whose two readers have read a few of a hundred articles and differ on some; Lena is an admin."""
    made = project(database, person(database, "Lena"))
    for name, role in (("Mia", "reviewer"), ("Noor", "reviewer"), ("Otto", "viewer")):
        person(database, name, role, made)
    articles = (
        Document(
            importing.text(number), id=f"bench-{number}", title=f"Harbour, part {number}",
            source=Source(outlet="Harbour Times"),
        )
        for number in range(ORIGINALS)
    )  # fmt: skip
    with database.writing() as session:
        lena = people.find(session, "Lena")
        accounts.set_admin(session, lena.id, True, by=None, now=NOW)
    lines = [gold.dumps(each.carrying(next(Namer().suggest([each])))) for each in articles]
    take(database, made, opened("articles.jsonl", b"\n".join(lines)))
    coast = coast_of(database)
    with_rules(coast, readers=2, overlap=20)
    for _ in range(_READ):
        read(coast, coast.mia)
        read(coast, coast.noor, {"e1": None, "e2": None})
    return coast_of(database)


def multiply(database: Database, count: int) -> None:
    """Copy the articles, and all that hangs on them, until there are about so many."""
    tallying.anew(database)
    times = count // ORIGINALS - 1
    with database.engine.begin() as connection:
        copied(connection, [Article, Layer, Item, Adjudication, Standing, Decision, Mark], times)
        connection.execute(text("UPDATE tally SET count = count * :all"), {"all": times + 1})
        connection.execute(text("UPDATE item SET finished_at = finished_at + id * interval '1 second'"))
        connection.execute(text("UPDATE article SET title = 'The needle' WHERE id = (SELECT max(id) FROM article)"))
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")
