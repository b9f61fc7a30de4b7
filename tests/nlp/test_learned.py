"""What was learned rates and adds to the rules, keeps still where nothing is committed, travels with the pipeline."""

from itertools import pairwise
from pathlib import Path

import pytest
import spacy

from tests.nlp.reading import reader, registry
from workbench.core.annotation import Document, Frame, Layer, Region
from workbench.core.record import layer_from
from workbench.nlp.learned.certainty import ENOUGH, HOPELESS
from workbench.nlp.learned.claims import ROOM, windows
from workbench.nlp.learned.finder import LearnedFinder
from workbench.nlp.learned.fitting import fit
from workbench.nlp.learned.network import NAMES, WEIGHTS, folder, shipped
from workbench.nlp.learned.pieces import Pieces
from workbench.nlp.learned.relations import CLAUSES, DISTANCES, PATHS, Relations
from workbench.nlp.record import RESULT
from workbench.nlp.tree import tree

_SEEDS = Path(__file__).parents[2] / "seeds" / "articles"
_ARTICLE = (_SEEDS / "gaza-force-indonesia-wire.txt").read_text("utf-8")
_GAPS = (_SEEDS / "armenia-azerbaijan-monitors-press-conference.txt").read_text("utf-8")
"""What the rules propose in it is partly beyond the scheme."""


def _finder() -> LearnedFinder:
    found = reader().nlp.get_pipe("workbench_learned")
    assert isinstance(found, LearnedFinder)
    return found


def _layer(text: str, *regions: Region) -> Layer:
    [layer] = reader().suggest([Document(text=text, regions=regions)])
    return layer


def _frames(text: str) -> tuple[Frame, ...]:
    layer = _layer(text)
    return (*layer.commitments, *layer.stances)


def _learned(frame: Frame) -> bool:
    return (frame.by.cue or "").startswith("learned")


def test_the_weights_are_small_and_load_the_same_each_time() -> None:
    assert sum((folder() / name).stat().st_size for name in (NAMES, WEIGHTS)) < 20_000_000
    first = shipped()
    shipped.cache_clear()
    second = shipped()
    assert first is not None
    assert second is not None
    assert (first.inventory, first.weights) == (second.inventory, second.weights)


def test_fitting_twice_gives_the_same_weights() -> None:
    rows = [["a", "b"], ["a"], ["b", "c"], ["c"]] * 3
    labels = ["y", "y", "n", "n"] * 3
    model = fit(rows, labels, penalty=1.0)
    assert model == fit(rows, labels, penalty=1.0)
    assert model.likelihood(["a"]) > 0.5 > model.likelihood(["c"])


def test_what_was_never_seen_counts_nothing() -> None:
    model = fit([["a"], ["b"]] * 2, ["y", "n"] * 2, penalty=1.0)
    assert model.likelihood(["z"]) == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("word", "joined"),
    [("Troops", "troops"), ("Orbán", "orban"), ("F-16s", "f-16s"), ("“", "“"), ("\n\n", "[UNK]"), ("₿", "[UNK]")],
)
def test_words_come_in_pieces_that_are_known(word: str, joined: str) -> None:
    network = _finder().network
    assert network is not None
    found = [network.inventory.pieces[number] for number in network.pieces.of(word)]
    assert "".join(found).replace("##", "") == joined


def test_a_word_that_cannot_be_put_together_is_unknown_as_a_whole() -> None:
    pieces = Pieces(("[UNK]", "ab", "##c"))
    assert pieces.of("abc") == [1, 2]
    assert pieces.of("abd") == [0]
    assert pieces.of("abc" * 100) == [0]


def test_windows_hold_every_sentence_once_and_no_more_than_fits() -> None:
    network = _finder().network
    assert network is not None
    nlp = reader().nlp
    text = _ARTICLE + "\n\n" + "Norway and " * 300 + "Chile met."
    with nlp.select_pipes(disable=["workbench_learned", "workbench_record"]):
        doc = tree(nlp(text))
    found = windows(doc, _finder().lexicon, network.pieces)
    lines = [line.scene.sentence for window in found for line in window.lines]
    assert [each.start for each in lines] == [each.start for each in doc.sents]
    assert all(len(window.pieces) <= ROOM for window in found)
    assert all(window.starts[-1] < ROOM for window in found)
    assert all(len(window.starts) == sum(len(line.shown) for line in window.lines) for window in found)
    assert all(0 <= place < len(window.starts) for window in found for each in window.claims for place in each.words)


