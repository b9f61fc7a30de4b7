"""Who holds a position on what, and where it stands: the common part of all words of judgement."""

from collections.abc import Iterator
from typing import Final

from workbench.core.scheme import Pairs
from workbench.nlp import slots
from workbench.nlp.attribution import voice
from workbench.nlp.clauses import carrier, child, governor, members, negation, subject
from workbench.nlp.conditions import Range, condition
from workbench.nlp.evidence import evidence, trimmed
from workbench.nlp.scene import Scene, principal
from workbench.nlp.stances import Position, spokesman
from workbench.nlp.strays import represented
from workbench.nlp.targets import Target, target_of
from workbench.nlp.tree import Token

_AT_HOME: Final = frozenset({"government", "administration", "him", "her"})
_OWN, _SHARED, _QUOTED = 25, 6, 25
"""So many tokens before a word of judgement its own subject is part of the evidence, or one that it shares with
another verb; and so many words has a quotation that belongs to the evidence as a whole."""

_CHARGING: Final = frozenset(
    {"accuse", "thank", "blame", "praise", "criticise", "criticize", "fault", "chide", "condemn"}
)
TURNED: Final = {"supports": "opposes", "opposes": "supports"}


def held(
    scene: Scene, word: Token, holder: Token | None, noun: Token, target: Target, polarity: str, cues: list[Token]
) -> Iterator[Position]:
    """Yield the position of everyone who holds it."""
    if holder is None:
        return
    polarity = TURNED.get(polarity, polarity) if target.turned else polarity
    if polarity == "opposes" and word.pos_ == "VERB" and noun.lower_ in _AT_HOME and _partisan(scene, holder):
        target = Target("participation", target.name.removeprefix("actor:"))
    hanging = condition(scene, [word])
    within = "say" not in scene.lexicon.classes(holder.head) or holder.head in {word, *cues}
    near = [holder] if within and holder.sent == scene.sentence and _heard(holder, word) else []
    about = (child(noun, "dobj") or noun) if noun.pos_ == "VERB" else noun
    things = [*near, about, *(each for each in cues if each.pos_ == "NOUN")]
    stretch = evidence(scene, [word, *cues, *_charge(word, noun), *_limits(noun)], things, [hanging])
    stretch = _unclipped(scene, word, stretch)
    speaker, direct = voice(scene, carrier(word), holder)
    quoted = scene.speaker(word) if holder == noun else None
    meant = scene.antecedents(holder, word)
    parties = [(quoted, noun)] if quoted else meant or (scene.parties(holder) if meant is not None else [])
    if holder == noun and quoted is None:
        return
    for mention, _ in parties:
        own = {mention.actor, mention.principal}
        if (principal(mention) is None and mention.kind != "person") or target.name.removeprefix("actor:") in own:
            continue
        provider = None if target.provider in own else target.provider
        yield Position(
            scene, spokesman(mention, speaker), target.name, "conditional" if hanging else polarity, stretch,
            ["judge", polarity], cues, hanging, provider, speaker, direct, negation(word) is not None,
            slots.hedged(scene, *stretch),
        )  # fmt: skip


def _heard(holder: Token, word: Token) -> bool:
    """Say whether a holder stands so near a word that it is part of the evidence."""
    verb, shared = carrier(word), False
    while verb.head not in {verb, holder.head} and verb != holder.head:
        shared = shared or verb.dep_ == "conj"
        verb = verb.head
    shared = shared or (verb.dep_ == "conj" and verb != holder.head)
    return abs(holder.i - word.i) < (_SHARED if shared else _OWN)


def _charge(word: Token, noun: Token) -> list[Token]:
    """Return where what somebody is accused of or praised for ends: *accused Oslo of stalling*."""
    if noun.dep_ == "nsubj" and noun.head.dep_ == "ccomp" and noun.head.head == word:
        return [noun.head.right_edge] if noun.head.right_edge.i - noun.i < _QUOTED else []
    if word.lemma_ not in _CHARGING:
        return []
    links = (each for each in word.rights if each.dep_ == "prep" and each.i > noun.i and each.lower_ in {"of", "for"})
    return [each.right_edge for each in links][:1]


def _limits(noun: Token) -> list[Token]:
    """Return where the clause ends that tells which of them all is meant: *any mission that lacks a mandate*."""
    if not any(each.lower_ in {"any", "every", "no"} for each in noun.lefts) or (limit := child(noun, "relcl")) is None:
        return []
    return [limit.right_edge] if not noun.nbor().is_punct and limit.right_edge.i - noun.i < _QUOTED else []


def _unclipped(scene: Scene, word: Token, stretch: Range) -> Range:
    """Return the evidence with the whole of a quotation that begins after the word and that it would cut."""
    after = scene.doc[stretch[1] : stretch[1] + 2]
    opened = len(after) == 2 and after[0].is_quote and word.i < after[1].i < word.right_edge.i
    quote = scene.quote(after[1] if opened else scene.doc[stretch[1] - 1])
    short = quote is not None and word.i < quote.start and quote.end - quote.start < _QUOTED
    return trimmed(scene, stretch[0], max(stretch[1], quote.end)) if quote is not None and short else stretch


def _partisan(scene: Scene, holder: Token) -> bool:
    """Say whether it is a party, or whoever speaks for one, that faults the government: for what the country does."""
    for mention, _ in scene.parties(holder):
        party = scene.cast.registry.by_id(mention.principal_id or mention.id or "")
        return mention.kind == "party" or (party is not None and party.kind == "party")
    return False


def targets(scene: Scene, noun: Token, verb: Token, pairs: Pairs) -> list[Target]:
    """Return the targets of a noun and what is coordinated with it."""
    found = [target for each in members(noun) if (target := target_of(scene, each, verb, pairs)) is not None]
    return list({target.name: target for target in found}.values())


def holder_of(verb: Token) -> Token | None:
    """Return who holds the position that a verb tells: its subject, or the one that it shares."""
    for _ in range(3):
        if (found := subject(verb)) is not None:
            return found
        if verb.dep_ == "acl" or (verb.dep_ == "relcl" and verb.tag_ == "VB"):
            return represented(verb.head)
        link = governor(verb)
        if link is None or link.bond in {"content", "noun"}:
            return None
        verb = link.token
    return None
