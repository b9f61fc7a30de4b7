"""What taking part amounts to: ships where a naval mission is joined, what was spoken of where nothing is named."""

from typing import Final

from workbench.nlp.clauses import child, controller, governor, members, owner, subject
from workbench.nlp.lexicon import Hit, is_type
from workbench.nlp.scene import Scene
from workbench.nlp.things import Thing, joint
from workbench.nlp.tree import Token

_OPEN: Final = frozenset({"consider", "refuse", "offer", "commit"})
_CARRIED: Final = frozenset({"troops_ground", "air_support", "maritime", "police_civilian", "training"})
_NO_SIDE: Final = frozenset({"troops_ground", "weapons_ammunition", "financing", "security_guarantee", "unspecified"})
_WHERE: Final = frozenset({
    "to", "into", "in", "for", "on", "with", "back", "ahead", "forward", "through", "after", "down", "up", "out",
    "over", "away", "further", "home",
})  # fmt: skip
_US: Final = frozenset({"we", "they"})
_LEAVING: Final = frozenset({"deploy", "go", "march"})
_PATROLLING: Final = frozenset({"patrol", "guard", "sweep", "police"})
WATCHING: Final = frozenset({"monitor", "observe", "supervise"})
_WATCHED: Final = frozenset({
    "truce", "ceasefire", "cease-fire", "border", "line", "deal", "agreement", "compliance", "withdrawal", "frontier",
    "implementation", "peace", "crossing", "demarcation", "disarmament", "zone",
})  # fmt: skip
_ABOVE: Final = frozenset({"air", "sky", "space", "satellite", "drone", "plane", "aircraft"})
_KINDS: Final = frozenset({"state", "force", "alliance", "region", "group"})
_BEATS: Final = {
    "maritime": frozenset(
        {"sea", "strait", "gulf", "channel", "ocean", "bay", "coast", "water", "waters", "lane", "shipping", "waterway",
         "tanker", "shoreline", "coastline", "mine", "cable", "seabed", "sealane", "shipping-lane"}
    ),
    "air_support": frozenset({"sky", "skies", "airspace", "air"}),
    "troops_ground": frozenset({"street", "border", "line", "zone", "frontier", "camp", "town", "crossing", "road"}),
}  # fmt: skip


def engaged(scene: Scene, verb: Token) -> Thing | None:
    """Return what a verb of going, staying or patrolling amounts to by itself."""
    if (kept := _kept(scene, verb)) is not None:
        return kept
    if _going(scene, verb):
        return Thing("unspecified", verb)
    if verb.lemma_ in _LEAVING and (gone := _away(scene, verb)) is not None:
        return gone
    return _beaten(scene, verb) if verb.lemma_ in _PATROLLING else None


def side(scene: Scene, noun: Token) -> Thing:
    """Return what joining something amounts to by its own words: ships where it is naval, else nothing specific."""
    hit = scene.things.get(noun.i)
    if hit is not None and is_type(hit.label) and hit.label not in _NO_SIDE:
        return Thing(hit.label, noun)
    for each in noun.lefts:
        led = each.lower_ == "led"
        for member in members(each) if each.dep_ in {"amod", "compound", "nmod"} and not led else ():
            inner = scene.things.get(member.i)
            label = scene.lexicon.modifiers.get(member.lower_) or (inner.label if inner is not None else "unspecified")
            if is_type(label) and label not in _NO_SIDE:
                return Thing(label, noun)
        place = scene.cast.at(each)
        if place is not None and place.label == "LOC" and each.lower_ in _BEATS["maritime"]:
            return Thing("maritime", noun)
    mention = scene.cast.of(noun)
    named = mention is not None and {"Naval", "Maritime"} & set(scene.doc.text[mention.start : mention.end].split())
    return Thing("maritime" if named else "unspecified", noun)


def watched(verb: Token) -> list[Thing]:
    """Return what monitoring a truce or a border takes: observers, from above aircraft and satellites."""
    what = child(verb, "dobj", "nsubjpass")
    if what is None or what.lemma_.lower() not in _WATCHED:
        return []
    above = any(each.lemma_.lower() in _ABOVE for each in verb.subtree if each.i > what.i)
    return [Thing("intelligence_surveillance" if above else "police_civilian", what)]


