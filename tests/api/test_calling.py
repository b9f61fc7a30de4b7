"""The Python client against what answers in a bench's place: busy, broken, cut off, elsewhere."""

import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests

from workbench import calling
from workbench.client import Client, Problem

ACCOUNT = b'{"id": 1, "name": "Mia", "admin": false, "scopes": ["read"]}'
Served = Callable[..., Client]


def answer(status: str, body: bytes = b"", *headers: str, length: int | None = None) -> bytes:
    told = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}", "Connection: close"]
    return "\r\n".join([*told, *headers, "", ""]).encode() + body


GOOD = answer("200 OK", ACCOUNT, "Content-Type: application/json")


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Wait for nothing; return what would have been waited for."""
    found: list[float] = []
    monkeypatch.setattr(calling.time, "sleep", found.append)
    return found


@pytest.fixture
def served(slept: list[float]) -> Iterator[Served]:
    """Answer one request after the other with these bytes, and with None not at all."""
    opened: list[socket.socket] = []

    def start(*answers: bytes | None) -> Client:
        server = socket.create_server(("127.0.0.1", 0))
        opened.append(server)
        threading.Thread(target=_answer, args=(server, answers, opened), daemon=True).start()
        return Client(f"http://127.0.0.1:{server.getsockname()[1]}", "wb_x", timeout=0.3)

    yield start
    for each in opened:
        each.close()


def _answer(server: socket.socket, answers: tuple[bytes | None, ...], opened: list[socket.socket]) -> None:
    for told in answers:
        one, _ = server.accept()
        one.recv(65_536)
        if told is None:
            opened.append(one)
        else:
            one.sendall(told)
            one.close()


@pytest.mark.parametrize(
    "first",
    [
        answer("503 Service Unavailable", b'{"code": "unavailable", "status": 503}', "Retry-After: 7"),
        answer("502 Bad Gateway", b"<html>"),
        answer("504 Gateway Timeout", b"<html>"),
        answer("429 Too Many Requests", b"", "Retry-After: Mon, 30 Nov 2026 08:00:00 GMT"),
        answer("429 Too Many Requests", b"", "Retry-After: nan"),
        answer("200 OK", ACCOUNT[:9], "Content-Type: application/json", length=len(ACCOUNT)),
        b"",
        None,
    ],
    ids=["503", "502", "504", "a date", "no number", "cut off", "closed", "silent"],
)
def test_what_may_pass_is_tried_again(served: Served, slept: list[float], first: bytes | None) -> None:
    assert served(first, GOOD).account().name == "Mia"
    assert slept == [7 if first and b"Retry-After: 7" in first else 1]


def test_what_does_not_pass_is_told_in_the_end(served: Served, slept: list[float]) -> None:
    with pytest.raises(Problem) as refused:
        served(*[answer("503 Service Unavailable", b"<html>")] * 5).account()
    assert (refused.value.status, refused.value.code, len(slept)) == (503, "no_problem_document", 4)
    with pytest.raises(requests.Timeout):
        served(*[None] * 5).account()


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (answer("301 Moved Permanently", b"", "Location: https://bench.example.org/"), "at https://bench.example.org/"),
        (answer("200 OK", b"<html>Welcome to the hotel</html>"), "is a bench of this version there"),
        (answer("404 Not Found", b"[]", "Content-Type: application/json"), "Not Found"),
        (answer("500 Oh", b'{"code": ', "Content-Type: application/problem+json"), "Oh"),
    ],
    ids=["moved", "no bench", "a list", "half"],
)
def test_what_no_bench_answers_is_a_problem_too(served: Served, slept: list[float], told: bytes, why: str) -> None:
    with pytest.raises(Problem, match=why) as refused:
        served(told).account()
    assert (refused.value.code, slept) == ("no_problem_document", [])


def test_a_file_that_was_cut_off_is_fetched_anew_and_never_left_half(served: Served, tmp_path: Path) -> None:
    cut, target = answer("200 OK", b"a line\n", length=99), tmp_path / "gold.jsonl"
    assert served(cut, answer("200 OK", b"two\nlines\n")).export("coast", target) == 10
    assert target.read_bytes() == b"two\nlines\n"
    with pytest.raises(requests.exceptions.RequestException):
        served(*[cut] * 5).export("coast", target)
    assert [each.name for each in tmp_path.iterdir()] == ["gold.jsonl"] and target.stat().st_size == 10
