"""The tables: from nothing to the newest version and back, the same as the code declares, on both engines."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Column, inspect, select, text, update

from tests.builders import coast_in, person, project, take_texts
from workbench.core.errors import Invalid
from workbench.services import bench, tallying
from workbench.store import engine as engines
from workbench.store import receipts, tallies
from workbench.store.engine import Database
from workbench.store.schema import Article, Batch, Table


@pytest.fixture
def bare(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Database]:
    """A database without tables."""
    if engine == "sqlite":
        database = Database(f"sqlite:///{tmp_path / 'bare.db'}")
        yield database
        database.dispose()
        return
    server = request.getfixturevalue("server")
    name = server.make()
    database = Database(server.url(name))
    yield database
    database.dispose()
    server.drop(name)


def tables(database: Database) -> set[str]:
    """Return the names of the tables that are ours, but for those of SQLite's index of words."""
    found = inspect(database.engine).get_table_names()
    return {name for name in found if not name.startswith(("procrastinate_", "article_words"))}


def test_an_upgrade_makes_every_table_from_nothing(bare: Database) -> None:
    bare.upgrade()
    assert tables(bare) == {*Table.metadata.tables, "alembic_version"}
    found, newest = bare.version()
    assert found == newest


def test_an_upgrade_of_the_newest_version_changes_nothing(bare: Database) -> None:
    bare.upgrade()
    bare.upgrade()
    assert bare.version()[0] == bare.version()[1]


def test_the_migrations_make_what_the_code_declares(bare: Database) -> None:
    bare.upgrade()
    sorted_downwards = {  # no engine reflects these so that they could be compared
        index.name
        for table in Table.metadata.tables.values()
        for index in table.indexes
        if not all(isinstance(each, Column) for each in index.expressions)
    }
    found = {index["name"] for name in ("item", "article") for index in inspect(bare.engine).get_indexes(name)}
    assert sorted_downwards - found <= ({"ix_article_words"} if bare.embedded else set())
    with bare.engine.connect() as connection:
        options = {
            "compare_type": False,
            "include_name": lambda name, kind, _: kind != "index" or name not in sorted_downwards,
            "include_object": lambda _, name, kind, *__: (
                (kind != "index" or name not in sorted_downwards)
                and not (name or "").startswith(("procrastinate_", "article_words"))
            ),
        }
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Table.metadata) == []


def test_a_downgrade_leaves_nothing_but_the_version_table(bare: Database) -> None:
    bare.upgrade()
    command.downgrade(engines._alembic(bare.engine), "base")
    assert tables(bare) == {"alembic_version"}
    bare.upgrade()
    assert tables(bare) == {*Table.metadata.tables, "alembic_version"}


def test_a_database_without_tables_is_said_to_have_none(bare: Database) -> None:
    with pytest.raises(Invalid, match="run “workbench init”"):
        bench.check_version(bare)


def test_tables_of_another_version_are_said_to_be(bare: Database) -> None:
    bare.upgrade()
    with bare.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    with pytest.raises(Invalid, match="run “workbench db upgrade”"):
        bench.check_version(bare)


@pytest.mark.parametrize("version", ["0008", "0018"])
def test_signatures_made_anew_are_those_of_a_fresh_import(bare: Database, version: str) -> None:
    bare.upgrade()
    made = project(bare, person(bare, "Lena"))
    take_texts(bare, made)
    marks = select(Article.id, Article.signature).order_by(Article.id)
    step = ScriptDirectory.from_config(engines._alembic(bare.engine)).get_revision(version).module
    with bare.engine.begin() as connection:
        fresh = connection.execute(marks).all()
        connection.execute(update(Article).values(signature=b"old"))
        with Operations.context(MigrationContext.configure(connection)):
            getattr(step, "sign", step.upgrade)()
        again = connection.execute(marks).all()
    assert len(fresh) > 1
    assert again == fresh


OLD_RECEIPT = [
    {"file": "a.txt", "what": "taken", "key": "a", "why": None, "line": None, "spans": {"taken": 3}},
    {"file": "b.txt", "what": "refused", "key": None, "why": "The text is empty.", "line": 1},
] * 300  # fmt: skip


def test_receipts_of_an_older_version_lie_in_parts_and_come_back(bare: Database) -> None:
    bare.upgrade()
    take_texts(bare, project(bare, person(bare, "Lena")))
    config = engines._alembic(bare.engine)
    command.downgrade(config, "0017")
    old = json.dumps(OLD_RECEIPT, separators=(",", ":"))
    with bare.engine.begin() as connection:
        connection.execute(text("UPDATE batch SET report = :old"), {"old": old})
    bare.upgrade()
    with bare.reading() as session:
        assert [len(rows) for _, rows in receipts.parts(session, 1)] == [500, 100]
        assert [line for _, rows in receipts.parts(session, 1) for line in rows] == OLD_RECEIPT
        [(_, _, told)] = session.execute(select(Batch.id, Batch.at, Batch.report)).all()
    assert told == {"counts": {"taken": 300, "refused": 300}, "spans": {"taken": 900}, "repairs": 300}
    command.downgrade(config, "0017")
    with bare.engine.connect() as connection:
        assert connection.scalar(text("SELECT report FROM batch")) == old


def test_what_is_counted_is_counted_anew_on_the_way_down_and_back(bare: Database) -> None:
    bare.upgrade()
    coast_in(bare)
    tallying.anew(bare)
    count = "SELECT (SELECT count(*) FROM tally), (SELECT count(*) FROM touched)"
    for version in ("0024", "head"):
        go = command.downgrade if version == "0024" else command.upgrade
        go(engines._alembic(bare.engine), version)
        with bare.engine.connect() as connection:
            assert connection.execute(text(count)).one() == (0, 3)
    tallying.anew(bare)
    with bare.reading() as session:
        [(name, proposals)] = tallies.tallies(session, 1).under("proposals").items()
        assert (name, proposals, list(tallying.wrong(session))) == ("finder@1", 7, [])


REBUILT = """
from alembic import op
revision, down_revision, branch_labels, depends_on = "9999", "{}", None, None
def upgrade():
    for table in ("article", "item", "layer", "adjudication", "audit"):
        with op.batch_alter_table(table, recreate="always"):
            pass
def downgrade():
    pass
"""


def test_tables_that_a_later_version_makes_anew_keep_their_triggers(bare: Database, tmp_path: Path) -> None:
    if not bare.embedded:
        pytest.skip("only SQLite makes tables anew to change them")
    bare.upgrade()
    ask = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
    with bare.engine.connect() as connection:
        before = connection.exec_driver_sql(ask).all()
    assert len(before) > 10
    (tmp_path / "9999_rebuilt.py").write_text(REBUILT.format(bare.version()[0]))
    config = engines._alembic(bare.engine)
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", f"{Path(engines.__file__).parent}/migrations/versions\n{tmp_path}")
    command.upgrade(config, "head")
    with bare.engine.connect() as connection:
        assert MigrationContext.configure(connection).get_current_revision() == "9999"
        assert connection.exec_driver_sql(ask).all() == before


def test_postgresql_sweeps_a_queue_that_is_long_before_its_head_is_full_of_what_was_claimed(bare: Database) -> None:
    if bare.embedded:
        pytest.skip("SQLite leaves nothing behind that is to be swept")
    bare.upgrade()
    with bare.engine.connect() as connection:
        options = connection.scalar(text("SELECT reloptions FROM pg_class WHERE relname = 'item'"))
    assert options == ["autovacuum_vacuum_scale_factor=0", "autovacuum_vacuum_threshold=5000"]
