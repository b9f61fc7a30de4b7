"""Leanings without a verb of judgement: *is against sending troops*, *has the backing of*, *would escalate*."""

from collections.abc import Iterator
from typing import Final

from workbench.core.scheme import Pairs
from workbench.nlp.clauses import carrier, child, controller, governor, mood, negation, subject
from workbench.nlp.lexicon import is_type
from workbench.nlp.operators import read
from workbench.nlp.positions import TURNED, held, targets
from workbench.nlp.scene import Scene
from workbench.nlp.stances import Position
from workbench.nlp.targets import Target
from workbench.nlp.things import typed
from workbench.nlp.tree import Token

_SIDES: Final = {"against": "opposes", "behind": "supports"}
_STANDING: Final = frozenset({"be", "remain", "stand", "come", "line", "fall", "get"})
_FROM: Final = frozenset({"of", "from", "in", "by", "among"})
_TOWARDS: Final = frozenset({"to", "for", "of", "about", "on", "with", "against", "over", "towards", "toward"})
_LACKING: Final = frozenset({"no", "without", "any", "little", "lack", "if"})
_TELLING: Final = frozenset({"VERB", "AUX", "NOUN"})
_SEEKING: Final = frozenset({
    "seek", "want", "need", "urge", "ask", "lose", "win", "lack", "request", "hope", "demand", "withdraw", "drop",
    "end",
    "reconsider", "question", "deny", "test", "await", "expect",
})  # fmt: skip
_ALONE: Final = frozenset({"attr", "ROOT", "nsubj", "dobj"})
_GIVING: Final = frozenset({
    "support", "backing", "thanks", "commitment", "solidarity", "confidence", "protest", "unity", "agreement",
    "supporter", "backer", "critic", "opponent", "fan", "faith", "fear", "worry", "doubt",
})  # fmt: skip
"""Nouns that, with *from* alone, tell no position on the matter at hand: *with support from Denmark*."""
_ONWARDS: Final = frozenset({"on", "ahead", "forward"})
_MERITS: Final = frozenset({"place", "business", "future", "legitimacy", "mandate", "right", "sense", "merit", "basis"})
_TOLD: Final = frozenset({"say", "think"})
_WARNING: Final = frozenset({"warn", "caution", "fear", "threaten"})


def leanings(scene: Scene, pairs: Pairs) -> Iterator[Position]:
    """Yield the stances of a sentence that are told by where a party stands or what it says would follow."""
    for token in scene.tokens:
        if token.pos_ not in _TELLING or scene.asks(token):
            continue
        if token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"aux", "auxpass"}:
            yield from _side(scene, token, pairs)
            yield from _effect(scene, token, pairs)
            yield from _due(scene, token, pairs)
            yield from _moved(scene, token, pairs)
            yield from _absent(scene, token, pairs)
            if token.lemma_ in scene.lexicon.group("parleying"):
                yield from _parley(scene, token, pairs)
        elif token.pos_ == "NOUN":
            drawn = list(_drawn(scene, token, pairs)) if token.dep_ in {"dobj", "pobj"} else []
            yield from drawn or _nominal(scene, token, pairs)
            yield from _reacted(scene, token)


def _side(scene: Scene, verb: Token, pairs: Pairs) -> Iterator[Position]:
    """Read *is against the mission*, *stands behind the plan*."""
    holder = subject(verb)
    if verb.lemma_ not in _STANDING or holder is None:
        return
    for each in verb.children:
        polarity = _SIDES.get(each.lower_) if each.dep_ == "prep" else None
        noun = child(each, "pobj", "pcomp") if polarity is not None else None
        if noun is None or polarity is None:
            continue
        polarity = TURNED[polarity] if negation(verb) is not None else polarity
        for target in targets(scene, noun, verb, pairs):
            yield from held(scene, each, holder, noun, target, polarity, [verb])


def _effect(scene: Scene, verb: Token, pairs: Pairs) -> Iterator[Position]:
    """Read *warned that the deployment would escalate the war*, *said the mission had saved lives*."""
    polarity = next((side for side in TURNED if verb.lemma_ in scene.lexicon.effects(side)), _amount(scene, verb))
    if verb.lemma_ == "have" and (lack := child(verb, "dobj")) is not None and lack.lemma_ in _MERITS:
        yield from _meritless(scene, verb, lack, pairs)
    topic = subject(verb)
    said = governor(verb)
    no = negation(verb) is not None
    if polarity is None or topic is None or mood(carrier(verb)) in {"may", "could"} or (no and polarity == "opposes"):
        return
    polarity = TURNED[polarity] if no else polarity
    if polarity == "supports" and said is not None and said.bond == "content" and said.token.lemma_ in _WARNING:
        return
    end = child(verb, "dobj") if verb.lemma_ in scene.lexicon.group("amounting") else None
    cues = [verb, end] if end is not None else [verb]
    yield from _of_topic(scene, verb, _teller(scene, verb, topic), topic, polarity, cues, pairs)


