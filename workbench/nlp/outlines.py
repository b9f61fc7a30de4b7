"""Contributions that are the topic themselves: where they come from, what lists and plans hold, what became of them."""

from collections.abc import Callable, Iterator
from typing import Final

from workbench.nlp.clauses import child, controller, members, mood, negation, np_end, owner, subject
from workbench.nlp.commitments import Draft, drafted
from workbench.nlp.lexicon import is_type
from workbench.nlp.movements import CARRIED
from workbench.nlp.rosters import consisting, existing, lacking, starting
from workbench.nlp.scene import Scene
from workbench.nlp.terms import first, hinging, tied
from workbench.nlp.things import Thing, typed
from workbench.nlp.tree import Token

_LISTS: Final = frozenset({"offer", "pledge", "contribution", "promise", "commitment", "contributor"})
_LISTED: Final = {"offer": "offer", "pledge": "commit", "promise": "commit", "commitment": "commit"}
_PLANS: Final = frozenset(
    {"plan", "proposal", "draft", "agreement", "deal", "scheme", "blueprint", "document", "accord"}
)
_SHARES: Final = frozenset(
    {"contribution", "role", "part", "share", "involvement", "participation", "commitment", "help"}
)
_GOES: Final = frozenset({"end", "stop", "lapse", "cease", "finish", "expire"})
_FAILING: Final = frozenset({"fall", "collapse", "founder", "evaporate", "stall"})
_INTENDED: Final = frozenset({"plan", "proposal", "idea", "scheme"})
_HOMEWARD: Final = frozenset({"home", "back", "out", "gone"})
_ITSELF: Final = frozenset({"itself", "themselves", "himself", "herself"})
_DEEMED: Final = {
    **dict.fromkeys(("conceivable", "possible", "imaginable", "thinkable", "feasible"), "consider"),
    **dict.fromkeys(("unthinkable", "inconceivable", "impossible", "unacceptable"), "refuse"),
}
_CONSENT: Final = frozenset(
    {"approval", "vote", "mandate", "consent", "majority", "resolution", "authorisation", "authorization"}
)
_SOME: Final = frozenset({"most", "half", "some", "many", "all", "others", "bulk", "rest", "majority", "remainder"})
_AT_HAND: Final = frozenset({"ready", "available", "waiting"})
_SENT: Final = frozenset({"troops_ground", "air_support", "maritime", "police_civilian", "training", "financing"})

Finder = Callable[[Scene, Token], Iterator[Draft]]


def outlined(scene: Scene) -> Iterator[Draft]:
    """Yield the commitments of a sentence whose subject is what is given, or a plan or list that holds it."""
    for token in scene.tokens:
        find = _FINDERS.get(token.lemma_.lower()) if token.pos_ in {"VERB", "AUX"} else None
        if find is not None and token.dep_ not in {"aux", "auxpass"} and not scene.asks(token):
            yield from find(scene, token)


def _owned(scene: Scene, nouns: list[Token]) -> Iterator[tuple[Token, list[Thing]]]:
    """Yield whose each of some things is, and what it is: *a Norwegian hospital and Danish radars*."""
    for noun in nouns:
        whose = owner(noun)
        given = [thing for thing in typed(scene, noun) if thing.type not in {"elsewhere", "unspecified"}]
        if given and whose is not None and scene.parties(whose):
            yield whose, given


def _coming(scene: Scene, verb: Token) -> Iterator[Draft]:
    """Read *half of the soldiers would come from Turkey*, *not a euro will go from our budget*."""
    noun = subject(verb) or (controller(verb) if verb.dep_ == "xcomp" else None)
    source = next((each for each in verb.rights if each.dep_ == "prep" and each.lower_ == "from"), None)
    giver = child(source, "pobj") if source is not None else None
    if giver is not None and verb.lemma_ == "go":
        giver = child(giver, "poss")
    if noun is None or giver is None or not scene.parties(giver):
        return
    given = [thing for thing in typed(scene, noun) if thing.type in _SENT]
    if not given and noun.lower_ in _SOME and scene.memory.last in _SENT:
        given = [Thing(scene.memory.last, noun)]
    yield from drafted(scene, verb, frozenset({"give"}), given[:1], giver) if given else ()


