"""Nothing decided at the desk is lost or counted twice, whatever breaks."""

import contextlib
import os
import signal
from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, Route, expect
from sqlalchemy import text

from tests.bench.generated import seat
from tests.bench.serving import free_port, served
from tests.browser.conftest import ARGS, CHROMIUM, Bench, here, reopened, saved, says, states

pytestmark = pytest.mark.browser


def applied(bench: Bench) -> Counter[str]:
    """Count the decisions in the server's log by object."""
    with bench.database.reading() as session:
        return Counter(session.scalars(text("SELECT oid FROM decision ORDER BY id")).all())


def profile(playwright: Playwright, folder: Path) -> BrowserContext:
    return playwright.chromium.launch_persistent_context(
        str(folder), executable_path=CHROMIUM, args=list(ARGS), viewport={"width": 1280, "height": 900}
    )


def kill(folder: Path) -> None:
    """Kill every process of the browser that keeps its profile in a folder, as a crash would."""
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            if entry.name.isdigit() and str(folder).encode() in (entry / "cmdline").read_bytes():
                os.kill(int(entry.name), signal.SIGKILL)


def test_forty_decisions_without_a_network_survive_the_death_of_the_browser(
    playwright: Playwright, bench: Bench, tmp_path: Path
) -> None:
    folder = tmp_path / "profile"
    browser = profile(playwright, folder)
    page = bench.open(browser)
    browser.set_offline(True)
    order = []
    for _ in range(40):
        order.append(here(page))
        page.keyboard.press("a")
    page.wait_for_selector('[data-desk="saving"]:text-is("Offline: 40 kept on this device")')
    kill(folder)
    with contextlib.suppress(Exception):
        browser.close()

    again = profile(playwright, folder)
    page = bench.open(again)
    expect(page.locator('[data-desk="left"]')).to_have_text("20 left")
    saved(page)
    again.close()
    assert applied(bench) == Counter(order)
    assert {oid for oid, placed in states(bench).items() if placed.status == "accepted"} == set(order)


def test_answers_that_never_arrive_duplicate_nothing(bench: Bench, desk: Page) -> None:
    cut = []

    def lose(route: Route) -> None:
        if len(cut) < 3:
            cut.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    desk.route("**/decisions", lose)
    for _ in range(30):
        desk.keyboard.press("a")
    saved(desk)
    assert cut == [200, 200, 200]
    assert len(applied(bench)) == sum(applied(bench).values()) == 30


def test_a_server_killed_amid_decisions_loses_none_and_doubles_none(context: BrowserContext, tmp_path: Path) -> None:
    place, port = seat(tmp_path, [(400, 40)]), free_port()
    base, page = f"http://127.0.0.1:{port}", context.new_page()
    for turn in range(2):
        with served(place.home, port) as (_, process, _):
            if not turn:
                page.goto(place.link(base))
                reopened(page, place.address(base, place.articles[0][0]))
            for _ in range(8):
                page.keyboard.press("a")
            process.kill()
            for _ in range(8):
                page.keyboard.press("a")
        assert page.inner_text('[data-desk="left"]') == f"{24 - 16 * turn} left"
    with served(place.home, port):
        page.evaluate("dispatchEvent(new Event('online'))")
        saved(page)
    with place.database.reading() as session:
        held = Counter(session.scalars(text("SELECT oid FROM decision")).all())
    place.database.dispose()
    assert (len(held), held.total()) == (32, 32)


def test_an_address_without_tls_keeps_and_saves_all_the_same(playwright: Playwright, bench: Bench) -> None:
    elsewhere = (*ARGS, "--host-resolver-rules=MAP plain.test 127.0.0.1")
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(elsewhere))
    context = browser.new_context()
    page = context.new_page()
    page.goto(bench.link().replace("127.0.0.1", "plain.test"))
    reopened(page, bench.desk.replace("127.0.0.1", "plain.test"))
    assert page.evaluate("[isSecureContext, 'locks' in navigator, 'randomUUID' in crypto]") == [False, False, False]
    context.set_offline(True)
    for _ in range(5):
        page.keyboard.press("a")
    page.wait_for_selector('[data-desk="saving"]:text-is("Offline: 5 kept on this device")')
    context.set_offline(False)
    reopened(page, page.url)
    saved(page)
    assert len(applied(bench)) == sum(applied(bench).values()) == 5
    browser.close()


