"""Articles of any length with as many proposals as wanted, on a desk of a home of their own."""

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from tests.builders import Coast, coast_of, opened, person, project, suggest, take
from workbench.core.annotation import By, Document, Entity, Layer, layer_of
from workbench.core.desk import pieces
from workbench.services import people
from workbench.settings import from_environment
from workbench.store.engine import Database

_WORDS: Final = ("the", "ministry", "said", "ships", "would", "sail", "with", "convoy", "after", "talks", "on", "terms")
_NAMES: Final = ("Norvania", "Amber Strait", "Clara Duarte", "Harbour Council", "Ola Brekke", "Port Selwick")
_LABELS: Final = ("GPE", "LOC", "PERSON", "ORG")
_PARAGRAPH: Final = 60
_NAME: Final = re.compile("|".join(_NAMES))


def text(tokens: int, spans: int, seed: int = 7) -> str:
    """Return an invented article of about so many tokens, so many of them the start of a name."""
    chance = random.Random(seed)
    kinds = [True] * spans + [False] * max(0, tokens - 2 * spans)
    chance.shuffle(kinds)
    words = [chance.choice(_NAMES if name else _WORDS) for name in kinds]
    lines = [" ".join(words[at : at + _PARAGRAPH]) for at in range(0, len(words), _PARAGRAPH)]
    return "".join(f"{line}.\n" for line in lines)


class Namer:
    """A suggester that proposes each invented name."""

    name = "namer@1"

    def suggest(self, articles: Iterable[Document], *, processes: int = 1) -> Iterator[Layer]:
        """Propose every name with a label that is its own, one in ten of them unsurely."""
        for article in articles:
            found = enumerate(_NAME.finditer(article.text), 1)
            yield layer_of(self.name, [_entity(number, match) for number, match in found])


def _entity(number: int, match: re.Match[str]) -> Entity:
    label = _LABELS[_NAMES.index(match[0]) % len(_LABELS)]
    by = By(suggester=Namer.name, score=0.5 if number % 10 == 0 else 0.93)
    return Entity(f"e{number}", match.start(), match.end(), label, by=by)


@dataclass(frozen=True, slots=True)
class Seat:
    """A home with articles of certain sizes, open on Mia's desk: their numbers of items, tokens and spans."""

    home: Path
    database: Database
    coast: Coast
    articles: tuple[tuple[int, int, int], ...]

    def link(self, address: str) -> str:
        """Return an address that signs Mia in, once."""
        with self.database.writing() as session:
            mia = people.find(session, "Mia")
            return f"{address}/sign-in/{people.make_link(session, mia.id, 'sign_in', now=datetime.now(UTC))}"

    def address(self, base: str, item: int) -> str:
        """Return where an article's desk is."""
        return f"{base}/projects/{self.coast.project.slug}/items/{item}"


def seat(home: Path, sizes: Iterable[tuple[int, int]]) -> Seat:
    """Make a home whose articles have so many tokens and proposals."""
    home.mkdir(parents=True, exist_ok=True)
    database = Database(from_environment({"WORKBENCH_HOME": str(home)}).database_url)
    database.upgrade()
    person(database, "Admin")
    made = project(database, person(database, "Lena"))
    for name, role in (("Mia", "reviewer"), ("Noor", "reviewer"), ("Otto", "viewer")):
        person(database, name, role, made)
    texts = [text(tokens, spans, seed) for seed, (tokens, spans) in enumerate(sizes, 1)]
    take(database, made, *[opened(f"{number}.txt", each) for number, each in enumerate(texts, 1)])
    suggest(database, made, Namer())  # type: ignore[arg-type]
    coast = coast_of(database)
    items = [coast.next(coast.mia)]
    while len(items) < len(texts):
        items.append(_another(coast, items))
    counted = [(item, len(pieces(each)), len(_NAME.findall(each))) for item, each in zip(items, texts, strict=True)]
    return Seat(home, database, coast, tuple(counted))


def _another(coast: Coast, items: list[int]) -> int:
    item = max(items) + 1
    coast.begin(item, coast.mia)
    return item
