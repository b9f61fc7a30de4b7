"""Whether a capital or a seat of government is meant as a place or as the government in it."""

from typing import Final

from workbench.nlp.tree import Span, Token

_PLACES: Final = frozenset({
    "in", "at", "near", "outside", "around", "through", "via", "into", "across", "inside", "within", "toward",
    "towards", "throughout", "beyond", "onto", "past", "above", "off",
})  # fmt: skip
_MOTION: Final = frozenset({
    "travel", "go", "fly", "come", "return", "head", "visit", "move", "arrive", "trip", "journey", "flight",
    "drive", "ride", "march", "convoy", "train", "road", "route", "visitor", "take", "rush", "dash", "hurry",
    "sail", "retreat", "flee", "escape", "advance", "evacuate", "fly-in", "pilgrimage", "ferry", "close", "next",
    "report", "correspondent", "broadcast", "write",
})  # fmt: skip
_HARM: Final = frozenset({
    "visit", "leave", "reach", "enter", "bomb", "attack", "hit", "strike", "tour", "shell", "seize", "capture",
    "besiege", "encircle", "storm", "retake", "liberate", "occupy", "flee", "quit", "surround", "approach",
    "defend", "rock", "shake",
})  # fmt: skip
_MINDS: Final = frozenset({
    "attitude", "thinking", "mood", "official", "concern", "fear", "anger", "view", "opinion", "policy", "critic",
    "patience", "hope", "frustration", "unease", "alarm", "confidence", "scepticism", "diplomat", "lawmaker",
    "politician", "minister", "voice", "source", "irritation", "relief", "suspicion", "government", "leadership",
    "administration",
})  # fmt: skip
_RULE: Final = frozenset({
    "state", "nation", "country", "monarchy", "ally", "partner", "donor", "government", "regime", "administration",
    "official", "authority", "leadership", "diplomat", "minister", "leader", "envoy", "source", "officials",
})  # fmt: skip
_SETTLED: Final = frozenset({
    "capital", "city", "airport", "street", "resident", "mayor", "suburb", "district", "outskirts", "centre",
    "center", "north", "south", "east", "west", "region", "people",
})  # fmt: skip
_ROOMS: Final = frozenset({
    "lawn", "garden", "meeting", "dinner", "ceremony", "visit", "event", "steps", "grounds", "gate", "gates",
    "tour", "summit", "reception", "talks", "wall", "walls", "complex", "building", "ballroom", "fence", "chapel",
    "rally", "podium", "balcony", "courtyard", "bust", "row", "clash", "showdown", "spat", "encounter",
    "appearance", "lunch", "breakfast", "photo", "briefing",
})  # fmt: skip
_GATHERED: Final = frozenset({"meeting", "gathering", "summit", "session", "council", "conference"})
_STATIVE: Final = frozenset({"be", "have", "lie", "host", "sit", "stand", "house"})


def acts(span: Span) -> bool:
    """Say whether the words stand for those who govern there: *pressure on Kyiv*, not *talks in Kyiv*."""
    token = span.root
    for _ in range(8):
        if token.dep_ == "conj" and token.head is not token:
            token = token.head
        else:
            break
    return _acts(token, token.head)


def governs(span: Span) -> bool:
    """Say whether a seat of government stands for those in it, also before a noun: *Kremlin jibe*, *Pentagon aide*."""
    token = span.root
    if token.dep_ in {"compound", "nmod", "amod"} and token.head.i >= span.end:
        return token.head.lemma_.lower() not in _ROOMS
    return acts(span)


def _does(token: Token) -> bool:
    """Say whether a relative clause tells what those who govern there do: *Washington, which has frozen the money*."""
    doc, after = token.doc, token.i + 2
    if (
        token is token.sent[0]
        and after < len(doc)
        and doc[after - 1].text == ","
        and doc[after].lower_ in {"whose", "which"}
    ):
        return True
    for clause in token.rights:
        who = next((each for each in clause.children if each.dep_ == "nsubj"), None) if clause.dep_ == "relcl" else None
        if who is not None and who.lower_ in {"which", "who"} and clause.lemma_ not in _STATIVE:
            return True
    return False


def _acts(token: Token, head: Token) -> bool:
    relation = token.dep_
    if (relation != "pobj" or head.lower_ not in _PLACES) and _does(token):
        return True
    if relation in {"nsubj", "dative", "agent", "expl"}:
        return not (
            head.lemma_ == "be" and any(each.dep_ == "attr" and each.lemma_ in _SETTLED for each in head.children)
        )
    if relation == "nsubjpass":
        return head.lemma_ not in _HARM
    if relation == "poss":
        return head.lemma_ not in _SETTLED
    if relation in {"dobj", "obj"}:
        return head.lemma_ not in _HARM
    if relation == "pobj":
        return _after_preposition(head, head.head)
    if relation in {"compound", "nmod", "amod"}:
        verb = head.i == token.i + 1 and head.tag_ in {"NNS", "VBZ"} and head.dep_ in {"ROOT", "advcl", "ccomp"}
        return verb or head.lemma_ in _RULE
    if relation == "ROOT" and token.i + 1 < len(token.doc):
        return bool(token.nbor().lower_ == "to")
    return False


def _after_preposition(preposition: Token, governor: Token) -> bool:
    word = preposition.lower_
    if word == "in":
        if governor.lemma_ == "minister" and governor.dep_ == "pobj" and governor.head.head.lemma_ in _GATHERED:
            return False
        return governor.lemma_.lower() in _MINDS
    if word in _PLACES:
        return False
    if word in {"to", "from", "for", "of"}:
        return governor.lemma_.lower() not in _MOTION and governor.lemma_.lower() not in _SETTLED
    return word in {
        "on",
        "by",
        "with",
        "between",
        "against",
        "about",
        "upon",
        "behind",
        "over",
        "under",
        "like",
        "than",
        "without",
        "despite",
        "as",
        "among",
        "after",
    }
