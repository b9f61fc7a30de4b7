"""One article as it reads, and the data that the desk is given."""

import json

import pytest

from tests.builders import FERRY, Coast, article, entity, opened, take, take_texts
from workbench.core.annotation import Layer
from workbench.core.reading import paragraphs
from workbench.core.text import tokens
from workbench.core.workflow import Person
from workbench.services import articles, desk


def view(coast: Coast, who: Person, start: str = "France") -> articles.View:
    with coast.database.reading() as session:
        keys = [row.key for row in articles.listing(session, coast.project, after=0, limit=9)]
        found = [articles.view(session, coast.seen_by(who), key, by=who) for key in keys]
    return next(each for each in found if each.document.text.startswith(start))


def test_suggestions_are_shown_until_there_is_gold(coast: Coast) -> None:
    assert view(coast, coast.otto).state == "suggested"
    item = coast.next(coast.mia)
    coast.accept_all(item, coast.mia)
    assert view(coast, coast.otto).state == "suggested"
    coast.finish(item, coast.mia)
    assert view(coast, coast.otto).state == "gold"


def test_an_article_without_any_reading_is_just_its_text(coast: Coast) -> None:
    take_texts(coast.database, coast.project, ["Zebra fish were seen off the mole."])
    found = view(coast, coast.otto, "Zebra")
    assert (found.state, found.layer, found.words) == ("imported", Layer(""), 7)


TITLES = {
    "a": ("Harbour-mouth swept of mines", "The Müller Post"),
    "b": ("HARBOUR talks: day 2", None),
    "c": ("Talks with Muller", "harbour.example"),
    "d": (None, None),
}


def found_keys(coast: Coast, find: str, after: int = 0) -> str:
    with coast.database.reading() as session:
        rows = articles.listing(session, coast.project, after=after, limit=9, find=find)
    return "".join(row.key for row in rows if row.key in TITLES)


@pytest.mark.parametrize(
    ("find", "keys"),
    [
        ("harbour", "abc"),
        ("HARB", "abc"),
        ("mouth", "a"),
        ("talks harbour", "bc"),
        ("müll", "a"),
        ("2", "b"),
        ("day:2", "b"),
        ("arbour", ""),
        ("%", ""),
        ("' OR 1=1 --", ""),
        ('"harbour" NEAR(', ""),
        ("a & !b | c", ""),
    ],
)
def test_articles_are_found_by_the_beginnings_of_words_of_title_and_outlet(coast: Coast, find: str, keys: str) -> None:
    records = [
        {"id": key, "text": f"The text of article {key}.", "title": title, "outlet": outlet}
        for key, (title, outlet) in TITLES.items()
    ]
    take(coast.database, coast.project, opened("named.jsonl", "\n".join(map(json.dumps, records))))
    assert found_keys(coast, find) == keys


def test_what_is_found_goes_on_where_the_last_page_ended(coast: Coast) -> None:
    with coast.database.reading() as session:
        rows = articles.listing(session, coast.project, after=0, limit=9)
        assert articles.listing(session, coast.project, after=rows[0].id, limit=1) == [rows[1]]
        word = str(rows[0].title).split()[0]
        assert rows[0] in articles.listing(session, coast.project, after=0, limit=9, find=word)
        assert rows[0] not in articles.listing(session, coast.project, after=rows[0].id, limit=9, find=word)


def test_receipts_are_kept_newest_first(coast: Coast) -> None:
    take_texts(coast.database, coast.project)
    with coast.database.reading() as session:
        counts = [
            (row.total.counts["taken"], row.total.counts["skipped"])
            for row in articles.receipts(session, coast.project)
        ]
    assert counts == [(0, 3), (3, 0)]


def test_entities_that_overlap_cut_the_text_into_runs() -> None:
    text = "the French navy sails"
    laid = article(text, entity(text, "French navy", "ORG"), entity(text, "French", "NORP", id="e2")).layer
    [paragraph] = paragraphs(text, (), laid)
    assert paragraph.text == text
    assert [(run.text, [each.label for each in run.entities], run.opens) for run in paragraph.segments] == [
        ("the ", [], False),
        ("French", ["NORP", "ORG"], True),
        (" navy", ["ORG"], False),
        (" sails", [], False),
    ]


def test_the_desk_counts_tokens_in_the_units_of_a_browser(coast: Coast) -> None:
    coast.next(coast.mia)
    item = coast.next(coast.noor)
    found = desk.article(coast.desk(item, coast.noor))
    [paragraph] = found["paragraphs"]
    units = paragraph["text"].encode("utf-16-le")
    cut = list(zip(paragraph["tokens"][::2], paragraph["tokens"][1::2], strict=True))
    words = [units[2 * start : 2 * (start + length)].decode("utf-16-le") for start, length in cut]
    assert words == [FERRY[start:end] for start, end in tokens(FERRY)]
    assert words[0] == "🚢"
