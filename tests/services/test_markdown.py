"""Markdown: laid out in bounded work, safe to show, and never larger than its text allows."""

import sys
from typing import Any

import pytest

from workbench.services import markdown
from workbench.services.projects import LONGEST

MOST_CALLS = 900_000
"""How many functions laying out may call; without a bound the texts below take five to thirty times as many."""

MADE_TO_HARM = {
    "brackets": "[",
    "pairs": "[]",
    "links": "[a](",
    "pictures": "![",
    "stars": "*a ",
    "both stars": "a**b",
    "mixed": "*a_ ",
    "code": "`a``",
    "entities": "&amp;",
    "html": "<a ",
    "addresses": "<https://a.b> ",
    "quotes": "> ",
    "items": "- a\n",
    "one item after another": "  - a\n    - b\n      - c\n",
    "quoted items": "> - a\nb\n",
    "lines": "a\n",
    "references": "[a]: b\n",
    "a title without end": '[a]: b "\n',
    "tables": "a|b\n-|-\n\n",
    "rows": "|a|b|\n|-|-|\n" + "|a|b|\n" * 200,
    "escapes": "\\[",
}
HARMFUL = {name: (part * LONGEST)[:LONGEST] for name, part in MADE_TO_HARM.items()} | {
    "a wide table without cells": "|a" * 2000 + "\n" + "|-" * 2000 + "\n" + "|\n" * 5000,
    "lines that a deep quote goes on with": "> " * 18 + "a\n" + "b\n" * 20_000,
}


def calls(source: str) -> int:
    """Count the Python functions that laying out calls."""
    count = 0

    def heard(_frame: Any, what: str, _about: Any) -> None:
        nonlocal count
        count += what == "call"

    sys.setprofile(heard)
    try:
        markdown.html.__wrapped__(source)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("name", HARMFUL)
def test_no_text_takes_much_work(name: str) -> None:
    source = HARMFUL[name]
    low, high = 0, len(source)
    while low < high:  # the longest beginning that is still laid out is the worst
        middle = (low + high + 1) // 2
        low, high = (middle, high) if markdown.weight(source[:middle]) <= markdown.MOST else (low, middle - 1)
    assert calls(source) < MOST_CALLS
    assert calls(source[:low]) < MOST_CALLS


@pytest.mark.parametrize("reference", ["[a]: /{}", '[a]: b "{}"'], ids=["address", "title"])
def test_a_reference_is_not_repeated_until_the_page_is_huge(reference: str) -> None:
    source = reference.format("x" * 50_000) + "\n\n" + "[a]" * 3000
    assert len(markdown.html(source)) < 2 * len(source)
    assert '<a href="/b"' in markdown.html("[a]: /b\n\n" + "[a] " * 500)


def test_what_is_not_laid_out_is_shown_as_written_and_says_so() -> None:
    shown = markdown.html("- <script>alert(1)</script>\n" * 3000)
    assert shown.startswith("<p><em>With more than 8,000 lines")
    assert "<script" not in shown
    assert "- &lt;script&gt;" in shown


def test_usual_guidelines_are_laid_out() -> None:
    part = "## A rule\n\n- **One** is *that*: [see](https://a.org)\n- Two\n\n| a | b |\n|---|---|\n| c | d |\n\n"
    source = part + "Most of what guidelines say is running text, as in this sentence, which goes on. " * 4 + "\n\n"
    shown = markdown.html(source * 100)
    assert shown.count("<h2>") == shown.count("<table>") == 100
    assert 'href="https://a.org"' in shown
