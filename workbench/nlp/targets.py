"""What a stance is about: the scheme's targets in nouns, names and gerunds."""

import re
from dataclasses import dataclass
from typing import Final

from workbench.core.scheme import Pairs
from workbench.nlp.clauses import child, subject
from workbench.nlp.contributions import contributed
from workbench.nlp.lexicon import is_type
from workbench.nlp.mentions import Mention
from workbench.nlp.scene import Scene
from workbench.nlp.things import typed
from workbench.nlp.tree import Token

_OWNED: Final = frozenset({"participation", "troop_deployment", "security_guarantee"})
_OWNERS: Final = frozenset({"state", "person", "alliance", "region", "organisation", "group"})
_TOWARDS: Final = frozenset(
    {"stand", "rally", "side", "agree", "praise", "support", "grateful", "critical", "proud", "hostile"}
)
_MEANT: Final = frozenset({"him", "her", "government", "administration"})
_DEALS: Final = frozenset({"agreement", "deal", "accord"})
_PEACE: Final = re.compile(r"\b(?:peace|cease-?fire|truce|armistice|hostage|mediat|negotiat)", re.IGNORECASE)
_WHOSE: Final = frozenset({"of", "from", "by", "for"})
_TOPICS: Final = frozenset({"coalition", "troop_deployment", "peace_process", "sanctions", "alliance_membership"})
_FATES: Final = frozenset({"die", "fail", "collapse", "lapse", "wither", "founder", "starve", "drift", "unravel"})
_BURDENS: Final = {
    "pay": frozenset({"more", "share", "bill", "half"}),
    "spend": frozenset({"more", "twice", "double"}),
    **dict.fromkeys(("bear", "carry", "shoulder"), frozenset({"more", "share", "burden", "cost", "weight"})),
}
_VAGUE: Final = frozenset({"it", "that", "this", "them", "which", "what", "these", "those"})


@dataclass(frozen=True, slots=True)
class Target:
    """A target by the scheme's name, whose it is, and whether what is judged is its end: *a cut in aid*."""

    name: str
    provider: str | None = None
    turned: bool = False


_NOTHING: Final = Target("")


def target_of(scene: Scene, noun: Token, verb: Token, pairs: Pairs, depth: int = 0) -> Target | None:
    """Return the target that a noun or gerund stands for, through *the aims of* and the like."""
    lemma = noun.lemma_.lower()
    stances = scene.lexicon.tables["stances"]
    if noun.lower_ in {"it", "this", "that"} and noun.dep_ in {"dobj", "nsubj", "nsubjpass"} and scene.memory.judged:
        return Target(scene.memory.judged)
    if noun.lower_ in _VAGUE or (depth == 0 and lemma in stances["reverse"]["nouns"]):
        return None
    if noun.pos_ == "VERB" and (action := _action(scene, noun, verb, pairs, depth)) is not None:
        return action if action.name else None
    mention = scene.cast.resolve(noun) if noun.lower_ in _MEANT else scene.cast.of(noun)
    if mention is not None and mention.actor:
        return _party(scene, mention, noun, verb, depth)
    if lemma in stances["turning"]["nouns"] and (ended := _ended(scene, noun, verb, pairs, depth)) is not None:
        return ended
    hit = scene.targets.get(noun.i)
    inner = (
        _inner(scene, noun, verb, pairs, depth)
        if depth < 2 and (hit is None or lemma in stances["through"]["nouns"])
        else None
    )
    if inner is not None and not inner.name.startswith("actor:"):
        asked = "request" in scene.lexicon.classes(noun)
        return Target(inner.name, inner.provider or (None if asked else _owner(scene, noun)), inner.turned)
    owner = _owner(scene, noun)
    known = owner is not None or any(each.lower_ in {"the", "this", "that"} for each in noun.lefts)
    if known and lemma in stances["announced"]["nouns"] and scene.memory.last is not None:
        return Target(pairs.target.get(scene.memory.given.get(owner or "", scene.memory.last), pairs.otherwise), owner)
    if known and lemma in stances["turning"]["nouns"] and scene.memory.last is not None:
        return Target(pairs.target.get(scene.memory.last, pairs.otherwise), None, turned=True)
    if hit is None:
        return Target("coalition") if known and noun.pos_ == "NOUN" and lemma in _ventures(scene) else None
    if hit.label == "peace_process" and lemma in _DEALS and not _peaceful(scene):
        return Target("coalition")
    if hit.label == "participation":
        return Target(hit.label, owner) if owner is not None else None
    return Target(hit.label, owner if hit.label in _OWNED else None)


def _party(scene: Scene, mention: Mention, noun: Token, verb: Token, depth: int) -> Target | None:
    """Return the target that a name stands for: a coalition for itself, any other party where it is judged as such."""
    asked = "request" in scene.lexicon.classes(verb)
    if mention.kind == "force" and (mention.principal_id or "").startswith("state:"):
        return None
    if mention.kind in {"group", "force"} and mention.label in {"ALLIANCE", "FORCE"}:
        return Target("coalition") if not asked else None
    near = noun.head == verb or (noun.head.head == verb and verb.lemma_ in _TOWARDS)
    return Target(f"actor:{mention.actor}") if depth == 0 and near and not asked else None


