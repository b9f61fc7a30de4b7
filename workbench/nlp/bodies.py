"""Forces, alliances, events, sites and organisations, told by the word that heads their name."""

import re
from collections.abc import Iterator
from typing import Final

from workbench.nlp.gazetteer import Gazetteer
from workbench.nlp.mentions import Proposal
from workbench.nlp.names import CAPITAL

_CAP: Final = rf"[{CAPITAL}][\w&-]*(?:[’'](?!s\b)\w+)*"
_LINK: Final = r"(?:(?:of the|of|and|for the|for|de la|de|du) )?"
_TOLD: Final = frozenset({"Statement", "Declaration", "Communiqué", "Communique", "Conclusions"})
_RUN: Final = re.compile(rf"(?<![\w-]){_CAP}(?: {_LINK}{_CAP})*(?: \d{{1,3}}\b(?![,.]\d))?")
_HEADS: Final = {
    "FORCE": "Force Mission Brigade Battalion Battlegroup Corps Fleet Guard Guards Marines Navy Army Regiment"
    " Constabulary"
    " Coastguard Forces",
    "ALLIANCE": "Coalition Alliance Partnership Pact League Community Union Compact Bloc Triangle Quad Quartet Troika",
    "EVENT": "Conference Summit Dialogue Forum Games Olympics Cup Festival War Talks",
    "FAC": "House Palace Castle Hall Airport Barracks Bridge Square Cathedral Stadium Hotel Camp Airbase Base"
    " Crossing Tower"
    " Prison Port Harbour Harbor Airfield Dockyard",
    "LOC": "Canal Cape Sea Ocean Gulf Strait Straits Peninsula Island Islands River Valley Desert Mountains Channel"
    " Bay Basin"
    " Corridor"
    " Lake Lakes Horn",
    "ORG": "Ministry Commission Council Agency Committee Department Parliament Senate Party Institute University"
    " Bank Court"
    " Office Organisation Organization Authority Foundation Network Association Federation Society Bureau Board"
    " Congress"
    " Assembly Centre Center Secretariat Registry Trust Fund Group Times Post Newswire News Courier Gazette Television"
    " Herald Journal Tribune Chronicle Telegraph Agencies",
}  # fmt: skip
_LABELS: Final = {word: label for label, words in _HEADS.items() for word in words.split()}
_SURNAMES: Final = frozenset({
    "House", "Castle", "Hall", "Bridge", "Camp", "Port", "Bay", "Lake", "Post", "Bank", "Court", "Tower", "Valley",
    "Horn", "Channel", "Island", "Guard", "Fleet", "Square",
})  # fmt: skip
_SHORT: Final = frozenset(
    {"Compact", "Pact", "Quad", "Quartet", "Troika", "Partnership", "League", "Coalition", "Bloc"}
)
_RANKS: Final = {"FORCE": 91, "ALLIANCE": 89, "EVENT": 90, "FAC": 89, "LOC": 89, "ORG": 89}
_ARMED: Final = frozenset(
    {"Armed", "Defence", "Defense", "Self-Defence", "Self-Defense", "Land", "Support", "Task", "Democratic"}
)
_OPENERS: Final = frozenset({
    "The", "A", "An", "This", "That", "These", "Those", "In", "On", "At", "And", "But", "For", "When", "While",
    "As", "Its", "His", "Her", "Their", "Our", "If", "Under", "After", "Before", "From", "With", "By", "To", "Of",
    "Both", "No", "Not", "Even", "Since", "Why", "How", "What", "Like", "Former", "Ex", "Retired", "Young", "Old",
    "All", "Some", "Each", "Most", "Many",
})  # fmt: skip
_JOINTS: Final = frozenset({"and", "for", "on", "of", "the", "de", "du", "la"})
_BEFORE_OF: Final = frozenset({"ORG", "ALLIANCE", "LOC"})
_NO_NAMES: Final = frozenset(
    {
        "Force",
        "Air Force One",
        "Task Force",
        "Press Conference",
        "News Conference",
        "State House",
        "West Bank",
        "South Bank",
    }
)
_SITES: Final = re.compile(r" (?:airport|air ?base|naval base|barracks)\b")
_LOWER: Final = re.compile(r" (?:summit|conference|war)\b(?! (?:room|effort|crimes?|planes?|hall))")
_SERVICE: Final = frozenset({"Navy", "Army", "RAF", "Marines", "Coastguard"})
_WARS: Final = re.compile(
    r"(?:First|Second|1st|2nd) World War|World War (?:II?|One|Two|1|2)|[Cc]old [Ww]ar|C[Oo][Pp] ?\d\d"
)

