"""The desk as people with other eyes, hands and browsers meet it."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import Bench, here, reopened, saved, says, states

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[1] / "js" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


def violations(page: Page) -> list[str]:
    if not AXE.exists():
        pytest.skip("axe-core is not installed; run npm ci in tests/js")
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate(f"axe.run(document, {{runOnly: {{type: 'tag', values: {json.dumps(TAGS)}}}}})")
    return [f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in found["violations"]]


def test_labels_never_move_the_text_and_never_enter_it(desk: Page) -> None:
    before = desk.evaluate("document.querySelector('[data-p=\"0\"]').textContent")
    box = desk.locator('.m[data-i="e2"]').bounding_box()
    for key in ("1", "5", "x", "Shift+BracketRight", "z", "z"):
        desk.keyboard.press(key)
    assert desk.evaluate("document.querySelector('[data-p=\"0\"]').textContent") == before
    assert desk.locator('.m[data-i="e2"]').bounding_box() == box


def test_a_drag_or_a_double_click_adds_an_entity(bench: Bench, desk: Page) -> None:
    word = desk.evaluate(
        """() => { const p = document.querySelector('[data-p="18"]'); const walker = document.createTreeWalker(p, 4);
        let node; while ((node = walker.nextNode())) { const at = node.data.indexOf("again"); if (at < 0) continue;
        const range = document.createRange(); range.setStart(node, at); range.setEnd(node, at + 5);
        p.scrollIntoView({block: "center"}); const box = range.getBoundingClientRect();
        return [box.x + 8, box.y + box.height / 2]; } }"""
    )
    desk.mouse.dblclick(*word)
    desk.wait_for_selector('[data-desk="chooser"]:visible')
    desk.keyboard.press("9")
    saved(desk)
    added = [placed.item for placed in states(bench).values() if placed.item.by.origin == "added"]
    assert [(each.label, bench.coast.desk(1, bench.coast.mia).document.text[slice(*each.span)]) for each in added] == [
        ("EVENT", "again")
    ]


def test_words_are_chosen_and_labelled_without_a_mouse(bench: Bench, desk: Page) -> None:
    for key in ("i", "Control+ArrowRight", "Shift+ArrowRight", "t", "w", "e", "a", "Enter"):
        desk.keyboard.press(key)
    saved(desk)
    [added] = [placed.item for placed in states(bench).values() if placed.item.by.origin == "added"]
    assert added.label == "WEAPON"


def test_words_are_found_and_chosen_without_a_mouse(bench: Bench, desk: Page) -> None:
    desk.keyboard.press("/")
    desk.keyboard.type("patrol")
    assert desk.inner_text('[data-desk="find"] [role="status"]') == "1 of 2"
    assert desk.evaluate("[...CSS.highlights.get('found')].map(String)") == ["patrol", "patrol"]
    desk.keyboard.press("Enter")
    assert desk.inner_text('[data-desk="find"] [role="status"]') == "2 of 2"
    desk.keyboard.press("Control+Enter")
    desk.keyboard.press("9")
    saved(desk)
    [added] = [placed.item for placed in states(bench).values() if placed.item.by.origin == "added"]
    assert added.label == "EVENT"
    desk.keyboard.press("/")
    desk.keyboard.press("Escape")
    assert desk.locator('[data-desk="find"]').is_hidden()
    assert desk.evaluate("CSS.highlights.get('found').size") == 0


def test_an_edge_moves_by_characters_and_the_change_is_compared_with_the_proposal(bench: Bench, desk: Page) -> None:
    desk.keyboard.press("Shift+ArrowLeft")
    desk.keyboard.press("Control+Shift+ArrowRight")
    saved(desk)
    first = states(bench)["e1"].item
    assert bench.coast.desk(bench.item, bench.coast.mia).document.text[slice(*first.span)] == "adri"
    desk.keyboard.press("v")
    assert desk.locator(".compare li").all_inner_texts() == ["Country or city: “Madrid” → Country or city: “adri”"]


def test_the_actor_of_a_frame_is_picked_in_the_text_by_letters(bench: Bench, desk: Page) -> None:
    desk.keyboard.press("c")
    desk.keyboard.press("Escape")
    desk.keyboard.press("@")
    place = desk.locator('.m[data-i="e2"]').bounding_box()
    assert place
    letters = desk.evaluate(
        """([x, y]) => { const far = (sign) => Math.hypot(sign.offsetLeft - x, sign.offsetTop - y);
        return [...document.querySelectorAll("[data-hint]")].sort((a, b) => far(a) - far(b))[0].dataset.hint; }""",
        [place["x"], place["y"]],
    )
    desk.keyboard.type(letters)
    saved(desk)
    [frame] = [placed.item for placed in states(bench).values() if placed.item.kind == "commitment"]
    assert frame.slots["actor"] == "Lisbon"


def test_a_commitment_is_filled_in_by_keys_and_brings_its_stance(bench: Bench, desk: Page) -> None:
    desk.keyboard.press("c")
    desk.keyboard.type("Spain")
    desk.keyboard.press("Enter")
    desk.keyboard.press("a")
    desk.keyboard.press("3")
    desk.keyboard.press("a")
    desk.keyboard.press("7")
    desk.keyboard.press(".")
    desk.keyboard.press("a")
    saved(desk)
    [frame] = [placed for placed in states(bench).values() if placed.item.kind == "commitment"]
    slots = frame.item.slots
    assert (frame.status, slots["actor"], slots["type"], slots["status"]) == (
        "accepted", "Spain", "maritime", "announced",
    )  # fmt: skip
    desk.keyboard.press("k")
    while not here(desk).startswith("c-"):
        desk.keyboard.press("k")
    desk.keyboard.press("S")
    desk.keyboard.press("Control+Enter")
    saved(desk)
    [stance] = [placed for placed in states(bench).values() if placed.item.kind == "stance"]
    assert (stance.status, stance.item.slots["holder"], stance.item.slots["polarity"]) == (
        "accepted", "Spain", "supports",
    )  # fmt: skip


def test_the_same_decision_is_spread_after_its_contexts_were_shown(bench: Bench, desk: Page) -> None:
    desk.keyboard.press("1")
    desk.keyboard.press("p")
    assert desk.locator("dialog .context").all_inner_texts() == ["Lisbon repeated its promise to Madrid."]
    desk.keyboard.press("Enter")
    saved(desk)
    assert [placed.item.label for placed in states(bench).values() if placed.status == "accepted"] == ["PERSON"] * 2
    desk.keyboard.press("z")
    saved(desk)
    assert [placed.status for placed in states(bench).values()].count("accepted") == 1


def test_keys_can_be_changed_and_switched_off(desk: Page) -> None:
    desk.keyboard.press("?")
    desk.click('[aria-label="Change the key of: Accept"]')
    desk.keyboard.press("y")
    desk.click("dialog [aria-label=Close]")
    first = here(desk)
    desk.keyboard.press("a")
    assert here(desk) == first
    desk.keyboard.press("y")
    assert here(desk) != first
    desk.keyboard.press("?")
    desk.uncheck("dialog label:has-text('Keys that are a single sign') input")
    desk.click("dialog [aria-label=Close]")
    desk.keyboard.press("y")
    desk.keyboard.press("Control+z")
    assert here(desk) == first
    says(desk, "Undone")


def test_without_scripts_the_article_can_be_read(chromium: Browser, bench: Bench) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(bench.link())
    page.goto(bench.desk)
    assert "Madrid and Lisbon will send two frigates" in page.inner_text("article")
    assert "read only" in page.inner_text("article")
    context.close()


def test_what_is_finished_can_be_read_but_not_changed(bench: Bench, desk: Page) -> None:
    desk.keyboard.press("!")
    saved(desk)
    bench.coast.finish(bench.item, bench.coast.mia)
    reopened(desk, bench.desk)
    desk.keyboard.press("x")
    says(desk, "finished")
    assert {placed.status for placed in states(bench).values()} == {"accepted"}


def test_the_desk_asks_only_its_own_server_and_breaks_no_policy(bench: Bench, context: BrowserContext) -> None:
    asked: list[str] = []
    said: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    context.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    page = bench.open(context)
    for key in ("a", "f", "Escape", "s", "Escape", "Control+k", "Escape", "i", "Escape", "r"):
        page.keyboard.press(key)
        page.wait_for_timeout(40)
    assert said == []
    assert {url for url in asked if not url.startswith(bench.address)} == set()
