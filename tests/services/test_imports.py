"""Files become articles, whole or not at all, and the receipt tells what became of every record."""

import io
import json

import pytest

from tests.builders import (
    HARBOUR,
    NOW,
    TEXTS,
    Coast,
    article,
    commitment,
    entity,
    opened,
    person,
    project,
    suggest,
    take,
)
from workbench.core.annotation import Review
from workbench.core.errors import Refused
from workbench.formats import gold
from workbench.formats.reading import Options
from workbench.services import articles, imports, queues, releases
from workbench.services.imports import Receipt, Wishes
from workbench.services.projects import Project
from workbench.store import articles as stored
from workbench.store.engine import Database

LONG = (
    "The harbour board of the northern district met on Monday evening to settle how the new patrol boats are to be "
    "paid for, who will crew them through the winter, and where they are to lie while the old pier is rebuilt. "
    "Members from four parishes spoke for almost three hours before a vote was taken by show of hands, and the "
    "chair read out letters from two fishing crews who fear that the moorings they were promised will be gone."
)


@pytest.fixture
def dyke(database: Database) -> Project:
    return project(database, person(database, "Lena"), "dyke", "Dyke")


def texts(database: Database, where: Project) -> list[str]:
    with database.reading() as session:
        return [stored.text(session, where.id, row.key) for row in stored.listing(session, where.id, limit=500)]


def told(receipt: Receipt) -> list[tuple[str, str]]:
    return [(line.file, line.what) for line in receipt.lines]


def jsonl(*rows: object) -> bytes:
    return b"".join((row if isinstance(row, bytes) else json.dumps(row).encode()) + b"\n" for row in rows)


def test_texts_are_kept_to_the_character(database: Database, dyke: Project) -> None:
    odd = "Caf\u0065\u0301 🚢\r\nsecond\u2028line\rthird\u00a0 \t end\n\n"
    take(database, dyke, opened("odd.txt", odd))
    assert texts(database, dyke) == [odd]


def test_a_byte_order_mark_is_no_part_of_the_text(database: Database, dyke: Project) -> None:
    take(database, dyke, opened("bom.txt", b"\xef\xbb\xbfHarbour news."))
    assert texts(database, dyke) == ["Harbour news."]


def test_a_receipt_tells_what_became_of_every_record(database: Database, dyke: Project) -> None:
    rows = jsonl({"text": "One boat."}, {"text": "One boat."}, {"text": ""}, b"{broken", {"text": "Two boats."})
    receipt = take(database, dyke, opened("rows.jsonl", rows), skip_bad=True)
    assert [(line.what, line.line) for line in receipt.lines] == [
        ("taken", None), ("skipped", None), ("refused", 3), ("refused", 4), ("taken", None),
    ]  # fmt: skip
    assert [receipt.count(what) for what in ("taken", "skipped", "refused")] == [2, 1, 2]
    assert all(line.why for line in receipt.lines if line.what != "taken")


def test_a_file_with_a_bad_record_leaves_nothing_of_itself(database: Database, dyke: Project) -> None:
    rows = jsonl({"text": "One boat."}, {"text": ""})
    receipt = take(database, dyke, opened("bad.jsonl", rows), opened("good.txt", "Two boats."))
    assert told(receipt) == [("bad.jsonl", "skipped"), ("bad.jsonl", "refused"), ("good.txt", "taken")]
    assert "1 record of the file cannot be used" in str(next(receipt.lines).why)
    assert texts(database, dyke) == ["Two boats."]


def test_a_bad_file_is_taken_back_over_many_chunks(database: Database, dyke: Project) -> None:
    rows = jsonl(*[{"text": f"Boat number {n} of {n * n}."} for n in range(450)], {"text": ""})
    receipt = take(database, dyke, opened("bad.jsonl", rows))
    assert (receipt.count("taken"), receipt.count("skipped"), receipt.count("refused")) == (0, 450, 1)
    assert texts(database, dyke) == []


def test_a_text_of_a_refused_file_can_come_again(database: Database, dyke: Project) -> None:
    take(database, dyke, opened("bad.jsonl", jsonl({"text": LONG}, {"text": ""})))
    receipt = take(database, dyke, opened("good.txt", LONG))
    assert told(receipt) == [("good.txt", "taken")]
    assert next(receipt.lines).why is None


def test_the_same_text_is_taken_once(database: Database, dyke: Project) -> None:
    first = take(database, dyke, opened("a.txt", HARBOUR))
    again = take(database, dyke, opened("b.txt", HARBOUR))
    assert (told(again), next(again.lines).key) == ([("b.txt", "skipped")], next(first.lines).key)
    assert texts(database, dyke) == [HARBOUR]


def test_near_duplicates_share_a_cluster_across_imports(database: Database, dyke: Project) -> None:
    first = take(database, dyke, opened("wire.txt", LONG))
    later = take(database, dyke, opened("reprint.txt", LONG.replace("Monday", "Tuesday") + " The vote was close."))
    apart = take(database, dyke, opened("other.txt", "Nothing of the sort was said about the lighthouse keeper."))
    assert next(later.lines).why == f"nearly the same as {next(first.lines).key}"
    with database.reading() as session:
        rows = stored.listing(session, dyke.id)
    assert [row.cluster for row in rows] == [
        next(first.lines).key,
        next(first.lines).key,
        next(apart.lines).key,
    ]


