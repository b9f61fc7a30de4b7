"""An article laid out for reading, with frames beside their evidence."""

from workbench.core.annotation import Entity, Frame, Span, layer_of
from workbench.core.reading import numbered, paragraphs, passages

TEXT = "Oslo\nNorway will send ships. It said so.\nNobody else spoke.\nPoland refused.\n"


def frame(oid: str, words: str, kind: str = "commitment") -> Frame:
    start = TEXT.index(words)
    return Frame(kind, oid, {"evidence": Span(start, start + len(words))})  # type: ignore[arg-type]


SHIPS, SAID = frame("c1", "Norway will send ships."), frame("s1", "It said so.", "stance")
REFUSED = frame("c2", "Poland")
LAYER = layer_of("gold", [SHIPS, SAID, REFUSED, Entity("e1", 5, 11, "GPE")])


def test_frames_are_numbered_by_paragraph_stances_first() -> None:
    assert numbered(TEXT, LAYER) == ((1, SAID), (2, SHIPS), (3, REFUSED))


def test_the_text_stays_whole_however_often_it_is_cut() -> None:
    laid = list(paragraphs(TEXT, (), LAYER))
    assert [each.text for each in laid] == TEXT.splitlines()


def test_a_segment_knows_the_frames_that_it_is_evidence_of() -> None:
    laid = list(paragraphs(TEXT, (), LAYER))
    cut = [(segment.text, segment.frames, segment.starts) for segment in laid[1].segments]
    assert cut == [
        ("Norway", (2,), (2,)),
        (" will send ships.", (2,), ()),
        (" ", (), ()),
        ("It said so.", (1,), (1,)),
    ]


def test_a_frame_stands_beside_the_paragraph_where_its_evidence_begins() -> None:
    found = passages(paragraphs(TEXT, (), LAYER), numbered(TEXT, LAYER))
    told = [([each.text[:6] for each in passage.paragraphs], [n for n, _ in passage.frames]) for passage in found]
    assert told == [(["Oslo"], []), (["Norway", "Nobody"], [1, 2]), (["Poland"], [3])]


def test_a_text_without_frames_is_one_passage() -> None:
    [passage] = passages(paragraphs(TEXT, ()), ())
    assert len(passage.paragraphs) == 4
