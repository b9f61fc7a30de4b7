"""Verbs left out: *Romania will send three ships, Bulgaria two and Turkey a tanker*, *as did Latvia*."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from workbench.nlp.commitments import Draft
from workbench.nlp.conditions import Range
from workbench.nlp.lexicon import is_type
from workbench.nlp.mentions import Mention
from workbench.nlp.scene import Scene, principal
from workbench.nlp.things import Thing, typed
from workbench.nlp.tree import Token

_JOINTS: Final = frozenset({",", "and", ";", ".", "–", "—", "while"})
_ENDS: Final = _JOINTS | {"each", "apiece"}
_GAPPING: Final = frozenset({"will", "would", "commit", "offer", "done", "decide"})
_NOMINAL: Final = frozenset({"DET", "NUM", "ADJ", "NOUN", "PROPN", "SYM"})
_ECHOED: Final = frozenset({"did", "does", "do", "has", "have", "had", "will", "would", "is", "are", "was", "were"})
_VERBAL: Final = frozenset({"VERB", "AUX"})


@dataclass(frozen=True, slots=True)
class Remnant:
    """What is left of a clause without its verb: the parties, what they give, and the tokens of both."""

    parties: list[tuple[Mention, tuple[str, str | None]]]
    given: Token
    stretch: Range


def gapped(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """Give what stands in a clause without a verb to its own parties: *Romania will send ships, Bulgaria a tanker*."""
    left = list(_remnants(scene)) if any(_gapping(draft) for draft in drafts) else []
    whose = {i: {party for _, party in each.parties} for each in left for i in range(*each.stretch)}
    own = [each for each in drafts if each.party in whose.get(each.thing.token.i, {each.party})]
    return own + [made for draft in own if _gapping(draft) for each in left for made in _filled(scene, draft, each)]


def _gapping(draft: Draft) -> bool:
    return draft.reading.anchor.pos_ == "VERB" and not _GAPPING.isdisjoint(draft.reading.classes[-1:])


def _filled(scene: Scene, draft: Draft, left: Remnant) -> Iterator[Draft]:
    """Yield what a remnant says with the verb of a draft before it, unless another verb stands between."""
    start = draft.reading.anchor.i + 1
    if left.stretch[0] < start or any(each.pos_ in _VERBAL for each in scene.doc[start : left.stretch[0]]):
        return
    kinds = [thing.type for thing in typed(scene, left.given) if is_type(thing.type)] or [draft.thing.type]
    for mention, party in left.parties:
        if party != draft.party:
            thing = Thing(kinds[0], left.given)
            yield replace(draft, mention=mention, party=party, evidence=left.stretch, thing=thing, joint=False)


def _remnants(scene: Scene) -> Iterator[Remnant]:
    """Yield what follows a joint without a verb: *, Turkey and Greece four each*, *; Senegal, a squadron of tanks*."""
    at = scene.tokens[0].i + 1
    while at < scene.sentence.end - 2:
        found = _remnant(scene, at) if scene.doc[at].text in _JOINTS else None
        if found is not None:
            yield found
        at = found.stretch[1] if found is not None else at + 1


def _remnant(scene: Scene, at: int) -> Remnant | None:
    """Return the states after a joint and what they give: a number, or a phrase that names a contribution."""
    named: list[tuple[Mention, tuple[str, str | None]]] = []
    start = 0
    for each in scene.doc[at + 1 : scene.sentence.end]:
        mention = scene.cast.of(each) or scene.cast.seat(each)
        party = principal(mention) if mention is not None and mention.kind == "state" else None
        if mention is not None and party is not None and mention.label == "GPE":
            named.append((mention, party))
            start = start or each.i
        elif each.text not in _JOINTS:
            given = _given(scene, each) if named else None
            return Remnant(named, given[0], (start, given[1])) if given is not None else None
    return None


def _given(scene: Scene, first: Token) -> tuple[Token, int] | None:
    """Return the head of the phrase that starts with a token, and where it ends, if it can be what is given."""
    end = first.i
    while end < scene.sentence.end and (scene.doc[end].pos_ in _NOMINAL or scene.doc[end].text == "-"):
        if scene.cast.of(scene.doc[end]) is not None:
            return None
        end += 1
    after = scene.doc[end] if end < scene.sentence.end else None
    if end == first.i + 1 and first.tag_ == "CD":
        return (first, end) if after is None or after.text in _ENDS or after.dep_ in {"prep", "dative"} else None
    head = scene.doc[end - 1]
    upper = scene.doc[first.i - 1].is_upper and first.pos_ not in {"DET", "NUM"}
    if (
        end == first.i
        or upper
        or (head.pos_ not in {"NOUN", "PROPN"} and not _sum(scene, head))
        or (after is not None and after.pos_ in _VERBAL)
    ):
        return None
    return (head, _stop(head, end)) if any(is_type(thing.type) for thing in typed(scene, head)) else None


def _sum(scene: Scene, head: Token) -> bool:
    return (mention := scene.cast.at(head)) is not None and mention.label == "MONEY"


def _stop(head: Token, end: int) -> int:
    """Return where a phrase ends with what hangs on it by *of*: *a squadron of light vehicles*."""
    of = next((each for each in head.rights if each.lower_ == "of" and each.i == end), None)
    return int(of.right_edge.i) + 1 if of is not None else end


def echoing(scene: Scene, drafts: list[Draft]) -> Iterator[Draft]:
    """Yield what others are said to do too: *as did Latvia*, *and so will Norway*."""
    for draft in drafts:
        for at in range(draft.reading.anchor.i + 1, scene.sentence.end - 2):
            link, verb = scene.doc[at], scene.doc[at + 1]
            if link.lower_ not in {"as", "so"} or verb.lower_ not in _ECHOED:
                continue
            named = (each for each in scene.doc[at + 2 : min(at + 5, scene.sentence.end)] if scene.cast.of(each))
            for mention, token in scene.parties(next(named, None)):
                party = principal(mention)
                if party is not None and party != draft.party:
                    yield replace(draft, mention=mention, party=party, evidence=(at, token.i + 1), joint=False)
