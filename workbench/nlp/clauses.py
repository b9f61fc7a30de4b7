"""The skeleton of a sentence: who is the subject of what, and which predicate governs which."""

from dataclasses import dataclass
from typing import Final, Literal

from workbench.nlp.once import once
from workbench.nlp.strays import antecedent, appended, interrupted, strayed
from workbench.nlp.tree import Token

Mood = Literal["will", "would", "may", "could", "can", "must", "bare", "done", "doing", "does"]
Bond = Literal["control", "content", "noun", "joined", "aside"]

SUBJECTS: Final = frozenset({"nsubj", "nsubjpass", "csubj"})
_COPULAS: Final = frozenset(
    {"be", "stand", "remain", "seem", "appear", "become", "feel", "look", "sound", "stay", "get"}
)
_SHORT: Final = frozenset({"'re", "’re", "'s", "’s", "'m", "’m"})
_MODALS: Final[dict[str, Mood]] = {
    "will": "will", "'ll": "will", "’ll": "will", "wo": "will", "shall": "will", "would": "would", "'d": "would",
    "’d": "would", "may": "may", "might": "may", "could": "could", "can": "can", "ca": "can", "must": "must",
    "should": "must", "ought": "must",
}  # fmt: skip
_RELATIVES: Final = frozenset({"who", "which", "that", "whom"})


@dataclass(frozen=True, slots=True)
class Link:
    """A step outwards from one predicate to the one that governs it."""

    token: Token
    bond: Bond


@once
def carrier(predicate: Token) -> Token:
    """Return the verb that carries a predicate's auxiliaries and subject: the copula of an adjective."""
    relation = predicate.dep_
    if relation != "acomp" and not (relation in {"attr", "oprd"} and predicate.pos_ not in {"VERB", "AUX"}):
        return predicate
    head = predicate.head
    linked = head.lemma_ in _COPULAS or head.pos_ == "AUX" or head.lower_ in _SHORT
    return head if linked else predicate


def child(token: Token, *deps: str) -> Token | None:
    """Return the first child with one of the relations."""
    return next((each for each in token.children if each.dep_ in deps), None)


@once
def mood(verb: Token) -> Mood:
    """Return how a verb is put: its modal, or else its tense."""
    auxiliaries = [each for each in verb.children if each.dep_ in {"aux", "auxpass"}]
    for each in auxiliaries:
        if found := _MODALS.get(each.lower_):
            return found
    lowers = {each.lower_ for each in auxiliaries}
    if "to" in lowers:
        return "bare"
    if lowers & {"have", "has", "had", "'ve", "’ve", "having"} and verb.tag_ in {"VBN", "VBD"}:
        return "done"
    if verb.tag_ == "VBG":
        return (
            "doing"
            if lowers & {"is", "are", "was", "were", "been", "'s", "’s", "'re", "’re", "am", "'m", "’m", "be"}
            else "bare"
        )
    if verb.tag_ in {"VBD", "VBN"}:
        return "does" if lowers & {"is", "are", "being"} else "done"
    return "does" if verb.tag_ == "VBZ" or (verb.tag_ == "VBP" and verb.head.lemma_ != "let") else "bare"


@once
def negation(predicate: Token) -> Token | None:
    """Return the word that negates a predicate: on its verb, or as a determiner of subject or object."""
    verb = carrier(predicate)
    if verb.dep_ == "xcomp" and verb.head.lemma_ in {"have", "remain", "be"}:
        yet = next((each for each in verb.head.children if each.lower_ in {"yet", "still"}), None)
        if yet is not None:
            return yet
    for each in {verb.i: verb, predicate.i: predicate}.values():
        for other in each.children:
            if other.dep_ == "neg" or other.lower_ in {"never", "nor", "neither", "hardly"}:
                return other
            if other.lower_ == "yet" and each.i > other.i and mood(each) == "bare":
                return other
            if other.dep_ in SUBJECTS or other.dep_ in {"dobj", "attr"}:
                first = next((word for word in other.subtree if not word.is_punct and word is not other), None)
                if first is not None and first.i < other.i and first.lower_ in {"no", "not", "neither", "none"}:
                    return first if first.nbor().lower_ not in {"only", "just"} else None
                if other.lower_ in {"none", "nobody", "nothing", "neither"}:
                    return other
    return None


def planned(verb: Token) -> bool:
    """Say whether a participle tells a plan: *a force to be led by France*."""
    lowers = {each.lower_ for each in verb.lefts}
    return verb.dep_ in {"relcl", "acl"} and {"to", "be"} <= lowers and child(verb, "agent") is not None


@once
def subject(predicate: Token) -> Token | None:
    """Return a predicate's own subject; a relative pronoun stands for what it refers to."""
    verb = carrier(predicate)
    found = _nearest(verb)
    if found is None and verb != predicate:
        found = child(predicate, *SUBJECTS)
    if found is not None and found.lower_ in _RELATIVES and found.tag_ in {"WDT", "WP", "IN"}:
        return antecedent(verb)
    return found


