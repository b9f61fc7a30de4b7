"""Clauses that leave the verb to what was said before: *Portugal may. Spain almost certainly won’t*."""

from collections.abc import Iterator
from typing import Final

from workbench.nlp.clauses import child
from workbench.nlp.commitments import Draft, multiplied
from workbench.nlp.scene import Scene
from workbench.nlp.statuses import Reading
from workbench.nlp.things import Thing
from workbench.nlp.tree import Token

_STATUS: Final = {
    "will": "announced", "would": "announced", "'ll": "announced", "may": "under_consideration",
    "might": "under_consideration", "wo": "announced", "is": None, "are": None, "was": None, "were": None,
}  # fmt: skip
BARE: Final = frozenset(_STATUS)
_BEING: Final = frozenset({"is", "are", "was", "were"})
_CLASS: Final = {"announced": "will", "under_consideration": "consider", "ruled_out": "refuse"}
_NOT: Final = frozenset({"not", "n't", "n’t"})
_ENDS: Final = frozenset({"too", "either", "and", "but", "or", "while", "though"})
_KINDS: Final = frozenset({"state", "alliance", "group"})


def elliptic(scene: Scene, plain: list[Draft]) -> Iterator[Draft]:
    """Yield what parties would do or not do like those spoken of before them."""
    for token in scene.tokens:
        if token.lower_ in BARE and (name := _name(scene, token)) is not None and not scene.asks(token):
            denied, last = _stands_alone(token)
            earlier = [draft for draft in plain if draft.reading.anchor.i < token.i]
            kind = earlier[-1].thing.type if earlier else scene.memory.last if scene.fresh else None
            status = "ruled_out" if denied else _STATUS[token.lower_]
            if last is not None and kind is not None and status is not None:
                yield from _meant(scene, name, last, status, kind)


def _meant(scene: Scene, name: Token, last: Token, status: str, kind: str) -> Iterator[Draft]:
    reading = Reading(last, status, name, top=last, own=status != "announced", negated=status == "ruled_out")
    reading.predicates.append(last)
    reading.note(_CLASS[status], last)
    yield from multiplied(scene, reading, [Thing(kind, last)], status, None)


def _name(scene: Scene, auxiliary: Token) -> Token | None:
    """Return the party right before an auxiliary, past adverbs and a relative clause: *Spain almost certainly*."""
    at = auxiliary.i - 1
    while at > scene.sentence.start and scene.doc[at].pos_ == "ADV":
        at -= 1
    word = scene.doc[at] if at >= scene.sentence.start else auxiliary
    word = child(auxiliary, "nsubj") or word if word.text == "," else word
    mention = scene.cast.of(word)
    alone = auxiliary.lower_ not in _BEING or (word.left_edge.i <= scene.sentence.start + 1 and scene.fresh)
    return word if mention is not None and mention.kind in _KINDS and alone else None


def _stands_alone(auxiliary: Token) -> tuple[bool, Token | None]:
    """Say whether an auxiliary is denied, and return the last word of its clause if no verb follows."""
    doc, at, denied = auxiliary.doc, auxiliary.i + 1, False
    last = auxiliary
    while at < len(doc) and doc[at].lower_ in _NOT:
        last, denied, at = doc[at], True, at + 1
    at += int(at + 1 < len(doc) and doc[at].text == "," and doc[at + 1].lower_ in _ENDS)
    ended = at >= len(doc) or doc[at].text in {".", ";", "!"} or doc[at].is_space or doc[at].lower_ in _ENDS
    return denied, last if ended else None
