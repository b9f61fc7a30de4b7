"""Making releases: what is in them, what they keep to themselves, and that nothing changes them."""

import json

import jsonschema
import pytest

from tests.builders import NOW, Coast, article, opened, take
from tests.releasing import finish, lines, make, manifest, text
from tests.teams import read, with_rules
from workbench.core.errors import Invalid, NotAllowed, Stale
from workbench.core.release import Wishes
from workbench.formats import gold
from workbench.services import adjudication, board_figures, releases
from workbench.services.release_checks import stored
from workbench.settings import resource_root
from workbench.store import releases as kept


def gold_file(*articles) -> bytes:
    return b"".join(gold.dumps(each) + b"\n" for each in articles)


def test_a_release_holds_the_gold_by_the_contract(coast: Coast) -> None:
    finish(coast, 2)
    made = make(coast)
    found = lines(coast, made)
    assert [row["id"] for row in found] == sorted(row["id"] for row in found)
    assert {row["release"] for row in found} == {"1.0"}
    assert {row["review"]["state"] for row in found} == {"gold"}
    schema = json.loads((resource_root() / "exports" / "gold.schema.json").read_text())
    for row in found:
        jsonschema.validate(row, schema)


def test_the_manifest_keeps_to_its_schema_and_counts(coast: Coast) -> None:
    finish(coast, 2)
    found = manifest(coast, make(coast, wishes=Wishes(layers=True)))
    jsonschema.validate(found, json.loads((resource_root() / "exports" / "manifest.schema.json").read_text()))
    assert found["counts"]["articles"] == 2
    assert found["counts"]["entities"] == {
        "all": 4,
        "label": {"GPE": 4},
        "actor": {"Spain": 2, "France": 1, "Italy": 1},
    }
    assert found["counts"]["commitments"]["status"] == {"offered": 1}
    assert found["versions"]["suggesters"] == ["finder@1"]
    assert found["agreement"] is None
    assert set(found["forms"]) == {"full", "layers", "no-text", "layers-no-text"}


def test_without_gold_there_is_nothing_to_release(coast: Coast) -> None:
    with pytest.raises(Invalid, match="no gold"):
        make(coast)


def test_a_name_is_given_once(coast: Coast) -> None:
    finish(coast)
    make(coast)
    with pytest.raises(Invalid, match="never changed"):
        make(coast)


@pytest.mark.parametrize("name", ["", "../x", "a b", ".hidden", "x" * 65, "ü"])
def test_a_name_is_safe_in_files_and_addresses(coast: Coast, name: str) -> None:
    with pytest.raises(Invalid, match="cannot name a release"):
        make(coast, name)


def test_only_leads_release(coast: Coast) -> None:
    finish(coast)
    with pytest.raises(NotAllowed):
        make(coast, who=coast.mia)


def test_later_work_does_not_touch_a_release(coast: Coast) -> None:
    finish(coast)
    made = make(coast)
    before = lines(coast, made)
    finish(coast)
    with coast.database.reading() as session:
        assert stored(session, coast.project, made).problems == ()
    assert lines(coast, made) == before


def test_articles_keep_their_part_from_release_to_release(coast: Coast) -> None:
    many = [article(f"Boat {n} of the fleet left harbour {n} at {n} o’clock.", id=f"a{n}") for n in range(40)]
    many = [
        gold.document(gold.record(each) | {"review": gold.record(each)["review"] | {"state": "gold"}}) for each in many
    ]
    take(coast.database, coast.project, opened("first.jsonl", gold_file(*many[:25])))
    first = {row["id"]: row["split"] for row in lines(coast, make(coast, "1"))}
    take(coast.database, coast.project, opened("second.jsonl", gold_file(*many[25:])))
    second = make(coast, "2", Wishes(parts=(50, 25, 25)))
    found = {row["id"]: row["split"] for row in lines(coast, second)}
    assert {key: found[key] for key in first} == first
    assert manifest(coast, second)["splits"] == {"clusters_drawn": 15, "articles_moved": 0, "articles_between": 0}
    redrawn = {row["id"]: row["split"] for row in lines(coast, make(coast, "3", Wishes(seed="2")))}
    assert redrawn != found


