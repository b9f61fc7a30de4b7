"""Amounts of money, numbers of people and things, and weapons."""

import re
from collections.abc import Iterator
from typing import Final

from workbench.nlp.mentions import Proposal
from workbench.nlp.ships import SHIPS
from workbench.nlp.times import NUMBER

_SCALE: Final = r"(?:\s?(?:hundred|thousand|million|billion|trillion|bn|mn|tn|m|k)\b)?"
_SIGN: Final = r"(?:(?:US|AU?|CA?|NZ|HK|S|R)?[$]|[£€¥₹₽₴₩])"
_CODE: Final = r"(?:USD|EUR|GBP|JPY|CAD|AUD|NZD|CHF|SEK|NOK|DKK|PLN|INR|CNY|UAH|KRW|ZAR)"
_COIN: Final = (
    r"(?:(?:US|U\.S\.|American|Canadian|Australian|New Zealand|Swiss|Danish|Norwegian|Swedish|Czech) )?"
    r"(?:dollars?|euros?|pounds?(?: sterling)?|yen|won|yuan|kron(?:er|or|a|e)|francs?|z[lł]otys?|roubles?|rubles?"
    r"|rupees?"
    r"|hryvnias?|lira|rand|shekels?|dirhams?|riyals?|naira|shillings?|pesos?|koruna)\b"
)
_FIGURE: Final = r"\d+(?:[.,]\d+)*"
_MONEY: Final = re.compile(
    rf"(?:(?:between {_SIGN}\s?{_FIGURE}{_SCALE} and )?{_SIGN}\s?{_FIGURE}(?:[-–]{_FIGURE})?{_SCALE}"
    rf"|\b{_CODE}\s?{_FIGURE}{_SCALE}"
    rf"|\b(?:{_FIGURE}{_SCALE}|(?:a |half a )?{NUMBER}(?: (?:hundred|thousand|million|billion"
    rf"|trillion))+)\s(?:{_COIN}|{_CODE}\b))"
)
_ABOUT: Final = (
    r"(?:(?:just|about|around|some|nearly|almost|more than|over|just over|well over|up to|at least|at most"
    r"|fewer than|less than"
    r"|roughly|approximately|an estimated|as many as|no more than|no fewer than|barely|close to|under|just under"
    r"|upwards of"
    r")\s)"
)
_PEOPLE: Final = (
    r"troops?|soldiers?|personnel|military|servicemen|peacekeepers?|police(?:men|women)?|officers?|gendarmes?"
    r"|marines?|sailors?"
    r"|airmen|pilots?|engineers?|sappers?|trainers?|instructors?|advis[eo]rs?|monitors?|observers?|medics?|doctors?"
    r"|nurses?|surgeons?|squaddies|blue helmets"
    r"|reservists?|volunteers?|recruits?|fighters?|combatants?|commandos?|paratroopers?|specialists?|experts?|planners?"
    r"|operators?|technicians?|staff|forces?|infantry(?:men)?|men|women|guards?|rangers?|conscripts?|veterans?"
    r"|agents?|crew"
    r"|interpreters?|analysts?|inspectors?|contractors?|brigades?|battalions?|battlegroups?|companies of|platoons?"
    r"|squadrons?"
    r"|regiments?|divisions?|contingents?|units?|teams?|civilians? (?:staff|experts?|monitors?)|liaison"
)
_THINGS: Final = (
    r"tanks?|vehicles?|carriers?|trucks?|lorries|ambulances?|bulldozers?|jets?|planes?|aircraft|airframes?"
    r"|helicopters?|drones?"
    r"|satellites?|ships?|vessels?|boats?|frigates?|destroyers?|corvettes?|submarines?|cutters?|mine-?hunters?"
    r"|mine-?sweepers?"
    r"|tankers?|warships?|warplanes?|fighters?|bombers?|howitzers?|guns?|launchers?|batteries|battery|systems?"
    r"|missiles?|rockets?"
    r"|shells?|rounds?|rifles?|bombs?|torpedoes|mines?|interceptors?|icebreakers?|ferries|craft|tonnes|tons|radars?"
    r"|generators?|hospitals?|kits?|jammers?"
    r"|F-\d\ds?|Leopards?|Patriots?|Gripens?|Rafales?|Mirages?|Typhoons?|Himars|trains?|bridges|excavators?"
)
_PARTIES: Final = (
    r"countries|nations|states|governments|leaders|members|allies|partners|capitals|participants|delegations|ministers"
    r"|signatories|contributors|envoys|nationalities|heads of (?:state|government)"
)
_BETWEEN: Final = r"(?:(?!and\b|or\b|of\b|to\b|in\b|from\b|by\b|with\b|the\b)[\w’'-]+\s){0,3}?"
_COUNTED: Final = re.compile(
    rf"(?<![\w.,$£€/:-])(?P<n>(?:between {NUMBER} and )?{_ABOUT}*(?P<bare>(?<![.,\d]){NUMBER}"
    rf"(?![\d,.]*\d)(?:\s(?:hundred|thousand"
    rf""
    rf"|million)\b)*(?:[-–]{_FIGURE}| (?:to|or) {NUMBER})?))"
    rf"[”\"’]?[\s-](?P<mid>(?:of\s(?:its|their|his|her|the|our)\s)?{_BETWEEN})(?P<noun>{_PEOPLE}|{_THINGS}"
    rf"|{_PARTIES})\b(?![’'-]\w)",
    re.IGNORECASE,
)
_HANDED: Final = re.compile(
    r"\b(?:hand(?:ed|s|ing)?|turn(?:ed|s|ing)?|t[ao]kes?|taken|taking|sign(?:ed|s|ing)?) over $", re.IGNORECASE
)
_STRONG: Final = re.compile(rf"(?<![\w.,$£€/:-])({NUMBER})-strong\b", re.IGNORECASE)
_GIVEN: Final = re.compile(
    rf"\b(?:pledg\w+|promis\w+|send(?:s|ing)?|sent|offer\w*|deploy\w*|put up|provid\w+|contribut\w+|commit\w*"
    rf"|suppl(?:y|ied|ies)"
    rf"|train(?:ed)?|dispatch\w*|(?:force|brigade|battalion|contingent|company|staff|unit|garrison|total|crew|post"
    rf"|party) of)\s"
    rf"((?:{_ABOUT}*)(?:\d+(?:,\d{{3}})*|{NUMBER}))(?![\d,.]*\d)"
    rf"(?=\s*[.,;)”\"’“‘]|\s+(?:lands?|by|within|from|to|in|for|and"
    r"|more|at|on)\b|\s*$)",
    re.IGNORECASE | re.MULTILINE,
)
_DEMONYMS: Final = re.compile(rf"(?<![\w.,$£€/:-])({_ABOUT}*\d+(?:,\d{{3}})*)\s(?=[A-Z]\w+(?:s|ese|ish|men)\b)")

