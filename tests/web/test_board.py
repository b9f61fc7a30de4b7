"""The live board: sent when something has moved, and not otherwise."""

import re

from tests.builders import Coast
from tests.teams import read
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
