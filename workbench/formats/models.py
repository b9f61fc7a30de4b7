"""The gold record as Pydantic models, for programs that work with those; ``gold`` is the faster reader.

::

    from workbench.formats.models import Record
    for line in open("gold.jsonl", "rb"):
        article = Record.model_validate_json(line)

Keys that a later version adds are kept and do no harm, as the contract asks of its readers.
"""

from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt, model_validator


class _Object(BaseModel):
    """An object of the record: it does not change, and keeps what it does not know."""

    model_config = ConfigDict(frozen=True, extra="allow")


class Span(_Object):
    """A stretch of the text with its words; ``text[start:end]`` in code points."""

    start: NonNegativeInt
    end: NonNegativeInt
    text: str


class Votes(_Object):
    """How many of the reviewers stand behind an object."""

    for_: int = Field(alias="for")
    of: int


class By(_Object):
    """The provenance of an object."""

    origin: Literal["suggested", "corrected", "added"]
    suggester: str | None
    score: float | None = Field(ge=0, le=1)
    decided: Literal["accepted", "bulk", "ruled"] | None
    at: str | None
    votes: Votes | None
    cue: str | None = None
    reason: str | None = None


class Entity(Span):
    """Somebody or something that is mentioned."""

    id: str
    label: str
    actor: str | None
    actor_id: str | None
    flags: tuple[Literal["glued", "credit", "boilerplate"], ...]
    by: By


class _Frame(_Object):
    """What stances and commitments share; a scheme's own slots are kept beside these."""

    id: str
    evidence: Span
    condition: Span | None
    speaker: str | None
    attribution: str | None
    hedged: bool
    partial: bool
    by: By


class Stance(_Frame):
    """Who takes which position on what."""

    holder: str | None
    holder_id: str | None
    on_behalf_of: str | None
    target: str | None
    target_actor: str | None
    target_text: str | None
    polarity: str | None
    negated: bool


class Commitment(_Frame):
    """Who would give what, and how firmly."""

    actor: str | None
    actor_id: str | None
    type: str | None
    status: str | None
    amount: Span | None
    quantity: Span | None
    timeframe: Span | None
    beneficiary: str | None
    sought_by: str | None
    joint_amount: bool
    strength: str | None


class Source(_Object):
    """Where the article came from."""

    outlet: str | None
    url: str | None
    author: str | None
    published: str | None
    file: str | None


class Region(_Object):
    """A part that is not running text."""

    start: NonNegativeInt
    end: NonNegativeInt
    kind: Literal["headline", "caption", "credit", "boilerplate"]


class Review(_Object):
    """How far the article has come."""

    state: Literal["suggested", "reviewed", "gold"]
    reviewers: tuple[str, ...]
    adjudicator: str | None
    agreement: dict[str, Any] | None
    guideline: int | None


class Reading(_Object):
    """The objects of one reading."""

    entities: tuple[Entity, ...]
    stances: tuple[Stance, ...]
    commitments: tuple[Commitment, ...]


class Dissent(Reading):
    """One reviewer's own reading."""

    author: str


class Record(Reading):
    """One article; every quote is checked against the text."""

    format: Literal["workbench/gold"]
    version: Literal[1]
    id: str
    project: str | None
    release: str | None
    title: str | None
    text: str
    text_sha256: str
    language: str
    source: Source
    meta: dict[str, Any]
    cluster: str | None
    split: Literal["train", "dev", "test"] | None
    regions: tuple[Region, ...]
    sentences: tuple[tuple[int, int], ...]
    review: Review
    layers: tuple[Dissent, ...] | None = None

    @model_validator(mode="after")
    def _quotes_fit(self) -> Self:
        for each in (*self.entities, *(frame.evidence for frame in (*self.stances, *self.commitments))):
            if self.text[each.start : each.end] != each.text:
                raise ValueError(f"the span {each.start}–{each.end} does not read “{each.text}” in the text")
        return self
