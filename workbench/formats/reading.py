"""What every reader leans on: what it may be told, lines and items of any file."""

import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Final, TypeVar, cast

from workbench.core.annotation import Document
from workbench.core.errors import Invalid, Refused
from workbench.core.limits import Limits
from workbench.core.strict import Row, as_object, parse

Built = TypeVar("Built")

HEAD: Final = 65_536
_SIGNS: Final = re.compile(rb'[\\"\[\]{}]')
LONGEST_LINE: Final = 64 * 2**20
_WIDEST: Final = 4
_COLON: Final = re.compile(r"\s*+:")


@dataclass(frozen=True, slots=True)
class Options:
    """What a person may tell a reader, and what lies beside the file.

    ``encoding`` confirms an encoding other than UTF-8; ``text`` names the column or key that holds
    the text; ``unit`` what the file's offsets count (see ``formats.units``); ``about`` the file's row in
    a ``metadata`` sidecar; ``beside`` the bytes of companion files by suffix or name; ``limits`` what it may take.
    """

    encoding: str | None = None
    text: str | None = None
    unit: str | None = None
    about: Mapping[str, Any] = field(default_factory=dict)
    beside: Mapping[str, bytes] = field(default_factory=dict)
    limits: Limits = Limits()


PLAIN: Final = Options()


def text_of(source: BinaryIO, name: str, most: int) -> str:
    """Return a file of UTF-8 without a byte order mark; raises Invalid where it is none, or has more characters."""
    raw = source.read(_WIDEST * (most + 1))
    try:
        text = raw.decode("utf-8-sig") if len(raw) < _WIDEST * (most + 1) else ""
    except UnicodeDecodeError as problem:
        raise Invalid(f"{name} is not UTF-8 at byte {problem.start + 1:,}; save it as UTF-8.") from None
    if len(raw) == _WIDEST * (most + 1) or len(text) > most:
        raise Invalid(f"{name} has more than {most:,} characters; shorten it.")
    return text


def lines(source: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield numbered lines, split at line feeds only; blank ones and a byte order mark are left out.

    Raises Refused at a line that is too long to be held.
    """
    return ((number, line) for number, line in lines_with_blanks(source) if line)


def lines_with_blanks(source: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield the same, blank lines too."""
    number = 0
    while line := source.readline(LONGEST_LINE):
        number += 1
        if len(line) == LONGEST_LINE and not line.endswith(b"\n"):
            raise Refused(f"The line is longer than {LONGEST_LINE // 2**20} MB; write one record a line.", number)
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        yield number, line.strip(b" \t\r\n")


def each_line(source: BinaryIO, build: Callable[[Row], Document]) -> Iterator[Document | Refused]:
    """Build a document from every JSON line; what cannot be built is yielded as Refused."""
    return each_record(source, lambda line: build(as_object(parse(line))))


def each_record(source: BinaryIO, build: Callable[[bytes], Built]) -> Iterator[Built | Refused]:
    """Build something from every line; what cannot be built is yielded as Refused."""
    try:
        for number, line in lines(source):
            try:
                yield build(line)
            except Invalid as problem:
                yield Refused(problem.sentence, number)
    except Invalid as problem:
        yield problem if isinstance(problem, Refused) else Refused(problem.sentence)


def each_row(source: BinaryIO, build: Callable[[Row], Document]) -> Iterator[Document | Refused]:
    """Build a document from every line, or from every item of the array, or the one object over lines, that it is."""
    source, head = peeked(source)
    return (each_item if not _by_lines(head) else each_line)(source, build)


def peeked(source: BinaryIO) -> tuple[BinaryIO, bytes]:
    """Return a file that still is to be read from its beginning, and its first bytes."""
    peeking = source if isinstance(source, io.BufferedReader) else io.BufferedReader(cast("Any", source), HEAD)
    return cast("BinaryIO", peeking), peeking.peek(HEAD)[:HEAD]


def _by_lines(head: bytes) -> bool:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return not start.startswith(b"[") and re.match(rb"\{\s*\n", start) is None


class _Cutter:
    """Where the items of a JSON array begin and end, chunk after chunk."""

    def __init__(self) -> None:
        self.depth = 0
        self._base = 1
        self._quoted = False
        self._skip = -1

    def cuts(self, chunk: bytes) -> Iterator[tuple[int, bool]]:
        """Yield each place where an item begins (True) or ends (False)."""
        for sign in _SIGNS.finditer(chunk):
            place, char = sign.start(), sign[0]
            if place == self._skip:
                continue
            if char == b"\\":
                self._skip = place + 1
            elif char == b'"':
                self._quoted = not self._quoted
            elif not self._quoted and char in b"{[":
                if self.depth == 0:
                    self._base = int(char == b"[")
                if self.depth == self._base:
                    yield place, True
                self.depth += 1
            elif not self._quoted:
                self.depth -= 1
                if self.depth == self._base:
                    yield place, False
        self._skip -= len(chunk)


def items(source: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield the numbered items of a JSON array of any length, or the one object that the file is.

    Raises Invalid where an item is too long to be held or the array is not closed.
    """
    cutter, item, number = _Cutter(), bytearray(), 0
    for chunk in iter(lambda: source.read(HEAD), b""):
        begin = 0
        for place, opens in cutter.cuts(chunk):
            if opens:
                item, begin = bytearray(), place
            else:
                number += 1
                yield number, bytes(item + chunk[begin : place + 1])
        item += chunk[begin:]
        if len(item) > LONGEST_LINE:
            raise Invalid(f"Item {number + 1} is longer than {LONGEST_LINE // 2**20} MB.")
    if cutter.depth:
        raise Invalid("The file breaks off: its JSON is not closed.")


def each_item(source: BinaryIO, build: Callable[[Row], Document]) -> Iterator[Document | Refused]:
    """Build a document from every item of a JSON array; what cannot be built is yielded as Refused."""
    try:
        for number, item in items(source):
            try:
                yield build(as_object(parse(item)))
            except Invalid as problem:
                yield Refused(f"item {number}: {problem.sentence}")
    except Invalid as problem:
        yield Refused(problem.sentence)


def keys_in(head: bytes) -> frozenset[str]:
    """Guess the keys of the first JSON record, also where the head cuts it; nothing for other files."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start.startswith((b"{", b"[")):
        return frozenset()
    first = start.split(b"\n", 1)[0] if _by_lines(head) else start
    return frozenset(_keys(first.decode("utf-8", "replace")))


def _keys(text: str) -> Iterator[str]:
    """Yield every quoted word that a colon follows, in or out of nested objects."""
    decoder = json.JSONDecoder()
    place = text.find('"')
    while place >= 0:
        try:
            word, end = decoder.raw_decode(text, place)
        except ValueError:
            return
        if _COLON.match(text, end):
            yield word
        place = text.find('"', end)
