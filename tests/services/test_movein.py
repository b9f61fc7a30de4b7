"""Annotations of other tools come in as suggestions, a person's reading or gold, and every span is accounted for."""

import os
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.builders import FERRY, HARBOUR, NOW, Coast, article, doccano, entity, opened, person, take
from workbench.core.annotation import Document, Review
from workbench.core.errors import Invalid
from workbench.formats import gold
from workbench.formats.files import files
from workbench.formats.filling import filled
from workbench.formats.reading import PLAIN
from workbench.services import articles, imports, looking, movein, projects, queues, releases
from workbench.services.imports import Wishes
from workbench.services.movein import Choice
from workbench.services.receipts import Receipt, repairs, row
from workbench.store import movein as kept
from workbench.store import work

FOREIGN = Path(os.environ.get("WORKBENCH_FOREIGN_FILES", Path(__file__).parents[3] / "shared" / "data" / "formats"))
NEW = "Turkey and Greece sent a tug. 🚢 Oslo waits."


def bring(coast: Coast, *given: str | bytes, file: str = "in.jsonl", **chosen: Any) -> Receipt:
    with coast.database.reading() as session:
        laying = movein.laying(session, coast.project, Choice(**chosen))
    return take(coast.database, coast.project, *[opened(file, each) for each in given], laying=laying)


def records(coast: Coast, state: str) -> dict[str, Document]:
    with coast.database.reading() as session:
        return {each.text: each for each in releases.records(session, coast.project, state)}


def stored(coast: Coast, text: str, kind: str) -> work.LayerRow | None:
    with coast.database.reading() as session:
        [key] = [each.id for each in releases.records(session, coast.project, "suggested") if each.text == text]
        found = articles.articles.one(session, coast.project.id, key)
        assert found is not None
        return work.newest(session, found[0], kind)


def test_foreign_labels_are_mapped_and_every_span_is_accounted_for(coast: Coast) -> None:
    given = doccano(NEW, (0, 6, "country"), (11, 17, "GPE"), (25, 28, "MISC"))
    receipt = bring(coast, given, role="suggestions", name="tool@1")
    [line] = receipt.lines
    assert (line.what, line.spans) == ("taken", {"taken": 1, "mapped": 1, "left out": 1})
    assert [msgspec.json.decode(each)["text"] for each in repairs([row(line)])] == ["tug"]
    layer = records(coast, "suggested")[NEW].layer
    assert [(each.label, each.by.suggester) for each in layer.entities] == [("GPE", "tool@1")] * 2


def test_plain_articles_bring_no_annotations(coast: Coast) -> None:
    receipt = bring(coast, doccano(NEW, (0, 6, "GPE")), role="plain")
    assert receipt.spans() == {"left out": 1}
    assert NEW not in records(coast, "suggested")


def test_annotations_of_a_text_that_is_here_become_a_further_layer(coast: Coast) -> None:
    receipt = bring(coast, doccano(HARBOUR, (0, 6, "GPE")), role="suggestions", name="tool@1")
    [line] = receipt.lines
    assert line.what == "layer"
    assert line.why == f"layer added to {line.key} as suggestions of tool@1"
    newest = stored(coast, HARBOUR, "suggested")
    assert newest is not None
    assert (newest.author, len((newest.body or {})["entities"])) == ("tool@1", 1)
    again = bring(coast, doccano(HARBOUR, (0, 6, "GPE")), role="suggestions", name="tool@1")
    assert [line.why for line in again.lines] == ["the same text is here already, with this very layer"]


def test_without_a_choice_a_twin_brings_nothing_and_the_receipt_says_so(coast: Coast) -> None:
    [line] = bring(coast, doccano(HARBOUR, (0, 6, "GPE"))).lines
    assert (line.what, line.spans) == ("skipped", {"left out": 1})
    assert "its annotations were not asked for" in (line.why or "")


def test_a_bad_file_takes_its_layers_back(coast: Coast) -> None:
    given = doccano(HARBOUR, (0, 6, "GPE")) + "{broken\n"
    receipt = bring(coast, given, role="suggestions", name="tool@1")
    assert [line.what for line in receipt.lines] == ["skipped", "refused"]
    newest = stored(coast, HARBOUR, "suggested")
    assert newest is not None
    assert newest.author == "finder@1"


def test_a_persons_reading_takes_a_place_in_the_queue_and_settles_the_article(coast: Coast) -> None:
    receipt = bring(coast, doccano(HARBOUR, (0, 6, "GPE")) + doccano(NEW, (0, 6, "GPE")), role="person", name="Mia")
    assert [line.what for line in receipt.lines] == ["layer", "taken"]
    found = records(coast, "gold")
    assert {text: [each.label for each in found[text].layer.entities] for text in found} == {
        HARBOUR: ["GPE"], NEW: ["GPE"],
    }  # fmt: skip
    assert found[NEW].review.reviewers == (f"r{coast.mia.id}",)
    with coast.database.reading() as session:
        assert len(queues.page(session, coast.project, states=("done",))) == 2


