"""The tables of an evaluation report, the same for a terminal and for a page."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from workbench.core.annotation import Span
from workbench.core.frame_scores import FRAME_KINDS, KEYS, NOTHING, FrameKind, ValueTally
from workbench.core.measures import Interval, Reliability, Tally
from workbench.core.scores import Cell, Silence
from workbench.services.evaluation import Report

_FIGURES: Final = {
    "entities.core": "Entities, core labels",
    "entities.core.partial": "Entities, core labels, any overlap",
    "entities.extended": "Entities, extended labels",
    "entities.extended.partial": "Entities, extended labels, any overlap",
    "commitments.strict": "Commitments, strict",
    "commitments.lenient": "Commitments, lenient",
    "commitments.whole.strict": "Commitments with status, strict",
    "commitments.whole.lenient": "Commitments with status, lenient",
    "stances.strict": "Stances, strict",
    "stances.lenient": "Stances, lenient",
    "stances.whole.strict": "Stances with polarity, strict",
    "stances.whole.lenient": "Stances with polarity, lenient",
}
_ACCURACIES: Final = {
    "linking": "Right actor, on spans found whose gold has one",
    "unlinked": "No actor, on spans found whose gold has none",
    "commitments.status.strict": "Status of paired commitments, strict",
    "commitments.status.lenient": "Status of paired commitments, lenient",
    "stances.polarity.strict": "Polarity of paired stances, strict",
    "stances.polarity.lenient": "Polarity of paired stances, lenient",
}


@dataclass(frozen=True, slots=True)
class Table:
    """A titled table; the first ``words`` columns hold words, the others numbers.

    A ``matrix`` has the same names beside its rows and above its columns.
    """

    title: str
    note: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: int = 1
    matrix: bool = False


def tables(report: Report) -> Iterator[Table]:
    """Yield the tables in reading order: figures, labels, frames, silence, certainty, mistakes."""
    yield _figures(report)
    yield _accuracies(report)
    if report.parts:
        yield _parts(report)
    yield _labels(report)
    yield _confusion("Labels: gold against predicted", report.scores.label_confusion)
    for kind in FRAME_KINDS:
        yield from _frames(report, kind)
    yield _silence(report)
    yield from (_reliability(name, table) for name, table in report.scores.reliability.items() if table.count)
    yield _counts(report)
    yield _mistakes(report)


def share(value: float | None) -> str:
    """Return a share with three decimals."""
    return NOTHING if value is None else f"{value:.3f}"


def _interval(bounds: Interval | None) -> str:
    return NOTHING if bounds is None else f"{bounds[0]:.2f}–{bounds[1]:.2f}"


def _prf(tally: Tally) -> tuple[str, str, str]:
    return share(tally.precision), share(tally.recall), share(tally.f1)


def _figures(report: Report) -> Table:
    rows = []
    for name, title in _FIGURES.items():
        figure = report.scores.figures[name]
        counts = map(str, (figure.tally.gold, figure.tally.predicted, figure.tally.right))
        precision, recall, f1 = _prf(figure.tally)
        bounds = _interval(figure.precision), _interval(figure.recall), _interval(figure.f1)
        rows.append((title, *counts, precision, bounds[0], recall, bounds[1], f1, bounds[2]))
    columns = ("", "gold", "predicted", "right", "P", "95 %", "R", "95 %", "F1", "95 %")
    note = "Credits and boilerplate left out. Intervals: bootstrap over articles."
    return Table("Found", note, columns, tuple(rows))


def _accuracies(report: Report) -> Table:
    rows = []
    for name, title in _ACCURACIES.items():
        figure = report.scores.figures[name]
        tally = figure.tally
        rows.append((title, str(tally.gold), str(tally.right), share(tally.recall), _interval(figure.recall)))
    return Table("Right, where found", "", ("", "of", "right", "accuracy", "95 %"), tuple(rows))


def _parts(report: Report) -> Table:
    names = "commitments.lenient", "commitments.status.lenient", "stances.lenient", "stances.polarity.lenient"
    rows = []
    for part in report.parts:
        promised, status, taken, polarity = (part.tallies[name] for name in names)
        found = share(part.tallies["entities.core"].f1), str(promised.gold), *_prf(promised), share(status.recall)
        rows.append((part.value, str(part.articles), *found, str(taken.gold), *_prf(taken), share(polarity.recall)))
    columns = (
        "",
        "articles",
        "core F1",
        "commitments",
        "P",
        "R",
        "F1",
        "status",
        "stances",
        "P",
        "R",
        "F1",
        "polarity",
    )
    return Table("Articles by what is known of them", "Frames lenient; counts are the gold's.", columns, tuple(rows))


def _labels(report: Report) -> Table:
    rows = [
        (row.label, row.group, str(row.exact.gold), str(row.exact.predicted), *_prf(row.exact), share(row.partial.f1))
        for row in report.scores.labels
    ]
    columns = ("label", "group", "gold", "predicted", "P", "R", "F1", "F1 any overlap")
    return Table("Entities by label", "", columns, tuple(rows), words=2)


def _confusion(title: str, cells: tuple[Cell, ...], pairs: str = "On spans that share a character.") -> Table:
    names = sorted({cell.gold for cell in cells} | {cell.predicted for cell in cells}, key=_last)
    counts = {(cell.gold, cell.predicted): str(cell.count) for cell in cells}
    rows = tuple((gold, *(counts.get((gold, predicted), "·") for predicted in names)) for gold in names)
    note = f"{pairs} Rows are the gold, columns the prediction; {NOTHING} has no partner."
    return Table(title, note, ("", *names), rows, matrix=True)


def _last(value: str) -> tuple[bool, str]:
    return value == NOTHING, value


def _frames(report: Report, kind: FrameKind) -> Iterator[Table]:
    scores, plural = report.scores.frames[kind], f"{kind.title()}s"
    who, what, main = KEYS[kind]
    for slot in (what, main):
        rows = [
            (row.value, str(row.strict.gold), str(row.strict.predicted), *_value(row.strict), *_value(row.lenient))
            for row in scores.values[slot]
        ]
        columns = (slot, "gold", "predicted", "P", "R", "F1", "P lenient", "R lenient", "F1 lenient")
        yield Table(f"{plural} by {slot}", f"Right: paired, and the {slot} agrees.", columns, tuple(rows))
    for slot, cells in scores.confusions.items():
        pairs = f"On pairs that agree on {who} and evidence." if slot == what else "On lenient pairs."
        yield _confusion(f"{plural}: {slot}, gold against predicted", cells, pairs)
    yield _slots(report, kind)


def _value(tally: ValueTally) -> tuple[str, str, str]:
    precision = tally.right / tally.predicted if tally.predicted else None
    recall = tally.found / tally.gold if tally.gold else None
    both = None if precision is None or recall is None else precision + recall
    f1 = None if both is None else 2 * (precision or 0) * (recall or 0) / both if both else 0.0
    return share(precision), share(recall), share(f1)


def _slots(report: Report, kind: FrameKind) -> Table:
    rows = []
    for slot, tally in report.scores.frames[kind].slots.items():
        filled = Tally(tally.right, tally.predicted, tally.gold)
        agreed = Tally(tally.agreed, tally.pairs, tally.pairs)
        counts = str(tally.gold), str(tally.predicted), str(tally.right), str(tally.exact)
        rows.append((slot, share(agreed.recall), *counts, *_prf(filled)))
    columns = ("slot", "accuracy", "gold", "predicted", "right", "exact", "P", "R", "F1")
    note = "On lenient pairs. Accuracy counts empty slots too; the rest only filled ones. Spans: overlap ≥ 0.5."
    return Table(f"{kind.title()}s: slots", note, columns, tuple(rows))


def _silence(report: Report) -> Table:
    def row(title: str, counted: Silence) -> tuple[str, ...]:
        return (title, *map(str, (counted.pieces, counted.disturbed, counted.commitments, counted.stances)))

    scores = report.scores
    rows = (row("articles", scores.silent_articles), row("paragraphs", scores.silent_paragraphs))
    columns = ("without frames in the gold", "how many", "with proposals", "commitments there", "stances there")
    return Table("Silence where nothing is said", "", columns, rows)


def _reliability(name: str, table: Reliability) -> Table:
    rows = [
        (f"{row.low:.1f}–{row.high:.1f}", str(row.count), share(row.score), share(row.right))
        for row in table.bins
        if row.count
    ]
    right = "span and label" if name == "entities" else "found, and status or polarity, lenient"
    error, brier = share(table.error), share(table.brier)
    note = f"Right: {right}. Expected calibration error {error}, Brier score {brier}, {table.count} scores."
    return Table(f"Certainty: {name}", note, ("score", "proposals", "mean score", "share right"), tuple(rows))


def _counts(report: Report) -> Table:
    rows = tuple((kind, fault, str(count)) for kind, fault, count in report.mistake_counts)
    return Table("Mistakes", "", ("kind", "fault", "how many"), rows, words=2)


def _mistakes(report: Report) -> Table:
    rows = tuple(
        (
            each.kind,
            each.fault,
            each.article,
            each.gold or NOTHING,
            (each.predicted or NOTHING) + (f" ({each.why})" if each.why else ""),
            _marked(each.sentence, each.place),
        )
        for each in report.mistakes
    )
    columns = ("kind", "fault", "article", "gold", "predicted", "sentence")
    return Table(
        "Mistakes in their sentences", "The first of each sort; ⟦the place⟧ is marked.", columns, rows, words=6
    )


def _marked(sentence: str, place: Span) -> str:
    start, end = place
    return " ".join(f"{sentence[:start]}⟦{sentence[start:end]}⟧{sentence[end:]}".split())
