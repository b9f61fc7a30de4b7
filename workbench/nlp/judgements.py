"""Judgements: praise, criticism, support and reserve, told by verbs, adjectives and nouns."""

from collections.abc import Iterator
from typing import Final

from spacy.tokens import Token

from workbench.core.scheme import Pairs
from workbench.nlp import slots
from workbench.nlp.attribution import voice
from workbench.nlp.clauses import carrier, child, governor, members, mood, negation, subject
from workbench.nlp.conditions import condition
from workbench.nlp.evidence import evidence
from workbench.nlp.scene import Scene, principal
from workbench.nlp.stances import Position, spokesman
from workbench.nlp.targets import Target, target_of

_FLIP: Final = {"supports": "opposes", "opposes": "supports"}
_PREPOSITIONS: Final = frozenset(
    {"to", "for", "of", "on", "about", "with", "against", "behind", "by", "in", "at", "from"}
)
_WEIGHABLE: Final = frozenset({"peace_process", "alliance_membership", "concessions", "coalition", "burden_sharing"})
_CERTAIN: Final = frozenset({"may", "could", "can", "must"})
_NEUTRAL: Final = frozenset({"neutral", "neutrality", "abstention", "abstain"})


def judgements(scene: Scene, pairs: Pairs) -> Iterator[Position]:
    """Yield the stances of a sentence that stand in words of judgement."""
    for token in scene.sentence:
        if token.pos_ not in {"VERB", "ADJ", "NOUN"} or scene.asks(token):
            continue
        if token.pos_ == "VERB":
            called = list(_called(scene, token, pairs)) if token.lemma_ in scene.lexicon.group("naming") else []
            yield from called or _verbal(scene, token, pairs)
        elif token.dep_ in {"acomp", "attr", "dobj", "pobj", "oprd"}:
            yield from _predicative(scene, token, pairs)


def _verbal(scene: Scene, verb: Token, pairs: Pairs) -> Iterator[Position]:
    """Yield what a verb of judgement says: X welcomed Y, Y was condemned by X."""
    polarities = scene.lexicon.judges(verb)
    weighs = verb.lemma_ in scene.lexicon.group("weighing")
    if not polarities and not weighs and verb.lemma_ not in _NEUTRAL:
        return
    turned = _turned(verb)
    neither = next((each for each in (verb, verb.head) for other in each.children if other.lower_ == "neither"), None)
    if turned is None or (neither is not None and neither != verb):
        return
    polarity = "undecided" if weighs else "neutral" if verb.lemma_ in _NEUTRAL else min(polarities)
    if neither is not None:
        polarity = "neutral" if child(verb, "conj") is not None else "opposes"
    elif turned != (negation(verb) is not None):
        if polarity != "supports":
            return
        polarity = "opposes"
    agent, passive = child(verb, "agent"), child(verb, "nsubjpass")
    holder = (child(agent, "pobj") if agent is not None else None) if passive is not None else _subject(verb)
    for noun in [passive] if passive is not None else _objects(verb):
        found = [each for each in _targets(scene, noun, verb, pairs) if not weighs or each.name in _WEIGHABLE]
        for target in found:
            yield from _held(scene, verb, holder, noun, target, polarity, [verb])
        if found:
            return


def _turned(verb: Token) -> bool | None:
    """Say whether what governs a verb turns its sense; None where it does not assert it."""
    how = mood(carrier(verb))
    if how in _CERTAIN:
        return None
    if verb.dep_ == "xcomp":
        if verb.head.lemma_ in {"refuse", "decline"}:
            return True
        return False if verb.head.lemma_ in {"continue", "begin", "keep", "want"} else None
    if how == "bare" and verb.dep_ not in {"ROOT", "conj", "advcl", "pcomp", "acl"}:
        return None
    for each in verb.children:
        if (each.dep_ == "mark" and each.lower_ in {"if", "whether", "unless"}) or (
            each.dep_ == "aux" and each.lower_ == "to"
        ):
            return None
    return False


def _subject(verb: Token) -> Token | None:
    for _ in range(3):
        if (found := subject(verb)) is not None:
            return found
        if verb.dep_ == "acl":
            return verb.head
        link = governor(verb)
        if link is None or link.bond in {"content", "noun"}:
            return None
        verb = link.token
    return None


def _objects(verb: Token) -> Iterator[Token]:
    for each in verb.children:
        if each.dep_ in {"dobj", "attr"} or (each.dep_ in {"xcomp", "ccomp"} and each.tag_ == "VBG"):
            yield each
        elif (
            each.dep_ == "prep" and each.lower_ in _PREPOSITIONS and (found := child(each, "pobj", "pcomp")) is not None
        ):
            yield found


