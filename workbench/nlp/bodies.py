"""Forces, alliances, events, sites and organisations, told by the word that heads their name."""

import re
from collections.abc import Iterator
from typing import Final

from workbench.nlp.mentions import Proposal

_CAP: Final = r"(?:[A-ZÀ-ÞĀČĐŁŚŠŻŽ][\w’'‑-]*|[A-Z]{2,})"
_LINK: Final = r"(?:of the|of|for the|for|and the|and|on the|on|in the|in|against|to|de la|de|du|des|del)"
_RUN: Final = rf"(?:{_CAP} )(?:(?:{_CAP}|{_LINK}) )*?"
_TAIL: Final = rf"(?: of (?:the )?{_CAP}(?: (?:{_CAP}|and {_CAP}))*)?"

_TYPES: Final = (
    r"peace|peacekeeping|reassurance|stabili[sz]ation|multinational|monitoring|protection|intervention|deterrence|security|standby"
    r"|(?:rapid[- ])?re(?:action|sponse)|rapid deployment|expeditionary|tripwire|convoy|escort|policing|coalition|buffer|interposition|follow-on"
    r"|implementation|assistance|observer|maritime|naval|ground|support|gang[- ]suppression|counter-?terrorism|verification|observation|border|joint"
)
_PLANNED: Final = re.compile(
    rf"(?<![\w-])(?:(?:international|multinational|joint|regional|hybrid|[Mm]ultinational|[Ii]nternational) )?(?:(?:{_TYPES}) )+force(?![\w-])(?! (?:commander|headquarters|majeure))"
    rf"(?: [A-Z]\w+)??",
)
_LARGE: Final = re.compile(rf"(?<![\w-])(?:multinational|Multinational) [Ff]orce [A-Z]\w+")
_FORCE: Final = re.compile(
    rf"(?<![\w-])(?:(?:Operation|Exercise(?!s)) {_CAP}(?: {_CAP}){{0,2}}"
    rf"|{_RUN}(?:Force|Mission|Brigade|Battalion|Battlegroup|Corps|Fleet|Guards?|Marines|Navy|Army|Air Force(?! One)|Armed Forces|Defen[cs]e Forces?"
    rf"|Self-Defen[cs]e Forces?|Regiment|Division|Task Force|Constabulary|Coastguard|Coast Guard)(?: (?:in|for) (?:the )?{_CAP}(?: {_CAP})*)?(?: {_CAP}| \d+)?(?![\w-]))"
)
_COALITION: Final = re.compile(r"(?<![\w-])[Cc]oalition (?:of|for) the [Ww]illing(?![\w-])")
_AD_HOC: Final = re.compile(
    r"(?<![\w-])((?:drones?|demining|de-mining|mine[- ]clearance|artillery|maritime|maritime security|air[- ]defen[cs]e|armou?r|tank|jet|fighter[- ]jet|F-16"
    r"|IT|cyber|shells?|ammunition|electronic[- ]warfare|capability|escort|coastguard|long-range|missile|sky shield|integrated air[- ]defen[cs]e) [Cc]oalition)(?![\w-])"
)
_ALLIANCE: Final = re.compile(
    rf"(?<![\w-]){_RUN}(?:Coalition|Alliance|Partnership|Pact|League|Community|Union|Quad|Compact|Bloc|Triangle){_TAIL}(?![\w-])|(?<![\w-])(?:Alliance|League|Community|Union|Economic Community) of (?:the )?{_CAP}(?: {_CAP})*"
)
_EVENT: Final = re.compile(
    rf"(?<![\w-])(?:{_RUN}(?:Conference|Summit|Congress|Assembly|Dialogue|Forum|Games|Olympics|Cup|Festival|War|Talks)(?! Room| Hall| Office| Secretary| Minister)(?: \d+)?(?: (?:on|for) {_CAP}(?: {_CAP})*)?"
    rf"|{_CAP}(?: {_CAP}){{0,2}} (?:summit|conference|war)(?!s| room| effort| crime| planes?)"
    rf"|(?:First|Second|1st|2nd) World War|World War (?:I{{1,2}}|One|Two|1|2)|[Cc]old [Ww]ar|Cop ?\d\d|COP ?\d\d)(?![\w-])"
)
_SITE: Final = re.compile(
    rf"(?<![\w-]){_RUN}(?:House|Palace|Castle|Hall|Airport|Barracks|Bridge|Square|Cathedral|Stadium|Hotel|Camp|Air Base|Airbase|Base|Naval Base|Crossing|Tower|Prison|Canal|Port|Harbou?r|Airfield|Dockyard|Centre for Events)(?![\w-])(?! (?:of|for) [A-Z])|Oval Office"
)
_LAND: Final = re.compile(
    rf"(?<![\w-])(?:(?:{_CAP} ){{1,3}}(?:Sea|Ocean|Gulf|Strait|Straits|Peninsula|Islands?|River|Valley|Desert|Mountains|Channel|Bay|Basin|Corridor|Lakes?)(?![\w-])"
    rf"|(?:Gulf|Strait|Bay|Sea|Horn|Straits) of {_CAP}(?: {_CAP})?)"
)
_BODY: Final = re.compile(
    rf"(?<![\w-])(?:{_CAP} (?:{_CAP} )?and )?{_RUN}(?:Ministry|Commission|Council|Agency|Committee|Department|Parliament|Senate|Party|Institute|University|Bank|Court|Office|Organi[sz]ation"
    rf"|Authority|Foundation|Network|Association|Federation|Society|Bureau|Board|Congress|Assembly|Centre|Center|Secretariat|Registry|Trust|Fund|Group|Times|Post|Newswire|News|Courier|Gazette)(?: (?:of|for|on) (?:the )?{_CAP}(?: (?:and )?{_CAP})*)?(?![\w-])"
    rf"|(?<![\w-])(?:Ministry|Department|House|Bank|Council|Court) of (?:the )?{_CAP}(?: {_CAP})*"
)
_SERVICE: Final = re.compile(r"(?<![\w-])(?:Navy|Army|Air Force(?! One)|RAF|Marines|Coastguard|Coast Guard)(?![\w-])")
_PAPER: Final = re.compile(rf"(?<![\w-])(?:Daily|Sunday|Evening) (?!Politics){_CAP}(?![\w-])")
_TITLES: Final = re.compile(
    r"^(?:The|A|An|This|That|In|On|At|And|But|For|When|While|As|Its|His|Her|Their|Our|If|Under|After|Before|From|With|By|To|Of|Both|No|Not|Even|Since|Why|How|What|Like|Former|Ex|Retired|Young|Old) "
)
_STOPS: Final = frozenset(
    {"The Force", "The Mission", "The Council", "The Alliance", "Press Conference", "News Conference"}
)

