"""How good a reading of articles is, measured against gold.

Run it on files through ``workbench.services.evaluation``; on values in memory::

    scores = score([Case("001", text, gold=layer, predicted=other)], scheme)
    scores.figures["commitments.lenient"].tally.f1
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from workbench.core.entity_scores import EntityMatch, entity_tallies, label_tallies, match_entities
from workbench.core.frame_scores import (
    FRAME_KINDS,
    KEYS,
    NOTHING,
    FrameKind,
    FrameMatch,
    SlotTally,
    ValueTally,
    confusions,
    frame_tallies,
    match_frames,
    slot_tally,
    value_tallies,
)
from workbench.core.measures import Tally, figures, reliability, total
from workbench.core.scheme import Scheme
from workbench.core.scores import Case, Cell, FrameScores, LabelScore, Match, Part, Scores, Silence, ValueScore
from workbench.core.text import Piece, paragraphs


def match(case: Case) -> Match:
    """Pair everything in one article."""
    rows = {
        "commitment": (case.gold.commitments, case.predicted.commitments),
        "stance": (case.gold.stances, case.predicted.stances),
    }
    return Match(
        case,
        match_entities(case.gold.entities, case.predicted.entities, case.regions),
        {kind: match_frames(kind, *rows[kind], case.alternatives.get(kind, {})) for kind in FRAME_KINDS},
    )


def score(cases: Iterable[Case], scheme: Scheme, *, draws: int = 1000, seed: int = 1) -> Scores:
    """Measure all articles together; see ``measures.figures`` for the intervals."""
    return scores_of([match(case) for case in cases], scheme, draws=draws, seed=seed)


def scores_of(matches: Sequence[Match], scheme: Scheme, *, draws: int = 1000, seed: int = 1) -> Scores:
    """Measure what has been paired."""
    groups = {label.name: label.group for label in scheme.labels}
    articles = [_tallies(each, groups) for each in matches]
    return Scores(
        len(matches),
        figures(articles, draws=draws, seed=seed),
        _labels([each.entities for each in matches], groups),
        _label_confusion([each.entities for each in matches]),
        {kind: _frame_scores(kind, [each.frames[kind] for each in matches], scheme) for kind in FRAME_KINDS},
        _silence(matches, lambda text: [(0, len(text))]),
        _silence(matches, paragraphs),
        {"entities": reliability(_rated_entities([each.entities for each in matches]))}
        | {f"{kind}s": reliability(_rated_frames([each.frames[kind] for each in matches])) for kind in FRAME_KINDS},
    )


def parts_of(matches: Sequence[Match], values: Sequence[Iterable[str]], scheme: Scheme) -> tuple[Part, ...]:
    """Measure apart the articles that share a value; an article counts under each of its own values."""
    groups = {label.name: label.group for label in scheme.labels}
    found: dict[str, list[dict[str, Tally]]] = {}
    for each, its in zip(matches, values, strict=True):
        for value in sorted(set(its)):
            found.setdefault(value, []).append(_tallies(each, groups))
    return tuple(
        Part(value, len(rows), {name: total(row[name] for row in rows) for name in rows[0]})
        for value, rows in sorted(found.items())
    )


def _tallies(each: Match, groups: Mapping[str, str]) -> dict[str, Tally]:
    found = entity_tallies(each.entities, groups)
    for kind in FRAME_KINDS:
        found |= frame_tallies(each.frames[kind])
    return found


def _labels(matches: Sequence[EntityMatch], groups: Mapping[str, str]) -> tuple[LabelScore, ...]:
    tables = [label_tallies(each) for each in matches]
    order = [*groups, *sorted({label for table in tables for label in table} - groups.keys())]
    rows = []
    for label in order:
        if found := [table[label] for table in tables if label in table]:
            exact, partial = total(pair[0] for pair in found), total(pair[1] for pair in found)
            rows.append(LabelScore(label, groups.get(label, "core"), exact, partial))
    return tuple(rows)


def _label_confusion(matches: Sequence[EntityMatch]) -> tuple[Cell, ...]:
    cells: Counter[tuple[str, str]] = Counter()
    for each in matches:
        cells.update((each.gold[i].label, each.predicted[j].label) for i, j in each.placed)
        rows, columns = {i for i, _ in each.placed}, {j for _, j in each.placed}
        cells.update((entity.label, NOTHING) for i, entity in enumerate(each.gold) if i not in rows)
        cells.update((NOTHING, entity.label) for j, entity in enumerate(each.predicted) if j not in columns)
    return _cells(cells)


def _cells(cells: Counter[tuple[str, str]]) -> tuple[Cell, ...]:
    return tuple(Cell(gold, predicted, cells[gold, predicted]) for gold, predicted in sorted(cells))


def _frame_scores(kind: FrameKind, matches: Sequence[FrameMatch], scheme: Scheme) -> FrameScores:
    who, what, main = KEYS[kind]
    rest = [slot.name for slot in scheme.slots(kind) if slot.name not in {who, what, main}]
    cells = {slot: sum((confusions(each, slot) for each in matches), Counter()) for slot in (what, main)}
    return FrameScores(
        {slot: _values(matches, slot) for slot in (what, main)},
        {slot: SlotTally(*_sums((slot_tally(each, slot) for each in matches), 6)) for slot in rest},
        {slot: _cells(counted) for slot, counted in cells.items()},
    )


def _values(matches: Sequence[FrameMatch], slot: str) -> tuple[ValueScore, ...]:
    tables = {lenient: [value_tallies(each, slot, lenient=lenient) for each in matches] for lenient in (False, True)}
    names = sorted({value for table in tables[False] for value in table})

    def added(value: str, *, lenient: bool) -> ValueTally:
        return ValueTally(*_sums((table[value] for table in tables[lenient] if value in table), 4))

    return tuple(ValueScore(value, added(value, lenient=False), added(value, lenient=True)) for value in names)


def _sums(rows: Iterable[tuple[int, ...]], width: int) -> list[int]:
    return [sum(column) for column in zip([0] * width, *rows, strict=True)]


def _silence(matches: Sequence[Match], pieces: Callable[[str], Iterable[Piece]]) -> Silence:
    """Count the frames proposed in pieces of text that no evidence of the gold touches."""
    quiet = disturbed = 0
    proposed = dict.fromkeys(FRAME_KINDS, 0)
    for each in matches:
        told = [frame.span for kind in FRAME_KINDS for frame in each.frames[kind].gold]
        for start, end in pieces(each.case.text):
            if any(span.start < end and start < span.end for span in told):
                continue
            counts = {
                kind: sum(start <= frame.span.start < end for frame in each.frames[kind].predicted)
                for kind in FRAME_KINDS
            }
            quiet, disturbed = quiet + 1, disturbed + any(counts.values())
            proposed = {kind: proposed[kind] + counts[kind] for kind in FRAME_KINDS}
    return Silence(quiet, disturbed, proposed["commitment"], proposed["stance"])


def _rated_entities(matches: Sequence[EntityMatch]) -> Iterator[tuple[float, bool]]:
    """Yield the score of each entity that has one, and whether span and label are right."""
    for each in matches:
        right = {j for _, j in each.exact}
        for j, entity in enumerate(each.predicted):
            if entity.by.score is not None:
                yield entity.by.score, j in right


def _rated_frames(matches: Sequence[FrameMatch]) -> Iterator[tuple[float, bool]]:
    """Yield the score of each frame that has one, and whether it was found and its status or polarity is right."""
    for each in matches:
        right = {pair[1] for pair in each.lenient if each.agrees(pair, KEYS[each.kind].main)}
        for j, frame in enumerate(each.predicted):
            if frame.by.score is not None:
                yield frame.by.score, j in right
