"""Pages of a project that has more than a page of everything: each shows its page, and leads on to the rest."""

import re
from html import unescape

import pytest

from tests.builders import Coast
from tests.crowd import ARTICLES, READERS, crowd
from tests.web.browsing import Browser
from workbench.core import pages
from workbench.services import overlap

AT = "/projects/coast"


@pytest.fixture
def keys(coast: Coast) -> list[str]:
    return crowd(coast)


def walked(browser: Browser, path: str, row: str, word: str = f"Next {pages.SIZE}") -> list[list[str]]:
    """Follow a list to its end, and return what its rows say, page by page."""
    found = []
    while path and len(found) < 9:
        page = browser.get(path).text
        found.append(re.findall(row, page))
        more = re.search(f'href="([^"]+)">{word}<', page)
        path = unescape(more[1]) if more else ""
    return found


def lengths(found: list[list[str]]) -> list[int]:
    rows = [each for page in found for each in page]
    assert len(set(rows)) == len(rows), "nothing comes twice"
    return [len(page) for page in found]


@pytest.mark.parametrize(
    ("path", "row", "word", "rows"),
    [
        ("plan", r'name="a_day-(\d+)"', f"Next {pages.SIZE} people", READERS + 3),
        ("plan", r"<tr><th[^>]*><a href=[^>]*/articles/([^\"]+)", "Older", ARTICLES),
        ("training", r'name="keys" value="([^"]+)"', f"Next {pages.SIZE} articles", ARTICLES),
        ("training", r"<tr><th scope=.row.>([^<]+)</th>", f"Next {pages.SIZE} people", READERS + 3),
        ("adjudication", r"adjudication/articles/([^\"]+)\" data-row", f"Next {pages.SIZE}", ARTICLES),
        ("parked", r"<h2><a href=[^>]*/articles/([^\"]+)", f"Next {pages.SIZE}", ARTICLES),
    ],
    ids=["quotas", "skips", "exercises", "results", "adjudication", "parked"],
)
@pytest.mark.usefixtures("keys")
def test_a_list_goes_page_by_page_to_its_last_row(lena: Browser, path: str, row: str, word: str, rows: int) -> None:
    whole, rest = divmod(rows, pages.SIZE)
    assert lengths(walked(lena, f"{AT}/{path}", row, word)) == [pages.SIZE] * whole + [rest]


@pytest.mark.usefixtures("keys")
def test_no_page_has_a_name_for_each_reader_of_a_large_team(lena: Browser) -> None:
    for path in ("queue", "plan", "training", "adjudication"):
        assert len(re.findall(r"Reader \d+ Ost", lena.get(f"{AT}/{path}").text)) <= 4 * pages.SIZE + 1
    assert "Reader 000 Ost" not in lena.get(f"{AT}/queue").text


@pytest.mark.usefixtures("keys")
def test_names_to_give_to_are_found_as_they_are_typed(lena: Browser, mia: Browser) -> None:
    found = lena.get(f"{AT}/reviewers?to=reader 01").text
    assert re.findall(r'value="([^"]+)"', found) == [f"Reader {n:03} Ost" for n in range(10, 10 + pages.FEW)]
    assert len(re.findall("<option", lena.get(f"{AT}/reviewers?to=OST").text)) == pages.FEW
    assert re.findall(r'value="([^"]+)"', lena.get(f"{AT}/reviewers?to=011").text) == ["Reader 011 Ost"]
    assert "<option" not in lena.get(f"{AT}/reviewers?to=eader").text, "a word of the name begins so"
    assert mia.get(f"{AT}/reviewers").status_code == 403


@pytest.mark.usefixtures("keys")
def test_a_name_that_may_be_several_is_asked_for_whole(coast: Coast, lena: Browser) -> None:
    [item, *_] = re.findall(r'name="item" value="(\d+)"', lena.get(f"{AT}/queue?order=came").text)
    refused = lena.post(f"{AT}/queue/give", {"item": item, "to": "Reader 11"})
    assert refused.status_code == 422
    assert "“Reader 11” may be Reader 110 Ost, Reader 111 Ost," in refused.text
    assert "and others; write the whole name." in refused.text
    given = lena.post(f"{AT}/queue/give", {"item": item, "to": "reader 110 ost"}, follow_redirects=True)
    assert "1 article given to Reader 110 Ost." in given.text
    assert "for Reader 110 Ost" in lena.get(f"{AT}/queue?order=came").text


@pytest.mark.usefixtures("keys")
def test_people_of_a_rule_are_looked_for_and_stay_ticked_meanwhile(coast: Coast, lena: Browser) -> None:
    form = {"lane-1-people": [coast.noor.id], "lane-1-find": "reader 00"}
    part = lena.post(f"{AT}/plan/people?lane=1", form).text
    assert re.findall(r"checked><span>([^<]+)", part) == ["Noor"]
    assert len(re.findall(r"\d+\"><span>Reader", part)) == pages.FEW
    assert "and others: type more of the name" in part


@pytest.mark.usefixtures("keys")
def test_people_of_a_rule_can_be_named_without_scripts_and_a_refusal_keeps_what_was_typed(
    coast: Coast, lena: Browser
) -> None:
    said = {"order": "oldest", "seen": "0", "lane-1-find": "Noor, Reader 1", "lane-1-outlets": "Herald"}
    refused = lena.post(f"{AT}/plan", said)
    assert refused.status_code == 422
    assert "“Reader 1” may be Reader 100 Ost" in refused.text
    assert 'value="Noor, Reader 1"' in refused.text
    assert 'value="Herald"' in refused.text
    assert lena.post(f"{AT}/plan", said | {"lane-1-find": "Noor, Reader 100 Ost"}).status_code == 303
    with coast.database.reading() as session:
        [lane] = overlap.rules(session, coast.project.id).rules.lanes
    assert len(lane.people) == 2
    assert re.findall(r"checked><span>([^<]+)", lena.get(f"{AT}/plan").text) == ["Noor", "Reader 100 Ost"]


@pytest.mark.usefixtures("keys")
def test_quotas_are_found_by_name_and_set_on_a_later_page(coast: Coast, lena: Browser) -> None:
    page = lena.get(f"{AT}/plan?find=117").text
    [number] = re.findall(r'name="a_day-(\d+)"', page)
    answer = lena.post(f"{AT}/plan/quotas?find=117", {f"a_day-{number}": "3"})
    assert answer.location == f"{AT}/plan?find=117#quotas"
    assert 'value="3" aria-label="Most a day: Reader 117 Ost"' in lena.get(answer.location).text
    assert "Nobody found" in lena.get(f"{AT}/plan?find=zzz").text


@pytest.mark.usefixtures("keys")
def test_names_behind_an_at_are_few_whatever_the_team(coast: Coast, mia: Browser) -> None:
    some = mia.get(f"{AT}/mentionable").json
    assert some and (len(some["names"]), some["all"]) == (pages.FEW, False)
    assert mia.get(f"{AT}/mentionable?begun=reader 119").json == {"names": ["Reader 119 Ost"], "all": True}
