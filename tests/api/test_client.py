"""The Python client and the README's curl examples, against a bench that is served."""

import json
import re
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from waitress.server import create_server

from tests.api.calling import Program
from workbench.client import Client, Problem

README = Path(__file__).parents[2] / "README.md"


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    server = create_server(app, host="127.0.0.1", port=0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()


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
