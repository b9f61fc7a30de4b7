"""What the web process carries, and what it never does: load a model, or call out."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

from tests.builders import Coast
from workbench.settings import Settings

ROOT = Path(__file__).parents[2]
HEAVY = {"spacy", "thinc", "numpy", "trafilatura", "playwright", "authlib", "procrastinate"}
VISIT = """
import re, sys
from datetime import UTC, datetime
from pathlib import Path

def refuse(event, arguments):
    if event in {"socket.getaddrinfo", "socket.gethostbyname"} or (
        event == "socket.connect" and isinstance(arguments[1], tuple)
    ):
        raise SystemExit(f"called out: {event} {arguments[1:]}")

sys.addaudithook(refuse)
import workbench.cli
from workbench.app import create_app
from workbench.services import people
from workbench.settings import Settings

home, url = Path(sys.argv[1]), sys.argv[2]
app = create_app(Settings(home=home, database_url=url, exports=home))
browser = app.test_client()
with app.extensions["workbench"].database.writing() as session:
    lena = people.find(session, "Lena")
    token = people.make_link(session, lena.id, "sign_in", now=datetime.now(UTC))
browser.get(f"/sign-in/{token}")
for page in ("queue", "next", "items/1", "items/1/data", "articles", "guidelines", "scheme", "export", "team"):
    answer = browser.get(f"/projects/coast/{page}")
    assert answer.status_code in {200, 303}, (page, answer.text)
assert browser.get("/projects/coast/export/file?state=suggested").status_code == 200
print(*sorted({name.split(".")[0] for name in sys.modules}))
"""


def test_pages_are_served_without_what_they_do_not_need_and_without_calling_out(
    coast: Coast, settings: Settings
) -> None:
    command = [sys.executable, "-c", VISIT, str(settings.home), settings.database_url]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    unused = {"psycopg"} if settings.embedded else set()
    assert not (HEAVY | unused) & set(done.stdout.split())


def test_the_main_job_calls_nobody(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("France offered two frigates to the harbour watch.")
    script = VISIT[: VISIT.index("from workbench.app")] + textwrap.dedent("""
        from workbench.cli import main
        for words in ("init", "import a.txt -p coast --create", "suggest -p coast", "doctor",
                      "export -p coast --state suggested -o out.jsonl"):
            main(words.split(), standalone_mode=False)
        """)
    environment = os.environ | {"WORKBENCH_HOME": str(tmp_path / "bench"), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "out.jsonl").stat().st_size > 500
