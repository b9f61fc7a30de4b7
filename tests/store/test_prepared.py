"""A statement made ready once sends and brings back what SQLAlchemy itself would."""

from typing import Any

import pytest
from sqlalchemy import bindparam, event, insert, select, update

from tests.builders import NOW, Coast, person
from workbench.core.errors import Stale
from workbench.store import prepared
from workbench.store.engine import Database
from workbench.store.schema import Layer, Moment, Person, Waiver

_PERSON: Any = Person.__table__
_WAIVER: Any = Waiver.__table__
_NAMED: Any = select(_PERSON.c.id, _PERSON.c.admin, _PERSON.c.active).where(_PERSON.c.name == bindparam("named"))
_SINCE: Any = select(_WAIVER.c.key, _WAIVER.c.at).where(_WAIVER.c.at >= bindparam("since", type_=Moment))
_KEEP: Any = insert(_WAIVER)


def waiver(coast: Coast, key: str) -> dict[str, Any]:
    return {"key": key, "article_id": 1, "person_id": coast.mia.id, "finding": "x", "reason": None, "at": NOW}


def test_values_are_converted_on_their_way_in_and_out(coast: Coast) -> None:
    with coast.database.writing() as session:
        prepared.execute(session, _KEEP, [waiver(coast, "k1"), waiver(coast, "k2")])
    with coast.database.reading() as session:
        assert sorted(prepared.execute(session, _SINCE, {"since": NOW})) == [("k1", NOW), ("k2", NOW)]
        assert prepared.execute(session, _NAMED, {"named": "Mia"}) == [(coast.mia.id, False, True)]
        layer: Any = Layer.__table__
        query = select(layer.c.body, layer.c.at).where(layer.c.id == bindparam("this"))
        assert prepared.execute(session, query, {"this": 1}) == [tuple(session.execute(query, {"this": 1}).one())]


def test_one_statement_serves_again_with_other_values(coast: Coast) -> None:
    with coast.database.reading() as session:
        found = [prepared.scalar(session, _NAMED, {"named": name}) for name in ("Mia", "Noor", "Nobody")]
    assert found == [coast.mia.id, coast.noor.id, None]


def test_what_a_statement_changes_is_returned_where_it_asks_for_it(coast: Coast) -> None:
    query: Any = update(_PERSON).where(_PERSON.c.id == bindparam("this"))
    query = query.values(name=bindparam("to")).returning(_PERSON.c.name)
    with coast.database.writing() as session:
        assert prepared.execute(session, query, {"this": coast.mia.id, "to": "Maria"}) == [("Maria",)]
    with coast.database.reading() as session:
        assert prepared.scalar(session, _NAMED, {"named": "Maria"}) == coast.mia.id


def test_what_was_added_a_moment_ago_is_seen(coast: Coast) -> None:
    with coast.database.writing() as session:
        session.add(Waiver(**waiver(coast, "k1")))
        assert prepared.execute(session, _SINCE, {"since": NOW}) == [("k1", NOW)]


def test_a_drivers_error_comes_as_any_other_and_nothing_is_kept(coast: Coast) -> None:
    def twice() -> None:
        with coast.database.writing() as session:
            prepared.execute(session, _KEEP, waiver(coast, "k1"))
            prepared.execute(session, _KEEP, waiver(coast, "k1"))

    with pytest.raises(Stale):
        twice()
    with coast.database.reading() as session:
        assert prepared.execute(session, _SINCE, {"since": NOW}) == []


def test_who_listens_to_the_engine_hears_of_it(database: Database) -> None:
    person(database, "Mia")
    heard: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda _c, _k, said, *_: heard.append(said))
    with database.reading() as session:
        prepared.execute(session, _NAMED, {"named": "Mia"})
    assert any("person" in said for said in heard)
