"""Who acts: the registry of states, bodies, forces, groups and people, and how texts name them."""

import json
import re
from bisect import bisect_left
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal, get_args
from unicodedata import combining, normalize

from workbench.core.errors import Invalid, Refused

How = Literal["name", "alias", "adjective", "people", "capital", "seat"]
Kind = Literal["state", "region", "organisation", "alliance", "force", "party", "group", "person"]

LISTS: Final = ("aliases", "adjectives", "people", "capitals", "seats", "buildings", "member_of", "ambiguous")
_SHAPES: Final[dict[type, str]] = {int: "a whole number", str: "a text", list: "a list of texts"}
_ID: Final = re.compile(r"[a-z]+:[A-Za-z0-9][A-Za-z0-9-]*")
_THE: Final = re.compile("^[Tt]he ")
_SIGNS: Final = str.maketrans("‘’ʼ`‐‑–øØłŁđĐı", "''''---oOlLdDi")
_ROLES: Final = {
    **dict.fromkeys(("pm", "premier", "taoiseach"), "prime minister"),
    **dict.fromkeys(("foreign secretary", "secretary of state", "external affairs minister"), "foreign minister"),
    **dict.fromkeys(("defence secretary", "secretary of defence", "secretary of war"), "defence minister"),
    **dict.fromkeys(("chief of defence", "chief of defence staff"), "chief of the defence staff"),
}


@dataclass(frozen=True, slots=True)
class Office:
    """A post, whose it is, and its first and last day; without an end it is still held."""

    title: str
    of: str
    start: date | None = None
    end: date | None = None

    def held(self, on: date) -> bool:
        """Say whether the post was held that day; an unknown start does not exclude it."""
        return (self.start is None or self.start <= on) and (self.end is None or on <= self.end)


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who can take a position or contribute; the fields are told in seeds/actors/README.md."""

    id: str
    name: str
    kind: Kind
    aliases: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    capital: str | None = None
    capitals: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    buildings: tuple[str, ...] = ()
    iso2: str | None = None
    iso3: str | None = None
    cow: int | None = None
    wikidata: str | None = None
    member_of: tuple[str, ...] = ()
    part_of: str | None = None
    principal: str | None = None
    offices: tuple[Office, ...] = ()
    ambiguous: tuple[str, ...] = ()
    label: str | None = None

    def surfaces(self) -> Iterator[tuple[str, How]]:
        """Yield every way a text may name this actor, the most telling first."""
        yield self.name, "name"
        yield from ((text, "alias") for text in self.aliases)
        yield from ((text, "seat") for text in self.seats)
        yield from ((text, "capital") for text in (self.capital, *self.capitals) if text)
        yield from ((text, "adjective") for text in self.adjectives)
        yield from ((text, "people") for text in self.people)


Match = tuple[Actor, How]
Typed = tuple[str, bool, bool, str, str]  # what is typed, no name, not from its first word on, name, id


class Registry:
    """The actors of a project; of two with one id the later counts."""

    __slots__ = ("_ambiguous", "_exact", "_folded", "_ids", "_names", "_posts", "_typed")

    def __init__(self, actors: Iterable[Actor]) -> None:
        self._ids = {actor.id: actor for actor in actors}
        self._names = {actor.name: actor for actor in self}
        self._exact: dict[str, dict[str, Match]] = {}
        self._folded: dict[str, list[tuple[str, Match]]] = {}
        self._posts: dict[tuple[str, str], list[tuple[Office, Actor]]] = {}
        self._ambiguous = {_plain(text) for actor in self for text in actor.ambiguous}
        typed: set[Typed] = set()
        for actor in self:
            for surface, how in actor.surfaces():
                self._index(surface, (actor, how))
                typed.update(_typeable(surface, actor, how))
            for office in actor.offices:
                self._posts.setdefault((_role(office.title), office.of), []).append((office, actor))
        self._typed = sorted(typed)

    def _index(self, surface: str, match: Match) -> None:
        key = _plain(surface)
        self._exact.setdefault(key, {}).setdefault(match[0].id, match)
        self._folded.setdefault(key.casefold(), []).append((key, match))

    def __iter__(self) -> Iterator[Actor]:
        return iter(self._ids.values())

    def __len__(self) -> int:
        return len(self._ids)

    def by_id(self, actor_id: str) -> Actor | None:
        """Return the actor with this id."""
        return self._ids.get(actor_id)

    def by_name(self, name: str) -> Actor | None:
        """Return the actor with exactly this canonical name."""
        return self._names.get(name)

    def matching(self, surface: str) -> tuple[Match, ...]:
        """List whom these words may name, and how.

        Accents, the kind of apostrophe and *the* do not count. Case counts in a single word (never *turkey*, *us*),
        unless it is in capitals (a headline) or spells an acronym as a word (Unifil); several words match in any case.
        """
        key = _plain(surface)
        if exact := self._exact.get(key) or self._exact.get(_THE.sub("", key)):
            return tuple(exact.values())
        found = self._folded.get(key.casefold(), ())
        if not (" " in key or (len(key) > 1 and key.isupper())):
            found = [one for one in found if len(key) > 3 and one[0].isupper() and key == one[0].capitalize()]
        return tuple({match[0].id: match for _, match in reversed(found)}.values())[::-1]

    def needs_context(self, surface: str) -> bool:
        """Say whether these words alone do not settle who is meant."""
        key = _plain(surface)
        names = {key, _THE.sub("", key), *(known for known, _ in self._folded.get(key.casefold(), ()))}
        return not names.isdisjoint(self._ambiguous) or len(self.matching(surface)) > 1

    def principal_of(self, actor: Actor, on: date | None = None) -> Actor | None:
        """Return whom the actor speaks for, on that day where offices are dated."""
        if on is None or actor.principal not in {None, *(post.of for post in actor.offices)}:
            return self._ids.get(actor.principal or "")
        serving = [post for post in actor.offices if post.held(on)]
        serving.sort(key=lambda post: (post.of == actor.principal, post.start or date.min))
        return self._ids.get(serving[-1].of) if serving else None

    def holder_of(self, title: str, of: Actor, on: date | None = None) -> Actor | None:
        """Return who held the post that day, or holds it now; nobody where two are as likely."""
        posts = self._posts.get((_role(title), of.id), [])
        held = [
            (post.start or date.min, actor)
            for post, actor in posts
            if (post.end is None if on is None else post.held(on))
        ]
        newest = max((start for start, _ in held), default=None)
        holders = [actor for start, actor in held if start == newest]
        return holders[0] if len(holders) == 1 else None

    def search(self, prefix: str, limit: int = 10) -> list[Actor]:
        """List the actors with a word that starts so, names before aliases, for a typeahead."""
        wanted = _plain(prefix).casefold()
        start = bisect_left(self._typed, (wanted,))
        best: dict[str, tuple[int, bool, bool, str]] = {}
        for key, alias, later, name, actor_id in self._typed[start:] if wanted else ():
            if not key.startswith(wanted):
                break
            better = (0, later, alias, name) if key == wanted else (1, alias, later, name)
            best[actor_id] = min(best.get(actor_id, better), better)
        return [self._ids[actor_id] for actor_id in sorted(best, key=lambda one: best[one])[:limit]]


def read(lines: Iterable[str | bytes]) -> Iterator[Actor]:
    """Read actors from JSON Lines; raise Refused with the line number where one cannot be used."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield actor_from(json.loads(line))
        except Invalid as error:
            raise Refused(error.sentence, number) from error
        except ValueError as error:
            raise Refused("This is not JSON; write one actor as one JSON object a line.", number) from error


