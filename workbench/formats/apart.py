"""Files from outside, read in a process of their own, which may break down without harm.

The child knows no database. It says a line for every file, what it takes it for, and every record; where a record
lacks its text it asks. A file on which it breaks down, or that takes too much, is refused, and the next one is read.
"""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any, Final

import msgspec

from workbench import fence
from workbench.core.annotation import Document
from workbench.core.errors import Invalid, Refused
from workbench.fence import Apart, Died, Fenced
from workbench.formats import Reader, detect, gold, gold_ready, items, reader
from workbench.formats.files import Opened, files
from workbench.formats.filling import TextOf, filled
from workbench.formats.reading import PLAIN, Options
from workbench.formats.ready import Ready, readied

LARGEST: Final = 16 * 2**20
"""How many bytes a record may have on its way here, where its objects take some twenty times as much memory."""
MOST_BAD: Final = 10_000
"""How many bad records of a file are told of where it has more bad ones than good."""
_LONGEST: Final = 1000
_MOST_DEATHS: Final = 10
_RENEWED: Final = 50
_DOCUMENT: Final[msgspec.json.Decoder[Any]] = msgspec.json.Decoder(Document)
_READY: Final[msgspec.json.Decoder[Any]] = msgspec.json.Decoder(Ready)
_FILE, _SHUT, _KIND, _GOOD, _BAD, _LOST, _ASK, _END = (bytes([sign]) for sign in b"FSKGBLAE")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file under way: its name, what it was taken for, and what it holds as it comes."""

    name: str
    format: str
    title: str
    items: Iterator[Document | Ready | Refused]


@dataclass(frozen=True, slots=True)
class _Order:
    """What a child is to read, from which file on."""

    paths: list[str]
    format: str | None
    options: Options
    asks: bool
    ready: bool
    skip: int


def held(opened: Opened | Parsed, chosen: Reader | None, options: Options, *, ready: bool = False) -> Parsed:
    """Return what a file holds, perhaps ready to be kept; raises Invalid where it is of no format that can be read."""
    if isinstance(opened, Parsed):
        return opened
    found = chosen or detect(opened.head, opened.name)
    coming = gold_ready.read(opened.source) if ready and found.name == gold.name else items(opened, found, options)
    return Parsed(opened.name, found.name, found.title, _bounded(coming))


def parsed(
    paths: Iterable[str | Path],
    format: str | None = None,
    options: Options = PLAIN,
    text_of: TextOf | None = None,
    *,
    ready: bool = False,
) -> Iterator[Parsed | Refused]:
    """Read everything under the paths as ``files`` would hand it out; each file must be used up before the next.

    The documents come as they were read, or ``ready`` to be kept.
    """
    order = _Order([str(each) for each in paths], format, options, text_of is not None, ready, 0)
    for _ in range(_MOST_DEATHS):
        run = _Run(replace(options, about={}, beside={}), text_of, ready=ready)
        yield from run.files(order)
        if run.ended:
            return
        order = replace(order, skip=order.skip + run.passed)
    raise Invalid(f"Reading broke down at {_MOST_DEATHS} files; the rest was not read.")


class _Run:
    """A child at work."""

    def __init__(self, options: Options, text_of: TextOf | None, *, ready: bool) -> None:
        self.limits, self.text_of = options.limits, text_of
        self._decode = (_READY if ready else _DOCUMENT).decode
        self.passed = 0
        self.ended = self.dead = False
        self._next: tuple[bytes, bytes] | None = None

    def files(self, order: _Order) -> Iterator[Parsed | Refused]:
        """Yield files until the child has no more, or breaks down."""
        with Apart(__name__, memory=self.limits.memory, seconds=self.limits.seconds) as self.child:
            try:
                self.child.tell(msgspec.json.encode(order))
                while not (self.ended or self.dead):
                    yield from self._file(*self._hear())
            except Died as problem:
                raise Invalid(f"Reading the files {problem}{_advice(problem)}") from None

    def _file(self, sign: bytes, body: bytes) -> Iterator[Parsed | Refused]:
        if sign == _END:
            self.ended = True
        elif sign == _LOST:
            raise Invalid(msgspec.json.decode(body))
        elif sign == _SHUT:
            self.passed += 1
            yield _refused(body)
        else:
            self.passed += 1
            name = msgspec.json.decode(body)
            items = self._items(name)
            format, title = next(items)
            yield Parsed(name, format, title, items)
            for _ in items:  # what the caller left
                pass

    def _items(self, name: str) -> Iterator[Any]:
        """Yield what the file was taken for, then what it holds."""
        told = False
        try:
            while True:
                sign, body = self._hear()
                if sign == _KIND:
                    told = True
                    yield tuple(msgspec.json.decode(body))
                    continue
                if not told:
                    told = True
                    yield ("", "")
                if sign == _GOOD:
                    yield self._decode(body)
                elif sign == _BAD:
                    yield _refused(body)
                else:
                    self._next = sign, body
                    return
        except Died as problem:
            if not told:
                yield ("", "")
            yield Refused(f"{name}: reading it {problem}{_advice(problem)}")
            self.dead = True

    def _hear(self) -> tuple[bytes, bytes]:
        if self._next:
            found, self._next = self._next, None
            return found
        while (line := self.child.hear())[:1] == _ASK:
            assert self.text_of is not None
            self.child.tell(msgspec.json.encode(self.text_of(*msgspec.json.decode(line[1:]))))
        return line[:1], line[1:]


def _refused(body: bytes) -> Refused:
    return Refused(*msgspec.json.decode(body))


def _advice(problem: Died) -> str:
    said = str(problem)
    if "memory" in said:
        return " (WORKBENCH_READ_MEMORY); split it."
    return " (WORKBENCH_READ_SECONDS); split it." if "seconds" in said else "; it was not taken."


def _read(line: Fenced) -> None:
    order = msgspec.json.decode(line.source.readline(), type=_Order)

    def asked(sha256: Any, key: Any) -> str | None:
        line.say(_ASK, msgspec.json.encode((sha256, key)))
        line.out.flush()
        found: str | None = msgspec.json.decode(line.source.readline())
        return found

    found = files(order.paths, order.options.limits)
    try:
        for each in islice(filled(found, asked) if order.asks else found, order.skip, None):
            line.renew()
            if isinstance(each, Refused):
                line.say(_SHUT, _told(each.sentence, each.line))
                continue
            line.say(_FILE, msgspec.json.encode(each.name))
            line.out.flush()
            _read_one(line, each, order)
    except Invalid as problem:
        line.say(_LOST, msgspec.json.encode(problem.sentence))
    line.say(_END)
    line.out.flush()


def _read_one(line: Fenced, opened: Opened, order: _Order) -> None:
    try:
        found = held(opened, reader(order.format) if order.format else None, order.options, ready=order.ready)
        line.say(_KIND, msgspec.json.encode((found.format, found.title)))
        for number, item in enumerate(found.items, 1):
            if number % _RENEWED == 0:
                line.renew()
            if isinstance(item, Refused):
                line.say(_BAD, _told(item.sentence, item.line))
                continue
            done = msgspec.json.encode(readied(item) if order.ready and isinstance(item, Document) else item)
            if len(done) <= LARGEST:
                line.say(_GOOD, done)
            else:
                most = f"{LARGEST // 2**20} MB"
                line.say(
                    _BAD, _told(f"record {number}: It takes more than {most} with what is told of it; shorten it.")
                )
    except Invalid as problem:
        where = problem.line if isinstance(problem, Refused) else None
        line.say(_BAD, _told(problem.sentence, where))
    except MemoryError:
        raise
    except Exception as problem:
        said = f"{opened.name}: reading it broke down ({type(problem).__name__}: {problem})."
        line.say(_BAD, _told(said))


def _told(sentence: str, where: int | None = None) -> bytes:
    """Return a refusal as it is said; of a long sentence, which names what the file holds, the beginning."""
    cut = sentence if len(sentence) <= _LONGEST else f"{sentence[:_LONGEST]}…"
    return msgspec.json.encode((cut.encode(errors="replace").decode(), where))


def _bounded(coming: Iterator[Document | Ready | Refused]) -> Iterator[Document | Ready | Refused]:
    """Hand records on until more of them than a person would put right, and most, cannot be used."""
    good = bad = 0
    for each in coming:
        yield each
        bad, good = (bad + 1, good) if isinstance(each, Refused) else (bad, good + 1)
        if bad >= MOST_BAD and bad > good:
            yield Refused(f"{bad:,} records of the file cannot be used, and fewer can; the rest was not read.")
            return


if __name__ == "__main__":
    try:
        _read(fence.fenced(sys.argv[1:]))
    except MemoryError:
        sys.exit(fence.OUT_OF_MEMORY)
