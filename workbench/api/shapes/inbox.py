"""What one is told: mentions, questions, returned articles, tests that went badly."""

from datetime import datetime

from pydantic import Field

from workbench.api.shapes.base import Asked, Given, Next, Told
from workbench.api.shapes.queues import Number


class InboxQuery(Asked):
    """Only what is unread, or all; newest first."""

    unread: bool = True
    after: str | None = Field(None, max_length=40, description="The `next` of the page before.")


class Notice(Told):
    """A notice; `slug` and `article` say where it happened, `thread_id` in which talk."""

    id: int
    kind: str
    words: str
    at: datetime
    read_at: datetime | None
    by: str | None
    slug: str
    article: str
    title: str | None
    thread_id: int | None


class Inbox(Next):
    """A page of notices, and how many are unread in all."""

    items: list[Notice]
    unread: int


class ReadWish(Given):
    """The notice that was read; null is all of them."""

    notice: Number | None = None
