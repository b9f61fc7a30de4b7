"""Markdown as HTML that is safe to show: rendered, then cleaned; what would take long is shown as it was written."""

import re
from collections.abc import Iterable
from functools import lru_cache
from html import escape
from typing import Final

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

MOST: Final = 8_000
"""How much is laid out in a web process, counted as ``weight`` does: some 150 ms of work at worst."""
_REPEATED: Final = 10
"""How many times longer than the text its addresses and titles may be, as references repeat them."""

_RENDER: Final = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).disable("image")
_TAGS: Final = {
    "h1", "h2", "h3", "h4", "p", "ul", "ol", "li", "blockquote", "code", "pre", "em", "strong", "s", "a", "hr", "br",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_SIGNS: Final = re.compile(r"[\[\]()*_`<>&!|~\\#]")
_ITEM: Final = re.compile(r"[-+*]|[0-9]{1,9}[.)]")
_LINE_END: Final = re.compile(r"\r\n?|\n")


@lru_cache(maxsize=64)
def html(source: str) -> str:
    """Return the HTML of a Markdown text: no pictures, no scripts, no styles."""
    if weight(source) > MOST:
        return _as_written(source)
    tokens = _RENDER.parse(source)
    if _told(tokens) > _REPEATED * len(source):
        return _as_written(source)
    attributes = {"a": {"href", "title"}, "ol": {"start"}}
    rendered = _RENDER.renderer.render(tokens, _RENDER.options, {})
    return nh3.clean(rendered, tags=_TAGS, attributes=attributes, url_schemes={"http", "https", "mailto"})


def weight(source: str) -> int:
    """Count what laying a text out has to look at.

    That is signs with a meaning and lines; an item of a list counts threefold, a line as often as quotes hold it and
    as a table above it has columns.
    """
    found = len(_SIGNS.findall(source))
    held = 0
    for line in _LINE_END.split(source):
        bare = line.lstrip(" \t>")
        held = max(held, line.count("|"), line.count(">", 0, len(line) - len(bare))) if bare else 0
        found += 1 + held + 2 * bool(_ITEM.match(bare))
    return found


def _told(tokens: Iterable[Token]) -> int:
    """Count the characters of all addresses and titles."""
    return sum(sum(len(str(each)) for each in token.attrs.values()) + _told(token.children or ()) for token in tokens)


def _as_written(source: str) -> str:
    said = f"With more than {MOST:,} lines, signs of Markdown and cells of tables, this is shown as it was written."
    return f"<p><em>{said}</em></p>\n<pre>{escape(source)}</pre>"
