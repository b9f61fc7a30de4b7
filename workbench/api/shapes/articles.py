"""Articles, imports, jobs and suggesters."""

from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from workbench.api.shapes.base import Asked, Given, Next, Paged, Told

Unit = Literal["code points", "utf-16", "utf-8", "graphemes"]


class ArticleQuery(Paged):
    """Which articles; words in title or outlet, and how far an article has come."""

    find: str = Field("", max_length=200)


class Article(Told):
    """An article in a list; `best` tells how far it has come."""

    key: str
    title: str | None
    outlet: str | None
    published: str | None
    words: int
    cluster: str
    best: str


class Articles(Next):
    """A page of articles, in the order they came."""

    items: list[Article]


class ImportQuery(Asked):
    """How files are read; without a format it is told from their content, as is what offsets count without a unit."""

    format: str | None = Field(None, max_length=40)
    encoding: str | None = Field(None, max_length=40)
    unit: Unit | None = None
    skip_bad: bool = False
    suggest: bool = True


class PredictionQuery(Asked):
    """Whose predictions these are, such as `mymodel@3`."""

    suggester: str = Field(min_length=1, max_length=120)
    format: str | None = Field(None, max_length=40)
    unit: Unit | None = None
    skip_bad: bool = False


class Job(Told):
    """Work outside requests; `total` is null until it is known."""

    id: int
    kind: str
    state: str
    done: int
    total: int | None
    note: str | None
    tries: int
    created_at: datetime
    finished_at: datetime | None


class Jobs(Next):
    """Jobs of a project, newest first."""

    items: list[Job]


class JobRef(Told):
    """A job that was asked for; its address tells how far it is."""

    job: int


class Batch(Told):
    """An import: how many records were taken, skipped and refused."""

    id: int
    at: datetime
    taken: int
    skipped: int
    refused: int


class Batches(Next):
    """Imports, newest first."""

    items: list[Batch]


class Receipt(Told):
    """What became of every record of an import, with its reason."""

    id: int
    at: datetime
    records: list[dict[str, Any]]


class Suggester(Told):
    """A suggester, with how much it has proposed."""

    author: str
    articles: int


class Suggesters(Told):
    """The suggesters of a project; `start` is the one whose layer new drafts start from, null for the newest.

    `behind` says that much has changed at once and is not counted yet.
    """

    items: list[Suggester]
    start: str | None
    behind: bool


class StartWish(Given):
    """Whose layer new drafts start from, null for the newest."""

    author: str | None = Field(max_length=120)


class CombineWish(Given):
    """Two suggesters to be made one under a new name."""

    first: str = Field(min_length=1, max_length=120)
    second: str = Field(min_length=1, max_length=120)
    rule: Literal["union", "intersection", "prefer"]
    name: str = Field(min_length=1, max_length=120)


class ParkedArticle(Told):
    """An article that a suggester could not read, with what went wrong at the last of its tries."""

    article_id: int
    key: str
    title: str | None
    author: str
    tries: int
    trouble: str
    at: datetime


class ParkedList(Next):
    """Parked articles, those that came last first; one stands here once for each suggester that broke down at it."""

    items: list[ParkedArticle]


class FreeWish(Given):
    """The parked article to be tried again; null is all of them."""

    article_id: int | None = Field(None, ge=1, le=2**31 - 1)


class Freed(Told):
    """How many articles are tried again, by which job."""

    count: int
    job: int
