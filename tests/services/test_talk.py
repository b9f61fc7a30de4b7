"""Questions on a passage: asked once, seen by those who may, answered by those who lead."""

import pytest

from tests.builders import HARBOUR, NOW, Coast, span
from workbench.core.errors import Invalid, NotAllowed, NotFound
from workbench.core.workflow import Person
from workbench.services import talk
from workbench.services.talk import Talk

OFFER = span(HARBOUR, "offered two frigates")


@pytest.fixture
def item(coast: Coast) -> int:
    return coast.next(coast.mia)


def ask(
    coast: Coast,
    item: int,
    who: Person,
    body: str = "Is this an offer?",
    key: str = "key-00001",
    kind: str = "question",
) -> int:
    with coast.database.writing() as session:
        return talk.begin(session, coast.seen_by(who), item, key=key, kind=kind, span=OFFER, body=body, by=who, now=NOW)


def answer(coast: Coast, thread: int, who: Person, body: str = "Yes.", key: str = "key-00002") -> None:
    with coast.database.writing() as session:
        talk.answer(session, coast.seen_by(who), thread, key=key, body=body, by=who, now=NOW)


def seen(coast: Coast, who: Person, *, open_only: bool = False) -> list[Talk]:
    with coast.database.reading() as session:
        return talk.listing(session, coast.seen_by(who), open_only=open_only, limit=50, by=who)[0]


def test_a_question_keeps_its_passage_and_its_words(coast: Coast, item: int) -> None:
    ask(coast, item, coast.mia)
    [found] = seen(coast, coast.lena)
    assert (found.thread.person, found.thread.kind, found.thread.state) == ("Mia", "question", "open")
    assert found.thread.quote == "offered two frigates"
    assert [(post.person, post.body) for post in found.posts] == [("Mia", "Is this an offer?")]


def test_the_same_key_asks_and_answers_once(coast: Coast, item: int) -> None:
    thread = ask(coast, item, coast.mia)
    assert ask(coast, item, coast.mia) == thread
    answer(coast, thread, coast.lena)
    answer(coast, thread, coast.lena)
    [found] = seen(coast, coast.lena)
    assert len(found.posts) == 2


def test_a_key_of_somebody_else_or_of_another_article_swallows_no_word(coast: Coast, item: int) -> None:
    thread = ask(coast, item, coast.mia)
    with pytest.raises(Invalid, match="said elsewhere"):
        answer(coast, thread, coast.lena, key="key-00001")
    with pytest.raises(Invalid, match="said elsewhere"):
        ask(coast, coast.next(coast.noor), coast.noor)
    coast.skip(item, coast.mia, "Later.")
    with pytest.raises(Invalid, match="said elsewhere"):
        ask(coast, coast.next(coast.mia), coast.mia)
    assert [len(each.posts) for each in seen(coast, coast.lena)] == [1]


def test_an_answer_settles_a_question_and_another_word_opens_it_again(coast: Coast, item: int) -> None:
    thread = ask(coast, item, coast.mia)
    answer(coast, thread, coast.lena)
    assert seen(coast, coast.lena, open_only=True) == []
    answer(coast, thread, coast.mia, "But why?", "key-00003")
    assert len(seen(coast, coast.lena, open_only=True)) == 1


def test_other_readers_do_not_see_what_one_asks(coast: Coast, item: int) -> None:
    thread = ask(coast, item, coast.mia)
    assert seen(coast, coast.noor) == []
    with pytest.raises(NotFound):
        answer(coast, thread, coast.noor)


def test_a_viewer_asks_nothing(coast: Coast, item: int) -> None:
    with pytest.raises(NotAllowed):
        ask(coast, item, coast.otto)


def test_a_comment_waits_for_no_answer(coast: Coast, item: int) -> None:
    ask(coast, item, coast.mia, kind="comment")
    with coast.database.reading() as session:
        assert talk.count_open(session, coast.project) == 0


def test_a_flag_needs_no_words_and_a_question_does(coast: Coast, item: int) -> None:
    ask(coast, item, coast.mia, body="", kind="flag")
    with pytest.raises(Invalid, match="Write something"):
        ask(coast, item, coast.mia, body="  ", key="key-00004")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"kind": "rant"}, "question, comment, flag"),
        ({"key": "short"}, "8 to 36"),
        ({"key": "x" * 37}, "8 to 36"),
        ({"body": "x" * 10_001}, "10,000"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_the_reason(
    coast: Coast, item: int, wrong: dict[str, str], said: str
) -> None:
    with pytest.raises(Invalid, match=said):
        ask(coast, item, coast.mia, **wrong)


def test_a_thread_is_closed_and_opened_and_nothing_else(coast: Coast, item: int) -> None:
    thread = ask(coast, item, coast.mia)
    with coast.database.writing() as session:
        talk.set_state(session, coast.seen_by(coast.lena), thread, "closed", by=coast.lena)
        assert talk.count_open(session, coast.project) == 0
        talk.set_state(session, coast.seen_by(coast.lena), thread, "open", by=coast.lena)
        with pytest.raises(Invalid):
            talk.set_state(session, coast.seen_by(coast.lena), thread, "burnt", by=coast.lena)


def test_once_an_article_is_gold_its_threads_are_open_to_all(coast: Coast, item: int) -> None:
    ask(coast, item, coast.mia)
    article = coast.desk(item, coast.mia).item.article_id
    with coast.database.reading() as session:
        assert talk.on_article(session, coast.seen_by(coast.noor), article, by=coast.noor) == []
    coast.accept_all(item, coast.mia)
    coast.finish(item, coast.mia)
    with coast.database.reading() as session:
        assert len(talk.on_article(session, coast.seen_by(coast.noor), article, by=coast.noor)) == 1
