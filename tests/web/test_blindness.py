"""Nobody sees another's answer before their own is in: every address, of pages and programs, asked by every role.

Mia's answers and her questions hold words that stand nowhere else. While Noor's readings of the articles are awaited
nobody may find the answers anywhere; once both are in they show, so that the sweep would have seen them.
"""

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import NOW, Coast, Finder, decision, person, suggest, take_texts
from tests.teams import all_items, read_this, with_rules
from tests.web.sweeping import Sweep
from workbench.app import create_app
from workbench.core.annotation import Entity
from workbench.core.propagation import Wish
from workbench.core.workflow import ROLES, Person
from workbench.services import old_rules, projects, propagation, talk
from workbench.settings import Settings
from workbench.store import memory
from workbench.store.engine import Database
from workbench.store.schema import Item, Layer

ANSWER, QUESTION = "Zebrafund", "quaggaland"


@pytest.fixture
def app(settings: Settings, database: Database) -> Flask:
    made = create_app(replace(settings, api_rate=1_000_000), database)
    made.testing = True
    return made


@pytest.fixture
def sweep(app: Flask, coast: Coast) -> Sweep:
    return Sweep(app, coast, count=3)


def somebody(coast: Coast, role: str) -> Person:
    """Return somebody of a role who is not at the article: Lena, Noor and Otto are as good as anybody."""
    known = {"lead": coast.lena, "reviewer": coast.noor, "viewer": coast.otto}
    return known.get(role) or person(coast.database, "Ada", role, coast.project)


def answer(coast: Coast) -> int:
    """Let Mia begin her next article with an answer and a question; return her item."""
    item = coast.next(coast.mia)
    toks = coast.toks(item, coast.mia)
    first = next(each.item for each in coast.placed(item, coast.mia) if isinstance(each.item, Entity))
    coast.decide(item, coast.mia, decision(first, "accepted", toks, act="edit", actor=ANSWER, actor_id=None))
    about = {"key": f"a-question-{item}", "kind": "question", "span": None, "body": QUESTION, "now": NOW}
    with coast.database.writing() as session:
        talk.begin(session, coast.seen_by(coast.mia), item, by=coast.mia, **about)  # type: ignore[arg-type]
    return item


@pytest.fixture
def answered(coast: Coast) -> dict[str, int]:
    """Mia's items at three articles that a second reader is to read, by how far she has come with each."""
    gold = answer(coast)
    read_this(coast, gold, coast.mia)
    with_rules(coast, readers=2)
    finished = answer(coast)
    read_this(coast, finished, coast.mia)
    in_hand = answer(coast)
    changed_rule(coast)
    return {"in hand": in_hand, "finished": finished, "gold before a second reading was asked for": gold}


def changed_rule(coast: Coast) -> None:
    """Change a rule of the guidelines, which lists the decisions taken under the old one."""
    with coast.database.writing() as session:
        project = coast.seen_by(coast.lena)
        projects.change_guideline(session, project, "# Other", seen=1, by=coast.lena, now=NOW)
        old_rules.mark(session, coast.seen_by(coast.lena), 2, ["entity:GPE"], "", by=coast.lena, now=NOW)


def bodies(coast: Coast, item: int, author: str) -> list[Any]:
    """Return what a suggester proposed for the article of an item."""
    with coast.database.reading() as session:
        query = select(Layer.body).join(Item, Item.article_id == Layer.article_id)
        return list(session.scalars(query.where(Item.id == item, Layer.author == author)))


@pytest.mark.parametrize("role", ROLES)
def test_an_answer_shows_nowhere_while_another_reading_is_awaited_and_a_question_to_who_answers_alone(
    sweep: Sweep, coast: Coast, answered: dict[str, int], role: str
) -> None:
    found = sweep.finds(somebody(coast, role), ANSWER, QUESTION)
    assert found[ANSWER] == set()
    assert ("/projects/coast/questions" in found[QUESTION]) == (role in {"lead", "adjudicator"})
    if role in {"viewer", "reviewer"}:
        assert found[QUESTION] == set()


def test_who_has_opened_the_articles_finds_the_answer_nowhere_either(
    sweep: Sweep, coast: Coast, answered: dict[str, int]
) -> None:
    for item in set(all_items(coast)) - set(answered.values()):
        coast.begin(item, coast.noor)
    assert sweep.finds(coast.noor, ANSWER, QUESTION) == {ANSWER: set(), QUESTION: set()}


def test_an_answer_shows_to_its_reader_and_to_all_readers_once_theirs_are_in(
    sweep: Sweep, coast: Coast, answered: dict[str, int]
) -> None:
    found = sweep.finds(coast.mia, ANSWER, QUESTION)
    assert {f"/projects/coast/items/{item}/data" for item in answered.values()} <= found[ANSWER]
    assert "/projects/coast/questions" in found[QUESTION]
    for _ in answered:
        read_this(coast, coast.next(coast.noor), coast.noor)
    now = sweep.finds(coast.noor, ANSWER)[ANSWER]
    item = answered["finished"]
    assert {f"/projects/coast/items/{item}/data", f"/api/v1/projects/coast/items/{item}"} <= now
    assert "/projects/coast/board/passages?question=linking" in now


def test_what_a_reader_carries_to_other_articles_shapes_no_proposals_for_articles_that_somebody_has_begun(
    coast: Coast,
) -> None:
    with_rules(coast, readers=2)
    item = coast.next(coast.mia)
    wish = Wish("France", "accepted", "ORG", ANSWER, None)
    with coast.database.writing() as session:
        memory.keep(session, coast.project.id, "carried-step", wish, by=coast.mia.id, now=NOW)
    suggest(coast.database, coast.project, Finder("finder@2"))
    [base] = bodies(coast, item, "finder@2")
    assert {each["actor"] for each in base["entities"]} == {"France", "Italy"}


def test_an_article_read_without_suggestions_shows_none_when_a_decision_is_to_be_carried(coast: Coast) -> None:
    take_texts(coast.database, coast.project, ["France sent a tug to the lock."])
    suggest(coast.database, coast.project)
    with_rules(coast, plain=100)
    with coast.database.reading() as session:
        wish = Wish("France", "accepted", "GPE", "France", "state:FRA")
        found = propagation.preview(session, coast.seen_by(coast.mia), wish, by=coast.mia)
    assert found
    assert {each.mention.oid for each in found} == {None}
