"""A small typed client of the HTTP API.

::

    with Client("https://bench.example.org", token) as bench:
        for article in bench.articles("coast"):
            print(article.key, article.best)
        bench.export("coast", Path("gold.jsonl"))
"""

import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

from workbench.api.shapes import review
from workbench.api.shapes.articles import Article, Articles, Job, JobRef
from workbench.api.shapes.figures import Board
from workbench.api.shapes.inbox import Inbox, Notice
from workbench.api.shapes.people import Account
from workbench.api.shapes.projects import GuidelineTold, Project, Projects
from workbench.api.shapes.review import Desk, Finished, QueueItem, Thread, ThreadRef, Verdicts
from workbench.api.shapes.settling import Case, Release, Releases, Waiting, WaitingList
from workbench.api.shapes.training import PracticeTold, Reader, Readers
from workbench.calling import Caller, Problem

__all__ = ["Client", "Problem"]


class Client(Caller):
    """A bench, as a program with a token sees it; whatever fails for the moment is tried again, once each."""

    def account(self) -> Account:
        """Return who the token acts for."""
        return self.ask(Account, "GET", "/account")

    def projects(self) -> list[Project]:
        """Return the projects that one may see."""
        return list(self.each(Projects, "/projects", limit=200))

    def articles(self, project: str, *, find: str = "") -> Iterator[Article]:
        """Yield articles."""
        return self.each(Articles, f"/projects/{project}/articles", limit=200, find=find)

    def article(self, project: str, key: str) -> dict[str, Any]:
        """Return an article as a gold record."""
        return self.call("GET", f"/projects/{project}/articles/{key}").json()  # type: ignore[no-any-return]

    def import_files(self, project: str, paths: Iterable[Path], **query: Any) -> JobRef:
        """Bring files in."""
        files = [("files", (path.name, path.read_bytes())) for path in paths]
        return self.ask(JobRef, "POST", f"/projects/{project}/imports", files=files, params=query)

    def predict(self, project: str, suggester: str, lines: Iterable[bytes]) -> JobRef:
        """Bring a model's predictions in, a JSON record a line."""
        query, kind = {"suggester": suggester}, {"Content-Type": "application/jsonl"}
        body = b"".join(line.rstrip(b"\n") + b"\n" for line in lines)
        return self.ask(JobRef, "POST", f"/projects/{project}/predictions", params=query, headers=kind, data=body)

    def job(self, project: str, number: int) -> Job:
        """Return how far a job is."""
        return self.ask(Job, "GET", f"/projects/{project}/jobs/{number}")

    def suggest(self, project: str) -> JobRef:
        """Have a worker let spaCy propose for articles that have no proposals yet."""
        return self.ask(JobRef, "POST", f"/projects/{project}/suggestions")

    def wait(self, project: str, number: int, *, every: float = 1.0) -> Job:
        """Wait until a job has ended, and return what it came to."""
        while (job := self.job(project, number)).state in {"queued", "running"}:
            time.sleep(every)
        return job

    def board(self, project: str) -> Board:
        """Return how far the work is."""
        return self.ask(Board, "GET", f"/projects/{project}/board")

    def guidelines(self, project: str) -> GuidelineTold:
        """Return the guidelines."""
        return self.ask(GuidelineTold, "GET", f"/projects/{project}/guidelines")

    def change_guidelines(self, project: str, body: str, *, seen: int, **more: Any) -> GuidelineTold:
        """Give the project other guidelines, made from version ``seen``; raises Problem where somebody was faster."""
        wish, match = {"body": body} | more, {"If-Match": f'"guidelines-{seen}"'}
        return self.ask(GuidelineTold, "PUT", f"/projects/{project}/guidelines", json=wish, headers=match)

    def queue(self, project: str, show: str = "todo") -> Iterator[QueueItem]:
        """Yield the queue in its order."""
        return self.each(review.Queue, f"/projects/{project}/items", limit=200, show=show)

    def next_item(self, project: str) -> int | None:
        """Take the next item of the queue; None where nothing waits."""
        return self.ask(review.NextItem, "POST", f"/projects/{project}/items/next", json={}).item

    def desk(self, project: str, item: int) -> Desk:
        """Return what lies on the desk; of a long article the first objects and the newest decisions."""
        return self.ask(Desk, "GET", f"/projects/{project}/items/{item}")

    def objects(self, project: str, item: int) -> Iterator[dict[str, Any]]:
        """Yield every object on the desk as it stands."""
        return self.each(review.Objects, f"/projects/{project}/items/{item}/objects", limit=200)

    def log(self, project: str, item: int) -> Iterator[dict[str, Any]]:
        """Yield every decision on the article of an item, oldest first."""
        return self.each(review.DecisionLog, f"/projects/{project}/items/{item}/log", limit=200)

    def decide(self, project: str, desk: Desk, decisions: list[dict[str, Any]]) -> Verdicts:
        """Send decisions about an article; each has a verdict."""
        body = {"text_sha256": desk.text_sha256, "tokeniser": desk.tokeniser, "decisions": decisions}
        return self.ask(Verdicts, "POST", f"/projects/{project}/items/{desk.item}/decisions", json=body)

    def finish(self, project: str, item: int) -> Finished:
        """Close an article."""
        return self.ask(Finished, "POST", f"/projects/{project}/items/{item}/finish", json={})

    def skip(self, project: str, item: int, reason: str) -> None:
        """Lay an article aside."""
        self.call("POST", f"/projects/{project}/items/{item}/skip", json={"reason": reason})

    def threads(self, project: str, *, open: bool = True) -> list[Thread]:
        """Return questions and comments that are open, or all."""
        return list(self.each(review.Threads, f"/projects/{project}/threads", limit=200, open=open))

    def begin_thread(self, project: str, item: int, body: str, *, span: list[int] | None = None) -> int:
        """Ask a question about an article, or about a passage of it in tokens; return the thread."""
        wish = {"key": str(uuid4()), "kind": "question", "body": body, "span": span}
        return self.ask(ThreadRef, "POST", f"/projects/{project}/items/{item}/threads", json=wish).id

    def answer(self, project: str, thread: int, body: str) -> None:
        """Say something in a thread."""
        self.call("POST", f"/projects/{project}/threads/{thread}/posts", json={"key": str(uuid4()), "body": body})

    def inbox(self, *, unread: bool = True) -> Iterator[Notice]:
        """Yield what one was told, newest first."""
        return self.each(Inbox, "/inbox", unread=unread)

    def cases(self, project: str) -> list[Waiting]:
        """Return the articles whose readings differ."""
        return list(self.each(WaitingList, f"/projects/{project}/adjudication", limit=200))

    def case(self, project: str, key: str) -> Case:
        """Return the conflicts of an article."""
        return self.ask(Case, "GET", f"/projects/{project}/adjudication/{key}")

    def rule(self, project: str, case: Case, card: str, choice: int | None, *, reason: str | None = None) -> Case:
        """Take one of the readings of a conflict, or with None none of them."""
        wish = {"card": card, "choice": choice, "version": case.version, "reason": reason}
        return self.ask(Case, "POST", f"/projects/{project}/adjudication/{case.key}/rulings", json=wish)

    def practice(self, project: str) -> PracticeTold:
        """Return one's practice articles."""
        return self.ask(PracticeTold, "GET", f"/projects/{project}/practice")

    def readers(self, project: str) -> list[Reader]:
        """Return how near to gold everybody reads."""
        return self.ask(Readers, "GET", f"/projects/{project}/readers").items

    def releases(self, project: str) -> list[Release]:
        """Return the releases, newest first."""
        return list(self.each(Releases, f"/projects/{project}/releases", limit=200))

    def release(self, project: str, name: str, **wish: Any) -> JobRef:
        """Have a worker release the gold as it is now."""
        return self.ask(JobRef, "POST", f"/projects/{project}/releases", json={"name": name} | wish)

    def download(self, project: str, name: str, target: Path, **query: Any) -> int:
        """Keep a release as a ZIP; return how many bytes came."""
        return self.kept(f"/projects/{project}/releases/{name}/file", target, query)

    def export(self, project: str, target: Path, **query: Any) -> int:
        """Stream records into a file; return how many bytes came."""
        return self.kept(f"/projects/{project}/export", target, query)