def test_gold_stays_unless_its_replacement_was_asked_for(coast: Coast) -> None:
    mine, other = doccano(HARBOUR, (0, 6, "GPE")), doccano(HARBOUR, (0, 6, "NORP"))
    assert [line.what for line in bring(coast, mine, role="gold").lines] == ["layer"]
    [line] = bring(coast, other, role="gold").lines
    assert (line.what, "--replace-gold" in (line.why or "")) == ("skipped", True)
    assert records(coast, "gold")[HARBOUR].layer.entities[0].label == "GPE"
    assert [line.what for line in bring(coast, other, role="gold", replace_gold=True).lines] == ["layer"]
    assert records(coast, "gold")[HARBOUR].layer.entities[0].label == "NORP"
    old = stored(coast, HARBOUR, "withdrawn")
    assert old is not None
    assert (old.body or {})["entities"][0]["label"] == "GPE"
    with coast.database.reading() as session:
        waiting = queues.page(session, coast.project, states=("waiting",))
    assert len(waiting) == 2


def test_a_text_without_annotations_is_no_gold(coast: Coast) -> None:
    bring(coast, "Only words here.", file="a.txt", role="gold")
    assert records(coast, "gold") == {}


def test_predictions_without_texts_find_their_articles_by_hash_or_id(coast: Coast) -> None:
    with coast.database.reading() as session:
        known = {each.text: each.id for each in releases.records(session, coast.project, "suggested")}
    rows = []
    for text, quote in ((HARBOUR, "France"), (FERRY, "Spain")):
        record = gold.record(article(text, entity(text, quote), id=known[text], review=Review()))
        del record["text"]
        rows.append(record)
    del rows[1]["text_sha256"]
    given = opened("predictions.jsonl", b"".join(msgspec.json.encode(each) + b"\n" for each in rows))
    with coast.database.reading() as session:
        laying = movein.laying(session, coast.project, Choice("suggestions", "mine@3"))
    source = filled([given], movein.text_finder(coast.database, coast.project.id))
    receipt = imports.take(coast.database, coast.project.id, source, Wishes(laying=laying), by=None, now=NOW)
    assert [line.what for line in receipt.lines] == ["layer", "layer"]
    newest = stored(coast, FERRY, "suggested")
    assert newest is not None
    assert newest.author == "mine@3"


def test_a_mapping_is_kept_for_the_next_import(coast: Coast) -> None:
    with coast.database.writing() as session:
        movein.keep_labels(session, coast.project, {"MISC": "EVENT", "GPE": None}, by=coast.lena, now=NOW)
    receipt = bring(coast, doccano(NEW, (0, 6, "GPE"), (11, 17, "MISC")), role="suggestions", name="tool@1")
    assert receipt.spans() == {"mapped": 1, "left out": 1}


@pytest.mark.parametrize(
    ("chosen", "problem"),
    [
        ({"role": "gold", "labels": {"X": "NOWHERE"}}, "no label “NOWHERE”"),
        ({"role": "suggestions", "name": " "}, "Name the suggester"),
        ({"role": "king"}, "Choose one of"),
        ({"role": "person", "name": "Otto"}, "no reviewer"),
    ],
)
def test_a_choice_that_cannot_be_is_refused(coast: Coast, chosen: dict[str, Any], problem: str) -> None:
    with pytest.raises(Invalid, match=problem):
        bring(coast, doccano(NEW), **chosen)


@pytest.mark.parametrize("name", ["Ivo", "Ida"])
def test_who_is_not_of_the_team_is_nobody_and_only_the_team_is_named(coast: Coast, name: str) -> None:
    person(coast.database, "Ida")
    with pytest.raises(Invalid) as refused:
        bring(coast, doccano(NEW), role="person", name=name)
    assert f"There is no reviewer “{name}” in coast, only Lena, Mia, Noor;" in refused.value.sentence


@pytest.mark.skipif(not FOREIGN.is_dir(), reason="no real files of other tools: set WORKBENCH_FOREIGN_FILES")
@pytest.mark.parametrize("name", ["prodigy", "doccano", "label_studio", "brat", "webanno", "docbin", "inception"])
def test_no_span_of_a_real_file_goes_unaccounted(coast: Coast, name: str) -> None:
    named = [str(each) for each in sorted((FOREIGN / name).iterdir()) if each.suffix and each.suffix != ".conf"]
    with coast.database.reading() as session:
        scheme = projects.scheme(session, coast.project)
        laying = movein.laying(session, coast.project, Choice("suggestions", "old@1"))
    seen = looking.look(coast.database, coast.project.id, files(named), scheme, format=None, options=PLAIN)
    wishes = Wishes(laying=laying)
    receipt = imports.take(coast.database, coast.project.id, files(named), wishes, by=None, now=NOW)
    unplaced = sum(each.doubts["spans without a place in the text"] for each in seen.files)
    assert receipt.complete
    told = receipt.spans()
    assert sum(told.get(name, 0) for name in ("taken", "mapped", "left out")) == seen.objects + unplaced > 0


def test_a_look_that_nobody_confirms_is_forgotten(coast: Coast, tmp_path: Path) -> None:
    lena = coast.seen_by(coast.lena)
    with coast.database.writing() as session:
        number = movein.begin(session, lena, tmp_path / "up", {}, by=coast.lena, now=NOW)
        movein.cancel(session, lena, number, now=NOW)
        found = kept.one(session, lena.id, number)
    assert found is not None
    assert found.state == "gone"
