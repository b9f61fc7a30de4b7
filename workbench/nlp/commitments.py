"""Commitments: who would contribute what, and how firmly."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from workbench.nlp import slots
from workbench.nlp.background import selfish
from workbench.nlp.clauses import carrier, child, mood, np_end
from workbench.nlp.conditions import Range
from workbench.nlp.contributions import contributed, lets
from workbench.nlp.evidence import evidence
from workbench.nlp.givers import actors, find_giver, nameless, speaker
from workbench.nlp.mentions import Mention
from workbench.nlp.movements import placed
from workbench.nlp.operators import read
from workbench.nlp.requests import beside
from workbench.nlp.scene import Scene, principal
from workbench.nlp.statuses import Reading
from workbench.nlp.tenses import final
from workbench.nlp.things import Thing
from workbench.nlp.tree import Token

_ANCHORS: Final = frozenset(
    {"give", "own", "move", "commit", "decide", "offer", "refuse", "consider", "request", "withdraw"}
)
_NOMINAL: Final = frozenset({"commit", "offer", "refuse", "withdraw"})
_PARTIAL: Final = frozenset({"not", "some", "most", "several", "many", "other"})
_AFTER: Final = frozenset({"to", "in", "inside", "into", "for", "on", "with", "off", "along", "over", "across", "at"})
_PURSES: Final = frozenset({"budget", "kitty", "pot", "coffer"})
_GAPS: Final = frozenset({"gap", "void", "hole"})
_SHARES: Final = frozenset({"third", "half", "quarter"})
_HINTS: Final = frozenset({"hint", "suggest"})
_TURNED: Final = frozenset({"announced", "offered", "delivered"})
_FAR: Final = 40
"""An actor so many tokens before the contribution stands in another clause, as good as."""


@dataclass(slots=True)
class Draft:
    """A commitment before it is written down; ranges are tokens."""

    scene: Scene
    reading: Reading
    thing: Thing
    status: str
    mention: Mention
    party: tuple[str, str | None]
    evidence: Range = (0, 0)
    condition: Range | None = None
    sought: Mention | None = None
    speaker: Mention | None = None
    direct: bool = False
    partial: bool = False
    hedged: bool = False
    joint: bool = False
    things: list[Thing] = field(default_factory=list)


def drafts(scene: Scene) -> list[Draft]:
    """List the commitments that a sentence expresses."""
    found: list[Draft] = []
    for token in scene.tokens:
        if token.pos_ not in {"VERB", "AUX", "NOUN"} or token.dep_ in {"aux", "auxpass"}:
            continue
        kinds = frozenset({"move"}) if placed(token) else _kinds(scene, token)
        if kinds & (_NOMINAL if token.pos_ == "NOUN" else _ANCHORS) and not scene.asks(token):
            found += _from(scene, token, kinds)
    return found


def _kinds(scene: Scene, verb: Token) -> frozenset[str]:
    """Return the classes of a verb as an anchor: some read otherwise with an object, in the passive, under *let*."""
    kinds = scene.lexicon.classes(verb)
    lemma, noun = verb.lemma_, child(verb, "dobj", "nsubjpass")
    if lets(scene, verb) or (lemma == "order" and verb.pos_ == "VERB" and noun is not None and _sent_to(scene, verb)):
        return frozenset({"give"})
    if lemma == "instruct" and child(verb, "xcomp") is None:
        return frozenset({"own"})
    if lemma == "commit" and mood(verb) == "bare" and child(verb, "dobj") is not None:
        return kinds - {"commit"}
    if lemma == "keep" and child(verb, "auxpass") is not None:
        return kinds - {"refuse"}
    if lemma == "manage" and mood(verb) not in {"can", "could"}:
        return kinds - {"give"}
    if "withdraw" in kinds and noun is not None:
        kinds = frozenset({"give"}) if noun.lemma_ == "cap" else kinds
        kinds = frozenset({"decide"}) if "withdraw" in scene.lexicon.classes(noun) else kinds
    return kinds - {"request"} if lemma == "tell" else kinds


def _sent_to(scene: Scene, verb: Token) -> bool:
    """Say whether it is to a place that something is ordered: *ordered a frigate to the Red Sea*."""
    links = (each for each in verb.subtree if each.dep_ == "prep" and each.lower_ in {"to", "into"})
    places = (scene.cast.at(noun) for each in links if (noun := child(each, "pobj")) is not None)
    return any(place is not None and place.label in {"GPE", "LOC"} for place in places)


def _from(scene: Scene, anchor: Token, kinds: frozenset[str]) -> Iterator[Draft]:
    given = contributed(scene, anchor, kinds)
    if given:
        yield from drafted(scene, anchor, kinds, given)


def drafted(
    scene: Scene, anchor: Token, kinds: frozenset[str], given: list[Thing], actor: Token | None = None
) -> Iterator[Draft]:
    """Yield what the words around an anchor make of what is given."""
    reading = read(anchor, kinds, scene.lexicon, [thing.token for thing in given])
    if reading is None:
        return
    reading.actor = actor or reading.actor
    find_giver(scene, reading, given)
    status, hanging = final(scene, reading)
    if status is not None and not selfish(scene, reading, given):
        yield from multiplied(scene, reading, given, status, hanging)


def multiplied(
    scene: Scene, reading: Reading, given: list[Thing], status: str, hanging: Range | None
) -> Iterator[Draft]:
    """Yield a draft for each actor and type."""
    if not given:
        return
    sought = None
    if status == "requested":
        asked = [mention for mention, _ in scene.parties(reading.sought)] if reading.sought is not None else []
        sought = asked[0] if asked else speaker(scene, reading)[0]
        if sought is None:
            return
    silent = scene.parties(reading.sought) if "withhold" in reading.classes else []
    acting = actors(scene, reading)
    among = acting and sought is not None and all(principal(each) == principal(sought) for each, _ in acting)
    if sought is not None and ("stop" in reading.classes or among or (not acting and nameless(reading))):
        yield _unanswered(scene, reading, given, sought)
    if "stop" in reading.classes:
        return
    named = {actor.actor for actor, _ in acting}
    for actor, _ in acting:
        party = principal(actor)
        mention = silent[0][0] if silent else actor
        if party is None or principal(mention) != party or (sought is not None and principal(sought) == party):
            continue
        for thing in (_such(scene, each, party[0]) for each in given):
            own = "ruled_out" if status in _TURNED and _excepted(thing.token) else status
            draft = Draft(scene, reading, thing, own, mention, party, (0, 0), hanging, sought, things=given)
            draft.joint = len(named) > 1
            complete(draft)
            if draft.speaker is not None and draft.speaker.actor in named:
                draft.speaker = mention
            yield draft


def _excepted(noun: Token) -> bool:
    """Say whether one of several things is what is not given: *advisers but no troops*, *money, not soldiers*."""
    before = noun.doc[noun.left_edge.i - 1] if noun.left_edge.i else noun
    return noun.dep_ in {"conj", "appos"} and (
        any(each.lower_ in {"no", "not"} for each in noun.lefts) or before.lower_ == "not"
    )


def _unanswered(scene: Scene, reading: Reading, given: list[Thing], sought: Mention) -> Draft:
    """Return what is asked of *allies* or *members* whom nobody can name: no commitment, but the asker's wish."""
    thing = given[0]
    if thing.type == "unspecified" and thing.token == reading.anchor and scene.memory.last is not None:
        thing = Thing(scene.memory.last, thing.token)
    draft = Draft(scene, reading, thing, "requested", sought, ("", None), (0, 0), None, sought, things=given)
    complete(draft)
    return draft


