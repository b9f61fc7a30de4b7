"""How words of a sentence stand to the mentions of a party in it: by the tree, by subjects, by distance."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import islice
from typing import Final, NamedTuple

from workbench.nlp.tree import Token

UP, DOWN, LEVELS = 5, 4, 3
_NOMINAL: Final = frozenset({"NOUN", "PROPN", "ADJ", "PRON", "NUM"})
_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass"})
_HIGH: Final = 40
"""Words above one that are looked at."""

_STEPS: Final = (-10, -3, 0, 1, 4, 11)


class Relation(NamedTuple):
    """A word and the nearest mention: the path between, the mention's role, whose clause it is, the distance.

    Each is a small number, 0 where there is no mention in the sentence; ``role`` is the dependency of the mention.
    """

    path: int
    role: str
    clause: int
    distance: int


PATHS: Final = (UP + 1) * (DOWN + 1) + 1
CLAUSES: Final = LEVELS + 3
DISTANCES: Final = len(_STEPS) + 2
NOWHERE: Final = Relation(0, "", 0, 0)


def relations(tokens: Sequence[Token], mentions: Sequence[Token]) -> list[Relation]:
    """Return for each word of a sentence how it stands to the nearest of some mentions."""
    subjects: dict[Token, list[Token]] = defaultdict(list)
    for token in tokens:
        if token.dep_ in _SUBJECTS:
            subjects[token.head].append(token)
    bases = [base(each) for each in mentions]
    above = [[each, *islice(each.ancestors, _HIGH)] for each in bases]
    return [_relation(token, mentions, bases, above, subjects) for token in tokens]


def _relation(
    token: Token,
    mentions: Sequence[Token],
    bases: Sequence[Token],
    above: Sequence[list[Token]],
    subjects: dict[Token, list[Token]],
) -> Relation:
    own = [token, *islice(token.ancestors, _HIGH)]
    places = {each: place for place, each in enumerate(own)}
    steps = [
        next(((places[each] + down, places[each], down) for down, each in enumerate(chain) if each in places), None)
        for chain in above
    ]
    (_, up, down), which = min((step or (UP + DOWN, UP, DOWN), n) for n, step in enumerate(steps))
    path = min(up, UP) * (DOWN + 1) + min(down, DOWN) + 1
    distance = sum(token.i - mentions[which].i >= step for step in _STEPS) + 1
    return Relation(path, bases[which].dep_, _clause(token, own, bases, subjects), distance)


def _clause(token: Token, own: Sequence[Token], bases: Sequence[Token], subjects: dict[Token, list[Token]]) -> int:
    """Return 1 where no clause has a subject, 2 and up for one with a mention, the last where only others are."""
    level = 0
    for each in own:
        if (found := subjects.get(each)) and token not in found:
            if any(base in found for base in bases):
                return 2 + min(level, LEVELS - 1)
            level += 1
    return CLAUSES - 1 if level else 1


def base(token: Token) -> Token:
    """Return the first of the nouns that one is coordinated with."""
    while token.dep_ == "conj" and token.head.pos_ in _NOMINAL:
        token = token.head
    return token
