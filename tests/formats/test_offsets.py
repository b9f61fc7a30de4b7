"""Every foreign format that holds offsets, in every unit, over a text in which no two units count alike."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
import regex

from workbench.core.annotation import Document
from workbench.formats import records
from workbench.formats.losses import FOREIGN
from workbench.formats.reading import Options
from workbench.formats.units import UNITS, Mark

TEXT = (
    "🇵🇱 Kowalska met 👨‍👩‍👧 Duda.\r\nIn Łódź and Z\u0301elen, שלום said مُحَمَّد.\r\n"
    "€400 million 😀 for Kyiv; the 𝐁rexit talks in Gdańsk went on."
)
WORDS = ("Kowalska", "Duda", "Łódź", "Z\u0301elen", "שלום", "مُحَمَّد", "million", "Kyiv", "Gdańsk")
Rows = list[tuple[Mark, str]]
Files = dict[str, bytes]


def _length(text: str, unit: str) -> int:
    counts = {"utf-16": len(text.encode("utf-16-le")) // 2, "utf-8": len(text.encode()), "code points": len(text)}
    return counts[unit] if unit in counts else len(regex.findall(r"\X", text))


def _rows(unit: str, *, quotes: bool, text: str = TEXT, words: tuple[str, ...] = WORDS) -> Rows:
    found = []
    for word in words:
        start = text.index(word)
        edges = (_length(text[:place], unit) for place in (start, start + len(word)))
        found.append((Mark(*edges, word if quotes else None), "GPE"))
    return found


def _said(mark: Mark, key: str = "text") -> dict[str, str]:
    return {} if mark.quote is None else {key: mark.quote}


def _prodigy(text: str, rows: Rows) -> Files:
    spans = [{"start": mark.start, "end": mark.end, "label": label, **_said(mark)} for mark, label in rows]
    return {"x.jsonl": json.dumps({"text": text, "spans": spans, "answer": "accept"}).encode()}


def _doccano(text: str, rows: Rows) -> Files:
    spans = [
        {"start_offset": mark.start, "end_offset": mark.end, "label": label, **_said(mark)} for mark, label in rows
    ]
    return {"x.jsonl": json.dumps({"id": 1, "text": text, "entities": spans, "Comments": []}).encode()}


def _label_studio(text: str, rows: Rows) -> Files:
    results = [
        {
            "from_name": "label", "to_name": "text", "type": "labels", "id": f"r{number}",
            "value": {"start": mark.start, "end": mark.end, "labels": [label], **_said(mark)},
        }
        for number, (mark, label) in enumerate(rows)
    ]  # fmt: skip
    return {"x.json": json.dumps([{"id": 1, "data": {"text": text}, "annotations": [{"result": results}]}]).encode()}


def _brat(text: str, rows: Rows) -> Files:
    lines = [
        f"T{number}\t{label} {mark.start} {mark.end}" + (f"\t{mark.quote}" if mark.quote else "")
        for number, (mark, label) in enumerate(rows, 1)
    ]
    return {"x.ann": "\n".join(lines).encode(), "x.txt": text.encode()}


def _w3c(text: str, rows: Rows) -> Files:
    found = []
    for mark, label in rows:
        selector = [{"type": "TextPositionSelector", "start": mark.start, "end": mark.end}]
        selector += [{"type": "TextQuoteSelector", **_said(mark, "exact")}] if mark.quote else []
        body = [{"type": "TextualBody", "purpose": "tagging", "value": label}]
        target = {"source": "x.txt", "selector": selector}
        context = "http://www.w3.org/ns/anno.jsonld"
        found.append({"@context": context, "type": "Annotation", "body": body, "target": target})
    return {"x.jsonld": json.dumps(found).encode(), "x.txt": text.encode()}


def _cas(text: str, rows: Rows) -> Files:
    named = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
    things = [{"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView", "sofaString": text}]
    for number, (mark, label) in enumerate(rows, 2):
        place = {"begin": mark.start, "end": mark.end, "@sofa": 1}
        things.append({"%ID": number, "%TYPE": named, **place, "value": label})
    views = {"_InitialView": {"%SOFA": 1, "%MEMBERS": [each["%ID"] for each in things[1:]]}}
    return {"x.json": json.dumps({"%TYPES": {}, "%FEATURE_STRUCTURES": things, "%VIEWS": views}).encode()}


def _xmi(text: str, rows: Rows) -> Files:
    said = text.replace("\r", "&#13;").replace("\n", "&#10;")
    lines = [
        f'<type:NamedEntity xmi:id="{number}" sofa="1" begin="{mark.start}" end="{mark.end}" value="{label}"/>'
        for number, (mark, label) in enumerate(rows, 2)
    ]
    members = " ".join(str(number) for number in range(2, len(rows) + 2))
    return {
        "x.xmi": (
            '<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" '
            'xmlns:type="http:///de/tudarmstadt/ukp/dkpro/core/api/ner/type.ecore" xmi:version="2.0">'
            f'<cas:NULL xmi:id="0"/><cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" sofaString="{said}"/>'
            f'{"".join(lines)}<cas:View sofa="1" members="{members}"/></xmi:XMI>'
        ).encode()
    }


def _webanno(text: str, rows: Rows) -> Files:
    named = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
    shown = text.replace("\r", "\\r").replace("\n", "\\n")
    lines = [f"1-{n}\t{mark.start}-{mark.end}\t{mark.quote}\t{label}\t" for n, (mark, label) in enumerate(rows, 1)]
    head = f"#FORMAT=WebAnno TSV 3.3\n#T_SP={named}|value\n\n\n#Text={shown}\n"
    return {"x.tsv": (head + "\n".join(lines) + "\n").encode()}


def _huggingface(text: str, rows: Rows) -> Files:
    import pyarrow as pa
    from pyarrow import parquet

    out = io.BytesIO()
    spans = [{"start": mark.start, "end": mark.end, "label": label, **_said(mark)} for mark, label in rows]
    parquet.write_table(pa.Table.from_pylist([{"text": text, "entities": spans}]), out)
    return {"x.parquet": out.getvalue()}


MADE: dict[str, Callable[[str, Rows], Files]] = {
    "prodigy": _prodigy, "doccano": _doccano, "label_studio": _label_studio, "brat": _brat, "w3c": _w3c,
    "cas": _cas, "xmi": _xmi, "webanno": _webanno, "huggingface": _huggingface,
}  # fmt: skip
USUAL = {"label_studio": "utf-16", "cas": "utf-16", "xmi": "utf-16", "webanno": "utf-16"}
QUOTED = sorted(MADE.keys() - {"cas", "xmi"})
BARE = sorted(MADE.keys() - {"webanno"})
CASES = [(name, True) for name in QUOTED] + [(name, False) for name in BARE]


def _read(folder: Path, name: str, files: Files, options: Options | None = None) -> Document:
    for file, raw in files.items():
        (folder / file).write_bytes(raw)
    first = folder / next(iter(files))
    [found] = [record.item for record in records([first], name, options or Options())]
    assert isinstance(found, Document), found
    return found


def _told(document: Document) -> dict:
    return document.meta.get(FOREIGN) or {}


def _quotes(document: Document) -> list[str]:
    return [document.text[each.start : each.end] for each in document.layer.entities]


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize(("name", "quotes"), CASES)
def test_spans_land_on_their_words_and_the_unit_is_said(name: str, quotes: bool, unit: str, tmp_path: Path) -> None:
    found = _read(tmp_path, name, MADE[name](TEXT, _rows(unit, quotes=quotes)))
    assert _quotes(found) == list(WORDS)
    assert _told(found).get("unit", USUAL.get(name, "code points")) == unit
    assert not _told(found).keys() & {"unit_or", "moved", "unplaced"}


@pytest.mark.parametrize("name", BARE)
def test_where_nothing_decides_the_usual_is_taken_and_the_doubt_is_told(name: str, tmp_path: Path) -> None:
    found = _read(tmp_path, name, MADE[name]("😀" * 8, [(Mark(0, 2), "GPE")]))
    assert _quotes(found) == ["😀" if name in USUAL else "😀😀"]
    assert "unit" not in _told(found)
    assert ("unit_or" in _told(found)) == (name not in {"cas", "xmi"}), "a standard says what these count"


@pytest.mark.parametrize("name", BARE)
def test_a_unit_that_is_told_counts(name: str, tmp_path: Path) -> None:
    rows = [(Mark(0, 4), "GPE")]
    found = _read(tmp_path, name, MADE[name]("😀" * 8, rows), Options(unit="utf-8"))
    assert _quotes(found) == ["😀"]
    assert (_told(found)["unit"], _told(found)["unit_told"]) == ("utf-8", True)


@pytest.mark.parametrize("name", sorted(MADE.keys() - {"cas", "xmi", "webanno"}))
def test_a_span_with_a_strange_quote_is_moved_to_it_or_listed(name: str, tmp_path: Path) -> None:
    rows = _rows("code points", quotes=True)
    rows[0] = (rows[0][0]._replace(start=rows[0][0].start + 1, end=rows[0][0].end + 1), "GPE")
    rows[1] = (rows[1][0]._replace(quote="Nobody"), "PERSON")
    found = _read(tmp_path, name, MADE[name](TEXT, rows))
    assert _quotes(found) == [word for word in WORDS if word != "Duda"]
    assert [each["text"] for each in _told(found)["moved"]] == ["Kowalska"]
    assert [each["text"] for each in _told(found)["unplaced"]] == ["Nobody"]


@pytest.mark.parametrize("name", BARE)
def test_a_span_beyond_the_text_is_listed(name: str, tmp_path: Path) -> None:
    rows = [*_rows("code points", quotes=False), (Mark(9000, 9004), "GPE")]
    found = _read(tmp_path, name, MADE[name](TEXT, rows))
    assert _quotes(found) == list(WORDS)
    assert [each["start"] for each in _told(found)["unplaced"]] == [9000]
