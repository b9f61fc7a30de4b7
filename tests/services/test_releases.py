"""What goes out: what is new since a time or a release, one moment of it, and the same for ever."""

import io
from datetime import timedelta

import pytest
from sqlalchemy import update

from tests.builders import NOW, Coast
from tests.releasing import finish, lines, make
from workbench.core.errors import Invalid
from workbench.formats import gold
from workbench.services import release_files, release_making, releases
from workbench.store import releases as kept
from workbench.store import work
from workbench.store.schema import Article


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


def test_a_release_sees_one_moment_while_others_go_on(coast: Coast, monkeypatch: pytest.MonkeyPatch) -> None:
    finish(coast)
    drawn = release_making.splits.draw

    def meanwhile(*args):
        found = drawn(*args)
        finish(coast)
        return found

    monkeypatch.setattr(release_making.splits, "draw", meanwhile)
    assert len(lines(coast, make(coast))) == 1
    monkeypatch.undo()
    assert len(lines(coast, make(coast, "1.1"))) == 2


def test_a_release_that_cannot_be_kept_leaves_nothing(coast: Coast, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args) -> None:
        raise RuntimeError("the power went")

    finish(coast)
    monkeypatch.setattr(kept, "add_records", broken)
    with pytest.raises(RuntimeError):
        make(coast)
    monkeypatch.undo()
    with coast.database.reading() as session:
        assert releases.listing(session, coast.project) == []
    assert make(coast).articles == 1


def test_a_later_version_gives_out_the_same_bytes(coast: Coast, monkeypatch: pytest.MonkeyPatch) -> None:
    finish(coast, 2)
    made = make(coast)

    def packed() -> bytes:
        out = io.BytesIO()
        with coast.database.reading() as session:
            release_files.write_zip(session, coast.project, made, out, release_files.Wanted())
        return out.getvalue()

    before = packed()
    monkeypatch.setattr(release_making, "__version__", "9.0")
    monkeypatch.setattr(gold, "record", lambda _document: {"another": "shape"})
    with coast.database.writing() as session:
        session.execute(update(Article).values(title="Another title"))
    assert packed() == before
