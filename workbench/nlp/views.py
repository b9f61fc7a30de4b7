"""Views told by figures of speech: *threw its weight behind the plan*, *has no qualms*, *takes a dim view of it*."""

from collections.abc import Iterator
from itertools import chain
from typing import Final

from workbench.core.scheme import Pairs
from workbench.nlp.clauses import mood, negation
from workbench.nlp.figures import matched
from workbench.nlp.positions import TURNED, held, holder_of, targets
from workbench.nlp.scene import Scene
from workbench.nlp.stances import Position
from workbench.nlp.targets import Target
from workbench.nlp.tree import Token

_NEAR: Final = 8
_NO: Final = frozenset({"no", "not", "none", "few", "little", "less"})
_OBJECTS: Final = frozenset({"pobj", "dobj", "pcomp"})
_ITSELF: Final = frozenset({"it", "out", "none", "of"})
"""Where a figure ends so, it is one's own part that is refused: *wants out*, *will not have it*."""

_ASSERTED: Final = frozenset({"does", "done", "doing", "will", "would"})


def views(scene: Scene, pairs: Pairs) -> Iterator[Position]:
    """Yield the stances of a sentence that stand in figures of speech."""
    spoken = {"…", "$", *chain.from_iterable(scene.words)}
    for verb in scene.tokens:
        rows = scene.lexicon.idioms.get(verb.lemma_.lower(), ()) if verb.pos_ in {"VERB", "AUX"} else ()
        for rest, polarity, no in rows:
            figure = matched(scene, verb, rest, polarity, "") if spoken.issuperset(rest) else None
            between = scene.doc[verb.i : figure.last] if figure is not None else ()
            if (
                figure is not None
                and not scene.asks(verb)
                and (not no or all(each.lower_ != "none" for each in between))
            ):
                yield from _viewed(scene, verb, scene.doc[figure.last], _side(verb, rest, polarity, no), pairs)
                break


def _side(verb: Token, rest: tuple[str, ...], polarity: str, no: str) -> str | None:
    """Return which way a figure judges where it stands; None where it is not said of anybody."""
    denied = negation(verb) is not None
    if mood(verb) not in _ASSERTED and verb.dep_ not in {"xcomp", "advcl", "pcomp"}:
        return None
    if no:
        return polarity if denied and mood(verb) != "done" else None
    return TURNED.get(polarity) if denied and _NO.isdisjoint(rest) else polarity


def _viewed(scene: Scene, verb: Token, last: Token, polarity: str | None, pairs: Pairs) -> Iterator[Position]:
    """Yield the view on what follows a figure, else on what was judged last."""
    if polarity is None:
        return
    after = scene.doc[last.i + 1 : min(last.i + 1 + _NEAR, scene.sentence.end)]
    noun = next((each for each in after if each.dep_ in _OBJECTS and {each.head, each.head.head} & {verb, last}), last)
    itself = last.lower_ in _ITSELF
    found = targets(scene, noun, verb, pairs) if noun != last else []
    found = found or [Target("participation" if itself else scene.memory.judged or "coalition")]
    for target in found:
        yield from held(scene, verb, holder_of(verb), noun, target, polarity, [verb, last])
