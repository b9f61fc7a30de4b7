"""What changed between two releases, object by object; what only says who decided when does not count."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from workbench.core.annotation import KINDS, PLURALS, Span
from workbench.core.record import Json

What = Literal["added", "removed", "changed"]

ABOUT: Final = ("text_sha256", "title", "language", "source", "meta", "cluster", "split", "regions")
"""What is compared of an article beside its objects."""
_NEAR: Final = 0.5
_PROVENANCE: Final = frozenset({"id", "by"})


@dataclass(frozen=True, slots=True)
class Change:
    """One article or object that was added, removed or changed; ``slots`` holds the old and the new value."""

    article: str
    kind: str
    what: What
    id: str | None = None
    quote: str | None = None
    slots: dict[str, tuple[Any, Any]] = field(default_factory=dict)


@dataclass(slots=True)
class Summary:
    """How much changed: counts by kind and what happened."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    articles: int = 0
    same: int = 0

    def add(self, changes: list[Change]) -> None:
        """Count the changes of one article."""
        self.articles += 1
        self.same += not changes
        self.counts.update((each.kind, each.what) for each in changes)

    def rows(self) -> list[tuple[str, int, int, int]]:
        """Return kind, added, removed and changed, for each kind in which something happened."""
        kinds = ("article", *KINDS)
        count = self.counts
        table = [(kind, count[kind, "added"], count[kind, "removed"], count[kind, "changed"]) for kind in kinds]
        return [row for row in table if sum(row[1:])]


def changes(old: Json | None, new: Json | None) -> list[Change]:
    """Compare one article's records in two releases; None where a release does not have it."""
    if old is None or new is None:
        there = new if old is None else old
        assert there is not None
        return [Change(there["id"], "article", "added" if old is None else "removed", quote=there["title"])]
    return list(_changes(old, new))


def _changes(old: Json, new: Json) -> Iterator[Change]:
    about = _different(old, new, ABOUT)
    if about:
        yield Change(new["id"], "article", "changed", quote=new["title"], slots=about)
    for kind in KINDS:
        for before, after in _paired(old[PLURALS[kind]], new[PLURALS[kind]]):
            found = _object(new["id"], kind, before, after)
            if found:
                yield found


def _object(article: str, kind: str, before: Json | None, after: Json | None) -> Change | None:
    if before is None or after is None:
        there = after or before or {}
        slots = {key: value for key, value in _flat(there).items() if value not in (None, False, [])}
        told = {key: (None, value) if before is None else (value, None) for key, value in slots.items()}
        return Change(article, kind, "added" if before is None else "removed", there["id"], _quote(there), told)
    first, second = _flat(before), _flat(after)
    slots = _different(first, second, sorted({*first, *second}, key=[*second, *first].index))
    return Change(article, kind, "changed", after["id"], _quote(after), slots) if slots else None


def _different(old: Json, new: Json, keys: Iterable[str]) -> dict[str, tuple[Any, Any]]:
    return {key: (old.get(key), new.get(key)) for key in keys if old.get(key) != new.get(key)}


def _flat(item: Json) -> Json:
    return {key: value for key, value in item.items() if key not in _PROVENANCE}


def _quote(item: Json) -> str | None:
    place = item.get("evidence") or item
    return place.get("text")


def _paired(old: list[Json], new: list[Json]) -> Iterator[tuple[Json | None, Json | None]]:
    """Pair objects: those of one id that still touch, then the nearest of what is left; in reading order."""
    left = {each["id"]: each for each in old}
    pairs: list[tuple[Json | None, Json | None]] = []
    unmet = []
    for each in new:
        twin = left.get(each["id"])
        if twin is not None and _span(twin).overlap(_span(each)) > 0:
            pairs.append((left.pop(each["id"]), each))
        else:
            unmet.append(each)
    for each in unmet:
        span = _span(each)
        near = max(left.values(), key=lambda one: span.overlap(_span(one)), default=None)
        taken = near is not None and span.overlap(_span(near)) >= _NEAR
        pairs.append((left.pop(near["id"]) if near is not None and taken else None, each))
    pairs += [(each, None) for each in left.values()]
    return iter(sorted(pairs, key=lambda pair: _span(pair[1] or pair[0] or {})))


def _span(item: Json) -> Span:
    place = item.get("evidence") or item
    return Span(place["start"], place["end"])


def merged(
    old: Iterable[tuple[str, Json]], new: Iterable[tuple[str, Json]]
) -> Iterator[tuple[Json | None, Json | None]]:
    """Walk two streams of records, each sorted by key, side by side."""
    first, second = iter(old), iter(new)
    here, there = next(first, None), next(second, None)
    while here is not None or there is not None:
        if there is None or (here is not None and here[0] < there[0]):
            assert here is not None
            yield here[1], None
            here = next(first, None)
        elif here is None or there[0] < here[0]:
            yield None, there[1]
            there = next(second, None)
        else:
            yield here[1], there[1]
            here, there = next(first, None), next(second, None)
