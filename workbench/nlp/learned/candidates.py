"""Who might contribute what in a sentence: every contribution word with every party around it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from workbench.nlp.clauses import child
from workbench.nlp.lexicon import is_type
from workbench.nlp.mentions import Mention
from workbench.nlp.scene import Scene, principal
from workbench.nlp.things import labelled, typed
from workbench.nlp.tree import Token

OPEN: Final = "unspecified"
LEVELS: Final = 4
"""How many predicates above a word are looked at."""

_QUIET: Final = frozenset({"say", "think", "aspect"})
_VENTURES: Final = frozenset({
    "mission", "force", "coalition", "operation", "patrol", "alliance", "initiative", "group", "deployment", "campaign",
    "programme", "scheme", "convoy", "contingent", "effort", "peacekeeping", "project", "task", "pact", "plan", "drive",
    "venture",
})  # fmt: skip
_PRONOUNS: Final = frozenset({
    "it", "they", "he", "she", "we", "i", "us", "them", "both", "all", "each", "who", "which", "that", "neither",
    "these", "those", "me", "our",
})  # fmt: skip
_PEOPLE: Final = frozenset({
    "country", "government", "nation", "minister", "ministry", "president", "leader", "official", "state", "member",
    "ally", "partner", "bloc", "alliance", "group", "coalition", "cabinet", "parliament", "spokesman", "spokeswoman",
    "spokesperson", "capital", "embassy", "army", "side", "premier", "chancellor", "statement",
})  # fmt: skip
_HAVING: Final = frozenset({"have", "possess", "boast"})
_MEETING: Final = frozenset({"meet", "convene", "gather"})
_STANDING: Final = frozenset({"dobj", "attr", "nsubj", "appos", "ROOT", "nsubjpass", "conj", "dep"})
_SLOTS: Final = frozenset({"nsubj", "nsubjpass", "pobj", "dobj", "poss", "conj", "appos", "attr", "dative"})


@dataclass(frozen=True, slots=True)
class Carrier:
    """A word that could stand for a contribution of a type; ``chain`` leads from it to the root."""

    token: Token
    label: str
    source: str
    chain: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Party:
    """A word that could name who acts; ``base`` is the first of the words that it is coordinated with."""

    token: Token
    base: Token
    mention: Mention
    name: tuple[str, str | None]


@dataclass(slots=True)
class Setting:
    """What the article around a sentence says of it: its usual type, the last type named, its place."""

    usual: str
    previous: str = OPEN
    headline: bool = False
    long: bool = False
    parties: list[Party] = field(default_factory=list)


def carriers(scene: Scene, setting: Setting) -> list[Carrier]:
    """List the words of a sentence that could stand for a contribution, once for each type."""
    found: dict[tuple[int, str], Carrier] = {}
    places = {each.last for each in scene.things.values() if is_type(each.label)}
    for token in scene.tokens:
        above: tuple[Token, ...] | None = None
        telling = False
        for label, source in _labels(scene, token, setting, places):
            if above is None:
                above = chain(scene, token)
                telling = _telling(scene, above[:LEVELS])
            if telling:
                found.setdefault((token.i, label), Carrier(token, label, source, above))
    return list(found.values())


def _telling(scene: Scene, above: tuple[Token, ...]) -> bool:
    """Say whether predicates can tell of a contribution: having something and meeting about it do not."""
    if not above or above[0].lemma_ in _HAVING or any(each.lemma_ in _MEETING for each in above):
        return False
    return any(scene.lexicon.classes(each) for each in above)


def _labels(scene: Scene, token: Token, setting: Setting, places: set[int]) -> Iterator[tuple[str, str]]:
    if token.pos_ in {"NOUN", "PROPN", "NUM", "SYM", "X"}:
        yield from _noun(scene, token, setting)
    if token.pos_ in {"VERB", "AUX", "ADJ", "NOUN"} and token.dep_ not in {"aux", "auxpass", "compound"}:
        kinds = scene.lexicon.classes(token)
        what = child(token, "dobj")
        if what is not None and (hit := scene.things.get(what.i)) is not None and hit.label == "elsewhere":
            return
        if "own" in kinds:
            yield scene.lexicon.own.get(token.lemma_.lower(), OPEN), "own"
        if kinds and not kinds & _QUIET and not places:
            yield from ((label, "cue") for label in (OPEN, setting.previous, setting.usual))
    if token.pos_ in {"NOUN", "VERB"}:
        for each in token.lefts:
            if each.dep_ in {"amod", "compound", "nmod"} and (label := scene.lexicon.modifiers.get(each.lower_)):
                yield label, "modified"


def _noun(scene: Scene, token: Token, setting: Setting) -> Iterator[tuple[str, str]]:
    hit = scene.things.get(token.i)
    if hit is not None and hit.label == "venture":
        if token.dep_ != "compound" and token.lemma_.lower() in _VENTURES:
            yield from ((label, "venture") for label in (OPEN, setting.usual))
    elif hit is not None or token.lemma_.lower() in scene.lexicon.heads:
        yield from ((thing.type, "noun") for thing in typed(scene, token, 2) if is_type(thing.type))
    elif (label := labelled(scene, token)) is not None and token.dep_ not in {"compound", "quantmod", "nmod"}:
        yield label, "name"
    elif token.pos_ == "NUM" and token.lower_ != "one" and token.dep_ in _STANDING:
        yield setting.previous, "number"


def chain(scene: Scene, token: Token) -> tuple[Token, ...]:
    """Return the predicates above a word, the nearest first, the word itself where it is one."""
    found = []
    each = token
    for _ in range(14):
        verbal = each.pos_ in {"VERB", "AUX"} or (each.pos_ == "ADJ" and each.dep_ in {"acomp", "ROOT", "amod", "conj"})
        if verbal or (each is not token and each.pos_ == "NOUN" and scene.lexicon.classes(each)):
            found.append(each)
        if each.head == each:
            break
        each = each.head
    return tuple(found)


def parties(scene: Scene) -> list[Party]:
    """List the words of a sentence that name or mean a state, alliance, force or who speaks for one."""
    named = ((token, mention) for token in scene.tokens if (mention := _named(scene, token)) is not None)
    return [
        Party(token, _base(token), mention, name)
        for token, mention in named
        if (name := principal(mention)) is not None
    ]


def _named(scene: Scene, token: Token) -> Mention | None:
    mention = scene.cast.at(token)
    if mention is not None and mention.actor is not None:
        inner = token.head != token and scene.cast.at(token.head) is mention and token.head.i > token.i
        return None if inner or mention.label in {"DATE", "MONEY"} else mention
    word = token.lower_
    if word in _PRONOUNS and token.dep_ not in {"det", "mark"}:
        meant = scene.antecedents(token, token.head) if token.dep_ in _SLOTS else []
        meant = scene.parties(token) if meant == [] else meant
        return meant[0][0] if meant else None
    if mention is None and token.dep_ in _SLOTS and token.pos_ == "NOUN" and token.lemma_.lower() in _PEOPLE:
        return scene.cast.resolve(token)
    return None


def _base(token: Token) -> Token:
    while token.dep_ == "conj" and token.head.pos_ in {"NOUN", "PROPN", "PRON", "NUM", "ADJ"}:
        token = token.head
    return token