def _beaten(scene: Scene, verb: Token) -> Thing | None:
    """Return what patrolling or guarding something takes: ships at sea, jets in the air, troops on a border."""
    if (who := subject(verb)) is not None and who.i in scene.things and owner(who) is None:
        return None
    places = [each for each in verb.rights if each.dep_ == "dobj"]
    places += [noun for each in verb.rights if each.dep_ == "prep" and (noun := child(each, "pobj")) is not None]
    for place in places:
        mention = scene.cast.at(place)
        words = {each.lower_ for each in place.lefts} | {place.lower_, place.lemma_.lower()}
        if mention is not None:
            words |= set(scene.doc.text[mention.start : mention.end].lower().split())
        for label, beats in _BEATS.items():
            if words & beats:
                return Thing(label, place)
    return None


def _away(scene: Scene, verb: Token) -> Thing | None:
    """Return whom a party sends that *is ready to deploy* or *will not go*: those last spoken of, else soldiers."""
    who = controller(verb)
    if who is None or child(verb, "dobj", "nsubjpass", "acomp", "xcomp", "prt") is not None:
        return None
    last = scene.memory.last if scene.memory.last in _CARRIED else None
    if verb.lemma_ == "deploy":
        named = who.lower_ in _US | {"it"} or _acting(scene, who)
        return Thing(last or "troops_ground", verb) if named else None
    alone = not any(each.lower_ in _WHERE and each.i == verb.i + 1 for each in verb.rights)
    hanging = any(each.dep_ == "advcl" and each.left_edge.lower_ in {"if", "once"} for each in verb.children)
    if who.lower_ not in _US or not alone or (last is None and not hanging):
        return None
    return Thing(last or "unspecified", verb)


def _kept(scene: Scene, verb: Token) -> Thing | None:
    """Return what staying in a force or mission amounts to: *would remain in the force*."""
    links = [each for each in verb.rights if each.dep_ == "prep" and each.lower_ in {"in", "with"}]
    held = (noun for each in links if (noun := child(each, "pobj")) is not None and joint(scene, noun))
    noun, who = next(held, None), controller(verb) if verb.lemma_ in {"stay", "remain"} else None
    if noun is None or who is None or not _acting(scene, who):
        return None
    return Thing("troops_ground" if noun.lemma_ == "force" else "unspecified", noun)


def _going(scene: Scene, verb: Token) -> bool:
    """Say whether a party stays somewhere or comes back, as it says or is asked: *would stay in Syria*."""
    if verb.lemma_ in {"stay", "remain"} and verb.dep_ in {"ccomp", "xcomp"} and child(verb, "acomp", "attr") is None:
        places = [child(each, "pobj") for each in verb.children if each.dep_ == "prep" and each.lower_ == "in"]
        named = any((mention := scene.cast.at(each)) and mention.label in {"GPE", "LOC"} for each in places if each)
        who = subject(verb)
        return who is not None and (who.tag_ == "NNPS" or (named and _acting(scene, who)))
    if verb.lemma_ not in scene.lexicon.group("returning") or child(verb, "dobj", "attr", "prep") is not None:
        return False
    link = governor(verb)
    return link is not None and bool(scene.lexicon.classes(link.token) & _OPEN)


def _acting(scene: Scene, who: Token) -> bool:
    mention = scene.cast.resolve(who)
    return mention is not None and mention.kind in {"state", "force", "alliance", "region", "group"}


def left_open(scene: Scene, at: int, actor: Token) -> str:
    """Return what is left open: what the sentence named before, what was asked of the party, what it would give."""
    names = names_of(scene, actor)
    before = [each for each in scene.things.values() if each.last < at and is_type(each.label)]
    own = [each.label for each in before if not _anothers(scene, each, names)]
    if own:
        return own[-1]
    known = {**scene.memory.given, **scene.memory.asked}
    return next((known[name] for name in names if name in known), "unspecified")


def _anothers(scene: Scene, hit: Hit, names: list[str]) -> bool:
    """Say whether a contribution word follows the name of somebody else, whose it may be."""
    start, end = scene.sentence.start_char, scene.doc[hit.first].idx
    found = [each for each in scene.cast.mentions if start <= each.start < end and each.kind in {"state", "alliance"}]
    return bool(found) and found[-1].actor not in names


def names_of(scene: Scene, token: Token) -> list[str]:
    """Return the names of the parties that a token means, and of those for whom they speak."""
    return [name for mention, _ in scene.parties(token) for name in (mention.principal, mention.actor) if name]