def shipped(folder: Path) -> Registry:
    """Read the registry from all JSON Lines files of a folder."""
    found: list[Actor] = []
    for path in sorted(folder.glob("*.jsonl")):
        try:
            found += read(path.read_bytes().splitlines())
        except Refused as error:
            raise Refused(f"{path.name}, {error}") from error
    return Registry(found)


def actor_from(row: Any) -> Actor:
    """Return the actor of a record, as seeds/actors/README.md tells it; raises Invalid with what to change."""
    if not isinstance(row, dict) or not _ID.fullmatch(str(row.get("id", ""))):
        raise Invalid("An actor is an object with an id such as state:GBR or person:jane-doe.")
    if strange := sorted(row.keys() - set(Actor.__slots__)):
        raise Invalid(f"{row['id']}: “{strange[0]}” is no field; the fields are {', '.join(Actor.__slots__)}.")
    if not row.get("name") or row.get("kind") not in get_args(Kind):
        raise Invalid(f"{row['id']}: give a name and a kind, one of {', '.join(get_args(Kind))}.")
    for key, value in row.items():
        fits = int if key == "cow" else list if key in LISTS or key == "offices" else str
        texts = value if key in LISTS and isinstance(value, list) else ()
        if not isinstance(value, fits | None) or not all(text and isinstance(text, str) for text in texts):
            raise Invalid(f"{row['id']}: {key} must be {_SHAPES[fits]} or null, not {value!r:.80}.")
    offices = tuple(_office(row["id"], post) for post in row.get("offices") or ())
    return Actor(**{**row, **{key: tuple(row.get(key) or ()) for key in LISTS}, "offices": offices})


def _office(actor_id: str, post: Any) -> Office:
    try:
        start, end = (_day(post.get(key), last=key == "to") for key in ("from", "to"))
        return Office(str(post["title"]), str(post["of"]), start, end)
    except (TypeError, LookupError, AttributeError, ValueError) as error:
        raise Invalid(f"{actor_id}: {post!r:.80} is no office with title, of, from and to (2024-07-05).") from error


def _day(said: str | None, *, last: bool) -> date | None:
    """Return the day, or the first or last one of a bare year or month."""
    if said is None:
        return None
    day = date.fromisoformat(said + ("-12-01" if last else "-01-01")[len(said) - 4 :])
    return day.replace(day=monthrange(day.year, day.month)[1]) if last and len(said) < 10 else day


def _plain(surface: str) -> str:
    """Reduce accents, apostrophes, dashes and spaces, but not case."""
    bare = surface if surface.isascii() else "".join(c for c in normalize("NFKD", surface) if not combining(c))
    return " ".join(bare.translate(_SIGNS).split())


def _role(title: str) -> str:
    said = _plain(title).casefold().replace("defense", "defence").replace("-", " ")
    return _ROLES.get(said, said)


def _typeable(surface: str, actor: Actor, how: How) -> Iterator[Typed]:
    """Yield the keys that find a surface in a typeahead: itself and from each of the next words on."""
    words = _plain(surface).casefold().split()
    for first in range(min(len(words), 12)):
        yield " ".join(words[first:]), how != "name", first > 0, actor.name, actor.id
