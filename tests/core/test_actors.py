"""The shipped registry is whole, and texts name its actors as editors would expect."""

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pycountry
import pytest

from workbench.core.actors import Actor, Registry, read, shipped

FOLDER = Path(__file__).parents[2] / "seeds" / "actors"
REGISTRY = shipped(FOLDER)
STATES = [actor for actor in REGISTRY if actor.kind == "state"]
# What ISO codes beside the 193 members, the two observers and Taiwan.
DEPENDENT = """
ABW AIA ALA ASM ATA ATF BES BLM BMU BVT CCK COK CUW CXR CYM ESH FLK FRO GGY GIB GLP GRL GUF GUM HKG HMD IMN IOT JEY
MAC MAF MNP MSR MTQ MYT NCL NFK NIU PCN PRI PYF REU SGS SHN SJM SPM SXM TCA TKL UMI VGB VIR WLF
"""
# The canonical names that the worked example uses.
CANONICAL = (
    """
Anthony Albanese|Australia|BBC|Belgium|Canada|Coalition of the Willing (Ukraine)|Commonwealth of Nations
Democratic Party (US)|Donald Trump|Emmanuel Macron|Espen Barth Eide|Europe (collective)|France|Germany|Giorgia Meloni
Ireland|Italy|John Healey|Jonathan Powell|Keir Starmer|Keith Kellogg|Lindsey Graham|Luxembourg
Multinational Force Ukraine|NATO|Norway|Poland|Republican Party (US)|Richard Blumenthal|Russia|Saudi Arabia|Spain
Sébastien Lecornu|Tony Radakin|Ukraine|Ukraine Recovery Conference|United Kingdom|United States|Vladimir Putin
Volodymyr Zelenskyy|European Union|European Commission|South Korea|Ivory Coast|Czech Republic|Turkey
""".replace("\n", "|")
    .strip("|")
    .split("|")
)


def named(surface: str) -> dict[str, str]:
    """Return the ids that a surface may name, each with how."""
    return {actor.id: how for actor, how in REGISTRY.matching(surface)}


def actor(name: str) -> Actor:
    """Return the actor of this name."""
    found = REGISTRY.by_name(name)
    assert found, name
    return found


def test_every_member_and_observer_of_the_un_and_taiwan_and_kosovo_is_there() -> None:
    coded = {country.alpha_3 for country in pycountry.countries if country.alpha_3 not in DEPENDENT}
    assert {state.iso3 for state in STATES} == coded | {"XKX"}
    assert len(STATES) == 197


def test_iso_codes_agree_with_pycountry() -> None:
    for state in STATES:
        assert state.id == f"state:{state.iso3}"
        if state.iso3 != "XKX":
            assert pycountry.countries.get(alpha_3=state.iso3).alpha_2 == state.iso2


def test_every_state_has_an_adjective_a_people_a_capital_and_a_number() -> None:
    for state in STATES:
        assert state.adjectives and state.capital and re.fullmatch(r"Q\d+", state.wikidata or ""), state.id
        assert state.people or state.id == "state:VAT"
        assert state.cow or state.id == "state:PSE"


def test_codes_and_wikidata_numbers_are_given_once() -> None:
    for field in ("iso2", "iso3", "cow", "wikidata"):
        known = [getattr(one, field) for one in REGISTRY if getattr(one, field)]
        assert [value for value, count in Counter(known).items() if count > 1] == []


def test_names_and_ids_are_unique_across_the_files_and_sorted_in_each() -> None:
    actors = [one for path in sorted(FOLDER.glob("*.jsonl")) for one in read(path.read_bytes().splitlines())]
    assert len({one.id for one in actors}) == len({one.name for one in actors}) == len(actors)
    for path in FOLDER.glob("*.jsonl"):
        ids = [one.id for one in read(path.read_bytes().splitlines())]
        assert ids == sorted(ids), path.name


