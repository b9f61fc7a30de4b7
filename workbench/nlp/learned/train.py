"""Learn the weights of the learned component from gold articles.

    python -m workbench.nlp.learned.train

Reads the benchmark's files for tuning and for fitting, cross-validates by construction, subject and author, prints what
the rules, the learned and both find in what was held out, and writes ``seeds/models/frames.json``. The same gold and
rules give the same bytes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

import msgspec

from workbench.core import actors, scheme
from workbench.core.annotation import Frame
from workbench.core.frame_scores import FRAME_KINDS, FrameKind
from workbench.core.scheme import Pairs
from workbench.nlp.learned.certainty import likely, rated, seen
from workbench.nlp.learned.examples import Example, examples, folds
from workbench.nlp.learned.fitting import fit
from workbench.nlp.learned.judging import proposals, with_status
from workbench.nlp.learned.model import FILE, Linear, Models, folder
from workbench.nlp.pipeline import load
from workbench.settings import resource_root

_LATER: Final = ("workbench_learned", "workbench_record")
_FITTED: Final = "articles-fit"
_FILES: Final = ("dev", "articles-dev", "articles-wide", _FITTED)
_FOLDS: Final = 8


class Tried(NamedTuple):
    """An article that was held out, and what models that never saw it add to the rules, each frame rated."""

    example: Example
    ruled: list[Frame]
    added: list[Frame]


def fitted(found: Sequence[Example], pairs: Pairs) -> Models:
    """Fit the models of candidates on examples; certainty comes later."""
    rows = [(each, one, gold) for each in found for one, gold in zip(each.found, each.truth, strict=True)]
    real = [(each, one, gold) for each, one, gold in rows if gold is not None]
    paired = [each.stands(gold, pairs.target.get(one.it.label, pairs.otherwise)) for each, one, gold in real]
    return Models(
        fit([one.seen for _, one, _ in rows], ["ny"[gold is not None] for _, _, gold in rows], penalty=5.0),
        fit([one.seen for _, one, _ in real], [str(gold.slots["status"]) for _, _, gold in real], penalty=2.0),
        fit(
            [with_status(one, str(gold.slots["status"])) for _, one, gold in real],
            ["ny"[yes] for yes in paired],
            penalty=2.0,
        ),
        Linear(("n", "y"), {"bias": (0.0, 0.0)}),
    )


def crossed(found: Sequence[Example], pairs: Pairs) -> list[Tried]:
    """Return for each example what models add that were learned without its group; its candidates get their odds."""
    kept: dict[int, Tried] = {}
    for learn, held in folds(found, _FOLDS):
        models = fitted([found[n] for n in learn], pairs)
        for n in held:
            for one in found[n].found:
                one.odds = models.commitment.odds(one.seen)
            new = [each for kind in proposals(found[n].found, found[n].ruled, models, pairs) for each in kind]
            kept[n] = Tried(found[n], found[n].ruled, new)
    return [kept[n] for n in range(len(found))]


def sure(tried: Iterable[Tried]) -> Linear:
    """Learn how often proposals are right, from articles that no rule was written with."""
    rows: list[list[str]] = []
    labels: list[str] = []
    for example, ruled, added in tried:
        for kind in FRAME_KINDS:
            mine = [each for each in (*ruled, *added) if each.kind == kind]
            right = example.right(kind, mine)[0]
            rows += [seen(each, example.found) for each in mine]
            labels += ["ny"[n in right] for n in range(len(mine))]
    return fit(rows, labels, penalty=5.0)


def held_out(tried: Sequence[Tried]) -> list[Tried]:
    """Rate what is proposed in each article by what was learned from the articles of other groups."""
    models = {
        name: sure(each for each in tried if each.example.group != name)
        for name in {each.example.group for each in tried}
    }
    return [
        Tried(example, *(rated(frames, example.found, models[example.group]) for frames in (ruled, added)))
        for example, ruled, added in tried
    ]


def measured(tried: Iterable[Tried], kind: FrameKind) -> tuple[float, float, float, float]:
    """Return precision, recall and F1 of frames, and how many of the right ones have the right status or polarity."""
    right = agreed = made = gold = 0
    for example, ruled, added in tried:
        mine = [each for each in (*ruled, *added) if each.kind == kind]
        hit, main = example.right(kind, mine)
        right, agreed, made = right + len(hit), agreed + len(main), made + len(mine)
        gold += len(example.gold.commitments if kind == "commitment" else example.gold.stances)
    precision, recall = right / max(1, made), right / max(1, gold)
    return precision, recall, 2 * right / max(1, made + gold), agreed / max(1, right)


def told(tried: Sequence[Tried]) -> None:
    """Print what the rules find, what is added, and both, in the articles that were held out."""
    for kind in FRAME_KINDS:
        for title, rows in {
            "rules": [each._replace(added=[]) for each in tried],
            "added": [each._replace(ruled=[]) for each in tried],
            "both": tried,
        }.items():
            figures = "  ".join(f"{value:.3f}" for value in measured(rows, kind))
            print(f"{kind:11} {title:6} P R F1 agreed  {figures}")


def main() -> None:
    """Learn from the benchmark and write the weights."""
    root = resource_root() / "seeds"
    shipped = scheme.parse((root / "schemes" / "coalition.toml").read_bytes())
    nlp = load(None, shipped, actors.shipped(root / "actors")).nlp
    with nlp.select_pipes(disable=[name for name in nlp.pipe_names if name in _LATER]):
        lexicon = nlp.get_pipe("workbench_frames").lexicon
        found = examples(nlp, lexicon, [root / "benchmark" / f"{name}.jsonl" for name in _FILES])
    tried = [each for each in crossed(found, shipped.pairs) if each.example.file == _FITTED]
    told([each._replace(added=likely(each.added)) for each in held_out(tried)])
    models = replace(fitted(found, shipped.pairs), sure=sure(tried))
    folder().mkdir(exist_ok=True)
    (folder() / FILE).write_bytes(msgspec.json.encode(models, order="sorted") + b"\n")


if __name__ == "__main__":
    main()
