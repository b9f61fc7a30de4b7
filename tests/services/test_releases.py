"""Records that go out: what is new since a time or a release."""

from datetime import timedelta

import pytest

from tests.builders import NOW, Coast
from tests.releasing import finish, lines, make
from workbench.core.errors import Invalid
from workbench.services import releases
from workbench.store import releases as kept
from workbench.store import work


def test_only_what_is_new_since_a_release(coast: Coast) -> None:
    finish(coast, 2)
    make(coast)
    with coast.database.reading() as session:
        found, gone = releases.changed(session, coast.project, "1.0")
        assert (list(found), gone) == ([], [])
    finish(coast)
    first = lines(coast, make(coast, "1.1"))[0]["id"]
    with coast.database.writing() as session:
        kept_ids = [row.article_id for row in kept.gold(session, coast.project.id) if row.document.id == first]
        work.withdraw_gold(session, kept_ids[0])
    with coast.database.reading() as session:
        found, gone = releases.changed(session, coast.project, "1.0")
        assert len(list(found)) == 1
        assert gone == [first]
        later, _ = releases.changed(session, coast.project, (NOW + timedelta(days=1)).isoformat())
        assert list(later) == []
        with pytest.raises(Invalid, match=r"no release; there is 1\.1, 1\.0"):
            releases.changed(session, coast.project, "yesterday")
