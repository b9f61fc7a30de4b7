"""Commitments that point back: *would do the same*, *turned down the request*; and *there will be no troops*."""

from collections.abc import Iterator
from typing import Final

from workbench.nlp.clauses import carrier, child, mood, negation, owner
from workbench.nlp.commitments import Draft, drafted
from workbench.nlp.given import things
from workbench.nlp.scene import Scene, principal
from workbench.nlp.things import Thing, typed
from workbench.nlp.tree import Token

_SAME: Final = frozenset({"same", "so", "likewise", "similarly"})
_ANSWERED: Final = frozenset({"request", "appeal", "call", "plea", "invitation", "demand"})
_SPURNING: Final = frozenset({"turn", "rebuff", "snub", "spurn"})
_PUT: Final = frozenset({"offer", "proposal", "idea"})
_ASKED: Final = frozenset({"request", "invitation", "plea"})
_ACCEPTING: Final = frozenset({"accept", "grant", "heed", "answer"})
_ANSWERS: Final = frozenset({"refuse", "consider"})
_REPLIES: Final = frozenset({"respond", "reply", "answer"})
_UNSURE: Final = frozenset(
    {"noncommittal", "non-committal", "undecided", "unsure", "evasive", "cagey", "guarded", "cautious"}
)
_SHARES: Final = frozenset({"contribution", "share", "offer", "pledge", "part", "promise", "donation", "gift"})
_PACKED: Final = frozenset({"package", "aid", "contingent", "deployment", "shipment", "delivery", "tranche", "team"})
_HOLDING: Final = frozenset({"include", "comprise", "contain", "consist"})
_ANSWERING: Final = {
    "agree": "commit", "accept": "commit", "consent": "commit", "decline": "refuse", "refuse": "refuse",
}  # fmt: skip
_COMPLEMENTS: Final = ("dobj", "xcomp", "ccomp", "prep", "nsubjpass", "advcl")
_PENDING: Final = frozenset({"discussion", "consideration", "review", "study", "debate", "negotiation"})
_OPEN: Final = frozenset({"open", "receptive", "amenable"})
_IDEAS: Final = frozenset({"idea", "proposal", "plan", "request", "suggestion", "possibility", "option", "it", "that"})
_OTHERS: Final = frozenset({"foreign", "outside", "international", "western"})
_DEFINITE: Final = frozenset({"the", "that", "this", "its", "his", "her", "their"})


def echoed(scene: Scene, plain: list[Draft]) -> Iterator[Draft]:
    """Yield the commitments of a sentence whose contribution was named before, or that is said to be absent."""
    for token in scene.tokens:
        if token.pos_ not in {"VERB", "AUX"} or token.dep_ in {"aux", "auxpass"} or scene.asks(token):
            continue
        if token.lemma_ == "do" or (token.lemma_ == "follow" and child(token, "dobj") is not None):
            yield from _same(scene, token, plain)
        elif token.lemma_ == "be" and child(token, "expl") is not None:
            yield from _absent(scene, token)
            yield from _present(scene, token)
        elif token.lemma_ in {"be", "remain", "stay"}:
            yield from _unsure(scene, token)
            yield from _made_of(scene, token)
            yield from _debated(scene, token)
        elif token.lemma_ in _REPLIES:
            yield from _pending(scene, token)
        elif token.lemma_ in _HOLDING:
            yield from _holding(scene, token)
        else:
            yield from _answer(scene, token) if any(True for _ in token.rights) else ()
            yield from _agreed(scene, token)


def _same(scene: Scene, verb: Token, plain: list[Draft]) -> Iterator[Draft]:
    """Read *would do the same*, *will follow suit*: what was last said to be given."""
    words = {each.lower_ for each in verb.children if each.dep_ in {"dobj", "advmod"}}
    earlier = [draft for draft in plain if draft.thing.token.i < verb.i]
    kind = earlier[-1].thing.type if earlier else scene.memory.last
    wanted = _SAME if verb.lemma_ == "do" else frozenset({"suit"})
    if kind is not None and words & wanted:
        end = next(each for each in verb.children if each.lower_ in wanted)
        for draft in drafted(scene, verb, frozenset({"own"}), [Thing(kind, end)]):
            draft.evidence = (draft.evidence[0], max(end.i, verb.i) + 1)
            yield draft


