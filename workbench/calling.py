"""How the client calls a bench: what may pass is tried again, and what is refused is raised as a Problem."""

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, Self, TypeVar
from uuid import uuid4

import requests
from pydantic import BaseModel, ValidationError

from workbench.api.shapes.base import Next

Shape = TypeVar("Shape", bound=BaseModel)
Came = TypeVar("Came")
_AGAIN: Final = {429, 502, 503, 504}
_PASSING: Final = (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError)
_TRIES: Final = 5
_UNREADABLE: Final = "no_problem_document"
"""The code of what no bench answers, but a server in front of it or in its place."""


class Problem(Exception):
    """What the bench answered in place of what was asked for; ``code`` is stable.

    ``again`` says after how many seconds the same may work, where it may.
    """

    def __init__(self, told: dict[str, Any], again: float | None = None) -> None:
        super().__init__(f"{told.get('status')} {told.get('code')}: {told.get('detail')}")
        self.status, self.code = told.get("status"), told.get("code")
        self.told, self.again = told, again


class Caller:
    """Asks the addresses of a bench as a program with a token."""

    def __init__(self, address: str, token: str, *, timeout: float = 60) -> None:
        self.root = f"{address.rstrip('/')}/api/v1"
        self.timeout = timeout
        self.http = requests.Session()
        self.http.headers["Authorization"] = f"Bearer {token}"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.http.close()

    def call(self, method: str, path: str, **rest: Any) -> requests.Response:
        """Ask an address; raises Problem. The same act carries the same key each time it is tried."""
        headers = {"Idempotency-Key": str(uuid4())} if method != "GET" else {}
        headers |= rest.pop("headers", {})
        return _in_the_end(lambda: self._called(method, path, headers=headers, **rest))

    def _called(self, method: str, path: str, **rest: Any) -> requests.Response:
        answer = self.http.request(method, self.root + path, timeout=self.timeout, allow_redirects=False, **rest)
        if not answer.ok or answer.is_redirect:
            with answer:
                raise Problem(_problem(answer), _again(answer))
        return answer

    def ask(self, shape: type[Shape], method: str, path: str, **rest: Any) -> Shape:
        """Ask an address and read the answer."""
        answer = self.call(method, path, **rest)
        try:
            return shape.model_validate_json(answer.content)
        except ValidationError as faults:
            why = f"{self.root} answered what is no {shape.__name__}; is a bench of this version there? {faults}"
            raise Problem({"status": answer.status_code, "code": _UNREADABLE, "detail": why}) from None

    def each(self, shape: type[Next], path: str, **query: Any) -> Iterator[Any]:
        """Yield what stands in a list, page by page."""
        while True:
            page = self.ask(shape, "GET", path, params=query)
            yield from page.items  # type: ignore[attr-defined]
            if page.next is None:
                return
            query["after"] = page.next

    def kept(self, path: str, target: Path, query: dict[str, Any]) -> int:
        """Keep what an address sends in a file, once it has come whole; return how many bytes these are."""
        beside = target.with_suffix(f"{target.suffix}.part")
        try:
            size = _in_the_end(lambda: self._written(path, beside, query))
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
        return size

    def _written(self, path: str, target: Path, query: dict[str, Any]) -> int:
        with self._called("GET", path, params=query, stream=True) as answer, target.open("wb") as file:
            for block in answer.iter_content(65_536):
                file.write(block)
            return file.tell()


def _in_the_end(act: Callable[[], Came]) -> Came:
    """Do something again while what fails may pass, and in the end for the last time."""
    for tried in range(1, _TRIES):
        try:
            return act()
        except _PASSING:
            time.sleep(tried)
        except Problem as problem:
            if problem.again is None:
                raise
            time.sleep(problem.again or tried)
    return act()


def _again(answer: requests.Response) -> float | None:
    said = answer.headers.get("Retry-After", "")
    return min(int(said) if said.isascii() and said.isdecimal() else 0, 60) if answer.status_code in _AGAIN else None


def _problem(answer: requests.Response) -> dict[str, Any]:
    with suppress(ValueError):
        if isinstance(told := answer.json(), dict) and "code" in told:
            return told
    moved = answer.headers.get("Location")
    why = f"The bench is at {moved}; give that address." if moved else answer.reason
    return {"status": answer.status_code, "code": _UNREADABLE, "detail": why}
