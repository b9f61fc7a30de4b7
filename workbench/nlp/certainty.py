"""How sure a proposal is: how often its like turned out right in the benchmark.

The table ``seeds/patterns/certainty.json`` counts, for each rule and label and for whether the model
said the same, how many proposals were made and how many were right; ``seeds/patterns/make_certainty.py``
writes it. Rare kinds lean on their rule, rare rules on everything there is.
"""

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from workbench.nlp.mentions import Proposal
from workbench.settings import resource_root

_TRUST: Final = 5
"""How many proposals of a kind weigh as much as what is known of the wider kind."""

_WITHOUT_TABLE: Final = 0.9
Counts = dict[str, tuple[int, int]]


def kinds(found: Proposal) -> Iterator[str]:
    """Yield what kind of proposal this is, from the widest to the closest."""
    rule = found.cue.split(" + ")[0]
    said = "agreed" if found.agreed else "alone"
    yield "all"
    yield said
    yield f"{found.label}, {said}"
    yield f"{rule}, {found.label}, {said}"


@lru_cache(1)
def table() -> Counts:
    """Return how many proposals of each kind were right, out of how many."""
    path = resource_root() / "seeds" / "patterns" / "certainty.json"
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else {}


def certainty(found: Proposal, counts: Counts | None = None) -> float:
    """Return the probability that the proposal is right as it stands, boundaries and label."""
    counts = table() if counts is None else counts
    sure = _WITHOUT_TABLE
    for kind in kinds(found):
        right, made = counts.get(kind, (0, 0))
        sure = (right + _TRUST * sure) / (made + _TRUST)
    return round(min(0.99, sure), 2)