def _teller(scene: Scene, verb: Token, words: Token) -> Token | None:
    """Return who says what a verb tells: whose clause it is the content of, else words of the quotation it is in."""
    said = governor(verb)
    if said is not None and said.bond == "content" and _TOLD & scene.lexicon.classes(said.token):
        return subject(said.token)
    return words if scene.quote(verb) is not None else None


def _of_topic(
    scene: Scene, verb: Token, holder: Token | None, topic: Token, polarity: str, cues: list[Token], pairs: Pairs
) -> Iterator[Position]:
    """Yield a view of what a topic stands for, unless that is an actor."""
    for target in targets(scene, topic, verb, pairs):
        if not target.name.startswith("actor:"):
            yield from held(scene, verb, holder, topic, target, polarity, cues)


def _meritless(scene: Scene, verb: Token, lack: Token, pairs: Pairs) -> Iterator[Position]:
    """Read *says the mission has no place in the strait*."""
    topic = subject(verb)
    if topic is None or not any(each.lower_ == "no" for each in lack.lefts):
        return
    yield from _of_topic(scene, verb, _teller(scene, verb, topic), topic, "opposes", [verb, lack], pairs)


def _moved(scene: Scene, verb: Token, pairs: Pairs) -> Iterator[Position]:
    """Read *the decision angered Moscow*, *the plan has delighted Kyiv*: the view of whoever is moved."""
    polarity = next((side for side in TURNED if verb.lemma_ in scene.lexicon.judgement("moving", side)), None)
    topic, holder = (subject(verb), child(verb, "dobj")) if polarity is not None else (None, None)
    if polarity is None or topic is None or holder is None or negation(verb) is not None:
        return
    if mood(carrier(verb)) in {"does", "done"}:
        yield from _of_topic(scene, verb, holder, topic, polarity, [verb], pairs)


def _due(scene: Scene, verb: Token, pairs: Pairs) -> Iterator[Position]:
    """Read *said the mission should be wound up*, *insisted that the talks must go on*."""
    topic, said = controller(verb), governor(verb)
    while said is not None and said.bond == "joined":
        said = governor(said.token)
    ends, goes = (verb.lemma_ in scene.lexicon.group(name) for name in ("ceasing", "going"))
    if ends and any(each.lower_ in _ONWARDS for each in verb.rights):
        ends, goes = False, True
    if topic is None or mood(carrier(verb)) != "must" or not (ends or goes):
        return
    holder = subject(said.token) if said is not None and "say" in scene.lexicon.classes(said.token) else None
    holder = topic if scene.quote(verb) is not None else holder
    polarity = "opposes" if ends != (negation(verb) is not None) else "supports"
    yield from _of_topic(scene, verb, holder, topic, polarity, [verb], pairs)


def _absent(scene: Scene, verb: Token, pairs: Pairs) -> Iterator[Position]:
    """Read *said there would be no foreign boots*: whoever says so is against them."""
    noun = child(verb, "attr", "dobj") if verb.lemma_ == "be" and child(verb, "expl") is not None else None
    no = noun is not None and any(each.lower_ == "no" for each in noun.lefts)
    if noun is None or not no or mood(verb) not in {"will", "would", "must", "can"}:
        return
    holder = _teller(scene, verb, noun)
    for kind in [each.type for each in typed(scene, noun) if is_type(each.type)][:1]:
        target = Target(pairs.target.get(kind, pairs.otherwise))
        yield from held(scene, verb, holder, noun, target, "opposes", [verb])


def _amount(scene: Scene, verb: Token) -> str | None:
    """Return how a party judges what it says *would mean war* or *would lead to escalation*."""
    if verb.lemma_ not in scene.lexicon.group("amounting"):
        return None
    ends = [
        child(each, "pobj") if each.dep_ == "prep" else each
        for each in verb.rights
        if each.dep_ in {"dobj", "prep", "npadvmod"}
    ]
    words = {each.lemma_.lower() for each in ends if each is not None}
    return next((side for side in ("opposes", "supports") if words & scene.lexicon.called(side)), None)


