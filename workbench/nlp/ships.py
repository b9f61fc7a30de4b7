"""Ships by name: *the frigate Hamburg*, *the Spetsai, a Hydra-class frigate*, and where such a name stands again."""

import re
from collections.abc import Collection, Iterator
from typing import Final

from workbench.nlp.mentions import Proposal
from workbench.nlp.names import CAPITAL
from workbench.nlp.places import is_place

FLAGS: Final = {
    "HMS": "GBR", "RFA": "GBR", "HMCS": "CAN", "HMAS": "AUS", "HMNZS": "NZL", "USS": "USA", "USNS": "USA",
    "USCGC": "USA", "HNLMS": "NLD", "HDMS": "DNK", "HNoMS": "NOR", "FGS": "DEU", "BRP": "PHL", "ROKS": "KOR",
    "TCG": "TUR", "KRI": "IDN", "PNS": "PAK", "NNS": "NGA",
}  # fmt: skip
"""Under whose flag warships sail, by what their names start with."""

SHIPS: Final = frozenset({*FLAGS, "INS"})
"""What the names of warships start with; *INS* is India’s and Israel’s."""

_KIND: Final = (
    r"(?:(?:guided[- ]missile|air[- ]defen[cs]e|anti-submarine|nuclear-powered|amphibious|stealth|missile|attack"
    r"|multi-role|[Tt]ype \d{1,3}\w?)[ -])*"
)
_HULL: Final = (
    r"(?:frigate|destroyer|corvette|cruiser|submarine|(?:aircraft|helicopter) carrier|battleship|warship|flagship"
    r"|mine-?hunter|mine-?sweeper|gunboat|(?:coast ?guard )?cutter|icebreaker"
    r"|(?:(?:offshore )?patrol|landing|assault|support|spy) (?:ship|vessel|boat))"
)
_WORD: Final = rf"[{CAPITAL}][\w’'-]*[^\W_]"
_NAME: Final = rf"{_WORD}(?: (?:(?:de|of|da|del|di|van|al) )?{_WORD}){{0,2}}"
_HULL_FIRST: Final = re.compile(rf"(?<![\w-]){_KIND}{_HULL} (?P<name>{_NAME})")
_NAME_FIRST: Final = re.compile(
    rf"\b[Tt]he (?P<name>{_NAME}), (?:an?|the|its|one of [^,.]{{1,30}}) (?:[\w-]+ ){{0,4}}?{_HULL}s?(?=[,.;:)]"
    r"| (?:with|of|from|that|which|built|based|carrying|commissioned|armed|launched)\b)"
)
_APPOSED: Final = re.compile(rf"\b(?:{_HULL}|ship|vessel), the (?P<name>{_NAME})(?=[,.;)])")
_LIKELY: Final = re.compile(rf"{_HULL}|\b(?:ship|vessel)\b")
_NO_SHIPS: Final = frozenset({
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "January", "February", "March",
    "April", "May", "June", "July", "August", "September", "October", "November", "December", "Prime", "President",
    "Minister", "Defence", "Defense", "Foreign", "Admiral", "Captain", "Commander", "General", "Rear", "Vice", "Mr",
    "Mrs", "Ms", "Dr", "Sir", "Lord", "The", "In", "On", "At", "And", "But", "It", "He", "She", "They", "We", "I",
    "NATO", "Nato", "EU", "UN", "Operation",
})  # fmt: skip


def is_ship(words: str, cue: str) -> bool:
    """Say whether a mention with this cue is a ship: told by its name or by what such names start with."""
    return "ship" in cue or words.split(maxsplit=1)[0] in SHIPS


def ships(text: str, countries: Collection[str]) -> Iterator[Proposal]:
    """Yield the ships that the text tells by name, with the kind of ship right before it, and the same names again."""
    if not _LIKELY.search(text):
        return
    names: set[str] = set()
    for pattern, cue in (
        (_HULL_FIRST, "kind of ship + name"),
        (_NAME_FIRST, "name, kind of ship"),
        (_APPOSED, "kind of ship, name"),
    ):
        for found in pattern.finditer(text):
            if name := _cut(found["name"], countries):
                start, end = found.start("name"), found.start("name") + len(name)
                yield Proposal(found.start() if pattern is _HULL_FIRST else start, end, "WEAPON", cue, 94)
                names.add(name.removesuffix("’s").removesuffix("'s"))
    yield from _again(text, names)


def _cut(name: str, countries: Collection[str]) -> str:
    """Return a ship's name up to the first word that is a country, a title or a day."""
    words = name.split(" ")
    taken = next((at for at, word in enumerate(words) if word in _NO_SHIPS or word in countries), len(words))
    cut = " ".join(words[:taken])
    return "" if cut.isupper() or cut in SHIPS else cut


def _again(text: str, names: Collection[str]) -> Iterator[Proposal]:
    """Yield the other places where the names stand; a ship called like a town needs its article."""
    plain = [re.escape(name) for name in names if not is_place(name)]
    towns = [re.escape(name) for name in names if is_place(name)]
    forms = [rf"(?:{'|'.join(plain)})"] * bool(plain) + [rf"(?<=[Tt]he )(?:{'|'.join(towns)})"] * bool(towns)
    if forms:
        for found in re.finditer(rf"(?<![\w-])(?:{'|'.join(forms)})(?![\w-])", text):
            yield Proposal(*found.span(), "WEAPON", "name of a ship", 92)
