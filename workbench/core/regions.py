"""Which parts of an article are not running text: headline, captions, credits and boilerplate.

A pure function of the text, used at import; whoever imports may know better and pass regions of
their own. Nothing is cut out: stances and commitments are not sought there, and entities are flagged.
"""

import re
from collections.abc import Iterator
from typing import Final

from workbench.core.annotation import Region
from workbench.core.text import AGENCIES, paragraphs

_HEADLINE: Final = 200
_AGENCY: Final = rf"(?:{AGENCIES})(?:\s?Images)?"
_END: Final = re.compile(r"[.!?…][\"'”’)]*$")
_MARKED: Final = re.compile(r"\[caption[^\]]{0,1000}\]|\[/caption\]")
_CREDIT: Final = re.compile(
    rf"(?:(?:Photo(?:graph)?s?|Pictures?|Images?|Illustration|Credit|Photograph)\s?(?:by|:|credit:?)\s?.{{1,80}}"
    rf"|©.{{1,80}}|{_AGENCY}(?:\s?/\s?[\w ]+)?)$"
)
_TAIL: Final = re.compile(
    rf"(?:(?<=[a-zß-ÿ\d.’”)])|(?<=[\w.]\s))({_AGENCY}(?:/[\w ]+)?)(?=\s*(?:\[/caption\]|$))"
    rf"|(?<=[a-zß-ÿ])({_AGENCY})(?=[A-ZÀ-Þ][a-zß-ÿ])"
    rf"|^({_AGENCY})(?=[A-ZÀ-Þ][a-zß-ÿ])"
)
_BOILERPLATE: Final = re.compile(
    r"""^(?:[•*\-–—▪►»>…\s])*(?:
    (?:read|see)\s(?:more|also|next|our|the\sfull)\b | related(?:\s(?:articles?|stor(?:y|ies)|content))?\s*[:|]
    | more\s(?:on|from|stories)\b
    | (?:sign|signed)\sup\b | subscribe\b | (?:click|tap)\shere\b | follow\s(?:us|our|the\s\w+\son)\b
    | download\s(?:our|the)\b | join\s(?:us|our|the\sconversation)\b
    | support\s(?:us|our|the\s\w+|independent|quality)\b.{0,60}(?:from|today|journalism|month|now)
    | (?:this\s(?:site|website)\suses|we\suse|accept\s(?:all\s)?)\s?(?:\w+\s){0,2}cookies
    | manage\s(?:your\s)?(?:preferences|cookies|consent) | privacy\spolicy
    | you\sare\s(?:receiving|reading\sa\sfree) | unsubscribe\b | forward\sto\sa\sfriend
    | view\s(?:in\syour\sbrowser|comments)
    | what\sdo\syou\sthink\? | have\syour\ssay | do\syou\shave\s(?:a\sstory|an\sopinion|a\stip|more\sinformation)
    | do\syou\shave\sa\sloved\sone
    | get\s(?:the\slatest|our|in\stouch|all\sthe) | share\sthis\b | advertisement\b | sponsored\b | recommended\b
    | most\sread\b | trending\b
    | copyright\b | all\srights\sreserved | ©\s?\d{4} | (?:letters?|e-?mail|send\sus|contact)\b.{0,60}@
    | as\syou[’']re\shere | since\syou[’']re\shere
    | (?:a\ssmall\sfavour|before\syou\sgo|thank\syou\sfor\sreading\sour) | if\syou\s(?:enjoyed|liked)\sthis
    | (?:listen|watch)\s(?:to\sour|now|live|:)
    | the\sviews\sexpressed | this\snewsletter\b | newsletter\b | about\sthe\sauthors?\b | notes?\sto\seditors
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_APPEAL: Final = re.compile(
    r"\b(?:small favour|no paywall|price of a coffee|from (?:as little as )?[£$€]\d+ a (?:month|week)"
    r"|make a (?:donation|contribution) to (?:our|support)"
    r"|become a (?:member|supporter|subscriber)|support our journalism|our (?:newsletter|daily email|newsdesk"
    r"|app)\b|(?:letters|tips|exclusive|newsdesk|editor)@)",
    re.IGNORECASE,
)

_OF_APPEALS: Final = (
    "favour", "paywall", "coffee", " a month", " a week", "make a ", "become a ", "our journalism", "our newsletter",
    "our daily email", "our newsdesk", "our app", "@",
)  # fmt: skip
"""One of these is in every appeal; texts without any, which most are, need no search."""
_OF_CREDITS: Final = tuple(AGENCIES.split("|"))
_FOLDED_APART: Final = "\u0130\u0131\u017f\u212a"
"""Letters that a search without regard to case takes for i, s and k."""


def regions(text: str) -> tuple[Region, ...]:
    """List headline, captions, credits and boilerplate in reading order."""
    lines = paragraphs(text)
    credited = any(agency in text for agency in _OF_CREDITS)
    folded = text.casefold()
    appealing = any(words in folded for words in _OF_APPEALS) or any(sign in text for sign in _FOLDED_APART)
    found = [
        *_headline(text, lines),
        *_captions(text, lines, credited=credited),
        *_boilerplate(text, lines, appealing=appealing),
    ]
    return tuple(sorted(set(found), key=lambda region: (region.start, region.end)))


def _headline(text: str, lines: list[tuple[int, int]]) -> Iterator[Region]:
    """Yield the first line, if it stands above others and is no sentence."""
    if len(lines) < 2:
        return
    start, end = _bare(text, *lines[0])
    words = text[start:end]
    if len(words) <= _HEADLINE and not _END.search(words) and not _BOILERPLATE.match(words):
        yield Region(start, end, "headline")


def _captions(text: str, lines: list[tuple[int, int]], *, credited: bool) -> Iterator[Region]:
    """Yield lines that end or begin with a photo credit, or are marked as captions, and the credits in them."""
    for start, end in lines:
        line = text[start:end]
        tails = _TAIL.finditer(line) if credited else ()
        credits = [(start + each.start(), start + each.end()) for each in tails]
        if _CREDIT.fullmatch(line.strip()):
            yield Region(*_bare(text, start, end), "credit")
        elif _MARKED.search(line) or (credits and len(line) < 300):
            yield Region(*_bare(text, start, end), "caption")
            for first, last in credits:
                yield Region(first, last, "credit")


def _boilerplate(text: str, lines: list[tuple[int, int]], *, appealing: bool) -> Iterator[Region]:
    """Yield appeals, links to other articles, and what surrounds the article on its page."""
    for start, end in lines:
        line = text[start:end].strip()
        if _BOILERPLATE.match(line) or (appealing and len(line) < 900 and _APPEAL.search(line)):
            yield Region(*_bare(text, start, end), "boilerplate")


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    line = text[start:end]
    return start + len(line) - len(line.lstrip()), end - len(line) + len(line.rstrip())