def _parley(scene: Scene, verb: Token, pairs: Pairs) -> Iterator[Position]:
    """Read *refused to negotiate*, *is ready to compromise*: for or against the talks."""
    reading = read(verb, frozenset({"own"}), scene.lexicon)
    polarity = pairs.polarity.get(reading.status or "") if reading is not None and reading.own else None
    if reading is not None and polarity in TURNED and reading.actor is not None:
        target = Target("peace_process")
        yield from held(scene, verb, reading.actor, verb, target, polarity, reading.predicates[1:])


def _drawn(scene: Scene, noun: Token, pairs: Pairs) -> Iterator[Position]:
    """Read *the plan has the backing of Rome*, *drew criticism from Moscow*, *was met with dismay in Kyiv*."""
    verb = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "with" else noun.head
    polarity = _leaning(scene, noun)
    topic = subject(verb) if verb.lemma_ in scene.lexicon.group("drawing") else None
    if polarity is None or topic is None or negation(verb) is not None:
        return
    if (whose := child(noun, "poss")) is not None and verb.lemma_ in {"have", "enjoy", "win", "draw"}:
        for target in targets(scene, topic, verb, pairs):
            yield from held(scene, noun, whose, topic, target, polarity, [verb])
        return
    sources = [each for each in (*noun.rights, *verb.rights) if each.dep_ == "prep" and each.lower_ in _FROM]
    for each in sources[:1]:
        for target in targets(scene, topic, verb, pairs):
            yield from held(scene, noun, child(each, "pobj"), topic, target, polarity, [verb])


def _reacted(scene: Scene, noun: Token) -> Iterator[Position]:
    """Read *reacted with scorn*: for or against what was judged last, else the plan at hand."""
    verb = noun.head.head
    told = noun.dep_ == "pobj" and noun.head.lower_ == "with" and verb.lemma_ in scene.lexicon.group("responding")
    polarity = _leaning(scene, noun) if told else None
    if polarity is not None:
        target = Target(scene.memory.judged or "coalition")
        yield from held(scene, noun, subject(verb), noun, target, polarity, [verb])


def _nominal(scene: Scene, noun: Token, pairs: Pairs) -> Iterator[Position]:
    """Read *Hungary’s opposition to the loan*, *support from Denmark for the mission*, unless it is sought."""
    polarity = _leaning(scene, noun)
    holder = _holding(noun)
    sought = any(each.lower_ in _LACKING for each in noun.lefts) or noun.head.lower_ in _LACKING
    if polarity is None or holder is None or sought or noun.head.lemma_ in _SEEKING:
        return
    for each in noun.rights:
        fits = each.dep_ == "prep" and each.lower_ in _TOWARDS
        about = child(each, "pobj", "pcomp") if fits else None
        if about is not None and about != holder:
            for target in targets(scene, about, noun, pairs):
                if not target.name.startswith("actor:"):
                    yield from held(scene, noun, holder, about, target, polarity, [noun])
            return
    if noun.lemma_ not in _GIVING and holder.head.dep_ == "prep" and noun.dep_ in _ALONE:
        yield from held(scene, noun, holder, noun, Target("coalition"), polarity, [noun])


def _leaning(scene: Scene, noun: Token) -> str | None:
    """Return which way a noun of judgement leans: *opposition*, *backing*, *a cool response*."""
    if noun.lemma_ in scene.lexicon.group("reacting"):
        words = {each.lemma_.lower() for each in noun.lefts if each.dep_ == "amod"}
        return next((side for side in TURNED if words & scene.lexicon.judgement("adjectives", side)), None)
    return next((side for side in TURNED if noun.lemma_ in scene.lexicon.judgement("nouns", side)), None)


def _holding(noun: Token) -> Token | None:
    """Return whose support or opposition it is: a possessor or nationality, or the noun after *from* or *by*."""
    for each in noun.lefts:
        if each.dep_ == "poss" or (each.dep_ in {"amod", "nmod", "compound"} and each.shape_[:1] == "X"):
            return each
    sources = (
        each for each in (*noun.rights, *noun.head.rights) if each.dep_ == "prep" and each.lower_ in {"from", "by"}
    )
    return next((found for each in sources if (found := child(each, "pobj")) is not None), None)
