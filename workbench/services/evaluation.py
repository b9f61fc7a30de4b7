"""How good suggestions are: a file of predictions, or a fresh run, scored against gold.

From the command line it is ``workbench evaluate``; from Python::

    from pathlib import Path
    from workbench.services import evaluation, evaluation_report
    report = evaluation.evaluate(Path("gold.jsonl"), Path("predictions.jsonl"))   # or None: a fresh run
    print(evaluation_report.render(report, "text"))
    report.scores.figures["commitments.lenient"].tally.f1
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from workbench.core import scheme as schemes
from workbench.core.actors import Registry, shipped
from workbench.core.annotation import Document, Layer
from workbench.core.frame_scores import FRAME_KINDS
from workbench.core.mistakes import Mistake, mistakes
from workbench.core.scheme import Scheme
from workbench.core.scores import Case, Match, Part, Scores
from workbench.core.scoring import match, parts_of, scores_of
from workbench.services.evaluation_files import Gold, Paired, gold_articles, paired
from workbench.settings import resource_root

_ORDER: Final = ("entity", "link", *FRAME_KINDS)


class Count(NamedTuple):
    """How many mistakes there are of one kind and fault."""

    kind: str
    fault: str
    number: int


@dataclass(frozen=True, slots=True)
class Report:
    """What came of an evaluation.

    ``missing`` gold articles had no predictions and count as missed; ``surplus`` predictions belong
    to no gold article, ``differing`` ones to another text, and count nowhere. ``mistakes`` holds
    the first few of each kind and fault, ``mistake_counts`` says how many there are.
    """

    gold: str
    predictions: str
    scores: Scores
    parts: tuple[Part, ...]
    missing: tuple[str, ...]
    surplus: tuple[str, ...]
    differing: tuple[str, ...]
    mistakes: tuple[Mistake, ...]
    mistake_counts: tuple[Count, ...]


def evaluate(
    gold_path: Path,
    predictions_path: Path | None = None,
    *,
    model: str | None = None,
    articles: Path | None = None,
    split: str | None = None,
    by: str | None = None,
    scheme: Scheme | None = None,
    registry: Registry | None = None,
    draws: int = 1000,
    seed: int = 1,
    limit: int = 25,
    processes: int = 1,
) -> Report:
    """Score predictions, or a fresh run of the suggester, against a gold file.

    The scheme and registry are the shipped ones unless given; ``split`` keeps the gold records of one
    split; ``by`` names a key of their ``meta`` whose values are also measured apart; ``limit`` caps
    the listed mistakes of each sort.
    """
    scheme = scheme or schemes.parse((resource_root() / "seeds/schemes/coalition.toml").read_bytes())
    gold = gold_articles(gold_path, articles, split)
    found = paired(predictions_path, gold) if predictions_path else _fresh(gold, model, scheme, registry, processes)
    matches = [match(_case(each, found.layers.get(n, Layer("")))) for n, each in enumerate(gold)]
    parts = parts_of(matches, [_values(each, by) for each in gold], scheme) if by else ()
    listed, counts = _listed(matches, scheme, limit)
    scores = scores_of(matches, scheme, draws=draws, seed=seed)
    missing = tuple(each.name for n, each in enumerate(gold) if n not in found.layers)
    return Report(gold_path.name, found.name, scores, parts, missing, found.surplus, found.differing, listed, counts)


def _case(gold: Gold, predicted: Layer) -> Case:
    document = gold.document
    return Case(gold.name, document.text, document.layer, predicted, gold.alternatives, document.regions)


def _values(gold: Gold, key: str) -> list[str]:
    """Return what the article's meta says under a key: one value, several or none."""
    value = gold.document.meta.get(key)
    return [str(each) for each in value] if isinstance(value, list) else [] if value is None else [str(value)]


def _fresh(
    gold: Sequence[Gold], model: str | None, scheme: Scheme, registry: Registry | None, processes: int
) -> Paired:
    """Let the suggester read the texts; it is told the language and the date, and nothing of the gold."""
    from workbench.nlp import suggester

    reader = suggester(model, scheme, registry or shipped(resource_root() / "seeds" / "actors"))
    texts = [
        Document(each.document.text, language=each.document.language, source=each.document.source) for each in gold
    ]
    layers = dict(enumerate(reader.suggest(texts, processes=processes)))
    return Paired(reader.name, layers)


def _listed(matches: Sequence[Match], scheme: Scheme, limit: int) -> tuple[tuple[Mistake, ...], tuple[Count, ...]]:
    counts: Counter[tuple[str, str]] = Counter()
    kept = []
    for each in matches:
        for mistake in mistakes(each, scheme):
            counts[mistake.kind, mistake.fault] += 1
            if counts[mistake.kind, mistake.fault] <= limit:
                kept.append(mistake)
    kept.sort(key=lambda mistake: (_ORDER.index(mistake.kind), mistake.fault))
    return tuple(kept), tuple(Count(kind, fault, counts[kind, fault]) for kind, fault in sorted(counts))
