"""Where an entity begins and ends: the scheme's mechanical rules, whatever proposed the stretch."""

import re
from functools import lru_cache
from typing import Final

from workbench.core.text import AGENCIES
from workbench.nlp.mentions import Proposal

_QUOTES: Final = "\"'“”‘’«»()[]{}.,;:!?–—-…•*|/ \t\u00a0"
_ARTICLE: Final = re.compile(
    r"(?:the|a|an|this|these|those|its|his|her|their|our|my|all|both|some|so-called|dubbed)\s+", re.IGNORECASE
)
_POSSESSIVE: Final = re.compile(r"(?:[’'‘`]s|(?<=s)[’'])$", re.IGNORECASE)
_HONORIFIC: Final = re.compile(
    r"(?:Sir|Dame|Bishop|Archbishop|Cardinal|Sultan|Emir|(?:Crown )?Prince|Treasurer|Admiral|Judge|Mr|Mrs|Ms|Miss|Dr"
    r"|Prof(?:essor)?|Lord|Lady|Baroness|King|Queen|Prince(?:ss)?|Pope|Sheikh|Rev|Father|Ayatollah|Saint"
    r"|(?:Lieutenant|Major|Brigadier|Vice|Rear|Air|Wing|Group|Chief|Master|Staff|Field|First|Second|Lt|Maj|Brig|Col"
    r"|Cpl|Sgt|Adm|Gen|Capt|Cmdr|Sen|Rep|Gov)\.?[ -]?"
    r"(?:Lieutenant|Colonel|Major|General|Admiral|Marshal|Commander|Captain|Commodore|Chief Marshal|Vice-Marshal"
    r"|Warrant Officer|Corporal|Cpl|Sergeant|Gen|Col|Adm)?\.?"
    r"|Admiral|General|Colonel|Captain|Commander|Commodore|Corporal|Sergeant|Private|Brigadier|Marshal|Senator"
    r"|Congress(?:man|woman)|Representative|Ambassador|Judge|Justice"
    r"|MP|MEP|Secretary|President|Chancellor|Premier|Minister|Governor|Mayor|Speaker|Chairman|Tánaiste|Taoiseach|PM"
    r"|POTUS|Prime Minister|Vice President|Foreign Secretary"
    r"|(?:Defen[cs]e|Foreign|Interior|Finance|Home|Security|Health|Police) (?:Minister|Secretary)|Ex-Para|H\.E\."
    r"|Chief|Leader|Frenchman|Officer)\.?\s+",
)
_DIRECTION: Final = re.compile(
    r"(?:(?:north|south|east|west|central|mid|upper|lower)(?:[- ]?(?:east|west|central))?(?:ern)?|downtown|inner"
    r"|outer|coastal|rural|mainland)[- ]"
)
_AFFIX: Final = re.compile(
    r"(?:pro|anti|non|ex|post|pre|trans|intra|inter|former|then)[-– ](?=[A-ZÀ-Þ])", re.IGNORECASE
)
_SUFFIX: Final = re.compile(
    r"[-–](?:led|based|backed|style|born|run|held|made|controlled|occupied|mediated|brokered|sponsored|trained"
    r"|funded|wide|speaking|area|era)$",
    re.IGNORECASE,
)
_PREPOSITION: Final = re.compile(
    r"(?:in|on|at|by|since|until|till|from|during|within|for|after|before|through|throughout|of|as|to)\s+",
    re.IGNORECASE,
)
_NATIONAL_BODY: Final = re.compile(
    r"(?:Foreign |Defen[cs]e |Interior |Finance |Justice |Home )?(?:Ministry|Government|Parliament|Embassy|Office"
    r"|Cabinet|Department|State Department|Congress|Senate|Administration|Treasury)\b"
)


_FUNCTION: Final = re.compile(r"(?:\s+(?:and|of|the|for|in|on|at|to|but|or|with|from|by|as|–|—|-|&))+$")
_CREDIT: Final = re.compile(rf"\s(?:{AGENCIES})(?: Images)?$")
_OWNER: Final = re.compile(r"[\w.-]+[’'‘]s\s+(?=\w)")
_OPENINGS: Final = {
    "PERSON": (_ARTICLE, _AFFIX, _OWNER, _HONORIFIC),
    "WEAPON": (_ARTICLE,),
    "ROLE": (_ARTICLE,),
    "EVENT": (_ARTICLE,),
    "FORCE": (_ARTICLE,),
}


def trimmed(text: str, found: Proposal) -> Proposal | None:
    """Return a proposal cut to the scheme's boundaries; None where nothing of it is left."""
    words = text[found.start : found.end]
    start, end = _within(words.partition("\n")[0], found.label)
    if end - start == len(words):
        return found
    return found._replace(start=found.start + start, end=found.start + end) if start < end else None


@lru_cache(512)
def _within(words: str, label: str) -> tuple[int, int]:
    """Return where an entity begins and ends in words; an article has the same names again and again."""
    start, end, before = 0, len(words), (-1, -1)
    while (start, end) != before and start < end:
        before = start, end
        start, end = _edges(words, start, end)
        start, end = _affixes(words, start, end, label)
    return start, end


def _edges(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _QUOTES:
        start += 1
    while end > start and text[end - 1] in _QUOTES and not re.search(r"\b(?:[A-Za-z]\.){2,}$", text[start:end]):
        end -= 1
    return start, end


def _affixes(text: str, start: int, end: int, label: str) -> tuple[int, int]:
    if text.startswith("The Hague", start):
        return start, end
    if label == "QUANTITY":
        return start, end
    if label in {"DATE", "MONEY"}:
        cut = _PREPOSITION.match(text, start, end)
        return (cut.end() if cut else start), end
    for pattern in _OPENINGS.get(label, (_ARTICLE, _AFFIX, _DIRECTION)):
        if cut := pattern.match(text, start, end):
            start = cut.end()
    for pattern in (_POSSESSIVE, _SUFFIX, _FUNCTION, *((_CREDIT,) if label == "PERSON" else ())):
        if cut := pattern.search(text[start:end]):
            end = start + cut.start()
    return start, end


def without_nationality(text: str, found: Proposal, demonyms: frozenset[str]) -> Proposal:
    """Cut the nationality off a ministry or government: it is a span of its own."""
    first, _, rest = text[found.start : found.end].partition(" ")
    if first in demonyms and _NATIONAL_BODY.match(rest):
        return found._replace(start=found.start + len(first) + 1)
    return found
