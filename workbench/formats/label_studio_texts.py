"""The texts that Label Studio shows: plain ones, HTML by its text nodes, dialogues by paragraph.

Results over HTML name a text node by its path, or count the signs of all text nodes; results over a dialogue name
the paragraph. Where blocks of HTML meet, a line end is put in, which no offset counts.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, Final

from workbench.core.errors import Invalid
from workbench.core.strict import Row
from workbench.core.text import utf16
from workbench.formats import about

_BLOCKS: Final = frozenset({
    "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figure", "footer", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul",
})  # fmt: skip
DEEPEST: Final = 512
"""How deep elements may lie in each other, as in browsers."""
_VOID: Final = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """A text as it was shown; offsets count UTF-16 units.

    ``begins`` tells where each text node or paragraph begins in it, by the path that results give; ``counted`` where
    each begins when all text nodes are counted on, and in the text.
    """

    text: str
    begins: Mapping[str, int] = field(default_factory=dict)
    counted: tuple[tuple[int, int], ...] = ()

    def place(self, value: Row) -> Row:
        """Return a result's value with offsets in the text; −1 where it names a place that is not there."""
        if type(value.get("start")) is int and not self.begins:
            return value
        offsets = value.get("globalOffsets")
        edges = offsets if isinstance(offsets, dict) else value
        found = [self._edge(edges.get(edge), value.get(f"{edge}Offset")) for edge in ("start", "end")]
        raw = self.text.encode("utf-16-le", "surrogatepass")
        said = raw[2 * found[0] : 2 * found[1]].decode("utf-16-le", "replace") if 0 <= found[0] <= found[1] else ""
        quote = value.get("text")
        same = isinstance(quote, str) and "".join(quote.split()) == "".join(said.split())
        return {**value, "start": found[0], "end": found[1], "text": said if same else quote}

    def _edge(self, told: Any, offset: Any) -> int:
        if type(told) is int and told >= 0:
            node = bisect_right(self.counted, (told, len(self.text) * 2)) - 1
            return self.counted[node][1] + told - self.counted[node][0] if node >= 0 else told
        begin = self.begins.get(str(told))
        return -1 if begin is None else begin + (offset if type(offset) is int else 0)


def shown(stuff: Row, wanted: str | None, *, marked_up: bool) -> tuple[str, Shown]:
    """Return the key of a task's text, and the text as it was shown; raises Invalid where there is none."""
    key = _key(stuff, wanted)
    said = stuff[key]
    if isinstance(said, str):
        return key, _nodes(said) if marked_up else Shown(said)
    if not isinstance(said, list) or not all(isinstance(each, dict) for each in said):
        raise Invalid(f"The record has no text under “{key}”.")
    parts = [each["text"] if isinstance(each.get("text"), str) else "" for each in said]
    begins: dict[str, int] = {}
    place = 0
    for number, each in enumerate(parts):
        begins[str(number)] = place
        place += utf16(each) + 1
    return key, Shown("\n".join(parts), begins)


def _key(stuff: Row, wanted: str | None) -> str:
    """Return the key that holds the text: under a usual name, else the longest text, since projects name it freely."""
    try:
        return about.text_key(stuff, wanted)
    except Invalid:
        found = [key for key, value in stuff.items() if isinstance(value, list) and value and _speaks(value[0])]
        found = found or [key for key, value in stuff.items() if isinstance(value, str) and " " in value]
        if wanted or not found:
            raise
        return max(found, key=lambda key: len(stuff[key]))


def _speaks(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("text"), str)


def _nodes(html: str) -> Shown:
    walk = _Walk()
    walk.feed(_ended(html))
    walk.close()
    return Shown("".join(walk.parts), walk.begins, tuple(walk.counted))


def _ended(html: str) -> str:
    """Return a page without what begins and never ends: the library looks for the end of each up to the page's."""
    html = html.replace("<![", "<!_")
    comments, tags = max(0, html.rfind("-->")), html.rfind(">") + 1
    return html[:comments] + html[comments:tags].replace("<!--", "<!__") + html[tags:].replace("<", "&lt;")


class _Walk(HTMLParser):
    """The text nodes of a page, in order, each with its path."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.begins: dict[str, int] = {}
        self.counted: list[tuple[int, int]] = []
        self._open: list[tuple[str, str, Counter[str]]] = [("", "", Counter())]
        self._names: Counter[str] = Counter()
        self._count = self._length = 0

    def handle_starttag(self, tag: str, _attrs: Any) -> None:
        """Open an element."""
        self._line(tag)
        _, path, counts = self._open[-1]
        counts[tag] += 1
        if len(self._open) > DEEPEST:
            raise Invalid("The HTML is nested too deeply.")
        if tag not in _VOID:
            self._names[tag] += 1
            self._open.append((tag, f"{path}/{tag}[{counts[tag]}]", Counter()))

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost element of the kind, with what is open inside."""
        self._line(tag)
        name = ""
        while self._names[tag] and name != tag:
            name, _, _ = self._open.pop()
            self._names[name] -= 1

    def handle_data(self, data: str) -> None:
        """Take a text node."""
        _, path, counts = self._open[-1]
        counts["text()"] += 1
        self.begins[f"{path}/text()[{counts['text()']}]"] = self._length
        self.counted.append((self._count, self._length))
        self._add(data)
        self._count += utf16(data)

    def _line(self, tag: str) -> None:
        if tag in _BLOCKS and self.parts and not self.parts[-1].endswith("\n"):
            self._add("\n")

    def _add(self, said: str) -> None:
        self.parts.append(said)
        self._length += utf16(said)