_KIND: Final = (
    r"cruise|ballistic|hypersonic|coast ?guard|radar"
    r"|air[- ]defen[cs]e|anti-(?:tank|aircraft|ship|drone|missile|personnel)|surface-to-(?:air"
    r"|surface)|long-range|short-range"
    r"|medium-range|air-to-air|fighter|combat|battle|patrol|attack|transport|surveillance|reconnaissance|spy|cargo"
    r"|artillery|armou?red"
    r"|guided|glide|cluster|precision|stealth|maritime|naval|interceptor|assault|sea|land|nuclear|battle|mortar"
    r"|tactical|strike"
    r"|infantry fighting|guided-missile|air-launched|refuelling|tanker|early-warning|multi-role|self-propelled"
    r"|rocket|grenade|missile|drone"
)
_NAMED: Final = (
    r"(?:F|F/A|FA|A|B|C|CH|UH|AH|KC|KF|JF|J|T|BTR|BMP|Su|MiG|Mi|Ka|Tu|Il|An|S|V|L|RC|TB)-\d\d\d?[A-Z]{0,2}"
    r"|(?:P|E|MQ|RQ)-\d[A-Z]?|A400M|Mi-\d|Type \d\d|Leopard(?: [12](?:A\d)?)?|Abrams|Challenger(?: 2)?"
    r"|Bradley|Patriot|Himars|HIMARS|ATACMS|Atacms"
    r"|Storm Shadow|Scalp|SCALP|Taurus|Gripen|Rafale|Mirage(?: 2000)?|Typhoon|Eurofighter(?: Typhoon)?|Iris-T|IRIS-T"
    r"|NASAMS|Nasams|Javelin|Stinger"
    r"|Caesar|Archer|Gepard|Marder|Stryker|Tomahawk|Trident|Predator|Reaper|Bayraktar|Shahed|Tornado|Hercules"
    r"|Chinook|Apache|Black Hawk|AWACS|Awacs"
    rf"|SAMP/T|Starlink|Exocet|Harpoon|Iskander|Kinzhal|Kalibr|Oreshnik|Grad|(?:{'|'.join(sorted(SHIPS))}) [A-Z]\w+"
)
_MODEL: Final = r"(?:(?!M23)[KMT]\d{1,3}\w{0,2}|[A-Z][a-z]+[A-Z][a-z]\w*|[A-Z][a-z]+-(?:[A-Z]|\d)\w?)"
_HEADS: Final = (
    r"(?:aircraft|helicopter|personnel|troop) carriers?|armou?red cars?|[A-Z][\w’'-]+-class (?:vessels?|ships?|boats?)"
    r"|aircraft(?! (?:carrier|maker))|rocket launchers|mortar rounds|night-vision goggles"
    r"|(?<!cargo )(?<!grain )(?<!cruise )(?<!merchant )(?<!container )(?<!relief )(?<!hospital )(?:ships?|planes?"
    r"|boats?|carriers?)|jets?|warplanes?|missiles?|rockets?|tanks?|howitzers?|helicopters?|drones?|frigates?"
    r"|destroyers?|corvettes?|submarines?|warships?"
    r"|gunboats?|mine-?hunters?|mine-?sweepers?|icebreakers?|torpedo(?:es)?|munitions?|ammunition|ammo|artillery"
    r"|mortars?|bombers?|rifles?"
    r"|weapon (?:stocks?|stockpiles?|systems?)|weapons|weaponry|shells|mines|warheads?|grenades?|landmines?"
    r"|interceptors?|battleships?"
    r"|F-\d\ds|Leopards|Patriots|Gripens|Rafales|Typhoons|Stingers|Javelins|airframes"
)
_LOOSE: Final = (
    r"planes?|aircraft|vessels?|guns?|mines?|shells|bombs|satellites?|vehicles?|carriers?|systems?|batteries|battery"
    r"|fighters?|launchers?"
)
_WEAPON: Final = re.compile(
    rf"(?<![\w-])(?:(?:(?:[A-Z][\w’'-]+-class|{_MODEL}) )?(?:(?:{_KIND}|{_NAMED})[ -])*(?:{_HEADS})"
    rf"|(?:(?:{_KIND}|{_NAMED})[ -])+(?:{_LOOSE})"
    rf"|(?:{_NAMED})s?)(?![\w-])"
)
_CIVIL: Final = re.compile(
    r"(?:\b(?:car|bulk|livestock|budget|low-cost|mail|repair|research|survey|cable|fishing|passenger|commercial|trading|civil"
    r"|civilian|rescue|hijacked|private|chartered|presidential)|-(?:owned|flagged)) $"
)
_NOT_WEAPON: Final = re.compile(
    r"\s(?:industry|treaty|inspectors?|programmes?|programs?|test|tests|attacks?|strikes?|factory|factories|makers?"
    r"|company|commander|base"
    r"|talks|control|deal|strike|exports?|coalition|fire|pilots?|crews?|operators?|manufacturers?|production"
    r"|squadrons?|sorties|parts|unit)\b",
    re.IGNORECASE,
)


