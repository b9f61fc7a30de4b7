"""Records come in chunks: small files together, and of a long one that is spoilt nothing stays."""

import json
from itertools import islice

import pytest
from sqlalchemy import event

from tests.builders import HARBOUR, article, entity, opened, person, project, take
from workbench.formats import gold
from workbench.services import articles, imports
from workbench.services.projects import Project
from workbench.store import receipts
from workbench.store.engine import Database
from workbench.store.schema import Arriving, Article, Layer

LONG = (
    "The harbour board of the northern district met on Monday evening to settle how the new patrol boats are to be "
    "paid for, who will crew them through the winter, and where they are to lie while the old pier is rebuilt."
)


@pytest.fixture
def dyke(database: Database) -> Project:
    return project(database, person(database, "Lena"), "dyke", "Dyke")


def rows(database: Database, table: type) -> int:
    with database.reading() as session:
        return session.query(table).count()


def suggested(*texts: str) -> bytes:
    """Records with one proposal each."""
    return b"".join(gold.dumps(article(text, entity(text, text.split()[0], "ORG"))) + b"\n" for text in texts)


def test_small_files_are_kept_together_and_a_spoilt_one_between_them_is_left_out(
    database: Database, dyke: Project
) -> None:
    spoilt = b'{"text": "Two boats."}\n{"text": ""}\n'
    files = [opened("a.txt", "One boat."), opened("b.jsonl", spoilt), opened("c.txt", "Three boats.")]
    receipt = take(database, dyke, *files)
    assert [(line.file, line.what) for line in receipt.lines] == [
        ("a.txt", "taken"), ("b.jsonl", "skipped"), ("b.jsonl", "refused"), ("c.txt", "taken"),
    ]  # fmt: skip
    with database.reading() as session:
        assert [part for part, _ in receipts.parts(session, 1)] == [0]
    assert rows(database, Article) == 2


@pytest.mark.parametrize("wishes", [{}, {"as_suggestions": "model@1"}])
def test_a_long_spoilt_file_takes_back_all_of_its_own_and_nothing_else(
    database: Database, dyke: Project, monkeypatch: pytest.MonkeyPatch, wishes: dict[str, str]
) -> None:
    monkeypatch.setattr(imports, "CHUNK", 3)
    before = opened("before.jsonl", suggested("A first boat.", HARBOUR))
    spoilt = suggested(HARBOUR, LONG, *(f"Boat number {n} of {n * n}." for n in range(6))) + b"{broken\n"
    again = opened("again.txt", LONG.replace("Monday", "Tuesday"))
    receipt = take(database, dyke, before, opened("spoilt.jsonl", spoilt), again, **wishes)
    lines = list(receipt.lines)
    assert [line.what for line in lines] == ["taken"] * 2 + ["skipped"] * 8 + ["refused", "taken"]
    assert lines[-1].why is None
    assert receipt.total.counts == {"taken": 3, "skipped": 8, "refused": 1}
    assert receipt.spans() == {"taken": 2, "left out": 8}
    assert (rows(database, Article), rows(database, Layer), rows(database, Arriving)) == (3, 2, 0)


def test_a_receipt_of_many_parts_is_read_from_the_first_line_to_the_last_and_no_further_than_is_shown(
    database: Database, dyke: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "CHUNK", 3)
    texts = [f"Boat number {n} of {n * n}." for n in range(8)]
    lines = "".join(json.dumps({"id": f"n{n}", "text": text}) + "\n" for n, text in enumerate(texts))
    take(database, dyke, opened("all.jsonl", lines.encode()))
    with database.reading() as session:
        [row] = articles.receipts(session, dyke)
        kept = [line["key"] for line in articles.receipt_lines(session, row)]
        asked: list[str] = []
        listen = (session.get_bind(), "before_cursor_execute", lambda *about: asked.append(about[2]))
        event.listen(*listen)
        shown = list(islice(articles.receipt_lines(session, row), 4))
        event.remove(*listen)
    assert (kept, row.records) == ([f"n{n}" for n in range(8)], 8)
    assert (len(shown), len(asked)) == (4, 2), "a part at a time"