def _such(scene: Scene, thing: Thing, party: str) -> Thing:
    """Return what *such support* refers to: what was last said to be given by the party, or at all."""
    words = {each.lower_ for each in thing.token.lefts} if thing.type == "unspecified" else set()
    earlier = scene.memory.given.get(party) if words & {"such", "that", "this"} else None
    if thing.token.lemma_ in _GAPS and scene.memory.last is not None:
        earlier = scene.memory.last
    if thing.type == "unspecified" and _into_a_fund(scene, thing.token):
        earlier = "financing"
    return Thing(earlier, thing.token) if earlier else thing


def _into_a_fund(scene: Scene, noun: Token) -> bool:
    """Say whether it is money: *its contribution to the fund*."""
    links = (each for each in noun.rights if each.dep_ == "prep" and each.lower_ in {"to", "into"})
    funds = [fund for each in links if (fund := child(each, "pobj")) is not None]
    hits = (scene.things.get(fund.i) for fund in funds)
    return any(fund.lemma_ in _PURSES for fund in funds) or any(hit and hit.label == "financing" for hit in hits)


def complete(draft: Draft) -> None:
    """Fill what all frames of a reading share: evidence, speaker, flags."""
    scene, reading = draft.scene, draft.reading
    heads = [thing.token for thing in draft.things]
    far = reading.actor is not None and reading.anchor.i - _reach(reading) > _FAR
    named = [None if beside(reading) else reading.sought, None if reading.shared or far else reading.actor]
    heads += [each for each in named if each is not None and each.sent == scene.sentence]
    core = [reading.anchor, *reading.predicates, *reading.cues, *(carrier(each) for each in reading.predicates)]
    when = slots.timeframe(scene, reading.predicates)
    draft.evidence = evidence(scene, [*core, *_tails(reading.anchor)], heads, [draft.condition, when])
    draft.speaker, draft.direct = speaker(scene, reading)
    first = next(iter(reading.actor.lefts), None) if reading.actor is not None else None
    draft.partial = first is not None and first.lower_ in _PARTIAL
    share = any(scene.doc[i].lower_ in _SHARES for i in range(*draft.evidence))
    draft.partial = draft.partial or share or any(each.lower_ == "some" for each in draft.thing.token.lefts)
    hints = reading.said is not None and reading.said.lemma_ in _HINTS
    draft.hedged = reading.hedged or hints or slots.hedged(scene, *draft.evidence)