def test_near_duplicates_are_in_one_part(coast: Coast) -> None:
    rows = [
        gold.record(article(" ".join(f"w{n}{k}" for k in range(60)) + f" end {m}", id=f"a{n}-{m}"))
        for n in range(9)
        for m in range(3)
    ]
    for row in rows:
        row["review"] = {"state": "gold"}
    take(coast.database, coast.project, opened("near.jsonl", "\n".join(map(json.dumps, rows))))
    parts: dict[str, set[str]] = {}
    for row in lines(coast, make(coast, wishes=Wishes(parts=(1, 1, 1)))):
        parts.setdefault(row["cluster"], set()).add(row["split"])
    assert len(parts) == 9
    assert all(len(each) == 1 for each in parts.values())


def test_each_licence_is_named_or_said_to_be_unknown(coast: Coast) -> None:
    finish(coast)
    row = gold.record(article("A licensed article about boats.", id="mine", meta={"license": "CC-BY-4.0"}))
    take(coast.database, coast.project, opened("x.jsonl", json.dumps(row | {"review": {"state": "gold"}})))
    assert "\nmine\tCC-BY-4.0\n" in text(coast, make(coast), "LICENCES")
    assert manifest(coast, make(coast, "2"))["counts"]["licence"] == {"CC-BY-4.0": 1, "unknown": 1}
    assert manifest(coast, make(coast, "3", Wishes(licence="CC0-1.0")))["counts"]["licence"] == {
        "CC-BY-4.0": 1,
        "CC0-1.0": 1,
    }


def test_the_data_sheet_has_every_heading_and_the_words_of_people(coast: Coast) -> None:
    finish(coast)
    with coast.database.writing() as session:
        said = {"motivation": "For a thesis.\n\n# Paid by\nNobody."}
        releases.change_words(session, coast.seen_by(coast.lena), said, seen=0, by=coast.lena, now=NOW)
    sheet = text(coast, make(coast), "datasheet.md")
    headings = [line[3:] for line in sheet.splitlines() if line.startswith("## ")]
    assert headings == [
        "Motivation", "Composition", "Collection process", "Preprocessing/cleaning/labelling", "Uses",
        "Distribution", "Maintenance",
    ]  # fmt: skip
    assert "For a thesis.\n\n### Paid by" in sheet
    assert sheet.count("To be filled in by people") == 6


def test_words_for_data_sheets_are_not_overwritten_unseen(coast: Coast) -> None:
    with coast.database.writing() as session:
        releases.change_words(session, coast.project, {"uses": "Any."}, seen=0, by=None, now=NOW)
    with pytest.raises(Stale), coast.database.writing() as session:
        releases.change_words(session, coast.project, {"uses": "None."}, seen=0, by=None, now=NOW)


def test_the_methods_paragraph_names_the_records_by_their_hash(coast: Coast) -> None:
    finish(coast)
    made = make(coast)
    assert manifest(coast, made)["forms"]["full"]["gold.jsonl"]["sha256"] in text(coast, made, "methods.md")


def test_a_release_without_texts_keeps_none(coast: Coast) -> None:
    finish(coast)
    made = make(coast, wishes=Wishes(text=False, layers=True))
    with coast.database.reading() as session:
        [row] = kept.records(session, made.id)
        assert stored(session, coast.project, made).problems == ()
    assert b'"text":' not in row.line + (row.layers or b"")
    assert b'"author":"r2"' in (row.layers or b"")
    assert set(manifest(coast, made)["forms"]) == {"no-text", "layers-no-text"}


