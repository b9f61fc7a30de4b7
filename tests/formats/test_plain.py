import io
import json
import socket

import pytest
from hypothesis import given, settings

from tests.formats.documents import TEXTS
from workbench.core.annotation import Document
from workbench.core.errors import Invalid, Refused
from workbench.formats import about, detect, html, jsonl, table, text
from workbench.formats.reading import Options

PAGE = """<!DOCTYPE html><html lang='en'><head><title>Poland offers engineers</title>
<meta name='author' content='Jane Doe'><meta property='og:site_name' content='The Ledger'>
<meta property='article:published_time' content='2026-03-10T08:00Z'>
<link rel='canonical' href='https://ledger.example/poland'></head>
<body><nav>Home News</nav><article><h1>Poland offers engineers</h1>
<p>Poland will send engineers to clear mines, its defence minister said in Warsaw on Tuesday, after a long night.</p>
<p>They will stay for a year, he added, and they will take their own machines with them across the border.</p>
<p>No other country has yet said whether it would follow, although two have asked for a list of what is needed.</p>
</article><footer>Cookies</footer></body></html>"""


def _one(found: object) -> Document:
    [document] = found  # type: ignore[misc]
    assert isinstance(document, Document), document
    return document


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_a_text_file_keeps_every_character(said: str) -> None:
    assert _one(text.read(io.BytesIO(said.encode()), "a.txt")).text == said
    assert _one(text.read(io.BytesIO(b"\xef\xbb\xbf" + said.encode()), "a.txt")).text == said


def test_a_text_in_another_encoding_is_refused_by_its_name_until_confirmed() -> None:
    raw = "Der Außenminister erklärte, die Größe der Truppe müsse überprüft werden; für Österreich gälte das.".encode(
        "cp1252"
    )
    [refused] = text.read(io.BytesIO(raw), "a.txt")
    assert isinstance(refused, Refused)
    assert "--encoding cp1252" in refused.sentence
    assert "Größe" in _one(text.read(io.BytesIO(raw), "a.txt", Options(encoding="cp1252"))).text


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "empty"),
        (b" \r\n", "empty"),
        (b"a\0b", "NUL"),
        (b"x" * 4_000_004, "longer"),
        (b"x" * 1_000_001, "1,000,000"),
    ],
)
def test_what_is_no_text_is_refused(raw: bytes, says: str) -> None:
    [refused] = text.read(io.BytesIO(raw), "a.txt")
    assert isinstance(refused, Refused)
    assert says in refused.sentence


def test_an_unknown_encoding_is_refused() -> None:
    for name in ("klingon", "zlib"):
        [refused] = text.read(io.BytesIO(b"\xff"), "a.txt", Options(encoding=name))
        assert isinstance(refused, Refused)


def test_json_lines_take_the_usual_names_and_keep_the_rest() -> None:
    row = {
        "Headline": "H", "body": "T\r\n", "publisher": "O", "authors": ["A", "B"], "date": "2026-03-10T08:00:00Z",
        "link": "https://x.example", "lang": "en_GB", "id": 7, "section": {"a": [1, None]}, "meta": {"wire": True},
        "source": "S",
    }  # fmt: skip
    document = _one(jsonl.read(io.BytesIO(json.dumps(row).encode()), "a.jsonl"))
    source = document.source
    assert (document.title, document.text, document.id, document.language) == ("H", "T\r\n", "7", "en-GB")
    assert (source.outlet, source.author, source.published, source.url) == (
        "O",
        "A; B",
        "2026-03-10",
        "https://x.example",
    )
    assert document.meta == {"wire": True, "section": {"a": [1, None]}, "source": "S"}


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2026-03-10", "2026-03-10"), ("2026-03-10 08:00", "2026-03-10"), ("10 March 2026", "2026-03-10"),
        ("March 10, 2026", "2026-03-10"), ("Tue, 10 Mar 2026 08:00:00 GMT", "2026-03-10"), ("20260310", "2026-03-10"),
        ("03/04/2026", None), ("yesterday", None), ("2026-02-30", None), ("", None), ("2026", None),
    ],
)  # fmt: skip
def test_a_date_is_taken_only_where_it_is_sure(said: str, day: str | None) -> None:
    assert about.day(said) == day
    document = about.document("text", {"date": said})
    assert document.source.published == day
    assert document.meta == ({} if day or not said else {"date": said})


def test_json_lines_name_the_line_that_fails() -> None:
    source = io.BytesIO(b'{"text":"a"}\n{"txt":"b"}\n{"text":1}\n{"text":"a","text":"b"}\n[1]\n{"text":"c"}\n')
    found = list(jsonl.read(source, "a.jsonl"))
    assert [each.line for each in found if isinstance(each, Refused)] == [2, 3, 4, 5]
    assert len(found) == 6


