"""Commitments worded in whole constructions: dependence, only-if, reserve, waiting, a seat."""

from collections.abc import Iterator
from typing import Final

from workbench.nlp.clauses import carrier, child, negation, np_end, subject
from workbench.nlp.commitments import Draft, complete, multiplied
from workbench.nlp.conditions import condition
from workbench.nlp.dependence import dependent, needed, needed_with
from workbench.nlp.engagements import left_open, names_of
from workbench.nlp.gazetteer import state_among
from workbench.nlp.lexicon import Hit, is_type
from workbench.nlp.mentions import Mention
from workbench.nlp.scene import Scene, principal
from workbench.nlp.statuses import Reading
from workbench.nlp.things import Thing, typed, venture
from workbench.nlp.tree import Token

_HANGING: Final = frozenset({"depend", "hinge", "dependent", "contingent", "conditional", "rest", "reliant"})
_SEATED: Final = frozenset({"base", "headquarter", "locate", "house", "situate"})
_GOING: Final = frozenset({"go", "deploy", "move", "start", "act", "launch", "initiate", "begin", "roll"})
_GONE: Final = frozenset({"deployment", "action", "launch", "dispatch"})
_CONDITIONS: Final = frozenset(
    {"mandate", "detail", "framework", "guarantee", "resolution", "rule", "clarity", "consent"}
)
_WAITING: Final = frozenset({"wait", "want", "wish", "like"})
_NEAR: Final = 8
_WAITED: Final = frozenset({"see", "hear", "know", "learn", "decide"})


def phrased(scene: Scene) -> list[Draft]:
    """List the commitments of a sentence that no single cue and contribution express."""
    found: list[Draft] = []
    for token in scene.tokens:
        lemma = token.lemma_.lower()
        if lemma in _HANGING and token.pos_ in {"VERB", "ADJ"}:
            found += dependent(scene, token)
        elif lemma in _SEATED and token.pos_ == "VERB":
            found += _seated(scene, token)
        elif lemma in _WAITING and token.pos_ == "VERB" and negation(token) is None:
            found += _waiting(scene, token)
        elif lemma in {"ready", "prepared", "poised", "set"} and token.tag_ in {"JJ", "VBN"}:
            found += _poised(scene, token)
        elif token.lower_ in {"if", "unless"} and token.dep_ == "mark":
            found += needed(scene, token)
        elif token.lower_ in {"with", "without"} and token.dep_ == "prep":
            found += needed_with(scene, token)
    for hit in scene.fixed:
        if hit.label == "reserve":
            found += _reserved(scene, hit)
    return found


def _reserved(scene: Scene, hit: Hit) -> Iterator[Draft]:
    """Read *said it is too early to say*: the speaker withholds an answer."""
    word = scene.doc[hit.last]
    verb: Token | None = word
    while verb is not None and verb.pos_ not in {"VERB", "AUX"}:
        verb = verb.head if verb.head != verb else None
    actor = None
    for _ in range(5):
        if verb is None:
            return
        named = subject(verb)
        if (
            named is not None
            and (named.pos_ != "NOUN" or scene.cast.resolve(named) is not None)
            and named.lower_ not in {"it", "that", "this", "nothing"}
        ):
            actor = named
            break
        if verb.head == verb:
            return
        verb = verb.head
    follows = {each.lower_ for each in scene.doc[hit.last + 1 : hit.last + 4]}
    about = bool(follows & {"whether", "if", "how", "when", "what", "who"})
    about = about and not ("drawn" in hit.words and all(each.first < hit.last for each in scene.things.values()))
    if verb is None or actor is None or scene.asks(word) or about:
        return
    reading = Reading(word, "under_consideration", actor, top=verb, predicates=[scene.doc[hit.first], word])
    reading.said = verb if "say" in scene.lexicon.classes(verb) else None
    reading.note("consider", word)
    what = _what_follows(scene, hit) or left_open(scene, hit.first, actor)
    yield from multiplied(scene, reading, [Thing(what, word)], "under_consideration", None)


def _what_follows(scene: Scene, hit: Hit) -> str | None:
    """Return what an answer is withheld on, where it is told: *left the door open to sending destroyers*."""
    link = scene.doc[hit.last + 1] if hit.last + 1 < scene.sentence.end else None
    if link is None or link.lower_ not in {"to", "on", "about"}:
        return None
    near = range(hit.last + 1, hit.last + _NEAR)
    named = (each.label for each in scene.things.values() if each.first in near and is_type(each.label))
    return next((label for label in named if label != "unspecified"), None)


