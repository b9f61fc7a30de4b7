"""Commitments: who would contribute what, and how firmly."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from spacy.tokens import Token

from workbench.nlp import slots
from workbench.nlp.attribution import voice
from workbench.nlp.background import background, long_ago, selfish
from workbench.nlp.clauses import carrier, child, mood, np_end, owner, subject
from workbench.nlp.conditions import Range, condition, trailing
from workbench.nlp.contributions import contributed, placed
from workbench.nlp.evidence import evidence
from workbench.nlp.mentions import Mention
from workbench.nlp.operators import read
from workbench.nlp.scene import PLURALS, Scene, principal
from workbench.nlp.statuses import Reading
from workbench.nlp.things import Thing

_ANCHORS: Final = frozenset(
    {"give", "own", "move", "commit", "decide", "offer", "refuse", "consider", "request", "withdraw"}
)
_NOMINAL: Final = frozenset({"commit", "offer", "refuse", "withdraw"})
_CONDITIONABLE: Final = frozenset({"announced", "offered", "possible", "ruled_out"})
_PARTIAL: Final = frozenset({"not", "some", "most", "several", "many", "other"})
_AFTER: Final = frozenset({"to", "in", "inside", "into", "for", "on", "with", "off", "along", "over", "across", "at"})


_SHARES: Final = frozenset({"third", "half", "quarter"})
_HINTS: Final = frozenset({"hint", "suggest"})
_FAR: Final = 18
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
    for token in scene.sentence:
        if token.pos_ not in {"VERB", "AUX", "NOUN"} or token.dep_ in {"aux", "auxpass"}:
            continue
        kinds = frozenset({"move"}) if placed(token) else scene.lexicon.classes(token)
        if kinds & (_NOMINAL if token.pos_ == "NOUN" else _ANCHORS) and not scene.asks(token):
            found += _from(scene, token, kinds)
    return found


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
    _passive(scene, reading, given)
    if reading.actor is None and _existential(reading):
        reading.actor = _whose(scene, given[0].token) or _sayer(reading)
    status, hanging = _status(scene, reading)
    if status is not None and not selfish(scene, reading, given):
        yield from multiplied(scene, reading, given, status, hanging)


def _passive(scene: Scene, reading: Reading, given: list[Thing]) -> None:
    """Find the actor of what is or will be given: the agent, else whose troops they are."""
    verb = carrier(reading.anchor)
    noun = child(verb, "nsubjpass")
    if noun is None and any(thing.token == reading.actor for thing in given):
        noun = reading.actor
    agent = child(verb, "agent")
    if noun is None and not (agent is not None and verb.dep_ == "acl"):
        return
    reading.actor = child(agent, "pobj") if agent is not None else _whose(scene, noun or verb.head)


def _existential(reading: Reading) -> bool:
    """Say whether nobody is named: *there are no plans to send troops*."""
    verb = carrier(reading.top) if reading.top is not None else reading.anchor
    return any(each.dep_ == "expl" for each in (*verb.children, *verb.head.children))


def _sayer(reading: Reading) -> Token | None:
    """Return the subject of the verb of saying above a reading."""
    verb = carrier(reading.top or reading.anchor)
    for _ in range(3):
        if verb.dep_ == "ccomp" and subject(verb.head) is not None:
            return subject(verb.head)
        verb = verb.head
    return None


def _whose(scene: Scene, noun: Token) -> Token | None:
    """Return whose troops or ships a noun names, by *from*, *of*, a nationality or a possessive."""
    for each in noun.children:
        found = child(each, "pobj") if each.dep_ == "prep" and each.lower_ in {"from", "of"} else None
        if found is not None and scene.cast.of(found):
            return found
    found = owner(noun)
    return found if found is not None and (found.dep_ == "poss" or scene.cast.of(found) is not None) else None


def _status(scene: Scene, reading: Reading) -> tuple[str | None, Range | None]:
    """Apply the condition, and what tense and verb say together."""
    status = reading.status
    imagined = status == "under_consideration" and any(each.lemma_ == "imagine" for each in reading.cues)
    if status in _CONDITIONABLE or imagined:
        hanging = condition(scene, reading.predicates, negated=status == "ruled_out")
        hanging = hanging or trailing(scene, reading.predicates)
        if hanging is not None:
            return "conditional", hanging
    if status in {"running", "standing", "delivered"} and reading.anchor.lemma_ in {"support", "back"}:
        return None, None
    if status == "running":
        dated = slots.ahead(scene, reading.predicates)
        return (
            "delivered" if reading.anchor.lemma_ in scene.lexicon.group("running") and not dated else "announced"
        ), None
    if (
        status == "standing"
        and reading.anchor.lemma_ in scene.lexicon.group("passing")
        and slots.ahead(scene, reading.predicates)
    ):
        return "announced", None
    if status == "standing" and reading.anchor.lemma_ in scene.lexicon.group("raising"):
        return "announced", None
    if status == "standing":
        fits = reading.anchor.lemma_ in scene.lexicon.group("standing") and carrier(reading.anchor).dep_ != "relcl"
        return ("delivered" if fits else None), None
    passing = reading.anchor.lemma_ in scene.lexicon.group("passing")
    if status == "delivered" and (background(reading) or (passing and not _dated(scene, reading))):
        return None, None
    if status in {"delivered", "withdrawn"} and mood(carrier(reading.anchor)) == "done" and long_ago(scene):
        return None, None
    return (_possible(scene, reading) if status == "possible" else status), None


def _dated(scene: Scene, reading: Reading) -> bool:
    """Say whether an action in passing is news after all: *joined the coalition last month*."""
    return reading.anchor.lemma_ == "join" and slots.timeframe(scene, reading.predicates) is not None


def _possible(scene: Scene, reading: Reading) -> str | None:
    """Read what a party says that it could do itself as a soft offer."""
    speaker = _speaker(scene, reading)[0]
    party = next((principal(mention) for mention, _ in actors(scene, reading)), None)
    modal = next((each for each in carrier(reading.anchor).children if each.dep_ == "aux"), None)
    if speaker is None or party is None or principal(speaker) != party or modal is None or "have" in _verbs(modal):
        return None
    reading.soft = True
    reading.note("offer", modal)
    return "offered"


def _verbs(modal: Token) -> set[str]:
    return {each.lower_ for each in modal.head.children if each.dep_ in {"aux", "auxpass"}}


def multiplied(
    scene: Scene, reading: Reading, given: list[Thing], status: str, hanging: Range | None
) -> Iterator[Draft]:
    """Yield a draft for each actor and type."""
    sought = None
    if status == "requested":
        asked = [mention for mention, _ in scene.parties(reading.sought)] if reading.sought is not None else []
        sought = asked[0] if asked else _speaker(scene, reading)[0]
        if sought is None:
            return
    silent = scene.parties(reading.sought) if "withhold" in reading.classes else []
    acting = actors(scene, reading)
    if sought is not None and not acting and reading.actor is not None and reading.actor.lemma_ in PLURALS:
        yield _unanswered(scene, reading, given, sought)
    named = {actor.actor for actor, _ in acting}
    for actor, _ in acting:
        party = principal(actor)
        mention = silent[0][0] if silent else actor
        if party is None or principal(mention) != party or (sought is not None and principal(sought) == party):
            continue
        for thing in (_such(scene, each, party[0]) for each in given):
            draft = Draft(scene, reading, thing, status, mention, party, (0, 0), hanging, sought, things=given)
            draft.joint = len(named) > 1
            complete(draft)
            if draft.speaker is not None and draft.speaker.actor in named:
                draft.speaker = mention
            yield draft


def _unanswered(scene: Scene, reading: Reading, given: list[Thing], sought: Mention) -> Draft:
    """Return what is asked of *allies* or *members* whom nobody can name: no commitment, but the asker's wish."""
    draft = Draft(scene, reading, given[0], "requested", sought, ("", None), (0, 0), None, sought, things=given)
    complete(draft)
    return draft


