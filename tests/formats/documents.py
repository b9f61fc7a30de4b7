"""Documents of every kind for property tests: emoji, flags, combining marks, right-to-left, line ends, overlaps."""

from hypothesis import strategies as st

from workbench.core.annotation import By, Document, Entity, Frame, Layer, Region, Review, Source, Span, layer_of
from workbench.core.record import FLAGS, SLOTS, SPANS, WITH_ID

PIECES = st.sampled_from([
    "Kyiv", "the U.K.", "€400 million", "’s", " ", "  ", "\r\n", "\n", "\r", "\t", "\u00a0", "\u00ad", "\u2028",
    "😀", "👨‍👩‍👧", "🇵🇱🇺🇦", "𝐁rexit", "Łódź", "Z\u0301elen", "שלום", "مرحبا", "أ\u064b", "中文", "\ufeff", "\x7f",
    "[/caption]", '"', "\\", "|", "_", "<b>", "&amp;", ";", ",", "=1+1", "-", "#", "*", "O", "B-LOC", "\u0085",
])  # fmt: skip
TEXTS = st.one_of(
    st.lists(PIECES, min_size=1, max_size=25).map("".join),
    st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), min_size=1, max_size=60),
).filter(lambda text: bool(text.strip()) and not text.startswith("\ufeff"))
WORDS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=12).filter(str.strip)
MAYBE = st.none() | WORDS
DAYS = st.none() | st.dates().map(lambda day: day.isoformat())
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.floats(allow_nan=False, allow_infinity=False) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=6,
)
BYS = st.builds(
    By,
    origin=st.sampled_from(["suggested", "corrected", "added"]),
    suggester=MAYBE,
    score=st.none() | st.floats(0, 1),
    decided=st.sampled_from(["accepted", "bulk", "ruled", None]),
    at=st.sampled_from(["2026-11-22T10:00:00Z", None]),
    votes=st.none() | st.tuples(st.integers(0, 3), st.integers(0, 3)),
    cue=MAYBE,
    reason=MAYBE,
)


@st.composite
def spans(draw: st.DrawFn, text: str) -> Span:
    start = draw(st.integers(0, len(text) - 1))
    return Span(start, draw(st.integers(start + 1, min(len(text), start + 12))))


@st.composite
def entities(draw: st.DrawFn, text: str, number: int) -> Entity:
    flags = draw(st.lists(st.sampled_from(["glued", "credit", "boilerplate"]), unique=True, max_size=2))
    label = draw(st.sampled_from(["GPE", "PERSON", "ORG"]))
    actor, actor_id = draw(MAYBE), draw(MAYBE)
    return Entity(f"e{number}", *draw(spans(text)), label, actor, actor_id, tuple(flags), draw(BYS))


@st.composite
def frames(draw: st.DrawFn, text: str, kind: str, number: int) -> Frame:
    slots = {"evidence": draw(spans(text))}
    for slot in SLOTS[kind]:
        value = spans(text) if slot in SPANS else st.just(True) if slot in FLAGS else WORDS
        if slot != "evidence" and draw(st.booleans()):
            slots[slot] = draw(value)
    if draw(st.booleans()):
        slots["own_slot"] = draw(spans(text) | WORDS | st.booleans())
    ids = {WITH_ID[kind]: draw(MAYBE)}
    return Frame(kind, f"{kind[0]}{number}", {**slots, **_false(kind, slots)}, ids, draw(BYS))


def _false(kind: str, slots: dict) -> dict:
    """A flag that is not set reads back as False, since the record has no absent flags."""
    return {slot: False for slot in SLOTS[kind] if slot in FLAGS and slot not in slots}


@st.composite
def layers(draw: st.DrawFn, text: str, author: str = "", most: int = 4) -> Layer:
    found = [draw(entities(text, number)) for number in range(draw(st.integers(0, most)))]
    for kind in ("stance", "commitment"):
        found += [draw(frames(text, kind, number)) for number in range(draw(st.integers(0, 2)))]
    return layer_of(author, found)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    text = draw(TEXTS)
    kinds = st.sampled_from(["headline", "caption", "credit", "boilerplate"])
    dissent = [draw(layers(text, f"r{number}", most=2)) for number in range(draw(st.integers(0, 2)))]
    return Document(
        text=text,
        layer=draw(layers(text)),
        id=draw(st.from_regex(r"[a-z0-9]{1,8}", fullmatch=True)),
        project=draw(MAYBE),
        release=draw(MAYBE),
        title=draw(MAYBE),
        language=draw(st.sampled_from(["en", "pl", "ar"])),
        source=Source(draw(MAYBE), draw(MAYBE), draw(MAYBE), draw(DAYS), draw(MAYBE)),
        meta=draw(st.dictionaries(WORDS, JSON, max_size=2)),
        cluster=draw(MAYBE),
        split=draw(st.sampled_from(["train", "dev", "test", None])),
        regions=tuple(Region(*draw(spans(text)), draw(kinds)) for _ in range(draw(st.integers(0, 2)))),
        sentences=tuple(tuple(draw(spans(text))) for _ in range(draw(st.integers(0, 2)))),
        review=draw(
            st.builds(
                Review,
                state=st.sampled_from(["suggested", "reviewed", "gold"]),
                reviewers=st.lists(WORDS, max_size=2).map(tuple),
                adjudicator=MAYBE,
                agreement=st.none() | st.dictionaries(WORDS, JSON, max_size=2),
                guideline=st.none() | st.integers(0, 9),
            )
        ),
        layers=tuple(dissent) or None,
    )