def test_two_tabs_on_one_article_agree(bench: Bench, desk: Page, context: BrowserContext) -> None:
    other = reopened(context.new_page(), bench.desk)
    desk.keyboard.press("a")
    desk.keyboard.press("x")
    other.wait_for_selector('[data-desk="left"]:text-is("58 left")')
    other.bring_to_front()
    other.keyboard.press("n")
    other.keyboard.press("a")
    desk.wait_for_selector('[data-desk="left"]:text-is("57 left")')
    saved(desk)
    saved(other)
    assert sum(applied(bench).values()) == 3


def signed_out(desk: Page, context: BrowserContext) -> None:
    """Let the sign-in run out under somebody who decides something."""
    context.clear_cookies()
    desk.keyboard.press("a")
    desk.wait_for_selector('[data-desk="saving"][data-state="bad"]')
    assert "Sign in again" in desk.inner_text('[data-desk="saving"]')


def test_an_expired_sign_in_keeps_the_work_and_goes_on_by_itself(
    bench: Bench, desk: Page, context: BrowserContext
) -> None:
    signed_out(desk, context)
    desk.keyboard.press("a")
    assert not applied(bench)
    context.new_page().goto(bench.link())
    saved(desk)
    desk.keyboard.press("a")
    saved(desk)
    assert sum(applied(bench).values()) == 3


def test_the_sign_of_saving_opens_a_window_to_sign_in_beside_the_desk(
    bench: Bench, desk: Page, context: BrowserContext
) -> None:
    signed_out(desk, context)
    with context.expect_page() as window:
        desk.click('[data-desk="saving"]')
    window.value.wait_for_url("**/sign-in")
    window.value.goto(bench.link())
    window.value.close()
    saved(desk)
    assert sum(applied(bench).values()) == 1


def test_somebody_else_who_signs_in_sends_nothing_of_mine(bench: Bench, desk: Page, context: BrowserContext) -> None:
    signed_out(desk, context)
    other = context.new_page()
    with desk.expect_response(lambda answer: answer.url.endswith("/data") and answer.status == 403):
        other.goto(bench.link("Noor"))
    desk.wait_for_selector('[data-desk="saving"][data-state="bad"]')
    assert not applied(bench)
    context.clear_cookies()
    other.goto(bench.link())
    saved(desk)
    assert sum(applied(bench).values()) == 1


def test_a_decision_made_elsewhere_is_shown_and_settled_inline(
    bench: Bench, desk: Page, context: BrowserContext
) -> None:
    from tests.builders import decision

    first = states(bench)["e1"]
    toks = bench.coast.toks(bench.item, bench.coast.mia)
    bench.coast.decide(bench.item, bench.coast.mia, decision(first.item, "rejected", toks))
    desk.keyboard.press("a")
    desk.wait_for_selector('.detail .note.bad, [data-i="e1"].conflict')
    while here(desk) != "e1":
        desk.keyboard.press("k")
    desk.keyboard.press("1")
    saved(desk)
    assert states(bench)["e1"].status == "accepted"
    says(desk, "Kept yours")


def test_a_conflict_goes_to_the_lead_with_both_decisions(bench: Bench, desk: Page, context: BrowserContext) -> None:
    from tests.builders import decision

    first = states(bench)["e1"]
    toks = bench.coast.toks(bench.item, bench.coast.mia)
    bench.coast.decide(bench.item, bench.coast.mia, decision(first.item, "rejected", toks))
    desk.keyboard.press("a")
    desk.wait_for_selector('[data-i="e1"].conflict')
    while here(desk) != "e1":
        desk.keyboard.press("k")
    desk.keyboard.press("3")
    desk.wait_for_selector('[data-i="e1"]:not(.conflict)')
    saved(desk)
    assert states(bench)["e1"].status == "accepted"
    says(desk, "asked the lead")
    with bench.database.reading() as session:
        kinds = session.execute(text("SELECT kind, body FROM thread JOIN post ON thread.id = post.thread_id")).all()
    assert [tuple(each) for each in kinds] == [
        ("flag", "Which is right? Mia: GPE, accepted: “Madrid”. Mia: GPE, rejected: “Madrid”.")
    ]


def test_undo_reaches_back_over_a_reload(bench: Bench, desk: Page) -> None:
    desk.keyboard.press("!")
    saved(desk)
    reopened(desk, bench.desk)
    assert desk.inner_text('[data-desk="left"]') == "all decided"
    left = expect(desk.locator('[data-desk="left"]'))
    desk.keyboard.press("z")  # waits for the log, which comes after the article
    left.not_to_have_text("all decided")
    saved(desk)
    assert {placed.status for placed in states(bench).values()} == {"suggested"}
    desk.keyboard.press("Shift+Z")
    left.to_have_text("all decided")
    saved(desk)
    assert {placed.status for placed in states(bench).values()} == {"accepted"}