def _targets(scene: Scene, noun: Token, verb: Token, pairs: Pairs) -> list[Target]:
    """Return the targets of a noun and what is coordinated with it."""
    found = [target for each in members(noun) if (target := target_of(scene, each, verb, pairs)) is not None]
    return list({target.name: target for target in found}.values())


def _held(
    scene: Scene, word: Token, holder: Token | None, noun: Token, target: Target, polarity: str, cues: list[Token]
) -> Iterator[Position]:
    """Yield the position of everyone who holds it."""
    if holder is None:
        return
    hanging = condition(scene, [word])
    within = "say" not in scene.lexicon.classes(holder.head) or holder.head in {word, *cues}
    near = [holder] if within and holder.sent == scene.sentence and abs(holder.i - word.i) < 25 else []
    stretch = evidence(scene, [word, *cues], [*near, noun, *(each for each in cues if each.pos_ == "NOUN")], [hanging])
    speaker, direct = voice(scene, carrier(word), holder)
    quoted = scene.speaker(word) if holder == noun else None
    parties = [(quoted, noun)] if quoted else scene.parties(holder) or scene.antecedents(holder, word) or []
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


def _called(scene: Scene, verb: Token, pairs: Pairs) -> Iterator[Position]:
    """Yield what *called the plan a mistake* says."""
    noun = child(verb, "dobj", "nsubjpass")
    if noun is None and (clause := child(verb, "ccomp", "xcomp")) is not None:
        noun = subject(clause)
    if noun is None or negation(verb) is not None:
        return
    judged = [each for each in verb.subtree if each.i > verb.i and each != noun and each.pos_ in {"NOUN", "ADJ"}]
    for polarity in ("opposes", "supports"):
        words = scene.lexicon.called(polarity) | scene.lexicon.judgement("adjectives", polarity)
        cue = next((each for each in judged if each.lemma_.lower() in words), None)
        if cue is not None:
            for target in _targets(scene, noun, verb, pairs):
                yield from _held(scene, verb, _subject(verb), noun, target, polarity, [cue])
            return


def _predicative(scene: Scene, word: Token, pairs: Pairs) -> Iterator[Position]:
    """Yield what *said the mission was vital* or *is opposed to the plan* says."""
    kind = "adjectives" if word.pos_ == "ADJ" else "nouns"
    lemma = word.lemma_.lower()
    noun = _complement(word)
    verb = carrier(word)
    aloof = lemma in {"position", "side", "stance"} and any(each.lower_ in {"no", "neither"} for each in word.lefts)
    for polarity in ("supports", "opposes", "neutral"):
        known = (
            aloof
            if polarity == "neutral" and lemma not in _NEUTRAL
            else lemma in _NEUTRAL
            if polarity == "neutral"
            else lemma in scene.lexicon.judgement(kind, polarity)
        )
        if known and noun is not None:
            holder = (
                subject(word)
                if verb != word
                else _subject(word.head)
                if word.head.lemma_ in scene.lexicon.group("voicing")
                else None
            )
            for target in _targets(scene, noun, word, pairs):
                yield from _held(scene, word, holder, noun, target, polarity, [verb if verb != word else word.head])
            return
        if polarity != "neutral" and verb != word:
            yield from _said_to_be(scene, word, polarity, pairs)


def _said_to_be(scene: Scene, word: Token, polarity: str, pairs: Pairs) -> Iterator[Position]:
    """Yield what *said the mission was vital* says, by whom it is said."""
    called = scene.lexicon.called(polarity) if word.pos_ == "NOUN" else frozenset()
    if word.lemma_.lower() not in called | scene.lexicon.judgement("adjectives", polarity):
        return
    verb = carrier(word)
    topic, said = subject(word), governor(verb)
    if topic is None or negation(word) is not None or mood(verb) in _CERTAIN:
        return
    holder: Token | None = topic if scene.quote(verb) is not None else None
    if said is not None and said.bond == "content" and "say" in scene.lexicon.classes(said.token):
        holder = subject(said.token)
        polarity = _FLIP[polarity] if negation(said.token) is not None else polarity
    for target in _targets(scene, topic, word, pairs):
        yield from _held(scene, word, holder, topic, target, polarity, [verb])


def _complement(word: Token) -> Token | None:
    for each in word.children:
        fits = each.dep_ == "prep" and each.lower_ in {"to", "for", "of", "about", "behind", "on", "in", "with"}
        if fits and (found := child(each, "pobj", "pcomp")) is not None:
            return found
    return None
