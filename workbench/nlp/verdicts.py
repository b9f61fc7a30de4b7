"""Verdicts: *said the mission was vital*, *is opposed to the plan*, *takes no position on*."""

from collections.abc import Iterator
from typing import Final

from workbench.core.scheme import Pairs
from workbench.nlp.clauses import carrier, child, governor, mood, negation, subject
from workbench.nlp.positions import TURNED, held, holder_of, targets
from workbench.nlp.scene import Scene
from workbench.nlp.stances import Position
from workbench.nlp.targets import Target
from workbench.nlp.tree import Token

CERTAIN: Final = frozenset({"may", "could", "can", "must"})
"""Moods in which a judgement is not asserted."""

_NEUTRAL: Final = frozenset({"neutral", "neutrality", "abstention"})
_OPEN: Final = frozenset({"undecided", "unsure", "divided", "torn", "agnostic", "noncommittal", "non-committal"})
_FIRM: Final = frozenset({"opposed", "hostile", "against"})
"""Words of opposition that *not* turns into support; *not critical of* is no position."""

_RAISED: Final = frozenset({"objection", "reservation", "doubt", "problem", "qualm"})
_CALLED_FOR: Final = frozenset({"need", "reason", "justification", "role", "place", "case", "point", "basis"})
_VIEWS: Final = frozenset({"position", "side", "stance", "view", "opinion"})
_VIEWING: Final = frozenset({"see", "form", "reach", "adopt", "hold"})
_ENDING: Final = frozenset({"lift", "drop", "withdraw", "remove", "abandon", "end", "overcome", "waive"})
_QUARRELS: Final = frozenset({"dispute", "matter", "quarrel", "row", "conflict", "affair"})
_KINDS: Final = frozenset({"source", "cause", "act", "form", "matter", "piece", "kind"})
_TOWARDS: Final = frozenset(
    {"to", "for", "of", "about", "behind", "on", "in", "with", "against", "over", "at", "towards", "toward"}
)


def predicative(scene: Scene, word: Token, pairs: Pairs) -> Iterator[Position]:
    """Yield what an adjective or noun of judgement says."""
    noun = _complement(scene, word)
    verb = carrier(word)
    polarity = _polarity(scene, word)
    if polarity in TURNED and word.dep_ == "dobj" and any(each.lower_ == "no" for each in word.lefts):
        polarity = "supports" if word.lemma_ in _RAISED else None
    if polarity in TURNED and noun is not None and _denied(word):
        if polarity == "opposes" and word.lower_ not in _FIRM:
            return
        polarity = TURNED[polarity]
    if word.lemma_ in _CALLED_FOR and word.head.lemma_ == "see" and any(each.lower_ == "no" for each in word.lefts):
        polarity = "opposes"
    if polarity is not None and noun is not None:
        holder = subject(word) if verb != word else None
        if word.head.lower_ == "in" and word.lower_ in {"favour", "favor"}:
            holder = holder_of(word.head.head)
        if verb == word and word.head.lemma_ in scene.lexicon.group("voicing") | _ENDING | _VIEWING:
            holder = holder_of(word.head)
        aside = (
            [Target(scene.memory.judged or "coalition")] if polarity == "neutral" and noun.lemma_ in _QUARRELS else []
        )
        for target in targets(scene, noun, word, pairs) or aside:
            yield from held(scene, word, holder, noun, target, polarity, [verb if verb != word else word.head])
    elif polarity in TURNED and noun is None and _feels(scene, word):
        target = Target(scene.memory.judged or "coalition")
        side = TURNED[polarity] if negation(verb) is not None else polarity
        yield from held(scene, word, subject(word), word, target, side, [verb])
    elif verb != word:
        yield from _said_to_be(scene, word, pairs)
    elif polarity == "opposes" and word.head.lemma_ in scene.lexicon.group("voicing") and scene.memory.judged:
        holder = holder_of(word.head)
        yield from held(scene, word, holder, word, Target(scene.memory.judged), polarity, [word.head])


def _feels(scene: Scene, word: Token) -> bool:
    """Say whether a party is said to feel so, nothing tells about what: *the Greens are wary*."""
    feels = word.lower_ in scene.lexicon.tables["stances"]["feelings"]["adjectives"] and carrier(word) != word
    alone = all(
        each.dep_ in {"advmod", "punct", "cc", "conj", "neg"}
        for each in (*word.children, *carrier(word).rights)
        if each != word
    )
    named = (holder := subject(word)) is not None and holder.pos_ != "PRON"
    return feels and alone and named and scene.quote(word) is None and mood(carrier(word)) in {"does", "done"}