def _action(scene: Scene, noun: Token, verb: Token, pairs: Pairs, depth: int) -> Target | None:
    """Return the target of something that is done, one without a name where it has none; None for no action."""
    if noun.lemma_.lower() in scene.lexicon.tables["stances"]["turning"]["verbs"]:
        return _ended(scene, noun, verb, pairs, depth) or _NOTHING
    if (doomed := _left_to_fail(noun)) is not None:
        inner = target_of(scene, doomed, verb, pairs, depth + 1)
        return Target(inner.name, None, turned=True) if inner is not None else _NOTHING
    done = noun.tag_ in {"VBG", "VB"} or child(noun, "nsubjpass") is not None or _shouldered(noun)
    return (_deed(scene, noun, pairs) or _NOTHING) if done else None


def topic(scene: Scene) -> str | None:
    """Return the target that a sentence is about by its subject, for an *it* in the next: *The plan …*."""
    about = subject(scene.sentence.root)
    hit = scene.targets.get(about.i) if about is not None else None
    return hit.label if hit is not None and hit.label in _TOPICS else None


def _ventures(scene: Scene) -> frozenset[str]:
    """Return the nouns that coalitions and forces of the article are named by: *the shield* for *Sky Shield*."""
    hooks = scene.doc.user_hooks
    if "ventures" not in hooks:
        named = (each for each in scene.cast.mentions if each.label in {"ALLIANCE", "FORCE"})
        words = (scene.doc.text[each.start : each.end].split() for each in named)
        hooks["ventures"] = frozenset(each[-1].lower() for each in words if len(each) > 1)
    found: frozenset[str] = hooks["ventures"]
    return found


def _peaceful(scene: Scene) -> bool:
    """Say whether the article speaks of peace at all, so that a deal may be one."""
    hooks = scene.doc.user_hooks
    if "peaceful" not in hooks:
        hooks["peaceful"] = bool(_PEACE.search(scene.doc.text))
    return bool(hooks["peaceful"])


def _left_to_fail(verb: Token) -> Token | None:
    """Return what is not saved: *let the mission die*, *allow the talks to collapse*."""
    fate = child(verb, "ccomp", "xcomp") if verb.lemma_ in {"let", "allow"} else None
    return subject(fate) if fate is not None and fate.lemma_ in _FATES else None


def _shouldered(verb: Token) -> bool:
    """Say whether it is to pay more, or one's share, that is spoken of."""
    what = child(verb, "dobj")
    return what is not None and what.lemma_.lower() in _BURDENS.get(verb.lemma_, ())


def _ended(scene: Scene, noun: Token, verb: Token, pairs: Pairs, depth: int) -> Target | None:
    """Return the target whose end, delay or reduction a noun or gerund names."""
    if depth > 1:
        return None
    objects = (child(each, "pobj", "pcomp") for each in noun.children if each.dep_ == "prep")
    for each in (child(noun, "dobj"), *objects, *(one for one in noun.lefts if one.dep_ in {"compound", "poss"})):
        inner = target_of(scene, each, verb, pairs, depth + 1) if each is not None else None
        if inner is None and each is not None and (given := [thing.type for thing in typed(scene, each)]):
            inner = Target(pairs.target.get(given[0], pairs.otherwise))
        if inner is not None and not inner.name.startswith("actor:"):
            return Target(inner.name, None, not inner.turned)
    return None


def _inner(scene: Scene, noun: Token, verb: Token, pairs: Pairs, depth: int) -> Target | None:
    if noun.lemma_.lower() not in scene.lexicon.tables["stances"]["through"]["nouns"]:
        return None
    for each in noun.children:
        if each.dep_ == "prep" and each.lower_ in {"of", "for", "behind", "in", "to"}:
            found = child(each, "pobj", "pcomp")
        else:
            found = each if each.dep_ in {"acl", "relcl"} and each.tag_ == "VB" else None
        if found is None:
            continue
        inner = _deed(scene, found, pairs) if found.pos_ == "VERB" else target_of(scene, found, verb, pairs, depth + 1)
        if inner is None and found.pos_ != "VERB":
            given = [thing.type for thing in typed(scene, found) if is_type(thing.type)]
            inner = Target(pairs.target.get(given[0], pairs.otherwise)) if given and given[0] != "unspecified" else None
        if inner is not None:
            return inner
    return None


def _deed(scene: Scene, verb: Token, pairs: Pairs) -> Target | None:
    """Return the target of an action: *sending troops* is about troops."""
    if _shouldered(verb):
        return Target("burden_sharing")
    given = contributed(scene, verb, scene.lexicon.classes(verb))
    kinds = [thing.type for thing in given if is_type(thing.type)]
    return Target(pairs.target.get(kinds[0], pairs.otherwise)) if kinds else None


def _owner(scene: Scene, noun: Token) -> str | None:
    named = [each for each in noun.lefts if each.dep_ in {"poss", "amod", "nmod", "compound"}]
    sources = (each for each in noun.children if each.dep_ == "prep" and each.lower_ in _WHOSE)
    named += [found for each in sources if (found := child(each, "pobj")) is not None]
    for each in named:
        whose = scene.cast.resolve(each)
        if whose is not None and whose.kind in _OWNERS:
            return whose.principal or whose.actor
    return None