def _answer(scene: Scene, verb: Token) -> Iterator[Draft]:
    """Read *rejected the call* where something was asked for before."""
    kinds = scene.lexicon.classes(verb) & _ANSWERS or (
        frozenset({"commit"}) if verb.lemma_ in _ACCEPTING else frozenset()
    )
    noun = child(verb, "dobj", "nsubjpass")
    if kinds and noun is None and "consider" in kinds:
        about = (child(each, "pobj") for each in verb.children if each.lower_ in {"at", "about"})
        noun = next(filter(None, about), None)
    if kinds and noun is not None and noun.lower_ == "it" and _meant(scene, verb, kinds):
        yield from drafted(scene, verb, kinds, [Thing(_last(scene), noun)])
        return
    mention = scene.cast.of(noun) if noun is not None and "refuse" in kinds and verb.lemma_ in _SPURNING else None
    if mention is not None and noun is not None and mention.kind in {"state", "organisation", "alliance"}:
        yield from drafted(scene, verb, kinds, [Thing("unspecified", noun)])
        return
    weighed = "consider" in kinds and noun is not None and noun.lemma_ in _PUT
    if not kinds or noun is None or (noun.lemma_ not in _ANSWERED and not weighed):
        return
    if not scene.memory.asked and noun.lemma_ not in _ASKED:
        return
    known = {each.lower_ for each in noun.lefts} & _DEFINITE or owner(noun) is not None
    if known and all(each.i < noun.i for each in noun.children if each.dep_ not in {"punct", "prep"}):
        if any(each.dep_ == "prep" and each.lower_ == "for" for each in noun.children):
            return
        last = "unspecified" if noun.lemma_ == "invitation" else _last(scene)
        for draft in drafted(scene, verb, kinds, [Thing(last, noun)]):
            draft.thing = Thing(scene.memory.asked.get(draft.party[0], last), noun)
            yield draft


def _agreed(scene: Scene, verb: Token) -> Iterator[Draft]:
    """Read *has already agreed*, *declined* of whoever was asked before."""
    status = _ANSWERING.get(verb.lemma_)
    if status is None or not scene.memory.asked or child(verb, *_COMPLEMENTS) is not None:
        return
    for draft in drafted(scene, verb, frozenset({status}), [Thing("unspecified", verb)]):
        if draft.party[0] in scene.memory.asked:
            draft.thing = Thing(scene.memory.asked[draft.party[0]], verb)
            yield draft


def _meant(scene: Scene, verb: Token, kinds: frozenset[str]) -> bool:
    """Say whether *it* is what was asked for or spoken of: *was reviewing it*, *did not rule it out*."""
    requested = any(each.lemma_ in _ANSWERED and each.i < verb.i for each in scene.tokens)
    open_ended = "consider" in kinds or verb.lemma_ in {"rule", "exclude"}
    return open_ended and (requested or scene.memory.last is not None or bool(scene.memory.asked))


def _last(scene: Scene) -> str:
    """Return what was last asked for, else what was last spoken of."""
    return next(reversed(scene.memory.asked.values()), None) or scene.memory.last or "unspecified"


def _pending(scene: Scene, verb: Token) -> Iterator[Draft]:
    """Read *has yet to reply* of whoever was asked before."""
    if negation(verb) is None or not scene.memory.asked or child(verb, "prep") is not None:
        return
    for draft in drafted(scene, verb, frozenset({"consider"}), [Thing("unspecified", verb)]):
        if draft.party[0] in scene.memory.asked:
            draft.thing, draft.status = Thing(scene.memory.asked[draft.party[0]], verb), "under_consideration"
            yield draft


