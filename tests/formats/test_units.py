import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formats.documents import TEXTS, spans
from workbench.core.annotation import Span
from workbench.core.errors import Invalid
from workbench.formats.units import UNITS, Mark, Units

EMOJI = "😀 Łódź: Anna Kowalska 👨‍👩‍👧 and Duda"


def _as(text: str, span: Span, unit: str, *, quote: bool = True) -> Mark:
    import regex

    def count(place: int) -> int:
        before = text[:place]
        if unit == "graphemes":
            return len(regex.findall(r"\X", before))
        return {
            "code points": len(before),
            "utf-8": len(before.encode()),
            "utf-16": len(before.encode("utf-16-le")) // 2,
        }[unit]

    return Mark(count(span.start), count(span.end), text[span.start : span.end] if quote else None)


def _span(quote: str) -> Span:
    return Span(EMOJI.index(quote), EMOJI.index(quote) + len(quote))


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("quote", [True, False])
def test_the_unit_is_told_by_quotes_or_by_the_edges_of_words(unit: str, quote: bool) -> None:
    wanted = [_span("Kowalska"), _span("Duda")]
    found, places = Units().place(EMOJI, [_as(EMOJI, span, unit, quote=quote) for span in wanted])
    assert found.unit == unit
    assert [place.span for place in places] == wanted
    assert not any(place.moved for place in places)


@given(st.data(), TEXTS, st.sampled_from(UNITS[:3]))
@settings(deadline=None, max_examples=150)
def test_spans_with_quotes_find_their_place_in_every_unit(data: st.DataObject, text: str, unit: str) -> None:
    wanted = [data.draw(spans(text)) for _ in range(3)]
    _, places = Units(unit).place(text, [_as(text, span, unit) for span in wanted])
    assert [place.span for place in places] == wanted


def test_earlier_documents_settle_what_one_cannot_tell() -> None:
    units = Units()
    units.decide(EMOJI, [_as(EMOJI, _span("Kowalska"), "utf-16")])
    assert units.decide("😀😀", [Mark(0, 2)]).unit == "utf-16"


def test_a_span_that_does_not_read_as_its_quote_is_moved_to_the_nearest_that_does() -> None:
    _, [near, gone] = Units().place("Kyiv and Kyiv", [Mark(8, 12, "Kyiv"), Mark(0, 4, "Lviv")])
    assert (near.span, near.moved) == (Span(9, 13), True)
    assert gone.span is None


def test_line_ends_shown_as_spaces_still_fit() -> None:
    for quote in ("a b", "a  b"):
        _, [place] = Units().place("a\r\nb", [Mark(0, 4, quote)])
        assert (place.span, place.moved) == (Span(0, 4), False)


def test_a_wrong_unit_is_refused_with_those_that_exist() -> None:
    with pytest.raises(Invalid, match="graphemes"):
        Units("bytes")


def test_the_text_outside_is_no_place() -> None:
    for unit in UNITS:
        _, places = Units(unit).place("😀 x", [Mark(-1, 2), Mark(0, 99), Mark(2, 2), Mark(3, 1)])
        assert [place.span for place in places] == [None] * 4