_RULES: Final = (
    (_COALITION, "ALLIANCE", "coalition of the willing", 95),
    (_AD_HOC, "ALLIANCE", "purpose + coalition", 75),
    (_LARGE, "FORCE", "multinational force + place", 96),
    (_PLANNED, "FORCE", "type + force", 74),
    (_FORCE, "FORCE", "name of a force", 91),
    (_ALLIANCE, "ALLIANCE", "name of an alliance", 89),
    (_EVENT, "EVENT", "name of an event", 90),
    (_SITE, "FAC", "name of a site", 89),
    (_LAND, "LOC", "name of a region", 89),
    (_SERVICE, "FORCE", "armed service", 50),
    (_PAPER, "ORG", "newspaper", 82),
    (_BODY, "ORG", "name of a body", 89),
)


def bodies(text: str) -> Iterator[Proposal]:
    """Yield names and descriptions of forces, alliances, events, sites, regions and organisations."""
    for pattern, label, cue, rank in _RULES:
        for found in pattern.finditer(text):
            start, end = found.span()
            while opening := _TITLES.match(text[start:end]):
                start += opening.end()
            words = text[start:end]
            if (
                (" " in words or pattern is _SERVICE)
                and words not in _STOPS
                and "\n" not in words
                and not words.isupper()
            ):
                yield Proposal(start, end, label, cue, rank)
