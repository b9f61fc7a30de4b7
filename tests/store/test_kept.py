"""What never changes is kept at hand, as much of it as there is room for."""

from pathlib import Path

from workbench.store.engine import Database
from workbench.store.kept import Kept, kept


def test_what_was_asked_for_longest_ago_makes_room_for_what_is_new() -> None:
    shelf = Kept(room=10)
    shelf.keep("a", "aaaa", 4)
    shelf.keep("b", "bbbb", 4)
    assert shelf.get("a") == "aaaa"
    shelf.keep("c", "cccc", 4)
    assert (shelf.get("a"), shelf.get("b"), shelf.get("c")) == ("aaaa", None, "cccc")


def test_what_is_larger_than_all_the_room_is_not_kept_and_displaces_nothing() -> None:
    shelf = Kept(room=10)
    shelf.keep("a", "aaaa", 4)
    shelf.keep("b", "b" * 11, 11)
    assert (shelf.get("a"), shelf.get("b")) == ("aaaa", None)


def test_a_value_kept_anew_takes_its_room_once() -> None:
    shelf = Kept(room=10)
    for _ in range(3):
        shelf.keep("a", "aaaa", 4)
    shelf.keep("b", "bbbb", 4)
    assert (shelf.get("a"), shelf.get("b")) == ("aaaa", "bbbb")


def test_a_value_is_asked_for_once_and_each_database_keeps_its_own(database: Database, tmp_path: Path) -> None:
    asked: list[str] = []

    def find(value: str) -> str:
        asked.append(value)
        return value

    for _ in range(2):
        with database.reading() as session:
            assert kept(session, "key", lambda: find("here"), len) == "here"
    other = Database(f"sqlite:///{tmp_path / 'other.db'}")
    with other.reading() as session:
        assert kept(session, "key", lambda: find("there"), len) == "there"
    other.dispose()
    assert asked == ["here", "there"]
