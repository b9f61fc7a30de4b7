"""Who is meant by *they*, *both*, *the ministers*, *the two leaders*: several actors named together before."""

from typing import TYPE_CHECKING, Final

from workbench.nlp import reference
from workbench.nlp.mentions import Mention
from workbench.nlp.tree import Token

if TYPE_CHECKING:
    from workbench.nlp.actors import Cast

_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass"})


def _one(found: Mention | None) -> tuple[Mention, ...]:
    return (found,) if found else ()


def several(cast: "Cast", token: Token) -> tuple[Mention, ...]:
    """Return whom *they* or *both* means: the last coordinated actors, or the last body named."""
    alone: Mention | None = None
    if plural(cast, token):
        return ()
    for index, mention in cast.before(token, lambda each: each.kind is not None):
        chain = together(cast, index)
        if chain and (alone is None or alone.kind == "state" or _topic(cast.doc[index])):
            return chain
        if mention.kind in reference.BODIES:
            alone = alone or mention
        if alone is not None and not close(cast, index, token):
            break
    return _one(alone)


def _topic(name: Token) -> bool:
    """Say whether a name is a subject, or coordinated with one."""
    while name.dep_ == "conj":
        name = name.head
    return name.dep_ in _SUBJECTS


def plural(cast: "Cast", token: Token) -> bool:
    """Say whether *their* points to a plural in its clause that names nobody: *several countries*."""
    subjects = [each for each in token.sent if each.i < token.i and each.dep_ in _SUBJECTS]
    return bool(subjects) and subjects[-1].tag_ == "NNS" and cast.resolve(subjects[-1]) is None


def together(cast: "Cast", index: int) -> tuple[Mention, ...]:
    """Return the actors that a name is coordinated with, itself included; nothing where it stands alone."""
    named = cast.doc[index]
    found = {who.actor: who for each in sorted((named, *named.conjuncts)) if (who := cast.of(each))}
    return tuple(found.values()) if len(found) > 1 else ()


def close(cast: "Cast", index: int, token: Token) -> bool:
    """Say whether a name stands in the same sentence or the one before."""
    before = cast.doc[token.sent.start - 1].sent.start if token.sent.start else 0
    return index >= int(before)


def members(cast: "Cast", token: Token, *, definite: bool) -> tuple[Mention, ...]:
    """Return who *the ministers* are: the parties last named together, else the coalition at hand."""
    coalition = cast.coalition(token)
    if not definite or (coalition is not None and coalition.kind == "group"):
        return _one(coalition)
    for index, mention in cast.before(token, lambda each: each.kind in {"state", "alliance"}):
        chain = together(cast, index)
        if len(chain) > 1 and all(each.kind == "state" for each in chain):
            return chain
        if mention.kind == "alliance" and mention.label == "ALLIANCE":
            break
    return _one(coalition)


def pair(cast: "Cast", token: Token, lemma: str) -> tuple[Mention, ...]:
    """Return who *the two leaders* or *the three countries* are: those named last."""
    people = lemma in reference.PERSON
    wanted = 3 if any(each.lower_ == "three" for each in token.lefts) else 2
    found: dict[str | None, Mention] = {}
    for _, mention in cast.before(
        token, lambda each: (each.kind == "person") == people and each.kind in reference.BODIES | {"person"}
    ):
        found.setdefault(mention.actor, mention)
        if len(found) == wanted:
            break
    return tuple(reversed(found.values())) if len(found) == wanted else ()