_TYPE: Final = (
    r"(?:peace|peacekeeping|reassurance|stabili[sz]ation|multinational|monitoring|protection|intervention|deterrence"
    r"|security"
    r"|standby|(?:rapid[- ])?re(?:action|sponse)|rapid deployment|expeditionary|tripwire|convoy|escort|policing"
    r"|coalition|buffer"
    r"|interposition|implementation|observer|maritime|ground|gang[- ]suppression|counter-?terrorism|verification"
    r"|observation)"
)
_WORDED: Final = (
    (re.compile(
        r"(?<![\w-])[Cc]oalition (?:of|for) the [Ww]illing(?![\w-])"
    ), "ALLIANCE", "coalition of the willing", 95),
    (
        re.compile(
            r"(?<![\w-])(?:drones?|de-?mining|mine[- ]clearance|artillery|maritime(?: security)?|air[- ]defen[cs]e"
            r"|armou?r|tank"
            r"|(?:fighter[- ])?jet|F-16|IT|cyber|shells?|ammunition|electronic[- ]warfare|capability|escort"
            r"|coastguard|missile)"
            r" [Cc]oalition(?![\w-])"
        ),
        "ALLIANCE", "purpose + coalition", 75,
    ),
    (re.compile(r"(?<![\w-])[Mm]ultinational [Ff]orce [A-Z]\w+"), "FORCE", "multinational force + place", 96),
    (
        re.compile(
            rf"(?<![\w-])(?:(?:international|multinational|joint|regional"
            rf"|hybrid) )?(?:{_TYPE} )+(?:force|brigade)(?![\w-])(?! commander)"
        ),
        "FORCE", "type + force", 74,
    ),
    (re.compile(rf"(?<![\w-])Operation {_CAP}(?: {_CAP}){{0,2}}"), "FORCE", "name of an operation", 92),
    (re.compile(rf"(?<![\w-])(?:Daily|Sunday|Evening) {_CAP}"), "ORG", "newspaper", 82),
    (re.compile(r"(?<![\w-])Oval Office"), "FAC", "name of a site", 92),
    (re.compile(
        r"(?<![\w-])(?<!of the )(?<!of )(?:(?:Joint|General|Naval|Air) Staff|Joint Chiefs of Staff)(?![\w-])"
    ), "ORG", "military staff", 90),
    (re.compile(
        r"(?<=[a-z] )Cabinet(?![\w-])(?! (?:[Ss]ecretary|[Mm]inister|Office|Mission))"
    ), "ORG", "cabinet", 60),
    (re.compile(
        r"(?<![\w-])(?:Pacific|Atlantic|Mediterranean|Caribbean|Arctic|Antarctic)(?![\w-])"
    ), "LOC", "name of a region", 71),
    (re.compile(rf"(?<![\w-])(?:Lake|Mount) {_CAP}(?! [{CAPITAL}])"), "LOC", "name of a lake or mountain", 93),
    (_WARS, "EVENT", "name of a war", 92),
)  # fmt: skip


_FIRM: Final = re.compile(
    r"\b(?:(?:at|of|from|by|to|with|for) (?:[\w-]+ )?(?:broker|brokerage|insurer|lender|operator|manufacturer"
    r"|maker|firm|company|start-?up|charity|carrier|contractor|shipping line)|consultancy|think[- ]tank"
    r"|newspaper|broadcaster|news agency"
    r"|pollster|(?:chip|car|plane|arms|aircraft|drone)[- ]?maker|shipbuilder|airline"
    r"|defen[cs]e (?:giant|company|contractor|firm"
    rf"|group)) (?P<name>{_CAP}(?: {_CAP}){{0,3}})"
)


def firms(text: str, gazetteer: Gazetteer) -> Iterator[Proposal]:
    """Yield the companies, institutes and papers that the word before them tells: *at broker Fenwick Steel*."""
    for found in _FIRM.finditer(text):
        if gazetteer.demonyms.isdisjoint(found["name"].split(" ")):
            yield Proposal(*found.span("name"), "ORG", "kind of company + name", 91)


def heads_a_body(name: str) -> bool:
    """Say whether the last word of a name makes it a body's, and is nobody's family name."""
    last = name.rsplit(" ", maxsplit=1)[-1]
    return last in _LABELS and last not in _SURNAMES


