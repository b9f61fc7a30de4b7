"""The arguments of a predicate: what stands as its object, behind its particle or preposition, or before its clause."""

from collections.abc import Iterator
from typing import Final

from workbench.nlp.clauses import child, members, planned
from workbench.nlp.lexicon import Lexicon
from workbench.nlp.tree import Token

_INDIRECT: Final = {
    "give": {"with", "in", "into", "of", "under"},
    "own": {"with", "in", "for", "on"},
    "offer": {"of", "for", "in"},
    "commit": {"to", "of", "for"},
    "refuse": {"of", "on", "in"},
    "consider": {"of", "about", "on", "at", "for", "over"},
    "request": {"for", "on"},
    "withdraw": {"of", "from", "in", "on"},
    "decide": {"for", "on", "of"},
}
_LINKED: Final = {
    "play": "to",
    "act": "as",
    "serve": "as",
    "stand": "with",
    "give": "to",
    "follow": "with",
    "look": "on",
}
_LINKS: Final = frozenset({"on", "for", "to", "with", "at", "from", "upon", "of", "about"})
_RESULTS: Final = frozenset({("make", "available"), ("make", "ready"), ("let", "lapse"), ("let", "expire")})
_NAMING: Final = frozenset({"call", "describe", "term", "dub", "label"})


def arguments(verb: Token, kinds: frozenset[str]) -> Iterator[Token]:
    """Yield the objects of a predicate, direct ones first; of *offered by*, the noun it hangs on."""
    if verb.tag_ == "VBN" and (verb.dep_ == "acl" or planned(verb)):
        yield verb.head
    for each in verb.children:
        if each.dep_ in {"dobj", "nsubjpass", "attr", "oprd"} and each.tag_ != "VBG":
            if not each.lower_.startswith(("wh", "that")):
                yield (child(each, "compound") or each) if each.lower_ == "home" else each
            elif each.dep_ == "nsubjpass" and verb.dep_ == "relcl":
                yield verb.head
            elif each.lower_ == "what" and verb.dep_ == "csubj":
                yield from (other for other in verb.head.rights if other.dep_ == "attr")
        elif each.dep_ == "ccomp" and each.lemma_ in _NAMING and any(other.lower_ == "what" for other in each.lefts):
            yield from (other for other in each.rights if other.dep_ in {"oprd", "dobj", "attr"})
        elif each.dep_ == "dative" and (second := child(each, "appos")) is not None:
            yield second
        elif each.dep_ in {"ccomp", "xcomp"} and (verb.lemma_, each.lower_) in _RESULTS:
            yield from (other for other in each.children if other.dep_ == "nsubj")
    if (noun := relativised(verb)) is not None:
        yield noun
    yield from (each for each in verb.rights if each.dep_ == "conj" and each.pos_ == "NOUN" and child(each, "det"))
    wanted = {preposition for kind in kinds for preposition in _INDIRECT.get(kind, ())}
    wanted |= {_LINKED[verb.lemma_]} if verb.lemma_ in _LINKED else set()
    for each in verb.children:
        link = child(each, "prep") if each.lower_ == "out" and each.dep_ == "prep" else each
        fits = link is not None and link.dep_ in {"prep", "dative", "prt"} and link.lower_ in wanted
        fits = fits or (each.lower_ == "to" and each.i > 0 and each.nbor(-1).lower_ == "up")
        if link is not None and fits and (found := child(link, "pobj")) is not None:
            yield found


def relativised(verb: Token) -> Token | None:
    """Return the noun that a relative clause takes as its object: *the guns that Norway promised to send*."""
    if (own := child(verb, "dobj", "nsubjpass")) is not None and own.tag_ not in {"WDT", "WP"}:
        return None
    top = verb
    while top.dep_ in {"xcomp", "ccomp", "acomp", "conj"}:
        top = top.head
    named = child(top, "nsubj")
    if top.dep_ != "relcl" or named is None or named.lower_ in {"who", "which", "that"}:
        return None
    noun = top.head
    return noun if noun.pos_ in {"NOUN", "PROPN", "NUM", "SYM"} else None


def listed(noun: Token) -> Iterator[Token]:
    """Yield what stands in a list with a noun, as the parser did not see: *two ships, a unit of sappers and a boat*."""
    for each in noun.rights:
        if each.dep_ == "appos" and child(each, "cc", "conj") is not None:
            yield from members(each)
        inner = child(each, "pobj") if each.dep_ == "prep" else None
        for other in members(inner)[1:] if inner is not None else ():
            before = other.doc[other.left_edge.i - 1]
            apart = each.lower_ == "of" or before.text == "," or before.nbor(-1).text == ","
            if apart and (child(other, "det", "nummod") is not None):
                yield other


def phrasal(lexicon: Lexicon, verb: Token) -> Iterator[Token]:
    """Yield the object that the parser hung on a particle: *flew in a company of rangers*."""
    particles = {particle for particle, _ in lexicon.verbs.get(verb.lemma_.lower(), ())}
    for each in verb.rights:
        apart = each.lower_ in (particles if verb.lemma_ == "lay" else particles - _LINKS)
        if each.dep_ == "prep" and each.i == verb.i + 1 and apart:
            yield from (found for found in each.children if found.dep_ == "pobj")


def without(noun: Token) -> Iterator[Token]:
    """Yield what is said not to be given beside a noun: *its good offices, not its money*."""
    for each in noun.rights:
        if each.dep_ == "appos" and noun.doc[each.left_edge.i - 1].lower_ == "not":
            yield each
