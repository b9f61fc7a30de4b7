"""Troops, ships and police that go somewhere or are there, whoever sends them."""

from typing import Final

from workbench.nlp.clauses import child, controller, subject
from workbench.nlp.scene import Scene
from workbench.nlp.things import Thing, typed
from workbench.nlp.tree import Token

CARRIED: Final = frozenset({
    "troops_ground", "air_support", "maritime", "police_civilian", "intelligence_surveillance", "training",
    "hq_command", "logistics", "humanitarian_reconstruction",
})  # fmt: skip
_STAYING: Final = frozenset({"deploy", "stay", "remain"})
_PLACED: Final = frozenset({
    ("in", "place"), ("on", "station"), ("on", "ground"), ("at", "sea"), ("on", "patrol"),
    ("in", "position"), ("on", "way"), ("en", "route"), ("in", "field"), ("on", "line"), ("in", "country"),
})  # fmt: skip

_SENT_ON: Final = frozenset({("on", "patrol"), ("on", "duty"), ("on", "mission")})


def placed(verb: Token) -> bool:
    """Say whether it is *in place*, *on station*, *on the ground* that something is or will be."""
    places = _PLACED if verb.lemma_ in {"be", "remain"} else _SENT_ON if verb.lemma_ == "go" else ()
    return bool(places) and any(
        each.dep_ == "prep" and (noun := child(each, "pobj")) is not None and (each.lower_, noun.lower_) in places
        for each in verb.children
    )


def moved(scene: Scene, verb: Token, kinds: frozenset[str]) -> list[Thing]:
    """List the troops, ships or police that go somewhere: *our soldiers will not go to Ukraine*."""
    if verb.lemma_ == "operate" and child(verb, "dobj") is not None:
        return []
    mover = subject(verb) or (controller(verb) if verb.dep_ == "xcomp" else None)
    if (
        mover is None
        or (mover.pos_ not in {"NOUN", "PROPN", "NUM"} and mover.lower_ not in {"first", "most"})
        or (mover.dep_ == "nsubjpass" and "give" not in kinds)
    ):
        return []
    mention = scene.cast.of(mover)
    if mention is not None and mention.label == "NORP" and mover.tag_ == "NNPS" and verb.lemma_ == "set":
        return [Thing("troops_ground", mover)]
    if mention is not None and mention.kind in {"state", "alliance"} and verb.lemma_ in {"stay", "remain", "return"}:
        return [thing for thing in _load(scene, verb, "with") if thing.type in CARRIED]
    if mention is not None and mention.kind != "force":
        return []
    if verb.lemma_ == "set" and mover.lemma_ in {"unit", "man", "boot"}:
        return [Thing("troops_ground", mover)]
    if load := _load(scene, mover, "with", "of"):
        return [thing for thing in load if thing.type != "elsewhere"]
    found = [thing for thing in typed(scene, mover) if thing.type in CARRIED]
    mention = mention or scene.cast.resolve(mover)
    if not found and mention is not None and mention.kind == "force" and verb.lemma_ in _STAYING:
        return [Thing("troops_ground" if verb.lemma_ == "deploy" else "unspecified", mover)]
    return found


def _load(scene: Scene, carrier: Token, *links: str) -> list[Thing]:
    """List what comes with somebody, or what a ship or plane is full of: *a plane with 40 police*."""
    link = next((each for each in carrier.children if each.dep_ == "prep" and each.lower_ in links), None)
    cargo = child(link, "pobj") if link is not None else None
    return list(typed(scene, cargo)) if cargo is not None else []