def _included(scene: Scene, verb: Token) -> Iterator[Draft]:
    """Read *pledges include a Danish frigate*, *the plan foresees a British brigade in the west*."""
    topic, first = child(verb, "nsubj"), child(verb, "dobj")
    if topic is None or first is None or negation(verb) is not None:
        return
    if topic.lemma_ in (_LISTS if verb.lemma_ == "include" else _PLANS):
        kind = _LISTED.get(topic.lemma_, "decide")
        for whose, given in _owned(scene, members(first)):
            yield from drafted(scene, verb, frozenset({kind}), given, whose)


def _being(scene: Scene, verb: Token) -> Iterator[Draft]:
    """Read *among the offers are a Norwegian hospital*, *our troops will be home by May*."""
    yield from _listed(scene, verb)
    yield from _homeward(scene, verb)
    yield from _deemed(scene, verb)
    yield from _spelt_out(scene, verb)
    yield from existing(scene, verb)


def _listed(scene: Scene, verb: Token) -> Iterator[Draft]:
    link = next((each for each in verb.lefts if each.dep_ == "prep" and each.lower_ in {"among", "on"}), None)
    noun, first = child(link, "pobj") if link is not None else None, child(verb, "nsubj", "attr")
    inner = child(noun, "prep") if noun is not None and noun.lemma_ == "list" else None
    noun = child(inner, "pobj") if inner is not None else noun
    if noun is None or first is None or first.i < verb.i or noun.lemma_ not in _LISTS:
        return
    for whose, given in _owned(scene, members(first)):
        yield from drafted(scene, verb, frozenset({_LISTED.get(noun.lemma_, "decide")}), given, whose)


def _deemed(scene: Scene, verb: Token) -> Iterator[Draft]:
    """Read *a German battalion was conceivable*, *Dutch troops would be unthinkable*."""
    noun, word = child(verb, "nsubj"), child(verb, "acomp")
    kind = _DEEMED.get(word.lower_) if word is not None else None
    if noun is None or word is None or kind is None or child(word, "xcomp", "prep") is not None:
        return
    for whose, given in _owned(scene, [noun]):
        yield from drafted(scene, word, frozenset({kind}), given, whose)


def _spelt_out(scene: Scene, verb: Token) -> Iterator[Draft]:
    """Read *the Portuguese offer is modest: 200 marines and a ship*."""
    noun = child(verb, "nsubj")
    whose = owner(noun) if noun is not None and noun.lemma_ in _LISTS | _SHARES else None
    colon = next((each.i for each in scene.tokens if each.text == ":" and each.i > verb.i), None)
    if noun is None or whose is None or colon is None or negation(verb) is not None:
        return
    hits = [
        hit for hit in scene.things.values() if hit.first > colon and is_type(hit.label) and hit.label != "unspecified"
    ]
    given = [Thing(hit.label, scene.doc[hit.last]) for hit in hits]
    yield from drafted(scene, verb, frozenset({_LISTED.get(noun.lemma_, "decide")}), given, whose) if given else ()


def _needing(scene: Scene, verb: Token) -> Iterator[Draft]:
    """Read *any Spanish participation would need the approval of parliament*."""
    noun, what = child(verb, "nsubj"), child(verb, "dobj")
    if (
        noun is None
        or what is None
        or what.lemma_ not in _CONSENT
        or mood(verb) not in {"would", "will", "does", "must"}
    ):
        return
    given = [thing for thing in typed(scene, noun) if thing.type != "elsewhere"]
    whose = owner(noun) or next((found for each in verb.ancestors if (found := _stated(each)) is not None), None)
    for draft in drafted(scene, verb, frozenset({"decide"}), given, whose) if given and whose is not None else ():
        draft.status, draft.condition = "conditional", (verb.i, np_end(what))
        yield draft


def _stated(verb: Token) -> Token | None:
    """Return who says so, or whose position it is."""
    named = subject(verb)
    return (owner(named) or named) if named is not None and verb.pos_ in {"VERB", "AUX"} else None


def _homeward(scene: Scene, verb: Token) -> Iterator[Draft]:
    noun = child(verb, "nsubj")
    place = next((each for each in verb.rights if each.dep_ in {"advmod", "acomp"} and each.lower_ in _HOMEWARD), None)
    if noun is None or place is None or mood(verb) not in {"will", "would"}:
        return
    given = [thing for thing in typed(scene, noun) if thing.type in CARRIED]
    if given and (whose := owner(noun)) is not None:
        yield from drafted(scene, verb, frozenset({"withdraw"}), given, whose)


