"""For which state people speak whose office names none: by a nationality, a rank, or what was spoken of before."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from workbench.core.actors import Registry
from workbench.nlp.mentions import Mention
from workbench.nlp.tree import Doc

OFFICIAL: Final = re.compile(
    r"minister|secretary|president|premier|chancellor|PM|envoy|ambassador|chief|adviser|advisor|commander"
    r"|representative|leader|chair|taoiseach|tánaiste|POTUS|spokes(?:man|woman|person)",
    re.IGNORECASE,
)
_PLAIN: Final = re.compile(r" [a-z -]{4,40} (?:(?:Sir|Dr|Gen\.?|General|Sheikh) )?")
_OWN: Final = re.compile(r"[’'‘`]s? ")
_RANK: Final = re.compile(
    r" (?:(?:lt\.?|lieutenant|maj\.?|major|brig\.?|brigadier|rear|vice|air|field|chief)[ -])?"
    r"(?:gen\.?|general|admiral|col\.?|colonel|brigadier|marshal|commodore|commander|counterpart,) ",
    re.IGNORECASE,
)
_NATIONAL: Final = re.compile(r"minister|president|premier|chancellor|PM|taoiseach|tánaiste", re.IGNORECASE)
_MINISTERIAL: Final = re.compile(
    r"(?:defen[cs]e|foreign|home|treasury|navy|army|of state|of war|of defen[cs]e|executive|cabinet) secretary"
    r"|secretary of (?:state|war|defen[cs]e)|security advis[eo]r",
    re.IGNORECASE,
)
_SECRETARIES: Final = (
    (re.compile(r"(?:foreign|home) secretary", re.IGNORECASE), "GBR PHL KEN IND PAK BGD LKA MEX"),
    (re.compile(r"defence (?:cabinet )?secretary", re.IGNORECASE), "GBR PHL KEN IND PAK BGD LKA USA"),
    (re.compile(r"(?:defense|treasury|navy|army) secretary", re.IGNORECASE), "USA PHL MEX"),
    (re.compile(r"secretary of (?:state|war|defense)", re.IGNORECASE), "USA"),
)
"""Where ministers, or the heads of ministries, are called secretaries."""

_OUTSIDE: Final = re.compile(r"shadow|former|\bex\b|opposition", re.IGNORECASE)
_REACH: Final = 500


def spoken_for(
    doc: Doc, mentions: Sequence[Mention], known: Collection[str], registry: Registry
) -> Iterator[tuple[str, Mention]]:
    """Yield people with the state that they speak for, beside those who are ``known``."""
    for owner, person in pairwise(mentions):
        if person.label == "PERSON" and person.principal is None and owner.kind == "state":
            gap = doc.text[owner.end : person.start] if person.start - owner.end < 90 else "\n"
            official = OFFICIAL.search(gap) and _PLAIN.fullmatch(gap)
            if official or _OWN.fullmatch(gap) or _RANK.fullmatch(gap):
                yield person.actor or "", owner
    for index, role in enumerate(mentions):
        if role.label != "ROLE" or role.kind != "person" or role.principal is not None or role.actor in known:
            continue
        if (state := _home(doc, mentions, index, registry)) is not None:
            yield role.actor or "", state


def _home(doc: Doc, mentions: Sequence[Mention], index: int, registry: Registry) -> Mention | None:
    """Return the state that was last the subject, or the only one of the paragraph, before a minister without one."""
    role = mentions[index]
    words = doc.text[role.start : role.end]
    post = _NATIONAL.search(words) or _MINISTERIAL.search(words)
    if not post or _OUTSIDE.search(doc.text[max(0, role.start - 10) : role.end]):
        return None
    seat = _seat(doc, mentions[max(0, index - 4) : index], role, registry)
    if seat is not None:
        return seat
    before = (each for each in reversed(mentions[max(0, index - 12) : index]) if each.kind == "state")
    seats = next(
        (tuple(f"state:{each}" for each in found.split()) for title, found in _SECRETARIES if title.search(words)), ()
    )
    near = [each for each in before if role.start - each.end < _REACH and (not seats or each.id in seats)]
    if (topic := next((each for each in near if is_subject(doc, each)), None)) is not None:
        return topic
    start = doc.text.rfind("\n", 0, role.start)
    here = [each for each in near if each.start > start]
    if len({each.actor for each in here}) == 1:
        return here[0]
    named = Counter(each.id for each in mentions if each.id in seats and each.kind == "state")
    likely = max(named, key=lambda each: (named[each], -seats.index(each or "")), default=None)
    return next((each for each in mentions if each.id == likely and each.kind == "state"), None) if likely else None


def _seat(doc: Doc, before: Sequence[Mention], role: Mention, registry: Registry) -> Mention | None:
    """Return the state whose capital opens the sentence: *In Tokyo, Defence Minister Sato said*."""
    start = doc.covering(role.start, role.end).root.sent.start_char
    place = next((each for each in before if each.start > start and doc.text[start : each.start].strip() == "In"), None)
    words = doc.text[place.start : place.end] if place is not None else ""
    state = next((actor for actor, how in registry.matching(words) if how == "capital"), None) if words else None
    return replace(place, actor=state.name, id=state.id, kind=state.kind) if place and state else None


def is_subject(doc: Doc, mention: Mention) -> bool:
    """Say whether a sentence is about what is mentioned, or about something of its."""
    root = doc.covering(mention.start, mention.end).root
    root = root.head if root.dep_ in {"poss", "amod"} else root
    return root.dep_ in {"nsubj", "nsubjpass"} or (
        root.dep_ == "attr" and any(each.dep_ == "expl" for each in root.head.lefts)
    )
