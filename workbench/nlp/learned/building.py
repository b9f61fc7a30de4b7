"""From a judged candidate to frames: the draft that the rules would have made of it, and its stance."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from workbench.core.annotation import By, Frame
from workbench.core.scheme import Pairs
from workbench.nlp.clauses import carrier, governor, mood, negation
from workbench.nlp.commitments import Draft, complete
from workbench.nlp.conditions import Range, condition, trailing
from workbench.nlp.learned.candidates import Carrier, Party
from workbench.nlp.learned.features import route
from workbench.nlp.learned.walk import Candidate
from workbench.nlp.scene import Scene, principal
from workbench.nlp.stances import dual
from workbench.nlp.statuses import Reading
from workbench.nlp.things import Thing
from workbench.nlp.tree import Token
from workbench.nlp.writing import stance

LEARNED: Final = "learned"
"""How the cue of an added frame names its rule."""

_SAYING: Final = frozenset({"say", "think"})
_ENOUGH: Final = 0.15
_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass"})


def promised(one: Candidate, chances: Mapping[str, float]) -> Draft | None:
    """Return the commitment that a candidate stands for, by its likeliest status that the sentence allows."""
    for status in sorted(chances, key=lambda each: -chances[each]):
        if chances[status] < _ENOUGH:
            return None
        sought = asker(one) if status == "requested" else None
        hanging = hanging_on(one.scene, one.it) if status == "conditional" else None
        lacking = {"requested": sought is None, "conditional": hanging is None, "ruled_out": not _denied(one)}
        if not lacking.get(status):
            return drafted(one, status, sought, hanging)
    return None


def _denied(one: Candidate) -> bool:
    """Say whether a contribution is negated or refused somewhere above it."""
    if any(each.lower_ == "no" for each in one.it.token.lefts):
        return True
    return any(negation(each) is not None or "refuse" in one.scene.lexicon.classes(each) for each in one.it.chain[:4])


def drafted(one: Candidate, status: str, sought: Party | None = None, hanging: Range | None = None) -> Draft:
    """Return a commitment with its evidence, speaker and flags."""
    scene, it, party = one.scene, one.it, one.party
    predicates, shared = _reach(scene, it, party)
    chain = predicates or [it.token]
    reading = Reading(chain[0], status, party.token, top=chain[-1], predicates=chain, shared=shared)
    reading.sought = sought.token if sought is not None else None
    reading.note(LEARNED, chain[0])
    for each in predicates:
        for kind in sorted(scene.lexicon.classes(each) - _SAYING):
            reading.note(kind, each)
        reading.negated = reading.negated or negation(each) is not None
        reading.classes.append(mood(carrier(each)))
    reading.soft = "would" in reading.classes
    thing, asks = Thing(it.label, it.token), sought.mention if sought is not None else None
    found = Draft(scene, reading, thing, status, party.mention, party.name, (0, 0), hanging, asks, things=[thing])
    complete(found)
    return found


def _reach(scene: Scene, it: Carrier, party: Party) -> tuple[list[Token], bool]:
    """Return the predicates between the contribution and its party, and whether the party stands beyond them."""
    level = route(it, party.base)[1]
    found: list[Token] = []
    for each in it.chain[: level + 1] if level >= 0 else it.chain[:1]:
        if found:
            link = governor(found[-1])
            beyond = link is not None and link.bond in {"content", "aside"}
            if beyond or scene.lexicon.classes(each) & _SAYING or carrier(found[-1]).dep_ == "conj":
                return found, True
        found.append(each)
    return found, level < 0 and party.token not in it.token.subtree


def hanging_on(scene: Scene, it: Carrier) -> Range | None:
    """Return the condition that a contribution hangs on."""
    predicates = list(it.chain[:3]) or [it.token]
    return condition(scene, predicates, negated=True) or trailing(scene, predicates)


def asker(one: Candidate) -> Party | None:
    """Return who asks for a contribution: the subject highest above it that is not its party, else the speaker."""
    it, party = one.it, one.party
    others = [each for each in one.setting.parties if each.name != party.name]
    subjects = [each for each in others if each.base.dep_ in _SUBJECTS and each.base.head in it.chain]
    if subjects:
        return max(subjects, key=lambda each: it.chain.index(each.base.head))
    spoken = one.scene.speaker(it.token)
    name = principal(spoken) if spoken is not None else None
    if spoken is None or name is None or name == party.name:
        return None
    return Party(it.token, it.token, spoken, name)


def paired(draft: Draft, pairs: Pairs, identity: str) -> Iterator[Frame]:
    """Yield the stance that goes with a commitment."""
    draft.reading.own = True
    for position in dual(draft, pairs):
        yield stance(position, identity)


def signed(frame: Frame, one: Candidate) -> Frame:
    """Name the words that a frame was learned from."""
    tokens = {each.i: each for each in (*one.it.chain[:2], one.it.token)}
    for each in list(tokens.values()):
        tokens |= {aux.i: aux for aux in carrier(each).lefts if aux.dep_ in {"aux", "neg"}}
    words = " + ".join(tokens[i].lower_ for i in sorted(tokens))
    return replace(frame, by=By(cue=f"{LEARNED}: {words}"))
