"""Files of actors are read whole, or refused with the line and what to change."""

import re
from datetime import date
from pathlib import Path

import pytest

from workbench.core.actors import Office, read, shipped
from workbench.core.errors import Invalid


def test_a_bare_year_or_month_is_the_whole_of_it() -> None:
    row = '{"id": "person:a", "name": "A", "kind": "person", "offices": [{"title": "Envoy", "of": "state:GBR", %s}]}'
    [one] = read([row % '"from": "2024-02", "to": "2024-02"'])
    assert one.offices == (Office("Envoy", "state:GBR", date(2024, 2, 1), date(2024, 2, 29)),)
    [other] = read([row % '"from": "2023", "to": "2023"'])
    assert (other.offices[0].start, other.offices[0].end) == (date(2023, 1, 1), date(2023, 12, 31))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        ('{"id": "GBR", "name": "A", "kind": "state"}', "id such as"),
        ('{"id": "state:GBR", "kind": "state"}', "give a name"),
        ('{"id": "state:GBR", "name": "A", "kind": "planet"}', "one of state"),
        ('{"id": "state:GBR", "name": "A", "kind": "state", "nick": "B"}', "“nick” is no field"),
        ('{"id": "state:GBR", "name": "A", "kind": "state", "aliases": "B"}', "aliases must be a list of texts"),
        ('{"id": "state:GBR", "name": "A", "kind": "state", "cow": "200"}', "cow must be a whole number"),
        ('{"id": "state:GBR", "name": 7, "kind": "state"}', "name must be a text"),
        ('{"id": "person:a", "name": "A", "kind": "person", "offices": [{"title": "PM"}]}', "no office"),
    ],
)
def test_a_line_that_cannot_be_used_is_named_with_its_number(line: str | bytes, told: str) -> None:
    with pytest.raises(Invalid, match=re.escape(told)) as caught:
        list(read(["", line]))
    assert str(caught.value).startswith("line 2: ")


def test_the_folder_names_the_file_that_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "own.jsonl").write_text("{}\n")
    with pytest.raises(Invalid, match=re.escape("own.jsonl, line 1: ")):
        shipped(tmp_path)
