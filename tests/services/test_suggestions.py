"""A suggester reads every article once, and may be cut off at any point."""

from collections.abc import Iterable, Iterator

import pytest
from sqlalchemy import select

from tests.builders import (
    HARBOUR,
    NOW,
    TEXTS,
    Coast,
    Finder,
    article,
    opened,
    person,
    project,
    suggest,
    take,
    take_texts,
)
from tests.releasing import finish, lines, make
from workbench.core.annotation import Document, Layer
from workbench.formats.ready import counted
from workbench.nlp import suggester
from workbench.services import projects, releases, resources, suggestions, weighing
from workbench.settings import resource_root
from workbench.store import parked
from workbench.store.engine import Database
from workbench.store.schema import Article, Item
from workbench.store.schema import Layer as StoredLayer


class Cut(Finder):
    """Breaks off in the middle of its second round."""

    def suggest(self, articles: Iterable[Document], *, processes: int = 1) -> Iterator[Layer]:
        for number, layer in enumerate(super().suggest(articles)):
            if len(self.read) > suggestions.CHUNK and number > 2:
                raise KeyboardInterrupt
            yield layer


def test_every_article_gets_a_layer_by_the_suggesters_name(coast: Coast) -> None:
    with coast.database.reading() as session:
        records = list(releases.records(session, coast.project, "suggested"))
    assert {record.layer.author for record in records} == {"finder@1"}
    assert {record.text for record in records} == set(TEXTS)


def test_a_second_run_finds_nothing_to_do(coast: Coast) -> None:
    finder = Finder()
    assert suggest(coast.database, coast.project, finder).articles == 0
    assert finder.read == []


def test_a_run_reads_only_what_is_new(coast: Coast) -> None:
    take_texts(coast.database, coast.project, ["Spain sent a barge."])
    finder = Finder()
    assert suggest(coast.database, coast.project, finder).entities == 1
    assert finder.read == ["Spain sent a barge."]


def test_another_suggester_reads_everything_and_becomes_the_one_to_review(coast: Coast) -> None:
    assert suggest(coast.database, coast.project, Finder("finder@2")).articles == len(TEXTS)
    with coast.database.reading() as session:
        assert {each.layer.author for each in releases.records(session, coast.project, "suggested")} == {"finder@2"}


def test_a_run_that_is_cut_off_keeps_what_it_has_and_goes_on_there(database: Database) -> None:
    dyke = project(database, person(database, "Lena"), "dyke")
    rows = "".join(f'{{"text": "Boat {n} of France."}}\n' for n in range(suggestions.CHUNK + 20))
    take(database, dyke, opened("a.jsonl", rows))
    with pytest.raises(KeyboardInterrupt):
        suggest(database, dyke, Cut())
    assert suggestions.waiting(database, dyke.id, "finder@1") == 20
    rest = Finder()
    assert suggest(database, dyke, rest).articles == 20
    assert len(rest.read) == 20


def test_an_article_is_ready_for_review_once_it_has_proposals(database: Database) -> None:
    dyke = project(database, person(database, "Lena"), "dyke")
    take_texts(database, dyke, [HARBOUR])
    with database.reading() as session:
        assert [item.ready for item in session.query(Item)] == [False]
    suggest(database, dyke)
    with database.reading() as session:
        assert [item.ready for item in session.query(Item)] == [True]


def test_progress_hears_how_many_articles_are_done(database: Database) -> None:
    dyke = project(database, person(database, "Lena"), "dyke")
    take_texts(database, dyke)
    heard: list[int] = []
    suggestions.suggest(database, dyke.id, Finder(), now=lambda: NOW, progress=heard.append)
    assert heard == [3]


def test_layers_know_how_sure_their_suggester_is(coast: Coast) -> None:
    with coast.database.reading() as session:
        rows = session.execute(select(StoredLayer.certainty).where(StoredLayer.kind == "suggested")).all()
    assert set(rows) == {(0.8,)}


def test_articles_become_suggested_records_without_a_database() -> None:
    [record] = suggestions.preannotate([suggestions.named(article(HARBOUR), "quay.txt")], Finder())
    assert (record.review.state, record.source.file, record.layer.author) == ("suggested", "quay.txt", "finder@1")
    assert record.id.startswith("quay-")
    assert record.sentences


def test_a_stream_of_articles_is_never_held_as_a_whole() -> None:
    drawn: list[int] = []

    def articles() -> Iterator[Document]:
        for number in range(1000):
            drawn.append(number)
            yield article(f"Boat {number} of France.")

    stream = suggestions.preannotate(articles(), Finder())
    assert next(stream).text == "Boat 0 of France."
    assert len(drawn) < 10


@pytest.mark.slow
def test_the_shipped_model_proposes_countries_offers_and_refusals(database: Database) -> None:
    dyke = project(database, person(database, "Lena"), "dyke")
    take_texts(database, dyke, [HARBOUR])
    root = resource_root()
    with database.reading() as session:
        scheme = projects.scheme(session, dyke)
    loaded = suggester(None, scheme, resources.registry(root))
    suggestions.suggest(database, dyke.id, loaded, now=lambda: NOW)
    with database.reading() as session:
        [record] = releases.records(session, dyke, "suggested")
    assert record.layer.author.startswith("spacy:en_core_web_sm")
    assert {(each.actor, each.label) for each in record.layer.entities} >= {("France", "GPE"), ("Italy", "GPE")}
    assert {each.actor("actor") for each in record.layer.commitments} >= {"France"}
    assert all(not list(scheme.problems(each)) for each in record.layer.objects)


def _park(coast: Coast, *authors: str) -> int:
    """Bring in an article at which these suggesters break down; return its number."""
    take_texts(coast.database, coast.project, ["Spain sent a barge."])
    with coast.database.writing() as session:
        [number] = session.scalars(select(Article.id).where(Article.text == "Spain sent a barge."))
        for author in authors:
            parked.keep(session, coast.project.id, author, {number: "ValueError: no barges"}, tries=3, now=NOW)
    return number


def test_an_article_parked_for_two_suggesters_is_one_and_is_so_no_more_when_their_layers_come(coast: Coast) -> None:
    number = _park(coast, "finder@1", "shy@1")
    for left, author in ((1, "finder@1"), (0, "shy@1")):
        with coast.database.writing() as session:
            assert suggestions.count_parked(session, coast.project) == 1
            row = {"article_id": number, "kind": "suggested", "author": author, "body": {}} | counted(Layer(author))
            weighing.keep(session, coast.project.id, [row], now=NOW)
            assert suggestions.count_parked(session, coast.project) == left
            assert len(suggestions.listing(session, coast.seen_by(coast.lena))[0]) == left
    with coast.database.writing() as session:
        assert suggestions.release(session, coast.seen_by(coast.lena)) == 0


def test_a_parked_article_that_people_finish_is_released_and_read_again_only_when_that_is_asked(coast: Coast) -> None:
    _park(coast, "finder@1")
    finish(coast, len(TEXTS) + 1)
    assert "Spain sent a barge." in [row["text"] for row in lines(coast, make(coast))]
    with coast.database.writing() as session:
        assert suggestions.count_parked(session, coast.project) == 1
    assert suggest(coast.database, coast.project).articles == 0
    with coast.database.writing() as session:
        assert suggestions.release(session, coast.seen_by(coast.lena)) == 1
    assert suggest(coast.database, coast.project).articles == 1
    with coast.database.writing() as session:
        assert suggestions.count_parked(session, coast.project) == 0
        assert len(list(releases.records(session, coast.project, "gold"))) == len(TEXTS) + 1