def test_gold_from_elsewhere_is_not_said_to_have_been_proposed_or_read_by_one(coast: Coast) -> None:
    row = gold.record(article("Boats were sent by nobody at all.", id="theirs"))
    row["review"] = {"state": "gold", "reviewers": ["r7", "r8"]}
    take(coast.database, coast.project, opened("x.jsonl", json.dumps(row)))
    made = make(coast)
    sheet, methods = text(coast, made, "datasheet.md"), text(coast, made, "methods.md")
    assert "1 article read by 2" in sheet
    assert "read by two people" not in sheet + methods
    assert "Nothing was proposed by a machine; 2 reviewers annotated the articles, under version" in methods


def test_a_licence_is_one_line_whatever_was_typed(coast: Coast) -> None:
    finish(coast, 2)
    assert set(manifest(coast, make(coast, "1", Wishes(licence=" CC0\n\t1.0 ")))["counts"]["licence"]) == {"CC0 1.0"}
    assert set(manifest(coast, make(coast, "2", Wishes(licence=" ")))["counts"]["licence"]) == {"unknown"}


def test_reviewers_are_pseudonyms_unless_names_are_wanted(coast: Coast) -> None:
    finish(coast)
    assert manifest(coast, make(coast, "1", Wishes(layers=True)))["reviewers"] == [f"r{coast.mia.id}"]
    named = make(coast, "2", Wishes(layers=True, names=True))
    assert manifest(coast, named)["reviewers"] == ["Mia"]
    with coast.database.reading() as session:
        [row] = kept.records(session, named.id)
    assert [each["author"] for each in json.loads(row.layers or b"")] == ["Mia"]


def test_a_withdrawal_is_recorded_once_with_its_reason(coast: Coast) -> None:
    finish(coast)
    make(coast)
    with pytest.raises(Invalid, match="why"), coast.database.writing() as session:
        releases.withdraw(session, coast.seen_by(coast.lena), "1.0", "  ", by=coast.lena, now=NOW)
    with coast.database.writing() as session:
        releases.withdraw(session, coast.seen_by(coast.lena), "1.0", "Wrong dates.", by=coast.lena, now=NOW)
    with pytest.raises(Stale), coast.database.writing() as session:
        releases.withdraw(session, coast.seen_by(coast.lena), "1.0", "Again.", by=coast.lena, now=NOW)
    with coast.database.reading() as session:
        found = releases.find(session, coast.project, "1.0")
        verdict = stored(session, coast.project, found)
    assert (verdict.problems, verdict.withdrawn) == ((), f"withdrawn {NOW:%Y-%m-%d}: Wrong dates.")
    assert (found.withdrawn_why, found.withdrawn_by) == ("Wrong dates.", "Lena")


def test_the_manifest_tells_how_far_the_readers_of_its_articles_agree(coast: Coast) -> None:
    with_rules(coast, readers=2, merge="majority")
    for wishes in (None, {"e1": None}):
        read(coast, coast.mia, wishes)
        read(coast, coast.noor)
    with coast.database.writing() as session:
        project = coast.seen_by(coast.lena)
        [row] = adjudication.waiting(session, project, by=coast.lena)
        case = adjudication.opened(session, project, row.key, by=coast.lena)
        adjudication.rule(session, project, row.key, case.found.cards[0].id, 0, seen=0, by=coast.lena, now=NOW)
        adjudication.finish(session, project, row.key, seen=1, by=coast.lena, now=NOW)
    made = make(coast)
    found = manifest(coast, made)
    jsonschema.validate(found, json.loads((resource_root() / "exports" / "manifest.schema.json").read_text()))
    assert found["agreement"]["articles"] == 2
    with coast.database.reading() as session:
        live = board_figures.figures_of(session, coast.seen_by(coast.lena)).agreement
    for name, alpha in live.alphas.items():
        told = found["agreement"]["alpha"][name]
        assert told["value"] == pytest.approx(alpha.value, abs=1e-4), name
        assert (told["units"], told["unlike"]) == (alpha.units, alpha.unlike), name
    assert 0 < found["agreement"]["f1"]["entities.core"]["value"] < 1
    assert "Krippendorff's alpha" in text(coast, made, "datasheet.md")
    assert "over 2 articles with two or more readings" in text(coast, made, "methods.md")
