"""The registry as a gazetteer: every stretch of a text that names a known actor."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from workbench.core.actors import Actor, How, Match, Registry
from workbench.nlp.mentions import Proposal

_WORD: Final = re.compile(r"(?:[A-Z]\.){2,}|[^\W_]+(?:[’'][A-Z][^\W_]+)?|&")
_FOR: Final = re.compile(r"\((\w[\w ]*)\)$|Force (?:in |for )?(?:– )?([A-Z]\w+)$")
_GOES_ON: Final = re.compile(r"[’'](?!(?:s|re|ll|ve|d|m)\b)\w")
_LABELS: Final = {
    "state": "GPE", "region": "LOC", "organisation": "ORG", "alliance": "ALLIANCE", "force": "FORCE", "party": "ORG",
    "group": "ALLIANCE", "person": "PERSON",
}  # fmt: skip
_WORDS: Final = frozenset({"Us", "It", "Who", "March", "May"})
_LINKS: Final = frozenset(
    {"and", "of", "the", "for", "in", "on", "to", "de", "du", "des", "y", "e", "da", "against", "with"}
)
_MODIFIED: Final = frozenset({"adjective", "people"})
_MOST_KEPT: Final = 50_000
_LONGEST_KEPT: Final = 100


class Gazetteer:
    """The names of a registry, found by their first word."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self._reach: dict[str, int] = {}
        self._written = {surface for actor in registry for surface, _ in actor.surfaces()}
        self._known: dict[str, tuple[Match, ...]] = {}
        for actor in registry:
            for surface, _ in actor.surfaces():
                self._learn(surface)
            for surface in actor.buildings:
                self._learn(surface)
        self.buildings = {surface: actor for actor in registry for surface in actor.buildings}
        self.demonyms = frozenset(
            surface
            for actor in registry
            for surface, how in actor.surfaces()
            if " " not in surface and how != "people" and actor.kind != "person"
        )

        self.theatres = [(place, actor) for actor in registry if (place := _theatre(actor))]

    def _learn(self, surface: str) -> None:
        words = _WORD.findall(surface)
        if words:
            first = words[0].casefold()
            self._reach[first] = max(self._reach.get(first, 0), len(words))

    def matching(self, surface: str) -> tuple[Match, ...]:
        """List whom the words may name, the registry's answer kept for the next time unless they are very long."""
        if len(surface) > _LONGEST_KEPT:
            return self.registry.matching(surface)
        if surface not in self._known:
            if len(self._known) >= _MOST_KEPT:
                self._known.clear()
            self._known[surface] = self.registry.matching(surface)
        return self._known[surface]

    def proposals(self, text: str) -> Iterator[Proposal]:
        """Yield the stretches that name a known actor, the longest where several begin alike."""
        words = [found.span() for found in _WORD.finditer(text)]
        until = 0
        for index, (start, end) in enumerate(words):
            reach = self._reach.get(text[start:end].casefold(), 0) if start >= until else 0
            for last in range(min(index + reach, len(words)) - 1, index - 1, -1):
                surface = text[start : words[last][1]]
                if (last == index or "\n" not in surface) and (found := self._proposal(text, start, surface)):
                    until = found.end
                    yield found
                    break

    def _proposal(self, text: str, start: int, surface: str) -> Proposal | None:
        end = start + len(surface)
        matches = self.matching(surface)
        if not matches and surface in self.buildings:
            return Proposal(start, end, "FAC", "registry: building", 90)
        if not matches or not self._credible(text, end, surface):
            return None
        actor, how = matches[0]
        rank = 92 if " " in surface else 70
        if actor.kind == "person" and rank == 70:
            rank = 25 if self.registry.needs_context(surface) else 64
        elif rank == 70 and actor.kind in {"organisation", "party", "force"} and self.registry.needs_context(surface):
            rank = 45 if actor.kind == "party" or surface.isupper() else 36
        return Proposal(start, end, label_of(actor, how, surface), f"registry: {actor.kind} {how}", rank)

    def _credible(self, text: str, end: int, surface: str) -> bool:
        """Say whether the words are the name here, not part of a longer word or of an ordinary phrase."""
        if text[end : end + 1] in {"’", "'"} and _GOES_ON.match(text, end):
            return False
        first, _, rest = surface.partition(" ")
        if rest and first in {"the", "The", "a"}:
            return surface == "The Hague"
        if (
            not first.islower()
            and rest != "party"
            and any(word.islower() and word not in _LINKS for word in rest.split())
        ):
            return False
        if surface.islower():
            known = surface in self._written and self.matching(surface)
            return bool(known) and surface.endswith(("force", "willing", "coalition"))
        return surface not in _WORDS and (len(surface) > 1 or text[:end].endswith("on X"))


def _theatre(actor: Actor) -> str | None:
    """Return the place that a multinational force is for, as its name tells it."""
    found = _FOR.search(actor.name) if actor.kind == "force" and actor.principal is None else None
    return found[1] or found[2] if found else None


def label_of(actor: Actor, how: How, surface: str) -> str:
    """Return the scheme's label for a way of naming an actor."""
    if how in _MODIFIED or (
        surface in actor.adjectives and not surface.replace(".", "").isupper() and surface != actor.name
    ):
        return "NORP"
    if how == "seat":
        return "GPE" if actor.kind != "state" else "ORG"
    if how == "capital":
        return "GPE"
    return actor.label or _LABELS[actor.kind]


def state_among(matches: Iterable[Match]) -> Actor | None:
    """Return the first state of those whom words may name: the one so called, or whose capital it is."""
    return next((actor for actor, _ in matches if actor.kind == "state"), None)
