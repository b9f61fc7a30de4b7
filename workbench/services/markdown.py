"""Markdown as HTML that is safe to show: rendered, then cleaned."""

from functools import lru_cache
from typing import Final

import nh3
from markdown_it import MarkdownIt

_RENDER: Final = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).disable("image")
_TAGS: Final = {
    "h1", "h2", "h3", "h4", "p", "ul", "ol", "li", "blockquote", "code", "pre", "em", "strong", "s", "a", "hr", "br",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip


@lru_cache(maxsize=64)
def html(source: str) -> str:
    """Return the HTML of a Markdown text: no pictures, no scripts, no styles."""
    attributes = {"a": {"href", "title"}, "ol": {"start"}}
    return nh3.clean(_RENDER.render(source), tags=_TAGS, attributes=attributes, url_schemes={"http", "https", "mailto"})
