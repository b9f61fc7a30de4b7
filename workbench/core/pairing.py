"""Who pairs with whom: the best one-to-one matching between two readings of a text."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from workbench.core.annotation import Span

Pair = tuple[int, int]


def best_pairs(weights: Mapping[Pair, int]) -> list[Pair]:
    """Pair rows with columns one to one: as many pairs as possible, and of those the heaviest.

    Only the listed pairs are admissible; no weight is negative. That a pair always counts for more
    than any sum of weights makes one maximum-weight assignment answer both wishes. Each connected
    part of the graph is solved on its own, exactly, by the Hungarian method (Kuhn 1955, Munkres
    1957) with potentials and shortest paths (Jonker & Volgenant 1987), in O(n³) of that part.
    """
    pairs: list[Pair] = []
    for rows, columns in _parts(weights):
        base = 1 + min(len(rows), len(columns)) * max(weights[r, c] for r in rows for c in columns if (r, c) in weights)
        worth = [[base + weights[r, c] if (r, c) in weights else 0 for c in columns] for r in rows]
        found = _assignment(_squared(worth))
        pairs += [(rows[r], columns[c]) for r, c in found if r < len(rows) and c < len(columns) and worth[r][c]]
    return sorted(pairs)


def _parts(weights: Mapping[Pair, int]) -> Iterator[tuple[list[int], list[int]]]:
    """Yield the connected parts of the graph as sorted rows and sorted columns."""
    links: dict[tuple[str, int], list[tuple[str, int]]] = {}
    for row, column in sorted(weights):
        links.setdefault(("row", row), []).append(("column", column))
        links.setdefault(("column", column), []).append(("row", row))
    seen: set[tuple[str, int]] = set()
    for first in links:
        if first in seen:
            continue
        part, waiting = {first}, [first]
        while waiting:
            fresh = [node for node in links[waiting.pop()] if node not in part]
            part.update(fresh)
            waiting += fresh
        seen |= part
        yield sorted(n for side, n in part if side == "row"), sorted(n for side, n in part if side == "column")


def _squared(worth: list[list[int]]) -> list[list[int]]:
    size = max(len(worth), len(worth[0]))
    wide = [row + [0] * (size - len(row)) for row in worth]
    return wide + [[0] * size for _ in range(size - len(wide))]


def _assignment(worth: list[list[int]]) -> list[Pair]:
    """Assign every row of a square matrix to a column of its own, for the greatest total.

    Rows join one by one along the cheapest augmenting path; ``by_row`` and ``by_column`` are the
    dual prices. Row and column 0 stand for "not assigned yet".
    """
    size = len(worth)
    by_row, by_column, owner = [0] * (size + 1), [0] * (size + 1), [0] * (size + 1)
    for row in range(1, size + 1):
        owner[0], column = row, 0
        least: list[float] = [float("inf")] * (size + 1)
        came_from, done = [0] * (size + 1), [False] * (size + 1)
        while owner[column]:
            done[column] = True
            here, step, onward = owner[column], float("inf"), 0
            for other in [n for n in range(1, size + 1) if not done[n]]:
                price = -worth[here - 1][other - 1] - by_row[here] - by_column[other]
                if price < least[other]:
                    least[other], came_from[other] = price, column
                if least[other] < step:
                    step, onward = least[other], other
            for other in range(size + 1):
                moved = int(step) if done[other] else 0
                by_row[owner[other]] += moved
                by_column[other] -= moved
                least[other] -= 0 if done[other] else step
            column = onward
        while column:
            owner[column], column = owner[came_from[column]], came_from[column]
    return [(owner[column] - 1, column - 1) for column in range(1, size + 1)]


def overlaps(left: Sequence[Span], right: Sequence[Span]) -> dict[Pair, float]:
    """Return the Jaccard overlap of every two spans that share a character, by their indices."""
    order = sorted(range(len(right)), key=lambda n: right[n])
    starts = [right[n].start for n in order]
    longest = max((span.end - span.start for span in right), default=0)
    found = {}
    for i, span in enumerate(left):
        for place in range(bisect_left(starts, span.start - longest), bisect_left(starts, span.end)):
            if (share := span.overlap(right[order[place]])) > 0:
                found[i, order[place]] = share
    return found


def same_name(left: object, right: object) -> bool:
    """Say whether two names, or two absences, are the same; case and outer white space do not count."""
    return fold(left) == fold(right)


def fold(name: object) -> str:
    """Return a name as it is compared."""
    return "" if name is None else " ".join(str(name).split()).casefold()
