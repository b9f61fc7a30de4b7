"""Moving in: files are looked at, a choice is made, then they come in."""

from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from workbench.api.shapes.articles import Unit
from workbench.api.shapes.base import Asked, Given, Told


class LookQuery(Asked):
    """In which encoding the files are, and what their offsets count, where they do not say."""

    encoding: str | None = Field(None, max_length=40)
    unit: Unit | None = None


class UnitWish(Given):
    """What the offsets of the files count; null lets each file tell."""

    unit: Unit | None


class LookRef(Told):
    """Files that a worker looks at; the address of the look tells what was found."""

    look: int


class Look(Told):
    """What was found in files: `found` is null while a worker reads them."""

    id: int
    state: str
    at: datetime
    job: str | None
    note: str | None
    found: dict[str, Any] | None


class Choice(Given):
    """As what the files of a look come in; `name` is the suggester's or the reviewer's.

    `labels` says what foreign labels become (null: left out), with `remember` for next time too.
    """

    role: Literal["plain", "suggestions", "person", "gold"]
    name: str = Field("", max_length=120)
    labels: dict[str, str | None] = Field(default_factory=dict, max_length=500)
    replace_gold: bool = False
    skip_bad: bool = False
    remember: bool = False
