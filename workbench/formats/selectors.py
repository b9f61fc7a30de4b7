"""The selectors of Web Annotation: where in its text a target stands."""

import re
from collections.abc import Iterator
from typing import Any, Final

from workbench.core.strict import Row
from workbench.formats.foreign import mark, rows, word
from workbench.formats.units import Mark

_CHARS: Final = re.compile(r"(?:^|#)char=(\d{1,18}),(\d{1,18})(?!\d)")


def places_of(annotation: Row, text: str) -> Iterator[Mark]:
    """Yield where each target stands, if it says; one annotation may have several. Raises Invalid."""
    value = annotation.get("target")
    for target in value if isinstance(value, list) else [value]:
        if isinstance(target, str):
            if found := _CHARS.search(target):
                yield Mark(int(found[1]), int(found[2]))
        elif target:
            said = {word(each.get("type")): each for each in _selectors(rows([target], "target")[0])}
            if place := _place(said, text):
                yield place


def _selectors(row: Row) -> Iterator[Row]:
    """Yield the selectors of a target, and those that refine others."""
    given = row.get("selector")
    for each in rows(given if isinstance(given, list) else [given] if isinstance(given, dict) else None, "selector"):
        yield each
        yield from _selectors({"selector": each.get("refinedBy")})


def _place(said: dict[str | None, Row], text: str) -> Mark | None:
    quote = said.get("TextQuoteSelector", {})
    exact = word(quote.get("exact"))
    if "TextPositionSelector" in said:
        return mark(said["TextPositionSelector"])._replace(quote=exact)
    if "RangeSelector" in said and (found := _range(said["RangeSelector"])):
        return found._replace(quote=exact)
    fragment = word(said.get("FragmentSelector", {}).get("value"))
    if fragment and (chars := _CHARS.search(fragment)):
        return Mark(int(chars[1]), int(chars[2]), exact)
    return _quoted(quote, exact, text) if exact else None


def _range(selector: Row) -> Mark | None:
    """Return a range between two positions; one between two elements tells nothing in a plain text."""
    edges: list[Any] = [selector.get("startSelector"), selector.get("endSelector")]
    if not all(isinstance(each, dict) and each.get("type") == "TextPositionSelector" for each in edges):
        return None
    return mark({"start": edges[0].get("start"), "end": edges[1].get("end")})


def _quoted(quote: Row, exact: str, text: str) -> Mark:
    """Return where a quote stands: where what comes before and after fits best, else the first."""
    before, after = word(quote.get("prefix")) or "", word(quote.get("suffix")) or ""
    for lead, tail in ((before, after), (before, ""), ("", after), ("", "")):
        if (place := text.find(f"{lead}{exact}{tail}")) >= 0:
            return Mark(place + len(lead), place + len(lead) + len(exact), exact)
    return Mark(0, 0, exact)
