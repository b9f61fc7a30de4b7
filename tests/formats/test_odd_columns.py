"""Odd but valid files of tokens in columns, as other tools and data sets have them."""

import io
import json
from typing import Any

import pytest

from tests.formats.test_odd_exports import kept, one, read, rows, said
from workbench.core.errors import Refused
from workbench.formats import records
from workbench.formats.losses import carried

__all__ = ["read"]

WEBANNO = "#FORMAT=WebAnno TSV 3.3\n"
SPAN = f"{WEBANNO}#T_SP=webanno.custom.Span|value\n\n\n"


def conllu(*found: tuple[str, str, str]) -> str:
    tail = "\t".join("_" * 7)
    return "".join(f"{id}\t{form}\t{tail}\t{misc}\n" for id, form, misc in found)


def test_tokens_that_are_numbered_stand_in_the_second_column(read: Any) -> None:
    table = "1 Poland poland NNP 2 B-LOC\n2 sends send VBZ 0 O\n\n1 1 1 CD 0 O\n"
    found = read(a__conll=table)
    assert [each.item.text for each in found] == ["Poland sends", "1"]
    assert said(found[0].item) == [("Poland", "LOC")]
    assert kept(found[0].item)["columns"] == ["3", "4", "5"]


def test_a_number_among_words_is_a_token(read: Any) -> None:
    document = one(read(a__conll="1 CD I-NP O\nPoland NNP I-NP B-LOC\n"), "conll")
    assert (document.text, said(document)) == ("1 Poland", [("Poland", "LOC")])


def test_nested_labels_in_two_columns_are_both_read_and_phrases_are_none(read: Any) -> None:
    nested = one(read(a__tsv="#\tsource [2009]\n1\tNew\tB-ORG\tB-LOC\n2\tYork\tI-ORG\tI-LOC\n"), "conll")
    assert said(nested) == [("New York", "LOC"), ("New York", "ORG")]


def test_phrases_are_no_entities_and_their_column_is_named(read: Any) -> None:
    document = one(read(a__conll="Poland NNP B-NP B-LOC\nsends VBZ B-VP O\n"), "conll")
    assert (said(document), kept(document)["columns"]) == ([("Poland", "LOC")], ["2", "3"])


def test_comments_between_sentences_are_no_tokens_and_a_hash_is_one(read: Any) -> None:
    found = read(a__conll="# id 7 domain=en\nPoland _ _ B-LOC\n# _ _ O\n\n# id 8\nBerlin _ _ B-LOC\n")
    assert [(each.item.text, said(each.item)) for each in found] == [
        ("Poland #", [("Poland", "LOC")]), ("Berlin", [("Berlin", "LOC")]),
    ]  # fmt: skip


def test_tags_in_json_lines_are_read_as_those_in_columns(read: Any) -> None:
    document = one(read(a__jsonl=rows({"id": 4, "tokens": ["New", "York"], "ner_tags": ["B-LOC", "I-LOC"]})), "jsonl")
    assert (document.text, document.id, said(document)) == ("New York", "4", [("New York", "LOC")])


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"tokens": ["New", "York"], "ner_tags": [1, 2]}, "no class is named so"),
        ({"tokens": ["New", "York"], "ner_tags": ["O"]}, "2 tokens and 1 ner_tags"),
        ({"tokens": ["New", "York"]}, "no tags for them"),
    ],
)
def test_tags_that_do_not_fit_are_refused_with_the_line(read: Any, row: dict[str, Any], why: str) -> None:
    [record] = read(a__jsonl=rows(row))
    assert isinstance(record.item, Refused)
    assert (record.item.line, why in record.item.sentence) == (1, True)


def parquet(tmp_path: Any, row: dict[str, Any], features: dict[str, Any]) -> Any:
    import pyarrow as pa
    from pyarrow import parquet

    told = {b"huggingface": json.dumps({"info": {"features": features}}).encode()}
    out = io.BytesIO()
    parquet.write_table(pa.Table.from_pylist([row]).replace_schema_metadata(told), out)
    (tmp_path / "a.parquet").write_bytes(out.getvalue())
    return one(list(records([tmp_path])), "huggingface")


CLASSES = {"names": ["O", "B-LOC", "I-LOC"], "_type": "ClassLabel"}


@pytest.mark.parametrize("kind", ["Sequence", "List"])
def test_tags_of_a_data_set_are_read_by_the_names_of_its_classes(tmp_path: Any, kind: str) -> None:
    row = {"tokens": ["In", "New", "York"], "ner_tags": [-1, 1, 2]}
    document = parquet(tmp_path, row, {"ner_tags": {"feature": CLASSES, "_type": kind}})
    assert said(document) == [("New York", "LOC")]


