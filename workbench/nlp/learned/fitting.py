"""Logistic regression over sparse features: a small, deterministic optimiser in numpy."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workbench.nlp.learned.linear import Linear

_STEPS: Final = 300
_RATE: Final = 0.1
_SMALL: Final = 0.02
Numbers = NDArray[np.float64]
Integers = NDArray[np.int64]


def fit(rows: Sequence[Sequence[str]], labels: Sequence[str], *, penalty: float, least: int = 2) -> Linear:
    """Fit one weight for each feature and label; features seen in fewer than ``least`` rows are left out."""
    counts = Counter(feature for row in rows for feature in set(row))
    names = sorted(feature for feature, count in counts.items() if count >= least)
    columns = {name: n for n, name in enumerate(names)}
    classes = sorted(set(labels))
    at = [(n, columns[feature]) for n, row in enumerate(rows) for feature in set(row) if feature in columns]
    at.sort()
    pairs = np.array(at, dtype=np.int64).reshape(-1, 2)
    truth = np.array([classes.index(label) for label in labels], dtype=np.int64)
    weights = _descend(pairs, truth, (len(rows), len(names), len(classes)), penalty)
    kept = {
        name: tuple(round(float(weight), 3) for weight in weights[n])
        for n, name in enumerate(names)
        if float(np.abs(weights[n]).max()) >= _SMALL
    }
    return Linear(tuple(classes), kept)


def _descend(
    pairs: NDArray[np.int64], truth: NDArray[np.int64], shape: tuple[int, int, int], penalty: float
) -> Numbers:
    """Minimise the regularised loss by Adam with the full batch."""
    height, width, depth = shape
    rows, columns = pairs[:, 0], pairs[:, 1]
    wanted = np.eye(depth)[truth]
    weights, first, second = (np.zeros((width, depth)) for _ in range(3))
    for step in range(1, _STEPS + 1):
        scores = np.column_stack([np.bincount(rows, weights[columns, k], height) for k in range(depth)])
        scores -= scores.max(axis=1, keepdims=True)
        chances = np.exp(scores)
        error = chances / chances.sum(axis=1, keepdims=True) - wanted
        pull = np.column_stack([np.bincount(columns, error[rows, k], width) for k in range(depth)])
        slope = pull + penalty * weights
        first = 0.9 * first + 0.1 * slope
        second = 0.999 * second + 0.001 * slope**2
        rate = _RATE * (1 - step / (_STEPS + 1))
        weights -= rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return np.asarray(weights, dtype=np.float64)
