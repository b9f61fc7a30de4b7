"""What was learned adds to the rules, keeps still where nothing is committed, and travels with the pipeline."""

from pathlib import Path

import pytest
import spacy

from tests.nlp.proposing import frames, suggester
from workbench.core.annotation import Document
from workbench.core.record import layer_from
from workbench.nlp.learned.finder import LearnedFinder
from workbench.nlp.learned.fitting import fit
from workbench.nlp.learned.model import FILE, folder, shipped
from workbench.nlp.record import RESULT

_SEEDS = Path(__file__).parents[2] / "seeds" / "articles"
_ARTICLE = (_SEEDS / "gaza-force-indonesia-wire.txt").read_text("utf-8")
_GAPS = (_SEEDS / "armenia-azerbaijan-monitors-press-conference.txt").read_text("utf-8")
"""What the rules propose in it is partly beyond the scheme."""


def _finder() -> LearnedFinder:
    found = suggester().nlp.get_pipe("workbench_learned")
    assert isinstance(found, LearnedFinder)
    return found


def test_the_weights_are_small_and_load_the_same_each_time() -> None:
    assert (folder() / FILE).stat().st_size < 2_000_000
    first = shipped()
    shipped.cache_clear()
    assert first is not None
    assert shipped() == first


def test_fitting_twice_gives_the_same_weights() -> None:
    rows = [["a", "b"], ["a"], ["b", "c"], ["c"]] * 3
    labels = ["y", "y", "n", "n"] * 3
    model = fit(rows, labels, penalty=1.0)
    assert model == fit(rows, labels, penalty=1.0)
    assert model.likelihood(["a"]) > 0.5 > model.likelihood(["c"])


def test_what_was_never_seen_counts_nothing() -> None:
    model = fit([["a"], ["b"]] * 2, ["y", "n"] * 2, penalty=1.0)
    assert model.sums(["z"]) == [0.0, 0.0]
    assert model.likelihood(["z"]) == pytest.approx(0.5)


def test_every_frame_of_an_article_has_a_certainty_and_a_cue() -> None:
    found = frames(_ARTICLE, "commitment") + frames(_ARTICLE, "stance")
    assert found
    assert all(each.by.cue and each.by.score and 0 < each.by.score < 1 for each in found)


def test_what_is_added_neither_repeats_nor_contradicts_the_rules() -> None:
    found = frames(_ARTICLE, "commitment")
    learned = [each for each in found if (each.by.cue or "").startswith("learned")]
    ruled = [each for each in found if each not in learned]
    for each in learned:
        same = [other for other in ruled if other.slots["actor"] == each.slots["actor"]]
        same = [other for other in same if other.slots["type"] == each.slots["type"]]
        assert not any(other.span.overlap(each.span) > 0 for other in same)


@pytest.mark.parametrize("text", [_ARTICLE, _GAPS], ids=["without gaps", "with gaps"])
def test_numbers_are_unique_though_the_rules_leave_gaps(text: str) -> None:
    for kind in ("commitment", "stance"):
        found = [each.id for each in frames(text, kind)]
        assert len(found) == len(set(found))


def test_a_saved_pipeline_says_the_same(tmp_path: Path) -> None:
    nlp = suggester().nlp
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
    assert [each for each in frames(text, "commitment") if (each.by.cue or "").startswith("learned")] == []


def test_an_empty_document_passes() -> None:
    assert [layer.objects for layer in suggester().suggest([Document(text=""), Document(text="\n")])] == [(), ()]


def test_a_scheme_without_types_gets_no_commitments_of_ours() -> None:
    finder, nlp = _finder(), suggester().nlp
    scheme = finder.scheme
    assert scheme is not None
    without = scheme.__class__(scheme.name, scheme.title, scheme.labels, scheme.stance, (), scheme.pairs)
    try:
        finder.equip(without, nlp.get_pipe("workbench_entities").registry)
        found = [each for each in frames(_ARTICLE, "commitment") if (each.by.cue or "").startswith("learned")]
        assert found == []
    finally:
        finder.equip(scheme, nlp.get_pipe("workbench_entities").registry)
