"""The condition that a contribution hangs on: *if the truce holds, without a mandate, as long as …*."""

from collections.abc import Sequence
from typing import Final

from workbench.nlp.clauses import carrier, child
from workbench.nlp.scene import Scene
from workbench.nlp.tree import Token

Range = tuple[int, int]
_MARKS: Final = frozenset({"if", "once", "unless", "provided", "providing", "assuming"})
_NOT_UNTIL: Final = frozenset({"until", "before"})
_PREPOSITIONS: Final = frozenset({"without", "pending"})
_OPEN_ENDED: Final = frozenset({"it takes", "it is", "it lasts", "is needed", "is necessary", "is required"})
_DASHES: Final = frozenset({"-", "–", "—"})
_STOPS: Final = frozenset({";", ":", "—", "–"})
_STATED: Final = frozenset({"nsubj", "nsubjpass", "expl", "csubj"})


def condition(scene: Scene, predicates: Sequence[Token], *, negated: bool = False) -> Range | None:
    """Return the clause or phrase that a chain of predicates hangs on; *not until* counts as one."""
    marks = _MARKS | _NOT_UNTIL if negated else _MARKS
    for predicate in predicates:
        for verb in {predicate.i: predicate, carrier(predicate).i: carrier(predicate)}.values():
            for each in verb.children:
                if (found := _conditional(scene, each, marks)) is not None:
                    return found
    return _phrase(scene, predicates) or _inverted(scene, predicates[0]) or _opening(scene, predicates[0])


def _opening(scene: Scene, anchor: Token) -> Range | None:
    """Return a condition that opens the sentence as its parser did not see: *Provided parliament agrees, …*."""
    first, rest = scene.tokens[0], scene.tokens[1:]
    comma = next((each.i for each in rest if each.text == ","), anchor.i)
    verbs = [each for each in scene.doc[first.i + 1 : comma] if each.pos_ in {"VERB", "AUX"}]
    opens = first.lower_ in {"provided", "providing", "assuming"} and bool(verbs)
    asked = first.lower_ == "were" and any(each.tag_ == "VB" for each in verbs)
    return (first.i, comma) if comma < anchor.i and (opens or asked) else None


def _inverted(scene: Scene, anchor: Token) -> Range | None:
    """Return a condition told by its order: *would send observers were a truce to be agreed*."""
    for verb in scene.tokens:
        if verb.lower_ != "were" or verb.i <= anchor.i or verb.doc[verb.i - 1].dep_ in _STATED:
            continue
        named = verb.doc[verb.i + 1 : min(verb.i + 8, scene.sentence.end)]
        to = next((each for each in named if each.lower_ == "to" and each.tag_ == "TO"), None)
        if to is not None and named[0].pos_ in {"DET", "PROPN", "PRON", "NOUN"}:
            return (verb.i, _sentence_end(scene, verb.i))
    return None


def _conditional(scene: Scene, token: Token, marks: frozenset[str]) -> Range | None:
    if token.dep_ in {"advcl", "ccomp"}:
        start = token.left_edge
        mark = next((each for each in token.children if each.dep_ in {"mark", "advmod"} and each.lower_ in marks), None)
        if mark is not None and mark.i <= token.i:
            before = scene.doc[mark.i - 1] if mark.i else mark
            if before.lower_ in {"even", "as"}:
                return None
            start = before if before.lower_ == "only" else mark
            return (start.i, _clause_end(token))
        when = next((each for each in token.lefts if each.lower_ == "when"), None)
        if when is not None and (token.tag_ in {"VBZ", "VBP"} or any(each.tag_ == "VBZ" for each in token.lefts)):
            return (when.i, _clause_end(token))
        if start.lower_ in {"should", "provided"}:
            return (start.i, _clause_end(token))
    if token.dep_ == "prep" and token.lower_ in _PREPOSITIONS | (marks - _MARKS):
        noun = child(token, "pobj")
        mention = scene.cast.at(noun) if noun is not None else None
        if noun is None or (mention is not None and mention.label == "DATE"):
            return None
        return (token.i, token.right_edge.i + 1)
    return None


def _phrase(scene: Scene, predicates: Sequence[Token]) -> Range | None:
    """Return the stretch from a fixed phrase of condition to the end of what it governs."""
    chain = {each.i for each in predicates} | {carrier(each).i for each in predicates}
    chain |= {each.i for verb in predicates for each in verb.children if each.dep_ in {"acomp", "oprd"}}
    named = {each.i for verb in predicates for each in verb.children if each.dep_ in {"nsubj", "nsubjpass"}}
    for hit in scene.fixed:
        if scene.doc[hit.last + 1 : hit.last + 3].text.lower() in _OPEN_ENDED or (
            scene.doc[min(hit.last + 1, len(scene.doc) - 1)].lower_ in {"necessary", "needed", "required"}
            and hit.words.lower().endswith("long as")
        ):
            continue
        if hit.label != "conditions" or hit.words.lower() in {"should", "without", "pending"}:
            continue
        for i in range(hit.first, hit.last + 1):
            token = scene.doc[i]
            top = token
            while top.head.i not in chain and top.head != top:
                top = top.head
            if top.i in named and hit.first > top.i and hit.words.lower() == "subject to":
                return (hit.first, _sentence_end(scene, hit.first))
            if top.head.i in chain and top.i not in chain and top.left_edge.i >= hit.first - 2:
                return (hit.first, max(hit.last + 1, _clause_end(top)))
    return None


def trailing(scene: Scene, predicates: Sequence[Token]) -> Range | None:
    """Return a condition that follows a chain after nothing but a parenthesis: *, ministers say, if …*."""
    for token in scene.doc[max(each.i for each in predicates) + 1 : scene.sentence.end]:
        if token.text in _DASHES and token.i + 1 < scene.sentence.end and scene.doc[token.i + 1].lower_ in _MARKS:
            return (token.i + 1, _sentence_end(scene, token.i + 1))
        phrase = next((hit for hit in scene.fixed if hit.first == token.i and hit.label == "conditions"), None)
        marked = token.lower_ in _MARKS and (token.dep_ == "mark" or child(token, "ccomp") is not None)
        if marked or (phrase is not None and " " in phrase.words):
            return (token.i, _sentence_end(scene, token.i)) if scene.doc[token.i - 1].text == "," else None
        verb = token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"aux", "auxpass", "acl", "amod"}
        joint = token.dep_ == "cc" and token.head.pos_ in {"VERB", "AUX"}
        if token.text in _STOPS or joint or (verb and "say" not in scene.lexicon.classes(token)):
            return None
    return None


def _sentence_end(scene: Scene, start: int) -> int:
    end = start + 1
    while end < scene.sentence.end and scene.doc[end].text not in {",", ";", ":", ".", "—", "–", "”", '"'}:
        end += 1
    return end


def _clause_end(token: Token) -> int:
    end = token.right_edge.i + 1
    for each in token.rights:
        if (
            each.dep_ in {"advcl", "parataxis"}
            and each.left_edge.i > token.i + 1
            and token.doc[each.left_edge.i - 1].text == ","
        ):
            end = min(end, each.left_edge.i)
    while end - 1 > token.i and (token.doc[end - 1].is_punct or token.doc[end - 1].is_space):
        end -= 1
    return int(end)
