"""Learn the weights of the learned component from gold articles.

    python -m workbench.nlp.learned.train seeds/benchmark/dev.jsonl seeds/benchmark/articles-dev.jsonl

Cross-validates by construction and subject, prints what the rules, the learned and both find, chooses
the thresholds, and writes ``seeds/models/frames.json``. The same gold gives the same bytes.
"""

import sys
from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Final

import msgspec

from workbench.core import actors, scheme
from workbench.core.annotation import Frame
from workbench.core.frame_scores import FRAME_KINDS, FrameKind
from workbench.core.scheme import Pairs
from workbench.nlp.learned.certainty import seen
from workbench.nlp.learned.examples import Example, examples, folds
from workbench.nlp.learned.fitting import fit
from workbench.nlp.learned.judging import odds_of, proposals, with_status
from workbench.nlp.learned.model import FILE, Linear, Models, folder
from workbench.nlp.pipeline import load
from workbench.settings import resource_root

_LATER: Final = ("workbench_learned", "workbench_record")
_FOLDS: Final = 8
_COMMITMENT_FROM: Final = (4.0, 3.0, 2.4, 2.1, 1.8, 1.5, 1.2, 1.0, 0.8, 0.6, 0.4, 0.2, 0.0)
_STANCE_FROM: Final = (4.0, 3.0, 2.0, 1.5, 1.0, 0.5, 0.0, -0.5, -1.0)
_ALONE: Final[dict[FrameKind, float]] = {"commitment": 0.65, "stance": 0.5}
"""How much of what is added alone must be right; a stance mostly goes with a commitment that is looked at anyway."""

_TOGETHER: Final = 0.75
_SURE: Final = ("n", "y")


def fitted(found: Sequence[Example], pairs: Pairs) -> Models:
    """Fit the models of candidates on examples; thresholds and certainty come later."""
    rows = [(each, one, gold) for each in found for one, gold in zip(each.found, each.truth, strict=True)]
    real = [(each, one, gold) for each, one, gold in rows if gold is not None]
    paired = [each.stands(gold, pairs.target.get(one.it.label, pairs.otherwise)) for each, one, gold in real]
    return Models(
        fit([one.seen for _, one, _ in rows], ["ny"[gold is not None] for _, _, gold in rows], penalty=3.0),
        fit([one.seen for _, one, _ in real], [str(gold.slots["status"]) for _, _, gold in real], penalty=2.0),
        fit(
            [with_status(one, str(gold.slots["status"])) for _, one, gold in real],
            ["ny"[yes] for yes in paired],
            penalty=2.0,
        ),
        Linear(_SURE, {"bias": (0.0, 0.0)}),
        0.0,
        0.0,
    )


def added_to(example: Example, models: Models, pairs: Pairs) -> list[Frame]:
    """Return what the models add to the rules on one article; its candidates have been judged."""
    promised, held = proposals(example.found, example.ruled, models, pairs)
    return promised + held


def crossed(found: Sequence[Example], pairs: Pairs) -> list[Models]:
    """Return for each example the models that were learned without its group; its candidates get their odds."""
    kept: dict[int, Models] = {}
    for learn, held in folds(found, _FOLDS):
        models = fitted([found[n] for n in learn], pairs)
        for n in held:
            kept[n] = models
            for one in found[n].found:
                one.odds = models.commitment.odds(one.seen)
    return [kept[n] for n in range(len(found))]


