"""Adjudication, exports and releases."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from workbench.api.shapes.base import Asked, Given, Next, Told


class Waiting(Told):
    """An article whose readings differ; `allowed` says whether you may rule on it."""

    key: str
    title: str | None
    state: str
    cards: int
    ruled: int
    allowed: bool


class WaitingList(Next):
    """What waits for an adjudicator."""

    items: list[Waiting]


class Conflict(Told):
    """A difference: what each reading has, null where it has nothing, and the ruling so far."""

    id: str
    kind: str
    sort: str
    start: int
    end: int
    quote: str
    differs: list[str]
    readings: list[dict[str, Any] | None]
    ruled: str | None
    choice: int | None


class Case(Told):
    """An article's conflicts; a ruling names `version`."""

    key: str
    state: str
    version: int
    left: int
    agreed: int
    names: list[str]
    reasons: list[str]
    conflicts: list[Conflict]


class RulingWish(Given):
    """A ruling: the number of the reading that is right (from 0), or null for none of them.

    `edited` takes that reading (null: the first one) as changed: `words`, `label` and `actor` of an entity, or the
    slots of a frame by their names; a place in the text is given by its words, a flag by "on".
    """

    card: str = Field(min_length=1, max_length=64)
    choice: int | None = Field(ge=0, le=8)
    version: int = Field(ge=0, le=2**31 - 1)
    reason: str | None = Field(None, max_length=200)
    edited: dict[str, str] | None = Field(None, max_length=60)


class ReturnWish(Given):
    """Which readings are to be looked at again (from 0; null for all of them), and why; their makers see it."""

    readings: list[Annotated[int, Field(ge=0, le=8)]] | None = Field(min_length=1, max_length=9)
    comment: str = Field(min_length=1, max_length=1000)
    version: int = Field(ge=0, le=2**31 - 1)


class Seen(Given):
    """The version of the case that one has seen."""

    version: int = Field(ge=0, le=2**31 - 1)


class MergeWish(Given):
    """How conflicts are to be settled; without `preview: false` it is only said what that would settle."""

    strategy: Literal["unanimous", "majority", "confidence"]
    threshold: float = Field(0.9, ge=0, le=1, description="The least score that counts for `confidence`.")
    preview: bool = True


class Merge(Told):
    """What a merge settles in one article: so many of its open conflicts."""

    key: str
    title: str
    settles: int
    open: int


class Merges(Told):
    """What a merge settles, and the step by which it can be taken back; null of a preview."""

    items: list[Merge]
    txn: str | None


class TakenBack(Told):
    """How many articles are as they were before the merge."""

    articles: int


class ExportQuery(Asked):
    """Which records, in which format; `since` is the name of a release, a time, or a turn such as @7."""

    state: Literal["gold", "reviewed", "suggested"] = "gold"
    format: str = Field("gold", max_length=40)
    since: str | None = Field(None, max_length=80)
    names: bool = Field(False, description="Reviewers' names in place of pseudonyms.")


class Release(Told):
    """A release."""

    name: str
    at: datetime
    person: str | None
    articles: int
    manifest_sha256: str
    withdrawn_at: datetime | None
    withdrawn_why: str | None


class Releases(Next):
    """Releases, newest first."""

    items: list[Release]


class ReleaseTold(Release):
    """A release with its manifest."""

    manifest: dict[str, Any]


class NewRelease(Given):
    """A release to be made by a worker."""

    name: str = Field(min_length=1, max_length=80)
    licence: str = Field("unknown", max_length=80)
    split: str | None = Field("80/10/10", max_length=40)
    seed: str = Field("1", min_length=1, max_length=64)
    text: bool = True
    layers: bool = False


class Checked(Told):
    """Whether every byte of a release is what its manifest says, and when and why it was withdrawn, if it was."""

    release: str
    records: int
    problems: list[str]
    withdrawn: str | None


class ReleaseFileQuery(Asked):
    """A release as a ZIP: with texts or without, with readers' layers, and in another format beside the records."""

    text: bool = True
    layers: bool = False
    format: str | None = Field(None, max_length=40)


class Since(Asked):
    """Since which release."""

    since: str = Field(min_length=1, max_length=80)


class Changes(Told):
    """What changed between two releases."""

    changes: dict[str, Any]


class Words(Told):
    """What a project's leads have written for its data sheets, by section."""

    version: int
    words: dict[str, str]


class WordsWish(Given):
    """Words for the sections of coming data sheets; a section that is left out is empty."""

    motivation: str = Field("", max_length=200_000)
    composition: str = Field("", max_length=200_000)
    collection: str = Field("", max_length=200_000)
    preprocessing: str = Field("", max_length=200_000)
    uses: str = Field("", max_length=200_000)
    distribution: str = Field("", max_length=200_000)
    maintenance: str = Field("", max_length=200_000)
