"""Offices of people who can be identified."""

import re
from collections.abc import Iterator
from typing import Final

from workbench.nlp.mentions import Proposal

_FIELD: Final = (
    r"(?:(?:prime|foreign|defen[cs]e|interior|finance|economy|justice|security|health|energy|transport|trade|home"
    r"|police|armed forces"
    r"|external affairs|state|culture|agriculture|development|environment|education|labou?r|treasury|business"
    r"|veterans|national defen[cs]e|commerce|transportation|homeland security|public security|shipping|maritime affairs"
    r"|fisheries|planning|investment|science|technology|oil|petroleum|infrastructure|regional affairs"
    r"|European affairs|Europe|war|navy|army|migration|climate|industry|digital|housing|public safety|emergency)[ -])"
)
_HIGH: Final = r"(?:(?:deputy|vice|interim|acting|caretaker|shadow|first|federal|chief|permanent|junior|senior)[ -])*"
_OF: Final = (
    r"(?:of (?:the )?(?:defen[cs]e staff|general staff|naval staff|air staff|staff|defen[cs]e|state|war|the interior"
    r"|foreign affairs|finance|external affairs"
    r"|armed forces|army|navy|air force|intelligence|protocol|cabinet|police|homeland security|mission|opposition))"
)
_TITLE: Final = (
    rf"(?:{_HIGH}(?:{_FIELD}(?:minister|secretary)|president|chancellor|premier|prime minister)"
    rf"|{_HIGH}(?:minister|secretary|chiefs?|commander|head|leader) {_OF}"
    r"|taoiseach|tánaiste|PM|POTUS|secretary[- ]general|(?:UN )?high representative|foreign policy chief|(?:force"
    r"|mission) commander|commander[- ]in[- ]chief"
    r"|national security advis[eo]r|(?:special |peace |presidential |climate |trade )*(?:envoy|representative)"
    r"|ambassador|attorney general|chief of staff"
    r"|(?:chief cabinet|cabinet|permanent|under|chief) secretary|opposition leader|(?:army|navy|air force|military"
    r"|defen[cs]e|police|intelligence|spy|aid|mission) chief"
    r"|governor|mayor|(?:vice-)?chair(?:man|woman|person)?|director[- ]general|commissioner|general secretary"
    r"|high commissioner|supreme leader|crown prince|emir|first minister"
    r"|chief negotiator|negotiator|treasurer|finance chief|FM|supreme allied commander(?: Europe)?|speaker"
    r"|inspector general|solicitor general)"
)
_ROLE_WORDS: Final = rf"(?<![\w-])(?:{_TITLE}|minister|secretary)(?![\w]|-\w)"
_ROLE: Final = re.compile(_ROLE_WORDS, re.IGNORECASE)
_LOWER_ROLE: Final = re.compile(_ROLE_WORDS.lower())
_NAME: Final = r"(?:Sir |Dame |Dr |Gen(?:eral|\.)? |Lord |Mr |Ms |Mrs |Admiral )*[A-ZÀ-ÞŁŚŽŠČĐ][\w’'.-]+"
_NAMED: Final = re.compile(rf"\s(?:{_NAME})")
_COMMA_NAME: Final = re.compile(rf",\s(?:{_NAME})\s[A-ZÀ-ÞŁŚŽŠČĐ]")
_INDEFINITE: Final = re.compile(
    r"\b(?:an?|any|every|no|another|each|some|either|former|ex|future|next|new|first|last|one|as|become"
    r"|many)[\s-]+(?:[\w-]+\s)?$",
    re.IGNORECASE,
)
_OWNED: Final = re.compile(
    r"(?:\b(?:the|its|his|her|their|our|my)|\w[’'‘`]s|s[’'])\s(?:(?:[\w’'.-]+)\s){0,4}?$|\b(?:[A-Z][\w.]+)\s$",
    re.IGNORECASE,
)
_WEAK: Final = frozenset(
    {
        "minister",
        "secretary",
        "negotiator",
        "treasurer",
        "commander",
        "speaker",
        "representative",
        "chair",
        "chairman",
        "head",
        "governor",
        "mayor",
    }
)
_APPOSED: Final = re.compile(r"[A-ZÀ-Þ][\w’'-]+(?:,| \()\s(?:the |[A-Z][\w’'.-]+ )?(?:[\w’'-]+ )?$")


def roles(text: str, demonyms: frozenset[str]) -> Iterator[Proposal]:
    """Yield the offices that stand as a title, before or after a name, or with what makes them definite."""
    lower = text.lower()
    written = _LOWER_ROLE.finditer(lower) if len(lower) == len(text) else _ROLE.finditer(text)
    for found in written:
        start, end = found.span()
        before = text[max(0, start - 60) : start].rsplit("\n", maxsplit=1)[-1]
        cue = _cue(text, text[start:end], before, end, demonyms)
        if cue:
            yield Proposal(start, end, "ROLE", cue, 62)


def _cue(text: str, role: str, before: str, end: int, demonyms: frozenset[str]) -> str | None:
    weak = role.casefold() in _WEAK
    if role[0].islower() and role.isupper():
        return None
    titled = _NAMED.match(text, end) is not None
    if titled and (role[0].isupper() or _owner(before, demonyms) or not _INDEFINITE.search(before)):
        return "role: title before a name"
    if _INDEFINITE.search(before):
        return None
    if _COMMA_NAME.match(text, end) and (not weak or _OWNED.search(before)):
        return "role: name in apposition"
    if _APPOSED.search(before):
        return "role: apposition to a name"
    if weak:
        return None
    if role in {"PM", "POTUS"} or role[0].isupper():
        return "role: in capitals"
    if _owner(before, demonyms) or re.search(r"\b(?:the|its|his|her|their|our)\s(?:[\w-]+\s)?$", before, re.IGNORECASE):
        return "role: definite"
    return None


def _owner(before: str, demonyms: frozenset[str]) -> bool:
    word = before.rstrip().rsplit(" ", 1)[-1]
    return word in demonyms or word.endswith(("’s", "'s", "s’", "s'"))
