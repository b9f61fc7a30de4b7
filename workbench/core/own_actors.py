"""A project's own actors: lines on top of the shipped registry, and the names that review has taught."""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from workbench.core.actors import LISTS, Actor, Kind, Registry, actor_from
from workbench.core.errors import Invalid, Refused
from workbench.core.strict import Row, parse

_PREFIX: Final[dict[Kind, str]] = {
    "state": "state", "region": "region", "organisation": "org", "alliance": "org", "force": "force",
    "party": "group", "group": "group", "person": "person",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Taught:
    """Words that people linked to an actor and that the registry does not know; ``id`` is None for a new actor."""

    surface: str
    name: str
    id: str | None
    label: str
    count: int


def lines(body: str) -> Iterator[tuple[int, Row]]:
    """Yield the records of a project's own lines with their numbers; raises Refused where one is no object."""
    for number, line in enumerate(body.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = parse(line.encode(errors="surrogatepass"))
        except Invalid as problem:
            raise Refused(f"{problem.sentence} Write one actor as one JSON object a line.", number) from None
        if not isinstance(row, dict):
            raise Refused("An actor is a JSON object with an id such as person:jane-doe.", number)
        yield number, row


def extended(base: Iterable[Actor], body: str) -> Registry:
    """Lay a project's own lines over actors.

    A line with name and kind is an actor, and replaces the one that has its id; a line without them adds its
    lists (aliases, adjectives, …) to the actor of its id. Raises Refused with the number of a line that cannot be used.
    """
    found = {actor.id: actor for actor in base}
    names = {actor.name: actor.id for actor in found.values()}
    for number, row in lines(body):
        try:
            actor = actor_from(row) if "name" in row or "kind" in row else _added(found, row)
        except Invalid as problem:
            raise Refused(problem.sentence, number) from problem
        if names.setdefault(actor.name, actor.id) != actor.id:
            raise Refused(f"{actor.name} is the name of {names[actor.name]} already; names must be unique.", number)
        found[actor.id] = actor
    return Registry(found.values())


def _added(found: dict[str, Actor], row: dict[str, Any]) -> Actor:
    old = found.get(str(row.get("id", "")))
    if old is None:
        raise Invalid(f"No actor has the id “{row.get('id', '')}”; to add one, give its name and kind as well.")
    if strange := sorted(row.keys() - {"id", *LISTS}):
        raise Invalid(f"{old.id}: a line without name and kind adds to {', '.join(LISTS)}; “{strange[0]}” is none.")
    checked = actor_from({"name": old.name, "kind": old.kind} | row)
    more: dict[str, Any] = {
        key: tuple(dict.fromkeys((*getattr(old, key), *getattr(checked, key)))) for key in row if key in LISTS
    }
    return replace(old, **more)


def record(actor: Actor) -> dict[str, Any]:
    """Return an actor as the record that seeds/actors/README.md tells, keys in its order."""
    row: dict[str, Any] = {key: getattr(actor, key) for key in Actor.__slots__}
    days = ((post, post.start, post.end) for post in actor.offices)
    row["offices"] = [
        {"title": post.title, "of": post.of, "from": start and start.isoformat(), "to": end and end.isoformat()}
        for post, start, end in days
    ]
    return row | {key: list(row[key]) for key in LISTS}


def with_lines(body: str, rows: Iterable[Row]) -> str:
    """Add records to a project's own lines: a whole one in place of that actor's, additions to what is there."""
    kept: list[Row | None] = []
    places: dict[str, list[int]] = {}
    for _, old in lines(body):
        places.setdefault(str(old.get("id")), []).append(len(kept))
        kept.append(old)
    for row in rows:
        made, id = row, str(row["id"])
        for place in places.pop(id, ()):
            old, kept[place] = kept[place] or {}, None
            made = made if "name" in made else old | {key: _joined(old, made, key) for key in made if key in LISTS}
        places[id] = [len(kept)]
        kept.append(made)
    return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in kept if row is not None)


def _joined(old: Row, row: Row, key: str) -> list[str]:
    """Return the texts of both lists, each once; raises Invalid where one is no list of texts."""
    given = row[key] or []
    if not isinstance(given, list) or not all(isinstance(each, str) for each in given):
        raise Invalid(f"{row['id']}: {key} must be a list of texts.")
    return list(dict.fromkeys((*(old.get(key) or ()), *given)))


def id_for(name: str, kind: Kind, known: Registry) -> str:
    """Make an id from a name: ``person:jane-doe``, with a number where that is taken.

    A state takes its ISO 3166-1 code, which no name tells: raises Invalid.
    """
    if kind == "state":
        raise Invalid("All states are in the registry; add names to one of them, or choose another kind.")
    if kind not in _PREFIX:
        raise Invalid(f"Choose a kind for the actor: {', '.join(each for each in _PREFIX if each != 'state')}.")
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", bare).strip("-") or "actor"
    made, number = f"{_PREFIX[kind]}:{slug}", 1
    while known.by_id(made):
        number += 1
        made = f"{_PREFIX[kind]}:{slug}-{number}"
    return made


def taught(links: Iterable[tuple[str, str, str | None, str]], known: Registry) -> list[Taught]:
    """List what links by people (surface, actor, id, label) tell beyond the registry, the most frequent first.

    Left out are words that stand for several actors, parts of the actor's own name, and words in small letters
    (descriptions such as *the bloc*), which only their article explains.
    """
    counted: Counter[tuple[str, str, str | None, str]] = Counter()
    meant: dict[str, set[str]] = {}
    for words, name, actor_id, label in links:
        surface = " ".join(words.split())
        actor = known.by_id(actor_id or "") or known.by_name(name)
        meant.setdefault(surface, set()).add(name)
        if surface[:1].islower() or (actor and _says(surface, actor, known)):
            continue
        counted[surface, name, actor.id if actor else None, label] += 1
    found = [Taught(*key, count) for key, count in counted.items() if len(meant[key[0]]) == 1]
    return sorted(found, key=lambda one: (-one.count, one.name, one.surface))


def _says(surface: str, actor: Actor, known: Registry) -> bool:
    if any(match[0].id == actor.id for match in known.matching(surface)):
        return True
    said = surface.casefold().split()
    return set(said) <= set(actor.name.casefold().split()) or any(
        set(said) <= set(post.title.casefold().split()) for post in actor.offices
    )
