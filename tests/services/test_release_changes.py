"""Releases side by side: only what somebody changed is a change."""

import pytest

from tests.builders import Coast
from tests.releasing import finish, make
from workbench.core.release import Wishes
from workbench.services import release_changes


@pytest.mark.parametrize("order", [1, -1])
def test_words_that_one_of_two_releases_leaves_out_are_no_change(coast: Coast, order: int) -> None:
    finish(coast)
    made = [make(coast, "whole"), make(coast, "bare", Wishes(text=False))]
    with coast.database.reading() as session:
        found = release_changes.compare(session, *made[::order])
    assert (found.summary.same, found.changes) == (1, [])
    for shape in ("text", "html", "json"):
        assert b"without words" in release_changes.render(found, shape).replace(b"_", b" ")


def test_what_is_new_is_still_told_between_a_release_with_words_and_one_without(coast: Coast) -> None:
    finish(coast)
    old = make(coast, "whole")
    finish(coast)
    with coast.database.reading() as session:
        found = release_changes.compare(session, old, make(coast, "bare", Wishes(text=False)))
    assert [(each.what, each.kind) for each in found.changes] == [("added", "article")]
