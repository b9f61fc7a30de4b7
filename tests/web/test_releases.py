"""Releases in the browser."""

import io
import zipfile

import pytest
from sqlalchemy import update

from tests.builders import Coast
from tests.releasing import finish, make
from tests.web.browsing import Browser
from tests.web.conftest import Seat
from workbench.core.release import Wishes
from workbench.services import releases
from workbench.store.schema.releases import ReleaseRecord

AT = "/projects/coast"
FORM = {"name": "2026-03", "split": "80/10/10", "seed": "1", "licence": "CC0-1.0"}


def test_a_lead_makes_a_release_and_sees_it(coast: Coast, lena: Browser) -> None:
    finish(coast, 2)
    assert "Make a release of 2 gold articles" in lena.get(f"{AT}/export").text
    answer = lena.post(f"{AT}/releases", FORM | {"layers": "on"}, follow_redirects=True)
    assert answer.status_code == 200
    page = answer.text
    assert "<h1>Release 2026-03</h1>" in page
    assert "2026-03 is released." in page
    assert "CC0-1.0 2" in page
    assert "To be filled in by people" in page
    with coast.database.reading() as session:
        row = releases.find(session, coast.project, "2026-03")
    assert row.person == "Lena"
    assert row.manifest_sha256 in page
    assert 'href="/projects/coast/releases/2026-03"' in lena.get(f"{AT}/export").text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": "../x"}, "cannot name a release"),
        ({"name": ""}, "cannot name a release"),
        ({"split": "9"}, "is no split"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(coast: Coast, lena: Browser, wrong: dict, said: str) -> None:
    finish(coast)
    answer = lena.post(f"{AT}/releases", FORM | wrong)
    assert answer.status_code == 422
    assert said in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert 'value="CC0-1.0"' in answer.text


def test_a_name_that_is_taken_and_a_project_without_gold(coast: Coast, lena: Browser) -> None:
    assert "no gold to release" in lena.post(f"{AT}/releases", FORM).text
    finish(coast)
    lena.post(f"{AT}/releases", FORM)
    answer = lena.post(f"{AT}/releases", FORM)
    assert (answer.status_code, "never changed" in answer.text) == (422, True)


def test_much_is_released_by_a_worker(coast: Coast, lena: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbench.web.releases.AT_ONCE", 0)
    finish(coast)
    answer = lena.post(f"{AT}/releases", FORM, follow_redirects=True)
    assert "1 article is being released" in answer.text
    assert "<strong>Release</strong>" in lena.get(f"{AT}/articles").text


def test_a_release_is_downloaded_in_every_form(coast: Coast, lena: Browser) -> None:
    finish(coast)
    make(coast, wishes=Wishes(layers=True))
    answer = lena.get(f"{AT}/releases/1.0/file")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="coast-1.0.zip"'
    with zipfile.ZipFile(io.BytesIO(answer.data)) as packed:
        assert b'"layers"' not in packed.read("coast-1.0/gold.jsonl")
    with zipfile.ZipFile(io.BytesIO(lena.get(f"{AT}/releases/1.0/file?layers=on&no_text=on").data)) as packed:
        line = packed.read("coast-1.0/gold.jsonl")
    assert b'"layers"' in line
    assert b'"text":' not in line
    with zipfile.ZipFile(io.BytesIO(lena.get(f"{AT}/releases/1.0/file?format=conll").data)) as packed:
        assert "coast-1.0/converted/conll-gold.conll" in packed.namelist()


def test_hashes_are_computed_again_on_request(coast: Coast, lena: Browser) -> None:
    finish(coast)
    make(coast)
    assert "are what was released" in lena.get(f"{AT}/releases/1.0?check=1").text
    with coast.database.writing() as session:
        session.execute(update(ReleaseRecord).values(line=b"{}"))
    page = lena.get(f"{AT}/releases/1.0?check=1").text
    assert "This is not what was released." in page
    assert "was changed" in page


def test_what_changed_is_shown_and_given_as_json(coast: Coast, lena: Browser) -> None:
    finish(coast)
    make(coast, "1")
    finish(coast)
    make(coast, "2")
    page = lena.get(f"{AT}/releases/2/changes?since=1").text
    assert "1 of 2 articles unchanged" in page
    assert '<span class="badge ok">added</span>' in page
    told = lena.get(f"{AT}/releases/2/changes?since=1&as=json").json
    assert told["counts"] == [{"kind": "article", "added": 1, "removed": 0, "changed": 0}]
    assert lena.get(f"{AT}/releases/2/changes?since=nothing").status_code == 404


def test_a_withdrawal_needs_a_reason_and_is_seen_by_all(coast: Coast, lena: Browser) -> None:
    finish(coast)
    make(coast)
    assert lena.post(f"{AT}/releases/1.0/withdraw", {"why": " "}).status_code == 422
    page = lena.post(f"{AT}/releases/1.0/withdraw", {"why": "Wrong <b>dates</b>."}, follow_redirects=True).text
    assert "Wrong &lt;b&gt;dates&lt;/b&gt;." in page
    assert "Withdraw this release" not in page
    assert '<span class="badge bad">withdrawn</span>' in lena.get(f"{AT}/export").text
    assert lena.post(f"{AT}/releases/1.0/withdraw", {"why": "Again."}).status_code == 409


def test_the_words_for_data_sheets_are_kept(coast: Coast, lena: Browser) -> None:
    assert "For what purpose was it made" in lena.get(f"{AT}/data-sheet").text
    page = lena.post(
        f"{AT}/data-sheet", {"seen": 0, "motivation": "A <script>thesis</script>."}, follow_redirects=True
    ).text
    assert "still lacks people’s words on: Composition" in page
    assert "A &lt;script&gt;thesis" in lena.get(f"{AT}/data-sheet").text
    assert lena.post(f"{AT}/data-sheet", {"seen": 0, "uses": "Any."}).status_code == 409
    finish(coast)
    make(coast)
    assert "<script>thesis" not in lena.get(f"{AT}/releases/1.0").text


def test_reviewers_and_strangers_see_no_releases(coast: Coast, mia: Browser, nobody: Browser) -> None:
    finish(coast)
    make(coast)
    for path in ("releases/1.0", "releases/1.0/file", "releases/1.0/changes?since=1.0", "data-sheet"):
        assert mia.get(f"{AT}/{path}").status_code == 403
        assert nobody.get(f"{AT}/{path}").status_code == 303
    for path in ("releases", "releases/1.0/withdraw", "data-sheet"):
        assert mia.post(f"{AT}/{path}", FORM).status_code == 403
    assert mia.get("/projects/other/releases/1.0").status_code == 404


def test_who_may_export_but_not_settle_reads_releases_only(coast: Coast, seat: Seat) -> None:
    from tests.builders import person

    ada = person(coast.database, "Ada", "adjudicator", coast.project)
    finish(coast)
    make(coast)
    browser = seat(ada)
    page = browser.get(f"{AT}/releases/1.0").text
    assert "Withdraw this release" not in page
    assert "Make a release" not in browser.get(f"{AT}/export").text
    assert browser.post(f"{AT}/releases", FORM).status_code == 403
    assert browser.post(f"{AT}/releases/1.0/withdraw", {"why": "x"}).status_code == 403