def test_relations_stay_within_what_the_network_knows() -> None:
    nlp = reader().nlp
    with nlp.select_pipes(disable=["workbench_learned", "workbench_record"]):
        doc = tree(nlp(_ARTICLE))
    network = _finder().network
    assert network is not None
    for window in windows(doc, _finder().lexicon, network.pieces):
        for line in window.lines:
            tokens = line.tokens
            for each in Relations(tokens).to([tokens[0], tokens[-1]]):
                assert 0 < each.path < PATHS
                assert 0 < each.clause < CLAUSES
                assert 0 < each.distance < DISTANCES


def test_every_frame_of_an_article_has_a_certainty_and_a_cue() -> None:
    found = _frames(_ARTICLE)
    assert found
    assert all(each.by.cue and each.by.score for each in found)
    assert all(each.by.score >= (ENOUGH if _learned(each) else HOPELESS) for each in found if each.by.score)


def test_a_plain_pledge_is_rather_sure() -> None:
    [frame] = _layer("Kenya pledged to send 600 soldiers to Haiti.").commitments
    assert frame.by.cue == "commit: pledged"
    assert 0.5 < (frame.by.score or 0) < 1


def test_what_is_added_does_not_repeat_the_rules() -> None:
    found = _layer(_ARTICLE).commitments
    for each in found:
        same = [other for other in found if other is not each and other.slots["actor"] == each.slots["actor"]]
        same = [other for other in same if other.slots["type"] == each.slots["type"]]
        assert not any(other.span.overlap(each.span) > 0 for other in same if _learned(each))


@pytest.mark.parametrize("text", [_ARTICLE, _GAPS], ids=["without gaps", "with gaps"])
def test_numbers_are_unique_though_the_rules_leave_gaps(text: str) -> None:
    found = [each.id for each in _frames(text)]
    assert len(found) == len(set(found))


def test_the_same_text_is_read_the_same_beside_others() -> None:
    alone = _layer(_ARTICLE)
    beside = list(reader().suggest([Document(text=_GAPS), Document(text=_ARTICLE), Document(text="Oslo.")]))[1]
    assert beside == alone


def test_a_saved_pipeline_says_the_same(tmp_path: Path) -> None:
    nlp = reader().nlp
    nlp.to_disk(tmp_path)
    opened = spacy.load(tmp_path)
    assert "workbench_learned" in opened.pipe_names
    left, right = (layer_from("", pipe(_ARTICLE).user_data[RESULT], _ARTICLE) for pipe in (nlp, opened))
    assert left == right


@pytest.mark.parametrize(
    "text",
    [
        "Ministers from Chile and Peru will meet in Lima on Tuesday to discuss the frigates.",
        "Norway has the ships to do it.",
        "In 1950 Turkey sent a brigade to Korea.",
        "Would Brazil ever lead a mission in Haiti again?",
        "Diplomats wonder whether Brazil would send troops to Haiti.",
        "Australia is to build six frigates for its navy.",
        "Germany offered advice.",
        "It rained in Oslo.",
    ],
)
def test_nothing_is_made_of_what_is_no_commitment(text: str) -> None:
    assert [each for each in _layer(text).commitments if _learned(each)] == []


def test_boilerplate_is_silent() -> None:
    text = "The Netherlands would not be found wanting when convoys needed ships, its foreign minister said."
    assert _layer(text, Region(0, len(text), "boilerplate")).commitments == ()


def test_an_empty_document_passes() -> None:
    assert [layer.objects for layer in reader().suggest([Document(text=""), Document(text="\n")])] == [(), ()]


def test_a_scheme_without_types_gets_no_commitments_of_ours() -> None:
    finder = _finder()
    scheme = finder.scheme
    assert scheme is not None
    without = scheme.__class__(scheme.name, scheme.title, scheme.labels, scheme.stance, (), scheme.pairs)
    try:
        finder.equip(without, registry())
        assert [each for each in _layer(_ARTICLE).commitments if _learned(each)] == []
    finally:
        finder.equip(scheme, registry())


def test_evidence_is_part_of_one_sentence() -> None:
    doc = reader().nlp.make_doc(_ARTICLE)
    assert doc.text == _ARTICLE
    cuts = [each.start_char for each in reader().nlp(_ARTICLE).sents] + [len(_ARTICLE)]
    spans = [each.span for each in _frames(_ARTICLE) if _learned(each)]
    assert all(any(one <= span.start < span.end <= two for one, two in pairwise(cuts)) for span in spans)
