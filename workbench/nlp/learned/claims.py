"""Who might say or give something in which sentence, and the windows of text in which a network reads it."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Final

from workbench.core.frame_scores import FrameKind
from workbench.nlp import hearing
from workbench.nlp.attribution import quotes
from workbench.nlp.learned.pieces import Pieces
from workbench.nlp.learned.relations import NOWHERE, Relation, Relations
from workbench.nlp.learned.shown import shown
from workbench.nlp.lexicon import Lexicon
from workbench.nlp.mentions import Mention, debris
from workbench.nlp.scene import Memory, Scene, principal
from workbench.nlp.tree import Doc, Token

ROOM: Final = 200
"""Pieces of a window; of a longer sentence the rest is not read."""

_PARTIES: Final = 24
"""Names that are asked about in a sentence; longer rolls hold hardly more than names."""

_HEADS: Final = 8
"""Mentions of a name in a sentence that words are held against."""

_SILENT: Final = frozenset({"boilerplate", "credit"})
_UNNAMED: Final = frozenset({"DATE", "MONEY"})
_SLOTS: Final = frozenset({"nsubj", "nsubjpass", "pobj", "dobj", "poss", "conj", "appos", "attr", "dative"})
_PRONOUNS: Final = frozenset({
    "it", "they", "he", "she", "we", "i", "us", "them", "both", "all", "each", "who", "which", "that", "neither",
    "these", "those", "me", "our",
})  # fmt: skip
_PEOPLE: Final = frozenset({
    "country", "government", "nation", "minister", "ministry", "president", "leader", "official", "state", "member",
    "ally", "partner", "bloc", "alliance", "group", "coalition", "cabinet", "parliament", "spokesman", "spokeswoman",
    "spokesperson", "capital", "embassy", "army", "side", "premier", "chancellor", "statement",
})  # fmt: skip


@dataclass(slots=True)
class Line:
    """A sentence of a window, as far as it fits: its words, the place of the first in the window, what each shows."""

    scene: Scene
    tokens: tuple[Token, ...]
    first: int
    shown: list[set[str]]


@dataclass(slots=True)
class Claim:
    """A name that a sentence may ascribe commitments or stances to, with where it is mentioned.

    ``words`` are the mentions' places in their window, ``heads`` their main words. ``before`` says that only the
    sentence before names it. ``party`` is the name and id that a commitment is ascribed to, ``mention`` who holds a
    stance.
    """

    kind: FrameKind
    name: str
    party: tuple[str, str | None]
    mention: Mention
    line: Line
    words: list[int]
    heads: list[Token]
    before: bool = False
    relations: list[Relation] = field(default_factory=list)


@dataclass(slots=True)
class Window:
    """Successive sentences in pieces; ``starts`` is the first piece of each word, ``marked`` the words of parties."""

    pieces: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    marked: list[int] = field(default_factory=list)


def windows(doc: Doc, lexicon: Lexicon, pieces: Pieces) -> list[Window]:
    """Pack the sentences of an article into windows, with the claims that each could hold."""
    titles = [(start, end) for start, end, kind in debris(doc) if kind == "headline"]
    found: list[Window] = []
    for scene in _scenes(doc, lexicon):
        words = [pieces.of(token.text)[:ROOM] for token in scene.tokens]
        ends = list(accumulate(map(len, words)))
        fitting = bisect_right(ends, ROOM)
        if not found or len(found[-1].pieces) + ends[fitting - 1] > ROOM:
            found.append(Window())
        window, told = found[-1], shown(scene, headline=hearing.within(scene.sentence, titles))
        window.lines.append(Line(scene, scene.tokens[:fitting], len(window.starts), told[:fitting]))
        for word in words[:fitting]:
            window.starts.append(len(window.pieces))
            window.pieces += word
    for window in found:
        window.claims = list(_claims(window))
    return found


def _scenes(doc: Doc, lexicon: Lexicon) -> Iterator[Scene]:
    """Yield the sentences outside boilerplate, with nothing to remember from one to the next."""
    known = {each.sentence.start: each for each in hearing.scenes(doc, lexicon)}
    said, silent = quotes(doc), [(start, end) for start, end, kind in debris(doc) if kind in _SILENT]
    for sentence in doc.sents:
        if (scene := known.get(sentence.start)) is not None:
            scene = copy(scene)
            scene.memory = Memory()
            yield scene
        elif not hearing.within(sentence, silent):
            yield Scene(sentence, doc._.cast, lexicon, said, Memory())


def _claims(window: Window) -> Iterator[Claim]:
    """Yield the claims of each sentence; what the sentence before names may go on in it."""
    earlier: list[Claim] = []
    marked: set[int] = set()
    for line in window.lines:
        own = list(_named(line))
        marked.update(place for each in own for place in each.words)
        names = {(each.kind, each.name) for each in own}
        words, known = Relations(line.tokens), dict[tuple[Token, ...], list[Relation]]()
        for each in own:
            if (heads := tuple(each.heads)) not in known:
                known[heads] = words.to(each.heads)
            each.relations = known[heads]
        nowhere = [NOWHERE] * len(line.shown)
        gone = [
            Claim(each.kind, each.name, each.party, each.mention, line, each.words, each.heads, True, nowhere)
            for each in earlier
            if (each.kind, each.name) not in names
        ]
        yield from own
        yield from gone
        earlier = own
    window.marked = sorted(marked)


def _named(line: Line) -> Iterator[Claim]:
    """Yield a claim for each party of a sentence and for each who could hold a stance, all their mentions together."""
    found: dict[tuple[FrameKind, str], Claim] = {}
    for token, mention, places in _mentions(line):
        party = principal(mention)
        keys: list[tuple[FrameKind, str, tuple[str, str | None]]] = []
        if party is not None:
            keys.append(("commitment", party[0], party))
        if mention.actor is not None and (party is not None or mention.kind == "person"):
            keys.append(("stance", mention.actor, party or (mention.actor, mention.id)))
        for kind, name, who in keys:
            if (kind, name) not in found and len(found) >= 2 * _PARTIES:
                continue
            claim = found.setdefault((kind, name), Claim(kind, name, who, mention, line, [], []))
            claim.words += (place for place in places if place not in claim.words)
            claim.heads = [*claim.heads, token][:_HEADS]
    yield from found.values()


def _mentions(line: Line) -> Iterator[tuple[Token, Mention, Sequence[int]]]:
    """Yield the words that name somebody or stand for who was named, with the places of the whole mention."""
    scene = line.scene
    start = scene.sentence.start
    for token in line.tokens:
        mention = scene.cast.at(token)
        if mention is not None and mention.actor is not None:
            inner = token.head != token and scene.cast.at(token.head) is mention and token.head.i > token.i
            if mention.label not in _UNNAMED and not inner:
                whole = {token.i, *(each.i for each in line.tokens if mention.start <= each.idx < mention.end)}
                yield token, mention, [line.first + place - start for place in sorted(whole)]
            continue
        for meant in _meant(scene, token, mention):
            yield token, meant, [line.first + token.i - start]


def _meant(scene: Scene, token: Token, mention: Mention | None) -> Iterable[Mention]:
    if token.lower_ in _PRONOUNS and token.dep_ not in {"det", "mark"}:
        meant = scene.antecedents(token, token.head) if token.dep_ in _SLOTS else []
        return [each for each, _ in (scene.parties(token) if meant == [] else meant) or ()]
    if mention is None and token.dep_ in _SLOTS and token.pos_ == "NOUN" and token.lemma_.lower() in _PEOPLE:
        found = scene.cast.resolve(token)
        return [found] if found is not None else []
    return []
