"""No reader takes steps by the square of a file's size: the steps themselves are counted, so nothing is timed."""

import io
import json
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from workbench.core.annotation import Document
from workbench.core.errors import Invalid, Refused
from workbench.formats import items, reader, units
from workbench.formats.files import Opened
from workbench.formats.label_studio_texts import shown
from workbench.formats.reading import PLAIN, keys_in
from workbench.formats.units import nearest

FEW, MANY = 100, 400
ACCENTED = "é" + "ab " * 50
XMI = (
    '<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:a="http:///a.ecore" '
    'xmi:version="2.0"><cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="ab"/>'
    '{}<cas:View sofa="1" members=""/></xmi:XMI>'
)
THING = '<a:{} xmi:id="{}" sofa="1" begin="0" end="2" {}="x"/>'


def steps(call: Callable[[], Any]) -> int:
    """Count the instructions that a call takes."""
    count = 0

    def watch(frame: FrameType, event: str, _argument: object) -> Any:
        nonlocal count
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        count += event == "opcode"
        return watch

    before = sys.gettrace()
    sys.settrace(watch)
    try:
        call()
    finally:
        sys.settrace(before)
    return count


def read(format: str, said: str, beside: dict[str, bytes] | None = None) -> list[Document | Refused]:
    raw = said.encode()
    return list(items(Opened("x", io.BytesIO(raw), raw[:65_536], {}, beside or {}), reader(format), PLAIN))


def task(result: list[Any], count: int, text: str = "boat") -> str:
    return json.dumps([{"data": {"text": text}, "annotations": [{"completed_by": 1, "result": result}] * count}])


def brat(line: str) -> Callable[[int], Any]:
    return lambda n: read("brat", "".join(line.format(each) for each in range(n)), {".txt": ACCENTED.encode()})


def prodigy(n: int) -> Any:
    tokens = [{"text": "boat", "start": 5 * each, "end": 5 * each + 4} for each in range(n)]
    spans = [{"token_start": each, "token_end": each, "label": "A"} for each in range(n)]
    return read("prodigy", json.dumps({"text": "boat " * n, "tokens": tokens, "spans": spans}))


def doccano(n: int) -> Any:
    spans = [{"id": each, "label": "A", "start_offset": 0, "end_offset": 2, "user": each + 1} for each in range(n)]
    return read("doccano", json.dumps({"text": "boat", "annotations": spans}))


def argilla(n: int) -> Any:
    said = [{"user_id": str(each), "value": [{"start": 0, "end": 2, "label": "A"}]} for each in range(n)]
    return read("argilla", json.dumps({"fields": {"text": "boat"}, "responses": {"q": said}}))


def conllu(n: int) -> Any:
    row = "{}\tab\t_\t_\t_\t_\t_\t_\t_\tEntity={}\n"
    return read("conllu", row.format(1, "".join(f"(a{each}-X" for each in range(n))) + row.format(2, "b)" * n))