def actors(scene: Scene, reading: Reading) -> list[tuple[Mention, Token]]:
    """List who would act, a pronoun through the subjects around it where nothing else tells."""
    found = scene.antecedents(reading.actor, reading.anchor) if reading.actor is not None else []
    if found is None:
        return []
    found = found or scene.parties(reading.actor)
    if not found and reading.fallback is not None:
        found = scene.parties(reading.fallback)
    return found


def _such(scene: Scene, thing: Thing, party: str) -> Thing:
    """Return what *such support* refers to: what was last said to be given by the party, or at all."""
    words = {each.lower_ for each in thing.token.lefts} if thing.type == "unspecified" else set()
    earlier = scene.memory.given.get(party) if words & {"such", "that", "this"} else None
    return Thing(earlier, thing.token) if earlier else thing


def complete(draft: Draft) -> None:
    """Fill what all frames of a reading share: evidence, speaker, flags."""
    scene, reading = draft.scene, draft.reading
    heads = [thing.token for thing in draft.things]
    far = reading.actor is not None and reading.anchor.i - reading.actor.i > _FAR
    named = [reading.sought] if reading.shared or far else [reading.actor, reading.sought]
    heads += [each for each in named if each is not None and each.sent == scene.sentence]
    core = [reading.anchor, *reading.predicates, *reading.cues, *(carrier(each) for each in reading.predicates)]
    when = slots.timeframe(scene, reading.predicates)
    draft.evidence = evidence(scene, [*core, *_tails(reading.anchor)], heads, [draft.condition, when])
    draft.speaker, draft.direct = _speaker(scene, reading)
    first = next(iter(reading.actor.lefts), None) if reading.actor is not None else None
    draft.partial = first is not None and first.lower_ in _PARTIAL
    share = any(scene.doc[i].lower_ in _SHARES for i in range(*draft.evidence))
    draft.partial = draft.partial or share or any(each.lower_ == "some" for each in draft.thing.token.lefts)
    hints = reading.said is not None and reading.said.lemma_ in _HINTS
    draft.hedged = reading.hedged or hints or slots.hedged(scene, *draft.evidence)


def _tails(anchor: Token) -> Iterator[Token]:
    """Yield the ends of the places and recipients that follow what is given."""
    for each in anchor.rights:
        if each.dep_ in {"prt", "dative"} or (each.dep_ == "prep" and each.lower_ in _AFTER):
            noun = child(each, "pobj")
            if noun is None:
                yield each
            elif noun.ent_type_ not in {"DATE", "TIME"}:
                yield anchor.doc[np_end(noun) - 1]


def _speaker(scene: Scene, reading: Reading) -> tuple[Mention | None, bool]:
    return voice(scene, carrier(reading.top or reading.anchor), reading.actor, reading.said)


def distinct(found: list[Draft]) -> list[Draft]:
    """Keep one frame for each actor and type where evidence overlaps: the one with the most telling cue."""
    kept: list[Draft] = []
    for draft in sorted(found, key=lambda each: (each.thing.type == "unspecified", -len(each.reading.cues))):
        near = [each for each in kept if each.party == draft.party and overlap(each.evidence, draft.evidence)]
        if not any(draft.thing.type in {each.thing.type, "unspecified"} for each in near):
            kept.append(draft)
    return sorted(kept, key=lambda each: each.evidence)


def overlap(one: Range, other: Range) -> bool:
    """Say whether two stretches share a token."""
    return min(one[1], other[1]) > max(one[0], other[0])
