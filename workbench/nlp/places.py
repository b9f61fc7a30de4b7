"""Towns and provinces: names that a model often takes for people or companies."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from workbench.nlp.mentions import Proposal
from workbench.nlp.names import NAME
from workbench.settings import resource_root

_WHERE: Final = re.compile(
    rf"\b(?:in|In|at|At|near|Near|from|From|to|off|around|outside|through|into|towards?|of|over|between|via|across"
    rf"|reach(?:ed|es)?|left|leav(?:es?|ing)|visit(?:ed|s|ing)?)\s"
    rf"(?:(?:north|south|east|west|central|eastern|western|northern|southern|nearby"
    rf"|downtown)[a-z-]*\s)?(?P<name>{NAME}(?:\s{NAME}){{0,2}})"
)
_DATELINE: Final = re.compile(
    r"^(?P<name>[A-ZÀ-Þ][A-ZÀ-Þ’'-]+(?: [A-ZÀ-Þ’'-]+){0,2})(?:, [\w .]{2,24})?(?: ?\([^)\n]{2,30}\))? ?[-–—] ",
    re.MULTILINE,
)
_MISTAKEN: Final = frozenset({"PERSON", "ORG", "FAC", "LOC", "NORP", "EVENT"})


@lru_cache(1)
def known() -> frozenset[str]:
    """Return the names that ``seeds/places`` lists."""
    return frozenset((resource_root() / "seeds" / "places" / "places.txt").read_text(encoding="utf-8").split("\n"))


def is_place(words: str) -> bool:
    """Say whether the words are the name of a town or province."""
    if not words.isascii():
        words = "".join(char for char in unicodedata.normalize("NFKD", words) if not unicodedata.combining(char))
    return words in known()


def places(text: str, model: Iterable[Proposal]) -> Iterator[Proposal]:
    """Yield towns that stand where a place stands, and with them what a model took for something else there."""
    seen = set()
    for found in _WHERE.finditer(text):
        words = found["name"].split(" ")
        for count in range(len(words), 0, -1):
            name = " ".join(words[:count])
            if is_place(name):
                seen.add(name)
                start = found.start("name")
                yield Proposal(start, start + len(name), "GPE", "gazetteer of places", 45 + 32 * (count > 1))
                break
    for found in _DATELINE.finditer(text):
        yield Proposal(*found.span("name"), "GPE", "dateline", 60)
    for each in model:
        words = text[each.start : each.end]
        if each.label in _MISTAKEN and (
            words in seen or (each.label != "PERSON" and " " not in words and is_place(words))
        ):
            yield each._replace(label="GPE", cue="gazetteer of places", rank=44)
