"""The shipped suggester, loaded once, and what it says of a text in a form that tests can read."""

from functools import cache

from workbench.core.actors import Registry, shipped
from workbench.core.annotation import Document, Entity, Source
from workbench.core.scheme import Scheme, parse
from workbench.nlp.actors import Cast
from workbench.nlp.pipeline import SpacySuggester, load
from workbench.settings import resource_root


@cache
def scheme() -> Scheme:
    return parse((resource_root() / "seeds" / "schemes" / "coalition.toml").read_text(encoding="utf-8"))


@cache
def registry() -> Registry:
    return shipped(resource_root() / "seeds" / "actors")


@cache
def reader() -> SpacySuggester:
    return load(None, scheme(), registry())


def entities(text: str, published: str | None = None) -> tuple[Entity, ...]:
    [layer] = reader().suggest([Document(text, source=Source(published=published))])
    return layer.entities


def labelled(text: str) -> set[tuple[str, str]]:
    return {(text[each.start : each.end], each.label) for each in entities(text)}


def actor(text: str, words: str, published: str | None = None) -> str | None:
    """Whom the last mention with these words names."""
    found = [each for each in entities(text, published) if text[each.start : each.end] == words]
    assert found, f"“{words}” is no entity of “{text}”"
    return found[-1].actor


def cast(text: str) -> Cast:
    return reader().nlp(text)._.cast


def meant(text: str, word: str) -> list[str | None]:
    """Whom the last occurrence of a word points to."""
    said = cast(text)
    token = [each for each in said.doc if each.text == word][-1]
    return [mention.actor for mention in said.group(token)]
