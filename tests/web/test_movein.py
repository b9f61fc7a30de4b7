"""Moving in from the browser, without a script: upload, look, choose, import, receipt, repairs."""

import io
import json
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from werkzeug.datastructures import MultiDict

from tests.builders import HARBOUR, Coast
from tests.web.browsing import Browser
from workbench.jobs import movein, tasks, worker
from workbench.jobs.tasks import Bench
from workbench.services import releases
from workbench.settings import Settings
from workbench.store import jobs
from workbench.store.jobs import JobRow

NEW = "Turkey and Greece sent a tug."
ROWS = [{"text": NEW, "label": [[0, 6, "country"], [25, 28, "MISC"]]}, {"text": HARBOUR, "label": [[0, 6, "country"]]}]
Work = Callable[[], None]


@pytest.fixture
def work(coast: Coast, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Work:
    """Let a worker do what there is to do now."""
    monkeypatch.setitem(tasks.TASKS, "suggest", lambda *_: "")

    def done() -> None:
        while worker.work_once(Bench(coast.database, settings), "tester"):
            pass

    return done


def upload(lena: Browser, *files: tuple[str, bytes]) -> str:
    form = {"files": [(io.BytesIO(content), name) for name, content in files]}
    answer = lena.post("/projects/coast/move-in", form, content_type="multipart/form-data")
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def jsonl(rows: list[dict]) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def choose(lena: Browser, path: str, **chosen: str) -> tuple[int, str]:
    page = lena.get(path).text
    rows = re.findall(r'name="theirs" value="([^"]+)"', page)
    ours = [re.search(r"<option value=\"(\w*)\" selected", part) for part in page.split('name="ours"')[1:]]
    pairs = [("theirs", each) for each in rows] + [("ours", each[1] if each else "") for each in ours]
    given = [("csrf_token", lena.token), *pairs, *chosen.items()]
    answer = lena.client.post(path, data=MultiDict(given))
    return answer.status_code, answer.text


def test_files_are_looked_at_chosen_and_brought_in(lena: Browser, coast: Coast, work: Work, home: Path) -> None:
    path = upload(lena, ("doccano.jsonl", jsonl(ROWS)))
    assert "The files wait for a worker" in lena.get(path).text
    work()
    page = lena.get(path).text
    assert "<strong>2 records</strong> with <strong>3 annotations</strong>" in page
    assert "doccano" in page
    assert '<option value="GPE" selected>' in page
    assert choose(lena, path, role="suggestions", suggester="old@1", remember="on")[0] == 303
    assert "These files are being brought in" in lena.get(path).text
    work()
    with coast.database.reading() as session:
        found = {each.text: each for each in releases.records(session, coast.project, "suggested")}
    assert found[NEW].layer.author == found[HARBOUR].layer.author == "old@1"
    receipt = lena.get("/projects/coast/imports").text
    assert "1 layer added" in receipt
    link = re.search(r'href="([^"]+repairs\.jsonl)"', receipt)
    assert link
    [row] = [json.loads(line) for line in lena.get(link[1]).text.splitlines()]
    assert (row["text"], row["what"]) == ("tug", "left out")
    assert list((home / "uploads").iterdir()) == []


def test_where_nothing_decides_what_offsets_count_a_person_does(lena: Browser, coast: Coast, work: Work) -> None:
    tied = jsonl([{"text": "🚢🚢 A B C D E", "label": [[5, 6, "GPE"]]}])
    path = upload(lena, ("doccano.jsonl", tied))
    work()
    assert re.search(r'id="unit" class="card" open>\s*<summary>.*\s*.*1 record reads as well', lena.get(path).text)
    assert lena.post(f"{path}/again", {"unit": "furlongs"}).status_code == 422
    assert lena.post(f"{path}/again", {"unit": "utf-16"}).status_code == 303
    assert lena.post(f"{path}/again", {"unit": "utf-8"}).status_code == 409
    work()
    assert 'id="unit" class="card">' in lena.get(path).text
    assert choose(lena, path, role="suggestions", suggester="old@1")[0] == 303
    work()
    with coast.database.reading() as session:
        [found] = [each for each in releases.records(session, coast.project, "suggested") if "🚢🚢" in each.text]
    assert [each.start for each in found.layer.entities] == [found.text.index("A")]
    path = upload(lena, ("more.jsonl", tied))
    work()
    assert '<option value="utf-16" selected>' in lena.get(path).text


def test_a_choice_that_cannot_be_keeps_the_page(lena: Browser, work: Work) -> None:
    path = upload(lena, ("doccano.jsonl", jsonl(ROWS)))
    work()
    status, page = choose(lena, path, role="suggestions", suggester=" ")
    assert status == 422
    assert "Name the suggester" in page
    assert choose(lena, path, role="plain")[0] == 303
    assert choose(lena, path, role="plain")[0] == 409


def test_files_that_nobody_confirms_are_removed(
    lena: Browser, coast: Coast, settings: Settings, work: Work, home: Path
) -> None:
    upload(lena, ("a.jsonl", jsonl(ROWS)))
    second = upload(lena, ("b.jsonl", jsonl(ROWS)))
    work()
    assert len(list((home / "uploads").iterdir())) == 2
    assert "wait for your word" in lena.get("/projects/coast/articles").text
    assert lena.post(f"{second}/cancel").status_code == 303
    assert len(list((home / "uploads").iterdir())) == 1
    with coast.database.reading() as session:
        due = [job for number in range(1, 9) if (job := _job(coast, number)) and job.kind == "forget"]
        assert not jobs.waiting(session, now=due[0].created_at, silent_since=due[0].created_at)
        later = due[0].created_at + timedelta(days=1, minutes=1)
        assert jobs.waiting(session, now=later, silent_since=later)
    assert movein.forget(Bench(coast.database, settings), due[0], lambda **_: None).startswith("Nobody confirmed")
    assert movein.forget(Bench(coast.database, settings), due[1], lambda **_: None).startswith("It was confirmed")
    assert list((home / "uploads").iterdir()) == []
    assert "These files are gone" in lena.get(second).text


def test_files_of_an_import_that_failed_are_removed_too(
    lena: Browser, coast: Coast, settings: Settings, work: Work, home: Path
) -> None:
    path = upload(lena, ("a.jsonl", jsonl(ROWS)))
    work()
    assert choose(lena, path, role="plain")[0] == 303
    found = [job for number in range(1, 9) if (job := _job(coast, number))]
    [of_look, of_import] = [job for job in found if job.kind == "forget"]
    [taking] = [job for job in found if job.kind == "import"]
    with coast.database.writing() as session:
        jobs.cancel(session, coast.project.id, taking.id, now=taking.created_at)
    bench = Bench(coast.database, settings)
    assert movein.forget(bench, of_look, lambda **_: None) == "It was confirmed or cancelled."
    assert movein.forget(bench, of_import, lambda **_: None) == "The import came to nothing; its files are removed."
    assert list((home / "uploads").iterdir()) == []
    assert "These files are gone" in lena.get(path).text


def _job(coast: Coast, number: int) -> JobRow | None:
    with coast.database.reading() as session:
        row = session.get(jobs.Job, number)
        return None if row is None else JobRow(**{name: getattr(row, name) for name in JobRow.__slots__})


def test_files_that_cannot_be_read_are_said_to_be(lena: Browser, work: Work) -> None:
    path = upload(lena, ("broken.jsonl", b"{broken\n"))
    work()
    page = lena.get(path).text
    assert "Nothing that can be read is in these files" in page
    assert "line 1" in page


def test_htmx_gets_the_part_and_a_browser_the_page(lena: Browser) -> None:
    path = upload(lena, ("a.jsonl", jsonl(ROWS)))
    assert lena.get(path, headers={"HX-Request": "true"}).text.lstrip().startswith('<section id="look"')
    assert "<title>" in lena.get(path).text


def test_no_file_is_no_upload(lena: Browser) -> None:
    answer = lena.post("/projects/coast/move-in", {}, content_type="multipart/form-data")
    assert answer.status_code == 422
