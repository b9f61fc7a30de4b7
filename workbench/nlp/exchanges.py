"""What one party makes its own contribution hang on, and so asks of another: *if Brussels foots the bill*."""

from collections.abc import Iterator
from typing import Final

from workbench.nlp.clauses import child, negation, subject
from workbench.nlp.commitments import Draft, multiplied
from workbench.nlp.contributions import contributed
from workbench.nlp.figures import meant
from workbench.nlp.scene import Scene, principal
from workbench.nlp.statuses import Reading
from workbench.nlp.things import Thing
from workbench.nlp.tree import Token

_GIVING: Final = frozenset({"give", "own"})


def exchanged(scene: Scene, found: list[Draft]) -> Iterator[Draft]:
    """Yield what the conditions of a sentence ask of others than those who set them: no stance of anybody."""
    bound = (each for each in reversed(found) if each.status == "conditional" and each.thing.type != "sanctions")
    terms = {each.condition: each for each in bound if each.party[0]}
    for stretch, draft in terms.items():
        for verb in scene.doc[stretch[0] : stretch[1]] if stretch is not None else ():
            if verb.pos_ in {"VERB", "AUX"} and verb.dep_ not in {"aux", "auxpass"}:
                yield from _asked(scene, draft, verb)


def _asked(scene: Scene, draft: Draft, verb: Token) -> Iterator[Draft]:
    """Yield what a clause of a condition asks of its subject."""
    actor = subject(verb)
    if actor is None or negation(verb) is not None or not (given := _given(scene, verb)):
        return
    voice = scene.doc.covering(draft.mention.start, draft.mention.end).root
    reading = Reading(verb, "requested", actor, sought=voice, top=verb, predicates=[verb])
    reading.note("request", verb)
    for each in multiplied(scene, reading, given, "requested", None):
        if each.party[0] and principal(each.mention) != draft.party:
            each.speaker, each.direct = draft.speaker, draft.direct
            yield each


def _given(scene: Scene, verb: Token) -> list[Thing]:
    kinds = scene.lexicon.classes(verb)
    given = (contributed(scene, verb, kinds) if kinds & _GIVING else []) or meant(scene, verb)
    alone = verb.lemma_ == "pay" and child(verb, "dobj", "prep") is None
    return given or ([Thing("financing", verb)] if alone else [])
