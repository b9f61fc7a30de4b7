"""The queue, the desk, and what is said on passages."""

from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from workbench.api.shapes.base import Asked, Given, Next, Paged, Told
from workbench.core import pages

Key = Field(min_length=1, max_length=36, pattern=r"^[\x21-\x7e]+$")


class QueueQuery(Paged):
    """Which items: what is to do, or those in one state; of what is to do, `worth` puts first what teaches most."""

    show: Literal["todo", "waiting", "open", "done", "skipped", "returned"] = "todo"
    order: Literal["came", "worth"] = "came"


class QueueItem(Told):
    """An article waiting for one reviewer; `left` counts proposals that wait for a decision.

    `scores` counts the proposals whose score is in each tenth, and `new_actors` the actors that they name and
    that the registry did not know; null where nothing is known of it.
    """

    id: int
    key: str
    title: str | None
    outlet: str | None
    words: int
    state: str
    left: int
    scores: list[int] | None = None
    new_actors: int | None = None


class Queue(Next):
    """A page of the queue, in its order."""

    items: list[QueueItem]


class NextWish(Given):
    """Which item one has just left, so that another comes."""

    but: int | None = Field(None, ge=1, le=2**31 - 1)


class NextItem(Told):
    """The item leased to you, null where nothing waits."""

    item: int | None


class Desk(Told):
    """An article on the desk: its text, tokens, first objects and newest decisions. Spans count tokens.

    `whole` says that these are all of them; lists of their own have the others.
    """

    item: int
    article: str
    state: str
    mine: bool
    leased_until: datetime | None
    text: str
    text_sha256: str
    tokeniser: str
    tokens: list[list[int]]
    rev: int
    objects: list[dict[str, Any]] = Field(description="The first 200, by kind and place.")
    log: list[dict[str, Any]] = Field(description="The newest 100, oldest first.")
    whole: bool


class ObjectQuery(Asked):
    """A page of the objects on the desk."""

    after: str | None = Field(None, max_length=200, description="The `next` of the page before.")
    limit: int = Field(pages.SIZE, ge=1, le=200)


class Objects(Next):
    """Objects as they stand; `rev` grows with each decision."""

    rev: int
    items: list[dict[str, Any]]


class DecisionLog(Next):
    """Decisions on an article, oldest first."""

    items: list[dict[str, Any]]


class Decision(Given):
    """One decision: the whole new state of its object, with the version that it expects."""

    key: str = Key
    txn: str = Key
    at: datetime
    act: str = Field(max_length=16)
    kind: Literal["entity", "stance", "commitment"]
    id: str = Field(min_length=1, max_length=64)
    expect: int = Field(ge=0, le=2**31 - 1)
    after: dict[str, Any]
    undoes: str | None = Field(None, max_length=36)
    bulk: bool = False
    dwell_ms: int | None = Field(None, ge=0, le=2**31 - 1)


class Decisions(Given):
    """Decisions in order, with the text that they are about."""

    text_sha256: str = Field(min_length=64, max_length=64)
    tokeniser: str = Field(max_length=40)
    decisions: list[Decision] = Field(max_length=50)


class Verdict(Told):
    """What became of one decision: applied, duplicate, conflict, invalid or closed."""

    key: str
    verdict: Literal["applied", "duplicate", "conflict", "invalid", "closed"]
    version: int | None = None
    why: str | None = None
    object: dict[str, Any] | None = None
    who: str | None = None
    when: datetime | None = None


class Verdicts(Told):
    """A verdict for each decision, and the layer's revision."""

    rev: int
    verdicts: list[Verdict]


class Finished(Told):
    """What finishing came to: gold, waiting for other readers, or adjudicate."""

    gold: bool
    outcome: str
    accepted: int
    corrected: int
    added: int
    rejected: int
    bulk: int


class Reason(Given):
    """Why, in a few words."""

    reason: str = Field(min_length=1, max_length=1000)


class Post(Told):
    """Something said."""

    person: str
    body: str
    at: datetime


class Thread(Told):
    """A question or comment with its answers; offsets count code points, null for the whole article."""

    id: int
    kind: str
    state: str
    person: str
    at: datetime
    article: str
    item: int | None
    start: int | None
    end: int | None
    quote: str | None
    posts: list[Post] = Field(description="The first word, and the newest ones.")
    earlier: str | None = Field(None, description="What `before` takes for the words between them.")


class ThreadPage(Asked):
    """Which words of a thread to tell."""

    before: str | None = Field(None, max_length=40, description="The `earlier` of an answer.")


class Threads(Next):
    """Threads."""

    items: list[Thread]


class ThreadQuery(Paged):
    """A page of threads: only those that are open, or all."""

    open: bool = True


class NewThread(Given):
    """A thread to begin; `span` counts tokens."""

    key: str = Key
    kind: str = Field(max_length=16)
    body: str = Field("", max_length=10_000)
    span: list[int] | None = Field(None, min_length=2, max_length=4)


class ThreadRef(Told):
    """A thread."""

    id: int


class NameQuery(Asked):
    """Whom to look for, to be mentioned in what is said about an item, or anywhere."""

    begun: str = Field("", max_length=80, description="How a word of the name begins.")
    item: int | None = Field(None, ge=1, le=2**31 - 1)
    limit: int = Field(pages.FEW, ge=1, le=200)


class Names(Told):
    """Names that may stand behind an @; `all` says that nobody else fits."""

    names: list[str]
    all: bool


class NewPost(Given):
    """Something to say."""

    key: str = Key
    body: str = Field(min_length=1, max_length=10_000)


class StateWish(Given):
    """Open or closed."""

    state: str = Field(max_length=16)
