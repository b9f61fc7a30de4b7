"""What is told but not committed: background, history, purchases for oneself, what belongs to others."""

from workbench.nlp import slots
from workbench.nlp.clauses import carrier, child, mood, owner, subject
from workbench.nlp.scene import Scene, principal
from workbench.nlp.statuses import Reading
from workbench.nlp.things import Thing
from workbench.nlp.tree import Token

_LENT = frozenset({"police_civilian", "training", "troops_ground", "hq_command"})
"""What nobody acquires: *expand the monitoring mission*."""

_LATELY = frozenset({"recently", "already", "just", "lately"})


def background(reading: Reading) -> bool:
    """Say whether a past action is only told in passing."""
    chain = [carrier(each) for each in (reading.anchor, *reading.predicates)]
    verb = next((each for each in chain if mood(each) != "bare"), chain[0])
    auxiliaries = {each.lower_ for each in verb.children if each.dep_ == "aux"}
    perfect = bool(auxiliaries & {"have", "has", "'ve", "’ve"})
    aside = verb.dep_ in {"advcl", "relcl", "acl", "amod"}
    lately = any(each.lower_ in _LATELY for each in verb.children)
    told = verb.dep_ == "ccomp" or (verb.dep_ == "conj" and verb.head.dep_ == "ccomp")
    return mood(verb) != "done" or ("had" in auxiliaries and not told) or (aside and not perfect and not lately)


def told_of(reading: Reading) -> bool:
    """Say whether a promise only tells which one is meant: *release the funds it has pledged*."""
    verb = carrier(reading.anchor)
    meant = subject(verb)
    if meant is not None and meant.i < verb.head.i:
        return False
    if (
        verb.dep_ != "relcl"
        or any(each.lower_ == "when" for each in verb.lefts)
        or reading.top not in {None, reading.anchor}
    ):
        return False
    first = verb.left_edge.i
    restrictive = first == 0 or verb.doc[first - 1].text != ","
    return restrictive and mood(verb) == "done" and verb.head.dep_ in {"dobj", "pobj"}


def long_ago(scene: Scene, verb: Token) -> bool:
    """Say whether it was in the past, or in a year before that of the article, named elsewhere than in an aside."""
    if any(each.lower_ == "past" and each.head.lower_ == "in" and each.head.head == verb for each in scene.tokens):
        return True
    today = (scene.doc._.published or "9")[:4]
    years = [token for token in scene.tokens if token.shape_ == "dddd" and token.text[:2] in {"19", "20"}]
    asides = {each for each in scene.tokens if each.dep_ == "relcl" and each is not verb and not each.is_ancestor(verb)}
    return any(year.text < today and asides.isdisjoint(year.ancestors) for year in years)


def selfish(scene: Scene, reading: Reading, given: list[Thing]) -> bool:
    """Say whether arms are bought for oneself, or what is refused is another's."""
    party = next((principal(mention) for mention, _ in scene.parties(reading.actor)), None)
    lent = any(thing.type in _LENT for thing in given)
    sent = reading.anchor.lemma_ == "order" and "decide" not in reading.classes
    if reading.anchor.lemma_ in scene.lexicon.group("acquiring") and not lent and not sent:
        return slots.beneficiary(scene, reading.predicates, [each.token for each in given], party and party[0]) is None
    if reading.anchor.lemma_ in {"allow", "accept", "permit"} and reading.negated:
        theirs = owner(given[0].token)
        whose = scene.cast.resolve(theirs) if theirs is not None else None
        return whose is not None and principal(whose) not in {None, party}
    if reading.anchor.lemma_ not in scene.lexicon.group("rejecting") or reading.negated:
        return False
    refused = child(reading.anchor, "dobj")
    if refused is not None and "request" in scene.lexicon.classes(refused):
        return False
    theirs = owner(given[0].token)
    whose = scene.cast.resolve(theirs) if theirs is not None else None
    return whose is None or principal(whose) not in {None, party}
