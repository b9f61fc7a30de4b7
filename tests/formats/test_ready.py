"""Documents made ready to be kept: the same by the short way of gold records as by the long one."""

import json
from dataclasses import replace

import msgspec
import pytest
from hypothesis import given, settings

from tests.builders import HARBOUR, article, entity
from tests.formats.documents import documents
from workbench.core.annotation import By, Document, Review, layer_of
from workbench.core.errors import Invalid
from workbench.core.record import layer_from
from workbench.formats import gold, gold_ready
from workbench.formats.ready import readied


@given(documents())
@settings(deadline=None, max_examples=60)
def test_a_line_as_we_write_it_is_made_ready_as_if_it_were_built_first(document: Document) -> None:
    line = gold.dumps(document)
    assert gold_ready.ready(line) == readied(gold.loads(line))


@given(documents())
@settings(deadline=None, max_examples=30)
def test_a_line_of_another_hand_is_made_ready_alike(document: Document) -> None:
    line = json.dumps(json.loads(gold.dumps(document)), indent=None).encode()
    assert gold_ready.ready(line) == readied(document if document.layers else replace(document, layers=None))


@given(documents())
@settings(deadline=None, max_examples=30)
def test_a_reading_is_stored_as_the_record_shows_it(document: Document) -> None:
    ready = readied(document)
    assert layer_from("", msgspec.json.decode(ready.reading.body), document.text) == document.layer
    assert ready.document.layer.objects == ()


def test_a_quote_that_is_not_in_the_text_is_refused_on_the_short_way_too() -> None:
    line = gold.dumps(article(HARBOUR, entity(HARBOUR, HARBOUR.split()[0])))
    wrong = line.replace(f'"text":"{HARBOUR.split()[0]}"'.encode(), b'"text":"Elsewhere"')
    assert wrong != line
    with pytest.raises(Invalid, match="its quote is"):
        gold_ready.ready(wrong)


def test_a_reading_is_its_only_reviewer_s_and_is_not_told_twice() -> None:
    first, second = entity(HARBOUR, HARBOUR.split()[0], "e1"), entity(HARBOUR, HARBOUR.split()[1], "e1")
    layers = (layer_of("mia", [first]), layer_of("noor", [second]))
    document = replace(article(HARBOUR, first), review=Review("reviewed", ("mia",)), layers=layers)
    ready = readied(document)
    assert (ready.reading.author, [each.author for each in ready.others]) == ("mia", ["noor"])


def test_a_layer_of_one_suggester_s_proposals_stays_a_suggestion() -> None:
    proposed = replace(entity(HARBOUR, HARBOUR.split()[0], "e1"), by=By("suggested", "m1", 0.8))
    document = replace(article(HARBOUR), review=Review("reviewed", ("mia",)), layers=(layer_of("m1", [proposed]),))
    [other] = readied(document).others
    assert (other.author, other.state, other.objects, other.certainty) == ("m1", "suggested", 1, 0.8)
