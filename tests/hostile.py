"""Values that nobody sends by accident, and bodies that are no request."""

from typing import Any, Final

TEXTS: Final = (
    "", " ", "-1", "0", "999999999", "9" * 30, "-" + "9" * 19, "9223372036854775808", "1" * 5_000, "1e999", "NaN",
    "Infinity", "0x10", "٣", "²", "1_000", "1.5", "true", "null", "[]", "{}", "[[[[", '{"a":', "[" * 50_000,
    '{"a":' * 20_000, '["' + "\\ud800" + '"]', "a\x00b", "a\x1bb", "\ud800", "\ufffe", "\u202e", "é" * 5_000,
    "x" * 300_000, "line\r\nSet-Cookie: a=b", "../../../../etc/passwd", "..\\..\\x", "/etc/passwd", "C:\\x", "%00",
    "%", "_", "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}", "${7*7}", "&{}: *a",
    '=HYPERLINK("x")', "' OR 1=1 --", "'; DROP TABLE person; --", "//evil.example", "/\\evil.example",
    "javascript:alert(1)", "a@b@c", "9999-12-31", "0000-00-00", "10000-01-01", "2026-02-30", "99999999-01-01",
)  # fmt: skip
PATHS: Final = (
    "-1", "0", "999999999999", "9223372036854775807", "9" * 30, "1" * 5_000, "%00", "a%00b", "%FF%FE", "%ED%A0%80",
    "..%2F..%2Fetc%2Fpasswd", "..", "%0d%0aSet-Cookie:%20a=b", "%3Cscript%3E", "%F0%9F%9A%A2", "x" * 4_000, "%25",
    "%20", "%E2%80%AE", "%5C..%5C", "c:0", "%D9%A3", "%C2%B2",
)  # fmt: skip
VALUES: Final[tuple[Any, ...]] = (
    None, True, -1, 0, 2**31, 2**63, -(2**63) - 1, 10**400, 1.5, float("nan"), float("inf"), 1e308, "", " ", "x",
    "a\x00b", "\ud800", "x" * 300_000, "<script>alert(1)</script>", "../../etc/passwd", "2026-01-01T00:00:00Z",
    "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "9" * 30, [], [None], [[]], ["x"], ["\ud800"], [-1],
    [2**63], [["x", "x"]], {}, {"": None}, {"a\x00": 1}, {"\ud800": 1}, {"x": {"x": []}}, [{}] * 1_000,
)  # fmt: skip
_KINDS: Final = (
    "application/json", "application/x-www-form-urlencoded", "multipart/form-data", "text/plain", "", "x/y;=",
    "multipart/form-data; boundary=", "multipart/form-data; boundary=b", "application/json; charset=utf-16",
    "application/json; charset=nothing", "application/x-www-form-urlencoded; charset=nothing",
)  # fmt: skip
_BODIES: Final = (
    b"", b"\x00", b"\xff\xfe", b"{", b"[" * 100_000, b'{"a":' * 50_000, b'{"a":1,"a":2}', b"null", b"NaN", b'"x"',
    b"1", b"1" * 5_000, b"[]", b'{"a": "\\ud800"}', b'{"a": "\\u0000"}', b"%FF=%00&a=%ED%A0%80", b"--b\r\n\r\n--b--",
    b'--b\r\nContent-Disposition: form-data; name="files"; filename="../../x\x00"\r\n\r\nx\r\n--b--\r\n',
    b'--b\r\nContent-Disposition: form-data; name="\xff"; filename="\xed\xa0\x80"\r\n\r\nx\r\n--b--\r\n',
)  # fmt: skip
BODIES: Final = tuple((body, kind) for kind in _KINDS for body in _BODIES)
