"""One decision, carried to other mentions of the same words."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from workbench.core.annotation import By, Entity, Layer, Span, layer_of
from workbench.core.desk import Placed

AROUND: Final = 60
SURE: Final = 0.95
DOUBTFUL: Final = 0.2


@dataclass(frozen=True, slots=True)
class Wish:
    """What was decided about some words: a label and an actor, or that they are none."""

    surface: str
    status: str
    label: str
    actor: str | None = None
    actor_id: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where the same words stand, with what surrounds them and what is proposed there now."""

    start: int
    end: int
    before: str
    words: str
    after: str
    oid: str | None
    label: str | None
    actor: str | None

    @property
    def span(self) -> Span:
        """Return where it stands."""
        return Span(self.start, self.end)


def mentions(text: str, placed: Iterable[Placed], wish: Wish) -> Iterator[Mention]:
    """List where the words stand on their own and the wish would change something that nobody has decided.

    An occurrence without an entity counts where the wish accepts; one inside another entity does not.
    """
    entities = [each for each in placed if isinstance(each.item, Entity)]
    for found in re.finditer(rf"(?<!\w){re.escape(wish.surface)}(?!\w)", text):
        over = [each for each in entities if each.status != "rejected" and _meet(each.item.span, found.span())]
        exact = next((each for each in over if each.item.span == found.span()), None)
        if (exact and _open(exact, wish)) or (not over and wish.status == "accepted" and not _refused(entities, found)):
            yield _mention(text, *found.span(), exact)


def _open(each: Placed, wish: Wish) -> bool:
    return each.status == "suggested" and each.item.by.origin != "added" and bool(wish.label)


def _refused(entities: list[Placed], found: "re.Match[str]") -> bool:
    """Say whether somebody has rejected an entity right there."""
    return any(each.status == "rejected" and each.item.span == found.span() for each in entities)


def _meet(span: Span, other: tuple[int, int]) -> bool:
    return span.start < other[1] and other[0] < span.end


def _mention(text: str, start: int, end: int, exact: Placed | None) -> Mention:
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    before = before if start <= AROUND else before.partition(" ")[2]
    after = after if end + AROUND >= len(text) else after.rpartition(" ")[0]
    item = exact.item if exact and isinstance(exact.item, Entity) else None
    return Mention(
        start,
        end,
        before.rsplit("\n", 1)[-1],
        text[start:end],
        after.split("\n", 1)[0],
        item.id if item else None,
        item.label if item else None,
        item.actor if item else None,
    )


def carried(mention: Mention, wish: Wish, standing: Entity | None, fresh: str) -> Entity:
    """Return the entity that a mention becomes; ``fresh`` is its id where nothing stands there yet."""
    known = standing or Entity(fresh, mention.start, mention.end, wish.label)
    if wish.status == "rejected":
        return known
    return replace(known, label=wish.label, actor=wish.actor, actor_id=wish.actor_id)


def remembered(layer: Layer, text: str, wishes: Iterable[Wish], author: str) -> Layer:
    """Return the proposals as a project's memory would have them; never more than proposals.

    What was decided about the same words before sets label and actor, proposes words that the
    suggester left out, and makes doubtful what people have said to be no entity.
    """
    entities = list(layer.entities)
    for wish in wishes:
        for found in re.finditer(rf"(?<!\w){re.escape(wish.surface)}(?!\w)", text) if wish.surface in text else ():
            over = [each for each in entities if _meet(each.span, found.span())]
            exact = next((each for each in over if each.span == found.span()), None)
            if exact:
                entities[entities.index(exact)] = _reminded(exact, wish)
            elif not over and wish.status == "accepted":
                fresh = Entity(f"m{found.start()}", *found.span(), wish.label, by=By(suggester=author))
                entities.append(_reminded(fresh, wish))
    return layer_of(layer.author, [*entities, *layer.stances, *layer.commitments])


def _reminded(entity: Entity, wish: Wish) -> Entity:
    cue = f"remembered: {wish.surface}"
    if wish.status == "rejected":
        return replace(entity, by=replace(entity.by, score=DOUBTFUL, cue=cue))
    by = replace(entity.by, score=SURE, cue=cue)
    return replace(entity, label=wish.label, actor=wish.actor, actor_id=wish.actor_id, by=by)
