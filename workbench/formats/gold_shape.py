"""The shape of a gold record, for checking what comes in: the same as ``exports/gold.schema.json``."""

from typing import Annotated, Any, Final, Literal

import msgspec

from workbench.core.record import FLAGS, SLOTS, SPANS, WITH_ID

Offset = Annotated[int, msgspec.Meta(ge=0)]
Day = Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Time = Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}")]


class _Strict(msgspec.Struct, forbid_unknown_fields=True, gc=False):
    """An object without unknown keys; the fields come in the order of the contract.

    None ever holds itself, so the garbage collector need not look at the hundred or so of a record.
    """


class SourceShape(_Strict):
    """Where the article came from."""

    outlet: str | None = None
    url: str | None = None
    author: str | None = None
    published: Day | None = None
    file: str | None = None


class RegionShape(_Strict):
    """A part that is not running text."""

    start: Offset
    end: Offset
    kind: Literal["headline", "caption", "credit", "boilerplate"]


class SpanShape(_Strict):
    """A stretch of the text with its words."""

    start: Offset
    end: Offset
    text: str | None = None


class VotesShape(_Strict, rename={"for_": "for"}):
    """How many of the reviewers stand behind an object."""

    for_: Offset
    of: Offset


class ByShape(_Strict):
    """The provenance of an object."""

    origin: Literal["suggested", "corrected", "added"] = "suggested"
    suggester: str | None = None
    score: Annotated[float, msgspec.Meta(ge=0, le=1)] | None = None
    decided: Literal["accepted", "bulk", "ruled"] | None = None
    at: Time | None = None
    votes: VotesShape | None = None
    cue: str | msgspec.UnsetType | None = msgspec.UNSET
    reason: str | msgspec.UnsetType | None = msgspec.UNSET


class EntityShape(_Strict, kw_only=True):
    """A mention."""

    id: str | None = None
    start: Offset
    end: Offset
    text: str | None = None
    label: Annotated[str, msgspec.Meta(min_length=1)]
    actor: str | None = None
    actor_id: str | None = None
    flags: list[Literal["glued", "credit", "boilerplate"]] = []
    by: ByShape | None = None


def _frame(kind: Literal["stance", "commitment"]) -> type[msgspec.Struct]:
    """Build the shape of a frame from the contract's slots; a project's own slots are checked elsewhere."""
    fields: list[tuple[str, Any, Any]] = [("id", str | None, None), ("by", ByShape | None, None)]
    for slot in SLOTS[kind]:
        shape = SpanShape if slot in SPANS else bool if slot in FLAGS else str
        fields.append((slot, shape | None, None))
    fields.append((f"{WITH_ID[kind]}_id", str | None, None))
    return msgspec.defstruct(kind.title(), fields)


_SHAPES: Final = {"stances": _frame("stance"), "commitments": _frame("commitment")}


class BodyShape(_Strict):
    """A reading as it is stored."""

    entities: list[EntityShape] = []
    stances: list[dict[str, Any]] = []
    commitments: list[dict[str, Any]] = []


class DissentShape(_Strict, kw_only=True):
    """One reviewer's own reading."""

    author: str
    entities: list[EntityShape] = []
    stances: list[dict[str, Any]] = []
    commitments: list[dict[str, Any]] = []


class ReviewShape(_Strict):
    """How far the article has come."""

    state: Literal["suggested", "reviewed", "gold"] = "suggested"
    reviewers: list[str] = []
    adjudicator: str | None = None
    agreement: dict[str, Any] | None = None
    guideline: int | None = None


class RecordShape(_Strict, kw_only=True):
    """The whole record; what has nothing to say may be left out."""

    format: str
    version: int
    id: str = ""
    project: str | None = None
    release: str | None = None
    title: str | None = None
    text: str
    text_sha256: str | None = None
    language: str = "en"
    source: SourceShape = msgspec.field(default_factory=SourceShape)
    meta: dict[str, Any] = {}
    cluster: str | None = None
    split: Literal["train", "dev", "test"] | None = None
    regions: list[RegionShape] = []
    sentences: list[tuple[Offset, Offset]] = []
    entities: list[EntityShape] = []
    stances: list[dict[str, Any]] = []
    commitments: list[dict[str, Any]] = []
    review: ReviewShape = msgspec.field(default_factory=ReviewShape)
    layers: list[DissentShape] | msgspec.UnsetType | None = msgspec.UNSET


LayerShape = RecordShape | DissentShape | BodyShape


def check_frames(layer: LayerShape) -> None:
    """Raise ValidationError where a stance or commitment has a value of the wrong kind."""
    for plural, shape in _SHAPES.items():
        for row in getattr(layer, plural):
            known = msgspec.convert(row, shape).__struct_fields__
            for slot in row.keys() - set(known):
                _check_own(slot, row[slot])


def _check_own(slot: str, value: Any) -> None:
    try:
        msgspec.convert(value, str | bool | SpanShape | None)
    except msgspec.ValidationError as problem:
        raise msgspec.ValidationError(f"{problem} in the slot `{slot}`") from None