def _unsure(scene: Scene, verb: Token) -> Iterator[Draft]:
    """Read *was noncommittal* of whoever was asked before, or of what was last spoken of."""
    word = child(verb, "acomp")
    asked = scene.memory.asked
    if word is not None and word.lower_ in _OPEN and (idea := _idea(word)) is not None:
        yield from drafted(scene, word, frozenset({"offer"}), [Thing(scene.memory.last or "unspecified", idea)])
    if word is None or word.lower_ not in _UNSURE or child(word, "prep", "xcomp", "ccomp") is not None:
        return
    kind = next(reversed(asked.values())) if asked else scene.memory.last
    if kind is not None:
        yield from drafted(scene, verb, frozenset({"consider"}), [Thing(kind, word)])


def _made_of(scene: Scene, verb: Token) -> Iterator[Draft]:
    """Read *Japan’s contribution will be two patrol boats*, *the German share is €60m*."""
    share = child(verb, "nsubj")
    whose = owner(share) if share is not None and share.lemma_ in _SHARES else None
    if share is None or whose is None or negation(verb) is not None:
        return
    kind = min(scene.lexicon.classes(share) & {"commit", "offer"}, default="decide")
    given = things(scene, verb, frozenset({"give"}))
    yield from drafted(scene, verb, frozenset({kind}), given, whose) if given else ()


def _debated(scene: Scene, verb: Token) -> Iterator[Draft]:
    """Read *Norway’s contribution is under discussion*."""
    share = child(verb, "nsubj")
    under = next((each for each in verb.rights if each.dep_ == "prep" and each.lower_ == "under"), None)
    state = child(under, "pobj") if under is not None else None
    if share is None or state is None or state.lemma_ not in _PENDING or (whose := owner(share)) is None:
        return
    given = [thing for thing in typed(scene, share) if thing.type != "elsewhere"]
    for draft in drafted(scene, verb, frozenset({"consider"}), given, whose) if given else ():
        draft.evidence = (draft.evidence[0], max(draft.evidence[1], state.i + 1))
        yield draft


def _holding(scene: Scene, verb: Token) -> Iterator[Draft]:
    """Read *Sweden’s latest package includes 18 howitzers*, *the French contingent will comprise 200 engineers*."""
    share = child(verb, "nsubj")
    whose = owner(share) if share is not None and share.lemma_ in _SHARES | _PACKED else None
    if share is None or whose is None or negation(verb) is not None or mood(carrier(verb)) in {"may", "could"}:
        return
    given = things(scene, verb, frozenset({"give", "withdraw"}))
    yield from drafted(scene, verb, frozenset({"decide"}), given, whose) if given else ()


def _idea(word: Token) -> Token | None:
    """Return the idea that somebody is open to, where nothing tells what it is."""
    to = next((each for each in word.children if each.dep_ == "prep" and each.lower_ == "to"), None)
    noun = child(to, "pobj") if to is not None else None
    return noun if noun is not None and noun.lemma_ in _IDEAS and child(noun, "prep", "acl", "relcl") is None else None


def _present(scene: Scene, verb: Token) -> Iterator[Draft]:
    """Read *there are about 2,500 US troops in Iraq*."""
    noun = child(verb, "attr")
    if noun is None or verb.tag_ not in {"VBZ", "VBP"} or (whose := owner(noun)) is None:
        return
    counted = child(noun, "nummod") is not None and child(noun, "prep") is not None
    if counted:
        yield from drafted(scene, verb, frozenset({"give"}), list(typed(scene, noun)), whose)


def _absent(scene: Scene, verb: Token) -> Iterator[Draft]:
    """Read *there will be no US boots in Gaza*, unless somebody else than their owner says so."""
    noun = child(verb, "attr", "dobj")
    no = noun is not None and any(each.lower_ == "no" for each in noun.lefts)
    if (
        noun is None
        or any(each.lower_ in _OTHERS for each in noun.lefts)
        or not (no or negation(verb) is not None)
        or mood(carrier(verb)) not in {"will", "would"}
    ):
        return
    given = [thing for thing in typed(scene, noun) if thing.type not in {"elsewhere", "unspecified"}]
    for draft in drafted(scene, verb, frozenset({"give"}), given, owner(noun)) if given else ():
        own = draft.speaker is None or principal(draft.speaker) in {None, draft.party}
        if draft.status == "ruled_out" and own:
            yield draft
