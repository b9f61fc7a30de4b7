"""Pieces of text: nothing is lost, nothing overlaps, and what cannot be kept is refused."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.formats.documents import TEXTS
from workbench.core.errors import Invalid
from workbench.core.regions import regions
from workbench.core.text import LONGEST, accept, around, digest, paragraphs, sentences, snap, tokens, utf16


def words(text: str) -> list[str]:
    return [text[start:end] for start, end in tokens(text)]


@given(TEXTS)
def test_tokens_cover_everything_but_white_space_and_never_overlap(text: str) -> None:
    pieces = tokens(text)
    assert all(start < end for start, end in pieces)
    assert all(before[1] <= after[0] for before, after in pairwise(pieces))
    covered = {place for start, end in pieces for place in range(start, end)}
    assert all(text[place].isspace() for place in set(range(len(text))) - covered)


@given(TEXTS)
def test_every_token_lies_in_one_paragraph_and_at_most_one_sentence(text: str) -> None:
    for pieces in (paragraphs(text), sentences(text)):
        assert all(before[1] <= after[0] for before, after in pairwise(pieces))
        assert all(text[start:end].strip() for start, end in pieces)
    inside = paragraphs(text)
    assert all(any(start <= first and last <= end for start, end in inside) for first, last in sentences(text))


@given(TEXTS, st.data())
def test_a_stretch_snaps_to_the_tokens_that_it_touches(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    pieces = tokens(text)
    touched = [n for n, (first, last) in enumerate(pieces) if first < end and start < last]
    found = snap(pieces, start, end)
    assert found == ((touched[0], touched[-1] + 1) if touched else None)


@given(TEXTS)
def test_length_in_utf16_is_what_an_encoder_says(text: str) -> None:
    assert utf16(text) == len(text.encode("utf-16-le")) // 2


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Britain’s U.K. isn't 1,500.", ["Britain", "’s", "U.K.", "isn", "'t", "1,500", "."]),
        ("€20m a😀b", ["€", "20", "m", "a", "😀", "b"]),
        ("[/caption]PARIS", ["[/caption]", "PARIS"]),
        ("AFPMembers", ["AFP", "Members"]),
        ("O’Brien’s Côte d’Ivoire", ["O’Brien", "’s", "Côte", "d’Ivoire"]),
    ],
)
def test_words_are_cut_where_an_editor_would(text: str, cut: list[str]) -> None:
    assert words(text) == cut


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Mr. Holm met Gen. Aziz. They agreed.", ["Mr. Holm met Gen. Aziz.", "They agreed."]),
        ("It left the U.S. The crew stayed.", ["It left the U.S.", "The crew stayed."]),
        ("“Never.” She left!", ["“Never.”", "She left!"]),
        ("One\r\ntwo", ["One", "two"]),
        ("No. 3 was late", ["No. 3 was late"]),
    ],
)
def test_sentences_end_where_a_reader_stops(text: str, cut: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == cut


def test_a_text_is_kept_as_it_came_but_for_the_byte_order_mark() -> None:
    odd = "\ufeff a\r\nb\rc\u2028d\u00a0e\u0301 \n"
    assert accept(odd) == odd[1:]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        (" \n\u00a0", "empty"),
        ("a\0b", "NUL character at 1"),
        ("ab\ud800", "surrogate. at 2"),
        ("x" * (LONGEST + 1), "1,000,001 characters"),
    ],
)
def test_what_no_engine_can_keep_is_refused(text: str, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        accept(text)


def test_a_digest_is_of_the_bytes() -> None:
    assert digest("é") != digest("e\u0301")
    assert len(digest("a")) == 64


def test_what_stands_around_a_stretch_is_cut_at_words_and_says_so() -> None:
    text = "France offered two frigates to the harbour watch."
    assert around(text, 0, 6, 10) == ("", "France", " offered…")
    assert around(text, 15, 18, 9) == ("…offered ", "two", " frigates…")
    assert around(text, 43, 48, 80) == (text[:43], "watch", ".")
    assert around("abcdefgh", 4, 5, 2) == ("…cd", "e", "fg…")


@pytest.mark.parametrize(
    "text",
    [
        "." * 300_000, "…!" * 150_000 + " x", ". " + '"' * 300_000, ". " + "(" * 300_000 + "x", "." + ")" * 300_000,
        "." + " " * 300_000 + "x", ". -" * 100_000, ". The" * 60_000, "U.S. The " * 30_000, "p.m. A" * 50_000,
        "[caption" * 40_000, "\u2022" * 300_000, "Photo by " * 30_000,
    ],
    ids=range(13),
)  # fmt: skip
def test_no_text_takes_far_longer_to_cut_than_others(text: str) -> None:
    """These kept a search busy for minutes to hours, with every other thread of the process waiting."""
    assert sentences(text)[-1][1] == len(text.rstrip())
    assert tokens(text)[-1][1] == len(text.rstrip())
    assert isinstance(regions(text), tuple)