def money(text: str) -> Iterator[Proposal]:
    """Yield the amounts of money."""
    for found in _MONEY.finditer(text):
        yield Proposal(*found.span(), "MONEY", "amount with currency", 85)


def quantities(text: str) -> Iterator[Proposal]:
    """Yield the numbers that count people, materiel or participants, with their approximator."""
    for found in _COUNTED.finditer(text):
        noun = found["noun"].casefold()
        ordinary = re.fullmatch(_PARTIES, noun) is not None
        if found["bare"].casefold() == "one" or (found["bare"].casefold() == "two" and ordinary):
            continue
        start, end = found.span("n")
        start += len("over ") * bool(_HANDED.search(text, max(0, start - 12), start + len("over ")))
        yield Proposal(start, end, "QUANTITY", f"number + {noun}", 60)
    for pattern, cue in ((_STRONG, "number-strong"), (_GIVEN, "number given"), (_DEMONYMS, "number + people")):
        for found in pattern.finditer(text):
            if not re.fullmatch(r"(?:19|20)\d\d|one", found[1]):
                yield Proposal(*found.span(1), "QUANTITY", cue, 55)


def weapons(text: str) -> Iterator[Proposal]:
    """Yield weapons, platforms and munitions, by name or by common noun."""
    for found in _WEAPON.finditer(text):
        civil = found[0][0].islower() and _CIVIL.search(text, max(0, found.start() - 24), found.start())
        if not civil and not _NOT_WEAPON.match(text, found.end()):
            named = found[0].split(maxsplit=1)[0] in SHIPS
            yield Proposal(*found.span(), "WEAPON", "weapon word", 92 if named else 60)
