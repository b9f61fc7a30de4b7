"""Who says it: quotations in the text and the verbs of saying that go with them."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from workbench.nlp.actors import Cast
from workbench.nlp.bearers import named_by
from workbench.nlp.clauses import child, governor, subject
from workbench.nlp.lexicon import Lexicon
from workbench.nlp.mentions import Mention
from workbench.nlp.tree import Doc, Token

if TYPE_CHECKING:
    from workbench.nlp.scene import Scene

_OPEN: Final = frozenset("“„«")
_CLOSE: Final = frozenset("”»")
_MARKS: Final = re.compile(r"[“„«”»\"]|\n+|(?<![\w’'])['‘](?=[^\W\d])")
_SINGLE: Final = frozenset("'‘")
_SHUT: Final = re.compile(r"(?<=[.,!?…\w])['’](?!\w)")
_LONG: Final = 2_000
"""So many characters at most has a quotation in single marks: an apostrophe that opens nothing ends a search."""

_ENDED: Final = re.compile(r"(?<=[.,!?…])['’](?!\w)")
_SAYING: Final = frozenset({"say", "think"})


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation: the tokens after its opening mark up to its closing one."""

    start: int
    end: int


def quotes(doc: Doc) -> list[Quote]:
    """List the quotations, found once; one that is never closed ends with its paragraph."""
    if "quotes" not in doc.user_hooks:
        doc.user_hooks["quotes"] = _quotes(doc)
    return list(doc.user_hooks["quotes"])


def _quotes(doc: Doc) -> list[Quote]:
    found: list[Quote] = []
    opened: int | None = None
    until = 0
    for mark in _MARKS.finditer(doc.text):
        place = bisect_right(doc.starts, mark.start()) - 1
        word = doc[place].text
        if mark[0] in _SINGLE:
            shut = _shut(doc.text, mark.end()) if opened is None and mark.start() >= until else None
            if shut is not None:
                found.append(Quote(place + 1, bisect_right(doc.starts, shut) - 1))
                until = shut
        elif opened is not None and (word in _CLOSE or word == '"' or "\n" in word):
            found.append(Quote(opened, place))
            opened = None
        elif opened is None and (word in _OPEN or word == '"'):
            opened = place + 1
    return found if opened is None else [*found, Quote(opened, len(doc))]


def _shut(text: str, start: int) -> int | None:
    """Return where a quotation in single marks ends: at no plural's apostrophe, *our allies' plan*."""
    end = text.find("\n", start, start + _LONG)
    end = end if end > 0 else start + _LONG
    first, last = _SHUT.search(text, start, end), _ENDED.search(text, start, end)
    plural = first is not None and last is not None and text[first.start() - 1] == "s" and text[first.end()] == " "
    chosen = last if plural else first
    return chosen.start() if chosen is not None else None


def speaker_of(quote: Quote, doc: Doc, cast: Cast, lexicon: Lexicon) -> Mention | None:
    """Return who utters a quotation, from the sentence that it ends in, starts in, or follows."""
    if quote.start > 2 and doc[quote.start - 2].text == ":" and (named := cast.of(doc[quote.start - 3])) is not None:
        return named
    last, first = doc[quote.end - 1].sent, doc[quote.start].sent
    places = [last, first]
    if first.start > 0 and not _breaks(doc, doc[first.start - 1].sent.start, first.start):
        places.append(doc[first.start - 1].sent)
    if last.end < len(doc) and not _breaks(doc, last.start, doc[last.end].sent.start):
        places.append(doc[last.end].sent)
    for place in places:
        for token in place:
            if quote.start <= token.i < quote.end or token.pos_ != "VERB":
                continue
            if lexicon.classes(token) & _SAYING and (mention := sayer(token, cast)) is not None:
                return mention
    return _continued(quote, doc, cast, lexicon)


def _continued(quote: Quote, doc: Doc, cast: Cast, lexicon: Lexicon) -> Mention | None:
    """Return who spoke last in the paragraph before one that is nothing but a quotation."""
    first, end = max(quote.start - 2, 0), min(quote.end + 1, len(doc) - 1)
    whole = doc[first].is_space and "\n" in doc[first].text and (doc[end].is_space or end == len(doc) - 1)
    at = first - 1
    while whole and at > 0 and "\n" not in doc[at].text:
        if doc[at].pos_ == "VERB" and lexicon.classes(doc[at]) & _SAYING and (found := sayer(doc[at], cast)):
            return found if found.kind == "person" else None
        at -= 1
    return None


def sayer(verb: Token, cast: Cast) -> Mention | None:
    """Return who is the subject of a verb of saying."""
    said = subject(verb)
    if said is None and verb.dep_ in {"conj", "advcl", "xcomp"}:
        said = subject(verb.head)
    return named_by(cast, said) or cast.resolve(said) if said is not None else None


def according(token: Token, cast: Cast) -> Mention | None:
    """Return the source in *according to X* that a predicate carries."""
    for each in token.children:
        if each.lower_ == "according":
            source = child(each, "prep")
            return cast.resolve(named) if source is not None and (named := child(source, "pobj")) is not None else None
    return None


def _breaks(doc: Doc, start: int, end: int) -> bool:
    """Say whether a paragraph ends between two places."""
    return any("\n" in doc[i].text for i in range(start, end))


def voice(scene: "Scene", verb: Token, holder: Token | None, said: Token | None = None) -> tuple[Mention | None, bool]:
    """Return who utters a clause, and whether it is quoted whole."""
    quote = scene.quote(verb)
    if quote is not None and (holder is None or holder.sent != verb.sent or quote.start <= holder.i < quote.end):
        return scene.speaker(verb), True
    if said is not None and (mention := sayer(said, scene.cast)) is not None:
        return mention, False
    link = governor(verb)
    while link is not None and link.bond in {"content", "control", "joined"}:
        says = link.bond == "content" and "say" in scene.lexicon.classes(link.token)
        if says and (mention := sayer(link.token, scene.cast)) is not None:
            return mention, False
        link = governor(link.token)
    for each in (*verb.children, *scene.sentence.root.children):
        says = (each.dep_ == "parataxis" or _appended(each)) and "say" in scene.lexicon.classes(each)
        if says and (mention := sayer(each, scene.cast)) is not None:
            return mention, False
    if (mention := _heralded(scene, verb)) is not None:
        return mention, False
    for each in (verb, scene.sentence.root):
        if (mention := according(each, scene.cast)) is not None:
            return mention, False
    return None, False


def _appended(verb: Token) -> bool:
    """Say whether a clause stands after a comma with no *and*: *…, State Secretary Ann Lee told the Post*."""
    first = verb.left_edge
    joined = any(each.dep_ == "cc" and each.i < verb.i for each in (*verb.head.rights, *verb.lefts))
    begun = first.text == "," or (first.i > 0 and first.nbor(-1).text == ",")
    return verb.dep_ == "conj" and not joined and begun and child(verb, "nsubj") is not None


def _heralded(scene: "Scene", verb: Token) -> Mention | None:
    """Return the person told of before a colon: *On money she was blunt: Norway would pay nothing*."""
    first = next((each for each in scene.tokens if each.text == ":" or each == verb), verb)
    if first == verb:
        return None
    for each in scene.doc[scene.sentence.start : first.i]:
        if each.dep_ == "nsubj" and (mention := scene.cast.resolve(each)) is not None:
            return mention if mention.kind == "person" else None
    return None
