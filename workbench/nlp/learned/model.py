"""Linear models as they are kept: a weight for each feature and label, read without numpy."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final

import msgspec

from workbench.settings import resource_root

FILE: Final = "frames.json"


@dataclass(frozen=True)
class Linear:
    """A weight for each feature and each of some labels."""

    labels: tuple[str, ...] = ()
    weights: Mapping[str, tuple[float, ...]] = field(default_factory=dict, repr=False)

    @cached_property
    def margins(self) -> dict[str, float]:
        """Return by how much each feature speaks for the second of two labels."""
        return {feature: pair[1] - pair[0] for feature, pair in self.weights.items()}

    def sums(self, features: Iterable[str]) -> list[float]:
        """Add up the weights of the features for each label."""
        known = [weights for each in set(features) if (weights := self.weights.get(each)) is not None]
        return [math.fsum(column) for column in zip(*known, strict=True)] or [0.0] * len(self.labels)

    def odds(self, features: Iterable[str]) -> float:
        """Return the log odds of the second of two labels."""
        known = self.margins
        return math.fsum(map(known.__getitem__, known.keys() & features))

    def chances(self, features: Iterable[str]) -> dict[str, float]:
        """Return the probability of each label."""
        sums = self.sums(features)
        top = max(sums)
        exps = [math.exp(each - top) for each in sums]
        return {label: each / sum(exps) for label, each in zip(self.labels, exps, strict=True)}

    def likelihood(self, features: Iterable[str]) -> float:
        """Return the probability of the second of two labels."""
        return 1 / (1 + math.exp(-self.odds(features)))


@dataclass(frozen=True, slots=True)
class Models:
    """What was learned: whether a candidate is a commitment, of which status, with a stance or not, how surely."""

    commitment: Linear
    status: Linear
    dual: Linear
    sure: Linear


def folder() -> Path:
    """Return where the weights are kept."""
    return resource_root() / "seeds" / "models"


@lru_cache(1)
def shipped() -> Models | None:
    """Return the weights that Workbench ships, None before they have been made."""
    path = folder() / FILE
    return msgspec.json.decode(path.read_bytes(), type=Models) if path.is_file() else None
