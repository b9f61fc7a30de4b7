"""What a release says of itself: licences, counts, and the words of people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import HARBOUR, article, commitment, entity, stance
from workbench.core.annotation import Source
from workbench.core.datasheet import SECTIONS, missing, words_from, words_to
from workbench.core.errors import Invalid
from workbench.core.release import Tally, Wishes, form, licence_of, licences
from workbench.formats import gold

LINES = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")), max_size=30)
TEXTS = st.lists(LINES.filter(lambda line: not line.startswith("## ")), max_size=4).map("\n".join).map(str.strip)


@given(st.dictionaries(st.sampled_from(sorted(SECTIONS)), TEXTS))
def test_words_are_read_back_as_they_were_written(words: dict[str, str]) -> None:
    assert words_from(words_to(words)) == {key: said for key, said in words.items() if said}


def test_words_need_a_heading_that_is_asked_for() -> None:
    with pytest.raises(Invalid, match="no section"):
        words_from("## Purpose\nx")
    with pytest.raises(Invalid, match="before the first heading"):
        words_from("Some words.\n## Uses")


def test_sections_without_words_are_named() -> None:
    assert missing(dict.fromkeys(SECTIONS, "said") | {"uses": " "}) == ["Uses"]


@pytest.mark.parametrize(
    ("meta", "found"),
    [
        ({"licence": "CC-BY-4.0"}, "CC-BY-4.0"),
        ({"license": " CC\tBY \n"}, "CC BY"),
        ({"licence": 4}, "ours"),
        ({"licence": ""}, "ours"),
        ({}, "ours"),
    ],
)
def test_an_article_has_the_licence_of_its_import_or_of_the_project(meta: dict, found: str) -> None:
    assert licence_of(meta, "ours") == found
    assert licence_of({}, "") == "unknown"


def test_every_article_is_in_the_licences() -> None:
    found = licences("coast", [("a", "CC0"), ("b", "unknown"), ("c", "CC0")])
    assert "\nCC0\t2\nunknown\t1\n" in found
    assert found.endswith("article\tlicence\na\tCC0\nb\tunknown\nc\tCC0\n")


def test_what_goes_by_is_counted() -> None:
    tally = Tally()
    objects = (entity(HARBOUR, "France"), commitment(HARBOUR, "offered two frigates"), stance(HARBOUR, "refused"))
    for day in ("2026-01-02", "2025-12-31", None):
        tally.add(gold.record(article(HARBOUR, *objects, source=Source(published=day))), "CC0")
    found = tally.json()
    assert (found["articles"], found["clusters"], found["characters"]) == (3, 1, 3 * len(HARBOUR))
    assert found["published"] == {"first": "2025-12-31", "last": "2026-01-02"}
    assert found["stances"] == {"all": 3, "target": {"participation": 3}, "polarity": {"opposes": 3}}
    assert (found["licence"], found["origin"], found["outlet"]) == ({"CC0": 3}, {"suggested": 9}, {"unknown": 3})


def test_a_release_goes_out_in_the_forms_that_it_was_made_for() -> None:
    def names(**wishes: bool) -> list[str]:
        return [name for name, _, _ in Wishes(**wishes).forms()]

    assert names() == ["full", "no-text"]
    assert names(layers=True) == ["full", "layers", "no-text", "layers-no-text"]
    assert names(text=False) == ["no-text"]
    assert form(text=True, layers=True) == "layers"