def test_ids_tell_the_kind() -> None:
    prefix = {"organisation": "org", "alliance": "org", "party": "group"}
    for one in REGISTRY:
        assert re.fullmatch(r"[a-z]+:[A-Za-z0-9]+(-[A-Za-z0-9]+)*", one.id)
        assert one.id.split(":")[0] == prefix.get(one.kind, one.kind)


def test_every_reference_leads_to_an_actor() -> None:
    for one in REGISTRY:
        for other in (one.principal, one.part_of, *one.member_of, *(post.of for post in one.offices)):
            assert other is None or REGISTRY.by_id(other), (one.id, other)


def test_buildings_are_seats_and_offices_run_forwards() -> None:
    for one in REGISTRY:
        assert set(one.buildings) <= set(one.seats)
        for post in one.offices:
            assert not (post.start and post.end) or post.start <= post.end, (one.id, post)


@pytest.mark.parametrize("name", CANONICAL)
def test_canonical_names_resolve(name: str) -> None:
    assert named(name)[actor(name).id] == "name"


@pytest.mark.parametrize(
    ("surface", "expected", "how"),
    [
        ("UK", "state:GBR", "alias"),
        ("BRITAIN", "state:GBR", "alias"),
        ("British", "state:GBR", "adjective"),
        ("London", "state:GBR", "capital"),
        ("Downing Street", "state:GBR", "seat"),
        ("Élysée Palace", "state:FRA", "seat"),
        ("the Kremlin", "state:RUS", "seat"),
        ("Côte d’Ivoire", "state:CIV", "alias"),
        ("Türkiye", "state:TUR", "alias"),
        ("Nato", "org:nato", "alias"),
        ("Unifil", "force:unifil", "alias"),
        ("coalition for the willing", "group:coalition-of-the-willing-ukraine", "alias"),
        ("multinational force Ukraine", "force:multinational-force-ukraine", "name"),
        ("Democrat", "group:democratic-party-us", "adjective"),
        ("Sebastien Lecornu", "person:sebastien-lecornu", "name"),
        ("Zelensky", "person:volodymyr-zelenskyy", "alias"),
        ("Jonas Gahr Støre", "person:jonas-gahr-store", "name"),
    ],
)
def test_texts_name_actors_in_many_ways(surface: str, expected: str, how: str) -> None:
    assert named(surface)[expected] == how


@pytest.mark.parametrize("word", ["turkey", "chad", "us", "Us", "who", "jordan", "may", "polish", "mali", "x", ""])
def test_common_words_name_nobody(word: str) -> None:
    assert named(word) == {}


@pytest.mark.parametrize(
    "surface", ["Georgia", "Jordan", "Chad", "Turkey", "Congo", "Korea", "Guinea", "Washington", "Victoria", "Brussels"]
)
def test_doubtful_names_ask_for_context(surface: str) -> None:
    assert named(surface)
    assert REGISTRY.needs_context(surface)


@pytest.mark.parametrize("surface", ["Ukraine", "UK", "Kyiv", "Nato", "Macron", "American", "the Kremlin"])
def test_plain_names_need_no_context(surface: str) -> None:
    assert not REGISTRY.needs_context(surface)


def test_ambiguous_surfaces_belong_to_their_actor() -> None:
    for one in REGISTRY:
        for surface in one.ambiguous:
            assert one.id in named(surface), (one.id, surface)


def test_a_name_that_several_bear_is_plain_for_one_of_them_at_most() -> None:
    bearers: dict[str, list[Actor]] = {}
    for one in REGISTRY:
        own = {one.name, one.capital, *one.aliases, *one.adjectives, *one.people, *one.capitals, *one.seats}
        for surface in own - {None}:
            bearers.setdefault(str(surface), []).append(one)
    plain = {
        surface: [one.id for one in several if surface not in one.ambiguous]
        for surface, several in bearers.items()
        if len(several) > 1 and any(one.kind != "person" for one in several)
    }
    assert plain
    assert {surface: ids for surface, ids in plain.items() if len(ids) > 1} == {}


