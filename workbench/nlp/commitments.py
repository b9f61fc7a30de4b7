"""Commitments: who would contribute what, and how firmly."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from spacy.tokens import Token

from workbench.nlp import slots
from workbench.nlp.attribution import according, sayer
from workbench.nlp.clauses import carrier, child, governor, mood, np_end
from workbench.nlp.contributions import Thing, arguments, things, venture
from workbench.nlp.mentions import Mention
from workbench.nlp.operators import Reading, owner, read
from workbench.nlp.scene import Scene, principal
from workbench.nlp.slots import Range

_ANCHORS: Final = frozenset({"give", "own", "commit", "decide", "offer", "refuse", "consider", "request", "withdraw"})
_NOMINAL: Final = frozenset({"commit", "offer", "refuse", "withdraw", "decide"})
_RUNNING: Final = frozenset(
    {
        "train",
        "run",
        "support",
        "supply",
        "host",
        "lead",
        "fund",
        "finance",
        "pay",
        "deliver",
        "give",
        "command",
        "provide",
        "keep",
        "share",
        "work",
        "develop",
        "help",
        "bankroll",
        "continue",
        "escort",
    }
)
_STANDING: Final = frozenset(
    {
        "pay",
        "fund",
        "finance",
        "host",
        "command",
        "supply",
        "train",
        "pledge",
        "provide",
        "send",
        "hand",
        "deliver",
        "donate",
    }
)
_HELPED: Final = frozenset({"state", "force", "group", "alliance", "region"})
_CONDITIONABLE: Final = frozenset({"announced", "offered", "possible", "ruled_out", "standing"})


@dataclass(slots=True)
class Draft:
    """A commitment before it is written down; ranges are tokens."""

    scene: Scene
    reading: Reading
    thing: Thing
    status: str
    mention: Mention
    party: tuple[str, str | None]
    evidence: Range
    condition: Range | None = None
    sought: Mention | None = None
    speaker: Mention | None = None
    direct: bool = False
    indirect: bool = False
    partial: bool = False
    hedged: bool = False
    things: list[Thing] = field(default_factory=list)
    rule: str = ""


def drafts(scene: Scene) -> list[Draft]:
    """List the commitments that a sentence expresses."""
    if scene.asks:
        return []
    found: list[Draft] = []
    for token in scene.sentence:
        if token.dep_ in {"aux", "auxpass"} or token.pos_ not in {"VERB", "AUX", "NOUN"}:
            continue
        kinds = scene.lexicon.classes(token)
        if not kinds & _ANCHORS or (token.pos_ == "NOUN" and not kinds & _NOMINAL):
            continue
        found += _from(scene, token, kinds)
    return _distinct(found)


def _from(scene: Scene, anchor: Token, kinds: frozenset[str]) -> Iterator[Draft]:
    given = nominal(scene, anchor, kinds) if anchor.pos_ == "NOUN" else contributed(scene, anchor, kinds)
    if not given:
        return
    reading = read(anchor, kinds, scene.lexicon)
    if reading is None:
        return
    _passive(scene, reading, given)
    status, hanging = _status(scene, reading)
    if status is None:
        return
    yield from _multiplied(scene, reading, given, status, hanging)


def nominal(scene: Scene, noun: Token, kinds: frozenset[str]) -> list[Thing]:
    """List what an offer, pledge or refusal is of."""
    if noun.dep_ == "compound" or (owner(noun) is None and not any(each.dep_ == "amod" for each in noun.lefts)):
        return []
    return things(scene, noun, kinds)


def contributed(scene: Scene, verb: Token, kinds: frozenset[str]) -> list[Thing]:
    """List what a verb contributes: its typed objects, or itself where it says so alone."""
    inner = [
        each
        for each in verb.children
        if each.dep_ in {"xcomp", "ccomp"} and scene.lexicon.classes(each) & {"give", "own"}
    ]
    if "own" not in kinds:
        return [] if inner and "give" not in kinds else things(scene, verb, kinds)
    if any(contributed(scene, each, scene.lexicon.classes(each)) for each in inner):
        return []
    own = scene.lexicon.own.get(verb.lemma_.lower(), "unspecified")
    if own == "unspecified":
        return _unspecified(scene, verb, kinds)
    if own == "hq_command":
        return [Thing(own, verb)] if any(venture(scene, each) for each in arguments(verb, frozenset({"give"}))) else []
    if own == "training":
        found = [each for each in arguments(verb, frozenset({"give"}))]
        return [Thing(own, found[0])] if found else []
    typed = [thing for thing in things(scene, verb, kinds) if thing.type != "unspecified"]
    if (
        own == "financing"
        and verb.lemma_ in {"pay", "spend", "inject"}
        and not any(thing.type == "financing" for thing in typed)
    ):
        return [] if verb.lemma_ != "pay" or not typed else [Thing(own, typed[0].token)]
    return [Thing(own, next(iter(arguments(verb, kinds)), verb))]


def _unspecified(scene: Scene, verb: Token, kinds: frozenset[str]) -> list[Thing]:
    """List what *contribute, join, help, support* amount to."""
    objects = list(arguments(verb, kinds))
    typed = things(scene, verb, kinds)
    if typed and verb.lemma_ not in {"support", "back", "join"}:
        return typed
    if any(scene.things.get(each.i) is not None and scene.things[each.i].label == "elsewhere" for each in objects):
        return []
    if verb.lemma_ == "join":
        return [Thing("unspecified", each) for each in objects[:1] if venture(scene, each)]
    helped = [each for each in objects if venture(scene, each) or _state(scene, each)]
    if verb.lemma_ in {"support", "back", "assist"}:
        return [Thing("unspecified", helped[0])] if helped else []
    others = [each for each in objects if each not in helped and each.lower_ != "part" and each.dep_ == "dobj"]
    return [] if others else [Thing("unspecified", helped[0] if helped else verb)]


def _state(scene: Scene, token: Token) -> bool:
    mention = scene.cast.resolve(token)
    return mention is not None and mention.kind in _HELPED


def _passive(scene: Scene, reading: Reading, given: list[Thing]) -> None:
    """Find the actor of what is or will be given: the agent, else whose troops they are."""
    verb = carrier(reading.anchor)
    if child(verb, "nsubjpass") is None and not any(thing.token is reading.actor for thing in given):
        return
    agent = next((each for each in verb.children if each.dep_ == "agent"), None)
    if agent is not None:
        reading.actor = child(agent, "pobj")
        return
    noun = child(verb, "nsubjpass") or reading.actor
    reading.actor = None
    if noun is None:
        return
    for each in noun.children:
        if (
            each.dep_ == "prep"
            and each.lower_ in {"from", "of"}
            and (found := child(each, "pobj")) is not None
            and scene.cast.of(found)
        ):
            reading.actor = found
            return
    reading.actor = next(
        (each for each in noun.lefts if each.dep_ in {"amod", "poss", "compound", "nmod"} and scene.cast.of(each)), None
    )


def _status(scene: Scene, reading: Reading) -> tuple[str | None, Range | None]:
    """Apply the condition and what tense and verb say together."""
    status = reading.status
    hanging = None
    if status in _CONDITIONABLE:
        hanging = slots.condition(scene, reading.predicates)
        if hanging is not None:
            return "conditional", hanging
    if status == "under_consideration" and any(each.lemma_ == "imagine" for each in reading.cues):
        hanging = slots.condition(scene, reading.predicates)
        return ("conditional" if hanging else status), hanging
    lemma = reading.anchor.lemma_
    if status == "possible":
        return None, None
    if status == "running":
        dated = slots.timeframe(scene, reading.predicates, ()) is not None
        return ("delivered" if lemma in _RUNNING and not dated else "announced"), None
    if status == "standing":
        return ("delivered" if lemma in _STANDING and not reading.anchor.dep_ == "relcl" else None), None
    if status == "delivered":
        return (None if _history(scene, reading) else status), None
    if status == "withdrawn" and mood(carrier(reading.anchor)) == "done" and _long_ago(scene):
        return None, None
    return status, None


def _history(scene: Scene, reading: Reading) -> bool:
    """Say whether a past action is only background."""
    verb = reading.anchor
    if (
        mood(carrier(verb)) != "done"
        or (verb.dep_ in {"advcl", "relcl", "acl", "amod"}
        and not any(each.lower_ in {"have", "has"} for each in verb.children))
    ):
        return True
    if any(each.lower_ == "had" for each in verb.children if each.dep_ == "aux"):
        return True
    return _long_ago(scene)


def _long_ago(scene: Scene) -> bool:
    """Say whether the sentence names a year before that of the article."""
    today = (scene.doc._.published or "9")[:4]
    years = [token.text for token in scene.sentence if token.shape_ == "dddd" and token.text[:2] in {"19", "20"}]
    return any(year < today for year in years)


def _multiplied(
    scene: Scene, reading: Reading, given: list[Thing], status: str, hanging: Range | None
) -> Iterator[Draft]:
    """Yield a draft for each actor and type."""
    sought = None
    if status == "requested":
        asked = [mention for mention, _ in scene.parties(reading.sought)] if reading.sought is not None else []
        sought = asked[0] if asked else _speaker(scene, reading)[0]
        if sought is None:
            return
    for mention, token in scene.parties(reading.actor):
        party = principal(mention)
        if party is None or (sought is not None and principal(sought) == party):
            continue
        for thing in given:
            draft = Draft(scene, reading, thing, status, mention, party, (0, 0), hanging, sought, things=given)
            _complete(draft, token)
            yield draft


def _complete(draft: Draft, token: Token) -> None:
    """Fill what all frames of a reading share: evidence, speaker, flags."""
    scene, reading = draft.scene, draft.reading
    actor = [reading.actor] if reading.actor is not None and reading.actor.sent == scene.sentence else []
    heads = [*(each for each in actor), *(thing.token for thing in draft.things)]
    core = [reading.anchor, *reading.predicates, *reading.cues, *(carrier(each) for each in reading.predicates)]
    if draft.sought is not None and reading.sought is not None:
        heads.append(reading.sought)
    tails = [*core, *(each for each in _tails(reading.anchor))]
    when = slots.timeframe(scene, reading.predicates, [])
    draft.evidence = slots.evidence(scene, tails, heads, [draft.condition, when])
    draft.speaker, draft.direct = _speaker(scene, reading)
    draft.indirect = draft.speaker is not None and not draft.direct
    first = next(iter(reading.actor.lefts), None) if reading.actor is not None else None
    draft.partial = first is not None and first.lower_ in {"not", "some", "most", "several", "many", "other"}
    draft.hedged = reading.hedged or slots.hedged(scene, *draft.evidence)
    draft.rule = "+".join(dict.fromkeys(reading.classes)) or "plain"


def _tails(anchor: Token) -> Iterator[Token]:
    """Yield the ends of the places and recipients that follow what is given."""
    for each in anchor.rights:
        if each.dep_ in {"prt", "dative"} or (
            each.dep_ == "prep"
            and each.lower_
            in {"to", "in", "inside", "into", "for", "on", "with", "off", "along", "over", "across", "at"}
        ):
            noun = child(each, "pobj")
            if noun is not None and noun.ent_type_ not in {"DATE", "TIME"}:
                yield anchor.doc[np_end(noun) - 1]
            elif noun is None:
                yield each


def _speaker(scene: Scene, reading: Reading) -> tuple[Mention | None, bool]:
    """Return who says so and whether in their own quoted words."""
    top = reading.top or reading.anchor
    return voice(scene, carrier(top), reading.actor, reading.said)


def voice(scene: Scene, verb: Token, holder: Token | None, said: Token | None = None) -> tuple[Mention | None, bool]:
    """Return who utters a clause, and whether it is quoted whole."""
    quote = scene.quote(verb)
    if quote is not None and (holder is None or holder.sent != verb.sent or quote.start <= holder.i < quote.end):
        return scene.speaker(verb), True
    if said is not None and (mention := sayer(said, scene.cast)) is not None:
        return mention, False
    link = governor(verb)
    while link is not None and link.bond in {"content", "control", "joined"}:
        if (
            "say" in scene.lexicon.classes(link.token)
            and link.bond == "content"
            and (mention := sayer(link.token, scene.cast)) is not None
        ):
            return mention, False
        link = governor(link.token)
    for each in (verb, scene.sentence.root):
        if (mention := according(each, scene.cast)) is not None:
            return mention, False
    return None, False


def _distinct(found: list[Draft]) -> list[Draft]:
    """Keep one frame for each actor and type where evidence overlaps: the one with the most telling cue."""
    kept: list[Draft] = []
    for draft in sorted(found, key=lambda each: (each.thing.type == "unspecified", -len(each.reading.cues))):
        same = [each for each in kept if each.party == draft.party and _overlap(each.evidence, draft.evidence)]
        if any(each.thing.type == draft.thing.type or draft.thing.type == "unspecified" for each in same):
            continue
        kept.append(draft)
    return sorted(kept, key=lambda each: each.evidence)


def _overlap(one: Range, other: Range) -> bool:
    return min(one[1], other[1]) > max(one[0], other[0])