def bodies(text: str, gazetteer: Gazetteer) -> Iterator[Proposal]:
    """Yield names and descriptions of forces, alliances, events, sites, regions and organisations."""
    for pattern, label, cue, rank in _WORDED:
        for found in pattern.finditer(text):
            yield Proposal(*found.span(), label, cue, rank)
    short: set[str] = set()
    for run in _RUN.finditer(text):
        if run[0].isupper() and " " in run[0]:
            continue
        start, words = _opened(run.start(), run[0].split(" "), gazetteer)
        if words:
            for each in _named(start, words):
                yield each
                short |= _SHORT.intersection([words[-1]]) if each.label == "ALLIANCE" else set()
            yield from _event(text, run.end(), words, gazetteer)
            site = None if "and" in words or gazetteer.demonyms.issuperset(words) else _SITES.match(text, run.end())
            if site:
                yield Proposal(start, site.end(), "FAC", "name + airport or base", 90)
    if short:
        for again in re.finditer(rf"(?:(?<=[Tt]he )|(?<=[Tt]his ))(?:{'|'.join(sorted(short))})(?![\w-]| [A-Z])", text):
            yield Proposal(*again.span(), "ALLIANCE", "short for a group’s name", 80)


def _opened(start: int, words: list[str], gazetteer: Gazetteer) -> tuple[int, list[str]]:
    """Leave out what only opens the sentence, what the body says, and a country that is coordinated with the name."""
    told = next((at for at, word in enumerate(words) if word in _TOLD), None)
    if told is not None and words[told + 1 : told + 2] == ["of"]:
        last = max((at for at, word in enumerate(words) if word == "the"), default=told + 1)
        start += len(" ".join(words[: last + 1])) + 1
        words = words[last + 1 :]
    while words:
        coordinated = len(words) > 2 and words[1] == "and" and words[0] in gazetteer.demonyms
        if not (words[0] in _OPENERS or words[0] in _JOINTS or coordinated):
            break
        start += len(words[0]) + 1
        words = words[1:]
    return start, words


def _named(start: int, words: list[str]) -> Iterator[Proposal]:
    """Yield the name that a run of capitalised words holds, if a head word tells what it is."""
    if len(words) == 1:
        if words[0] in _SERVICE:
            yield Proposal(start, start + len(words[0]), "FORCE", "armed service", 50)
        return
    opening = _LABELS.get(words[0]) if words[1] == "of" else None
    if opening in _BEFORE_OF:
        end = next((at for at in range(2, len(words)) if words[at] in _JOINTS), len(words))
        yield _proposal(start, words[: end if words[end - 1] != "the" else end - 1], opening)
        if not any(word in _LABELS for word in words[end:]):
            return
    if headed := _headed(words):
        yield _proposal(start, words[: headed[0]], headed[1])


def _headed(words: list[str]) -> tuple[int, str] | None:
    """Return where a name ends and its label: at the last head word, with *of …* behind an organisation's."""
    heads = [at for at in range(1, len(words)) if words[at] in _LABELS]
    heads = [at for at in heads if words[at] != "Forces" or words[at - 1] in _ARMED]
    if not heads:
        return None
    last = heads[0] if len(heads) > 1 and "of" in words[heads[0] : heads[-1]] else heads[-1]
    if words[last : last + 2] == ["Force", "One"]:
        return None
    label, end = _LABELS[words[last]], last + 1
    behind = words[end] if end < len(words) else ""
    if label in {"ORG", "ALLIANCE"} and behind in {"of", "for"} and words[end + 1] != "the":
        end = next((at for at in range(end + 2, len(words)) if words[at] in {"and", "for"}), len(words))
    elif label == "FORCE" and (behind.isdigit() or (behind and words[last] == "Force" and behind not in _JOINTS)):
        end += 1
    return end, label


def _proposal(start: int, words: list[str], label: str) -> Proposal:
    name = " ".join(words)
    return Proposal(start, start + len(name), label, f"name: … {words[-1]}", 0 if name in _NO_NAMES else _RANKS[label])


def _event(text: str, end: int, words: list[str], gazetteer: Gazetteer) -> Iterator[Proposal]:
    """Yield a name with *summit*, *conference* or *war* behind it."""
    found = _LOWER.match(text, end)
    if not found:
        return
    while "and" in words or "of" in words:
        words = words[1:]
    adjective = len(words) == 1 and any(how == "adjective" for _, how in gazetteer.matching(words[0])[:1])
    if words and len(words) < 4 and not adjective:
        yield Proposal(end - len(" ".join(words)), found.end(), "EVENT", "name + summit, conference or war", 93)
