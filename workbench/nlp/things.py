"""What is given: the type words among the arguments of a verb or noun."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from workbench.nlp.clauses import child, members
from workbench.nlp.lexicon import Hit, is_type
from workbench.nlp.scene import Scene
from workbench.nlp.ships import is_ship
from workbench.nlp.tree import Token

_PARTITIVE: Final = frozenset({"of", "including", "like", "as", "with", "in"})
_PARTS_PLAYED: Final = frozenset({"contribution", "role", "involvement", "participation", "presence", "part"})
_JOINED: Final = frozenset({"group", "alliance", "force"})
_LABELLED: Final = {"MONEY": "financing", "WEAPON": "weapons_ammunition"}
_COUNTED: Final = frozenset({"troops_ground", "air_support", "maritime", "police_civilian", "weapons_ammunition"})


@dataclass(frozen=True, slots=True)
class Thing:
    """Something contributed: its type and the noun (or verb) that names it."""

    type: str
    token: Token


def typed(scene: Scene, noun: Token, depth: int = 0) -> Iterator[Thing]:
    """Yield the types that a noun phrase stands for: by its head, else by what it consists of."""
    hit = next((hit for hit in scene.things.values() if hit.first <= noun.i <= hit.last), None)
    if noun.lower_ in {"them", "these", "those"} or (noun.lower_ in {"more", "any"} and noun.dep_ == "dobj"):
        earlier = [
            known
            for known in scene.things.values()
            if known.last < noun.i
            and known.label in _COUNTED | {"financing"}
            and scene.doc[known.last].dep_ not in {"poss", "compound"}
        ]
        hit = earlier[-1] if earlier else None
        if hit is None and scene.memory.last in _COUNTED and noun.head.lower_ == "of":
            yield Thing(scene.memory.last, noun)
    if hit is not None and noun.lemma_ == "officer" and hit.label == "unspecified" and " police" in scene.doc.text:
        yield Thing("police_civilian", noun)
        return
    modified = list(_modified(scene, noun, hit)) if noun.lemma_.lower() in scene.lexicon.heads else []
    if modified:
        yield from modified
        if hit is not None and hit.first != hit.last and hit.label not in {each.type for each in modified}:
            yield Thing(hit.label, noun)
    elif hit is not None and hit.label == "unspecified" and (told := list(_apposed(scene, noun, depth))):
        yield from told
        return
    elif hit is not None and hit.label != "venture":
        yield Thing(hit.label, noun)
        if hit.label == "elsewhere":
            return
    elif (label := labelled(scene, noun)) is not None:
        yield Thing(label, noun)
    if depth < 2:
        named = bool(modified) or (hit is not None and hit.label not in {"unspecified", "venture"})
        yield from _parts(scene, noun, depth, named=named)


def _apposed(scene: Scene, noun: Token, depth: int) -> Iterator[Thing]:
    """Yield what a contribution is told to be beside it: *its contribution, 20 trainers,*."""
    beside = child(noun, "appos") if depth == 0 and noun.lemma_ in _PARTS_PLAYED else None
    for each in members(beside) if beside is not None else ():
        yield from (thing for thing in typed(scene, each, 1) if thing.type not in {"elsewhere", "unspecified"})


def _parts(scene: Scene, noun: Token, depth: int, *, named: bool) -> Iterator[Thing]:
    for each in noun.children:
        planned = each.lower_ == "for" and noun.lemma_.lower() in scene.lexicon.nouns and not priced(scene, noun)
        if each.dep_ != "prep" or not (each.lower_ in _PARTITIVE or planned):
            continue
        if named and each.lower_ in {"of", "in"} and not _formed(each):
            continue
        for inner in each.children:
            if inner.dep_ == "pobj":
                shared = each.lower_ == "in" and noun.lemma_ in _PARTS_PLAYED
                sum_of_aid = each.lower_ == "in" and inner.lemma_ == "aid" and labelled(scene, noun) == "financing"
                for member in () if sum_of_aid else members(inner):
                    if shared and joint(scene, member):
                        continue
                    yield from (thing for thing in typed(scene, member, depth + 1) if thing.type != "elsewhere")
            elif inner.dep_ == "prep" and (deeper := child(inner, "pobj")) is not None:
                yield from (thing for thing in typed(scene, deeper, depth + 1) if thing.type != "elsewhere")


def priced(scene: Scene, noun: Token) -> bool:
    """Say whether a package is told by its sum."""
    worth = child(noun, "nummod") if noun.lemma_ in scene.lexicon.heads else None
    return worth is not None and labelled(scene, worth) == "financing"


def _formed(preposition: Token) -> bool:
    """Say whether it is *in the form of*."""
    return (found := child(preposition, "pobj")) is not None and found.lemma_ in {"form", "shape"}


def _modified(scene: Scene, noun: Token, whole: Hit | None) -> Iterator[Thing]:
    """Yield the types that modifiers give to a general head, of a phrase like *non-lethal equipment* its own alone."""
    inside = range(whole.first, whole.last) if whole is not None else ()
    for each in noun.lefts:
        if each.dep_ not in {"amod", "compound", "nmod", "conj"}:
            continue
        for member in members(each):
            if member.i in inside:
                continue
            hit = scene.things.get(member.i)
            if name := scene.lexicon.modifiers.get(member.lower_):
                vague = name == "weapons_ammunition" and noun.lemma_ in _PARTS_PLAYED
                yield Thing("unspecified" if vague else name, noun)
            elif hit is not None and is_type(hit.label) and each.dep_ == "compound":
                yield Thing(hit.label, noun)


def labelled(scene: Scene, token: Token) -> str | None:
    """Return the type of a sum of money or a weapon by its name."""
    mention = scene.cast.at(token)
    if mention is None or mention.label not in _LABELLED:
        return None
    if mention.label == "WEAPON" and is_ship(scene.doc.text[mention.start : mention.end], mention.cue):
        return "maritime"
    kinds = (hit.label for hit in scene.things.values() if mention.start <= scene.doc[hit.last].idx < mention.end)
    return next(filter(is_type, kinds), _LABELLED[mention.label])


def joint(scene: Scene, token: Token) -> bool:
    """Say whether a noun is an undertaking of several, of which one may be a part."""
    return token.lemma_ in {"force", "mission", "operation"} or venture(scene, token, narrow=True)


def venture(scene: Scene, token: Token, *, narrow: bool = False) -> bool:
    """Say whether a noun is something that one joins or supports to contribute: a mission, a force, an effort.

    Ships, monitors and the like count as well, but not where it is about support (``narrow``).
    """
    mention = scene.cast.of(token)
    if mention is not None and mention.kind in _JOINED:
        return True
    hit = scene.things.get(token.i)
    if hit is None:
        return False
    known = hit.label == "venture" if narrow else hit.label not in {"elsewhere", "unspecified"}
    return known or hit.words.lower() in {"force", "mission", "operation"}
