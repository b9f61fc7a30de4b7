"""Every page, of an empty and of a full project, as a browser without scripts sees it."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from flask import Flask

from tests.builders import Coast, project, take_texts
from tests.web.browsing import Browser
from tests.web.conftest import Seat
from tests.web.outline import Outline, checked
from workbench.formats import WRITERS
from workbench.services import jobs
from workbench.store import jobs as stored

PAGES = ("queue", "articles", "imports", "guidelines", "scheme", "export", "team", "questions", "items/1", "jobs")
PARTS = ("jobs", "guidelines/part")


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_a_full_project_is_well_formed_and_runs_nothing_inline(lena: Browser, page: str) -> None:
    checked(lena, f"/projects/coast/{page}")


@pytest.mark.parametrize("page", [page for page in PAGES if not page.startswith("items")])
def test_a_page_of_an_empty_project_says_what_to_do(lena: Browser, coast: Coast, page: str) -> None:
    project(coast.database, coast.lena, "dyke", "Dyke")
    checked(lena, f"/projects/dyke/{page}")


@pytest.mark.parametrize("path", ["/projects", "/account", "/nowhere"])
def test_a_page_outside_projects_is_well_formed(lena: Browser, path: str) -> None:
    checked(lena, path, 404 if path == "/nowhere" else 200)


def test_the_sign_in_page_is_well_formed(nobody: Browser) -> None:
    checked(nobody, "/sign-in?next=/projects")


@pytest.mark.parametrize("page", PAGES)
def test_a_viewer_sees_the_pages_that_are_theirs(app: Flask, seat: Seat, coast: Coast, page: str) -> None:
    answer = seat(coast.otto).get(f"/projects/coast/{page}")
    assert answer.status_code in {200, 403}
    if answer.status_code == 200:
        assert not Outline(answer.text).wrong


@pytest.mark.parametrize("part", PARTS)
def test_a_part_has_one_root_with_an_id(lena: Browser, part: str) -> None:
    found = checked(lena, f"/projects/coast/{part}")
    assert [root.get("id") is not None for root in found.roots] == [True]


def test_the_chosen_theme_is_in_the_page_itself(mia: Browser) -> None:
    assert '<html lang="en">' in mia.get("/projects/coast/queue").text
    mia.client.set_cookie("theme", "dark")
    assert '<html lang="en" data-theme="dark">' in mia.get("/projects/coast/queue").text
    mia.client.set_cookie("theme", '"><b>')
    assert '<html lang="en">' in mia.get("/projects/coast/queue").text


def test_somebody_with_one_project_starts_at_its_queue(mia: Browser) -> None:
    assert mia.get("/").location == "/projects/coast/queue"


def test_somebody_with_two_projects_chooses(lena: Browser, coast: Coast) -> None:
    project(coast.database, coast.lena, "dyke", "Dyke")
    assert lena.get("/").location == "/projects"
    assert {"Coast", "Dyke"} <= set(re.findall(r"\w+", lena.get("/projects").text))


@pytest.mark.parametrize("order", ["came", "worth"])
def test_the_queue_pages_through_hundreds_of_articles(lena: Browser, coast: Coast, order: str) -> None:
    take_texts(coast.database, coast.project, [f"Boat {n} lay at pier {n * 3}, berth {n * 7}." for n in range(120)])
    seen: list[str] = []
    path = f"/projects/coast/queue?show=waiting&order={order}"
    while path:
        page = lena.get(path).text
        seen += re.findall(r"/items/(\d+)\"", page)
        more = re.search(r'href="([^"]*after=[^"]*)"', page)
        path = more[1].replace("&amp;", "&") if more else ""
    assert len(set(seen)) == 123


def test_articles_are_found_by_title_whatever_is_typed(lena: Browser) -> None:
    for typed in ("%", "_", "\\", "'", '"><script>alert(1)</script>', "🚢", "x" * 5000):
        answer = lena.get("/projects/coast/articles", query_string={"find": typed})
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text


def test_a_page_number_that_is_none_is_the_first_page(lena: Browser) -> None:
    assert lena.get("/projects/coast/articles?after=abc").status_code == 200
    assert lena.get("/projects/coast/queue?after=-1&show=nonsense").status_code == 200


def test_what_people_wrote_is_shown_and_never_run(lena: Browser, coast: Coast) -> None:
    hostile = '<script>alert("x")</script><img src=x onerror=alert(1)> France'
    take_texts(coast.database, coast.project, [hostile])
    lena.post("/projects/coast/guidelines", {"body": f"# Rules\n\n{hostile}", "seen": "1"})
    lena.post("/projects/coast/team", {"name": "<b onclick=alert(1)>Pia</b>", "role": "viewer"})
    for page in ("queue", "articles", "guidelines", "team", "items/4"):
        checked(lena, f"/projects/coast/{page}")


def test_an_upload_becomes_an_import_and_a_suggestion_run(lena: Browser, coast: Coast) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("a.txt", "One boat.")
    archive.seek(0)
    form = {"files": [(archive, "boats.zip"), (io.BytesIO(b"Two boats."), "../../b.txt")]}
    answer = lena.post("/projects/coast/articles", form, content_type="multipart/form-data")
    assert answer.status_code == 303
    with coast.database.reading() as session:
        rows = jobs.listing(session, coast.seen_by(coast.lena))
    assert {row.kind for row in rows} == {"import", "suggest"}
    folder = next(row.payload["folder"] for row in rows if row.kind == "import")
    assert sorted(each.name for each in Path(folder).iterdir()) == ["b.txt", "boats.zip"]
    assert "waits for a worker" in lena.get("/projects/coast/jobs").text


def test_an_upload_of_nothing_says_what_to_choose(lena: Browser) -> None:
    answer = lena.post("/projects/coast/articles", {})
    assert answer.status_code == 422
    assert "Choose at least one file" in answer.text


def test_an_upload_that_is_too_large_is_refused_with_the_limit(app: Flask, lena: Browser) -> None:
    token = lena.token
    app.config["MAX_CONTENT_LENGTH"] = 1_000_000
    form = {"csrf_token": token, "files": (io.BytesIO(b"x" * 1_100_000), "big.txt")}
    answer = lena.client.post("/projects/coast/articles", data=form, content_type="multipart/form-data")
    assert answer.status_code == 413
    assert "At most 1 MB" in answer.text


def test_a_job_can_be_stopped_from_its_page(lena: Browser, coast: Coast) -> None:
    lena.post("/projects/coast/suggestions")
    with coast.database.reading() as session:
        [job] = stored.listing(session, coast.project.id)
    assert lena.post(f"/projects/coast/jobs/{job.id}/cancel").status_code == 303
    with coast.database.reading() as session:
        assert stored.listing(session, coast.project.id)[0].state == "cancelled"
    assert f"/projects/coast/jobs/{job.id}/again" in lena.get("/projects/coast/jobs").text


@pytest.mark.parametrize("fmt", sorted(WRITERS))
def test_records_are_sent_as_a_file(lena: Browser, fmt: str) -> None:
    answer = lena.get(f"/projects/coast/export/file?state=suggested&format={fmt}")
    assert answer.status_code == 200
    assert answer.data
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.mimetype == "application/octet-stream"


def test_a_state_or_format_that_does_not_exist_is_refused(lena: Browser) -> None:
    for query in ("state=golden", "format=word"):
        assert lena.get(f"/projects/coast/export/file?{query}").status_code == 422


def test_guidelines_that_somebody_else_changed_are_not_overwritten(lena: Browser) -> None:
    assert lena.post("/projects/coast/guidelines", {"body": "# Two", "seen": "1"}).status_code == 303
    answer = lena.post("/projects/coast/guidelines", {"body": "# Three", "seen": "1"})
    assert answer.status_code == 409
    assert "# Three" not in lena.get("/projects/coast/guidelines").text


def test_a_scheme_that_cannot_be_read_comes_back_with_what_is_wrong(lena: Browser) -> None:
    answer = lena.post("/projects/coast/scheme", {"source": "nonsense = [", "seen": "1"})
    assert answer.status_code == 422
    assert "This is no scheme" in answer.text
    assert "nonsense" in answer.text


@pytest.mark.parametrize("seen", ["", "abc", "1.5"])
def test_a_version_that_is_no_number_is_refused_politely(lena: Browser, seen: str) -> None:
    for page, field in (("guidelines", "body"), ("scheme", "source")):
        answer = lena.post(f"/projects/coast/{page}", {field: "x", "seen": seen})
        assert 400 <= answer.status_code < 500
