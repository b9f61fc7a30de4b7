"""The people of one article: short names resolved within it before anyone looks elsewhere."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from workbench.core.actors import Actor, Kind, Registry
from workbench.nlp.gazetteer import Gazetteer

_POSTS: Final = {
    "pm": "prime minister", "premier": "prime minister", "taoiseach": "prime minister", "potus": "president",
    "foreign secretary": "foreign minister", "secretary of state": "foreign minister",
    "external affairs minister": "foreign minister",
    "defence secretary": "defence minister", "secretary of defence": "defence minister",
    "minister of defence": "defence minister",
    "armed forces minister": "defence minister", "national defence minister": "defence minister",
    "secretary of war": "defence minister",
    "minister of foreign affairs": "foreign minister", "chief of defence staff": "chief of the defence staff",
    "tánaiste": "deputy prime minister",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Party:
    """Who is meant by a mention, and whom they speak for."""

    name: str
    id: str | None = None
    kind: Kind | None = None
    principal: str | None = None
    principal_id: str | None = None
    actor: Actor | None = None


def party(actor: Actor, registry: Registry, on: date | None) -> Party:
    """Return an actor of the registry as a party to an article."""
    principal = registry.principal_of(actor, on)
    return Party(
        actor.name,
        actor.id,
        actor.kind,
        principal.name if principal else None,
        principal.id if principal else None,
        actor,
    )


@lru_cache(4096)
def slug(name: str) -> str:
    """Return a name as the tail of an id."""
    bare = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    return re.sub(r"[^a-z0-9]+", "-", bare.casefold().replace("ł", "l").replace("ø", "o").replace("ı", "i")).strip("-")


def post(title: str) -> str:
    """Return an office by the name that different words for it share."""
    said = " ".join(title.casefold().replace("defense", "defence").replace("-", " ").split())
    return _POSTS.get(said, said)


class People:
    """Who is called what in one article."""

    def __init__(self, names: Iterable[str], gazetteer: Gazetteer, on: date | None) -> None:
        self.gazetteer, self.on = gazetteer, on
        self._full: dict[str, str] = {}
        self._parties: dict[str, Party] = {}
        for name in names:
            if " " in name:
                self.meet(name, again=False)

    def meet(self, full: str, *, again: bool = True) -> None:
        """Note that somebody is named in full: from here on, the short name is theirs."""
        words = full.split()
        for part in (full, *(" ".join(words[first:]) for first in range(1, len(words))), words[0]):
            key = slug(part)
            if again or key not in self._full:
                self._full[key] = full

    def called(self, name: str) -> Party:
        """Return who goes by the name here."""
        full = self._full.get(slug(name), name)
        if " " in name and slug(full) == slug(name):
            self.meet(full)
        if full not in self._parties:
            self._parties[full] = self._party(full)
        return self._parties[full]

    def _party(self, full: str) -> Party:
        known = [actor for actor, _ in self.gazetteer.matching(full) if actor.kind == "person"]
        serving = [actor for actor in known if any(self.on is None or office.held(self.on) for office in actor.offices)]
        if known:
            return party((serving or known)[0], self.gazetteer.registry, self.on)
        return Party(full.title() if full.isupper() else full, f"person:{slug(full)}", "person")
