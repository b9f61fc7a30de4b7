"""An article to read: its frames beside their evidence, for eyes, keys, narrow screens and paper."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import text

from tests.browser.conftest import Bench, served
from tests.browser.test_desk_page import violations
from tests.builders import Coast, coast_of, opened, person, project, suggest, take, take_texts
from workbench.core.annotation import By, Document, Entity, Frame, Layer, Span, layer_of
from workbench.store.engine import Database

pytestmark = pytest.mark.browser

TEXT = (
    "Ships for Turku\nFrance spoke first. France will send two frigates to Turku.\n"
    "Others listened. Spain objects to it.\n"
)


class Framer:
    """A suggester that proposes a commitment and a stance."""

    name = "framer@1"

    def suggest(self, articles: Iterable[Document], *, processes: int = 1) -> Iterator[Layer]:
        """Propose what the text says."""
        return iter([self._layer(each.text) for each in articles])

    def _layer(self, words: str) -> Layer:
        by = By(suggester=self.name, score=0.8)
        found: list[Entity | Frame] = [
            Entity(f"e{at}", at, at + len(name), "GPE", name, by=by)
            for name in ("France", "Spain", "Turku") if (at := words.find(name)) >= 0
        ]  # fmt: skip
        for kind, start, slots in (
            ("commitment", words.find("France will"), {"actor": "France", "type": "maritime", "status": "announced"}),
            ("stance", words.find("Spain objects"), {"holder": "Spain", "target": "deployment", "polarity": "oppose"}),
        ):
            if start >= 0:
                evidence = Span(start, words.index(".", start) + 1)
                found.append(Frame(kind, f"{kind[0]}1", {**slots, "evidence": evidence}, by=by))  # type: ignore[arg-type]
        return layer_of(self.name, found)


def two_frames(database: Database) -> Coast:
    made = project(database, person(database, "Lena"))
    for name in ("Mia", "Noor"):
        person(database, name, "reviewer", made)
    person(database, "Otto", "viewer", made)
    take(database, made, opened("ships.txt", TEXT))
    suggest(database, made, Framer())  # type: ignore[arg-type]
    return coast_of(database)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with served(tmp_path, two_frames) as made:
        made.item = made.coast.next(made.coast.mia)
        yield made


def article(bench: Bench, page: Page, who: str = "Lena") -> Page:
    """Open the article of the bench for reading."""
    with bench.database.reading() as session:
        key = session.scalar(text("SELECT key FROM article ORDER BY id LIMIT 1"))
    page.goto(bench.link(who))
    page.goto(f"{bench.address}/projects/coast/articles/{key}")
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_an_article_to_read_violates_no_guideline(
    chromium: Browser, bench: Bench, scheme: Literal["light", "dark"], width: int
) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 860}, color_scheme=scheme, bypass_csp=True
    )  # fmt: skip
    page = article(bench, context.new_page())
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_an_article_has_one_heading_and_its_frames_beside_their_evidence(bench: Bench, context: BrowserContext) -> None:
    page = article(bench, context.new_page())
    expect(page.locator("h1")).to_have_count(1)
    assert page.locator("[data-frame]").count() == 2
    first = page.locator('.prose a[href="#frame-1"]').bounding_box()
    card = page.locator("#frame-1").bounding_box()
    assert first and card
    assert card["x"] > first["x"]
    passage = page.locator(".passage", has=page.locator("#frame-1")).bounding_box()
    assert passage
    assert passage["y"] <= first["y"] <= passage["y"] + passage["height"]


def test_the_evidence_of_the_frame_that_keys_went_to_stands_out(bench: Bench, context: BrowserContext) -> None:
    page = article(bench, context.new_page())
    page.keyboard.press("j")
    expect(page.locator("#frame-1")).to_be_focused()
    lit = page.locator(".evidence.lit")
    assert "".join(lit.all_text_contents()) == "France will send two frigates to Turku."
    page.keyboard.press("j")
    expect(page.locator("#frame-2")).to_be_focused()


def test_a_link_leads_to_a_passage_and_to_the_article_after_it(bench: Bench, context: BrowserContext) -> None:
    take_texts(bench.database, bench.coast.project, ("Another article was brought in later.",))
    page = article(bench, context.new_page())
    here = page.locator(".prose p a.here").last
    here.focus()
    here.press("Enter")
    expect(page.locator(".prose :target")).to_be_in_viewport()
    page.locator('a[rel="next"]').click()
    expect(page.locator(".prose")).to_contain_text("Another article was brought in later.")
    expect(page.locator('a[rel="prev"]')).to_have_count(1)


def test_on_paper_the_frames_of_the_desk_follow_the_text(bench: Bench, desk: Page) -> None:
    desk.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(desk.locator(".on-paper li")).to_have_count(2)
    expect(desk.locator(".on-paper li").first).to_contain_text("Commitment, suggested. actor: France")
    desk.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(desk.locator(".on-paper")).to_have_count(0)
