"""Label Studio's and Web Annotation's odder shapes: other texts than plain ones, other people, other places."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.formats.test_odd_exports import TEXT, kept, one, rows, said
from workbench.core.annotation import Document
from workbench.formats import records
from workbench.formats.losses import carried


def result(start: Any, end: Any, quote: str, label: str = "GPE", kind: str = "labels", **value: Any) -> dict[str, Any]:
    place = {"start": start, "end": end, "text": quote, kind: [label], **value}
    return {"id": f"r{quote}", "from_name": "label", "to_name": "text", "type": kind, "value": place}


def tasks(tmp_path: Path, *found: dict[str, Any]) -> list[Document]:
    (tmp_path / "tasks.json").write_text(json.dumps(found))
    return [one([each], "label_studio") for each in records([tmp_path])]


def test_html_is_read_by_its_text_nodes(tmp_path: Path) -> None:
    html = "<div><h1>Aid</h1><p>He &amp; <b>Poland</b> 😀 sends</p></div>"
    by_path = result("/div[1]/p[1]/b[1]/text()[1]", "/div[1]/p[1]/b[1]/text()[1]", "Poland", kind="hypertextlabels")
    by_path["value"] |= {"startOffset": 0, "endOffset": 6}
    by_count = result("/x", "/x", "sends", "V", "hypertextlabels", globalOffsets={"start": 18, "end": 23})
    [document] = tasks(tmp_path, {"data": {"page": html}, "annotations": [{"result": [by_path, by_count]}]})
    assert document.text == "Aid\nHe & Poland 😀 sends\n"
    assert (said(document), kept(document)) == ([("Poland", "GPE"), ("sends", "V")], {})


def test_a_path_that_is_not_there_leaves_the_word_to_the_quote_and_says_so(tmp_path: Path) -> None:
    lost = result("/p[9]/text()[1]", "/p[9]/text()[1]", "Poland", kind="hypertextlabels", startOffset=0, endOffset=6)
    [document] = tasks(tmp_path, {"data": {"text": "<p>Poland sends</p>"}, "annotations": [{"result": [lost]}]})
    assert (said(document), carried(document)["moved"]) == ([("Poland", "GPE")], 1)


def test_dialogues_are_read_by_paragraph(tmp_path: Path) -> None:
    talk = [{"author": "A", "text": "We help 😀"}, {"author": "B", "text": "Poland sends"}]
    found = result("1", "1", "Poland", kind="paragraphlabels", startOffset=0, endOffset=6)
    [document] = tasks(tmp_path, {"data": {"dialogue": talk}, "annotations": [{"result": [found]}]})
    assert (document.text, said(document)) == ("We help 😀\nPoland sends", [("Poland", "GPE")])
    assert document.meta["dialogue"] == [{"author": "A"}, {"author": "B"}]


def test_json_min_is_read_as_the_tasks_that_it_was(tmp_path: Path) -> None:
    regions = [{"start": 0, "end": 6, "text": "Poland", "labels": ["GPE"]}]
    row = {"id": 4, "text": TEXT, "label": regions, "kind": "offer", "annotator": 2, "annotation_id": 9}
    [document] = tasks(tmp_path, row)
    assert (said(document), document.review.reviewers, document.id) == ([("Poland", "GPE")], ("2",), "4")
    assert document.meta["kind"] == "offer"


def test_an_annotation_with_its_task_as_storages_get_it_is_read_as_the_task(tmp_path: Path) -> None:
    stored = {"id": 5, "completed_by": 2, "result": [result(0, 6, "Poland")], "task": {"id": 7, "data": {"text": TEXT}}}
    [document] = tasks(tmp_path, stored)
    assert (said(document), document.id, document.review.reviewers) == ([("Poland", "GPE")], "7", ("2",))


def test_completions_of_old_exports_are_annotations(tmp_path: Path) -> None:
    [document] = tasks(tmp_path, {"data": {"text": TEXT}, "completions": [{"result": [result(0, 6, "Poland")]}]})
    assert said(document) == [("Poland", "GPE")]


def test_scores_of_predictions_come_along(tmp_path: Path) -> None:
    sure, rest = {**result(0, 6, "Poland"), "score": 0.91}, result(26, 33, "Ukraine")
    predicted = {"model_version": "m@1", "score": 0.5, "result": [sure, rest]}
    [document] = tasks(tmp_path, {"data": {"text": TEXT}, "predictions": [predicted]})
    assert [(each.by.suggester, each.by.score) for each in document.layer.entities] == [("m@1", 0.91), ("m@1", 0.5)]
    assert "pseudonyms" not in kept(document)


def test_a_prediction_that_only_an_annotation_shows_is_a_layer(tmp_path: Path) -> None:
    seen = {"id": 3, "model_version": "m1", "result": [result(0, 6, "Poland")]}
    task = {"data": {"text": TEXT}, "predictions": [3], "annotations": [{"result": [], "prediction": seen}]}
    [document] = tasks(tmp_path, task)
    assert [(each.author, len(each.entities)) for each in document.layers or ()] == [("annotator", 0), ("m1", 1)]


def test_a_draft_counts_only_where_nothing_else_is_there(tmp_path: Path) -> None:
    draft = {"id": 1, "user": "mia", "result": [result(0, 6, "Poland", "X")]}
    alone = {"data": {"text": TEXT}, "drafts": [draft], "annotations": []}
    beside = {"data": {"text": f"{TEXT} "}, "drafts": [draft], "annotations": [{"result": [result(0, 6, "Poland")]}]}
    found = tasks(tmp_path, alone, beside)
    assert [(said(each), each.review.state) for each in found] == [
        ([("Poland", "X")], "suggested"), ([("Poland", "GPE")], "reviewed"),
    ]  # fmt: skip


def test_what_was_cancelled_is_kept_and_no_reading(tmp_path: Path) -> None:
    skipped = {"was_cancelled": True, "result": [result(0, 6, "Poland")]}
    [document] = tasks(tmp_path, {"data": {"text": TEXT}, "annotations": [skipped]})
    assert (said(document), carried(document)["cancelled"]) == ([], 1)


UKRAINE = {"type": "TextQuoteSelector", "exact": "Ukraine", "prefix": "tanks to ", "suffix": "."}
TAG = {"type": "TextualBody", "purpose": "tagging", "value": "GPE"}


def annotated(tmp_path: Path, content: object, text: str = TEXT) -> Document:
    (tmp_path / "x.txt").write_text(text)
    (tmp_path / "x.jsonld").write_text(content if isinstance(content, str) else json.dumps(content))
    return one(list(records([tmp_path])), "w3c")


def note(selector: Any, *bodies: Any, **rest: Any) -> dict[str, Any]:
    context = "http://www.w3.org/ns/anno.jsonld"
    target = {"source": "x", "selector": selector}
    return {"@context": context, "type": "Annotation", "body": list(bodies) or [TAG], "target": target, **rest}


def test_a_quote_alone_is_found_by_what_surrounds_it(tmp_path: Path) -> None:
    second = {"type": "TextQuoteSelector", "exact": "o", "prefix": "tanks t"}
    document = annotated(tmp_path, [note(second)])
    assert ([each.start for each in document.layer.entities], kept(document)) == ([TEXT.index(" Ukraine") - 1], {})


@pytest.mark.parametrize(
    "selector",
    [
        {"type": "TextPositionSelector", "start": 26, "end": 33},
        {"type": "FragmentSelector", "value": "char=26,33"},
        {
            "type": "RangeSelector",
            "startSelector": {"type": "TextPositionSelector", "start": 26, "end": 26},
            "endSelector": {"type": "TextPositionSelector", "start": 33, "end": 33},
        },
        {"type": "RangeSelector", "startSelector": {"type": "XPathSelector"}, "refinedBy": UKRAINE},
    ],
    ids=["position", "fragment", "range", "refined"],
)
def test_every_selector_that_counts_or_quotes_is_understood(tmp_path: Path, selector: Any) -> None:
    assert said(annotated(tmp_path, [note(selector)])) == [("Ukraine", "GPE")]


def test_a_range_between_elements_is_kept_since_a_text_has_none(tmp_path: Path) -> None:
    document = annotated(tmp_path, [note({"type": "RangeSelector", "startSelector": {"type": "XPathSelector"}})])
    assert (said(document), carried(document)["without a place"]) == ([], 1)


@pytest.mark.parametrize("wrap", [lambda page: page, lambda page: {"type": "AnnotationCollection", "first": page}])
def test_pages_and_collections_of_annotations_come_in(tmp_path: Path, wrap: Any) -> None:
    page = {"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationPage", "items": [note(UKRAINE)]}
    found = wrap(page)
    assert said(annotated(tmp_path, found | {"@context": page["@context"]})) == [("Ukraine", "GPE")]


def test_annotations_in_a_graph_come_in_with_who_made_them(tmp_path: Path) -> None:
    made = note(UKRAINE, id="#1", creator={"name": "Mia"})
    document = annotated(tmp_path, {"@context": ["http://www.w3.org/ns/anno.jsonld"], "@graph": [made]})
    assert (said(document), kept(document)["attributes"]) == (
        [("Ukraine", "GPE")], [{"of": "#1", "creator": {"name": "Mia"}}],
    )  # fmt: skip


def test_each_label_of_an_annotation_is_an_entity_and_comments_are_kept(tmp_path: Path) -> None:
    comment = {"purpose": "commenting", "value": "why?"}
    document = annotated(tmp_path, [note(UKRAINE, TAG, TAG | {"value": "PLACE"}, comment), note(UKRAINE, "words")])
    assert said(document) == [("Ukraine", "GPE"), ("Ukraine", "PLACE"), ("Ukraine", "unlabelled")]
    assert carried(document)["comments"] == 2


def test_annotations_one_a_line_and_relations_among_them_come_in(tmp_path: Path) -> None:
    relation = {"type": "Annotation", "motivation": "linking", "body": [], "target": ["#a1", "#a2"]}
    document = annotated(tmp_path, rows(note(UKRAINE), relation))
    assert (said(document), carried(document)["without a place"]) == ([("Ukraine", "GPE")], 1)
