"""Formats that know only tokens: every sign but white space and every entity comes back."""

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from tests.formats.documents import documents
from tests.formats.test_round_trip import BOTH, EXACT, read_back, written
from workbench.core.annotation import Document, Span
from workbench.formats.conll import spans
from workbench.formats.losses import strip

TOKENS = [name for name in BOTH if name not in EXACT]


def _signs(text: str) -> str:
    return "".join(text.split())


def _facts(document: Document) -> tuple[str, list[tuple[int, str, str]]]:
    """Return the signs without white space, and each entity by the signs before it and in it."""
    text, places = document.text, strip(document, {"edges", "overlaps"}).layer.entities
    found = [(len(_signs(text[: each.start])), _signs(text[each.start : each.end]), each.label) for each in places]
    return _signs(text), found


@pytest.mark.parametrize("name", TOKENS)
@given(st.lists(documents(), max_size=2, unique_by=lambda document: document.id))
@settings(deadline=None, max_examples=60, phases=[Phase.explicit, Phase.reuse, Phase.generate])
def test_signs_and_entities_survive(name: str, found: list[Document]) -> None:
    assume(not any("\ufeff" in each.text for each in found))  # at the start of a rebuilt text it is a byte order mark
    back = read_back(name, written(name, found)) if found else []
    assert [_facts(each) for each in back] == [_facts(each) for each in found]


@pytest.mark.parametrize(
    ("tags", "found"),
    [
        ("I-A I-A O B-A", [(0, 2, "A"), (3, 4, "A")]),
        ("I-A B-A I-A I-B", [(0, 1, "A"), (1, 3, "A"), (3, 4, "B")]),
        ("B-A I-A I-B O", [(0, 2, "A"), (2, 3, "B")]),
        ("B-A E-A S-A S-A", [(0, 2, "A"), (2, 3, "A"), (3, 4, "A")]),
        ("B-A I-A L-A U-A", [(0, 3, "A"), (3, 4, "A")]),
        ("O I-A L-A I-A", [(1, 3, "A"), (3, 4, "A")]),
        ("O O", []),
    ],
)
def test_every_scheme_of_tags_is_read(tags: str, found: list[tuple[int, int, str]]) -> None:
    told = tags.split()
    assert list(spans([Span(place, place + 1) for place in range(len(told))], told)) == found