def chosen(found: Sequence[Example], models: Sequence[Models], pairs: Pairs) -> tuple[float, float]:
    """Choose the thresholds by the articles: the best F1 with the rules of those where additions are mostly right.

    Precision is asked of the additions alone, for the rules were tuned on these articles, and of both together;
    where no threshold reaches it, the strictest holds.
    """
    whole = [(each, one) for each, one in zip(found, models, strict=True) if each.whole]

    def worth(kind: FrameKind, first: float, second: float) -> float:
        tried = [(each, replace(one, commitment_from=first, stance_from=second)) for each, one in whole]
        rows = [(each, added_to(each, one, pairs)) for each, one in tried]
        both = [(each, [*each.ruled, *new]) for each, new in rows]
        precision, _, f1, _ = measured(both, kind)
        return f1 if measured(rows, kind)[0] >= _ALONE[kind] and precision >= _TOGETHER else 0.0

    first = max(_COMMITMENT_FROM, key=lambda bound: worth("commitment", bound, _STANCE_FROM[-1]))
    return first, max(_STANCE_FROM, key=lambda bound: worth("stance", first, bound))


def measured(rows: Sequence[tuple[Example, list[Frame]]], kind: FrameKind) -> tuple[float, float, float, float]:
    """Return precision, recall and F1 of frames, and how many of the right ones have the right status or polarity."""
    right = agreed = made = gold = 0
    for example, frames in rows:
        mine = [each for each in frames if each.kind == kind]
        hit, main = example.right(kind, mine)
        right, agreed, made = right + len(hit), agreed + len(main), made + len(mine)
        gold += len(example.gold.commitments if kind == "commitment" else example.gold.stances)
    precision, recall = right / max(1, made), right / max(1, gold)
    return precision, recall, 2 * right / max(1, made + gold), agreed / max(1, right)


def sure(found: Sequence[Example], added: Sequence[list[Frame]]) -> Linear:
    """Learn how often what is added is right; the rules were tuned on these articles, and would seem too good."""
    rows, labels = [], []
    for example, new in zip(found, added, strict=True):
        for kind in FRAME_KINDS:
            mine = [each for each in (*example.ruled, *new) if each.kind == kind]
            right = example.right(kind, mine)[1]
            first = sum(each.kind == kind for each in example.ruled)
            own = list(enumerate(mine))[first:]
            rows += [seen(each, odds_of(each, example.found)) for _, each in own]
            labels += ["ny"[n in right] for n, _ in own]
    return fit(rows, labels, penalty=1.0)


def told(found: Sequence[Example], added: Sequence[list[Frame]]) -> None:
    """Print what the rules find, what is added, and both, on passages and articles that were held out."""
    for name, whole in (("passages", False), ("articles", True)):
        some = [(each, new) for each, new in zip(found, added, strict=True) if each.whole == whole]
        for kind, (title, rows) in product(
            FRAME_KINDS,
            {
                "rules": [(each, each.ruled) for each, _ in some],
                "added": some,
                "both": [(each, [*each.ruled, *new]) for each, new in some],
            }.items(),
        ):
            figures = "  ".join(f"{value:.3f}" for value in measured(rows, kind))
            print(f"{name:9} {kind:11} {title:6} P R F1 agreed  {figures}")


def main(paths: Sequence[str]) -> None:
    """Learn from gold files and write the weights."""
    shipped = scheme.parse((resource_root() / "seeds" / "schemes" / "coalition.toml").read_bytes())
    nlp = load(None, shipped, actors.shipped(resource_root() / "seeds" / "actors")).nlp
    pairs = shipped.pairs
    with nlp.select_pipes(disable=[name for name in nlp.pipe_names if name in _LATER]):
        found = examples(nlp, nlp.get_pipe("workbench_frames").lexicon, [Path(path) for path in paths])
    models = crossed(found, pairs)
    first, second = chosen(found, models, pairs)
    models = [replace(each, commitment_from=first, stance_from=second) for each in models]
    added = [added_to(each, one, pairs) for each, one in zip(found, models, strict=True)]
    told(found, added)
    print(f"thresholds: commitments {first}, stances {second}")
    kept = replace(fitted(found, pairs), sure=sure(found, added), commitment_from=first, stance_from=second)
    folder().mkdir(exist_ok=True)
    (folder() / FILE).write_bytes(msgspec.json.encode(kept, order="sorted") + b"\n")


if __name__ == "__main__":
    main(sys.argv[1:])
