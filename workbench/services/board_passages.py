"""The passages behind the figures of the board: where readings differ, two by two too."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from workbench.core import agreement as core
from workbench.core.agreement import Article
from workbench.core.annotation import Layer, Span
from workbench.core.record import layer_from
from workbench.core.text import around
from workbench.store import board
from workbench.store.board import ReadingRow

MOST: Final = 60
GOLD: Final = "gold"
SUGGESTER: Final = "suggester"
READERS: Final = "readers"
"""Each reader in turn."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage behind a figure, with who said what."""

    key: str
    title: str
    before: str
    words: str
    after: str
    said: tuple[tuple[str, str], ...]


def passage(key: str, title: str, text: str, span: Span, said: tuple[tuple[str, str], ...]) -> Passage:
    """Return a stretch of an article with some words around it."""
    return Passage(key, title, *around(text, *span), said)


def reading(row: ReadingRow) -> Layer:
    """Return a stored reading."""
    return layer_from(row.author, row.body or {}, row.text)


def articles(rows: Sequence[ReadingRow]) -> list[Article]:
    """Return articles with all their readings."""
    found: dict[str, dict[str, Layer]] = defaultdict(dict)
    for row in rows:
        found[row.key][row.author] = reading(row)
    texts = {row.key: row.text for row in rows}
    return [Article(key, texts[key], layers) for key, layers in found.items()]


def between(session: Session, rows: Sequence[ReadingRow], question: str, two: tuple[str, str]) -> list[Passage]:
    """Return passages on which two differ: two readers, or a reader and the gold or the suggester."""
    gold = board.layers(session, sorted({row.article_id for row in rows}), GOLD) if GOLD in two else {}
    titles = {row.key: row.title or row.key for row in rows}
    found = []
    for article in _of_two(rows, two, gold):
        for each in core.differences(article, question):
            said = tuple(each.values.items())
            found.append(passage(article.key, titles[article.key], article.text, each.span, said))
    return found[:MOST]


def _of_two(rows: Sequence[ReadingRow], two: tuple[str, str], gold: dict[int, dict[str, object]]) -> Iterator[Article]:
    if READERS in two:
        for author in sorted({row.author for row in rows}):
            yield from _of_two(rows, (author, two[two[0] == READERS]), gold)
        return
    by_article: dict[str, dict[str, Layer]] = defaultdict(dict)
    texts = {row.key: row.text for row in rows}
    for row in rows:
        if row.author not in two:
            continue
        by_article[row.key][row.author] = reading(row)
        if SUGGESTER in two and row.proposed:
            by_article[row.key][SUGGESTER] = layer_from(SUGGESTER, row.proposed, row.text)
        if row.article_id in gold:
            by_article[row.key][GOLD] = layer_from(GOLD, gold[row.article_id], row.text)
    for key, layers in by_article.items():
        if len(layers) == 2:
            yield Article(key, texts[key], {name: layers[name] for name in two})
