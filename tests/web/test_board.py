"""The live board: sent when something has moved, and not otherwise."""

import re

from tests.builders import Coast
from tests.teams import read, with_rules
from tests.web.browsing import Browser

LIVE = "/projects/coast/board/live"


def test_what_has_not_moved_is_not_sent_again(lena: Browser, coast: Coast) -> None:
    page = lena.get("/projects/coast/board").text
    told = re.search(r'"If-None-Match": "\\"(\w+)\\""', page)
    assert told
    have = {"If-None-Match": f'"{told[1]}"', "HX-Request": "true"}
    same = lena.get(LIVE, headers=have)
    assert (same.status_code, same.data) == (304, b"")
    read(coast, coast.mia)
    moved = lena.get(LIVE, headers=have)
    assert moved.status_code == 200
    assert moved.text.strip().startswith('<div id="live"')
    assert moved.headers["ETag"] not in {"", f'"{told[1]}"'}
    assert "1 of 3" in moved.text


def test_reviewers_see_their_own_work_alone(lena: Browser, mia: Browser, coast: Coast) -> None:
    read(coast, coast.noor)
    assert ">Noor<" in lena.get(LIVE).text
    assert ">Noor<" not in mia.get(LIVE).text


def test_every_figure_of_agreement_leads_to_passages_that_differ(lena: Browser, coast: Coast) -> None:
    with_rules(coast, readers=2, merge="majority")
    read(coast, coast.mia, {"e1": {"actor": "Paris", "actor_id": None}, "e2": None, "c1": None, "s1": None})
    read(coast, coast.noor)
    page = lena.get("/projects/coast/board/figures", headers={"HX-Request": "true"}).text
    section = page[page.index('id="agreement"') : page.index('id="proposals"')]
    rows = re.findall(r"<tr>(?!<th scope=\"col).*?</tr>", section, re.S)
    figures = [cell for row in rows for cell in re.findall(r"<td data-head.*?</td>", row, re.S)]
    assert len(figures) == 15
    led = [each.replace("&amp;", "&") for each in re.findall(r'href="([^"]*passages[^"]*)"', section)]
    assert len([each for each in led if "left=" in each]) == 15
    empty = [each for each in led if "<mark" not in lena.get(each).text]
    assert [f"left=r{coast.noor.id}&right=suggester" in each for each in empty] == [True] * 5


def test_agreement_over_time_leads_to_the_passages_of_its_week(lena: Browser, coast: Coast) -> None:
    with_rules(coast, readers=2, merge="majority")
    read(coast, coast.mia, {"e1": {"label": "ORG"}})
    read(coast, coast.noor)
    page = lena.get("/projects/coast/board/drift?question=entities&by=week")
    [address, *_] = [each.replace("&amp;", "&") for each in re.findall(r'href="([^"]*passages[^"]*)"', page.text)]
    assert "from=2026-03-02" in address
    assert "until=2026-03-09" in address
    assert "France" in lena.get(address).text
    assert "France" not in lena.get(address.replace("2026-03-0", "2026-02-0")).text
    pair = f"r{coast.mia.id} r{coast.noor.id}"
    assert f"left=r{coast.mia.id}" in lena.get(f"/projects/coast/board/drift?pair={pair}").text
    assert lena.get("/projects/coast/board/drift?by=year").status_code == 422
    assert lena.get("/projects/coast/board/passages?question=entities&from=x&until=y").status_code == 422