def _reach(reading: Reading) -> int:
    """Return where the actor's phrase ends: with its apposition where it is the subject of what is told."""
    actor = reading.actor
    if actor is None:
        return int(reading.anchor.i)
    told = {carrier(each).i for each in reading.predicates}
    direct = actor.head.i in told and actor.i < reading.anchor.i and child(actor, "relcl") is None
    return int(actor.right_edge.i if direct else actor.i)


def _tails(anchor: Token) -> Iterator[Token]:
    """Yield the ends of the places and recipients that follow what is given."""
    for each in anchor.rights:
        if each.dep_ in {"prt", "dative"} or (each.dep_ == "prep" and each.lower_ in _AFTER):
            noun = child(each, "pobj")
            if noun is None:
                yield each
            elif noun.ent_type_ not in {"DATE", "TIME"}:
                yield anchor.doc[np_end(noun) - 1]


def distinct(found: list[Draft]) -> list[Draft]:
    """Keep one frame for each actor and type where evidence overlaps: the one with the most telling cue."""
    kept: list[Draft] = []
    hanging = {(each.reading.anchor.i, *each.condition) for each in found if each.condition is not None}
    found = [each for each in found if not _hypothetical(each.reading.anchor.i, hanging)]
    for draft in sorted(found, key=lambda each: (each.thing.type == "unspecified", -len(each.reading.cues))):
        near = [each for each in kept if each.party == draft.party and overlap(each.evidence, draft.evidence)]
        if not any(draft.thing.type in {each.thing.type, "unspecified"} for each in near):
            kept.append(draft)
    return sorted(kept, key=lambda each: each.evidence)


def _hypothetical(anchor: int, hanging: set[tuple[int, int, int]]) -> bool:
    """Say whether a contribution stands in the condition of another."""
    return any(first <= anchor < last and anchor != other for other, first, last in hanging)


def overlap(one: Range, other: Range) -> bool:
    """Say whether two stretches share a token."""
    return min(one[1], other[1]) > max(one[0], other[0])
