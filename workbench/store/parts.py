"""Long lists in parts that a statement can name."""

from collections.abc import Iterator, Sequence

MOST = 500


def parts(numbers: Sequence[int], most: int = MOST) -> Iterator[Sequence[int]]:
    """Yield a list of ids in parts of at most so many."""
    for start in range(0, len(numbers), most):
        yield numbers[start : start + most]