@pytest.mark.parametrize(
    "surface",
    """
UNIFIL|KFOR|Gang Suppression Force|ATMIS|AUSSOM|Operation Aspides|Operation Prosperity Guardian|MNJTF|SAMIDRC|MINUSCA
MONUSCO|Quad|AUKUS|E3|Weimar group|Weimar Triangle|Joint Expeditionary Force|Ramstein group|Bucharest Nine
Nordic-Baltic Eight|ECOWAS Standby Force|International Stabilisation Force|Board of Peace|Baltic Sentry|Eastern Sentry
EUMM Georgia|MCM Black Sea|Combined Maritime Forces|Alliance of Sahel States
""".strip().replace("\n", "|").split("|"),
)  # fmt: skip
def test_the_coalitions_and_missions_of_the_news_are_there(surface: str) -> None:
    assert named(surface)


@pytest.mark.parametrize(
    ("name", "on", "principal"),
    [
        ("Keir Starmer", None, "United Kingdom"),
        ("Keir Starmer", date(2025, 3, 10), "United Kingdom"),
        ("Keir Starmer", date(2023, 3, 10), "Labour Party (UK)"),
        ("Justin Trudeau", date(2025, 3, 2), "Canada"),
        ("Justin Trudeau", date(2025, 6, 1), None),
        ("Lindsey Graham", date(2025, 3, 10), "Republican Party (US)"),
        ("Jens Stoltenberg", date(2025, 3, 10), "Norway"),
        ("European Commission", None, "European Union"),
        ("NATO", None, None),
    ],
)
def test_people_speak_for_whom_they_serve_that_day(name: str, on: date | None, principal: str | None) -> None:
    found = REGISTRY.principal_of(actor(name), on)
    assert (found.name if found else None) == principal


@pytest.mark.parametrize(
    ("title", "of", "on", "holder"),
    [
        ("Prime Minister", "United Kingdom", date(2025, 3, 10), "Keir Starmer"),
        ("PM", "United Kingdom", date(2023, 3, 10), "Rishi Sunak"),
        ("defence minister", "United States", date(2024, 3, 10), "Lloyd Austin"),
        ("Defense Secretary", "United States", None, "Pete Hegseth"),
        ("chancellor", "Germany", date(2025, 3, 10), "Olaf Scholz"),
        ("taoiseach", "Ireland", date(2025, 3, 10), "Micheál Martin"),
        ("emperor", "Japan", None, None),
    ],
)
def test_an_office_leads_to_its_holder_that_day(title: str, of: str, on: date | None, holder: str | None) -> None:
    found = REGISTRY.holder_of(title, actor(of), on)
    assert (found.name if found else None) == holder


def test_no_office_of_government_is_held_by_two_at_once() -> None:
    titles = {"Prime Minister", "Foreign Minister", "Defence Minister", "Chancellor", "President", "King"}
    for day in (date(year, 2, 20) for year in range(2022, 2026)):
        held = Counter((p.title, p.of) for one in REGISTRY for p in one.offices if p.title in titles and p.held(day))
        assert [post for post, holders in held.items() if holders > 1] == []


def test_a_projects_own_actor_replaces_the_shipped_one() -> None:
    renamed = replace(actor("Germany"), aliases=("Deutschland",))
    registry = Registry([*REGISTRY, renamed])
    assert len(registry) == len(REGISTRY)
    assert registry.matching("Deutschland") == ((renamed, "alias"),)


def test_search_finds_by_any_word_without_accents() -> None:
    assert REGISTRY.search("united k")[0].id == "state:GBR"
    assert REGISTRY.search("lecornu")[0].id == "person:sebastien-lecornu"
    assert REGISTRY.search("nato")[0].id == "org:nato"
    assert REGISTRY.search("UK")[0].id == "state:GBR"
    assert len(REGISTRY.search("a", limit=5)) == 5
    assert REGISTRY.search("") == REGISTRY.search("zzzz") == []
