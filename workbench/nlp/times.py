"""Dates and times as the scheme bounds them: with their article, without their preposition."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from workbench.nlp.mentions import Proposal

_WORDS: Final = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    "eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|dozen"
)
NUMBER: Final = rf"(?:\d+(?:[.,]\d+)*|(?:{_WORDS})(?:[- ](?:{_WORDS}))*)"
_DAY: Final = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_SURE: Final = r"January|February|April|June|July|August|September|October|November|December"
_MONTH: Final = rf"(?:{_SURE}|March|May|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
_YEAR: Final = r"(?:19|20)\d\d"
_PART: Final = r"(?:morning|afternoon|evening|night|lunchtime)"
_SEASON: Final = r"(?:spring|summer|autumn|winter)"
_UNIT: Final = rf"(?:minute|hour|day|night|weekend|week|fortnight|month|quarter|year|decade|centur(?:y|ie)|{_SEASON})"
_FEAST: Final = r"(?:Christmas(?: Eve| Day)?|Easter(?: Sunday| Monday)?|Ramadan|New Year(?:[’'‘]s (?:Eve|Day))?|Eid)"
_CLOCK: Final = r"\d{1,2}(?:[:.]\d\d)?\s?(?:am|pm|AM|PM|a\.m\.|p\.m\.)|(?:[01]?\d|2[0-3]):[0-5]\d\b"
_ZONE: Final = (
    r"(?:\s(?:GMT|BST|UTC|CES?T|E[SD]T|P[SD]T|ET|IST|JST|KST|MSK|SGT|HKT|PKT|PHT|WIB|AE[SD]T|NZ[SD]T|SAST|EAT|WAT|CAT"
    r"|GST|AST|BRT|local time)\b)?"
)
_CALENDAR: Final = (
    rf"(?:{_DAY},? )?(?:(?:\d{{1,2}}(?: and |[-–]))?\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}(?:,? {_YEAR})?"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?\b(?!,\d)(?:[-–]\d{{1,2}}\b"
    rf"| and \d{{1,2}}\b(?=[,.;)]| (?:and|in|at|with)\b))?"
    rf"(?:,? {_YEAR})?|{_MONTH},? {_YEAR})"
)
_BEFORE: Final = ("in", "In", "by", "By", "since", "Since", "until", "Until", "from", "From", "of", "before",
    "Before", "after", "After",
    "through", "during", "for", "beyond", "past", "late", "early", "between", "last", "to", "and")  # fmt: skip
_AFTER: Final = "|".join(rf"(?<=\b{word} )" for word in _BEFORE)
_PLACE: Final = rf"(?:{_CALENDAR}|(?:{_SURE})|March|May|{_YEAR}|{_FEAST}|(?:the|this|next|last|a) (?:{_UNIT}|{_YEAR}s))"
_NEAR: Final = r"(?:(?:early|late|mid)[ -])"
_ABOUT: Final = (
    r"(?:(?:about|around|some|nearly|almost|more than|up to|at least|less than|roughly|approximately|just over"
    r"|just under|the (?:last|past|next|coming)) )"
)
_TAIL: Final = r"(?:[’'‘]s? time| ago)?"
_FORMS: Final = {
    "edge": rf"(?:[Tt]he )?(?:very )?(?:end|start|beginning|middle|turn|close|eve|{_PART}|{_SEASON}|fall"
    rf"|(?:first|second) half"
    rf"|(?:first|second|third|fourth) quarter|course) of {_PLACE}",
    "calendar": rf"{_CALENDAR}(?:(?<=\d\d\d\d)(?:,| at)? (?:{_CLOCK}){_ZONE})?|\d{{4}}-\d\d-\d\d",
    "clock": rf"(?:{_CLOCK}){_ZONE}|(?:noon|midnight)\b",
    "deictic": rf"{_NEAR}?(?:[Tt]his|[Ll]ast|[Nn]ext)(?: very| coming| past)? "
    rf"(?:{_UNIT}|{_PART}|fall|{_DAY}|{_SURE}|March|May|Christmas|Easter)(?: {_PART})?\b",
    "today": rf"{_NEAR}?(?:[Tt]oday|[Tt]omorrow|[Yy]esterday|[Tt]onight)(?: {_PART})?",
    "weekday": rf"{_NEAR}?(?:the )?{_DAY}(?: {_PART})?",
    "range": rf"{_YEAR}(?: to |[-–]){_YEAR}",
    "decade": r"(?:the )?(?:early |late |mid-)?(?:(?:19|20)\d0s|[2-9]0s|(?:twen|thir|for|fif|six|seven|eigh|nine)ties)",
    "duration": rf"{_ABOUT}?{_ABOUT}?{NUMBER}(?: (?:to|or) {NUMBER})? (?:more |further |consecutive "
    rf"|full )?{_UNIT}s?\b{_TAIL}",
    "coming": rf"(?:[Tt]he )?(?:coming|past|following|preceding|recent) (?:few )?{_UNIT}s?\b"
    rf"|[Tt]he (?:last|next|previous) (?:few )?{_UNIT}s?\b",
    "few": rf"(?:[Aa] few|[Aa] couple of|[Ss]everal) {_UNIT}s\b{_TAIL}|[Aa]n? {_UNIT}\b(?! (?:of|in which|that"
    rf"|when|after|before|since|more|earlier|later)){_TAIL}",
    "season": rf"[Tt]he (?:weekend|{_SEASON}|fall(?=[.,;:]| (?:and|but)\b)|new year)\b(?: of {_YEAR})?"
    rf"|(?:{_SEASON}|[Ee]arly|[Ll]ate|[Mm]id)[ -](?:{_YEAR}|{_SURE}|March|May)\b",
    "feast": rf"{_FEAST}|dawn|dusk|mid(?:summer|winter)",
    "month": rf"(?:(?:early|late|mid)[- ])?(?:{_SURE})\b(?! [A-Z][a-z])",
    "short month": rf"(?=March|May|{_SEASON})(?:{_AFTER})(?:March|May|{_SEASON})\b",
    "day of the month": r"(?<=\bon )the \d{1,2}(?:st|nd|rd|th)(?=[.,;:)]| (?:and|as|after|before|at|in)\b)",
    "year": rf"(?=[12])(?:{_AFTER}){_YEAR}(?![\d.,-]*\d|%)",
}
_PATTERN: Final = re.compile(r"(?<![\w$£€-])(?:" + "|".join(f"(?:{form})" for form in _FORMS.values()) + r")(?!\w)")
_VAGUE: Final = re.compile(r"(?:the )?(?:first|final|same|last) (?:minute|hour)s?$", re.IGNORECASE)
_AGE: Final = re.compile(r"[- ]olds?\b|-year\b")


def times(text: str) -> Iterator[Proposal]:
    """Yield the dates, clock times and durations of a text."""
    for found in _PATTERN.finditer(text):
        if not (_VAGUE.match(found[0]) or _AGE.match(text, found.end())):
            yield Proposal(*found.span(), "DATE", f"time: {_form(found[0])}", 80)


@lru_cache(1024)
def _form(words: str) -> str:
    """Return which form of time the words have, without their context."""
    return next((name for name, form in _FORMS.items() if re.match(form, words)), "year")


def is_time(words: str) -> bool:
    """Say whether words that a model took for a date are one by the scheme: a bare *years* is not."""
    return bool(_PATTERN.search(words))
