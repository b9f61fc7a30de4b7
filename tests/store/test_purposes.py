"""Whoever asks the table of items says whether practice and tests are meant: every reader is on one of two lists."""

import ast
from collections.abc import Iterator
from pathlib import Path

import workbench.store as store

ALIKE = {
    "claims._best": "what waits is work, for trials never wait; what was left open is asked for by purpose",
    "claims._claim_best": "leases what _best found",
    "claims._new_to": "who had an article in a trial knows it, and does not read it as work",
    "claims._held": "what somebody holds is on their desk, whatever it is for",
    "claims._leasing": "leases what its condition found",
    "claims._not_skipped": "asks what was handed over, and trials never are",
    "competence._with_gold": "readings by their numbers, and trials are no reviewed layers",
    "competence.trial": "one item by its number, of which only the layer of a trial is shown",
    "handovers.readers": "who had an article in a trial knows it, and is not given it",
    "handovers.given_in_vain": "counts what waits, and trials never wait",
    "handovers.in_lanes": "counts what waits, and trials never wait",
    "quotas._by_person": "counts as its caller says",
    "examining.timed": "a trial takes its time as any reading does",
    "items.make_ready": "says that there are suggestions, which is so for all",
    "items._one": "one item by its number; the services ask what it is for",
    "saving._seat": "one item by its number; what is decided on a trial is kept as on any other",
    "examining_work.misplaced": "items of every purpose are looked at for damage",
    "saving._stay": "one item by its number",
    "items.change_item": "one item by its number",
    "queues._as_they_came": "asks as its caller says",
    "queues._by_worth": "asks as its caller says",
    "queues._shown": "columns of a query that says what it lists",
    "ordering.level": "the rank of a trial orders nothing",
    "ordering.by_certainty": "the rank of a trial orders nothing",
    "ordering.by_worth": "the rank of a trial orders nothing",
    "ordering.weigh_import": "nothing that an import brings is a trial yet",
    "ordering._weighing": "what is to be learnt from a trial orders nothing",
    "ordering._each": "makes the change that its caller says",
    "ordering._proposed": "part of a change that says what it changes",
    "ordering.in_turn": "the rank of a trial orders nothing",
    "ordering.put": "the rank of a trial orders nothing",
    "ordering.as_before": "fresh places have slots above 1, trials below 0",
    "overlap.add": "adds work, as the column does by itself",
    "overlap.take_back": "takes back what waits, and trials never wait",
    "overlap.set_lane": "the lane of a trial lets nobody in",
    "training.blind": "asks the trial of one person",
    "unread.begun": "opened is opened, in a trial too",
    "articles.close_batch": "adds work, as the column does by itself",
}
"""Readers that mean all items, or to which trials cannot come, and why."""


def functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    for path in sorted(Path(store.__file__).parent.glob("*.py")):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef):
                yield f"{path.stem}.{node.name}", node


def asks_for_items(node: ast.FunctionDef) -> bool:
    names = (each for each in ast.walk(node) if isinstance(each, ast.Name | ast.Attribute))
    return any((each.id if isinstance(each, ast.Name) else each.attr) in {"Item", "_ITEM"} for each in names)


def says_what_for(node: ast.FunctionDef) -> bool:
    said = {each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute)}
    said |= {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
    said |= {each.arg for each in ast.walk(node) if isinstance(each, ast.keyword) if each.arg}
    return bool(said & {"purpose", "_WORK", "_counted", "_listed"})


def test_every_reader_of_items_says_what_they_are_for_or_why_it_need_not() -> None:
    silent = {name for name, node in functions() if asks_for_items(node) and not says_what_for(node)}
    assert silent - ALIKE.keys() == set()


def test_the_list_of_exceptions_names_readers_that_there_are() -> None:
    asking = {name for name, node in functions() if asks_for_items(node) or name == "training.blind"}
    assert ALIKE.keys() - asking == set()
