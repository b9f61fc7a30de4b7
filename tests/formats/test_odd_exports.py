"""Odd but valid exports of other tools: what each says comes in whole, or is kept and counted."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from workbench.core.annotation import Document
from workbench.core.errors import Refused
from workbench.formats import Record, records
from workbench.formats.losses import FOREIGN, carried

TEXT = "Poland will send tanks to Ukraine."
POLAND = {"start": 0, "end": 6, "label": "GPE"}


@pytest.fixture
def read(tmp_path: Path) -> Any:
    """Write files into a folder and read it."""

    def reading(**files: str) -> list[Record]:
        for name, content in files.items():
            (tmp_path / name.replace("__", ".")).write_bytes(content.encode())
        return list(records([tmp_path]))

    return reading


def rows(*found: object) -> str:
    return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in found)


def one(found: list[Record], format: str) -> Document:
    [record] = found
    assert record.format == format
    assert isinstance(record.item, Document), record.item
    return record.item


def said(document: Document) -> list[tuple[str, str]]:
    return [(document.text[slice(*each.span)], each.label) for each in document.layer.entities]


def kept(document: Document) -> Mapping[str, Any]:
    found = document.meta.get(FOREIGN, {})
    assert isinstance(found, Mapping)
    return found


def test_prodigy_spans_by_tokens_alone_stand_where_the_tokens_do(read: Any) -> None:
    tokens = [{"text": each} for each in ("Poland", "will", "send")]
    task = {"text": TEXT, "tokens": tokens, "spans": [{"token_start": 1, "token_end": 2, "label": "V"}]}
    assert said(one(read(a__jsonl=rows(task)), "prodigy")) == [("will send", "V")]


def test_a_prodigy_task_without_a_text_is_put_together_from_its_tokens(read: Any) -> None:
    tokens = [{"text": "Poland", "ws": True}, {"text": "sends", "ws": False}, {"text": "."}]
    task = {"tokens": tokens, "spans": [{"token_start": 0, "token_end": 0, "label": "GPE"}], "answer": "accept"}
    document = one(read(a__jsonl=rows(task)), "prodigy")
    assert (document.text, said(document)) == ("Poland sends.", [("Poland", "GPE")])


def test_a_prodigy_span_beyond_the_tokens_is_refused(read: Any) -> None:
    task = {"text": TEXT, "tokens": [], "spans": [{"token_start": 4, "token_end": 4, "label": "V"}]}
    [record] = read(a__jsonl=rows(task))
    assert isinstance(record.item, Refused)
    assert (record.item.line, "token 4" in record.item.sentence) == (1, True)


def test_a_binary_prodigy_rejection_is_kept_and_no_entity(read: Any) -> None:
    task = {"text": TEXT, "_is_binary": True, "spans": [POLAND], "answer": "reject", "_input_hash": 1}
    document = one(read(a__jsonl=rows(task)), "prodigy")
    assert (said(document), carried(document)["rejected"]) == ([], 1)


def test_a_prodigy_choice_is_kept_with_its_options(read: Any) -> None:
    task = {"text": TEXT, "options": [{"id": "A", "text": "Offered"}], "accept": ["A"], "answer": "accept"}
    assert kept(one(read(a__jsonl=rows(task)), "prodigy"))["accept"] == ["A"]


def test_a_single_span_that_prodigy_says_was_rejected_is_no_entity(read: Any) -> None:
    spans = [POLAND | {"answer": "reject"}, {"start": 26, "end": 33, "answer": "accept"}]
    document = one(read(a__jsonl=rows({"text": TEXT, "spans": spans, "answer": "accept"})), "prodigy")
    assert (said(document), carried(document)["rejected"]) == ([("Ukraine", "unlabelled")], 1)


@pytest.mark.parametrize(
    ("format", "row"),
    [
        ("prodigy", {"text": TEXT, "spans": [POLAND], "answer": "accept"}),
        ("doccano", {"text": TEXT, "label": [[0, 6, "GPE"]]}),
    ],
)
def test_arrays_come_in_as_lines_do(read: Any, format: str, row: dict[str, Any]) -> None:
    assert said(one(read(a__json=json.dumps([row])), format)) == [("Poland", "GPE")]


def test_articles_come_in_an_array_and_over_several_lines(read: Any) -> None:
    found = read(a__json=json.dumps([{"text": TEXT}]), b__json=json.dumps({"body": "Two boats."}, indent=1))
    assert [each.item.text for each in found if isinstance(each.item, Document)] == [TEXT, "Two boats."]


@pytest.mark.parametrize(
    "row",
    [
        {"text": TEXT, "labels": [[0, 6, "GPE"]]},
        {"data": TEXT, "label": [[0, 6, "GPE"]]},
        {"text": TEXT, "entities": [[0, 6, "GPE"]], "cats": []},
        {"text": TEXT, "entities": [{"id": 1, "label": "GPE", "start_offset": 0, "end_offset": 6}], "relations": []},
        {"text": TEXT, "annotations": [{"label": "GPE", "start_offset": 0, "end_offset": 6, "user": 1}]},
    ],
    ids=["labels", "data", "triples", "relations", "oldest"],
)
def test_every_shape_that_doccano_ever_wrote_comes_in(read: Any, row: dict[str, Any]) -> None:
    assert said(one(read(a__jsonl=rows(row)), "doccano")) == [("Poland", "GPE")]


def test_doccano_labels_by_number_keep_the_number(read: Any) -> None:
    row = {"text": TEXT, "annotations": [{"label": 4, "start_offset": 0, "end_offset": 6}]}
    assert said(one(read(a__jsonl=rows(row)), "doccano")) == [("Poland", "4")]


def test_doccano_people_have_a_layer_each_and_labels_their_names(read: Any) -> None:
    named = [("mia", "GPE", 1), ("tom", "ORG", 2)]
    spans = [
        {"id": id, "label": 9, "label_name": label, "start_offset": 0, "end_offset": 6, "user": id, "user_name": who}
        for who, label, id in named
    ]
    document = one(read(a__jsonl=rows({"text": TEXT, "annotations": spans})), "doccano")
    assert [(each.author, each.entities[0].label) for each in document.layers or ()] == [("mia", "GPE"), ("tom", "ORG")]
    assert (document.review.reviewers, said(document)) == (("mia",), [("Poland", "GPE")])


def test_doccano_relations_find_their_entities(read: Any) -> None:
    spans = [{"id": 10, "label": "GPE", "start_offset": 0, "end_offset": 6}]
    relation = {"id": 3, "from_id": 10, "to_id": 10, "type": "is"}
    document = one(read(a__jsonl=rows({"text": TEXT, "entities": spans, "relations": [relation]})), "doccano")
    assert [each.id for each in document.layer.entities] == [str(relation["from_id"])]


def test_doccano_relations_and_classes_are_kept(read: Any) -> None:
    row = {"text": TEXT, "entities": [[0, 6, "GPE"]], "relations": [{"id": 3, "type": "helps"}], "label": "offer"}
    document = one(read(a__jsonl=rows(row)), "doccano")
    assert (carried(document)["relations"], kept(document)["categories"]) == (1, ["offer"])


def test_brat_equivalences_events_and_notes_are_kept(read: Any) -> None:
    lines = [
        "T1\tGPE 0 6\tPoland", "T2\tOffer 12 16;17 22\tsend tanks", "T3\tGPE 26 33\tUkraine", "*\tEquiv T1 T3",
        "E1\tOffer:T2 Agent:T1", "A1\tNegation E1", "M2\tSpeculation E1", "#1\tAnnotatorNotes T1\tsure?",
        "N1\tReference T1 Wikidata:Q36\tPoland",
    ]  # fmt: skip
    document = one(read(x__txt=TEXT, x__ann="\r\n".join(lines)), "brat")
    assert said(document) == [("Poland", "GPE"), ("send tanks", "Offer"), ("Ukraine", "GPE")]
    assert document.layer.entities[0].actor_id == "Wikidata:Q36"
    assert carried(document) == {"discontinuous": 1, "events": 1, "relations": 1, "attributes": 3}


def test_a_second_brat_reference_is_kept_and_a_torn_span_is_checked_against_its_quote(read: Any) -> None:
    lines = [
        "T1\tGPE 0 6\tPoland", "N1\tReference T1 Wikidata:Q36\tPoland", "N2\tReference T1 GeoNames:1\tPL",
        "T2\tOffer 12 16;17 22\tsend money",
    ]  # fmt: skip
    document = one(read(x__txt=TEXT, x__ann="\n".join(lines)), "brat")
    assert (said(document), document.layer.entities[0].actor_id) == ([("Poland", "GPE")], "Wikidata:Q36")
    assert kept(document)["attributes"] == ["N2\tReference T1 GeoNames:1\tPL"]
    assert [each["label"] for each in kept(document)["unplaced"]] == ["Offer"]


def test_a_brat_file_with_blanks_for_tabs_is_refused_with_its_line(read: Any) -> None:
    [record] = read(x__txt=TEXT, x__ann="T1 GPE 0 6 Poland\n")
    assert isinstance(record.item, Refused)
    assert (record.format, record.item.line) == ("brat", 1)


def test_conllu_tags_of_stanza_are_read_and_other_columns_named(read: Any) -> None:
    tail = "\t".join("_" * 4)
    table = (
        f"# meta::title = A title\n1\tNew\tnew\tADJ\t{tail}\t_\tner=B-GPE\n2\tYork\t_\tPROPN\t{tail}\t_\tner=E-GPE\n"
    )
    document = one(read(a__conllu=table), "conllu")
    assert (said(document), document.title) == ([("New York", "GPE")], "A title")
    assert kept(document)["columns"] == ["LEMMA", "UPOS"]


def test_conllu_mentions_of_one_entity_and_what_else_they_say_are_kept(read: Any) -> None:
    rest = "\t".join("_" * 7)
    words = f"1\tHe\t{rest}\tEntity=(7-person-new)\n2\the\t{rest}\tEntity=(7-person-)\n"
    table = f"# global.Entity = eid-etype-infstat\n{words}"
    document = one(read(a__conllu=table), "conllu")
    assert (said(document), kept(document)["chains"]) == ([("He", "person"), ("he", "person")], [[3, 5, "7"]])
    assert kept(document)["attributes"] == [[0, 2, {"infstat": "new"}]]


def test_identifiers_of_webanno_become_ids_of_actors(read: Any) -> None:
    named = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value"
    table = f"#FORMAT=WebAnno TSV 3.3\n#T_SP={named}\n\n\n#Text=Poland\n1-1\t0-6\tPoland\thttp://wd/Q36\tLOC\t\n"
    [entity] = one(read(a__tsv=table), "webanno").layer.entities
    assert (entity.label, entity.actor_id) == ("LOC", "http://wd/Q36")


def test_a_cas_keeps_other_views_lists_and_what_refers_to_what(read: Any) -> None:
    things = [
        {"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView", "sofaString": TEXT},
        {"%ID": 2, "%TYPE": "uima.cas.Sofa", "sofaNum": 2, "sofaID": "other", "sofaString": TEXT},
        {"%ID": 3, "%TYPE": "custom.Span", "@sofa": 1, "begin": 0, "end": 6, "@tags": 5, "value": "GPE"},
        {"%ID": 4, "%TYPE": "custom.Span", "@sofa": 2, "begin": 0, "end": 6, "value": "GPE"},
        {"%ID": 5, "%TYPE": "uima.cas.StringArray", "%ELEMENTS": ["a", "b"]},
    ]
    document = one(read(a__json=json.dumps({"%FEATURE_STRUCTURES": things, "%VIEWS": {}})), "cas")
    assert ([each.id for each in document.layer.entities], said(document)) == (["3"], [("Poland", "GPE")])
    assert (carried(document)["other views"], kept(document)["features"][0]["@tags"]) == (1, 5)
    assert [(each["id"], each["%ELEMENTS"]) for each in kept(document)["structures"]] == [("5", ["a", "b"])]


def test_annotations_of_a_cas_that_cover_nothing_are_kept(read: Any) -> None:
    things = [
        {"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView", "sofaString": TEXT},
        {"%ID": 2, "%TYPE": "custom.Point", "@sofa": 1, "begin": 6, "end": 6, "value": "here"},
        {"%ID": 3, "%TYPE": "custom.Span", "@sofa": 1, "begin": 0, "end": 6, "value": "GPE"},
    ]
    document = one(read(a__json=json.dumps({"%FEATURE_STRUCTURES": things, "%VIEWS": {}})), "cas")
    assert (said(document), carried(document)["without a place"]) == ([("Poland", "GPE")], 1)
