"""The other slots of a frame: amount, quantity, timeframe, beneficiary, hedge."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from workbench.core.annotation import Span
from workbench.nlp.clauses import child
from workbench.nlp.conditions import Range
from workbench.nlp.mentions import Mention
from workbench.nlp.scene import Scene
from workbench.nlp.tree import Token

_HANDING: Final = frozenset({"give", "hand", "send", "lend", "offer", "sell", "grant", "supply"})
_TIME: Final = frozenset(
    {
        "in",
        "by",
        "until",
        "till",
        "from",
        "for",
        "within",
        "before",
        "after",
        "during",
        "on",
        "at",
        "over",
        "through",
        "since",
        "this",
        "next",
    }
)
_PLACE: Final = frozenset({"to", "in", "inside", "into", "for", "on", "across", "along", "off", "over", "at", "with"})


def span(scene: Scene, stretch: Range | None) -> Span | None:
    """Return a stretch of tokens as characters."""
    if stretch is None or stretch[1] <= stretch[0]:
        return None
    doc = scene.doc
    last = doc[stretch[1] - 1]
    return Span(doc[stretch[0]].idx, last.idx + len(last))


def mentions(scene: Scene, label: str, start: int, end: int) -> list[Mention]:
    """List the mentions with a label between two tokens."""
    seen: dict[int, Mention] = {}
    for i in range(start, end):
        mention = scene.cast.at(scene.doc[i])
        if mention is not None and mention.label == label:
            seen.setdefault(mention.start, mention)
    return list(seen.values())


def quantity(scene: Scene, noun: Token) -> Span | None:
    """Return the number that counts what is given, with its approximator."""
    if noun.tag_ == "CD" and (own := scene.cast.at(noun)) is not None and own.label == "QUANTITY":
        return Span(own.start, own.end)
    for each in noun.lefts:
        mention = scene.cast.at(each)
        if mention is not None and mention.label == "QUANTITY":
            return Span(mention.start, mention.end)
    number = child(noun, "nummod")
    if number is None or number.ent_type_ in {"MONEY", "DATE", "TIME"}:
        head = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else None
        return quantity(scene, head) if head is not None and head.pos_ in {"NOUN", "NUM"} and head is not noun else None
    return Span(number.left_edge.idx, number.idx + len(number))


def amount(scene: Scene, start: int, end: int) -> Span | None:
    """Return the first sum of money between two tokens."""
    found = mentions(scene, "MONEY", start, end)
    return Span(found[0].start, found[0].end) if found else None


def timeframe(scene: Scene, tokens: Sequence[Token]) -> Range | None:
    """Return when it is to happen: a date with its preposition that hangs on one of the tokens."""
    for token in tokens:
        for each in token.rights:
            noun: Token | None = each if each.dep_ in {"npadvmod", "advmod"} else None
            if each.dep_ == "prep" and each.lower_ in _TIME:
                noun = child(each, "pobj")
            mention = scene.cast.at(noun) if noun is not None and noun not in tokens else None
            if mention is not None and mention.label == "DATE":
                return (each.left_edge.i if each.dep_ == "prep" else _first(scene, mention), each.right_edge.i + 1)
    return None


def ahead(scene: Scene, predicates: Sequence[Token]) -> bool:
    """Say whether a date that hangs on the chain lies in the future."""
    stretch = timeframe(scene, predicates)
    if stretch is None:
        return False
    words = {token.lower_ for token in scene.doc[stretch[0] : stretch[1]]}
    return not words & {
        "since",
        "last",
        "ago",
        "already",
        "now",
        "yesterday",
        "today",
        "for",
        "during",
        "earlier",
        "over",
        "past",
        "every",
        "each",
        "a",
    }


def _first(scene: Scene, mention: Mention) -> int:
    return scene.doc.covering(mention.start, mention.end).start


def beneficiary(scene: Scene, predicates: Sequence[Token], things: Iterable[Token], actor: str | None) -> str | None:
    """Return the state that it is for: whom it is given to, where it goes, or whose need it meets."""
    for holder in (*things, *predicates[:1]):
        for place in _recipients(holder):
            named = [place, *(each for each in place.lefts if each.dep_ in {"poss", "amod", "compound", "nmod"})]
            for each in named:
                mention = scene.cast.of(each)
                if mention is not None and mention.kind == "state" and mention.actor != actor:
                    return mention.actor
    return None


def _recipients(holder: Token) -> Iterator[Token]:
    """Yield what follows *to, for, in* and the like, the indirect object, and possessors, the nearest first."""
    for each in holder.children:
        if each.dep_ in {"prep", "dative"} and each.lower_ in _PLACE:
            noun = child(each, "pobj")
            if noun is not None:
                yield noun
                yield from _recipients(noun)
        elif each.dep_ in {"dative", "dobj", "poss"} or (each.dep_ == "compound" and holder.head.lemma_ in _HANDING):
            yield each


def hedged(scene: Scene, start: int, end: int) -> bool:
    """Say whether a hedge stands in or right before a stretch."""
    return any(hit.label == "hedge" and start - 3 <= hit.first < end for hit in scene.fixed)