def _having(scene: Scene, verb: Token) -> Iterator[Draft]:
    """Read *has 50 instructors ready to go*, *has two ships on standby*, *has no ships to spare*."""
    yield from lacking(scene, verb)
    noun = child(verb, "dobj")
    ready = noun is not None and any(
        each.lower_ in _AT_HAND or (each.dep_ == "prep" and each.lower_ == "on" and _standby(each))
        for each in (*noun.rights, *verb.rights)
    )
    told = noun is not None and (child(noun, "nummod") or any(each.lower_ in {"a", "an"} for each in noun.lefts))
    if ready and noun is not None and told and negation(verb) is None:
        given = [thing for thing in typed(scene, noun) if thing.type in _SENT]
        yield from drafted(scene, verb, frozenset({"offer"}), given) if given else ()


def _standby(link: Token) -> bool:
    return (noun := child(link, "pobj")) is not None and noun.lower_ in {"standby", "stand-by", "call", "alert"}


def _ending(scene: Scene, verb: Token) -> Iterator[Draft]:
    """Read *American surveillance flights ended in April*, *plans for a Dutch contingent have fallen through*."""
    noun = child(verb, "nsubj")
    if noun is None or verb.dep_ == "relcl" or negation(verb) or mood(verb) in {"may", "could", "can", "must"}:
        return
    if verb.lemma_ in _FAILING:
        aim = next((each for each in noun.rights if each.lower_ in {"for", "of"}), None)
        noun = child(aim, "pobj") if aim is not None and noun.lemma_ in _INTENDED else None
    if noun is None or mood(verb) == "doing":
        return
    for whose, given in _owned(scene, [noun]):
        yield from drafted(scene, verb, frozenset({"withdraw"}), given, whose)


def _limiting(scene: Scene, verb: Token) -> Iterator[Draft]:
    """Read *its contribution is limited to logistics*, *Austria confined itself to demining*."""
    share = child(verb, "dobj") or subject(verb)
    if share is None or (share.lemma_ not in _SHARES and share.lower_ not in _ITSELF):
        return
    links = [each for each in (*verb.rights, *share.rights) if each.dep_ in {"prep", "dative"} and each.lower_ == "to"]
    noun = child(links[0], "pobj", "pcomp") if links else None
    whose = subject(verb) if share.dep_ == "dobj" else owner(share)
    if noun is None or whose is None:
        return
    given = [thing for each in members(noun) for thing in typed(scene, each) if thing.type != "elsewhere"]
    yield from drafted(scene, verb, frozenset({"decide"}), given, whose) if given else ()


def _built(scene: Scene, verb: Token) -> Iterator[Draft]:
    """Read *the UK contribution would be built around a brigade*."""
    share = child(verb, "nsubjpass", "nsubj")
    link = next((each for each in verb.rights if each.dep_ == "prep" and each.lower_ in {"around", "on"}), None)
    noun = child(link, "pobj") if link is not None else None
    if share is None or noun is None or share.lemma_ not in _SHARES or (whose := owner(share)) is None:
        return
    given = [thing for thing in typed(scene, noun) if thing.type in _SENT]
    yield from drafted(scene, verb, frozenset({"decide"}), given, whose) if given else ()


_FINDERS: Final[dict[str, Finder]] = {
    **dict.fromkeys(("come", "go", "draw", "follow", "arrive"), _coming),
    **dict.fromkeys(("include", "foresee", "envisage", "envision"), _included),
    **dict.fromkeys(("limit", "confine", "restrict"), _limiting),
    **dict.fromkeys(("build", "centre", "center", "base"), _built),
    **dict.fromkeys(("need", "require"), _needing),
    **dict.fromkeys(_GOES | _FAILING, _ending),
    "be": _being,
    "have": _having,
    "make": hinging,
    **dict.fromkeys(("start", "begin", "open"), starting),
    **dict.fromkeys(("tie", "link", "peg", "condition"), tied),
    **dict.fromkeys(("want", "insist", "demand", "seek"), first),
    **dict.fromkeys(("consist", "comprise", "compose"), consisting),
}
