"""People of a large team are found while one types, by keyboard alone."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Bench
from tests.crowd import crowd
from workbench.core import pages


@pytest.fixture
def lead(bench: Bench, context: BrowserContext) -> Page:
    crowd(bench.coast)
    page = context.new_page()
    page.goto(bench.link("Lena"))
    return page


def test_names_to_give_articles_to_follow_what_is_typed(bench: Bench, lead: Page) -> None:
    lead.goto(f"{bench.address}/projects/coast/queue?order=came")
    lead.get_by_role("checkbox").first.check()
    field = lead.get_by_label("Give the ticked to")
    field.press_sequentially("reader 11")
    options = lead.locator("#reviewers option")
    expect(options).to_have_count(pages.FEW)
    expect(options.first).to_have_attribute("value", "Reader 110 Ost")
    assert field.evaluate("(field) => field.list.options.length") == pages.FEW
    field.press_sequentially("7")
    expect(options).to_have_count(1)
    field.fill("Reader 117 Ost")
    field.press("Enter")
    expect(lead.locator("main")).to_contain_text("for Reader 117 Ost")


def test_people_of_a_rule_are_ticked_one_search_after_the_other(bench: Bench, lead: Page) -> None:
    lead.goto(f"{bench.address}/projects/coast/plan")
    field, group = lead.get_by_label("Add people").last, lead.get_by_role("group", name="People of rule 1")
    for name in ("Reader 005 Ost", "Reader 117 Ost"):
        field.fill(name[:10])
        field.press("End")
        group.get_by_label(name).focus()
        lead.keyboard.press("Space")
    field.fill("noo")
    expect(group.get_by_label("Noor")).to_be_visible()
    expect(group.get_by_role("checkbox", checked=True)).to_have_count(2)
    lead.get_by_label(re.compile("^Outlets")).last.fill("Herald")
    group.get_by_label("Noor").check()
    lead.get_by_role("button", name="Change the plan").click()
    expect(lead.get_by_role("group", name="People of rule 1").get_by_role("checkbox", checked=True)).to_have_count(3)


def test_a_name_of_a_large_team_is_found_behind_an_at(bench: Bench, lead: Page) -> None:
    lead.goto(bench.link("Mia"))
    lead.goto(bench.desk)
    lead.wait_for_selector("[data-whole]")
    lead.keyboard.press("b")
    lead.keyboard.type("Is it one, @reader 11")
    options = lead.get_by_role("listbox", name="People of this project").get_by_role("option")
    expect(options).to_have_count(6)
    lead.keyboard.type("7")
    expect(options).to_have_count(1)
    lead.keyboard.press("Enter")
    expect(lead.get_by_label("Your words")).to_have_value("Is it one, @Reader 117 Ost ")