def test_spans_of_a_data_set_may_be_stored_in_columns(tmp_path: Any) -> None:
    inner = {"label": {"names": ["GPE"], "_type": "ClassLabel"}}
    row = {"text": "Poland sends", "spans": {"start": [0], "end": [6], "label": [0]}}
    document = parquet(tmp_path, row, {"spans": {"feature": inner, "_type": "Sequence"}})
    assert said(document) == [("Poland", "GPE")]


def test_parts_of_tokens_and_places_between_signs_are_read_or_kept(read: Any) -> None:
    lines = ["1-1\t0-6\tPoland\ta[1]|b[2]\t", "1-1.1\t3-6\tand\tc[3]\t", "1-1.2\t4-4\t\td[4]\t", "1-2\t7-8\tx\ta[1]\t"]
    document = one(read(a__tsv=f"{SPAN}#Text=Poland x\n" + "\n".join(lines) + "\n"), "webanno")
    assert said(document) == [("Poland", "b"), ("Poland x", "a"), ("and", "c")]
    assert kept(document)["without a place"] == [[4, 4, "Span", "d"]]


@pytest.mark.parametrize(
    ("cell", "labels"),
    [
        ("a[x]|d[2]", ["a[x]", "d"]),
        ("a[1]b", ["a[1]b"]),
        ("x" * 90 + "[1", ["x" * 90 + "[1"]),
        ("[[[", ["[[["]),
        ("a\\|b[1]|c\\[2][3]", ["a|b", "c[2]"]),
    ],
)
def test_a_cell_of_webanno_is_read_from_its_beginning_to_its_end(cell: str, labels: list[str], read: Any) -> None:
    document = one(read(a__tsv=f"{SPAN}#Text=Poland\n1-1\t0-6\tPoland\t{cell}\n"), "webanno")
    assert sorted(label for _, label in said(document)) == sorted(labels)


def test_slots_are_no_labels_and_keep_where_they_point(read: Any) -> None:
    layers = "#T_SP=custom.Host|ROLE_custom.Host:links_custom.Link|custom.Span\n#T_SP=custom.Span|\n\n\n"
    lines = "#Text=This is\n1-1\t0-4\tThis\tp2;p1\t1-2[1];1-2[2]\t_\t\n1-2\t5-7\tis\t_\t_\t*[1]|*[2]\t\n"
    document = one(read(a__tsv=WEBANNO + layers + lines), "webanno")
    assert said(document) == [("This", "Host"), ("is", "Span"), ("is", "Span")]
    [[*_, slots]] = kept(document)["features"]
    assert list(slots.values()) == ["p2;p1", "1-2[1];1-2[2]"]


def test_a_token_that_is_nowhere_is_refused_with_its_line(read: Any) -> None:
    [record] = read(a__tsv=f"{SPAN}#Text=Poland\n1-1\t0-6\tPoland\t_\t\n1-2\t7-9\tzz\t_\t\n")
    assert isinstance(record.item, Refused)
    assert record.item.line == 7


def test_mentions_without_words_and_links_between_entities_are_kept(read: Any) -> None:
    table = conllu(("1", "Poland", "Bridge=e0<e1:subset"), ("1.1", "_", "Entity=(e9-person-1-)"), ("2", "acts", "_"))
    document = one(read(a__conllu=f"# global.Entity = eid-etype-head-other\n{table}"), "conllu")
    assert (said(document), document.text) == ([], "Poland acts ")
    assert carried(document) == {"without a place": 1, "relations": 1}


def test_a_mention_that_begins_without_words_begins_with_the_next(read: Any) -> None:
    table = conllu(("1", "so", "_"), ("1.1", "_", "Entity=(e9-person-1-"), ("2", "he", "Entity=e9)"))
    assert said(one(read(a__conllu=f"# global.Entity = eid-etype-head-other\n{table}"), "conllu")) == [("he", "person")]


def test_entities_are_closed_by_their_id_wherever_it_stands_and_parts_are_told(read: Any) -> None:
    table = conllu(("1", "New", "Entity=(place-1[1/2]-new(place-2-new"), ("2", "York", "Entity=1[1/2])2)"))
    document = one(read(a__conllu=f"# global.Entity = entity-GRP-infstat\n{table}"), "conllu")
    assert said(document) == [("New York", "place"), ("New York", "place")]
    assert kept(document)["discontinuous"] == [[0, 8, "1[1/2]"]]
