"""A look at files says what they bring, before anything is kept."""

import json

import pytest

from tests.builders import HARBOUR, Coast, doccano, opened
from workbench.core.annotation import Document
from workbench.formats.reading import PLAIN
from workbench.services import looking, projects, releases
from workbench.services.looking import Look

NEW = "Turkey and Greece sent a tug. 🚢 Oslo waits."


def look(coast: Coast, *given: str) -> Look:
    with coast.database.reading() as session:
        scheme = projects.scheme(session, coast.project)
    found = [opened(f"{n}.jsonl", each) for n, each in enumerate(given, 1)]
    return looking.look(coast.database, coast.project.id, found, scheme, format=None, options=PLAIN)


def records(coast: Coast, state: str) -> dict[str, Document]:
    with coast.database.reading() as session:
        return {each.text: each for each in releases.records(session, coast.project, state)}


def test_a_look_counts_labels_losses_and_doubts_and_keeps_nothing(coast: Coast) -> None:
    before = records(coast, "suggested")
    broken = json.dumps({"text": NEW, "spans": [{"start": 0, "end": 6, "label": "PER", "text": "Athens"}],
                         "relations": [{"head": 0}]})  # fmt: skip
    found = look(coast, doccano(HARBOUR, (0, 6, "LOCATION"), (0, 6, "MISC")), broken + "\n{nonsense\n")
    first, second = found.files
    assert (first.format, first.records, first.annotated) == ("doccano", 1, 1)
    assert first.doubts["texts that are in the project already"] == 1
    assert second.format == "prodigy"
    assert second.losses["relations"] == 1
    assert second.doubts["spans without a place in the text"] == 1
    assert (second.refused, second.doubts["records that cannot be used"]) == (1, 1)
    assert {name: ours for name, _, ours in found.labels} == {"LOCATION": "LOC", "MISC": None}
    assert records(coast, "suggested") == before


def test_a_look_names_the_texts_that_come_twice(coast: Coast) -> None:
    [found] = look(coast, "".join(doccano(text) for text in (NEW, "Another.", NEW, "Another."))).files
    assert found.doubts["texts that come twice"] == 2
    assert found.examples == [f"“{NEW}” of 1.jsonl", "“Another.” of 1.jsonl"]


def test_the_unit_of_offsets_is_said(coast: Coast) -> None:
    utf16 = {"text": NEW, "spans": [{"start": 33, "end": 37, "label": "GPE", "text": "Oslo"}]}
    [found] = look(coast, json.dumps(utf16) + "\n").files
    assert list(found.units) == ["utf-16, told by quotes and the edges of words"]


@pytest.mark.parametrize(
    ("versions", "name"),
    [
        (["mine\n@3 "] * 2, "mine @3"), (["mine@3", "other@1"], "label_studio@1"), ([None], "label_studio@1"),
        (["x" * 300], "x" * 120), ([], "import@1"),
    ],
)  # fmt: skip
def test_suggestions_come_in_under_the_models_own_name_where_all_are_of_one(
    coast: Coast, versions: list[str | None], name: str
) -> None:
    value = {"start": 0, "end": 6, "labels": ["GPE"]}
    said = [{"id": "r", "from_name": "label", "to_name": "text", "type": "labels", "value": value}]
    tasks = [
        {"id": n, "data": {"text": f"{NEW} {n}"}, "predictions": [{"model_version": each, "result": said}]}
        for n, each in enumerate(versions)
    ]
    files = look(coast, *[json.dumps([task]) for task in tasks]).row()["files"]
    assert looking.suggester(files) == name


def test_what_people_marked_comes_in_under_the_name_of_the_format(coast: Coast) -> None:
    assert looking.suggester(look(coast, doccano(NEW, (0, 6, "GPE"))).row()["files"]) == "doccano@1"


def test_more_files_than_a_page_holds_are_counted_together(coast: Coast) -> None:
    found = look(coast, *[doccano(f"Boat {n} came.", (0, 4, "X")) for n in range(looking.MOST_FILES + 5)])
    assert len(found.files) == looking.MOST_FILES + 1
    assert (found.files[-1].more, found.records, found.labels) == (5, looking.MOST_FILES + 5, [("X", 105, None)])