def test_another_encoding_is_named_and_taken_once_it_is_confirmed(database: Database, dyke: Project) -> None:
    latin = "Sébastien réclame des navires à Zürich, où l’été s’achève.".encode("cp1252")
    refused = take(database, dyke, opened("latin.txt", latin))
    assert "encoding" in str(next(refused.lines).why)
    taken = take(database, dyke, opened("latin.txt", latin), options=Options(encoding="cp1252"))
    assert taken.count("taken") == 1
    assert texts(database, dyke) == [latin.decode("cp1252")]


def test_a_file_of_no_known_format_is_refused_with_those_that_are(database: Database, dyke: Project) -> None:
    receipt = take(database, dyke, opened("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0"))
    assert next(receipt.lines).what == "refused"
    assert next(receipt.lines).why


def test_metadata_beside_a_file_is_kept(database: Database, dyke: Project) -> None:
    about = {"title": "Harbour watch", "outlet": "The Quay", "published": "2026-02-01", "desk": "foreign"}
    [line] = take(database, dyke, opened("a.txt", HARBOUR, about)).lines
    with database.reading() as session:
        document = articles.view(session, dyke, str(line.key)).document
    assert (document.title, document.source.outlet, document.source.published) == (
        "Harbour watch",
        "The Quay",
        "2026-02-01",
    )
    assert (document.source.file, document.meta) == ("a.txt", {"desk": "foreign"})


def test_an_id_that_is_taken_gets_the_texts_hash(database: Database, dyke: Project) -> None:
    one, two = jsonl({"id": "news", "text": "One boat."}), jsonl({"id": "news", "text": "Two boats."})
    [first] = take(database, dyke, opened("a.jsonl", one)).lines
    [second] = take(database, dyke, opened("b.jsonl", two)).lines
    assert first.key == "news"
    assert str(second.key).startswith("news-")


def test_a_file_that_cannot_be_opened_is_in_the_receipt(database: Database, dyke: Project) -> None:
    receipt = imports.take(
        database, dyke.id, [Refused("a.txt cannot be read: Permission denied.")], Wishes(), by=None, now=NOW
    )
    assert (next(receipt.lines).what, receipt.complete) == ("refused", False)


def test_progress_hears_how_many_records_were_read(database: Database, dyke: Project) -> None:
    heard: list[int] = []
    rows = jsonl(*[{"text": f"Boat {n}."} for n in range(250)])
    imports.take(database, dyke.id, [opened("a.jsonl", rows)], Wishes(), by=None, now=NOW, progress=heard.append)
    assert heard == [200, 250]


def test_imported_articles_wait_for_review_and_settled_ones_do_not(database: Database, dyke: Project) -> None:
    settled = article(HARBOUR, entity(HARBOUR, "France"), id="settled", review=Review(state="gold"))
    take(database, dyke, opened("plain.txt", "One boat."), opened("gold.jsonl", gold.dumps(settled)))
    with database.reading() as session:
        found = [row.best for row in stored.listing(session, dyke.id)]
    with database.reading() as session:
        queue = queues.page(session, dyke, states=("waiting",))
    assert (found, len(queue)) == (["imported", "gold"], 1)


def test_readings_may_come_in_as_suggestions(database: Database, dyke: Project) -> None:
    record = article(HARBOUR, entity(HARBOUR, "France"), id="a", review=Review(state="gold"))
    take(database, dyke, opened("gold.jsonl", gold.dumps(record)), as_suggestions="desk@2")
    with database.reading() as session:
        [found] = releases.records(session, dyke, "suggested")
    assert (found.layer.author, [each.id for each in found.layer.entities]) == ("desk@2", ["e1"])


def test_a_gold_file_comes_back_out_byte_for_byte(coast: Coast) -> None:
    for who in (coast.mia, coast.noor, coast.lena):
        item = coast.next(who)
        coast.accept_all(item, who)
        coast.finish(item, who)
    out = exported(coast.database, coast.project, "gold")
    assert out.count(b"\n") == len(TEXTS)
    other = project(coast.database, coast.lena, "copy", "Copy")
    take(coast.database, other, opened("gold.jsonl", out))
    again = exported(coast.database, other, "gold")
    assert again.replace(b'"project":"copy"', b'"project":"coast"') == out


def test_suggested_records_come_back_out_byte_for_byte(coast: Coast) -> None:
    out = exported(coast.database, coast.project, "suggested")
    other = project(coast.database, coast.lena, "copy", "Copy")
    take(coast.database, other, opened("suggested.jsonl", out))
    assert exported(coast.database, other, "suggested").replace(b'"copy"', b'"coast"') == out


def exported(database: Database, where: Project, state: str) -> bytes:
    out = io.BytesIO()
    with database.reading() as session:
        gold.write(releases.records(session, where, state), out)
    return out.getvalue()


def test_a_reading_with_a_wrong_quote_is_refused(database: Database, dyke: Project) -> None:
    line = gold.dumps(article(HARBOUR, commitment(HARBOUR, "offered two frigates"), id="a"))
    wrong = line.replace(b'"text":"offered two frigates"', b'"text":"offered ten frigates"')
    receipt = take(database, dyke, opened("gold.jsonl", wrong))
    assert receipt.count("refused") == 1
    assert suggest(database, dyke).articles == 0
