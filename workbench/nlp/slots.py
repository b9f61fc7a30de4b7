"""The other slots of a frame: evidence, condition, amount, quantity, timeframe, beneficiary."""

from collections.abc import Iterable, Sequence
from typing import Final

from spacy.tokens import Token

from workbench.core.annotation import Span
from workbench.nlp.clauses import carrier, child, np_end
from workbench.nlp.mentions import Mention
from workbench.nlp.scene import Scene

Range = tuple[int, int]
_MARKS: Final = frozenset({"if", "once", "unless", "provided", "providing", "assuming"})
_PREPOSITIONS: Final = frozenset({"without", "pending"})
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


def condition(scene: Scene, predicates: Sequence[Token], *, negated: bool = False) -> Range | None:
    """Return the clause or phrase that a chain of predicates hangs on; *not until* counts as one."""
    marks = _MARKS | {"until", "before"} if negated else _MARKS
    for predicate in predicates:
        for verb in {predicate.i: predicate, carrier(predicate).i: carrier(predicate)}.values():
            for each in verb.children:
                if (found := _conditional(scene, each, marks)) is not None:
                    return found
    return _phrase(scene, predicates)


def _conditional(scene: Scene, token: Token, marks: frozenset[str]) -> Range | None:
    if token.dep_ in {"advcl", "ccomp"}:
        start = token.left_edge
        mark = next((each for each in token.children if each.dep_ in {"mark", "advmod"} and each.lower_ in marks), None)
        if mark is not None and mark.i <= token.i:
            before = scene.doc[mark.i - 1] if mark.i else mark
            if before.lower_ in {"even", "as"}:
                return None
            start = before if before.lower_ == "only" else mark
            return (start.i, _clause_end(token))
        if start.lower_ in {"should", "provided"}:
            return (start.i, _clause_end(token))
    if token.dep_ == "prep" and token.lower_ in _PREPOSITIONS:
        return (token.i, token.right_edge.i + 1)
    return None


def _phrase(scene: Scene, predicates: Sequence[Token]) -> Range | None:
    """Return the stretch from a fixed phrase of condition to the end of what it governs."""
    chain = {each.i for each in predicates} | {carrier(each).i for each in predicates}
    for hit in scene.fixed:
        if hit.label != "conditions" or hit.words.lower() in {"should", "without", "pending"}:
            continue
        for i in range(hit.first, hit.last + 1):
            token = scene.doc[i]
            top = token
            while top.head.i not in chain and top.head != top:
                top = top.head
            if top.head.i in chain and top.i not in chain and top.left_edge.i >= hit.first - 2:
                return (hit.first, max(hit.last + 1, _clause_end(top)))
    return None


def _clause_end(token: Token) -> int:
    end = token.right_edge.i + 1
    while end - 1 > token.i and (token.doc[end - 1].is_punct or token.doc[end - 1].is_space):
        end -= 1
    return end


def evidence(scene: Scene, tokens: Iterable[Token], things: Iterable[Token], drop: Iterable[Range | None]) -> Range:
    """Return the shortest stretch with all tokens and the phrases of what is given, edges trimmed."""
    places = [each.i for each in tokens]
    start, end = min(places), max(places) + 1
    for each in things:
        start, end = min(start, _np_first(each)), max(end, np_end(each))
    for cut in drop:
        if cut is not None and start < cut[0] < end <= cut[1] + 1:
            end = cut[0]
        if cut is not None and cut[0] <= start < cut[1] < end:
            start = cut[1]
    return trimmed(scene, start, end)


def _np_first(noun: Token) -> int:
    return min(
        [noun.i, *(each.left_edge.i for each in noun.lefts if each.dep_ not in {"punct", "cc", "prep", "advmod"})]
    )


def trimmed(scene: Scene, start: int, end: int) -> Range:
    """Take punctuation, white space and conjunctions off both edges; an open quotation keeps its mark."""
    doc = scene.doc
    while start < end - 1 and (
        doc[start].is_space or (doc[start].is_punct and doc[start].text not in '“"‘(') or doc[start].dep_ == "cc"
    ):
        start += 1
    while end - 1 > start and (
        doc[end - 1].is_space
        or (doc[end - 1].is_punct and doc[end - 1].text not in '”"’)')
        or doc[end - 1].dep_ == "cc"
    ):
        end -= 1
    if doc[start].text in '“"' and not any(doc[i].text in '”"' for i in range(start + 1, end)):
        start += 1
    if (
        end < len(doc)
        and doc[end].text in '”"'
        and doc[end].text
        and sum(doc[i].text in '“”"' for i in range(start, end)) % 2
    ):
        end += 1
    return start, end


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


def timeframe(scene: Scene, predicates: Sequence[Token], tokens: Iterable[Token]) -> Range | None:
    """Return when it is to happen: a date with its preposition that hangs on the chain."""
    chain = {each.i for each in (*predicates, *tokens)}
    for predicate in (*predicates, *tokens):
        for each in predicate.rights:
            noun = (
                child(each, "pobj")
                if each.dep_ == "prep" and each.lower_ in _TIME
                else each
                if each.dep_ in {"npadvmod", "advmod"}
                else None
            )
            if (
                noun is not None
                and noun.i not in chain
                and (mention := scene.cast.at(noun)) is not None
                and mention.label == "DATE"
            ):
                return (each.left_edge.i if each.dep_ == "prep" else _first(scene, mention), each.right_edge.i + 1)
    return None


def ahead(scene: Scene, predicates: Sequence[Token]) -> bool:
    """Say whether a date that hangs on the chain lies in the future."""
    stretch = timeframe(scene, predicates, ())
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
    found = scene.doc.char_span(mention.start, mention.end, alignment_mode="expand")
    return int(found.start)


def beneficiary(scene: Scene, predicates: Sequence[Token], things: Iterable[Token], actor: str | None) -> str | None:
    """Return the state that it is for: whom it is given to, or where it goes."""
    for holder in (*predicates[:1], *things):
        for each in holder.children:
            noun = (
                child(each, "pobj")
                if each.dep_ in {"prep", "dative"} and each.lower_ in _PLACE
                else each
                if each.dep_ in {"dative", "poss"} or (each.dep_ == "dobj" and holder in predicates)
                else None
            )
            if noun is None:
                continue
            for place in (
                noun,
                *(
                    other
                    for prep in noun.children
                    if prep.dep_ == "prep" and prep.lower_ in _PLACE
                    for other in prep.children
                    if other.dep_ == "pobj"
                ),
            ):
                mention = scene.cast.of(place) or next(
                    (found for left in place.lefts if left.dep_ in {"poss", "amod"} and (found := scene.cast.of(left))),
                    None,
                )
                if mention is not None and mention.kind == "state" and mention.actor != actor:
                    return mention.actor
    return None


def hedged(scene: Scene, start: int, end: int) -> bool:
    """Say whether a hedge stands in or right before a stretch."""
    return any(hit.label == "hedge" and start - 3 <= hit.first < end for hit in scene.fixed)
