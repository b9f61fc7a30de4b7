"""What static files lose on their way, and what they keep."""

import gzip
import re

import pytest

from tests.web.browsing import Browser
from workbench.settings import resource_root
from workbench.web import bundles

STATIC = resource_root() / "static"
SCRIPTS = sorted(path.relative_to(STATIC).as_posix() for path in STATIC.glob("js/**/*.js"))
IMPORTED = re.compile(r'import\{([^}]*)\}from"./main.js"')


def arrived(browser: Browser, name: str) -> str:
    root = browser.client.application.static_url_path
    sent = browser.get(f"{root}/{name}", headers={"Accept-Encoding": "gzip"})
    return gzip.decompress(sent.data).decode()


def test_a_script_arrives_without_its_comments_and_a_vendored_one_as_it_is(mia: Browser) -> None:
    assert "export function places(" in arrived(mia, "js/desk/find.js")
    assert "List where words stand" not in arrived(mia, "js/desk/find.js")
    [vendored] = STATIC.glob("vendor/htmx-*.js")
    assert arrived(mia, f"vendor/{vendored.name}") == vendored.read_text("utf-8")


def test_a_browser_that_reads_no_compression_gets_the_sources(mia: Browser) -> None:
    root = mia.client.application.static_url_path
    assert mia.get(f"{root}/js/desk/main.js").data == (STATIC / "js/desk/main.js").read_bytes()


def test_the_first_bundle_of_the_desk_imports_nothing_before_it_is_ready(mia: Browser) -> None:
    script = arrived(mia, "js/desk/main.js")
    assert re.findall(r"\bimport\b[^;]*", script) == ['import("./later.js")']


def test_the_later_bundle_takes_from_the_first_what_that_exports(mia: Browser) -> None:
    found = IMPORTED.search(arrived(mia, "js/desk/later.js"))
    assert found
    assert f"export{{{found[1]}}}" in arrived(mia, "js/desk/main.js")


def test_every_module_of_the_desk_goes_out_in_one_bundle_and_once(mia: Browser) -> None:
    both = arrived(mia, "js/desk/main.js") + arrived(mia, "js/desk/later.js")
    modules = [name for name in SCRIPTS if name.startswith("js/desk/")]
    names = [
        re.findall(r"^export (?:async )?(?:function|class|const) (\w+)", (STATIC / name).read_text(), re.M)
        for name in modules
    ]
    assert names
    for exported in filter(None, names):
        assert len(re.findall(rf"return\{{{','.join(exported)}\}}", both)) == 1


@pytest.mark.parametrize("name", SCRIPTS)
def test_imports_and_exports_are_written_as_bundles_read_them(name: str) -> None:
    for line in (STATIC / name).read_text("utf-8").splitlines():
        if line.startswith("import "):
            assert bundles._IMPORT.fullmatch(line)
        if line.startswith("export "):
            assert bundles._EXPORT.match(line)


def test_a_style_sheet_holds_those_that_it_imports(mia: Browser) -> None:
    sheet = arrived(mia, "css/review.css")
    assert "@import" not in sheet
    assert "--page" in sheet


@pytest.mark.parametrize(
    ("name", "most"), [("js/desk/main.js", 15_000), ("css/review.css", 8_000)], ids=["scripts", "styles"]
)
def test_what_the_desk_waits_for_is_small(mia: Browser, name: str, most: int) -> None:
    root = mia.client.application.static_url_path
    sent = mia.get(f"{root}/{name}", headers={"Accept-Encoding": "gzip"})
    assert len(sent.data) <= most


TOKEN = re.compile(r"//[^\n]*|/\*.*?\*/|\"(?:\\.|[^\"\\\n])*\"|\\.|\$\{|[`{}]", re.DOTALL)


def nested(script: str) -> list[str]:
    """Return the lines on which a template literal opens inside another."""
    found, open_ = [], []
    for token in TOKEN.finditer(script):
        inside = bool(open_) and open_[-1] == "`"
        if token[0] == "`" and not inside:
            if "`" in open_:
                found.append(script[: token.start()].rpartition("\n")[2])
            open_.append("`")
        elif token[0] == ("`" if inside else "}"):
            open_ = open_[:-1]
        elif token[0] == "${" if inside else token[0] == "{":
            open_.append("{")
    return found


def test_a_template_literal_inside_another_is_found() -> None:
    assert nested("a(`b`, {}, `${c ? `d` : 1}`)") == ["a(`b`, {}, `${c ? "]
    assert nested("a(`b ${c({ d: 1 })} e`, `f`)") == []


@pytest.mark.parametrize("name", SCRIPTS)
def test_no_template_literal_holds_another_which_the_minifier_would_not_see(name: str) -> None:
    assert nested((STATIC / name).read_text("utf-8")) == []
