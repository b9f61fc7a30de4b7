"""Headlines, read from left to right: the parser is no help where *Japan, Korea weigh sending warships*."""

from collections.abc import Iterator
from typing import Final

from workbench.nlp import reference
from workbench.nlp.commitments import Draft, multiplied
from workbench.nlp.engagements import side
from workbench.nlp.lexicon import is_type
from workbench.nlp.mentions import Mention
from workbench.nlp.scene import Scene, principal
from workbench.nlp.statuses import OWN, Reading
from workbench.nlp.things import Thing
from workbench.nlp.tree import Token

_STATUS: Final = {
    "commit": "announced", "decide": "announced", "offer": "offered", "refuse": "ruled_out",
    "consider": "under_consideration", "withdraw": "withdrawn", "request": "requested",
}  # fmt: skip
_ORDER: Final = ("refuse", "consider", "withdraw", "offer", "commit", "decide", "request")
_FIRST: Final = frozenset({"first", "latest", "last", "next"})
_JOINTS: Final = frozenset({",", "and", "&", "’s", "'s", "’", "'"})
_HOUSES: Final = reference.GOVERNING - {"ally", "aide"} | {"navy", "police", "parliament"}
_BREAKS: Final = frozenset(
    {";", ":", "–", "—", "-", "as", "after", "while", "but", "amid", "over", "despite", "if", "\n"}
)
_NOT: Final = frozenset({"not", "n't", "n’t", "never", "no"})
_LONGEST: Final = 30
_HEADING: Final = 12


def headlined(scene: Scene, known: list[Draft]) -> Iterator[Draft]:
    """Yield the commitments of a headline that its parse does not give."""
    if not _is_headline(scene) or len(scene.sentence) > _LONGEST or "?" in scene.sentence.text:
        return
    told = {draft.party for draft in known}
    tokens = [token for token in scene.tokens if not token.is_space]
    for start, end in _clauses(tokens):
        yield from _clause(scene, tokens[start:end], told)


def _is_headline(scene: Scene) -> bool:
    """Say whether it is the headline, or the heading of a part: a short line of its own without a full stop."""
    text, start, end = scene.doc.text, scene.sentence.start_char, scene.sentence.end_char
    middle = start + len(scene.sentence.text.rstrip()) // 2
    if any(kind == "headline" and first <= middle < last for first, last, kind in scene.doc._.regions or ()):
        return True
    line = scene.sentence.text.strip()
    alone = (text[:start].endswith("\n") and text[end:].lstrip(" ").startswith("\n")) or scene.sentence.text.endswith(
        "\n"
    )
    return alone and line[-1:].isalnum() and len(line.split()) <= _HEADING


def _clauses(tokens: list[Token]) -> Iterator[tuple[int, int]]:
    start = 0
    for at, token in enumerate(tokens):
        if token.lower_ in _BREAKS:
            yield start, at
            start = at + 1
    yield start, len(tokens)


def _clause(scene: Scene, tokens: list[Token], told: set[tuple[str, str | None]]) -> Iterator[Draft]:
    named, at = _named(scene, tokens)
    at += int(at + 1 < len(tokens) and tokens[at].lower_ in _FIRST and tokens[at + 1].lower_ == "to")
    if not named or at >= len(tokens) or {token.lower_ for token in tokens[at : at + 3]} & _NOT:
        return
    cue = tokens[at + 1] if tokens[at].lower_ in {"to", "will"} and at + 1 < len(tokens) else tokens[at]
    kinds = {name for particle, name in scene.lexicon.verbs.get(_lemma(scene, cue), ()) if not _lacks(particle, tokens)}
    kind: str | None = next((each for each in _ORDER if each in kinds), None)
    alone = _alone(scene, cue) if cue is tokens[-1] else None
    kind = alone or kind
    if kind is None and kinds & {"give", "own"} and cue is not tokens[at]:
        kind = "decide"
    later = [other for token in tokens if token.i > cue.i for other in scene.lexicon.classes(token)]
    if kind is None or "withdraw" in later or "refuse" in later or ("request" in later and kind != "request"):
        return
    asked, after = _named(scene, tokens[at + 2 :]) if kind == "request" else ([], 0)
    start = tokens[at + 1 + after] if asked else cue
    given = [Thing("unspecified", cue)] if alone else _given(scene, start, tokens[-1])
    if not given or (kind == "request" and not asked):
        return
    reading = Reading(cue, _STATUS[kind], tokens[0], top=cue, predicates=[cue], sought=named[0][1] if asked else None)
    reading.note(kind, cue)
    reading.own = kind in OWN and cue is tokens[at]
    for mention, token in asked or named:
        reading.actor = token
        party = principal(mention)
        if party is not None and party not in told:
            for draft in multiplied(scene, reading, given, _STATUS[kind], None):
                draft.evidence = (tokens[0].i, max(thing.token.i for thing in given) + 1)
                if draft.party == party:
                    yield draft


