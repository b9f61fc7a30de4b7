"""The pipeline as a whole: saved, streamed, cut, spread over processes."""

import json
import os
from itertools import pairwise
from pathlib import Path

import pytest
import spacy

from tests.nlp.reading import reader, registry, scheme
from workbench.core.annotation import Document
from workbench.core.errors import Invalid
from workbench.core.text import sentences
from workbench.nlp.parts import LONGEST, parts
from workbench.nlp.pipeline import PREFERRED, load

_TEXT = "France and Ukraine met.\n\nMr. Macron said: “We are ready.” He left at 3 p.m. on Monday."


def test_a_saved_pipeline_opens_with_spacy_load(tmp_path: Path) -> None:
    reader().nlp.to_disk(tmp_path / "saved")
    doc = spacy.load(tmp_path / "saved")(_TEXT)
    assert [mention.actor for mention in doc._.cast.mentions[:2]] == ["France", "Ukraine"]


def test_processes_change_nothing_but_the_time() -> None:
    articles = [Document(_TEXT), Document("Kenya sends 400 police to Haiti."), Document(_TEXT)]
    assert list(reader().suggest(articles, processes=2)) == list(reader().suggest(articles))


def test_tokens_give_the_text_back_to_the_character() -> None:
    text = "Ukraine‘s  men at the summitReuters\r\n[/caption] U.S.-led F-16s 😀"
    assert reader().nlp.make_doc(text).text == text


def test_sentences_are_those_of_the_record() -> None:
    found = [sentence.text.strip() for sentence in reader().nlp(_TEXT).sents]
    assert found == [_TEXT[start:end] for start, end in sentences(_TEXT)]


def test_an_unknown_model_is_refused_with_the_command_that_installs_it() -> None:
    with pytest.raises(Invalid, match=r"en_core_web_nothing.*spacy download"):
        load("en_core_web_nothing", scheme(), registry())


def test_a_model_saved_elsewhere_is_loaded_by_its_folder(tmp_path: Path) -> None:
    plain = spacy.load(PREFERRED[-1])
    plain.meta["name"] = "harbour_md"
    plain.to_disk(tmp_path / "model")
    found = load(str(tmp_path / "model"), scheme(), registry())
    assert found.name.startswith("spacy:en_harbour_md@")
    assert [len(layer.entities) > 0 for layer in found.suggest([Document(_TEXT)])] == [True]


def test_the_name_tells_model_and_rules() -> None:
    assert reader().name.startswith("spacy:en_core_web_sm")
    assert reader().name.endswith("+wb1")


def test_parts_of_a_long_article_cover_it_without_overlap() -> None:
    text = "\n\n".join(["A sentence. " * 300] * 120) + "x" * (LONGEST + 10)
    cut = parts(text)
    assert cut[0][0] == 0
    assert cut[-1][1] == len(text)
    assert all(first[1] == second[0] for first, second in pairwise(cut))
    assert all(0 < end - start <= LONGEST for start, end in cut)


def test_the_development_articles_stay_above_their_floor() -> None:
    folder = Path(os.environ.get("WORKBENCH_DEV_DATA") or Path(__file__).parents[3] / "shared" / "data")
    if not (folder / "gold_dev.jsonl").is_file():
        pytest.skip(f"the development articles are not at {folder}; name their folder in WORKBENCH_DEV_DATA")
    right = wanted = made = linked = 0
    for line in (folder / "gold_dev.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = (folder / "articles" / row["file"]).read_text(encoding="utf-8")
        gold = {(each["start"], each["end"], each["label"]): each["actor"] for each in row["entities"]}
        [layer] = reader().suggest([Document(text)])
        found = {(each.start, each.end, each.label): each.actor for each in layer.entities}
        both = gold.keys() & found.keys()
        right, wanted, made = right + len(both), wanted + len(gold), made + len(found)
        linked += sum(gold[key] == found[key] for key in both)
    assert 2 * right / (wanted + made) >= 0.95
    assert linked / right >= 0.95
