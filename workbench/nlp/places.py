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
_TOWN: Final = r"[A-ZÀ-Þ][A-ZÀ-Þ’'-]+(?: [A-ZÀ-Þ’'-]+){0,2}"
_DATELINE: Final = re.compile(
    rf"^(?P<name>{_TOWN}(?:/{_TOWN}){{0,2}})(?:, [\w .]{{2,24}})?(?: ?\([^)\n]{{2,30}}\))? ?(?:--|[-–—]) ", re.MULTILINE
)
_CUE: Final = "gazetteer of places"
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


@lru_cache(1)
def _regions() -> tuple[dict[str, str], re.Pattern[str]]:
    """Return the straits, regions and disputed areas of ``seeds/places`` with their labels, and how to find them."""
    lines = (resource_root() / "seeds" / "places" / "regions.tsv").read_text(encoding="utf-8").splitlines()
    labels = dict(line.split("\t") for line in lines if line and not line.startswith("#"))
    names = "|".join(re.escape(name) for name in sorted(labels, key=len, reverse=True))
    return labels, re.compile(rf"(?<![\w-])(?:{names})(?!\w|[-’'][A-Z])")


def regions(text: str) -> Iterator[Proposal]:
    """Yield the well-known straits, regions and disputed areas, wherever they stand."""
    labels, pattern = _regions()
    for found in pattern.finditer(text):
        yield Proposal(*found.span(), labels[found[0]], "list of regions", 89 if " " in found[0] else 79)


def places(text: str) -> Iterator[Proposal]:
    """Yield towns that stand where a place stands, and datelines."""
    for found in _WHERE.finditer(text):
        words = found["name"].split(" ")
        for count in range(len(words), 0, -1):
            name = " ".join(words[:count])
            if is_place(name):
                start = found.start("name")
                yield Proposal(start, start + len(name), "GPE", _CUE, 45 + 32 * (count > 1))
                break
    reported: set[str] = set()
    for found in _DATELINE.finditer(text):
        for town in re.finditer(r"[^/]+", found["name"]):
            start = found.start("name") + town.start()
            yield Proposal(start, start + len(town[0]), "GPE", "dateline", 67)
            reported |= {town[0].title()} if is_place(town[0].title()) else set()
    if reported:
        for again in re.finditer(rf"(?<![\w-])(?:{'|'.join(map(re.escape, reported))})(?![\w-])", text):
            yield Proposal(*again.span(), "GPE", "town of the dateline", 46)


def mistaken(
    text: str, model: Iterable[Proposal], towns: Iterable[Proposal], people: Iterable[str]
) -> Iterator[Proposal]:
    """Yield the model's proposals, as towns those that it took for something else.

    ``people`` are the words by which the article calls people: alone these are no towns.
    """
    known = {text[each.start : each.end] for each in towns if each.cue == _CUE}
    called = frozenset(people)
    for each in model:
        words = text[each.start : each.end]
        town = words in known or (" " not in words and words not in called and is_place(words))
        yield each._replace(label="GPE", cue=_CUE, rank=44) if town and each.label in _MISTAKEN else each
