"""Nobody sees another's answer before their own is in: every address, of pages and programs, asked by every role.

Mia's answer and her question hold words that stand nowhere else. While Noor's reading of the article is awaited
nobody may find the answer anywhere; once both are in it shows, so that the sweep would have seen it.
"""

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import NOW, Coast, Finder, decision, person, suggest, take_texts
from tests.teams import claimed, read_this, with_rules
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
STAGES = ("in hand", "finished", "gold before a second reading was asked for")


@pytest.fixture
def app(settings: Settings, database: Database) -> Flask:
    made = create_app(replace(settings, api_rate=1_000_000), database)
    made.testing = True
    return made


@pytest.fixture
def sweep(app: Flask, coast: Coast) -> Sweep:
    return Sweep(app, coast)


def somebody(coast: Coast, role: str) -> Person:
    """Return somebody of a role who is not at the article: Lena, Noor and Otto are as good as anybody."""
    known = {"lead": coast.lena, "reviewer": coast.noor, "viewer": coast.otto}
    return known.get(role) or person(coast.database, "Ada", role, coast.project)


def answered(coast: Coast, stage: str) -> int:
    """Let Mia come so far with an article that a second reader is to read; return her item."""
    if stage != STAGES[2]:
        with_rules(coast, readers=2)
    item = claimed(coast, coast.mia)
    assert item
    coast.begin(item, coast.mia)
    toks = coast.toks(item, coast.mia)
    first = next(each.item for each in coast.placed(item, coast.mia) if isinstance(each.item, Entity))
    coast.decide(item, coast.mia, decision(first, "accepted", toks, act="edit", actor=ANSWER, actor_id=None))
    with coast.database.writing() as session:
        project = coast.seen_by(coast.mia)
        talk.begin(
            session, project, item, key="a-question", kind="question", span=None, body=QUESTION, by=coast.mia, now=NOW
        )
    if stage != STAGES[0]:
        read_this(coast, item, coast.mia)
    if stage == STAGES[2]:
        with_rules(coast, readers=2)
    changed_rule(coast)
    return item


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


@pytest.mark.parametrize("stage", STAGES)
def test_an_answer_shows_nowhere_while_another_reading_is_awaited(sweep: Sweep, coast: Coast, stage: str) -> None:
    answered(coast, stage)
    for role in ROLES:
        assert sweep.finds(somebody(coast, role), ANSWER) == set(), role


@pytest.mark.parametrize("stage", STAGES)
def test_who_has_opened_the_article_finds_the_answer_nowhere_either(sweep: Sweep, coast: Coast, stage: str) -> None:
    answered(coast, stage)
    coast.next(coast.noor)
    assert sweep.finds(coast.noor, ANSWER) == set()


def test_an_answer_shows_to_its_reader_and_to_all_readers_once_theirs_are_in(sweep: Sweep, coast: Coast) -> None:
    item = answered(coast, "finished")
    assert f"/projects/coast/items/{item}/data" in sweep.finds(coast.mia, ANSWER)
    read_this(coast, coast.next(coast.noor), coast.noor)
    found = sweep.finds(coast.noor, ANSWER)
    assert {f"/projects/coast/items/{item}/data", f"/api/v1/projects/coast/items/{item}"} <= found
    assert "/projects/coast/board/passages?question=linking" in found


def test_a_question_shows_to_its_asker_and_to_who_answers_alone(sweep: Sweep, coast: Coast) -> None:
    answered(coast, "gold before a second reading was asked for")
    for role in ("viewer", "reviewer"):
        assert sweep.finds(somebody(coast, role), QUESTION) == set(), role
    for who in (coast.mia, coast.lena):
        assert "/projects/coast/questions" in sweep.finds(who, QUESTION)


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
