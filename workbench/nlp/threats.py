"""What those who take part are threatened with: *any ship that joins will be a target*, *would pay a price*."""

from collections.abc import Iterator
from typing import Final

from workbench.core.scheme import Pairs
from workbench.nlp.clauses import carrier, child, governor, mood, subject
from workbench.nlp.lexicon import is_type
from workbench.nlp.positions import held
from workbench.nlp.scene import Scene
from workbench.nlp.stances import Position
from workbench.nlp.targets import Target
from workbench.nlp.things import typed
from workbench.nlp.tree import Token

_ANY: Final = frozenset({"any", "every", "all", "whoever", "anyone", "those", "anybody", "each"})
_THERE: Final = frozenset({"will", "would", "may", "could", "can", "must"})


def threats(scene: Scene, pairs: Pairs) -> Iterator[Position]:
    """Yield who is against a mission by what it threatens those with who take part in it."""
    for verb in scene.tokens:
        if verb.pos_ not in {"VERB", "AUX"} or scene.asks(verb) or mood(carrier(verb)) not in _THERE:
            continue
        topic, fate = subject(verb), _fate(scene, verb)
        if topic is None or fate is None or (target := _meant(scene, topic, pairs)) is None:
            continue
        said = governor(verb)
        holder = topic if scene.quote(verb) is not None else None
        if said is not None and said.bond == "content" and "say" in scene.lexicon.classes(said.token):
            holder = subject(said.token)
        yield from held(scene, verb, holder, topic, target, "opposes", [verb, fate])


def _fate(scene: Scene, verb: Token) -> Token | None:
    """Return the word for what is threatened with."""
    striking, treating, suffering = (
        scene.lexicon.judgement(kind, "threats") for kind in ("striking", "treating", "suffering")
    )
    if verb.lemma_ in striking and child(verb, "nsubjpass") is not None:
        return verb
    kind = "roles" if verb.lemma_ in treating else "fates" if verb.lemma_ in suffering else None
    if kind is None:
        return None
    words = scene.lexicon.judgement(kind, "threats")
    ends = (each for each in verb.rights if each.dep_ in {"attr", "dobj", "prep", "oprd", "ccomp", "xcomp"})
    inner = (one for each in ends for one in (each, *each.rights) if one.pos_ != "VERB")
    deeper = (two for one in inner for two in (one, *(below for below in one.rights if below.dep_ == "pobj")))
    return next((each for each in deeper if each.lemma_.lower() in words), None)


def _meant(scene: Scene, topic: Token, pairs: Pairs) -> Target | None:
    """Return the target of a threat: troops where it is they, the mission where it is anyone who joins it."""
    kinds = [each.type for each in typed(scene, topic) if is_type(each.type)]
    if "troops_ground" in kinds:
        return Target(pairs.target.get("troops_ground", pairs.otherwise))
    anyone = topic.lower_ in _ANY or any(each.lower_ in _ANY for each in topic.lefts)
    joined = (
        topic.lower_ in {"country", "countries", "states", "nations", "ships"} and child(topic, "relcl") is not None
    )
    return Target("coalition") if anyone or joined else None