@once
def _nearest(verb: Token) -> Token | None:
    """Return the subject nearest to a verb; the first of two is a dateline or a topic."""
    holders = [verb, *(each for each in verb.lefts if each.dep_ in {"aux", "auxpass"})]
    named = [each for holder in holders for each in holder.lefts if each.dep_ in SUBJECTS]
    return named[-1] if named else child(verb, *SUBJECTS) or strayed(verb) or appended(verb) or interrupted(verb)


@once
def governor(predicate: Token) -> Link | None:
    """Return the predicate or noun that governs this one, and how tightly."""
    verb = carrier(predicate)
    dep, head = verb.dep_, verb.head
    if head == verb:
        return None
    if dep == "xcomp" or (dep in {"dobj", "pobj", "oprd"} and verb.tag_ == "VBG"):
        return Link(head, "control")
    if dep == "ccomp" and any(each.text == ";" for each in verb.doc[verb.i : head.i]):
        return None
    if dep == "ccomp":
        return Link(head, "content" if _nearest(verb) is not None or child(verb, "expl") else "control")
    if dep == "pcomp":
        return _through(head)
    if dep == "advcl":
        return _adverbial(verb, head)
    if dep in {"acl", "relcl", "amod"}:
        return Link(head, "noun")
    if dep == "conj":
        return Link(_beside(verb, head), "joined")
    if dep == "prep":
        return Link(head, "aside")
    return None


def _beside(verb: Token, head: Token) -> Token:
    """Return the verb that a finite one is coordinated with, above an infinitive: *wants it to go and has begun to*."""
    finite = mood(verb) in {"done", "does", "doing", "will", "would"} and subject(verb) is None
    while finite and head.dep_ in {"xcomp", "ccomp"} and mood(head) == "bare" and head.head.pos_ in {"VERB", "AUX"}:
        head = head.head
    return head


def _through(preposition: Token) -> Link:
    """Pass from a gerund through its preposition."""
    head = preposition.head
    while head.pos_ in {"ADP", "SCONJ", "ADV"} and head.head != head:
        head = head.head
    bond: Bond = (
        "control"
        if preposition.lower_ in {"to", "of", "about", "on", "in", "against", "from", "at", "how"}
        else "aside"
    )
    return Link(head, bond)


def _adverbial(verb: Token, head: Token) -> Link | None:
    """Tell an infinitive that the parser hung too loosely from a clause of time, reason or condition."""
    if any(each.dep_ == "mark" for each in verb.children):
        mark = next(each for each in verb.children if each.dep_ == "mark")
        return Link(head, "control" if mark.lower_ == "for" else "aside")
    infinitive = any(each.lower_ == "to" and each.dep_ == "aux" for each in verb.children)
    between = verb.doc[head.i + 1 : verb.i] if head.i < verb.i else ()
    gerund = (
        verb.tag_ == "VBG"
        and head.i < verb.i
        and len(between) < 3
        and not any(each.is_punct and not each.is_quote for each in between)
    )
    return Link(head, "control" if infinitive or gerund else "aside")


def alongside(inner: Token, outer: Token) -> bool:
    """Say whether a participle after a comma tells what its governor comes to: *went further, sending two ships*."""
    follows = inner.tag_ == "VBG" and inner.i > outer.i and inner.doc[inner.left_edge.i - 1].text == ","
    return follows and mood(carrier(outer)) in {"will", "would", "done"}


def np_end(head: Token) -> int:
    """Return the index after a noun phrase, without relative and other clauses that hang on it."""
    last = head.i
    for each in head.rights:
        if each.dep_ in {"relcl", "advcl", "appos", "punct", "cc", "conj"} or (
            each.dep_ == "acl" and each.tag_ != "VBN"
        ):
            break
        last = max(last, each.right_edge.i)
    return int(last) + 1


def members(head: Token) -> list[Token]:
    """Return a noun and everything coordinated with it."""
    found, queue = [], [head]
    while queue:
        each = queue.pop(0)
        found.append(each)
        queue.extend(
            other
            for other in each.conjuncts
            if other.i > each.i and other not in found and other not in queue and other.head == each
        )
    return found


@once
def owner(noun: Token) -> Token | None:
    """Return whose offer, plan or troops they are: the possessor, a nationality, or the noun after *of*."""
    named = [each for each in noun.lefts if each.dep_ in {"poss", "amod", "compound", "nmod"}]
    for each in named:
        if each.dep_ == "poss" or each.shape_[:1] == "X":
            return each
    for each in noun.children:
        if each.dep_ in {"prep", "agent"} and each.lower_ in {"of", "by", "from"}:
            return child(each, "pobj")
    return None


@once
def controller(verb: Token) -> Token | None:
    """Return the subject of a verb, or the one that it shares with its governor."""
    for _ in range(4):
        if (found := subject(verb)) is not None:
            return found
        link = governor(verb)
        if link is None or link.bond == "content":
            return None
        if link.bond == "noun":
            return link.token
        verb = link.token
    return None
