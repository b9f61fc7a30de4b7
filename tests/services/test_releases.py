"""What goes out: what is new since a time or a release, one moment of it, and the same for ever."""

import io
from datetime import timedelta

import pytest
from sqlalchemy import update

from tests.builders import NOW, Coast
from tests.releasing import finish, lines, make
from workbench.core.errors import Invalid
from workbench.formats import gold
from workbench.services import news, release_files, release_making, release_parts, releases
from workbench.store import releases as kept
from workbench.store import work
from workbench.store.schema import Article


def test_only_what_is_new_since_a_release(coast: Coast) -> None:
    finish(coast, 2)
    make(coast)
    with coast.database.reading() as session:
        found, gone = news.changed(session, coast.project, "1.0")
        assert (list(found), gone) == ([], [])
    finish(coast)
    first = lines(coast, make(coast, "1.1"))[0]["id"]
    with coast.database.writing() as session:
        kept_ids = [row.article_id for row in kept.gold(session, coast.project.id) if row.document.id == first]
        work.withdraw_gold(session, kept_ids[0])
    with coast.database.reading() as session:
        found, gone = news.changed(session, coast.project, "1.0")
        assert len(list(found)) == 1
        assert gone == [first]
        later, _ = news.changed(session, coast.project, (NOW + timedelta(days=1)).isoformat())
        assert list(later) == []
        with pytest.raises(Invalid, match=r"no release; there is 1\.1, 1\.0"):
            news.changed(session, coast.project, "yesterday")


def _news(coast: Coast, since: str) -> tuple[list[str], list[str], str]:
    with news.seen(coast.database, coast.project.slug, since, None) as (session, turn):
        found, gone = news.changed(session, coast.project, since, turn=turn)
        return [each.id for each in found], gone, f"@{turn}"


def test_who_asks_with_the_turn_that_was_told_gets_all_gold_once_whatever_its_time(coast: Coast) -> None:
    finish(coast, 2)
    first, _, turn = _news(coast, "@0")
    assert len(first) == 2
    assert _news(coast, turn) == ([], [], turn)
    finish(coast)  # at the same moment of the clock
    second, gone, later = _news(coast, turn)
    assert (len(second), gone) == (1, [])
    assert not {*first} & {*second}
    assert sorted(_news(coast, "@0")[0]) == sorted(first + second)
    assert _news(coast, later) == ([], [], later)


def test_gold_that_is_withdrawn_is_told_once_and_gold_that_is_made_anew_comes_again(coast: Coast) -> None:
    finish(coast)
    [key], _, turn = _news(coast, "@0")
    with coast.database.writing() as session:
        [row] = kept.gold(session, coast.project.id)
        work.withdraw_gold(session, row.article_id)
    assert _news(coast, turn)[:2] == ([], [key])
    turn = _news(coast, turn)[2]
    again = {"article_id": row.article_id, "kind": "gold", "author": "gold", "body": row.body, "review": row.review}
    with coast.database.writing() as session:
        work.keep_layers(session, [again], now=NOW - timedelta(days=3))
    assert _news(coast, turn)[:2] == ([key], [])


def test_gold_that_is_not_stored_yet_when_somebody_asks_comes_the_next_time(coast: Coast) -> None:
    if coast.database.embedded:
        pytest.skip("the embedded file has one writer at a time")
    finish(coast, 2)
    with coast.database.writing() as session:
        one, two = kept.gold(session, coast.project.id)
        for each in (one, two):
            work.withdraw_gold(session, each.article_id)
    empty: dict[str, list[str]] = {"entities": [], "stances": [], "commitments": []}
    again = {"kind": "gold", "author": "gold", "body": empty, "review": one.review}
    with coast.database.writing() as slow:
        work.keep_layers(slow, [again | {"article_id": one.article_id}], now=NOW)
        with coast.database.writing() as quick:
            work.keep_layers(quick, [again | {"article_id": two.article_id}], now=NOW)
        first, _, turn = _news(coast, "@0")
    assert first == [two.document.id]
    assert _news(coast, turn)[0] == [one.document.id]


@pytest.mark.parametrize("since", ["@99", "@x", "@-1", "@", pytest.param("@" + "9" * 5000, id="@9…")])
def test_a_turn_that_was_never_given_out_is_refused(coast: Coast, since: str) -> None:
    with pytest.raises(Invalid, match="@0 begins anew"):
        _news(coast, since)


def test_a_release_sees_one_moment_while_others_go_on(coast: Coast, monkeypatch: pytest.MonkeyPatch) -> None:
    finish(coast)
    drawn = release_parts.splits.draw

    def meanwhile(*args):
        found = drawn(*args)
        finish(coast)
        return found

    monkeypatch.setattr(release_parts.splits, "draw", meanwhile)
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
