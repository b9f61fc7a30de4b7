import json
from dataclasses import replace
from xml.etree import ElementTree

from tests.formats.test_round_trip import ROOT, golden_documents
from workbench.core import scheme
from workbench.formats import WRITERS, label_studio
from workbench.formats.losses import ASPECTS, carried, flat, lost, strip


def test_a_receipt_counts_what_is_left_out() -> None:
    document = golden_documents()[0]
    counts = lost(document, WRITERS["doccano"].loses)
    assert (counts["stances"], counts["commitments"], counts["actors"], counts["flags"]) == (1, 1, 3, 1)
    assert lost(document, WRITERS["docbin"].loses) == {}


def test_what_is_stripped_is_no_longer_counted() -> None:
    document = golden_documents()[0]
    for name in ASPECTS.keys() - {"text", "object ids"}:
        assert lost(strip(document, {name}), {name}) == {}, name


def test_of_overlapping_entities_the_longer_stays() -> None:
    [first, *_] = golden_documents()[0].layer.entities
    longer, beside = replace(first, end=first.end + 9), replace(first, start=first.end + 9, end=first.end + 12)
    assert flat([first, longer, beside]) == (longer, beside)


def test_what_came_from_elsewhere_is_counted_apart() -> None:
    document = replace(golden_documents()[0], meta={"foreign": {"relations": [1, 2], "unit": "utf-16"}})
    assert carried(document) == {"relations": 2}


def test_label_studio_gets_a_configuration_with_the_labels_of_the_scheme() -> None:
    shipped = scheme.parse((ROOT / "seeds" / "schemes" / "coalition.toml").read_bytes())
    root = ElementTree.fromstring(label_studio.config(shipped))
    assert [each.get("value") for each in root.iter("Label")] == [label.name for label in shipped.labels]
    used = {json.dumps(each.get("toName")) for each in root if each.get("toName")}
    assert used == {'"text"'}
