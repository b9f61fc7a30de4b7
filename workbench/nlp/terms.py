"""Terms that a party sets: *tied its offer to a ceasefire*, *wants a mandate before it sends troops*."""

from collections.abc import Iterator
from typing import Final

from workbench.nlp.clauses import child, negation, np_end, owner, subject
from workbench.nlp.commitments import Draft, drafted, multiplied
from workbench.nlp.conditions import Range
from workbench.nlp.contributions import contributed
from workbench.nlp.scene import Scene
from workbench.nlp.statuses import Reading
from workbench.nlp.things import typed
from workbench.nlp.tree import Token

_HANGING: Final = frozenset({"dependent", "conditional", "contingent", "subject"})
_GIVING: Final = frozenset({"give", "own", "commit"})


def hinging(scene: Scene, verb: Token) -> Iterator[Draft]:
    """Read *Paris made the dispatch of its soldiers dependent on a ceasefire*."""
    word = next((each for each in verb.subtree if each.lower_ in _HANGING and each.head.i >= verb.i), None)
    after = (*word.rights, *(each for each in verb.rights if each.i > word.i)) if word is not None else ()
    on = next((each for each in after if each.lower_ in {"on", "upon", "to"}), None)
    noun = child(on, "pobj") if on is not None else None
    topic = child(verb, "dobj") or (child(word, "nsubj") if word is not None else None)
    if word is None or noun is None or topic is None or (who := subject(verb)) is None or negation(verb) is not None:
        return
    who = who if scene.parties(who) else owner(topic) or who
    stretch: Range = (word.i, np_end(noun))
    given = [thing for thing in typed(scene, topic) if thing.type != "elsewhere"]
    for draft in drafted(scene, verb, frozenset({"decide"}), given, who) if given else ():
        draft.status, draft.condition = "conditional", stretch
        yield draft


def tied(scene: Scene, verb: Token) -> Iterator[Draft]:
    """Read *Egypt tied its offer of trainers to a halt in the fighting*."""
    noun, who = child(verb, "dobj", "nsubjpass"), subject(verb)
    links = [each for each in verb.subtree if each.dep_ == "prep" and each.lower_ in {"to", "on"} and each.i > verb.i]
    term = child(links[0], "pobj") if links else None
    if noun is None or term is None or who is None or negation(verb) is not None:
        return
    given = [thing for thing in typed(scene, noun) if thing.type != "elsewhere"]
    giver = owner(noun) if verb.tag_ == "VBN" and not scene.parties(who) else who
    for draft in drafted(scene, verb, frozenset({"decide"}), given, giver) if given else ():
        draft.status, draft.condition = "conditional", (links[0].i, np_end(term))
        yield draft


def first(scene: Scene, verb: Token) -> Iterator[Draft]:
    """Read *Ghana wants assurances on pay before it sends its engineers*: it has not made up its mind."""
    who = subject(verb)
    before = next((each for each in verb.subtree if each.lower_ == "before" and each.i > verb.i), None)
    if who is None or before is None or negation(verb) is not None or (later := _later(before)) is None:
        return
    other = subject(later)
    if other is not None and other.lower_ not in {"it", "they", "we", "he", "she"}:
        return
    between = (each for each in later.ancestors if verb.is_ancestor(each) and each.pos_ in {"VERB", "AUX"})
    if any(subject(each) is not None for each in between):
        return
    kinds = scene.lexicon.classes(later)
    given = contributed(scene, later, kinds) if kinds & _GIVING else []
    reading = Reading(verb, "under_consideration", who, top=verb, predicates=[verb, later])
    reading.note("wait", verb)
    yield from multiplied(scene, reading, given, "under_consideration", None)


def _later(before: Token) -> Token | None:
    """Return the verb of a clause with *before*."""
    verb = before.head if before.dep_ == "mark" else child(before, "pcomp")
    return verb if verb is not None and verb.pos_ == "VERB" else None
