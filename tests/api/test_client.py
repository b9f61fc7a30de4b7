"""The Python client and the README's curl examples, against a bench that is served."""

import json
import re
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.serving import make_server

from tests.api.calling import Program
from tests.builders import Coast
from tests.releasing import make as make_release
from tests.services.test_adjudication import disputed
from workbench.client import Client, Problem

README = Path(__file__).parents[2] / "README.md"


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


def test_the_client_reads_reviews_and_takes_out(address: str, lena: Program, tmp_path: Path) -> None:
    with Client(address, lena.secret) as bench:
        assert bench.account().name == "Lena"
        assert [each.slug for each in bench.projects()] == ["coast"]
        keys = [each.key for each in bench.articles("coast")]
        assert bench.article("coast", keys[0])["id"] == keys[0]
        item = bench.next_item("coast")
        assert item and bench.desk("coast", item).mine
        with pytest.raises(Problem) as refused:
            bench.finish("coast", item)
        assert refused.value.code == "unfinished"
        target = tmp_path / "suggested.jsonl"
        bench.export("coast", target, state="suggested")
        lines = target.read_bytes().splitlines()
        assert {json.loads(line)["id"] for line in lines} == set(keys)
        job = bench.job("coast", bench.predict("coast", "mine@1", lines).job)
        assert (job.kind, job.state) == ("import", "queued")


def test_the_client_asks_answers_settles_and_releases(
    address: str, lena: Program, mia: Program, coast: Coast, tmp_path: Path
) -> None:
    key = disputed(coast, {"e1": None}, {}, own=True)
    with Client(address, mia.secret) as bench:
        item = next(bench.queue("coast")).id
        thread = bench.begin_thread("coast", item, "@Lena is this one?", span=[0, 1])
    with Client(address, lena.secret) as bench:
        bench.answer("coast", thread, "It is.")
        assert [post.body for post in bench.threads("coast", open=False)[0].posts] == ["@Lena is this one?", "It is."]
        assert [each.thread_id for each in bench.inbox()] == [thread]
        assert [each.key for each in bench.cases("coast")] == [key]
        case = bench.case("coast", key)
        ruled = bench.rule("coast", case, case.conflicts[0].id, 0)
        assert ruled.left == 0
        bench.call("POST", f"/projects/coast/adjudication/{key}/finish", json={"version": ruled.version})
        told = bench.guidelines("coast")
        assert bench.change_guidelines("coast", "# New", seen=told.version).version == told.version + 1
        with pytest.raises(Problem) as late:
            bench.change_guidelines("coast", "# Late", seen=told.version)
        assert late.value.code == "unmatched"
        assert bench.board("coast").articles == 3
        assert bench.practice("coast").steps == []
        assert [each.person for each in bench.readers("coast")] == ["Mia", "Noor"]
        make_release(coast, "before")
        assert bench.download("coast", "before", tmp_path / "before.zip") > 500
        assert [each.name for each in bench.releases("coast")] == ["before"]
        job = bench.release("coast", "1.0").job
        assert bench.job("coast", job).kind == "release"
        assert bench.job("coast", bench.suggest("coast").job).state == "queued"


def test_the_examples_of_the_readme_work(address: str, lena: Program, tmp_path: Path) -> None:
    examples = re.findall(r"^curl .*(?:\\\n.*)*", README.read_text("utf-8"), re.MULTILINE)
    assert len(examples) >= 4
    (tmp_path / "articles.jsonl").write_text('{"text": "Norway lent a tug to the harbour on Monday."}\n')
    for example in examples:
        script = (
            f"BENCH={address}/api/v1\nTOKEN={lena.secret}\n{example.replace('curl ', 'curl --fail-with-body -sS ', 1)}"
        )
        done = subprocess.run(["sh", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, (example, done.stdout, done.stderr)
