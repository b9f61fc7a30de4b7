"""A project's own lines over the registry, and what review teaches it."""

import json

import pytest

from workbench.core.actors import Actor, Office, Registry
from workbench.core.errors import Invalid, Refused
from workbench.core.own_actors import Taught, extended, id_for, taught, with_lines

CHAD = Actor("state:TCD", "Chad", "state", aliases=("Republic of Chad",), capital="N'Djamena")
LENA = Actor("person:lena-orr", "Lena Orr", "person", offices=(Office("Defence Minister", "state:TCD"),))
SHIPPED = (CHAD, LENA)
CHAD_LINE = '{"id": "state:TCD", "name": "Chad", "kind": "state"}'


def test_no_line_leaves_the_shipped_actors() -> None:
    assert list(extended(SHIPPED, "\n")) == list(SHIPPED)


def test_a_whole_record_adds_an_actor_or_replaces_the_one_of_its_id() -> None:
    pact = '{"id": "org:lake", "name": "Lake Pact", "kind": "alliance"}'
    own = extended(SHIPPED, f"{pact}\n{CHAD_LINE}")
    assert [match[0].id for match in own.matching("Lake Pact")] == ["org:lake"]
    assert own.by_id("state:TCD") == Actor("state:TCD", "Chad", "state")


def test_a_line_with_an_id_and_lists_adds_to_that_actor() -> None:
    own = extended(SHIPPED, '{"id": "state:TCD", "aliases": ["Tchad", "Republic of Chad"]}')
    found = own.by_id("state:TCD")
    assert found and (found.aliases, found.capital) == (("Republic of Chad", "Tchad"), "N'Djamena")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "line 2: This is not JSON"),
        ("[]", "line 2: An actor is a JSON object"),
        ('{"id": "org:nobody", "aliases": ["X"]}', "line 2: No actor has the id “org:nobody”"),
        ('{"id": "state:TCD", "wikidata": "Q657"}', "“wikidata” is none"),
        ('{"id": "state:TCD", "aliases": "Tchad"}', "aliases must be a list of texts"),
        ('{"id": "org:twin", "name": "Chad", "kind": "group"}', "names must be unique"),
    ],
)
def test_a_line_that_cannot_be_used_is_refused_with_its_number(line: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        extended(SHIPPED, "\n" + line)


def test_a_name_is_added_beside_what_is_there_already() -> None:
    body = with_lines("", [{"id": "state:TCD", "aliases": ["Tchad"]}])
    pact = {"id": "org:lake", "name": "Lake Pact", "kind": "alliance", "aliases": []}
    body = with_lines(body, [pact, {"id": "state:TCD", "aliases": ["Tschad"]}])
    body = with_lines(body, [{"id": "org:lake", "aliases": ["the Pact"]}])
    own = extended(SHIPPED, body)
    assert [found.aliases for key in ("state:TCD", "org:lake") if (found := own.by_id(key))] == [
        ("Republic of Chad", "Tchad", "Tschad"),
        ("the Pact",),
    ]
    assert body.count("\n") == 2


def test_an_id_is_made_from_the_name_and_is_free() -> None:
    known = Registry(SHIPPED)
    assert id_for("Zoë Ngata-Ōta", "person", known) == "person:zoe-ngata-ota"
    assert id_for("Lena Orr", "person", known) == "person:lena-orr-2"
    with pytest.raises(Invalid, match="All states"):
        id_for("Atlantis", "state", known)


def test_names_that_people_linked_are_taught_and_names_in_the_registry_are_not() -> None:
    links = [
        ("Tchad", "Chad", "state:TCD", "GPE"),
        ("Tchad", "Chad", "state:TCD", "GPE"),
        ("Chad", "Chad", "state:TCD", "GPE"),
        ("Orr", "Lena Orr", "person:lena-orr", "PERSON"),
        ("Defence Minister", "Lena Orr", "person:lena-orr", "ROLE"),
        ("the bloc", "Lake Pact", None, "ALLIANCE"),
        ("Lake Pact", "Lake Pact", None, "ALLIANCE"),
    ]
    assert taught(links, Registry(SHIPPED)) == [
        Taught("Tchad", "Chad", "state:TCD", "GPE", 2),
        Taught("Lake Pact", "Lake Pact", None, "ALLIANCE", 1),
    ]


def test_words_that_stand_for_two_actors_are_not_taught() -> None:
    links = [("Sahelia", "Chad", "state:TCD", "GPE"), ("Sahelia", "Niger", "state:NER", "GPE")]
    assert taught(links, Registry(SHIPPED)) == []


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("[" * 100_000, "nested too deeply"),
        ('{"id": "org:x", "name": "X \\ud800", "kind": "group"}', "This is not JSON"),
        ('{"id": "org:x", "id": "org:y"}', "The key “id” is given twice"),
        ('{"id": "org:x", "cow": NaN}', "This is not JSON"),
    ],
)
def test_lines_are_read_in_one_way_only(line: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        extended(SHIPPED, line)


def test_names_that_are_no_list_of_texts_are_added_to_nothing() -> None:
    for given in (5, "x", [1], {"a": 1}):
        with pytest.raises(Invalid, match="aliases must be a list of texts"):
            with_lines('{"id": "state:TCD", "aliases": ["Tchad"]}', [{"id": "state:TCD", "aliases": given}])


def test_a_name_of_very_many_words_is_typed_from_the_first_few_on() -> None:
    name = "a " * 5000 + "z"
    own = extended(SHIPPED, json.dumps({"id": "org:long", "name": name, "kind": "group"}))
    assert len([each for each in own._typed if each[3] == name]) <= 12
