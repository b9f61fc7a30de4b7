"""The Pydantic models say what the contract says."""

import json
import subprocess
import sys

import pytest
from hypothesis import given, settings
from pydantic import ValidationError

from tests.formats.documents import documents
from tests.formats.test_round_trip import GOLD
from workbench.core.annotation import Document
from workbench.formats import gold
from workbench.formats.models import Record


@given(documents())
@settings(deadline=None, max_examples=40)
def test_every_record_is_a_model_that_gives_it_back(document: Document) -> None:
    line = gold.dumps(document)
    record = Record.model_validate_json(line)
    told = record.model_dump(mode="json", by_alias=True, exclude_unset=True)
    assert told == json.loads(line)


def test_a_quote_that_does_not_fit_is_refused() -> None:
    row = json.loads(GOLD.read_bytes().splitlines()[0])
    row["entities"][0]["text"] = "else"
    with pytest.raises(ValidationError, match="does not read"):
        Record.model_validate(row)


def test_readers_need_no_web_and_no_database() -> None:
    code = (
        "import sys; from workbench.formats import gold; from workbench.formats.models import Record; "
        "print([name for name in ('flask', 'sqlalchemy', 'spacy', 'numpy') if name in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "[]"
