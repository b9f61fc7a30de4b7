"""A project's registry: its own lines, their versions, and the names that review teaches."""

from typing import Any

import pytest

from tests.builders import HARBOUR, NOW, Coast
from tests.teams import read
from workbench.core.actors import Registry
from workbench.core.actors import read as lines
from workbench.core.errors import Invalid, NotAllowed, Refused, Stale
from workbench.core.workflow import Person
from workbench.services import actors
from workbench.settings import resource_root

ROOT = resource_root()


def change(coast: Coast, body: str, *, seen: int = 0, by: Person | None = None) -> int:
    who = by or coast.lena
    with coast.database.writing() as session:
        return actors.change(session, coast.seen_by(who), body, seen=seen, by=who, now=NOW, root=ROOT)


def found(coast: Coast, words: str) -> list[str]:
    with coast.database.reading() as session:
        known = actors.registry(session, coast.project, root=ROOT)
    return [actor.id for actor, _ in known.matching(words)]


def test_a_project_starts_with_the_shipped_actors(coast: Coast) -> None:
    assert found(coast, "France") == ["state:FRA"]


def test_own_names_are_a_projects_own_and_keep_their_versions(coast: Coast) -> None:
    assert change(coast, '{"id": "state:FRA", "aliases": ["Marianne"]}') == 1
    assert found(coast, "Marianne") == ["state:FRA"]
    assert change(coast, "", seen=1) == 2
    assert found(coast, "Marianne") == []


def test_a_bad_line_is_refused_with_its_number_and_changes_nothing(coast: Coast) -> None:
    with pytest.raises(Refused, match="line 1"):
        change(coast, '{"id": "state:ZZZ", "aliases": ["Nowhere"]}')
    with coast.database.reading() as session:
        assert actors.source(session, coast.project) == (0, "")


def test_who_was_slower_is_told_and_who_does_not_lead_may_not(coast: Coast) -> None:
    change(coast, '{"id": "state:FRA", "aliases": ["Marianne"]}')
    with pytest.raises(Stale):
        change(coast, "", seen=0)
    with pytest.raises(NotAllowed):
        change(coast, "", seen=1, by=coast.mia)


def test_a_new_actor_gets_an_id_from_its_name_once(coast: Coast) -> None:
    def invent() -> str:
        with coast.database.writing() as session:
            project = coast.seen_by(coast.lena)
            more = {"aliases": ["Orr"], "principal": "state:FRA"}
            return actors.invent(session, project, " Lena  Orr ", "person", more, by=coast.lena, now=NOW, root=ROOT)

    assert invent() == "person:lena-orr"
    assert found(coast, "Orr") == ["person:lena-orr"]
    with pytest.raises(Invalid, match="Lena Orr is in the registry already"):
        invent()


def test_a_name_that_a_reviewer_linked_is_taught_and_kept(coast: Coast) -> None:
    first = coast.placed(coast.next(coast.mia), coast.mia)[0].item
    words = HARBOUR[first.span.start : first.span.end]  # type: ignore[union-attr]
    read(coast, coast.mia, {first.id: {"actor": "Kiribati", "actor_id": "state:KIR"}})
    with coast.database.writing() as session:
        project = coast.seen_by(coast.lena)
        taught = actors.harvest(session, project, root=ROOT)
        assert [(one.surface, one.id, one.count) for one in taught] == [(words, "state:KIR", 1)]
        assert actors.learn(session, project, [words], by=coast.lena, now=NOW, root=ROOT) == taught
        assert actors.harvest(session, project, root=ROOT) == []
    assert "state:KIR" in found(coast, words)


def test_only_the_newest_links_are_looked_at(coast: Coast, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(2):
        first = coast.placed(coast.next(coast.mia), coast.mia)[0].item
        read(coast, coast.mia, {first.id: {"actor": "Kiribati", "actor_id": "state:KIR"}})
    with coast.database.reading() as session:
        whole = actors.harvest(session, coast.project, root=ROOT)
        monkeypatch.setattr(actors, "MOST_LINKS", 1)
        newest = actors.harvest(session, coast.project, root=ROOT)
    assert sum(one.count for one in newest) <= 1 < sum(one.count for one in whole)


def test_the_registry_goes_out_as_the_project_has_it(coast: Coast) -> None:
    with coast.database.reading() as session:
        shipped = actors.jsonl(session, coast.project, root=ROOT)
    change(
        coast,
        '{"id": "state:FRA", "aliases": ["Marianne"]}\n{"id": "org:lake", "name": "Lake Pact", "kind": "alliance"}',
    )
    with coast.database.reading() as session:
        body = actors.jsonl(session, coast.project, root=ROOT)
        known = actors.registry(session, coast.project, root=ROOT)
    assert body.count(b"\n") == shipped.count(b"\n") + 1
    assert list(Registry(lines(body.splitlines())).matching("Marianne")) == list(known.matching("Marianne"))


@pytest.mark.parametrize("name", ["Fran\u200bce", "\u202eecnarF", "\u3164"])
def test_an_actor_whose_name_does_not_show_what_it_is_is_refused(coast: Coast, name: str) -> None:
    with pytest.raises(Refused, match="line 1"):
        change(coast, f'{{"id": "org:x", "name": "{name}", "kind": "organisation"}}')
    lena = coast.seen_by(coast.lena)
    with coast.database.writing() as session, pytest.raises(Invalid, match="printable"):
        actors.invent(session, lena, name, "organisation", {}, by=coast.lena, now=NOW, root=ROOT)


def test_two_who_add_an_actor_of_one_name_at_once_make_one(coast: Coast, monkeypatch: pytest.MonkeyPatch) -> None:
    lena, made = coast.seen_by(coast.lena), actors.id_for

    def add(name: str, more: dict[str, list[str]]) -> str:
        return actors.invent(session, lena, name, "organisation", more, by=coast.lena, now=NOW, root=ROOT)

    def meanwhile(*about: Any) -> str:
        monkeypatch.setattr(actors, "id_for", made)
        add("Harbour Watch", {"aliases": ["the watch"]})
        return made(*about)

    monkeypatch.setattr(actors, "id_for", meanwhile)
    with coast.database.writing() as session, pytest.raises(Stale):
        add("Harbour Watch", {"aliases": ["HW"]})
