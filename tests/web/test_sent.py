"""What scripts and forms send beside plain fields: read strictly, refused in a sentence."""

import io
import json

import pytest

from tests.web.browsing import Browser

SCHEME, LINES = "/projects/coast/scheme", "/projects/coast/actors/lines"


@pytest.mark.parametrize("path", ["items/1/decisions", "mentions", "items/1/threads", "items/1/waivers"])
@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b'{"key": "\xff"}', "not UTF-8|unknown field"),
        (b"[" * 100_000, "nested too deeply|Expected"),
        (b"{", "truncated"),
        (b'"' + b"x" * 4_000_000 + b'"', "4 MB at most"),
    ],
)
def test_json_of_no_known_shape_is_refused(mia: Browser, path: str, body: bytes, says: str) -> None:
    headers = {"X-CSRFToken": mia.token, "Content-Type": "application/json"}
    answer = mia.client.post(f"/projects/coast/{path}", data=body, headers=headers)
    assert answer.status_code == 422
    detail = answer.get_json()["detail"]
    assert any(each in detail for each in says.split("|")), detail
    assert ".." not in detail


@pytest.mark.parametrize("path", [SCHEME, LINES])
@pytest.mark.parametrize(
    ("raw", "says"),
    [
        ("{}".encode("utf-16"), "own.txt is not UTF-8 at byte 1; save it as UTF-8."),
        (b"\x80", "is not UTF-8 at byte 1"),
        (b" " * 2_000_001, "characters"),
    ],
)
def test_a_file_that_is_no_text_or_too_long_is_refused(lena: Browser, path: str, raw: bytes, says: str) -> None:
    answer = lena.post(path, {"seen": "1" if path == SCHEME else "0", "file": (io.BytesIO(raw), "own.txt")})
    assert answer.status_code == 422
    assert says in answer.text


def test_a_byte_order_mark_is_no_part_of_what_a_file_says(lena: Browser) -> None:
    line = json.dumps({"id": "org:lake", "name": "Lake Pact", "kind": "alliance"})
    raw = io.BytesIO(b"\xef\xbb\xbf" + line.encode() + b"\r\n")
    assert lena.post(LINES, {"seen": "0", "file": (raw, "own.jsonl")}).status_code == 303
    assert "org:lake" in lena.get("/projects/coast/actors?own=on").text
