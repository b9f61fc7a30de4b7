import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.formats.documents import documents
from tests.formats.test_round_trip import golden_documents, written
from workbench.core.annotation import Document
from workbench.formats import docbin
from workbench.formats.losses import flat


@given(documents())
@settings(deadline=None, max_examples=40, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
def test_no_span_is_misaligned_and_the_text_is_whole(document: Document) -> None:
    import spacy

    doc = docbin.doc_of(document, spacy.blank("xx").vocab)
    assert doc.text == document.text
    ents = {(each.start_char, each.end_char, each.label_) for each in doc.ents}
    assert ents == {(*each.span, each.label) for each in flat(document.layer.entities)}
    assert len(doc.spans["sc"]) == len(document.layer.entities)
    assert None not in doc.spans["stance"]


def test_what_spacy_made_is_read_from_its_entities_and_spans() -> None:
    import spacy
    from spacy.tokens import DocBin

    nlp = spacy.blank("en")
    doc = nlp("The UK backs Ukraine.")
    doc.ents = [doc.char_span(4, 6, label="GPE", kb_id="state:GBR")]
    doc.spans["sc"] = [doc.char_span(0, 6, label="ACTOR")]
    doc.cats["politics"] = 1.0
    [found] = docbin.read(io.BytesIO(DocBin(docs=[doc], store_user_data=True).to_bytes()), "a.spacy")
    assert isinstance(found, Document)
    labels = [(found.text[slice(*each.span)], each.label, each.actor_id) for each in found.layer.entities]
    assert labels == [("The UK", "ACTOR", None), ("UK", "GPE", "state:GBR")]
    assert found.meta["foreign"]["categories"] == {"politics": 1.0}


def test_spacy_reads_what_we_write() -> None:
    import spacy
    from spacy.tokens import DocBin

    docs = list(DocBin().from_bytes(written("docbin", golden_documents())).get_docs(spacy.blank("en").vocab))
    assert [each.text for each in docs[0].ents] == ["UK", "Ukraine", "Keir Starmer"]
    assert docs[0].spans["stance"][0].text == "France backs it"


@pytest.mark.slow
def test_spacy_learns_from_what_we_write(tmp_path: Path) -> None:
    from spacy.cli.train import train

    found = [replace(each, id=f"a{number}") for number in range(12) for each in golden_documents()[:2]]
    for name in ("train", "dev"):
        (tmp_path / f"{name}.spacy").write_bytes(written("docbin", found))
    (tmp_path / "config.cfg").write_text(docbin.config())
    places = {"paths.train": str(tmp_path / "train.spacy"), "paths.dev": str(tmp_path / "dev.spacy")}
    quick = {"training.max_steps": 40, "training.eval_frequency": 20, "components.tok2vec.model.encode.depth": 1}
    train(tmp_path / "config.cfg", tmp_path / "out", overrides={**places, **quick})
    scores = json.loads((tmp_path / "out" / "model-best" / "meta.json").read_text())["performance"]
    assert scores["ents_f"] > 0.9
