"""CAS in JSON and XMI: what ``dkpro-cassis`` reads of ours, what we read of others, and what is refused."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import cassis
import pytest

from tests.formats.test_round_trip import golden_documents, written
from workbench.core.annotation import Document
from workbench.core.errors import Refused
from workbench.formats import cas, detect, records, xmi
from workbench.formats.webanno import NAMED

XMI = """<?xml version="1.0" encoding="UTF-8"?>
<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:my="http:///org/my.ecore"
 xmi:version="2.0"><cas:NULL xmi:id="0"/><my:Place xmi:id="2" sofa="1" begin="3" end="7" kind="city">
<note>one</note><note>two</note></my:Place><my:Word xmi:id="3" sofa="1" begin="0" end="2"/>
<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="😀 Kyiv"/>
<cas:View sofa="1" members="2 3"/></xmi:XMI>"""
TYPES = """<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier"><types>
<typeDescription><name>de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token</name><description/>
<supertypeName>uima.tcas.Annotation</supertypeName></typeDescription>
<typeDescription><name>org.my.Word</name><description/>
<supertypeName>de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token</supertypeName></typeDescription>
</types></typeSystemDescription>"""


def _read(raw: bytes, format: Any = xmi) -> Document | Refused:
    [found] = format.read(io.BytesIO(raw), "x")
    return found  # type: ignore[no-any-return]


def _members(name: str) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(written(name, golden_documents()))) as packed:
        return {each: packed.read(each) for each in packed.namelist()}


def _quotes(found: Any) -> list[tuple[str, str]]:
    return [(each.get_covered_text(), each.value) for each in found.select(NAMED)]


def test_cassis_reads_what_we_write() -> None:
    as_json, as_xmi = _members("cas"), _members("xmi")
    types = cassis.load_typesystem(io.BytesIO(as_xmi["TypeSystem.xml"]))
    for number, document in enumerate(golden_documents()):
        said = [(document.text[slice(*each.span)], each.label) for each in document.layer.entities]
        one = cassis.load_cas_from_json(list(as_json.values())[number].decode())
        other = cassis.load_cas_from_xmi(io.BytesIO(list(as_xmi.values())[number]), types)
        for found in (one, other):
            assert (found.sofa_string, _quotes(found)) == (document.text, said)


def test_xmi_is_read_with_and_without_its_type_system(tmp_path: Path) -> None:
    alone = _read(XMI.encode())
    assert isinstance(alone, Document)
    assert [(alone.text[slice(*each.span)], each.label) for each in alone.layer.entities] == [
        ("😀", "Word"), ("Kyiv", "city"),
    ]  # fmt: skip
    assert alone.meta["foreign"]["features"] == [{"type": "org.my.Place", "of": "2", "note": ["one", "two"]}]
    (tmp_path / "a.xmi").write_text(XMI)
    (tmp_path / "TypeSystem.xml").write_text(TYPES)
    [record] = records([tmp_path])
    assert isinstance(record.item, Document)
    assert [each.label for each in record.item.layer.entities] == ["city"]
    assert len(record.item.meta["foreign"]["layers"]) == 1


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_xmi_in_other_encodings_is_read_once_decoded(encoding: str) -> None:
    raw = XMI.replace("UTF-8", encoding).encode(encoding)
    assert detect(raw, "unknown").name == "xmi"
    assert _read(raw) == _read(XMI.encode())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused(encoding: str) -> None:
    hostile = XMI.replace("<xmi:XMI", '<!DOCTYPE x [<!ENTITY a "b">]><xmi:XMI', 1).encode(encoding)
    found = _read(hostile)
    assert isinstance(found, Refused)
    assert "document type" in found.sentence


def _cas(**features: Any) -> bytes:
    kind = {"%NAME": "a.B", "%SUPER_TYPE": "uima.tcas.Annotation", **features}
    things = [
        {"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView", "sofaString": "😀 Kyiv"},
        {"%ID": 2, "%TYPE": "a.B", "@sofa": 1, "begin": 3, "end": 7},
        {"%ID": 3, "%TYPE": "a.B", "@sofa": 1, "begin": 1, "end": 7},
    ]
    views = {"_InitialView": {"%SOFA": 1, "%MEMBERS": [2, 3]}}
    return json.dumps({"%TYPES": {"a.B": kind}, "%FEATURE_STRUCTURES": things, "%VIEWS": views}).encode()


def test_an_offset_inside_a_character_is_told_and_the_rest_is_read() -> None:
    found = _read(_cas(), cas)
    assert isinstance(found, Document)
    assert [found.text[slice(*each.span)] for each in found.layer.entities] == ["Kyiv"]
    assert [each["start"] for each in found.meta["foreign"]["unplaced"]] == [1]


def test_the_name_of_a_feature_is_never_run(tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    name = f"x=open({str(mark)!r},'w')"
    found = _read(_cas(**{name: {"%NAME": name, "%RANGE": "uima.cas.String"}}), cas)
    assert isinstance(found, Refused)
    assert not mark.exists()
    declared = f"<name>{name}</name><description/><rangeTypeName>uima.cas.String</rangeTypeName>"
    features = f"<features><featureDescription>{declared}</featureDescription></features></typeDescription>"
    named = TYPES.replace("</typeDescription>", features)
    (tmp_path / "a.xmi").write_text(XMI)
    (tmp_path / "TypeSystem.xml").write_text(named)
    [record] = records([tmp_path / "a.xmi"])
    assert isinstance(record.item, Refused)
    assert not mark.exists()
