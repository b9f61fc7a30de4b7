"""Answers without a verb in what is quoted: *“Not one soldier”*, *“Engineers, yes. Troops, no”*."""

from collections.abc import Iterator
from typing import Final

from workbench.nlp.attribution import speaker_of
from workbench.nlp.clauses import owner
from workbench.nlp.commitments import Draft
from workbench.nlp.lexicon import is_type
from workbench.nlp.mentions import Mention
from workbench.nlp.scene import Scene, principal
from workbench.nlp.statuses import Reading
from workbench.nlp.things import Thing
from workbench.nlp.tree import Span, Token

_ANSWERS: Final = frozenset({"yes", "no"})
_DENYING: Final = frozenset({"no", "not"})
_FINITE: Final = frozenset({"VERB", "AUX"})
_STOPS: Final = frozenset({",", ".", "!", "?", ";", "–", "—", "-", ":"})
_LONGEST: Final = 8
_HEADS: Final = frozenset({"soldier", "sergeant", "corporal", "private", "bugler", "cook", "man", "boot", "rifle"})
"""Whoever stands for an army where not even one is sent: *not a single sergeant*."""


def fragments(scene: Scene) -> Iterator[Draft]:
    """Yield what the verbless answers of a sentence rule out or offer."""
    if not scene.quotes or not any(word[0] in {"no", "not", "yes"} for word in scene.words):
        return
    before: Span | None = None
    for piece in _pieces(scene):
        words = [each.lower_ for each in piece]
        if words[-1] in _ANSWERS and (len(words) > 1 or before is not None):
            noun = _noun(scene, piece if len(words) > 1 or before is None else before)
            yield from _answered(scene, noun, piece, "offered" if words[-1] == "yes" else "ruled_out")
        elif words[0] in _DENYING and len(words) > 1:
            yield from _answered(scene, _noun(scene, piece), piece, "ruled_out")
        before = piece


def _pieces(scene: Scene) -> Iterator[Span]:
    """Yield the stretches of quotations between two marks that hold no verb."""
    for quote in scene.quotes:
        start, end = max(quote.start, scene.sentence.start), min(quote.end, scene.sentence.end)
        first = start
        for i in range(start, end + 1):
            if i < end and scene.doc[i].text not in _STOPS:
                continue
            if first < i <= first + _LONGEST and not any(each.pos_ in _FINITE for each in scene.doc[first:i]):
                yield scene.doc[first:i]
            first = i + 1


def _noun(scene: Scene, piece: Span) -> Thing | None:
    """Return what a piece is about: a contribution, or a single soldier of any rank."""
    hit = next((each for each in scene.things.values() if piece.start <= each.first and each.last < piece.end), None)
    if hit is not None and is_type(hit.label) and hit.label != "unspecified":
        return Thing(hit.label, scene.doc[hit.last])
    for each in piece:
        mention = scene.cast.of(each)
        people = each.tag_ == "NNPS" and mention is not None and mention.label == "NORP"
        if people or each.lemma_.lower() in _HEADS:
            return Thing("troops_ground", each)
    return None


def _answered(scene: Scene, thing: Thing | None, piece: Span, status: str) -> Iterator[Draft]:
    quote = scene.quote(piece[0]) if thing is not None else None
    quoted = speaker_of(quote, scene.doc, scene.cast, scene.lexicon) if quote is not None else None
    party = principal(quoted) if quoted is not None else None
    if thing is None or quoted is None or party is None or _foreign(scene, thing.token, party[0]):
        return
    denied = status == "ruled_out"
    reading = Reading(thing.token, status, thing.token, top=thing.token, own=True, negated=denied)
    reading.predicates.append(thing.token)
    reading.note("refuse" if denied else "offer", thing.token)
    stretch = (min(piece.start, int(thing.token.left_edge.i)), piece.end)
    yield Draft(scene, reading, thing, status, quoted, party, stretch, speaker=quoted, direct=True)


def _foreign(scene: Scene, noun: Token, party: str) -> bool:
    """Say whether what is spoken of is somebody else's: *no Turkish soldiers*, said by Israel."""
    named = owner(noun)
    whose: Mention | None = scene.cast.of(noun) or (scene.cast.resolve(named) if named is not None else None)
    found = principal(whose) if whose is not None else None
    return found is not None and found[0] != party