def _named(scene: Scene, tokens: list[Token]) -> tuple[list[tuple[Mention, Token]], int]:
    """Return who opens a clause, and where the list of names ends."""
    found: list[tuple[Mention, Token]] = []
    at = 0
    while at < len(tokens):
        mention = scene.cast.of(tokens[at])
        if mention is not None and (mention.label != "NORP" or _people(scene, tokens[at + 1 : at + 3])):
            if not found or found[-1][0].start != mention.start:
                found.append((mention, tokens[at]))
        elif not found or (tokens[at].lower_ not in _JOINTS and tokens[at].lemma_ not in _HOUSES):
            break
        at += 1
    return found, at


def _people(scene: Scene, after: list[Token]) -> bool:
    """Say whether a nationality is its people, by the verb that follows: *Dutch promise engineers*."""
    if not after or after[0].lower_ in {"to", "will"}:
        return bool(after)
    rows = scene.lexicon.verbs.get(after[0].lower_, ())
    return any(name in _ORDER for _, name in rows) and len(after) > 1 and after[1].lower_ != "of"


def _lemma(scene: Scene, cue: Token) -> str:
    """Return the verb that a word may be, whatever the tagger took it for."""
    word = cue.lower_
    forms = (cue.lemma_.lower(), word, word.removesuffix("s"), word.removesuffix("es"))
    return next((each for each in forms if each in scene.lexicon.verbs), str(word))


def _alone(scene: Scene, cue: Token) -> str | None:
    """Return what a verb says that needs no object: *Seoul wavers*, *Rome balks*."""
    forms = (cue.lower_, cue.lower_.removesuffix("s"), cue.lower_.removesuffix("es"))
    rows = (row for each in forms for row in scene.lexicon.figures.get(each, ()))
    return next((kind for words, kind, _ in rows if words == ("$",) and kind in {"refuse", "consider"}), None)


def _lacks(particle: str, tokens: list[Token]) -> bool:
    return bool(particle) and particle not in {token.lower_ for token in tokens}


def _given(scene: Scene, cue: Token, last: Token) -> list[Thing]:
    """List what stands behind the cue; nothing where one of it is no contribution."""
    found: dict[str, Thing] = {}
    for hit in sorted(scene.things.values(), key=lambda each: each.first):
        if not cue.i < hit.first <= last.i:
            continue
        if hit.label == "elsewhere":
            return []
        token = scene.doc[hit.last]
        if is_type(hit.label) and token.dep_ not in {"compound", "amod"}:
            found.setdefault(hit.label, Thing(hit.label, token))
        elif is_type(hit.label):
            head = scene.things.get(token.head.i)
            if head is None:
                found.setdefault(hit.label, Thing(hit.label, token))
    if len(found) > 1:
        found.pop("unspecified", None)
    ventures = [each for each in scene.things.values() if cue.i < each.first and each.label == "venture"]
    if not found and ventures:
        return [side(scene, scene.doc[ventures[0].last])]
    return list(found.values())
