"""Linear models as they are kept: a weight for each feature and label, read without numpy."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True)
class Linear:
    """A weight for each feature of some rows and each of two labels."""

    labels: tuple[str, ...] = ()
    weights: Mapping[str, tuple[float, ...]] = field(default_factory=dict, repr=False)

    @cached_property
    def margins(self) -> dict[str, float]:
        """Return by how much each feature speaks for the second of two labels."""
        return {feature: pair[1] - pair[0] for feature, pair in self.weights.items()}

    def odds(self, features: Iterable[str]) -> float:
        """Return the log odds of the second of two labels."""
        known = self.margins
        return math.fsum(map(known.__getitem__, known.keys() & features))

    def likelihood(self, features: Iterable[str]) -> float:
        """Return the probability of the second of two labels."""
        return 1 / (1 + math.exp(-self.odds(features)))
