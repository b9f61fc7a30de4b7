"""A sweep behind every address that can be asked for, of pages and of programs, for some words."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.api.calling import ROOT, Program
from tests.builders import Coast
from tests.web.browsing import Browser
from workbench.core.workflow import SCOPES, Person
from workbench.services import tokens
from workbench.store.schema import Article, Item, Thread

NOT_ASKED: Final = {"openid.start", "openid.back", "openid.leave"}
NO_PAGES: Final = ("/api/", "/static/", "/sign-in/", "/metrics", "/openid")
ASKED_WITH: Final = {
    "/articles": ("?find={}",),
    "/actors": ("?find={}", "?own=on&find={}"),
    "/actors/search": ("?q={}",),
    "/queue": ("?show=done", "?show=open", "?show=waiting", "?mine"),
    "/items": ("?show=done", "?show=open"),
    "/export": ("?state=reviewed", "?state=gold", "?state=gold&since=2020-01-01"),
    "/export/file": ("?state=reviewed", "?state=gold", "?state=reviewed&format=csv"),
    "/board/passages": (
        "?question=linking", "?question=entities", "?question=linking&left=r{mia}&right=r{noor}",
        "?question=linking&left=r{mia}&right=gold", "?question=linking&left=r{mia}&right=suggester",
        "?kind=entity&proposed=GPE",
    ),
}  # fmt: skip
"""What else addresses are asked with, by how they end."""


@dataclass
class Sweep:
    """Everything that can be asked for about the first articles of a bench."""

    app: Flask
    coast: Coast
    count: int = 1
    values: dict[str, list[str]] = field(default_factory=dict)

    def know(self) -> None:
        """Learn the names and numbers that addresses can hold."""
        with self.coast.database.reading() as session:
            first = session.execute(select(Article.id, Article.key).order_by(Article.id).limit(self.count)).all()
            here = Item.article_id.in_([number for number, _ in first])
            items = session.scalars(select(Item.id).where(here).order_by(Item.id)).all()
            threads = session.scalars(select(Thread.id)).all()
        self.values = {
            "slug": ["coast"], "key": [key for _, key in first], "item_id": [*map(str, items)],
            "thread_id": [*map(str, threads)], "person_id": [str(self.coast.mia.id)], "version": ["2"],
            "name": ["first"],
        }  # fmt: skip

    def addresses(self, root: str, words: str) -> list[str]:
        """Return every address under a root, with all that can stand in it."""
        found = []
        for rule in self.app.url_map.iter_rules():
            if "GET" not in (rule.methods or ()) or not rule.rule.startswith(root) or rule.endpoint in NOT_ASKED:
                continue
            paths = [rule.rule]
            for name in rule.arguments:
                place = re.compile(rf"<(?:[^<>]*:)?{name}>")
                paths = [place.sub(value, each) for each in paths for value in self.values.get(name, ["1"])]
            ending = rule.rule.partition("<slug>")[2]
            more = [each.format(words, mia=self.coast.mia.id, noor=self.coast.noor.id) for each in _asked(ending)]
            found += [each + query for each in paths for query in ("", *more)]
        return found

    def pages(self, words: str) -> list[str]:
        """Return every address of the site itself, but for those that end a visit or begin another."""
        self.know()
        return [path for path in self.addresses("/", words) if not path.startswith(NO_PAGES)]

    def finds(self, who: Person, *words: str) -> dict[str, set[str]]:
        """Return for some words the addresses behind which somebody finds them, on pages or by a program."""
        self.know()
        browser = Browser(self.app.test_client(), self.coast.database)
        browser.enter(who)
        with self.coast.database.writing() as session:
            _, secret = tokens.make(session, "sweep", tuple(SCOPES), 1, by=who, now=datetime.now(UTC))
        program = Program(self.app.test_client(), secret)
        found: dict[str, set[str]] = {each: set() for each in words}
        for path in dict.fromkeys(["/inbox", *(path for each in words for path in self.addresses("/projects", each))]):
            _note(found, path, browser.get(path))
        for path in dict.fromkeys(path for each in words for path in self.addresses(f"{ROOT}/", each)):
            _note(found, path, program.get(path.removeprefix(ROOT)))
        return found


def _note(found: dict[str, set[str]], path: str, answer: TestResponse) -> None:
    for words, paths in found.items():
        if _holds(answer, words):
            paths.add(path)


def _asked(ending: str) -> tuple[str, ...]:
    return ASKED_WITH.get(ending, ())


def _holds(answer: TestResponse, words: str) -> bool:
    """Say whether an answer holds some words other than those that were searched for, which a page says back."""
    assert answer.status_code < 500, answer.request.path
    asked = words in answer.request.query_string.decode()
    told = answer.get_data().decode("utf-8", "replace")
    return words in (re.sub(rf'value="{words}"|“{words}[^”]*”|find={words}', "", told) if asked else told)
