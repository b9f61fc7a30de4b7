"""What static files lose on their way, and what they keep."""

import gzip
from pathlib import Path

import pytest

from tests.web.browsing import Browser
from workbench.settings import resource_root
from workbench.web import compression

STATIC = resource_root() / "static"
OURS = [path for path in sorted(STATIC.rglob("*")) if path.suffix in {".js", ".css"} and "vendor" not in path.parts]


def test_comments_with_lines_to_themselves_stay_at_home() -> None:
    script = '// @ts-check\n/** Says\n * so. */\nconst a = "/* no */"; // why\n  /* gone */\n'
    assert compression.bare(script, compression.COMMENTS[".js"]) == '\n\n\nconst a = "/* no */"; // why\n\n'
    style = "/* Gone. */\na { color: red; } /* beside */\n/* Gone. */\n"
    assert compression.bare(style, compression.COMMENTS[".css"]) == "\na { color: red; } /* beside */\n\n"
    style = "/* Gone,\n   both lines. */\na { color: red; } /* beside */\n"
    assert compression.bare(style, compression.COMMENTS[".css"]) == "\n\na { color: red; } /* beside */\n"


def test_what_may_be_inside_a_template_literal_stays() -> None:
    script = "const a = `\n// not a comment\n/* nor this */\n`;\n// one\n"
    assert compression.bare(script, compression.COMMENTS[".js"]) == script.replace("// one", "")


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_lines_keep_their_numbers(path: Path) -> None:
    text = path.read_text("utf-8")
    sent = compression.bare(text, compression.COMMENTS[path.suffix])
    for line, kept in zip(text.split("\n"), sent.split("\n"), strict=True):
        assert kept in (line, "")


def test_a_script_arrives_without_its_comments_and_a_vendored_one_as_it_is(mia: Browser) -> None:
    root = mia.client.application.static_url_path
    sent = mia.get(f"{root}/js/desk/acts.js", headers={"Accept-Encoding": "gzip"})
    arrived = gzip.decompress(sent.data).decode()
    assert "export function uuid()" in arrived
    assert "Return a version 4 UUID" not in arrived
    [vendored] = STATIC.glob("vendor/htmx-*.js")
    sent = mia.get(f"{root}/vendor/{vendored.name}", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(sent.data) == vendored.read_bytes()