def test_a_key_both_inside_meta_and_beside_it_is_refused() -> None:
    [refused] = jsonl.read(io.BytesIO(b'{"text":"a","meta":{"x":1},"x":2}'), "a.jsonl")
    assert isinstance(refused, Refused)


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_table_keeps_quoted_line_ends_and_skips_blank_rows(mark: str) -> None:
    raw = f'\ufefftitle{mark}text{mark}page\r\nT{mark}"a\r\n""b""{mark}"{mark}3\r\n\r\nU{mark}c{mark}\r\n'
    first, second = table.read(io.BytesIO(raw.encode()), "a.csv")
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.text, first.title, first.meta) == (f'a\r\n"b"{mark}', "T", {"page": "3"})
    assert second.meta == {}


@pytest.mark.parametrize(
    ("raw", "line", "says"),
    [
        (b"title,text\nT\n", 2, "1 cells"),
        (b"title,text\nT,a,b\n", 2, "3 cells"),
        (b'title,text\nT,"a\nU,b\n', 2, "quote"),
        (b"title,title,text\nT,U,a\n", 1, "Two columns"),
        (b"title,,text\nT,U,a\n", 1, "no name"),
        (b"title,words\nT,a\n", 2, "title, words"),
        (b"title,text\nT,\xe4\xf6\xfc\n", None, "UTF-8"),
        (b"title,text\nT,\n", 2, "empty"),
    ],
)
def test_a_broken_table_is_refused_with_its_line(raw: bytes, line: int | None, says: str) -> None:
    found = [each for each in table.read(io.BytesIO(raw), "a.csv") if isinstance(each, Refused)]
    assert (found[0].line, says in found[0].sentence) == (line, True), found[0]


def test_the_column_of_the_text_can_be_told() -> None:
    document = _one(table.read(io.BytesIO(b"text;Wortlaut\nT;a\n"), "a.csv", Options(text="wortlaut")))
    assert (document.text, document.meta) == ("a", {"text": "T"})


def test_a_long_cell_is_read() -> None:
    assert len(_one(table.read(io.BytesIO(b"text,x\n" + b"y" * 500_000 + b",1\n"), "a.csv")).text) == 500_000


def test_a_page_gives_its_main_text_and_what_it_says_about_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was touched")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    document = _one(html.read(io.BytesIO(PAGE.encode()), "a.html"))
    assert "clear mines" in document.text
    assert "Cookies" not in document.text
    assert document.title == "Poland offers engineers"
    assert (document.source.outlet, document.source.published) == ("The Ledger", "2026-03-10")
    assert document.source.file == "a.html"


def test_a_page_without_a_text_says_so() -> None:
    for page in (b"<html></html>", b"<html><body></body></html>"):
        [refused] = html.read(io.BytesIO(page), "a.html")
        assert isinstance(refused, Refused)
        assert "No main text" in refused.sentence


def test_a_page_is_read_in_the_encoding_that_it_declares() -> None:
    page = (
        PAGE.replace("<head>", "<head><meta charset='iso-8859-1'>")
        .replace("engineers to", "Müller to")
        .encode("latin-1")
    )
    assert "Müller" in _one(html.read(io.BytesIO(page), "a.html")).text


@pytest.mark.parametrize(
    ("head", "name", "found"),
    [
        (b'{"text": "x"}', "a.txt", "jsonl"),
        (b'{"Headline": "x", "body": "cut of', "a", "jsonl"),
        (b"<!doctype html><p>", "a.txt", "html"),
        (b"title,text\n", "a.csv", "table"),
        (b"Only words.", "a.txt", "text"),
        (b"Only words.", "article", "text"),
    ],
)
def test_content_tells_before_the_name(head: bytes, name: str, found: str) -> None:
    assert detect(head, name).name == found


def test_what_nobody_reads_is_answered_with_a_list() -> None:
    with pytest.raises(Invalid, match=r"gold, .*jsonl"):
        detect(b"\x89PNG", "picture.png")


@pytest.mark.parametrize("where", ["<head>", "</article>"])
def test_what_a_script_compares_opens_no_element(where: str) -> None:
    script = f"<script>for (i = 0; i<all.length; i++) {{ {'say (all [i]); ' * 300} }}</script>"
    page = PAGE.replace(where, f"{where}{script}<style>a{{}}</style>")
    assert "engineers to clear mines" in _one(html.read(io.BytesIO(page.encode()), "a.html")).text
