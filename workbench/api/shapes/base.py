"""What all shapes share: what is sent is taken strictly, what is told may grow."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from workbench.core import pages


class Given(BaseModel):
    """Something sent: unknown fields and values of another type are refused."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)


class Asked(BaseModel):
    """The query of an address; its values come as text."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)


class Told(BaseModel):
    """Something told; later versions may add fields, so readers pass over those that they do not know."""

    model_config = ConfigDict(from_attributes=True)


class Paged(Asked):
    """A page of a list."""

    after: str | None = Field(None, max_length=40, description="The `next` of the page before.")
    limit: int = Field(pages.SIZE, ge=1, le=200)


class Next(Told):
    """A page of a list; `next` leads to the one after it, null ends the list."""

    next: str | None = None


class Nothing(Given):
    """A request that needs no body; an empty object may be sent."""


class Done(Told):
    """It is done."""

    ok: bool = True


class Problem(Told):
    """What went wrong (RFC 9457); `code` is stable, `detail` is for people."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    request: str | None = None
    errors: list[dict[str, str]] | None = None


class Record(BaseModel):
    """One article as a gold record; its schema is published as exports/gold.schema.json."""

    model_config = ConfigDict(extra="allow")

    format: str
    version: int
    id: str
    text: str
    text_sha256: str
    entities: list[dict[str, Any]]
    stances: list[dict[str, Any]]
    commitments: list[dict[str, Any]]
    review: dict[str, Any]
