"""Subjects that stand elsewhere than at their verb: put into another clause, or told to be one of several."""

from typing import Final

from workbench.nlp.tree import Token

_SAYING: Final = frozenset({"say", "tell", "add", "announce", "confirm", "warn", "insist"})
_LONGEST: Final = 12
"""So many words at most stand between a quotation and the verb of whoever is quoted."""


def strayed(verb: Token) -> Token | None:
    """Return the name right before a finite verb that the parser put into the clause before: *… and Oslo says*."""
    auxiliaries = [each for each in verb.lefts if each.dep_ in {"aux", "auxpass"}]
    if verb.dep_ != "conj" or next(iter(auxiliaries), verb).tag_ not in {"VBZ", "VBD", "VBP", "MD"}:
        return None
    first = min([verb.i, *(each.i for each in auxiliaries)])
    name = verb.doc[first - 1] if first else verb
    if name.pos_ != "PROPN" or name.dep_ not in {"conj", "appos"} or not name.left_edge.i:
        return None
    return name if verb.doc[name.left_edge.i - 1].dep_ in {"cc", "punct"} else None


def appended(verb: Token) -> Token | None:
    """Return whoever the parser hung on another verb than the one of saying: *its envoy, Ana Ruiz, said*."""
    if verb.lemma_ not in _SAYING or verb.tag_ not in {"VBD", "VBZ"} or verb.i < 2:
        return None
    if verb.doc[verb.i - 1].text != ",":
        return _quoting(verb)
    name = verb.doc[verb.i - 2]
    return name if name.dep_ == "appos" and name.pos_ == "PROPN" and name.ent_type_ == "PERSON" else None


def _quoting(verb: Token) -> Token | None:
    """Return the head of what stands between a quotation and the verb: *“We will go,” a diplomat from Oman said*."""
    first = verb.i
    while first > max(0, verb.i - _LONGEST) and not verb.doc[first - 1].is_quote:
        first -= 1
    if not verb.doc[first - 1].is_quote or verb.doc[first - 2].text not in {",", "?", "!", "…"}:
        return None
    stretch = verb.doc[first : verb.i]
    return next((each for each in stretch if each.pos_ in {"NOUN", "PROPN"} and each.head.i < first), None)


def interrupted(verb: Token) -> Token | None:
    """Return the subject that the parser gave to what is put between commas: *Chad, once keen to join, has let …*."""
    for each in verb.lefts:
        if each.dep_ not in {"ccomp", "advcl", "dep"} or each.tag_ not in {"VBN", "VBD", "VBG"}:
            continue
        named = next((one for one in each.lefts if one.dep_ in {"nsubj", "nsubjpass"}), None)
        if named is not None and _closed(named) and _closed(each):
            return named
    return None


def _closed(word: Token) -> bool:
    """Say whether a phrase ends with a comma, or before one."""
    last = word.right_edge.i
    return any(each.text == "," for each in word.doc[last : last + 2])


def represented(noun: Token) -> Token:
    """Return who is said to be among those that a relative clause tells of: *Togo is one of the states that …*."""
    link = noun.head if noun.dep_ == "pobj" and noun.pos_ == "NOUN" else noun
    if link.lower_ == "of" and link.head.lower_ == "one":
        link = link.head
    verb = link.head
    if verb.lemma_ not in {"be", "become"} or (link.lower_ not in {"among", "one"} and link.dep_ != "attr"):
        return noun
    named = next((each for each in verb.children if each.dep_ == "nsubj"), None)
    return named if named is not None and named.pos_ in {"PROPN", "NOUN"} and noun.pos_ == "NOUN" else noun


def antecedent(verb: Token) -> Token | None:
    """Return the noun that a relative clause hangs on."""
    while verb.dep_ == "conj":
        verb = verb.head
    if verb.dep_ != "relcl":
        return None
    many = verb.head.dep_ == "conj" and verb.head.pos_ == "PROPN" and _plural(verb)
    return represented(verb.head.head if many else verb.head)


def _plural(verb: Token) -> bool:
    """Say whether a verb has several subjects by its form: *Chad and Togo, which have sent troops*."""
    auxiliaries = [each for each in verb.lefts if each.dep_ in {"aux", "auxpass"}]
    first = auxiliaries[0] if auxiliaries else verb
    return first.tag_ == "VBP" or first.lower_ == "were"
