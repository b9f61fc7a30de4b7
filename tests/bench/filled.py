"""A project of as many articles as wanted on PostgreSQL: a hundred that went through people's hands, multiplied.

The database makes the rows from those of the hundred, in one statement a table; nothing is left out, so that each
copy has its text, its sixty proposals, its item, and what was decided, ruled and counted of its original.
"""

from typing import Final

from sqlalchemy import Connection, Table, text

from tests.bench import importing
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
_NEW: Final = {
    "article": {
        "key": "a.key || '-' || g.n",
        "title": "a.title || ' ' || g.n",
        "text": "a.text || g.n",
        "text_sha256": "encode(sha256(convert_to(a.text || g.n, 'UTF8')), 'hex')",
        "cluster": "a.cluster || '-' || g.n",
    },
    "decision": {"key": "md5(a.key || g.n)"},
    "standing": {"article_id": "a.article_id + g.n * {article}"},
}


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
    with database.engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))  # references hold as they are made
        strides = {name: _most(connection, name) for name in ("article", "layer", "item", "decision")}
        times = count // ORIGINALS - 1
        for each in (Article, Layer, Item, Adjudication, Standing, Decision, Mark):
            table = each.__table__
            assert isinstance(table, Table)
            connection.execute(text(_copies(table, strides)), {"times": times})
        connection.execute(text("UPDATE tally SET count = count * :all"), {"all": times + 1})
        connection.execute(text("UPDATE article SET title = 'The needle' WHERE id = (SELECT max(id) FROM article)"))
        for name in strides:
            connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), max(id)) FROM {name}"))
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")


def _copies(table: Table, strides: dict[str, int]) -> str:
    new = {name: said.format_map(strides) for name, said in _NEW.get(table.name, {}).items()}
    for column in table.columns:
        target = next((key.column.table.name for key in column.foreign_keys), table.name if column.name == "id" else "")
        if target in strides:
            new[column.name] = f"a.{column.name} + g.n * {strides[target]}"
    columns = ", ".join(f'"{each.name}"' for each in table.columns)
    values = ", ".join(new.get(each.name, f'a."{each.name}"') for each in table.columns)
    many = "generate_series(1, CAST(:times AS bigint)) AS g(n)"
    return f"INSERT INTO {table.name} ({columns}) SELECT {values} FROM {table.name} a CROSS JOIN {many}"


def _most(connection: Connection, table: str) -> int:
    found: int = connection.execute(text(f"SELECT max(id) FROM {table}")).scalar_one()
    return found
