"""Logs: one JSON line an event, with its request's number and without anybody's words; and where a crash came from."""

import json
import subprocess
import sys
import textwrap

from tests.builders import Coast
from workbench.settings import Settings


def said(script: str, *words: str) -> tuple[int, str]:
    """Run a script; return how it ended and what it wrote to stderr."""
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script), *words], capture_output=True, text=True, check=False
    )  # fmt: skip
    return done.returncode, done.stderr


def test_a_mistake_is_one_line_of_json_with_the_number_of_its_request(settings: Settings, coast: Coast) -> None:
    code, told = said(
        """
        import sys
        from pathlib import Path
        from workbench import logs
        from workbench.app import create_app
        from workbench.settings import Settings

        logs.configure(as_json=True)
        app = create_app(Settings(home=Path(sys.argv[1]), database_url=sys.argv[2], exports=Path(sys.argv[1])))

        @app.get("/broken")
        def broken():
            secret = "business of nobody"[:8]
            raise ZeroDivisionError

        answer = app.test_client().get("/broken", headers={"X-Request-Id": "number-1"})
        sys.exit(answer.status_code != 500 or answer.headers["X-Request-Id"] != "number-1")
        """,
        str(settings.home),
        settings.database_url,
    )
    assert code == 0, told
    [line] = told.splitlines()
    event = json.loads(line)
    assert (event["request_id"], event["event"], event["level"]) == ("number-1", "web.error", "error")
    assert "ZeroDivisionError" in event["exception"]
    assert "business" not in line


def test_a_crash_of_the_interpreter_says_where_it_was() -> None:
    code, told = said(
        "from workbench import logs; logs.configure(as_json=True); import faulthandler; faulthandler._sigsegv()"
    )
    assert code < 0
    assert "Fatal Python error: Segmentation fault" in told and 'File "<string>", line 1' in told
