"""What a ruling costs on an article of 50,000 tokens that six people read, against one of a hundred tokens."""

import re
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from time import process_time
from typing import Final

from tests.bench.measure import Line, at_most
from tests.builders import NOW, Coast, coast_in, opened, person, take
from tests.teams import all_items, crew, with_rules
from tests.web.browsing import Browser
from workbench.app import create_app
from workbench.core.annotation import Entity, layer_of
from workbench.core.record import layer_json
from workbench.services import settling
from workbench.settings import Settings
from workbench.store import adjudication as kept
from workbench.store import items, work
from workbench.store.engine import Database

SIZES: Final = {"short": (100, 40), "long": (50_000, 5_000)}
"""Tokens and spans of each article."""
READERS: Final = 6
RULINGS: Final = 9
AIM: Final = 5.0


def lines(folder: Path, count: int, model: str | None) -> list[Line]:
    """Rule on both articles through the addresses that a browser asks."""
    settings = Settings(home=folder, database_url=f"sqlite:///{folder / 'bench.db'}", exports=folder / "exports")
    database = Database(settings.database_url)
    database.upgrade()
    coast = coast_in(database)
    people = [each.id for each in (coast.mia, coast.noor, *crew(coast, READERS - 2))]
    browser = Browser(create_app(settings, database).test_client(), database)
    browser.enter(person(database, "Ada", "adjudicator", coast.project))
    with_rules(coast, readers=READERS)
    spent = {name: _ruling(browser, _disputed(coast, name, *size, people)) for name, size in SIZES.items()}
    database.dispose()
    tokens, spans = SIZES["long"]
    return [
        Line("a ruling on a short article with the page that follows, processor time", f"{spent['short']:.1f} ms"),
        Line(f"the same with {spans:,} spans in {tokens:,} tokens", f"{spent['long']:.1f} ms"),
        at_most("  ratio", spent["long"] / spent["short"], AIM, "times"),
    ]


def _disputed(coast: Coast, name: str, tokens: int, spans: int, people: Sequence[int]) -> str:
    """Let each of six people read every twentieth span differently from the others; return the article's address."""
    words = [f"{name}{n % 997}." if n % 20 == 19 else f"{name}{n % 997}" for n in range(tokens)]
    text, starts = " ".join(words), [0]
    for word in words:
        starts.append(starts[-1] + len(word) + 1)
    take(coast.database, coast.project, opened(f"{name}.txt", text))
    places, step = all_items(coast)[-READERS:], tokens // spans
    with coast.database.writing() as session:
        article = _item(coast, places[0])
        for number, (place, reader) in enumerate(zip(places, people, strict=True)):
            found = [
                Entity(f"e{n}", starts[n * step], starts[n * step + 1] - 2, "ORG" if n % 20 == number else "GPE")
                for n in range(spans)
            ]
            body = layer_json(layer_of(f"r{reader}", found), text)
            about = {"article_id": article, "kind": "reviewed", "author": f"r{reader}", "person_id": reader}
            [layer] = work.keep_layers(session, [about | {"body": body}], now=NOW)
            items.change_item(session, place, state="done", person_id=reader, layer_id=layer)
        settling.settle(session, coast.project, article, now=NOW)
        row = next(each for each in kept.listing(session, coast.project.id, "waiting") if each.article_id == article)
    return f"/projects/coast/adjudication/articles/{row.key}"


def _item(coast: Coast, number: int) -> int:
    with coast.database.reading() as session:
        found = items.item(session, coast.project.id, number)
    assert found
    return found.article_id


def _ruling(browser: Browser, address: str) -> float:
    """Return the milliseconds of processor time that one ruling takes with its answer, in the middle of several."""
    token, page, spent = browser.token, browser.get(address).text, []
    for _ in range(RULINGS):
        card = re.search(r'data-card="(\w+)" data-open', page)
        seen = re.search(r'name="seen" value="(\d+)"', page)
        assert card and seen
        form = {"csrf_token": token, "card": card[1], "choice": "0", "seen": seen[1]}
        before = process_time()
        page = browser.client.post(f"{address}/rule", data=form, headers={"HX-Request": "true"}).text
        spent.append(1000 * (process_time() - before))
    return median(spent)
