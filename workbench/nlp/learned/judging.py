"""Candidates judged by the models: which commitments to add, and which stances go with commitments."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from workbench.core.annotation import Frame, Span
from workbench.core.scheme import Pairs
from workbench.nlp.commitments import Draft
from workbench.nlp.learned.building import drafted, paired, promised, signed
from workbench.nlp.learned.contest import settled, taken
from workbench.nlp.learned.model import Linear, Models
from workbench.nlp.learned.walk import Candidate, candidates, scenes
from workbench.nlp.lexicon import Lexicon
from workbench.nlp.tree import Doc
from workbench.nlp.writing import commitment

Found = tuple[Candidate, Draft, Frame]
_CLOSE: Final = 0.3
_POSSIBLE: Final = 0.0
"""Log odds from which a candidate may be proposed, if it is sure enough once it is a frame."""

_HELD: Final = -0.5
"""Log odds from which a stance may go with a commitment."""

_ENTANGLED: Final = frozenset({"requested", "conditional"})


def judged(doc: Doc, lexicon: Lexicon, model: Linear) -> list[Candidate]:
    """Return the candidates of a document with their odds."""
    return [
        one for scene, setting, words in scenes(doc, lexicon) for one in candidates(scene, setting, words, model.odds)
    ]


def proposals(
    found: Sequence[Candidate], frames: Sequence[Frame], models: Models, pairs: Pairs
) -> tuple[list[Frame], list[Frame]]:
    """Return the commitments and the stances to add to the frames of the rules."""
    ruled = [each for each in frames if each.kind == "commitment"]
    told = [each for each in frames if each.kind == "stance"]
    added = list(additions(found, ruled, models))
    held = [*taking(added, models), *lacking(found, ruled, told, models)]
    return [frame for _, _, frame in added], list(stances(held, told, pairs))


def additions(found: Sequence[Candidate], ruled: Sequence[Frame], models: Models) -> Iterator[Found]:
    """Yield the commitments to add to those of the rules, the likeliest first."""
    likely = [each for each in found if each.odds >= _POSSIBLE and not taken(each, ruled)]
    likely.sort(key=lambda each: -each.odds)
    made: dict[int, tuple[Draft, Frame]] = {}
    ranked: list[tuple[Candidate, Span]] = []
    for one in likely:
        if (draft := promised(one, models.status.chances(one.seen))) is not None:
            frame = signed(commitment(draft, "c"), one)
            made[id(one)] = draft, frame
            ranked.append((one, frame.span))
    for one, _ in settled(ranked, ruled):
        yield (one, *made[id(one)])


def matching(frame: Frame, found: Sequence[Candidate]) -> Candidate | None:
    """Return the likeliest candidate that stands for a commitment of the rules."""
    span = frame.span
    same = [
        each
        for each in found
        if each.party.name[0] == frame.slots["actor"]
        and each.it.label == frame.slots["type"]
        and span.start <= each.it.token.idx < span.end
    ]
    return max(same, key=lambda each: each.odds, default=None)


def with_status(one: Candidate, status: str) -> list[str]:
    """Return what a candidate shows once its status is known."""
    quoted = one.scene.quote(one.it.token) is not None
    return [*one.seen, f"st:{status}", f"st:{status}|{quoted}"]


def stances(found: Sequence[Found], told: Sequence[Frame], pairs: Pairs) -> Iterator[Frame]:
    """Yield the stances that go with commitments, unless they are told already."""
    known = list(told)
    for one, draft, _ in found:
        for each in paired(draft, pairs, "s"):
            if not any(_same(each, other) for other in known):
                made = signed(each, one)
                known.append(made)
                yield made


def taking(found: Iterable[Found], models: Models) -> Iterator[Found]:
    """Yield the commitments by which their actor takes a stance."""
    for one, draft, frame in found:
        if stands(one, frame, models):
            yield one, draft, frame


def stands(one: Candidate, frame: Frame, models: Models) -> bool:
    """Say whether a stance goes with a commitment."""
    return models.dual.odds(with_status(one, str(frame.slots["status"]))) >= _HELD


def _same(one: Frame, other: Frame) -> bool:
    held = one.slots["target"] == other.slots["target"] and one.slots["holder"] == other.slots["holder"]
    held = held or one.slots.get("on_behalf_of") == other.slots.get("on_behalf_of")
    return held and one.span.overlap(other.span) > 0


def lacking(
    found: Sequence[Candidate], ruled: Sequence[Frame], told: Sequence[Frame], models: Models
) -> Iterator[Found]:
    """Yield the commitments of the rules that should have a stance on their evidence and have none."""
    for frame in ruled:
        status = str(frame.slots["status"])
        if status in _ENTANGLED or any(frame.span.overlap(each.span) >= _CLOSE for each in told):
            continue
        one = matching(frame, found)
        if one is not None and stands(one, frame, models):
            draft = drafted(one, status)
            words = one.scene.doc.covering(frame.span.start, frame.span.end)
            draft.evidence = (words.start, words.end)
            yield one, draft, frame


def odds_of(frame: Frame, found: Sequence[Candidate]) -> float | None:
    """Return the odds of the likeliest candidate behind a frame, None where there is none."""
    if frame.kind == "commitment":
        one = matching(frame, found)
        return one.odds if one is not None else None
    span, party = frame.span, frame.slots.get("on_behalf_of") or frame.slots["holder"]
    near = [e.odds for e in found if e.party.name[0] == party and span.start <= e.it.token.idx < span.end]
    return max(near, default=None)
