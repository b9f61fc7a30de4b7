"""The rules of the house: what a reader of this code may rely on, whoever wrote it."""

import ast
import json
import re
import subprocess
import tomllib
from collections.abc import Iterator
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from workbench.cli import main
from workbench.formats import FORMATS, WRITERS

ROOT = Path(__file__).parents[1]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
PAGES = [path for path in TEMPLATES if not path.name.startswith("_") and path.parent.name != "_kit"]
PARTS = [path for path in TEMPLATES if path.name.startswith("_")]
MODULES = [
    path
    for folder in ("workbench", "tests", "seeds")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "versions" not in path.parts and "node_modules" not in path.parts
]
SHIPPED = {
    "templates": {".html"},
    "static": {".css", ".js", ".ts", ".json", ".md", ".svg", ".txt", ".woff2"},
    "seeds": {".json", ".jsonl", ".md", ".onnx", ".psv", ".py", ".toml", ".tsv", ".txt"},
}
WORDS = {".py", ".js", ".mjs", ".ts", ".css", ".html", ".toml", ".sh", ".json", ".jsonl", ".txt", ".md", ".lock", ""}
VOID = {"br", "col", "hr", "img", "input", "link", "meta"}


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tracked() -> Iterator[Path]:
    """Yield the files of the project, without what is made or fetched."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, listed.split("\0")):
        path = ROOT / name
        if path.is_file() and path.suffix in WORDS and "vendor" not in path.parts:
            yield path


class Roots(HTMLParser):
    """The elements of a template that lie in no other, once its Jinja is taken out."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.depth = 0
        self.found: list[dict[str, str | None]] = []
        plain = re.sub(r"\{#.*?#\}|\{%.*?%\}", "", source, flags=re.DOTALL)
        self.feed(re.sub(r"\{\{.*?\}\}", "…", plain, flags=re.DOTALL))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self.depth:
            self.found.append(dict(attrs))
        self.depth += tag not in VOID

    def handle_endtag(self, tag: str) -> None:
        self.depth -= 1


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_a_page_extends_the_frame_and_is_short(path: Path) -> None:
    source = path.read_text("utf-8")
    assert path.name == "base.html" or '{% extends "base.html" %}' in source
    assert source.count("\n") <= 120


@pytest.mark.parametrize("path", PARTS, ids=named)
def test_a_part_extends_nothing_and_has_one_root_with_an_id(path: Path) -> None:
    source = path.read_text("utf-8")
    assert "{% extends" not in source
    assert len(roots := Roots(source).found) == 1, [each.get("id") for each in roots]
    assert roots[0].get("id")
    assert source.count("\n") <= 40


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_a_template_holds_no_style_no_handler_and_no_script(path: Path) -> None:
    source = path.read_text("utf-8")
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)(?![^>]*json)", source)


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_says_what_it_is_and_is_short(path: Path) -> None:
    source = path.read_text("utf-8")
    assert "tests" in path.parts or ast.get_docstring(ast.parse(source)), "it has no docstring"
    assert source.count("\n") <= 250, "split it by thread or by question"


@pytest.mark.parametrize("path", sorted((ROOT / "static" / "js").rglob("*.js")), ids=named)
def test_a_script_says_what_it_is_and_is_short(path: Path) -> None:
    source = path.read_text("utf-8")
    assert source.startswith(("//", "/*"))
    assert source.count("\n") <= 250


def test_every_command_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    missing = [name for name in main.commands if not re.search(rf"`(workbench )?{name}\b", readme)]
    assert missing == []


def test_every_format_is_in_the_readme_and_in_the_contract() -> None:
    contract = (ROOT / "exports" / "README.md").read_text("utf-8")
    assert [name for name in FORMATS if f"`{name}`" not in contract] == []
    readme = (ROOT / "README.md").read_text("utf-8").casefold()
    assert [name for name in FORMATS if not re.search(rf"\b{name.replace('_', '[ _]')}\b", readme)] == []


@pytest.mark.parametrize("name", sorted(WRITERS))
def test_every_format_has_a_golden_file(name: str) -> None:
    assert list((ROOT / "tests" / "golden").glob(f"{name}.*"))


@pytest.mark.parametrize("folder", SHIPPED)
def test_nothing_strays_into_what_is_shipped(folder: str) -> None:
    strays = [
        named(path)
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.suffix not in SHIPPED[folder] and path.parent.name != "__pycache__"
    ]
    assert strays == []


def test_what_is_vendored_is_what_the_manifest_says() -> None:
    vendor = ROOT / "static" / "vendor"
    manifest = json.loads((vendor / "manifest.json").read_text())
    files = {each["file"]: each["sha256"] for each in manifest}
    there = {path.relative_to(vendor).as_posix() for path in vendor.rglob("*") if path.suffix in {".js", ".woff2"}}
    assert set(files) >= there
    for name, digest in files.items():
        assert sha256((vendor / name).read_bytes()).hexdigest() == digest, name


def test_nothing_is_left_open() -> None:
    left = re.compile(r"\b(TOD[O]|FIXM[E]|XX[X]|HAC[K])\b|raise NotImplemented[E]")
    for path in tracked():
        if path.suffix in {".py", ".js", ".mjs", ".ts", ".css", ".html", ".toml", ".sh"}:
            assert not left.search(path.read_text("utf-8")), named(path)


def test_no_file_knows_the_machine_that_it_was_written_on() -> None:
    homes = re.compile(r"(?<![\w.])/(ro[o]t|wor[k]|User[s]|hom[e]/\w+|op[t]/wheels)/")
    for path in tracked():
        assert not homes.search(path.read_text("utf-8")), named(path)


def test_the_locks_name_no_index_and_hold_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    for name in ("requirements.lock", "requirements-dev.lock"):
        lock = (ROOT / name).read_text()
        assert "://" not in lock
        pinned = set(re.findall(r"^([a-z0-9._-]+)==", lock, re.MULTILINE))
        wanted = {re.split(r"[\[<>=;]", each)[0] for each in project["dependencies"]}
        assert wanted <= pinned


@pytest.mark.slow
def test_the_sample_is_what_the_shipped_articles_give(tmp_path: Path) -> None:
    sample = (ROOT / "exports" / "sample" / "suggested.jsonl").read_bytes()
    files = [str(ROOT / "seeds" / "articles" / json.loads(line)["source"]["file"]) for line in sample.splitlines()]
    made = tmp_path / "suggested.jsonl"
    runner = CliRunner(env={"WORKBENCH_MODEL": "", "WORKBENCH_HOME": str(tmp_path)})
    done = runner.invoke(main, ["preannotate", *files, "-o", str(made)])
    assert done.exit_code == 0, done.output
    rows = zip(made.read_bytes().splitlines(), sample.splitlines(), strict=True)
    assert all(_clear(json.loads(one)) == _clear(json.loads(two)) for one, two in rows), "run: make sample"


def _clear(record: dict[str, Any]) -> dict[str, Any]:
    """Return a record without what another processor's rounding could change: certainties, and what is near to none."""
    kept = {"text", "entities", "regions"}
    frames = [
        {name: value for name, value in each.items() if name not in {"id", "by"}}
        for kind in ("stances", "commitments")
        for each in record[kind]
        if each["by"]["score"] > 0.6
    ]
    return {name: record[name] for name in kept} | {"frames": frames}
