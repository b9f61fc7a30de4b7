"""How words of a sentence stand to the mentions of a party in it: by the tree, by subjects, by distance."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
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


class Relations:
    """The words of a sentence, with what does not depend on the mentions that they are held against."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        subjects: dict[Token, list[Token]] = defaultdict(list)
        for token in tokens:
            if token.dep_ in _SUBJECTS:
                subjects[token.head].append(token)
        chains = [[token, *islice(token.ancestors, _HIGH)] for token in tokens]
        self._words = [
            (
                token.i,
                {each: place for place, each in enumerate(chain)},
                [found for each in chain if (found := subjects.get(each)) and token not in found],
            )
            for token, chain in zip(tokens, chains, strict=True)
        ]

    def to(self, mentions: Sequence[Token]) -> list[Relation]:
        """Return for each word how it stands to the nearest of some mentions."""
        bases = [base(each) for each in mentions]
        above = [[each, *islice(each.ancestors, _HIGH)] for each in bases]
        found = []
        for i, places, clauses in self._words:
            (_, up, down), which = min((_steps(places, chain), n) for n, chain in enumerate(above))
            path = min(up, UP) * (DOWN + 1) + min(down, DOWN) + 1
            distance = bisect_right(_STEPS, i - mentions[which].i) + 1
            found.append(Relation(path, bases[which].dep_, _clause(clauses, bases), distance))
        return found


def _steps(places: Mapping[Token, int], chain: Sequence[Token]) -> tuple[int, int, int]:
    """Return how many words lie between by the tree, and how many of them up and down."""
    for down, each in enumerate(chain):
        if (up := places.get(each)) is not None:
            return up + down, up, down
    return UP + DOWN, UP, DOWN


def _clause(clauses: Sequence[list[Token]], bases: Sequence[Token]) -> int:
    """Return 1 where no clause has a subject, 2 and up for one with a mention, the last where only others are."""
    for level, subjects in enumerate(clauses):
        if any(base in subjects for base in bases):
            return 2 + min(level, LEVELS - 1)
    return CLAUSES - 1 if clauses else 1


def base(token: Token) -> Token:
    """Return the first of the nouns that one is coordinated with."""
    while token.dep_ == "conj" and token.head.pos_ in _NOMINAL:
        token = token.head
    return token