SHAPES: dict[str, Callable[[int], Any]] = {
    "annotations of one person": lambda n: read("label_studio", task([], n)),
    "ends of no element": lambda n: shown({"text": "<b>" * n + "</i>" * n}, None, marked_up=True),
    "spans by tokens": prodigy,
    "people of doccano": doccano,
    "people of argilla": argilla,
    "torn spans": brat("T{}\tX 0 2;3 5\té\n"),
    "moved quotes": brat("T{}\tX 0 2\tab\n"),
    "open brackets": conllu,
    "types of XMI": lambda n: read("xmi", XMI.format("".join(THING.format(f"E{i}", i + 9, "v") for i in range(n)))),
    "features of XMI": lambda n: read("xmi", XMI.format("".join(THING.format("E", i + 9, f"v{i}") for i in range(n)))),
    "columns of labels": lambda n: read("conll", "a" + " O" * n + "\n" + "b O\n" * n),
    "layers of WebAnno": lambda n: read(
        "webanno",
        "#FORMAT=WebAnno TSV 3.3\n" + "#T_SP=a.B|v\n" * n + "#Text=" + "ab " * n + "\n"
        + "".join(f"1-{i}\t{3 * i}-{3 * i + 2}\tab\t_\n" for i in range(n)),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SHAPES)
def test_four_times_as_much_takes_about_four_times_as_long(name: str) -> None:
    SHAPES[name](4)
    few, many = (steps(lambda count=count: SHAPES[name](count)) for count in (FEW, MANY))
    assert many < 6 * few


def test_a_text_is_counted_in_a_unit_once_however_many_spans_are_torn() -> None:
    units._index.cache_clear()
    SHAPES["torn spans"](50)
    assert units._index.cache_info().misses <= len(units.UNITS)


def test_a_quote_is_found_where_it_lies_nearest_also_over_itself() -> None:
    assert nearest("aaa", "aa", 1) == (1, 3)
    assert nearest("ab..ab..ab", "ab", 5) == (4, 6)
    assert nearest("ab..ab", "ab", 99) == (4, 6)
    assert nearest("ab..ab", "ab", -9) == (0, 2)
    assert nearest("ab", "cd", 0) is None
    assert nearest("ab", " ", 0) is None


def test_elements_that_never_end_are_text_and_those_that_nest_too_deeply_are_refused() -> None:
    def text(html: str) -> str:
        return shown({"text": html}, None, marked_up=True)[1].text

    assert text("<p>a > b</p> 3 < 4") == "a > b\n 3 < 4"
    assert text("<p>boat</p><!-- said --><p>tug") == "boat\ntug"
    assert text("<!-- > boat <!-- > tug") == " boat  tug"
    assert text("<a b='<a b=' boat") == "<a b='<a b=' boat"
    with pytest.raises(Invalid, match="nested too deeply"):
        text("<i>" * 600 + "boat")


def test_keys_are_told_by_the_colon_that_follows_them() -> None:
    assert keys_in(b'{"a"  : 1, "b", "c":"d"') == {"a", "c"}


@pytest.mark.parametrize(
    ("format", "said", "why"),
    [
        ("brat", f"T1\tX {'9' * 5000} 5\tx\n", "line 1: The line has no offsets"),
        ("conllu", f"{'9' * 5000}\tab" + "\t_" * 8 + "\n", "begin with a number"),
        ("xmi", XMI.format("<a:E " + " ".join(f"v{i}='x'" for i in range(200)) + "/>"), "has more than 100 features"),
        ("cas", json.dumps({"%TYPES": {f"a.T{i}": {"%SUPER_TYPE": f"a.T{i + 1}"} for i in range(40)},
                            "%FEATURE_STRUCTURES": []}), "more than 16 generations"),
        ("cas", json.dumps({"%TYPES": {"a.T": {"%SUPER_TYPE": "a.T"}}, "%FEATURE_STRUCTURES": []}), "generations"),
        ("webanno", "#FORMAT=WebAnno TSV 3.3\n" + "#T_SP=a|b\n" * 101, "more than 100 layers"),
        ("html", f"<html><body><p {'a ' * 300}>boat</p>", "more than 250 attributes"),
    ],
)  # fmt: skip
def test_what_no_file_of_a_tool_holds_is_refused_with_the_bound(format: str, said: str, why: str) -> None:
    [found] = read(format, said, {".txt": b"ab"})
    assert isinstance(found, Refused)
    assert why in str(found)


@pytest.mark.parametrize("when", ["1 Jan 99999999999 00:00:00", "9" * 5000, "Mon, 1 Jan 2024 00:00:00 +999999999"])
def test_a_day_that_no_calendar_has_is_none(when: str) -> None:
    [found] = read("jsonl", json.dumps({"text": "A boat.", "date": when}))
    assert isinstance(found, Document)
    assert found.source.published is None
