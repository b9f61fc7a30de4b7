"""Names of people: after a title, and wherever a name that is known from elsewhere in the article stands again."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import Final

from workbench.nlp.mentions import Proposal

CAPITAL: Final = r"A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪİĶĹĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŸŹŻŽ"
PARTICLES: Final = r"(?:van|von|der|den|de|da|dos|di|du|del|la|le|al|el|bin|ibn|ter|ten|zu)"
NAME: Final = (
    rf"(?:(?:[{CAPITAL}]\.\s?)*(?:(?:{PARTICLES}|al|el|O|D|M)[-’' ])*[{CAPITAL}][\w]+(?:[-’‑'][{CAPITAL}a-z]\w+)*)"
)
FULL: Final = rf"{NAME}(?:\s(?:(?:[{CAPITAL}]\.\s)|{NAME})){{0,3}}"
_TITLE: Final = re.compile(
    rf"\b(?P<title>Sir|Dame|Mr|Mrs|Ms|Miss|Dr|Prof(?:essor)?|Lord|Lady|Baroness|King|Queen|Pope|Sheikh|Sultan|Emir|President"
    rf"|Prime Minister|Chancellor|Premier|Taoiseach"
    rf"|Senator|General|Gen\.?|Admiral|Adm\.?|Colonel|Col\.?|Captain|Capt\.?|Commander|Major|Maj\.?|Lieutenant|Lt\.?"
    rf"|Corporal|Cpl\.?|Sergeant|Sgt\.?|Brigadier|Commodore"
    rf"|Sen\.?|Rep\.?|Minister|Secretary|Secretary General|PM|MP|backbencher|correspondent|spokes(?:man|woman"
    rf"|person)|leader|minister|secretary|president|chancellor|premier"
    rf"|envoy|ambassador|adviser|tánaiste|chief|Private|Officer|Envoy|Ambassador|Speaker|Governor|chairman"
    rf"|chairwoman|director|analyst|historian|professor|admiral|general|colonel|Bishop|Prince|Treasurer|negotiator"
    rf"|FM|co-leader|spokesperson)\s"
    rf"(?P<name>{FULL})"
)
_APPOSED: Final = re.compile(
    rf"\b(?:minister|secretary|president|chancellor|premier|tánaiste|taoiseach|envoy|ambassador|adviser|advisor"
    rf"|chief|spokes(?:man|woman|person)|commander|speaker|governor"
    rf"|mayor|General|chairman|chairperson|Commission|Representative[^,.]{{0,30}}|staff|leader|defence"
    rf"|host),\s(?P<name>{NAME}\s{FULL})(?=[,.;:)”]| (?:said|told|and|who|has|will|in|on|at)\b)"
)
_BYLINE: Final = re.compile(rf"^(?:By|BY|Words:|Words by|Reporting by|With)\s(?P<name>{NAME}\s{FULL})", re.MULTILINE)
_LINKED: Final = re.compile(
    rf"^(?:By|BY)\s{NAME}\s{FULL}(?:,\s{NAME}\s{FULL})*\sand\s(?P<name>{NAME}\s{FULL})", re.MULTILINE
)
_OWNED: Final = re.compile(
    rf"\b[{CAPITAL}]\w+[’'‘]s\s(?P<name>{NAME}\s{NAME})(?=[:.]|,? (?:said|says|told|[a-z]+ed|gave|has|was|went|put|took"
    rf"|made|kept|brought)\b)"
)
_MOODS: Final = r" (?:smiled|smiles|laughed|joked|grinned|sighed|nodded|shrugged|beamed|raged|yelled|fumed|quipped)\b"
_MOODY: Final = re.compile(_MOODS)
_LIVELY: Final = re.compile(rf"(?P<name>{NAME}\s{NAME})(?={_MOODS})")
_NOT_NAMES: Final = frozenset({
    "The", "A", "An", "And", "But", "For", "In", "On", "At", "To", "Of", "By", "With", "From", "As", "If", "When",
    "While", "After", "Before", "Minister", "Secretary", "President", "General", "Office", "House", "Street",
    "Council", "Commission", "Ministry", "Party", "Government", "State", "States", "Union", "Force", "Forces",
    "Mission", "Summit", "Conference", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
    "January", "February", "March", "April", "June", "July", "August", "September", "October", "November",
    "December", "He", "She", "It", "They", "We", "You", "His", "Her", "Their", "Its", "This", "That", "There",
    "Prime", "Defence", "Defense", "Foreign", "Security", "Not", "No", "Yes", "Affairs", "Staff", "Army", "Navy",
})  # fmt: skip


def titled(text: str) -> Iterator[Proposal]:
    """Yield the names that follow a title, an office or a byline."""
    for pattern, cue in (
        (_TITLE, "title before a name"),
        (_APPOSED, "office, name"),
        (_OWNED, "name after a possessive"),
        *(((_LIVELY, "name + verb"),) if _MOODY.search(text) else ()),
        (_BYLINE, "byline"),
        (_LINKED, "byline"),
    ):
        for found in pattern.finditer(text):
            start, end = found.span("name")
            words = text[start:end].split(" ")
            if pattern is _TITLE and _shouted(text, start):
                words = list(takewhile(lambda word: re.search(rf"\b{re.escape(word.capitalize())}\b", text), words))
            while words and words[-1] in _NOT_NAMES:
                words.pop()
            if (
                words
                and words[0] not in _NOT_NAMES
                and not (len(words) == 1 and words[0].isupper() and len(words[0]) < 5)
            ):
                yield Proposal(start, start + len(" ".join(words)), "PERSON", cue, 91 if len(words) > 1 else 72)


def _shouted(text: str, place: int) -> bool:
    """Say whether a line is all in capitals, so that they do not tell a name: *PM VOWS TO SEND SHIPS*."""
    last = text.find("\n", place)
    return text[text.rfind("\n", 0, place) + 1 : last if last >= 0 else None].isupper()


def repeated(text: str, people: Iterable[str], taken: frozenset[str]) -> Iterator[Proposal]:
    """Yield every place where a name that the article gives in full stands again, whole or in part.

    ``taken`` are words that name something else, such as a country, and do not count alone.
    """
    parts: Counter[str] = Counter()
    for full in people:
        words = full.split(" ")
        parts[full] += 1
        for first in range(1, len(words)):
            parts[" ".join(words[first:])] += 1
        if len(words) > 1:
            parts[words[0]] += 1
    known = [
        part
        for part in parts
        if len(part) > 2 and part not in taken and part not in _NOT_NAMES and part[:1].isupper() | (" " in part)
    ]
    if not known:
        return
    spelled = {form for part in known for form in (part, part.upper() if len(part) > 3 else part)}
    pattern = re.compile(
        rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(spelled, key=len, reverse=True)))})"
        r"(?![\w]|[’'](?!(?:s|re|ll|ve|d)\b)\w)"
    )
    for found in pattern.finditer(text):
        yield Proposal(*found.span(), "PERSON", "name known from the article", 66 + 24 * (" " in found[0]))
