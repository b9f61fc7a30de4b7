"""Documents made ready to be kept: what takes time to find out is found out where they were parsed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import msgspec

from workbench.core import spread
from workbench.core.annotation import Document, Layer
from workbench.core.record import layer_json
from workbench.core.regions import regions
from workbench.core.signatures import signature
from workbench.core.text import digest


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading as it is stored: whose, how far it has come, its three lists, and what is counted of it.

    ``spread`` is how certain its objects are, as it is stored, and ``actors`` are those that it names.
    """

    author: str
    state: str
    body: msgspec.Raw
    objects: int
    certainty: float | None = None
    spread: str | None = None
    actors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ready:
    """A document without its readings, these as they are stored, and what is told of its text."""

    document: Document
    reading: Reading
    others: tuple[Reading, ...]
    sha256: str
    words: int
    signature: bytes


def counted(layer: Layer) -> dict[str, Any]:
    """Return what is counted of proposals: how many, their mean score and its spread, and which actors they name."""
    scores = [each.by.score for each in layer.objects]
    return {
        "proposals": len(layer.objects),
        "certainty": mean(scores),
        "spread": spread.stored(scores),
        "actors": named(layer.entities),
    }


def named(entities: Iterable[Any]) -> tuple[str, ...]:
    """Return the actors that entities name, each once: the id of each, or the name where it has none."""
    return tuple({name: None for each in entities if (name := each.actor_id or each.actor)})


def mean(scores: list[float | None]) -> float | None:
    """Return the mean of the scores that are known, or None where none is."""
    known = [each for each in scores if each is not None]
    return round(sum(known) / len(known), 4) if known else None


def reading_of(layer: Layer, state: str, text: str, author: str = "") -> Reading:
    """Return a layer as it is stored; whose it is not told is whose proposals it holds."""
    suggester = next((each.by.suggester for each in layer.objects if each.by.suggester), None)
    whose = author or layer.author or suggester or ""
    body = msgspec.Raw(msgspec.json.encode(layer_json(layer, text)))
    told = counted(layer)
    return Reading(whose, state, body, told["proposals"], told["certainty"], told["spread"], told["actors"])


EMPTY: Final = reading_of(Layer(""), "suggested", "")


def readied(document: Document) -> Ready:
    """Make a document ready: its readings written out, its regions found, its text hashed."""
    text, review = document.text, document.review
    reading = reading_of(document.layer, review.state, text, only_reader(review.state, review.reviewers))
    bare = replace(document, layer=Layer(""), layers=None)
    return kept(bare, reading, tuple(_others(document, reading)))


def kept(bare: Document, reading: Reading, others: tuple[Reading, ...]) -> Ready:
    """Return an article that has no reading of its own with those that it comes with, and what is told of its text."""
    text = bare.text
    bare = bare if bare.regions else replace(bare, regions=regions(text))
    return Ready(bare, reading, others, digest(text), len(text.split()), signature(text))


def only_reader(state: str, reviewers: Sequence[str]) -> str:
    """Return the one person whose reading a record holds, or nothing."""
    return reviewers[0] if state == "reviewed" and len(reviewers) == 1 else ""


def _others(document: Document, chosen: Reading) -> list[Reading]:
    """Return the further readings: a suggester's proposals as such, all else as reviewed."""
    found = []
    for layer in document.layers or ():
        proposed = bool(layer.objects) and all(each.by.suggester == layer.author for each in layer.objects)
        found.append(reading_of(layer, "suggested" if proposed else "reviewed", document.text))
    return [
        each for each in found if (each.author, each.state, each.body) != (chosen.author, chosen.state, chosen.body)
    ]
