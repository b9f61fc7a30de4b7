"""INCEpTION's project archives: the curation is gold, each annotator's reading is theirs."""

import io
import json
import zipfile
from pathlib import Path

import pytest

from tests.builders import NOW, Coast
from workbench.core.annotation import Document
from workbench.core.errors import Invalid, Refused
from workbench.formats import records
from workbench.formats.files import files
from workbench.services import imports
from workbench.services.imports import Wishes

SOFA = {"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView", "sofaString": "Kyiv waits."}


def cas(label: str) -> str:
    place = {"%ID": 2, "%TYPE": "custom.Span", "@sofa": 1, "begin": 0, "end": 4, "value": label}
    return json.dumps({"%FEATURE_STRUCTURES": [SOFA, place], "%VIEWS": {}})


def project(path: Path, *members: str) -> Path:
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("exportedproject12.json", "{}")
        packed.writestr("source/a.txt", "Kyiv waits.")
        for member in members:
            packed.writestr(member, cas(member.rpartition("/")[2].split(".")[0].upper()))
    return path


MEMBERS = (
    "annotation/a.txt/INITIAL_CAS.json", "annotation/a.txt/mia.json", "annotation/a.txt/noor.json",
    "curation/a.txt/CURATION_USER.json",
)  # fmt: skip


def test_the_curation_comes_first_as_gold_and_the_annotators_follow(tmp_path: Path) -> None:
    found = [each.item for each in records([project(tmp_path / "p.zip", *MEMBERS)])]
    told = [(each.review.state, each.review.reviewers) for each in found if isinstance(each, Document)]
    assert told == [("gold", ()), ("reviewed", ("mia",)), ("reviewed", ("noor",))]


def test_all_readings_of_a_project_become_layers_of_one_article(coast: Coast, tmp_path: Path) -> None:
    path = project(tmp_path / "p.zip", *MEMBERS)
    receipt = imports.take(coast.database, coast.project.id, files([path]), Wishes(), by=None, now=NOW)
    assert ([each.what for each in receipt.lines], receipt.spans()) == (["taken", "layer", "layer"], {"taken": 3})


def test_readings_that_are_packed_once_more_are_read_as_their_annotators(tmp_path: Path) -> None:
    path = project(tmp_path / "p.zip")
    with zipfile.ZipFile(path, "a") as packed:
        for member in ("annotation/a.txt/INITIAL_CAS", "annotation/a.txt/mia", "curation/a.txt/CURATION_USER"):
            inner = io.BytesIO()
            with zipfile.ZipFile(inner, "w") as one:
                one.writestr("a.json", cas(member.rpartition("/")[2].upper()))
            packed.writestr(f"{member}.zip", inner.getvalue())
    found = list(records([path]))
    told = [(each.item.review.state, each.item.review.reviewers) for each in found if isinstance(each.item, Document)]
    assert told == [("gold", ()), ("reviewed", ("mia",))]
    assert [each.file for each in found] == [
        "curation/a.txt/CURATION_USER.zip/a.json", "annotation/a.txt/mia.zip/a.json",
    ]  # fmt: skip


def test_a_broken_archive_within_an_archive_is_refused_by_its_name_and_the_others_are_read(tmp_path: Path) -> None:
    path = project(tmp_path / "p.zip", "annotation/a.txt/mia.json")
    with zipfile.ZipFile(path, "a") as packed:
        packed.writestr("annotation/a.txt/noor.zip", b"PK\x03\x04 cut off")
    first, second = (each.item for each in records([path]))
    assert isinstance(first, Document)
    assert isinstance(second, Refused)
    assert "annotation/a.txt/noor.zip" in second.sentence


def test_a_project_of_serialised_annotations_only_is_refused_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="secondary format"):
        list(records([project(tmp_path / "p.zip")]))


def test_a_file_that_holds_nothing_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("title,text\n")
    [record] = records([tmp_path])
    assert isinstance(record.item, Refused)
    assert "holds nothing" in record.item.sentence
