"""Offices of people who can be identified."""

import re
from collections.abc import Iterator
from typing import Final

from workbench.nlp.mentions import Proposal
from workbench.nlp.names import NAME

_PORTFOLIO: Final = (
    r"(?:(?:European|foreign|internal|external|economic|social|parliamentary|religious"
    r"|veterans['’]?|women['’]s) affairs"
    r"|foreign|defen[cs]e|interior|finance|economy|justice|security|health|energy|transport|trade|home"
    r"|police|armed forces"
    r"|state|culture|agriculture|development|environment|education|labou?r|treasury|business"
    r"|veterans|national defen[cs]e|commerce|transportation|homeland security|public security|shipping|maritime affairs"
    r"|fisheries|planning|investment|science|technology|oil|petroleum|infrastructure|regional affairs"
    r"|foreign relations|international (?:development|trade|cooperation)|defen[cs]e (?:procurement|industry)"
    r"|communications?|information|railways?|water|power|tourism|mines|mining|electronics|border security"
    r"|Europe|war|navy|army|migration|climate"
    r"|industry|digital|housing|public safety|emergency)"
)
_FIELD: Final = rf"(?:(?:prime|{_PORTFOLIO})[ -])"
_HIGH: Final = (
    r"(?:(?:deputy|vice|interim|acting|caretaker|shadow|first|federal|chief|permanent|junior|senior|cabinet|principal"
    r"|assistant|parliamentary)[ -])*"
)
_OF: Final = (
    r"(?:(?:of|for) (?:the )?(?:defen[cs]e staff|general staff|naval staff|air staff|staff|defen[cs]e|state"
    r"|war|the interior"
    r"|foreign affairs|finance|external affairs"
    r"|armed forces|army|navy|air force|intelligence|protocol|cabinet|police|homeland security|mission|opposition))"
)
_TITLE: Final = (
    rf"(?:{_HIGH}(?:minister|secretary)(?: of state)? (?:of|for) (?:the )?{_PORTFOLIO}(?: and {_PORTFOLIO})?\b"
    rf"|{_HIGH}(?:{_FIELD}(?:minister|secretary)|president|chancellor|premier|prime minister)"
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
    r"|inspector general|solicitor general|(?:chief |deputy )?(?:(?:government|military|army|navy|police|defen[cs]e"
    r"|presidential|palace|security|party|campaign|cabinet|rebel|foreign affairs) )?spokes(?:man|woman|person)"
    r"|(?:political|defen[cs]e|diplomatic|foreign|security|world|europe|africa|asia|associate|deputy) editor)"
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
_BYLINE: Final = re.compile(r"^(?:By|BY)?\b[^.]{4,50}, $")
_POST: Final = re.compile(r"Minister|Secretary")
_SPEAKER: Final = re.compile(r"spokes(?:man|woman|person)$|editor$", re.IGNORECASE)
_OFFICE_OF: Final = re.compile(r" (?:of|for) ")
_HOLDER: Final = re.compile(rf" (?P<name>{NAME} {NAME})\b")
_RUN: Final = re.compile(
    r",? (?:Sir |Dr |Gen(?:eral|\.)? |Col(?:onel|\.)? |Maj(?:or|\.)? |Lt\.? |Brig\.? )*[A-ZÀ-ÞŁŚŽŠČĐ][\w’'.-]+"
)
_LATER: Final = re.compile(r" (?!this|his|its|as|always|perhaps)[a-z]+(?:s|ed)\b")
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
            over = text[start].isupper() and " " in (words := text[start:end]) and _POST.search(words) is not None
            yield Proposal(start, end, "ROLE", cue, 93 if over else 62)
            named = _HOLDER.match(text, end) if over and _OFFICE_OF.search(words) else None
            if named and named["name"].split(" ")[0] not in demonyms:
                yield Proposal(*named.span("name"), "PERSON", "office before a name", 91)


def _cue(text: str, role: str, before: str, end: int, demonyms: frozenset[str]) -> str | None:
    weak = role.casefold() in _WEAK
    if role[0].islower() and role.isupper():
        return None
    if _SPEAKER.search(role):
        return _speaker(text, role, before, end)
    titled = _NAMED.match(text, end) is not None
    if titled and (role[0].isupper() or _owner(before, demonyms) or not _INDEFINITE.search(before)):
        return "role: title before a name"
    if role in {"PM", "POTUS"} and before.endswith("as ") and _LATER.match(text, end):
        return "role: in capitals"
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


def _speaker(text: str, role: str, before: str, end: int) -> str | None:
    """Return why the words are the office of a named spokesperson, or of an editor in a byline."""
    if role[-6:].casefold() == "editor":
        return "role: apposition to a name" if _BYLINE.search(before) else None
    if _INDEFINITE.search(before):
        return None
    return "role: name in apposition" if _RUN.match(text, end) else None


def _owner(before: str, demonyms: frozenset[str]) -> bool:
    word = before.rstrip().rsplit(" ", 1)[-1]
    return word in demonyms or word.endswith(("’s", "'s", "s’", "s'"))
