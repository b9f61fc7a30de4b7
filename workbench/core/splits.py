"""Train, dev and test: parts of a data set that share no story, and that an article never leaves.

A cluster of near-duplicates goes into one part as a whole, so that nothing learnt is met again in the
test. Which part, is found by walking down a list of the clusters and giving each to the part that
lacks most so far. The list is sorted by what the clusters hold and where they were printed, so every
neighbourhood of it (articles with commitments, one outlet) is shared out in the same proportions; within
a neighbourhood a keyed hash decides the order, so the same articles and seed give the same parts.

An article that was near two clusters joins them into one. Where the parts of both were settled before it came, they
stay what they are, nobody moves, and the article goes into no part at all, so that still nothing is in two.

Thresholds on the hash alone would need no memory, but leave small sets to chance: of 26 articles, a tenth is
none at all once in fifteen tries. Therefore what was drawn before is handed in as ``kept`` and never
drawn again; in its neighbourhood it is counted first, and the new clusters make up for what it lacks.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from workbench.core.errors import Invalid

SPLITS: Final = ("train", "dev", "test")
_SHARES: Final = re.compile(r"\d{1,3}(?:/\d{1,3}){2}")


@dataclass(frozen=True, slots=True)
class Member:
    """An article to be put into a part; ``mix`` tells what it holds, ``given`` is the part it came with."""

    cluster: str
    mix: str = ""
    outlet: str = ""
    given: str | None = None


@dataclass(frozen=True, slots=True)
class Bridge:
    """An article by its key, and the clusters that it is near to."""

    key: str
    clusters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """Under which name each cluster goes that was joined with others, and which articles lie between two parts."""

    names: Mapping[str, str]
    between: frozenset[str]

    def name(self, cluster: str) -> str:
        """Return the name of the cluster, joined or not."""
        return self.names.get(cluster, cluster)


def joined(bridges: Iterable[Bridge], kept: Mapping[str, str]) -> Joined:
    """Join the clusters that have an article between them, in the order given, unless settled parts differ."""
    parts, root = dict(kept), _Roots()
    between = set()
    for bridge in bridges:
        found = sorted({root.of(each) for each in bridge.clusters})
        settled = {part for each in found if (part := parts.get(each))}
        if len(settled) > 1:
            between.add(bridge.key)
            continue
        for each in found[1:]:
            root.above[each] = found[0]
        parts.update(dict.fromkeys(found[:1], *settled) if settled else {})
    return Joined({each: root.of(each) for each in root.above}, frozenset(between))


@dataclass(slots=True)
class _Roots:
    """Which cluster each was joined to."""

    above: dict[str, str] = field(default_factory=dict)

    def of(self, name: str) -> str:
        """Return the cluster that a cluster is part of."""
        while name in self.above:
            name = self.above[name]
        return name


@dataclass(slots=True)
class _Group:
    size: int
    mix: str
    outlet: str
    split: str | None
    moved: int = 0


@dataclass(frozen=True, slots=True)
class Drawn:
    """The part of every cluster, how many were drawn now, and how many articles had come with another part."""

    of: Mapping[str, str]
    fresh: int
    moved: int


def shares(said: str) -> tuple[int, int, int]:
    """Read the shares of train, dev and test, such as 80/10/10; raises Invalid."""
    parts = tuple(map(int, said.split("/"))) if _SHARES.fullmatch(said) else ()
    if len(parts) != len(SPLITS) or not sum(parts):
        raise Invalid(f"“{said}” is no split; give the shares of train, dev and test, such as 80/10/10.")
    return parts[0], parts[1], parts[2]


def draw(
    members: Iterable[Member], parts: tuple[int, int, int], seed: str, kept: Mapping[str, str] | None = None
) -> Drawn:
    """Give every cluster a part; ``kept`` holds the clusters whose part is settled, whatever the shares.

    Where articles of one cluster came with different parts, the cluster goes to test before dev before train,
    so that nothing of it is trained on.
    """
    groups = _grouped(members, kept or {})
    total = sum(parts)
    lacks = dict.fromkeys(SPLITS, 0)
    fresh = 0
    for cluster in sorted(groups, key=lambda name: _place(name, groups[name], seed)):
        group = groups[cluster]
        for split, part in zip(SPLITS, parts, strict=True):
            lacks[split] += group.size * part
        if group.split is None:
            group.split = max(SPLITS, key=lambda split: lacks[split])
            fresh += 1
        lacks[group.split] -= group.size * total
    moved = sum(group.moved for group in groups.values())
    return Drawn({cluster: group.split or "" for cluster, group in groups.items()}, fresh, moved)


def _grouped(members: Iterable[Member], kept: Mapping[str, str]) -> dict[str, _Group]:
    given: dict[str, list[str]] = {}
    groups: dict[str, _Group] = {}
    for each in members:
        group = groups.get(each.cluster)
        if group is None:
            groups[each.cluster] = _Group(1, each.mix, each.outlet, kept.get(each.cluster))
        else:
            group.size += 1
            group.mix, group.outlet = max(group.mix, each.mix), min(group.outlet, each.outlet)
        if each.given:
            given.setdefault(each.cluster, []).append(each.given)
    for cluster, splits in given.items():
        group = groups[cluster]
        group.split = group.split or max(splits, key=SPLITS.index)
        group.moved = sum(split != group.split for split in splits)
    return groups


def _place(cluster: str, group: _Group, seed: str) -> tuple[str, str, bool, bytes]:
    """Return where a cluster stands in the list: alike ones together, and of these the settled ones first."""
    return group.mix, group.outlet, group.split is None, sha256(f"{seed}\0{cluster}".encode()).digest()