def _denied(word: Token) -> bool:
    """Say whether a party is said not to be of an opinion: *is not in favour of the mission*."""
    verb = carrier(word) if word.head.lower_ != "in" else word.head.head
    return verb != word and negation(verb) is not None


def _polarity(scene: Scene, word: Token) -> str | None:
    """Return which way a word judges; a lifted veto supports, no view yet is undecided, no side is neutral."""
    lemma = word.lemma_.lower()
    if lemma in _NEUTRAL:
        return "neutral"
    if lemma in _OPEN:
        return "undecided"
    if lemma in _VIEWS and word.dep_ == "dobj":
        if any(each.lower_ in {"no", "neither"} for each in word.lefts):
            return "neutral"
        return "undecided" if negation(word.head) is not None else None
    kind = "adjectives" if word.pos_ == "ADJ" else "nouns"
    of = any(each.lower_ == "of" for each in word.rights)
    for polarity in ("opposes", "supports") if of else ("supports", "opposes"):
        if lemma in scene.lexicon.judgement(kind, polarity):
            ended = word.dep_ == "dobj" and word.head.lemma_ in _ENDING
            return polarity if not ended else "supports" if polarity == "opposes" else None
    return None


def _said_to_be(scene: Scene, word: Token, pairs: Pairs) -> Iterator[Position]:
    """Yield what *said the mission was vital* says, by whom it is said."""
    polarity = _verdict(scene, word)
    verb = carrier(word)
    topic, said = subject(word), governor(verb)
    if topic is not None and topic.lower_ == "it":
        topic = next((each for each in (*word.rights, *verb.rights) if _extraposed(each)), topic)
    supposed = any(each.dep_ == "mark" and each.lower_ in {"if", "unless"} for each in verb.lefts)
    if polarity is None or topic is None or mood(verb) in CERTAIN or supposed:
        return
    if negation(word) is not None or any(each.lower_ == "longer" for each in (*word.lefts, *verb.rights)):
        if polarity == "opposes":
            return
        polarity = TURNED[polarity]
    holder: Token | None = topic if scene.quote(verb) is not None else None
    judge = next((each for each in verb.lefts if each.lower_ == "for" and each.dep_ == "prep"), None)
    if said is not None and said.bond == "content" and "say" in scene.lexicon.classes(said.token):
        holder = subject(said.token)
        polarity = TURNED[polarity] if negation(said.token) is not None else polarity
    elif judge is not None:
        holder = child(judge, "pobj")
    for target in targets(scene, topic, verb, pairs):
        yield from held(scene, word, holder, topic, target, polarity, [verb])


def _extraposed(clause: Token) -> bool:
    """Say whether a clause is what *it* stands for: *it would be a mistake to send troops*."""
    if clause.dep_ == "ccomp":
        return child(clause, "mark") is not None and subject(clause) is not None
    return clause.dep_ in {"xcomp", "acl", "advcl", "csubj"} and clause.tag_ == "VB" and mood(clause) == "bare"


def _verdict(scene: Scene, word: Token) -> str | None:
    word = _kind(word)
    for polarity in ("supports", "opposes"):
        called = scene.lexicon.called(polarity) if word.pos_ == "NOUN" else frozenset()
        if word.lower_ in scene.lexicon.tables["stances"]["feelings"]["adjectives"]:
            return None
        phrase = " ".join(each.lower_ for each in word.lefts if each.dep_ == "amod") + f" {word.lemma_.lower()}"
        if phrase in called or word.lemma_.lower() in called | scene.lexicon.judgement("adjectives", polarity):
            return polarity
    return None


def _kind(word: Token) -> Token:
    """Return what something is said to be a source or an act of, else the word itself."""
    of = next((each for each in word.rights if each.lower_ == "of"), None) if word.lemma_ in _KINDS else None
    return (child(of, "pobj") or word) if of is not None else word


def _complement(scene: Scene, word: Token) -> Token | None:
    whose = child(word, "poss") if word.dep_ == "attr" else None
    if whose is not None and whose.i in scene.targets:
        return whose
    feels = word.lower_ in scene.lexicon.tables["stances"]["feelings"]["adjectives"]
    told = child(word, "ccomp") if feels and word.dep_ == "acomp" else None
    if told is not None and (topic := subject(told)) is not None and mood(told) not in CERTAIN:
        return topic
    for each in word.children:
        fits = each.dep_ == "prep" and each.lower_ in _TOWARDS
        if fits and (found := child(each, "pobj", "pcomp")) is not None:
            return found
    return None