def _waiting(scene: Scene, verb: Token) -> Iterator[Draft]:
    """Read *waits to see if the others are willing*: the waiting party has not made up its mind."""
    seeing = next((each for each in verb.children if each.dep_ in {"xcomp", "advcl"} and each.lemma_ in _WAITED), None)
    actor = subject(verb)
    if seeing is None or actor is None or subject(seeing) is not None:
        return
    if verb.lemma_ != "wait" and (scene.memory.last is None or not _awaited(scene, seeing)):
        return
    reading = Reading(verb, "under_consideration", actor, top=verb, predicates=[verb, seeing])
    reading.note("wait", verb)
    end, given = scene.doc[seeing.right_edge.i], scene.memory.given
    kind = next((given[name] for name in names_of(scene, actor) if name in given), "unspecified")
    for draft in multiplied(scene, reading, [Thing(kind, end)], "under_consideration", None):
        draft.evidence = (draft.evidence[0], end.i + 1 if not end.is_punct else end.i)
        yield draft


def _awaited(scene: Scene, verb: Token) -> bool:
    """Say whether what somebody wants to see first is a mandate, a plan, a deal, or whether something happens."""
    noun = child(verb, "dobj")
    first = any(each.lower_ == "first" for each in verb.subtree)
    named = noun is not None and (noun.lemma_ in _CONDITIONS or noun.i in scene.targets)
    return first or named or any(each.lower_ == "whether" for each in verb.subtree)


def _seated(scene: Scene, verb: Token) -> Iterator[Draft]:
    """Read *the headquarters will be based in Paris*: the state whose capital it is hosts it."""
    topic = subject(verb) if verb.dep_ != "acl" else verb.head
    place = next(
        (found for each in verb.children if each.lower_ in {"in", "at"} and (found := child(each, "pobj"))), None
    )
    if topic is None or place is None:
        return
    given = [thing for thing in typed(scene, topic) if thing.type in {"hq_command", "logistics"}]
    planned = any(each.lower_ in {"will", "would"} for each in verb.children)
    if not given or not planned or (host := _host(scene, place)) is None:
        return
    reading = Reading(verb, "announced", place, top=verb, predicates=[verb])
    reading.note("will", verb)
    party = (host.actor or "", host.id)
    yield Draft(scene, reading, given[0], "announced", host, party, (topic.left_edge.i, np_end(place)), things=given)


def _host(scene: Scene, place: Token) -> Mention | None:
    """Return the state that a place is in, by the registry."""
    mention = scene.cast.at(place)
    if mention is None or mention.label != "GPE":
        return None
    state = state_among(scene.cast.registry.matching(scene.doc.text[mention.start : mention.end]))
    return Mention(mention.start, mention.end, "GPE", actor=state.name, id=state.id, kind="state") if state else None


def _poised(scene: Scene, word: Token) -> Iterator[Draft]:
    """Read *the force is ready to deploy* and *a plan that is ready to go*."""
    action = next((each for each in word.children if each.dep_ in {"xcomp", "advcl"} and each.lemma_ in _GOING), None)
    if action is None:
        aim = next((each for each in word.children if each.dep_ == "prep" and each.lower_ == "for"), None)
        action = child(aim, "pobj") if aim is not None else None
        if action is None or action.lemma_ not in _GONE:
            return
    topic = subject(word) or _described(word)
    if topic is None or not (venture(scene, topic) or topic.lemma_ in {"plan", "mission", "force"}):
        return
    parties = scene.parties(topic)
    group = parties[0][0] if parties else scene.coalition(topic)
    party = principal(group) if group is not None else None
    if group is None or party is None:
        return
    hanging = condition(scene, [word, action, *word.ancestors])
    reading = Reading(word, "offered", topic, top=carrier(word), own=True, soft=True, predicates=[word, action])
    reading.note("offer", word)
    reading.topic = topic
    kind = "troops_ground" if action.lemma_ in {"deploy", "deployment"} else "unspecified"
    draft = Draft(
        scene, reading, Thing(kind, action), "conditional" if hanging else "offered", group, party, condition=hanging
    )
    draft.things = [draft.thing]
    complete(draft)
    told = scene.parties(subject(topic.head)) if draft.speaker is None and topic.dep_ == "dobj" else []
    draft.speaker = told[0][0] if told else draft.speaker
    yield draft


def _described(word: Token) -> Token | None:
    """Return what is described as ready: *described the coalition as “ready to go”*."""
    verb = word.head
    for _ in range(3):
        if verb.pos_ == "VERB" and (found := child(verb, "dobj")) is not None and found.i < word.i:
            return found
        verb = verb.head
    return None
