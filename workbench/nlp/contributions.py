"""What is contributed: the type words among the arguments of a verb or noun."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Token

from workbench.nlp.clauses import child, members
from workbench.nlp.lexicon import is_type
from workbench.nlp.scene import Scene

_PARTITIVE: Final = frozenset({"of", "including", "like", "as", "with", "in"})
_INDIRECT: Final = {
    "give": {"with", "in", "to", "into", "of"}, "own": {"with", "to", "in", "for", "on"}, "offer": {"of", "for", "in"}, "commit": {"to", "of", "for"},
    "refuse": {"of", "on", "in"}, "consider": {"of", "about", "on", "at", "for", "over"}, "request": {"for", "on"}, "withdraw": {"of", "from", "in"}, "decide": {"for", "on", "of"},
}  # fmt: skip
_JOINED: Final = frozenset({"group", "alliance", "force"})


@dataclass(frozen=True, slots=True)
class Thing:
    """Something contributed: its type and the noun (or verb) that names it."""

    type: str
    token: Token


def things(scene: Scene, verb: Token, kinds: frozenset[str]) -> list[Thing]:
    """List what a verb hands over, promises, asks for or withdraws; empty where it is no contribution."""
    found: dict[str, Thing] = {}
    for argument in arguments(verb, kinds):
        for each in members(argument):
            for thing in _typed(scene, each):
                if thing.type == "elsewhere":
                    return []
                found.setdefault(thing.type, thing)
    if len(found) > 1:
        found.pop("unspecified", None)
    return [thing for thing in found.values() if is_type(thing.type)]


def arguments(verb: Token, kinds: frozenset[str]) -> Iterator[Token]:
    """Yield the objects of a predicate, direct ones first."""
    for each in verb.children:
        if (
            each.dep_ in {"dobj", "nsubjpass", "attr", "oprd"}
            and each.tag_ != "VBG"
            and not each.lower_.startswith(("wh", "that"))
        ):
            yield each
    wanted = {preposition for kind in kinds for preposition in _INDIRECT.get(kind, ())}
    for each in verb.children:
        if (
            each.dep_ in {"prep", "dative", "prt"}
            and each.lower_ in wanted
            and (found := child(each, "pobj")) is not None
        ):
            yield found


def _typed(scene: Scene, noun: Token, depth: int = 0) -> Iterator[Thing]:
    """Yield the types that a noun phrase stands for: by its head, else by what it consists of."""
    hit = next((hit for hit in scene.things.values() if hit.first <= noun.i <= hit.last), None)
    modified = (
        list(_modified(scene, noun))
        if noun.lemma_.lower() in scene.lexicon.heads
        and (hit is None or hit.label in {"unspecified"} or hit.first == hit.last)
        else []
    )
    if modified:
        yield from modified
    elif hit is not None and hit.label != "venture":
        yield Thing(hit.label, noun)
        if hit.label == "elsewhere":
            return
    elif is_money(scene, noun):
        yield Thing("financing", noun)
    if depth < 2:
        yield from _parts(scene, noun, depth, named=bool(modified or hit))


def _parts(scene: Scene, noun: Token, depth: int, *, named: bool) -> Iterator[Thing]:
    for each in noun.children:
        if each.dep_ != "prep" or (each.lower_ not in _PARTITIVE):
            continue
        if named and each.lower_ in {"of", "in"} and not _formed(each):
            continue
        for inner in each.children:
            if inner.dep_ == "pobj":
                for member in members(inner):
                    yield from (thing for thing in _typed(scene, member, depth + 1) if thing.type != "elsewhere")
            elif inner.dep_ == "prep" and (deeper := child(inner, "pobj")) is not None:
                yield from (thing for thing in _typed(scene, deeper, depth + 1) if thing.type != "elsewhere")


def _formed(preposition: Token) -> bool:
    """Say whether it is *in the form of*."""
    return (found := child(preposition, "pobj")) is not None and found.lemma_ in {"form", "shape"}


def _modified(scene: Scene, noun: Token) -> Iterator[Thing]:
    """Yield the types that modifiers give to a general head: military and intelligence support."""
    for each in noun.lefts:
        if each.dep_ in {"amod", "compound", "nmod", "conj"}:
            for member in members(each):
                hit = scene.things.get(member.i)
                if hit is not None and is_type(hit.label) and each.dep_ == "compound":
                    yield Thing(hit.label, member)
                elif name := scene.lexicon.modifiers.get(member.lower_):
                    yield Thing(name, member)


def is_money(scene: Scene, token: Token) -> bool:
    """Say whether a token is part of a sum of money."""
    mention = scene.cast.at(token)
    return mention is not None and mention.label == "MONEY"


def venture(scene: Scene, token: Token) -> bool:
    """Say whether a noun is something that one joins to contribute: a mission, a force, an effort."""
    mention = scene.cast.of(token)
    if mention is not None and mention.kind in _JOINED:
        return True
    hit = scene.things.get(token.i)
    return hit is not None and (
        hit.label in {"venture", "troops_ground"} or hit.words.lower() in {"force", "mission", "operation"}
    )
