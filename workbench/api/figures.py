"""The figures of the board: progress, agreement, drift, and the passages behind each."""

from collections.abc import Sequence
from typing import Any

import msgspec

from workbench.api.calls import Call, operation
from workbench.api.shapes.figures import (
    Board,
    DriftQuery,
    DriftTold,
    Figures,
    Passage,
    Passages,
    PassagesQuery,
    ProposalsQuery,
    Said,
)
from workbench.core.errors import Invalid
from workbench.services import board, board_drift, board_figures, board_passages


@operation("GET", "/projects/<slug>/board", tag="figures", act="read", told=Board)
def progress(call: Call) -> Board:
    """Tell how far the work is and how it goes on."""
    return Board.model_validate(board.board_of(call.session, call.project, by=call.by, now=call.now))


@operation("GET", "/projects/<slug>/agreement", tag="figures", act="read", told=Figures)
def agreement(call: Call) -> Figures:
    """Tell agreement with its intervals, the fate of proposals, and how much proposals sway people."""
    return Figures(**msgspec.to_builtins(board_figures.figures_of(call.session, call.project), str_keys=True))


@operation("GET", "/projects/<slug>/agreement/drift", tag="figures", act="read", query=DriftQuery, told=DriftTold)
def drift(call: Call) -> DriftTold:
    """Tell how agreement on a question moved over weeks or months."""
    found = board_drift.drift_of(call.session, call.project, call.query.question, call.query.by, _two(call.query))
    steps = msgspec.to_builtins(found.steps, str_keys=True)
    return DriftTold(question=found.question, by=found.by, whole=found.whole, steps=steps)


@operation(
    "GET", "/projects/<slug>/agreement/passages", tag="figures", act="read", query=PassagesQuery, told=Passages
)  # fmt: skip
def passages(call: Call) -> Passages:
    """Tell the passages on which readings differ in a question."""
    asked = call.query
    if (asked.since is None) != (asked.until is None):
        raise Invalid("Send `since` and `until` together, or neither.")
    when = (asked.since, asked.until) if asked.since else None
    return _told(board_figures.passages(
        call.session, call.project, asked.question, _two(asked), when, by=call.by
    ))  # fmt: skip


@operation(
    "GET", "/projects/<slug>/agreement/proposals", tag="figures", act="read", query=ProposalsQuery, told=Passages
)  # fmt: skip
def proposals(call: Call) -> Passages:
    """Tell the passages where proposals of a label were decided as something else."""
    asked = call.query
    return _told(board_figures.proposals(
        call.session, call.project, asked.kind, asked.proposed, asked.decided, by=call.by
    ))  # fmt: skip


def _two(asked: Any) -> tuple[str, str] | None:
    if (asked.left is None) != (asked.right is None):
        raise Invalid("Send `left` and `right` together, or neither.")
    return (asked.left, asked.right) if asked.left is not None else None


def _told(rows: Sequence[board_passages.Passage]) -> Passages:
    return Passages(items=[
        Passage(
            article=row.key, title=row.title, before=row.before, words=row.words, after=row.after,
            said=[Said(by=by, value=value) for by, value in row.said],
        )
        for row in rows
    ])  # fmt: skip
