"""Imports that are slow from end to end, readings that are too large, and files that nobody thought of."""

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from structlog.testing import capture_logs

from workbench.core.annotation import Document, Entity, layer_of
from workbench.core.errors import Invalid, Refused
from workbench.core.limits import Limits
from workbench.formats import READERS, apart, gold, gold_ready, parser, records, writer
from workbench.formats.files import Opened, weight
from workbench.formats.reading import PLAIN, Options


class Line:
    """The child's end, which keeps what is said."""

    def __init__(self) -> None:
        self.said: list[bytes] = []
        self.out = io.BytesIO()

    def renew(self) -> None:
        """Grant more time."""

    def say(self, *parts: bytes) -> None:
        """Keep a line."""
        self.said.append(b"".join(parts))


def order(*paths: Path, limits: Limits, spent: float = 0, format: str | None = None) -> parser.Order:
    return parser.Order([str(each) for each in paths], format, Options(limits=limits), False, False, spent=spent)


def test_files_have_time_by_their_size_and_no_more_whatever_comes_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parser, "time", SimpleNamespace(process_time=lambda: 0.5))
    (tmp_path / "a.txt").write_bytes(b"x" * 300_000)
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "c.txt").write_bytes(b"x" * 200_000)
    assert weight([tmp_path]) == weight([str(tmp_path / "*.txt"), tmp_path / "b"]) == 500_000
    limits = Limits(seconds=7, pace=10)
    assert limits.in_all(500_000) == 12
    parser._Clock(Line(), order(tmp_path, limits=limits)).renew("a.txt")
    with pytest.raises(parser._Over) as over:
        parser._Clock(Line(), order(tmp_path, limits=limits, spent=12)).renew("a.txt")
    assert str(over.value) == (
        "a.txt: reading ended here, since files of 0.5 MB may take 12 seconds of processor time in all "
        "(WORKBENCH_READ_SECONDS, WORKBENCH_READ_PACE); split them, or leave this out."
    )


def test_an_import_that_takes_too_long_in_all_ends_in_a_sentence(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("A boat.")
    slow = Options(limits=Limits(pace=-(10**9)))
    with pytest.raises(Invalid, match=r"a\.txt: reading ended here, .* \(WORKBENCH_READ_SECONDS, WORKBENCH_READ_PACE"):
        list(apart.parsed([tmp_path], options=slow))


def test_what_a_child_spent_is_known_when_it_died() -> None:
    run = apart._Run(PLAIN, None, ready=False)
    run.child = SimpleNamespace(hear=iter([b"T1.5", b"T2.5", b"E"]).__next__)
    assert run._hear() == (b"E", b"")
    assert run.spent == 2.5


def many(count: int) -> Document:
    text = "boat " * count
    return Document(text, layer_of("", [Entity(f"e{n}", 5 * n, 5 * n + 4, "SHIP") for n in range(count)]))


@pytest.mark.parametrize("name", ["gold", "prodigy", "docbin"])
def test_an_article_of_more_objects_than_one_may_have_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / f"x{writer(name).suffixes[0]}"
    with path.open("wb") as out:
        writer(name).write([many(4), many(5)], out)
    few = Options(limits=Limits(spans=4))
    good, bad = [found.item for found in records([path], options=few)]
    assert isinstance(good, Document)
    assert isinstance(bad, Refused)
    assert bad.sentence == (
        "record 2: A reading holds 5 entities, stances and commitments; the most that one article may have is 4 "
        "(WORKBENCH_READ_SPANS). Split the article, or leave some out."
    )


def test_a_further_reading_counts_too_and_so_do_lines_as_we_write_them() -> None:
    document = many(2)
    dissent = replace(document, layers=(replace(many(3).layer, author="mia"),), text=many(3).text)
    raw = gold.dumps(many(3)) + b"\n" + gold.dumps(dissent) + b"\n" + gold.dumps(document) + b"\n"
    found = list(gold_ready.read(io.BytesIO(raw), Limits(spans=2)))
    assert [isinstance(each, Refused) and each.line for each in found] == [1, 2, False]


def test_a_file_that_breaks_a_reader_is_told_to_people_in_words_and_to_the_log_by_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def read(*_: object) -> Iterator[Document]:
        raise KeyError("begin")

    monkeypatch.setitem(READERS, "breaking", SimpleNamespace(name="breaking", title="Breaking", read=read))
    line = Line()
    asked = order(limits=Limits(), format="breaking")
    parser._read_one(line, Opened("a.x", io.BytesIO(), b"", {}, {}), asked, parser._Clock(line, asked))
    run = apart._Run(PLAIN, None, ready=False)
    run.child = SimpleNamespace(hear=iter([*line.said, b"E"]).__next__)
    with capture_logs() as logged:
        kind, refused = run._items("a.x")
    assert kind == ("breaking", "Breaking")
    assert refused.sentence.startswith("a.x: it breaks the rules of its format in a way that Workbench does not know")
    assert "KeyError" not in refused.sentence
    assert [(each["file"], each["error"]) for each in logged] == [("a.x", "KeyError: 'begin'")]
